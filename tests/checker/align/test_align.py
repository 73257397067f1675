"""Alignment: where a quote stands, and every difference by its kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.align import align
from checker.query import read_quotation
from checker.types import Alignment, Profile
from corpus.types import Span

SOURCE = (
    "At present we see no grounds to believe that these talks are merely a “smokescreen”, as we remain in direct "
    "contact with our neighbours. W hen the council speaks of guarantees today, it means 1.5 million people. "
    "The mill and the ferry – which carried salt under a far older charter – are ready to work. "
    "Nearly 300 days have passed since Halvenia and 152 other towns voted. We must not stop. "
    "We will keep, keep values-\noriented ties with President Corvane in March."
)


def lay(quote: str, profile: Profile = "press") -> tuple[Alignment, ...]:
    return align(read_quotation(quote), SOURCE, within=Span(0, len(SOURCE)), profile=profile)


def differences(quote: str, profile: Profile = "press") -> list[tuple[str, str, str, bool]]:
    return [
        (edit.kind, edit.quote.of(quote), edit.source.of(SOURCE), edit.allowed)
        for alignment in lay(quote, profile)
        for edit in alignment.edits
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "these talks are merely a 'smokescreen', as we remain in direct contact",
        "it means 1,500,000 people",
        "direct contact with our neighbors",
        "values-oriented ties",
        "Nearly three hundred days have passed",
    ],
)
def test_what_is_only_typography_or_spelling_is_no_edit(quote: str) -> None:
    assert differences(quote) == []


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("Nearly 300 days have passed since Halvenia and 125 other towns voted", "number"),
        ("it means 15 million people", "number"),
        ("we see grounds to believe that these talks are merely a smokescreen", "negation"),
        ("We must stop", "negation"),
        ("We may not stop", "modality"),
        ("since Kareth and 152 other towns voted", "name"),
        ("ties with President Volyntsev in March", "name"),
        ("ties with President Corvane in April", "date"),
        ("we remain in indirect contact with our neighbours", "negation"),
        ("as we remained in direct contact with our neighbours", "inflection"),
        ("we see no grounds to think up that these talks are merely a smokescreen", "modality"),
        ("as we remain in close contact with our neighbours", "content-word"),
    ],
)
def test_a_difference_is_named_and_not_allowed(quote: str, kind: str) -> None:
    found = differences(quote)
    assert kind in [name for name, *_ in found]
    assert not all(allowed for *_, allowed in found)


def test_a_word_broken_by_a_stray_space_is_typographic() -> None:
    assert differences("When the council speaks of guarantees") == []
    assert "hyphenation" in lay("When the council speaks of guarantees")[0].foldings


def test_two_words_are_not_one() -> None:
    source = "The mill is now here."
    (found,) = align(read_quotation("The mill is nowhere"), source, within=Span(0, len(source)))
    assert any(not edit.allowed for edit in found.edits)


@pytest.mark.parametrize(("profile", "allowed"), [("press", True), ("strict", False)])
def test_a_repetition_is_allowed_by_the_press_profile_only(profile: Profile, allowed: bool) -> None:
    found = differences("We will keep values-oriented ties", profile)
    assert found
    assert {fine for *_, fine in found} == {allowed}


def test_a_dropped_aside_keeps_both_halves_together() -> None:
    (found,) = lay("The mill and the ferry are ready to work")
    assert found.source.of(SOURCE).startswith("The mill")
    assert found.source.of(SOURCE).endswith("work")


def test_parts_of_a_quote_stand_in_the_order_of_the_source() -> None:
    first, second = lay("we see no grounds to believe … We must not stop")
    assert first.source.end < second.source.start
    assert not first.edits
    assert not second.edits


def test_nouns_that_changed_places_are_two_exchanged_words() -> None:
    found = differences("The ferry and the mill are ready to work")
    assert found[:2] == [("content-word", "ferry", "mill", False), ("content-word", "mill", "ferry", False)]


def test_page_numbers_between_two_halves_are_skipped() -> None:
    source = "The council of the town met in\n\n17\n\nthe old hall by the river."
    quote = "The council of the town met in the old hall by the river"
    (found,) = align(read_quotation(quote), source, within=Span(0, len(source)))
    assert [(edit.kind, edit.allowed) for edit in found.edits] == [("typographic", True)]


def test_the_window_is_never_left() -> None:
    within = Span(SOURCE.index("Nearly"), SOURCE.index("We will"))
    for alignment in align(read_quotation("We see no grounds to believe that we must not stop"), SOURCE, within=within):
        assert within.start <= alignment.source.start <= alignment.source.end <= within.end


WORDS = st.lists(st.sampled_from("the mill will not open in March of Halvenia agreed they said".split()), min_size=1)


@given(WORDS, WORDS)
def test_edits_lie_inside_both_texts(quoted: list[str], stored: list[str]) -> None:
    quote, source = " ".join(quoted), " ".join(stored)
    for alignment in align(read_quotation(quote), source, within=Span(0, len(source))):
        assert 0 <= alignment.source.start <= alignment.source.end <= len(source)
        for edit in alignment.edits:
            assert 0 <= edit.quote.start <= edit.quote.end <= len(quote)
            assert 0 <= edit.source.start <= edit.source.end <= len(source)


@given(WORDS, st.data())
def test_a_piece_of_a_text_aligns_without_edits(stored: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(stored) - 1))
    last = data.draw(st.integers(first + 1, len(stored)))
    quote, source = " ".join(stored[first:last]), " ".join(stored)
    (found,) = align(read_quotation(quote), source, within=Span(0, len(source)))
    assert found.similarity == 1
    assert found.edits == ()


@pytest.mark.parametrize("before", ["\u200e", "\u202e", "\u2066\u200b", "\u200b" * 20])
def test_nothing_invisible_makes_a_first_word_a_name_or_a_name_a_first_word(before: str) -> None:
    source = "The Republic shortened the waiting time for companies. It met Velmoria in the capital of Tarn."
    whole = Span(0, len(source))
    for quote in ("Kareth shortened the waiting time for companies", "It met | Halvenia in the capital of Tarn"):
        plain, hidden = quote.replace("| ", ""), quote.replace("| ", before) if "|" in quote else before + quote
        kinds = [
            [edit.kind for each in align(read_quotation(text), source, within=whole) for edit in each.edits]
            for text in (plain, hidden)
        ]
        assert kinds[0] and kinds[0] == kinds[1]


def test_a_wide_gap_before_a_name_does_not_open_a_sentence() -> None:
    source = "It met Velmoria in the capital of Tarn."
    quotation = read_quotation("It met" + " " * 20 + "Halvenia in the capital of Tarn")
    (found,) = align(quotation, source, within=Span(0, len(source)))
    assert "name" in [edit.kind for edit in found.edits]


@pytest.mark.parametrize(
    ("quote", "stored", "same"),
    [
        ("rely on fairness and justice", "rely on fairness andjustice", True),
        ("the beauty of the harbour", "the beauty ofthe harbour", True),
        ("a massive inflow of grain", "a massive inf low of grain", True),
        ("In July 2031 we met", "In July of 2031 we met", True),
        ("by the autumn 2031 we met", "by the autumn of 2031 we met", False),
        ("the rapist said so", "therapist said so", False),
        ("he may be here", "he maybe here", False),
        ("it is resigned", "it is re signed", False),
        ("they were undone", "they were un done", False),
    ],
)
def test_a_lost_or_a_stray_space_is_typography_where_it_makes_no_other_words(
    quote: str, stored: str, same: bool
) -> None:
    (found,) = align(read_quotation(quote), stored, within=Span(0, len(stored)))
    assert all(edit.allowed for edit in found.edits) == same


@pytest.mark.parametrize(
    ("quote", "allowed"),
    [
        ("We urge our [Grain Harbour Council] partners to wait", True),
        ("We urge our [Grain Council] partners to wait", False),
        ("We urge our [eastern] partners to wait", False),
    ],
)
def test_a_bracket_may_write_an_abbreviation_out(quote: str, allowed: bool) -> None:
    stored = "We urge our GHC partners to wait"
    (found,) = align(read_quotation(quote), stored, within=Span(0, len(stored)))
    assert all(edit.allowed for edit in found.edits) == allowed


@pytest.mark.parametrize(
    ("quote", "stored", "same"),
    [
        ("I know WHO will help us", "I know who will help us", False),
        ("I know the WHO will help us", "I know the WHO will help us", True),
        ("I KNOW WHO WILL HELP THEM", "I know who will help them", True),
        ("the wall is 10 million high", "the wall is 10m high", False),
        ("it costs 10 million", "it costs 10m", True),
    ],
)
def test_capitals_and_letters_that_make_another_word_or_value(quote: str, stored: str, same: bool) -> None:
    (found,) = align(read_quotation(quote), stored, within=Span(0, len(stored)))
    assert all(edit.allowed for edit in found.edits) == same


def test_what_is_hidden_is_no_composition() -> None:
    stored = "we will not go"
    (found,) = align(read_quotation("we will n\u200bot go"), stored, within=Span(0, len(stored)))
    assert found.foldings == ("hidden",)
