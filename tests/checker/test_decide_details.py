"""What a decision says and shows, to the letter: the place, the search, the certainty, and which of several places comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from checker.confidence import confidence, signs
from checker.decide import Decision, decide, had_before
from checker.query import read_quotation
from checker.settings import Thresholds
from checker.tongue import worded
from checker.types import Claim, Evidence, FeatureScore, Information, Reason, Searched, TextQuote
from corpus.read.records import document_of
from corpus.types import Coverage, PartialDate, Span, Version

QUOTE = "The weir at Osmund will be raised before the spring."
SHORT = "raised before the spring"
CLAIM = Claim(QUOTE, speaker="Berta Quill")
TELLING = Information({"weir": 6.0, "osmund": 8.0, "raised": 5.0, "spring": 4.0}, names=1, telling=4)
PLAIN = Information({"weir": 4.0, "raised": 4.0, "spring": 4.0}, names=0, telling=3)
COVERAGE = Coverage(2345, 9876, ("Senate of Ostrey",), PartialDate(2001), PartialDate(2033), 0.0)
SEARCHED = Searched(COVERAGE, 3)


def place(
    id: str = "o-1", *, supports: Reason | None = "exact", objections: tuple[Reason, ...] = (), score: float = 1.0,
    date: str | None = "2031-05-04", translation: str | None = None, who: str = "Berta Quill", sha: str = "0",
    also_at: tuple[str, ...] = (), collection: str | None = None, version: int = 1, start: int = 0, **features: float,
) -> Evidence:  # fmt: skip
    """A place in an invented record, with only what a decision looks at."""
    document = document_of({
        "id": id, "publisher": "Senate of Ostrey", "title": f"Address {id}", "date": date, "text": QUOTE,
        "speakers": [who or "Berta Quill"], "translation": translation,
    })  # fmt: skip
    values = {"wording": score} | features
    return Evidence(
        document, Version(version, sha * 64, "2031-05-05"), document.turns[0], who, Span(start, len(QUOTE)),
        TextQuote(QUOTE, "", ""), "/", (), tuple(FeatureScore(name, value, worded("")) for name, value in values.items()), (),
        score, supports, objections, (), also_at, collection=collection,
    )  # fmt: skip


def decided(
    *evidence: Evidence, claim: Claim = CLAIM, information: Information = TELLING, searched: Searched = SEARCHED, quote: str = QUOTE
) -> Decision:  # fmt: skip
    return decide(
        claim, read_quotation(quote), evidence, information=information, searched=searched, thresholds=Thresholds()
    )


def answer(decision: Decision) -> tuple[str, str]:
    return decision.verdict.status, decision.verdict.reason


def ids(places: Sequence[Evidence]) -> list[str]:
    return [each.document.id for each in places]


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (place(), "These words stand in “Address o-1” (Senate of Ostrey, 2031-05-04), exactly as quoted."),
        (place(date=None), "These words stand in “Address o-1” (Senate of Ostrey, no date), exactly as quoted."),
        (
            place(collection="tips"),
            "These words stand in “Address o-1” (Senate of Ostrey, 2031-05-04, private collection “tips”), exactly as quoted.",
        ),
        (
            place(objections=("misattributed",), who="Jon Alder"),
            "The words stand in “Address o-1” (Senate of Ostrey, 2031-05-04), but there Jon Alder speaks.",
        ),
        (
            place(objections=("misattributed",), who=""),
            "The words stand in “Address o-1” (Senate of Ostrey, 2031-05-04), but there Senate of Ostrey speaks.",
        ),
        (
            place(objections=("wrong-date",)),
            "The words stand in “Address o-1” (Senate of Ostrey, 2031-05-04), dated 2031-05-04.",
        ),
        (
            place(objections=("wrong-date",), date=None),
            "The words stand in “Address o-1” (Senate of Ostrey, no date), dated no date.",
        ),
    ],
)
def test_the_summary_names_the_place_its_date_and_who_speaks(found: Evidence, says: str) -> None:
    assert str(decided(found).verdict.summary) == says


_DAY = PartialDate(2031, 5, 4)


@pytest.mark.parametrize(
    ("claim", "dates", "says"),
    [
        (CLAIM, (), "The corpus holds no document of Berta Quill."),
        (replace(CLAIM, date=_DAY), (), "The corpus holds no document of Berta Quill around that date."),
        (replace(CLAIM, article_date=_DAY), (), "The corpus holds no document of Berta Quill around that date."),
        (
            replace(CLAIM, date=_DAY), (PartialDate(2030, 1, 2),),
            "The corpus holds no document of Berta Quill around that date; the nearest it holds is of 2030-01-02.",
        ),
        (
            replace(CLAIM, date=_DAY), (PartialDate(2030, 1, 2), PartialDate(2032, 7)),
            "The corpus holds no document of Berta Quill around that date; the nearest it holds are of 2030-01-02 and 2032-07.",
        ),
    ],
)  # fmt: skip
def test_what_the_corpus_lacks_is_said_with_what_it_holds(
    claim: Claim, dates: tuple[PartialDate, ...], says: str
) -> None:
    decision = decided(claim=claim, searched=Searched(COVERAGE, 0, dates))
    assert answer(decision) == ("unsourced", "not-covered")
    assert str(decision.verdict.summary) == says


def test_a_passage_share_of_just_one_in_a_hundred_is_said_as_it_is() -> None:
    searched = Searched(replace(COVERAGE, encoded_share=0.01), 3)
    assert "1% of their passages by meaning too" in str(decided(searched=searched).verdict.summary)
    assert "under" not in str(decided(searched=searched).verdict.summary)


def test_an_earlier_version_that_had_the_words_is_told_of_the_document_that_was_named() -> None:
    claim = replace(CLAIM, document_id="o-2")
    decision = decided(place("o-1", objections=("wrong-document",)), claim=claim)
    assert answer(decision) == ("unsourced", "wrong-document")
    told = had_before(decision, place("o-2", version=4), claim)
    assert str(told.verdict.summary) == (
        "The words stand in “Address o-1” (Senate of Ostrey, 2031-05-04); "
        "the document named had them in version 4, and reads otherwise now."
    )
    assert replace(told, verdict=decision.verdict) == decision
    assert replace(told.verdict, summary=decision.verdict.summary) == decision.verdict


def test_an_earlier_version_of_another_document_or_under_another_verdict_changes_nothing() -> None:
    claim = replace(CLAIM, document_id="o-2")
    wrong = decided(place("o-1", objections=("wrong-document",)), claim=claim)
    other = decided(place("o-1", objections=("wrong-date",)), claim=claim)
    assert had_before(wrong, place("o-3", version=4), claim) == wrong
    assert had_before(other, place("o-2", version=4), claim) == other
    nowhere = replace(wrong, nearest=())
    assert had_before(nowhere, place("o-2", version=4), claim) == nowhere


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ((place(speaker=1.0), place("o-2", supports="fragment", score=0.9)), "verified"),
        ((place(supports="bracketed"),), "verified"),
        ((place(supports="reported-speech", coverage=0.8, meaning=0.9),), "paraphrased"),
        ((place(supports=None, objections=("negation",), score=0.9, coverage=0.4),), "unsourced"),
        ((place(supports=None, score=0.2),), "unsourced"),
        ((), "unsourced"),
    ],
)
@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize("near", [0, 3, None])
def test_a_verdict_is_as_certain_as_its_own_places_make_it(
    found: tuple[Evidence, ...], status: str, direct: bool, near: int | None
) -> None:
    claim, searched = replace(CLAIM, direct=direct), Searched(COVERAGE, near)
    verdict = decided(*found, claim=claim, searched=searched).verdict
    assert verdict.status == status
    shown = found[:1] if status != "unsourced" else found
    expected = signs(verdict.status, verdict.reason, claim, read_quotation(QUOTE), shown, searched)
    assert verdict.confidence == confidence(verdict.status, expected)


def test_of_equal_places_all_count_for_certainty() -> None:
    weak, strong = place("o-1", speaker=0.0), place("o-2")
    strong = replace(strong, features=(*strong.features, FeatureScore("speaker", 1.0, worded(""))))
    expected = signs("verified", "exact", CLAIM, read_quotation(QUOTE), (weak, strong), SEARCHED)
    assert decided(weak, strong).verdict.confidence == confidence("verified", expected)


def test_of_like_places_the_nearest_in_time_comes_first() -> None:
    dated = [("o-1", "2030-05-04"), ("o-2", "2031-05-10"), ("o-3", "2031-05-01"), ("o-4", "2033-01-01")]
    places = [place(id, supports=None, score=0.4, date=date) for id, date in dated]
    for claim in (replace(CLAIM, date=_DAY), replace(CLAIM, article_date=_DAY)):
        assert ids(decided(*places, claim=claim).nearest) == ["o-3", "o-2", "o-1"]
    for claim in (replace(CLAIM, date=PartialDate(2033, 1, 2), article_date=_DAY),):
        assert ids(decided(*places, claim=claim).nearest) == ["o-4", "o-2", "o-3"]
    assert ids(decided(*places).nearest) == ["o-1", "o-2", "o-3"]


def test_a_place_without_a_date_is_ranked_without_one() -> None:
    places = [place("o-1", supports=None, score=0.4, date="2031-05-06"), place("o-2", supports=None, score=0.4, date=None)]  # fmt: skip
    assert ids(decided(*places, claim=replace(CLAIM, date=_DAY)).nearest) == ["o-2", "o-1"]


def test_of_like_places_the_one_with_fewer_objections_comes_first() -> None:
    many = place("o-1", supports=None, objections=("wrong-date", "negation"), score=0.9)
    one = place("o-2", supports=None, objections=("negation",), score=0.9)
    assert ids(decided(many, one).nearest) == ["o-2", "o-1"]


@pytest.mark.parametrize("by", ["coverage", "meaning"])
def test_a_place_that_says_it_in_other_words_counts_a_little_less_than_one_with_the_words(by: str) -> None:
    said = place("o-1", supports=None, score=0.1, **{by: 0.8})  # as 0.72
    more, less = place("o-2", supports=None, score=0.73), place("o-3", supports=None, score=0.71)
    assert ids(decided(said, more, less).nearest) == ["o-2", "o-1", "o-3"]


def test_in_the_last_place_ids_collections_and_positions_keep_an_order() -> None:
    first = place("o-1", supports=None, score=0.4, start=9)
    second = place("o-1", supports=None, score=0.4, collection="tips", start=3)
    third = place("o-1", supports=None, score=0.4, collection="tips", start=7)
    for order in ((third, second, first), (second, first, third)):
        assert decided(*order).nearest == (first, second, third)


def test_at_most_three_equal_places_are_shown() -> None:
    decision = decided(*(place(f"o-{n}") for n in range(1, 6)))
    assert ids(decision.evidence) == ["o-1", "o-2", "o-3"]
    assert decision.ambiguous and decision.nearest == ()


def test_one_contradicted_place_is_evidence_and_three_are_near() -> None:
    decision = decided(*(place(f"o-{n}", objections=("misattributed",)) for n in range(1, 6)))
    assert ids(decision.evidence) == ["o-1"]
    assert ids(decision.nearest) == ["o-1", "o-2", "o-3"]
    assert not decision.ambiguous


@pytest.mark.parametrize("objections", [(), ("misattributed", "wrong-date")])
def test_a_stock_phrase_shows_three_places_with_what_objects_to_them(objections: tuple[Reason, ...]) -> None:
    stock = Information({"spring": 1.0}, names=0, telling=1)
    found = [place(f"o-{n}", supports="fragment", objections=objections) for n in range(1, 6)]
    decision = decided(*found, information=stock, quote=SHORT)
    assert answer(decision) == ("unsourced", "chance-match")
    assert decision.verdict.other_reasons == objections
    assert ids(decision.nearest) == ["o-1", "o-2", "o-3"] and ids(decision.evidence) == ["o-1"]


@pytest.mark.parametrize(("mouths", "status"), [(5, "verified"), (6, "unsourced")])
def test_a_fragment_identifies_nobody_from_six_mouths_on(mouths: int, status: str) -> None:
    found = [place(f"o-{n}", supports="fragment", who=f"Speaker {n}") for n in range(mouths)]
    assert decided(*found, information=PLAIN, quote=SHORT).verdict.status == status


def test_four_telling_words_identify_a_statement_in_whosever_mouth_it_is() -> None:
    found = [place(f"o-{n}", supports="fragment", who=f"Speaker {n}") for n in range(9)]
    assert decided(*found, information=replace(PLAIN, telling=4), quote=SHORT).verdict.status == "verified"
    assert decided(*found, information=replace(PLAIN, telling=3), quote=SHORT).verdict.status == "unsourced"


def test_one_mouth_is_one_however_often_and_however_it_is_written() -> None:
    found = [place(f"o-{n}", supports="fragment", who=("Jon Alder", "JON ALDER")[n % 2]) for n in range(9)]
    assert decided(*found, information=PLAIN, quote=SHORT).verdict.status == "verified"
    found = [place(f"o-{n}", supports="fragment", who="") for n in range(9)]  # all of one publisher
    assert decided(*found, information=PLAIN, quote=SHORT).verdict.status == "verified"


def test_a_sentence_of_eight_words_that_stands_whole_is_no_stock_phrase() -> None:
    stock = Information({"spring": 1.0}, names=0, telling=1)
    eight, seven = "We will be back here before the spring", "We will be back before the spring"
    for supports in ("exact", "typographic"):
        assert answer(decided(place(supports=supports), information=stock, quote=eight)) == ("verified", supports)
        assert decided(place(supports=supports), information=stock, quote=seven).verdict.reason == "chance-match"
    assert decided(place(supports="fragment"), information=stock, quote=eight).verdict.reason == "chance-match"


@pytest.mark.parametrize(
    ("telling", "rarity", "reason"),
    [
        (2, {"weir": 2.3, "sluices": 2.3}, "fragment"),  # 4.6, and 4.5 is enough
        (2, {"weir": 2.2, "sluices": 2.25}, "chance-match"),
        (2, {"weir": 2.25, "sluices": 2.25}, "fragment"),
        (3, {"weir": 1.0, "sluices": 1.0, "moor": 1.0}, "fragment"),
    ],
)
def test_rare_words_identify_a_fragment(telling: int, rarity: dict[str, float], reason: str) -> None:
    found = decided(place(supports="fragment"), information=Information(rarity, 0, telling), quote=SHORT)
    assert found.verdict.reason == reason


def test_words_that_all_speakers_use_do_not_add_to_it() -> None:
    common = Information({"peace": 4.0, "dialogue": 4.0}, names=0, telling=2)
    assert decided(place(supports="fragment"), information=common, quote=SHORT).verdict.reason == "chance-match"


def test_a_whole_short_sentence_in_many_mouths_is_still_somebody_s() -> None:
    found = [place(f"o-{n}", who=f"Speaker {n}") for n in range(9)]
    assert decided(*found, information=PLAIN, quote=SHORT).verdict.reason == "exact"


def test_many_mouths_with_objections_identify_nobody_either() -> None:
    found = [place(f"o-{n}", objections=("misattributed",), who=f"Speaker {n}") for n in range(9)]
    decision = decided(*found, information=PLAIN, quote=SHORT)
    assert decision.verdict.reason == "chance-match"
    assert decision.verdict.other_reasons == ("misattributed",)


def test_an_official_text_is_taken_before_an_unofficial_translation_that_fits_better() -> None:
    decision = decided(place("o-1", translation="unofficial"), place("o-2", supports="fragment", score=0.9))
    assert answer(decision) == ("verified", "fragment")
    # The translation stands beside it, since it fits as well.
    assert ids(decision.evidence) == ["o-2", "o-1"] and decision.ambiguous


def test_equal_words_of_another_day_are_left_out_where_the_day_is_claimed() -> None:
    places = [place("o-1"), place("o-2", date="2030-01-01")]
    assert ids(decided(*places, claim=replace(CLAIM, date=_DAY)).evidence) == ["o-1"]
    assert ids(decided(*places, claim=replace(CLAIM, date=PartialDate(2031, 5))).evidence) == ["o-1", "o-2"]
    assert ids(decided(*places).evidence) == ["o-1", "o-2"]


def test_two_places_in_one_document_are_one() -> None:
    decision = decided(place("o-1"), place("o-1", start=5))
    assert not decision.ambiguous and len(decision.evidence) == 1


def test_one_text_in_the_corpus_and_in_a_collection_is_not_ambiguous() -> None:
    assert not decided(place(), place(collection="tips")).ambiguous
    assert decided(place(), place(collection="tips", sha="1")).ambiguous
    assert decided(place("o-1"), place("o-2")).ambiguous
    assert decided(place("o-1", also_at=("o-2",)), place("o-2", also_at=("o-1",)), place("o-3")).ambiguous
