"""How much of a claim a stretch of the source holds, and what there contradicts it."""

from __future__ import annotations

import pytest

from checker.features.coverage import Covered, covered
from checker.types import Claim, Information, Statement
from corpus.read.records import document_of
from corpus.text import FUNCTION_WORDS, words
from corpus.types import Span, Version

TEXT = (
    "Good morning. The harbour of Kelso will reopen in spring with 14 new cranes. "
    "Velmora bought ferries from Tavin. We do not sell grain to the garrison. It rained."
)


def weigh(quote: str, text: str = TEXT, own: frozenset[str] = frozenset()) -> Covered | None:
    document = document_of({
        "id": "v-1", "publisher": "Office of the President", "title": "Address in Ostrava, 30 pages",
        "date": "2025-03-04", "text": text, "speakers": ["Ilse Corvane"],
    })  # fmt: skip
    keys = [key for key in words(quote).keys if key not in FUNCTION_WORDS]
    information = Information(dict.fromkeys(keys, 1.0), 0, len(keys))
    place = Statement(document, Version(1, "0" * 64, "2025-03-05"), document.turns[0], Span(0, len(text)), 1.0)
    return covered(Claim(quote, direct=False), information, place, own=own)


def found(quote: str, text: str = TEXT, own: frozenset[str] = frozenset()) -> Covered:
    result = weigh(quote, text, own)
    assert result is not None
    return result


def test_the_best_stretch_is_the_sentence_that_says_it() -> None:
    assert found("Kelso's harbour reopens in spring").span.of(TEXT).startswith("The harbour of Kelso")
    assert found("Kelso's harbour reopens in spring").span.of(TEXT).rstrip().endswith("cranes.")


def test_words_count_in_whatever_form() -> None:
    whole = found("harbours reopened and cranes")
    assert whole.share == pytest.approx(1.0)


def test_more_of_the_claim_in_the_source_is_a_greater_share() -> None:
    assert found("the harbour will reopen").share > found("the harbour will reopen under marble lanterns").share


def test_a_claim_of_which_the_source_has_nothing_is_not_covered() -> None:
    assert weigh("volcanoes sing opera") is None
    assert weigh("and the of") is None


@pytest.mark.parametrize(
    ("quote", "reasons"),
    [
        ("The harbour will reopen with 14 cranes", ()),
        ("The harbour will reopen with fourteen cranes", ()),
        ("The harbour will reopen with 15 cranes", ("altered-number",)),
        ("The harbour of Kelso will not reopen with 14 cranes", ("negation",)),
        ("The ferries were bought from Tavin", ()),
        ("The ferries were bought from Brannock", ("altered-entity",)),
        ("The address of 30 pages: ferries bought from Tavin", ()),
        ("The ferries bought from Tavin, Ostrava", ()),
        ("We do not sell grain to the garrison", ()),
        ("We sell grain to the garrison", ("negation",)),
    ],
)
def test_figures_names_and_negations_that_the_source_does_not_have_contradict(
    quote: str, reasons: tuple[str, ...]
) -> None:
    assert found(quote).objections == reasons


def test_the_speaker_s_own_name_is_no_claim() -> None:
    assert found("President Corvane bought ferries", own=frozenset(["corvane", "president"])).objections == ()


@pytest.mark.xfail(strict=True, reason="who does what to whom is not compared: subject and object may change places")
def test_swapped_parties_contradict() -> None:
    assert found("Tavin bought ferries from Velmora").objections
