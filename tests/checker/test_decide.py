"""From hand-made evidence to the verdict: which reason is named, and what the sentence says."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import get_args

import pytest

from checker.decide import PARAPHRASED, VERIFIED, Decision, decide
from checker.evidence import PRECEDENCE
from checker.query import read_quotation
from checker.settings import Thresholds
from checker.tongue import worded
from checker.types import Claim, Evidence, FeatureScore, Information, Reason, Searched, TextQuote
from corpus.read.records import document_of
from corpus.types import Coverage, PartialDate, Span, Version

QUOTE = "The harbour of Kelso will reopen with fourteen cranes."
TELLING = Information({"harbour": 6.0, "reopen": 6.0, "kelso": 8.0, "cranes": 7.0}, names=1, telling=5)
STOCK = Information({"dialogue": 2.0, "peace": 1.0}, names=0, telling=2)
COVERAGE = Coverage(1234, 5678, ("Office of the President of Velmora",), PartialDate(2001), PartialDate(2025), 0.0)


def place(
    id: str = "v-1", *, supports: Reason | None = "exact", objections: tuple[Reason, ...] = (), score: float = 1.0,
    date: str | None = "2025-03-04", tier: str = "primary", translation: str | None = None,
    speaker: str = "Ilse Corvane", also_at: tuple[str, ...] = (), coverage: float | None = None,
) -> Evidence:  # fmt: skip
    """A place in the record with only what a decision looks at."""
    document = document_of({
        "id": id, "publisher": "Office of the President of Velmora", "title": f"Address {id}", "date": date,
        "text": QUOTE, "speakers": [speaker], "tier": tier, "translation": translation,
    })  # fmt: skip
    features = (FeatureScore("wording", score, worded("")),)
    if coverage is not None:
        features += (FeatureScore("coverage", coverage, worded("")),)
    return Evidence(
        document, Version(1, "0" * 64, "2025-03-05"), document.turns[0], speaker, Span(0, len(QUOTE)),
        TextQuote(QUOTE, "", ""), "/", (), features, (), score, supports, objections, (), also_at,
    )  # fmt: skip


def decided(
    *evidence: Evidence, claim: Claim | None = None, information: Information = TELLING, near: int | None = 3
) -> Decision:
    return decide(
        claim or Claim(QUOTE, speaker="Ilse Corvane"), read_quotation(QUOTE), evidence,
        information=information, searched=Searched(COVERAGE, near), thresholds=Thresholds(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("share", "how"),
    [
        (0.0, "searched by words only."), (0.004, "searched by words, under 1% of their passages by meaning too."),
        (0.31, "searched by words, 31% of their passages by meaning too."), (1.0, "searched by words and by meaning."),
    ],
)  # fmt: skip
def test_absent_says_how_was_searched(share: float, how: str) -> None:
    coverage = Searched(replace(COVERAGE, encoded_share=share), 3)
    decision = decide(
        Claim(QUOTE, speaker="Ilse Corvane"), read_quotation(QUOTE), (),
        information=TELLING, searched=coverage, thresholds=Thresholds(),
    )  # fmt: skip
    assert str(decision.verdict.summary) == f"Not found in the 1,234 documents {how}"


def answer(decision: Decision) -> tuple[str, str]:
    return decision.verdict.status, decision.verdict.reason


@pytest.mark.parametrize("reason", VERIFIED)
def test_a_place_that_supports_the_wording_verifies(reason: Reason) -> None:
    assert answer(decided(place(supports=reason))) == ("verified", reason)


@pytest.mark.parametrize("reason", PARAPHRASED)
def test_a_place_that_supports_the_meaning_paraphrases(reason: Reason) -> None:
    assert answer(decided(place(supports=reason))) == ("paraphrased", reason)


@pytest.mark.parametrize("reason", PRECEDENCE[:-2])
def test_an_objection_at_the_only_place_decides(reason: Reason) -> None:
    decision = decided(place(supports="exact", objections=(reason,)))
    assert answer(decision) == ("unsourced", reason)
    assert decision.evidence and decision.nearest


def test_the_first_objection_is_the_reason_and_the_rest_are_listed() -> None:
    decision = decided(place(supports=None, objections=("misattributed", "wrong-date", "altered-number"), score=0.9))
    assert decision.verdict.reason == "misattributed"
    assert decision.verdict.other_reasons == ("wrong-date", "altered-number")


def test_the_precedence_names_every_reason_against_once() -> None:
    assert set(PRECEDENCE) | set(VERIFIED) | set(PARAPHRASED) == set(get_args(Reason))
    assert len(set(PRECEDENCE)) == len(PRECEDENCE)


def test_a_clean_place_outweighs_one_with_an_objection() -> None:
    wrong = place("v-1", objections=("misattributed",))
    right = place("v-2", supports="fragment", score=0.99)
    assert answer(decided(wrong, right)) == ("verified", "fragment")


def test_the_order_in_which_places_come_does_not_matter() -> None:
    places = [
        place("v-1", objections=("wrong-date",)),
        place("v-2", supports="paraphrase-in-quotes", score=0.8),
        place("v-3", supports=None, objections=("negation",), score=0.9),
    ]
    answers = {answer(decided(*order)) for order in itertools.permutations(places)}
    assert len(answers) == 1


def test_the_very_words_with_an_objection_are_not_saved_by_a_paraphrase_elsewhere() -> None:
    decision = decided(
        place("v-1", objections=("misattributed",)), place("v-2", supports="paraphrase-in-quotes", score=0.8)
    )
    assert answer(decision) == ("unsourced", "misattributed")


def test_of_several_contradicted_places_the_words_themselves_are_shown_first() -> None:
    near = place("v-1", supports=None, objections=("altered-number",), score=0.95)
    verbatim = place("v-2", supports="fragment", objections=("misattributed",), score=0.9)
    decision = decided(near, verbatim)
    assert decision.verdict.reason == "misattributed"
    assert decision.evidence[0].document.id == "v-2"


def test_nothing_found_is_absent_when_the_speaker_is_covered() -> None:
    assert answer(decided()) == ("unsourced", "absent")
    assert answer(decided(place(supports=None, score=0.3))) == ("unsourced", "absent")


def test_nothing_found_is_not_covered_when_the_speaker_is_not() -> None:
    assert answer(decided(near=0)) == ("unsourced", "not-covered")


def test_without_a_speaker_nothing_can_be_uncovered() -> None:
    assert answer(decided(claim=Claim(QUOTE), near=None)) == ("unsourced", "absent")


def test_a_contradicted_place_is_named_although_the_speaker_is_not_covered() -> None:
    assert answer(decided(place(objections=("misattributed",)), near=0)) == ("unsourced", "misattributed")


def test_an_absent_quote_still_shows_the_nearest_places_at_most_three() -> None:
    decision = decided(*(place(f"v-{n}", supports=None, score=0.2 + n / 100) for n in range(6)))
    assert decision.evidence == ()
    assert [each.document.id for each in decision.nearest] == ["v-5", "v-4", "v-3"]


def test_a_secondary_source_alone_supports_nothing() -> None:
    decision = decided(place(tier="secondary", objections=("secondary-only",)))
    assert answer(decision) == ("unsourced", "secondary-only")
    assert decision.evidence[0].document.tier == "secondary"


def test_a_primary_source_beside_a_secondary_one_verifies() -> None:
    wire = place("w-1", tier="secondary", objections=("secondary-only",))
    assert answer(decided(wire, place("v-1"))) == ("verified", "exact")


def test_an_unofficial_translation_supports_a_paraphrase_at_most() -> None:
    assert answer(decided(place(translation="unofficial"))) == ("paraphrased", "translation")


def test_an_official_text_beside_an_unofficial_translation_verifies() -> None:
    decision = decided(place("a-1", translation="unofficial"), place("v-1"))
    assert answer(decision) == ("verified", "exact")
    assert decision.evidence[0].document.id == "v-1"


def test_an_official_translation_verifies() -> None:
    assert answer(decided(place(translation="official"))) == ("verified", "exact")


def test_two_different_places_that_fit_equally_well_are_ambiguous_and_both_shown() -> None:
    decision = decided(place("v-1"), place("v-2"))
    assert decision.ambiguous
    assert answer(decision) == ("verified", "exact")
    assert {each.document.id for each in decision.evidence} == {"v-1", "v-2"}


def test_one_text_published_twice_is_not_ambiguous() -> None:
    decision = decided(place("v-1", also_at=("v-2",)), place("v-2", also_at=("v-1",)))
    assert not decision.ambiguous


def test_a_weaker_second_place_is_not_ambiguous() -> None:
    assert not decided(place("v-1"), place("v-2", supports="press-allowance", score=0.9)).ambiguous


def test_the_claimed_date_chooses_between_equal_places() -> None:
    claim = Claim(QUOTE, date=PartialDate(2025, 3, 4))
    decision = decided(place("a-old", date="2025-03-03"), place("v-new", date="2025-03-04"), claim=claim)
    assert decision.evidence[0].document.id == "v-new"


def test_places_that_the_claimed_date_tells_apart_are_not_ambiguous() -> None:
    claim = Claim(QUOTE, date=PartialDate(2025, 3, 4))
    assert not decided(place("a-old", date="2025-03-03"), place("v-new", date="2025-03-04"), claim=claim).ambiguous


def test_a_stock_phrase_is_chance_match_even_when_the_speaker_used_it() -> None:
    decision = decided(place(supports="fragment"), information=STOCK)
    assert answer(decision) == ("unsourced", "chance-match")
    assert decision.nearest


def test_a_stock_phrase_of_others_is_chance_match_before_misattributed() -> None:
    decision = decided(place(supports="fragment", objections=("misattributed",)), information=STOCK)
    assert decision.verdict.reason == "chance-match"
    assert decision.verdict.other_reasons == ("misattributed",)


@pytest.mark.parametrize(
    "information",
    [replace(STOCK, names=1), Information({"ferrous": 9.0, "lullaby": 9.0}, names=0, telling=2), TELLING],
)
def test_a_name_a_coined_image_or_many_telling_words_identify_a_statement(information: Information) -> None:
    assert answer(decided(place(supports="fragment"), information=information)) == ("verified", "fragment")


def test_a_fragment_in_many_mouths_identifies_nobody() -> None:
    many = [place(f"v-{n}", supports="fragment", speaker=f"Speaker {n}") for n in range(12)]
    known = Information({"open": 4.0, "harbour": 4.0, "hearts": 4.0}, names=0, telling=3)
    assert answer(decided(*many, information=known)) == ("unsourced", "chance-match")


@pytest.mark.parametrize("reason", [*VERIFIED, *PARAPHRASED])
def test_the_summary_of_a_support_names_the_place_in_one_sentence(reason: Reason) -> None:
    says = str(decided(place(supports=reason)).verdict.summary)
    assert "“Address v-1” (Office of the President of Velmora, 2025-03-04)" in says
    assert says[0].isupper() or says[0] == "“"
    assert says.endswith(".")


@pytest.mark.parametrize(
    "reason", [each for each in PRECEDENCE if each not in ("not-covered", "absent", "chance-match")]
)
def test_the_summary_of_an_objection_names_the_place_and_accuses_nobody(reason: Reason) -> None:
    says = str(decided(place(objections=(reason,))).verdict.summary)
    assert "“Address v-1”" in says
    accusing = (
        "false",
        "fake",
        "lie",
        "lied",
        "invented",
        "fabricat",
        "wrong",
        "mislead",
        "distort",
        "error",
        "mistake",
    )
    assert not [word for word in accusing if word in says.casefold().split()]


def test_the_summary_of_nothing_found_says_how_much_was_searched() -> None:
    assert "1,234" in str(decided().verdict.summary)
    assert "Ilse Corvane" in str(decided(near=0).verdict.summary)


def test_the_summary_of_another_speaker_says_who_speaks_there() -> None:
    assert "Otmar Dreyfell" in str(
        decided(place(speaker="Otmar Dreyfell", objections=("misattributed",))).verdict.summary
    )


def test_confidence_is_a_share() -> None:
    for decision in (decided(), decided(place()), decided(place(supports="close-paraphrase"))):
        assert 0 < decision.verdict.confidence <= 1
