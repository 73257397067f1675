"""A claim in, a finding out, on a small real corpus of invented documents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checker.claims import claim_of
from checker.errors import QuoteError
from checker.export import finding_html, finding_object, finding_text
from checker.extract import load_tagger
from checker.figures import figures
from checker.pipeline import check_article, check_quote
from checker.settings import DEFAULTS, Settings
from checker.types import Article, Attribution, Claim, Finding, Speaker
from corpus.read.records import Defaults, document_of
from corpus.read.text import read_text
from corpus.store import Corpus
from corpus.text import words
from corpus.types import PartialDate, Span

VELMORA = "Office of the President of Velmora"
DREMLAND = "Office of the President of Dremland"
CORVANE, DREYFELL = "Ilse Corvane", "Otmar Dreyfell"

OPENING = (
    "We agreed to rebuild the Brannock bridge by the autumn of 2027. Trade between our countries grew by 14 per cent. "
    "The old ferries cost us 40 million crowns a year."
)
REPLY = "The bridge at Brannock belongs to both peoples. Our guards have left the northern ridge."
ANSWER = (
    "We will not buy the rusty submarines. We will buy seventeen ferries from Tavin, my friends. Some of our shipwrights "
    "may leave the harbour before Tuesday. My predecessor wrote: “Velmora must bow to the sea lords.” We will reopen the "
    "embassy in Kelso if the sailors come home. I said it before and I say it now: the canal must stay open."
)
HARVEST = (
    "Our granaries hold barley for three winters. Every orchard in Kelso was spared by the frost.\n\n"
    "The millers of Tavin deserve our thanks. Both countries signed the grain pact on 12 May 2019."
)
PRESSER = (
    (CORVANE, "speech", OPENING),
    (DREYFELL, "speech", REPLY),
    ("Journalist", "question", "Madam President, will Velmora buy the rusty submarines of Dremland?"),
    (CORVANE, "speech", ANSWER),
)

RECORDS: tuple[dict[str, Any], ...] = (
    {"id": "presser", "publisher": VELMORA, "title": "Joint press conference in Ostrava Bay", "date": "2025-06-10",
     "url": "https://president.velmora.example/1",
     "turns": [{"speaker": who, "kind": kind, "text": text} for who, kind, text in PRESSER]},
    {"id": "harvest", "publisher": VELMORA, "title": "Harvest address", "date": "2024-09", "speakers": [CORVANE],
     "url": "https://president.velmora.example/2",
     "text": HARVEST},
    {"id": "harvest-copy", "publisher": DREMLAND, "title": "Harvest address, as received", "date": "2024-09",
     "speakers": [CORVANE],
     "text": HARVEST},
    {"id": "wire", "publisher": "Basin Wire", "title": "Wire report", "date": "2025-05-02", "tier": "secondary",
     "speakers": [CORVANE], "text": "Our beekeepers are the envy of the whole continent and of its gardeners."},
    {"id": "volunteer", "publisher": "Friends of Velmora", "title": "Interview, translated", "date": "2025-05-04",
     "translation": "unofficial", "speakers": [CORVANE],
     "text": "The lighthouse keepers will be paid twice a month from the tolls of the strait."},
    {"id": "call", "publisher": VELMORA, "title": "Telephone conversation", "date": "2025-07-01", "kind": "phone-readout",
     "text": "Ilse Corvane stressed that the Teverin river must stay open to fishing boats."},
    {"id": "twice-1", "publisher": VELMORA, "title": "Toast", "date": "2023-01-01", "speakers": [CORVANE],
     "text": "The saffron guild of Ostrava has never missed a festival. Welcome to Kelso."},
    {"id": "twice-2", "publisher": VELMORA, "title": "Second toast", "date": "2023-02-01", "speakers": [CORVANE],
     "text": "It rains. The saffron guild of Ostrava has never missed a festival."},
    *(
        {"id": f"stock-{n}", "publisher": f"Ministry number {n}", "title": f"Statement {n}", "date": f"2022-0{n}-01",
         "speakers": [f"Minister Number{n}"], "text": "We stand for dialogue and peace. Let us meet soon."}
        for n in range(1, 9)
    ),
)  # fmt: skip

TURNS = [(who, text) for who, kind, text in PRESSER if kind == "speech"]
SENTENCES = [
    (CORVANE, "We agreed to rebuild the Brannock bridge by the autumn of 2027."),
    (CORVANE, "Trade between our countries grew by 14 per cent."),
    (CORVANE, "The old ferries cost us 40 million crowns a year."),
    (DREYFELL, "The bridge at Brannock belongs to both peoples."),
    (DREYFELL, "Our guards have left the northern ridge."),
    (CORVANE, "We will buy seventeen ferries from Tavin, my friends."),
    (CORVANE, "Our granaries hold barley for three winters."),
    (CORVANE, "Every orchard in Kelso was spared by the frost."),
    (CORVANE, "Both countries signed the grain pact on 12 May 2019."),
]


def known(reason: str) -> pytest.MarkDecorator:
    """A defect that is known and not yet mended."""
    return pytest.mark.xfail(strict=True, reason=reason)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with Corpus.open(tmp_path_factory.mktemp("velmora") / "corpus", create=True) as opened:
        for _ in opened.add(document_of(record) for record in RECORDS):
            pass
        yield opened


def answer(finding: Finding) -> str:
    return f"{finding.verdict.status}/{finding.verdict.reason}"


@pytest.mark.parametrize(
    ("quote", "speaker", "expected"),
    [
        ("We agreed to rebuild the Brannock bridge by the autumn of 2027.", CORVANE, "verified/exact"),
        ("We agreed to rebuild the Brannock bridge by the autumn of 2027.", None, "verified/exact"),
        ("We agreed to rebuild  the Brannock\nbridge by the autumn of 2027", CORVANE, "verified/exact"),
        ("Trade between our countries grew by 14%.", CORVANE, "verified/typographic"),
        ("Trade between our countries grew by fourteen percent.", CORVANE, "verified/typographic"),
        ("rebuild the Brannock bridge by the autumn of 2027", CORVANE, "verified/fragment"),
        ("The old ferries cost us … a year.", CORVANE, "verified/ellipsis"),
        ("The old ferries [of Velmora] cost us 40 million crowns a year.", CORVANE, "verified/bracketed"),
        ("The old ferries cost us, um, 40 million crowns a year.", CORVANE, "verified/press-allowance"),
        ("Well, the old ferries cost us 40 million crowns a year.", CORVANE, "verified/press-allowance"),
        ("The Teverin river must stay open to fishing boats.", CORVANE, "verified/typographic"),
        ("The old ferries cost them 40 million crowns a year.", CORVANE, "paraphrased/paraphrase-in-quotes"),
        ("The lighthouse keepers will be paid twice a month from the tolls of the strait.", CORVANE, "paraphrased/translation"),
        ("The saffron volcano sang in marble.", CORVANE, "unsourced/absent"),
        ("The saffron volcano sang in marble.", "Petra Undersea", "unsourced/not-covered"),
        ("We agreed to rebuild the Brannock bridge by the autumn of 2028.", CORVANE, "unsourced/altered-number"),
        ("Trade between our countries grew by 41 per cent.", CORVANE, "unsourced/altered-number"),
        ("The old ferries cost us 40 billion crowns a year.", CORVANE, "unsourced/altered-number"),
        ("Both countries signed the grain pact on 12 March 2019.", CORVANE, "unsourced/altered-date"),
        ("The bridge at Tavin belongs to both peoples.", DREYFELL, "unsourced/altered-entity"),
        ("We will buy the rusty submarines.", CORVANE, "unsourced/negation"),
        ("Our guards have not left the northern ridge.", DREYFELL, "unsourced/negation"),
        ("Some of our shipwrights will leave the harbour before Tuesday.", CORVANE, "unsourced/modality"),
        ("All of our shipwrights may leave the harbour before Tuesday.", CORVANE, "unsourced/quantifier"),
        ("The millers of Tavin deserve our scorn.", CORVANE, "unsourced/altered-wording"),
        ("We agreed to rebuild the Brannock bridge. We will buy seventeen ferries from Tavin.", CORVANE, None),
        ("Our granaries hold barley for three winters. Both countries signed the grain pact on 12 May 2019.", CORVANE, "unsourced/spliced"),
        ("We will reopen the embassy in Kelso", CORVANE, "unsourced/out-of-context"),
        ("We will … buy the rusty submarines", CORVANE, "unsourced/ellipsis-abuse"),
        ("We will [gladly] buy seventeen ferries from Tavin, my friends.", CORVANE, "unsourced/bracket-abuse"),
        ("The bridge at Brannock belongs to both peoples.", CORVANE, "unsourced/misattributed"),
        ("will Velmora buy the rusty submarines of Dremland?", CORVANE, "unsourced/misattributed"),
        ("Velmora must bow to the sea lords.", CORVANE, "unsourced/nested-quote"),
        ("dialogue and peace", "Minister Number3", "unsourced/chance-match"),
        ("Our beekeepers are the envy of the whole continent and of its gardeners.", CORVANE, "unsourced/secondary-only"),
    ],
)  # fmt: skip
def test_every_kind_of_quote_gets_its_reason(
    corpus: Corpus, quote: str, speaker: str | None, expected: str | None
) -> None:
    finding = check_quote(Claim(quote, speaker=speaker), corpus)
    if expected is None:
        assert finding.verdict.status != "verified"
    else:
        assert answer(finding) == expected


@pytest.mark.parametrize(
    ("quote", "speaker", "expected"),
    [
        pytest.param("that the Brannock bridge would be rebuilt by the autumn of 2027", CORVANE, "paraphrased", marks=known("“would” in reported speech counts as modality where the source has a verb of agreement")),
        ("She said they had agreed to rebuild the Brannock bridge by the autumn of 2027", CORVANE, "paraphrased"),
        ("She said they had agreed to rebuild the Brannock bridge by the autumn of 2031", CORVANE, "altered-number"),
        ("We agreed to rebuild the Brannock bridge by the autumn of 2027.", CORVANE, "paraphrased/reported-speech"),
        ("that the saffron volcano sang in marble", CORVANE, "absent"),
        ("that Velmora might not buy the rusty submarines", CORVANE, "unsourced"),
        ("that Velmora would not buy the rusty submarines", CORVANE, "paraphrased"),
    ],
)  # fmt: skip
def test_indirect_speech_claims_meaning(corpus: Corpus, quote: str, speaker: str, expected: str) -> None:
    assert expected in answer(check_quote(Claim(quote, speaker=speaker, direct=False), corpus))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-06-10", "verified"), ("2025-06-11", "verified"), ("2025-06-09", "verified"), ("2025-06", "verified"),
        ("2025", "verified"), ("2025-06-12", "unsourced/wrong-date"), ("2025-05", "unsourced/wrong-date"),
        ("2024", "unsourced/wrong-date"),
    ],
)  # fmt: skip
def test_the_claimed_date_is_compared_at_the_coarser_precision_with_a_day_s_grace(
    corpus: Corpus, date: str, expected: str
) -> None:
    claim = Claim(SENTENCES[0][1], speaker=CORVANE, date=PartialDate.parse(date))
    assert answer(check_quote(claim, corpus)).startswith(expected)


@pytest.mark.parametrize(
    ("date", "expected"), [("2024-09-30", "verified"), ("2024-09", "verified"), ("2024-10-02", "wrong-date")]
)
def test_a_document_known_to_the_month_is_compared_by_the_month(corpus: Corpus, date: str, expected: str) -> None:
    claim = Claim("Every orchard in Kelso was spared by the frost.", speaker=CORVANE, date=PartialDate.parse(date))
    assert expected in answer(check_quote(claim, corpus))


@pytest.mark.parametrize("date", ["2025-06-10", "2025-06-30", "2026", "2025-06-09"])
def test_an_article_written_on_or_after_the_day_may_quote(corpus: Corpus, date: str) -> None:
    claim = Claim(SENTENCES[0][1], speaker=CORVANE, article_date=PartialDate.parse(date))
    assert answer(check_quote(claim, corpus)) == "verified/exact"


def test_an_article_s_date_never_gives_wrong_date(corpus: Corpus) -> None:
    claim = Claim(SENTENCES[0][1], speaker=CORVANE, article_date=PartialDate(2019, 1, 1))
    finding = check_quote(claim, corpus)
    assert "wrong-date" not in (finding.verdict.reason, *finding.verdict.other_reasons)


def test_words_of_a_later_document_are_shown_and_support_nothing(corpus: Corpus) -> None:
    finding = check_quote(Claim(SENTENCES[0][1], speaker=CORVANE, article_date=PartialDate(2019, 1, 1)), corpus)
    assert finding.verdict.status == "unsourced" and finding.evidence == ()
    assert finding.nearest[0].document.id == "presser"
    assert "later" in [warning.code for warning in finding.nearest[0].warnings]


def test_a_named_document_that_is_not_held_is_said(corpus: Corpus) -> None:
    finding = check_quote(Claim(SENTENCES[0][1], document_id="pressre"), corpus)
    assert "unknown-document" in [warning.code for warning in finding.warnings]
    finding = check_quote(Claim(SENTENCES[0][1], document_id="harvest"), corpus)
    assert "unknown-document" not in [warning.code for warning in finding.warnings]


@pytest.mark.parametrize(
    ("quote", "answered"),
    [
        ("We will not buy the rusty submarines?", "unsourced/altered-wording"),
        ("will Velmora buy the rusty submarines of Dremland?", "verified/fragment"),
    ],
)
def test_a_statement_is_not_made_a_question(corpus: Corpus, quote: str, answered: str) -> None:
    assert answer(check_quote(Claim(quote), corpus)) == answered


def test_the_named_document_must_hold_the_words(corpus: Corpus) -> None:
    quote = SENTENCES[0][1]
    assert answer(check_quote(Claim(quote, document_id="presser"), corpus)) == "verified/exact"
    assert answer(check_quote(Claim(quote, document_id="harvest"), corpus)) == "unsourced/wrong-document"


def test_a_copy_of_the_named_document_will_do_and_is_not_ambiguous(corpus: Corpus) -> None:
    quote = "Every orchard in Kelso was spared by the frost."
    for id in ("harvest", "harvest-copy"):
        finding = check_quote(Claim(quote, speaker=CORVANE, document_id=id), corpus)
        assert answer(finding) == "verified/exact"
        assert not finding.ambiguous


def test_two_statements_that_fit_equally_well_are_ambiguous(corpus: Corpus) -> None:
    finding = check_quote(Claim("The saffron guild of Ostrava has never missed a festival.", speaker=CORVANE), corpus)
    assert answer(finding) == "verified/exact"
    assert finding.ambiguous
    assert {each.document.id for each in finding.evidence} == {"twice-1", "twice-2"}


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        (CORVANE, "verified"),
        ("Corvane", "verified"),
        ("President Corvane", "verified"),
        ("ILSE CORVANE", "verified"),
        (DREYFELL, "misattributed"),
        ("Marta Corvane", "misattributed"),
        ("Otmar Corvane", "misattributed"),
        ("Journalist", "misattributed"),
        ("Corvane's spokesman", "misattributed"),
    ],
)  # fmt: skip
def test_only_the_speaker_s_own_words_count(corpus: Corpus, speaker: str, expected: str) -> None:
    assert expected in answer(check_quote(Claim(SENTENCES[0][1], speaker=speaker), corpus))


@pytest.mark.parametrize(
    ("quote", "warning"),
    [
        ("We agreed to rebuild the Bran\u200bnock bridge by the autumn of 2027.", "hidden-characters"),
        ("We agreed to rebuild the \u202eBrannock bridge by the autumn of 2027.", "hidden-characters"),
    ],
)
def test_hidden_characters_are_ignored_and_reported(corpus: Corpus, quote: str, warning: str) -> None:
    finding = check_quote(Claim(quote, speaker=CORVANE), corpus)
    assert finding.verdict.status == "verified"
    assert warning in [each.code for each in finding.warnings]


@pytest.mark.parametrize(("latin", "other"), [("a", "а"), ("o", "о"), ("e", "е"), ("i", "і"), ("B", "В")])
def test_look_alike_letters_are_reported_and_never_verified(corpus: Corpus, latin: str, other: str) -> None:
    quote = SENTENCES[0][1].replace(latin, other)
    finding = check_quote(Claim(quote, speaker=CORVANE), corpus)
    assert finding.verdict.status != "verified"
    assert "look-alike-letters" in [each.code for each in finding.warnings]


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        ("We agreed to rebuild the Brannock bridge by the autumn of ٢٠٢٧.", CORVANE),
        ("We agreed to rebuild the Brannock bridge by the autumn of ２０２７.", CORVANE),
        ("We agreed to rebuild the Brannock bridge by the autumn of 202⁷.", CORVANE),
        ("Trade between our countries grew by 1⁴ per cent.", CORVANE),
        ("Trade between our countries grew by -14 per cent.", CORVANE),
        ("Trade between our countries grew by 1.4 per cent.", CORVANE),
        ("Trade between our countries grew by 14.", CORVANE),
        ("Trade between our countries grew by 14 percentage points.", CORVANE),
        ("Trade between our countries grew by the 14th per cent.", CORVANE),
        ("Trade between our countries grew by >14 per cent.", CORVANE),
        ("Trade between our countries grew by ~14 per cent.", CORVANE),
        ("The old ferries cost us $40 million crowns a year.", CORVANE),
        ("The old ferries cost us 40 million dollars a year.", CORVANE),
        ("The old ferries cost us 40 million crowns a month.", CORVANE),
        ("The old ferries cost us up to 40 million crowns a year.", CORVANE),
        ("Every orchard in Kelso was nearly spared by the frost.", CORVANE),
        ("Some orchard in Kelso was spared by the frost.", CORVANE),
        ("Our granaries hold barley for the third winter.", CORVANE),
        ("Our guards had left the northern ridge.", DREYFELL),
        ("Our guards will have left the northern ridge.", DREYFELL),
        ("The bridge at Brannock belongs to neither people.", DREYFELL),
        ("We will buy ferries, seventeen from Tavin, my friends. We will not", CORVANE),
        ("by the autumn of 2027 trade between our countries grew by 14 per cent", CORVANE),
        ("We will n\u0336o\u0336t\u0336 buy the rusty submarines.", CORVANE),
    ],
)  # fmt: skip
def test_what_differs_in_value_sign_or_sense_is_never_verified(corpus: Corpus, quote: str, speaker: str) -> None:
    assert check_quote(Claim(quote, speaker=speaker), corpus).verdict.status != "verified"


@pytest.mark.parametrize("context", ["She did not hesitate. “{}”, she said.", "She said it never rained: “{}”."])
def test_a_stray_negation_before_the_marks_restores_nothing(corpus: Corpus, context: str) -> None:
    quote = "We will reopen the embassy in Kelso"
    claim = Claim(quote, speaker=CORVANE, context=context.format(quote))
    assert check_quote(claim, corpus).verdict.status != "verified"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_run_of_whole_words_is_never_said_to_be_altered(corpus: Corpus, data: st.DataObject) -> None:
    who, text = data.draw(st.sampled_from(TURNS))
    found = words(text)
    first = data.draw(st.integers(0, len(found) - 4))
    last = data.draw(st.integers(first + 4, len(found)))
    units = [span for figure in figures(found.keys) for span in (range(figure.first + 1, figure.last),)]
    assume(not any(edge in unit for unit in units for edge in (first, last)))  # “14” is not “14 per cent”
    quote = text[found.starts[first] : found.ends[last - 1]]
    reason = check_quote(Claim(quote, speaker=who), corpus).verdict.reason
    allowed = {"exact", "fragment", "typographic", "chance-match", "out-of-context", "nested-quote", "quantifier"}
    assert reason in allowed, quote


def insertions(word: str) -> list[tuple[str, str]]:
    """Every sentence with a word put in at every place inside it."""
    made = []
    for who, sentence in SENTENCES:
        pieces = sentence.split(" ")
        places = [at for at in range(1, len(pieces)) if pieces[at].casefold() != word]
        made += [(who, " ".join([*pieces[:at], word, *pieces[at:]])) for at in places]
    return made


@pytest.mark.parametrize("word", ["not", "never", "no", "[not]", "hardly", "without"])
def test_a_negation_put_in_anywhere_is_never_verified(corpus: Corpus, word: str) -> None:
    for who, quote in insertions(word):
        assert check_quote(Claim(quote, speaker=who), corpus).verdict.status != "verified", quote


@pytest.mark.parametrize("word", ["may", "all", "only", "almost", "allegedly", "if", "former", "seven", "Tavinese"])
def test_a_word_that_changes_the_claim_put_in_anywhere_is_never_verified(corpus: Corpus, word: str) -> None:
    for who, quote in random.Random(5).sample(insertions(word), 25):
        assert check_quote(Claim(quote, speaker=who), corpus).verdict.status != "verified", quote


def test_a_content_word_left_out_without_a_mark_is_never_verified(corpus: Corpus) -> None:
    small = {"the", "and", "that", "a", "an"}
    for who, sentence in SENTENCES:
        pieces = sentence.split(" ")
        for at in range(1, len(pieces) - 1):
            if pieces[at].strip(",.").casefold() in small:
                continue
            quote = " ".join(pieces[:at] + pieces[at + 1 :])
            assert check_quote(Claim(quote, speaker=who), corpus).verdict.status != "verified", quote


_SWAPS = {
    "2027": "2072", "14": "15", "40 million": "40 thousand", "seventeen": "seventy", "three": "thirty", "12": "21",
    "2019": "2018", "May": "March", "Brannock": "Kelso", "Tavin": "Dremland", "Kelso": "Ostrava", "northern": "southern",
}  # fmt: skip


@pytest.mark.parametrize(("was", "put"), sorted(_SWAPS.items()))
def test_a_figure_or_name_put_for_another_is_neither_verified_nor_a_paraphrase(
    corpus: Corpus, was: str, put: str
) -> None:
    for who, sentence in SENTENCES:
        if was in sentence:
            finding = check_quote(Claim(sentence.replace(was, put), speaker=who), corpus)
            assert finding.verdict.status == "unsourced", answer(finding)


def test_the_evidence_leads_back_to_the_stored_words(corpus: Corpus) -> None:
    for who, sentence in SENTENCES:
        (place, *_) = check_quote(Claim(sentence, speaker=who), corpus).evidence
        text = place.document.text
        assert place.span.of(text) == place.quote.exact == sentence
        assert text[: place.span.start].endswith(place.quote.prefix)
        assert text[place.span.end :].startswith(place.quote.suffix)
        assert place.link


def test_every_difference_points_into_both_texts(corpus: Corpus) -> None:
    quote = "Trade between our two countries fell by 15 per cent."
    finding = check_quote(Claim(quote, speaker=CORVANE), corpus)
    edits = finding.nearest[0].edits
    assert edits
    for edit in edits:
        assert edit.quote.end <= len(quote)
        assert edit.source.end <= len(finding.nearest[0].document.text)


def test_what_was_searched_and_how_is_always_said(corpus: Corpus) -> None:
    finding = check_quote(Claim("The saffron volcano sang in marble.", speaker=CORVANE), corpus)
    assert finding.searched.coverage.documents == len(RECORDS)
    assert finding.searched.speaker_documents_near_date
    assert finding.provenance.corpus_fingerprint == corpus.fingerprint()


def test_the_same_claim_gives_the_same_finding(corpus: Corpus) -> None:
    claim = Claim("Trade between our countries fell by 15 per cent.", speaker=CORVANE)
    assert check_quote(claim, corpus) == check_quote(claim, corpus)


def test_the_strict_profile_allows_no_filler(corpus: Corpus) -> None:
    claim = Claim("The old ferries cost us, um, 40 million crowns a year.", speaker=CORVANE)
    assert answer(check_quote(claim, corpus, settings=Settings(profile="strict"))) == "paraphrased/paraphrase-in-quotes"


@pytest.mark.parametrize("quote", ["", "   ", "…", "“”", "[...]", "?!", "word " * 20_000])
def test_a_quote_without_words_or_too_long_is_an_error_of_that_item(corpus: Corpus, quote: str) -> None:
    with pytest.raises(QuoteError):
        check_quote(Claim(quote), corpus)


def test_nothing_can_be_found_in_an_empty_corpus(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Corpus.open(tmp_path_factory.mktemp("empty") / "corpus", create=True) as empty:
        assert answer(check_quote(Claim(SENTENCES[0][1], speaker=CORVANE), empty)) == "unsourced/not-covered"
        assert answer(check_quote(Claim(SENTENCES[0][1]), empty)) == "unsourced/absent"


def test_a_statement_of_an_article_claims_wording_only_inside_marks() -> None:
    text = "President Corvane said: “We agreed to rebuild the bridge.”"
    start = text.index("We")
    attribution = Attribution((Span(start, len(text) - 1),), (), (), "direct", text[start:-1], Speaker(CORVANE))
    claim = claim_of(attribution, Article("a", text, date=PartialDate(2025, 6, 11)))
    assert claim.direct
    assert claim.speaker == CORVANE
    assert claim.article_date == PartialDate(2025, 6, 11)
    assert claim.quote in claim.context


def test_an_article_is_checked_statement_by_statement(corpus: Corpus) -> None:
    text = (
        "OSTRAVA BAY, 11 June – “We agreed to rebuild the Brannock bridge by the autumn of 2027,” "
        "President Ilse Corvane said. “The saffron volcano sang in marble,” Otmar Dreyfell said."
    )
    report = check_article(Article("a-1", text, date=PartialDate(2025, 6, 11)), corpus)
    assert report.article.id == "a-1"
    starts = [finding.attribution.content[0].start for finding in report.findings if finding.attribution]
    assert starts == sorted(starts)
    statuses = [finding.verdict.status for finding in report.findings]
    assert statuses == ["verified", "unsourced"]


def test_an_article_without_statements_has_no_findings(corpus: Corpus) -> None:
    assert check_article(Article("a-2", "It rained all day in Kelso."), corpus).findings == ()


def test_a_finding_says_what_belongs_to_its_document(tmp_path: Path) -> None:
    said = "We shall not raise the toll on the northern bridge before the harbour of Marlo is dredged."
    records = [
        {"id": "marlo-en-7", "language": "en", "speakers": ["Ada Lorne"], "text": said, "licence": "CC0",
         "translation": "official", "publisher": "Office of Marlo"},
        {"id": "marlo-ru-7", "language": "ru", "speakers": ["Ада Лорн"], "title": "О мосте", "publisher": "Office of Marlo",
         "text": "Мы не поднимем плату на северном мосту, пока гавань Марло не углублена."},
    ]  # fmt: skip
    with Corpus.open(tmp_path / "related", create=True) as corpus:
        list(corpus.add(map(document_of, records)))
        finding = check_quote(Claim(said, speaker="Ada Lorne"), corpus)
    (place,) = finding_object(finding)["evidence"]  # type: ignore[misc]
    assert [(each["relation"], each["id"], each["language"]) for each in place["related"]] == [
        ("original", "marlo-ru-7", "ru")
    ]
    assert place["document"]["translation"] == "official"
    assert place["document"]["licence"] == "CC0"
    assert "Russian original: О мосте (marlo-ru-7)" in finding_text(finding)
    assert "Russian original" in finding_html(finding)


TALK = """MODERATOR: The bridge at Wrey was closed for eight weeks last winter.

BRAM KESTEL: We raise the deck by ninety centimetres in the spring.

BRAM KESTEL: Four weeks was promised by people who had not measured it.

NOTE: the recording breaks off after eleven minutes of this conversation.

KOVAK: The old foundations will carry the new deck for a hundred years.

MODERATOR: Nobody in this hall has ever seen the drawings of the bridge."""


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("We raise the deck by ninety centimetres in the spring.", "Bram Kestel", "verified"),
        ("The old foundations will carry the new deck for a hundred years.", "Kovak", "verified"),
        ("The old foundations will carry the new deck for a hundred years.", "Bram Kestel", "misattributed"),
        ("the recording breaks off after eleven minutes of this conversation", "Bram Kestel", "misattributed"),
        ("the recording breaks off after eleven minutes of this conversation", "Kovak", "misattributed"),
        ("The bridge at Wrey was closed for eight weeks last winter.", "Bram Kestel", "misattributed"),
        ("Nobody in this hall has ever seen the drawings of the bridge.", "Kovak", "misattributed"),
        ("Nobody in this hall has ever seen the drawings of the bridge.", "Harbour office of Valdria", "misattributed"),
    ],
)
def test_words_behind_a_label_in_capitals_are_nobody_elses(
    words: str, speaker: str, expected: str, tmp_path: Path
) -> None:
    talk = read_text(TALK, name="talk", defaults=Defaults("Harbour office of Valdria"))
    with Corpus.open(tmp_path / "corpus", create=True) as held:
        list(held.add([talk]))
        verdict = check_quote(Claim(words, speaker=speaker), held).verdict
    assert expected in (verdict.status, verdict.reason)


def test_a_report_names_the_tagger_that_bounded_its_statements(corpus: Corpus) -> None:
    tagger = load_tagger()
    assert tagger is not None
    article = Article("a", "Ilse Corvane said that the canal must stay open.")
    report = check_article(article, corpus)
    assert {report.provenance.tagger, *(each.provenance.tagger for each in report.findings)} == {tagger.name}
    assert check_article(article, corpus, settings=replace(DEFAULTS, tagger="none")).provenance.tagger is None
    assert check_quote(Claim("the canal must stay open"), corpus).provenance.tagger is None
