"""The closed classes of words: what belongs together, what must never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import (
    BACKSHIFT,
    COMMONPLACE,
    CONDITIONS,
    DATES,
    HARMLESS,
    IRREGULAR,
    MODALITY,
    MONTHS,
    NEGATIONS,
    QUANTIFIERS,
    REFERRING,
    REPORTING,
    SOUNDS,
    STANCE,
    inflected,
    opposite,
    spelling,
    stem,
)
from corpus.text import FUNCTION_WORDS, words

CLASSES = {
    "commonplace": COMMONPLACE, "conditions": CONDITIONS, "dates": DATES, "sounds": SOUNDS, "harmless": HARMLESS,
    "modality": MODALITY, "negations": NEGATIONS, "quantifiers": QUANTIFIERS, "referring": REFERRING,
    "reporting": REPORTING, "stance": STANCE,
}  # fmt: skip


@pytest.mark.parametrize("name", [*sorted(set(CLASSES) - {"quantifiers"}), "quantifiers"])
def test_every_listed_word_is_written_as_the_text_is_read(name: str) -> None:
    odd = sorted(word for word in CLASSES[name] if words(word).keys != (word,))
    assert odd in ([], ["всё"]), f"{name}: {odd} can never match"


@pytest.mark.parametrize("other", ["negations", "modality", "quantifiers", "conditions", "stance", "dates"])
@pytest.mark.parametrize("harmless", ["harmless", "sounds"])
def test_no_harmless_word_changes_a_claim(harmless: str, other: str) -> None:
    assert not CLASSES[harmless] & CLASSES[other]


def test_harmless_words_are_function_words() -> None:
    assert HARMLESS <= FUNCTION_WORDS


def test_months_run_from_one_to_twelve_and_all_but_the_doubtful_are_dates() -> None:
    assert set(MONTHS.values()) == set(range(1, 13))
    assert set(MONTHS) - DATES == {"may", "march", "mar", "jan", "sep", "лютий", "лютого", "лютому"}


def test_backshift_leads_from_a_past_to_its_present() -> None:
    for reported, said in BACKSHIFT:
        assert reported in MODALITY
        assert said in MODALITY
        assert reported != said


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("realise", "realize"), ("organisations", "organizations"), ("neighbours'", None), ("defence", "defense"),
        ("centre", "center"), ("metres", "meters"), ("labour", "labor"), ("travelled", "traveled"), ("analyse", "analyze"),
        ("programme", "program"), ("kiev", "kyiv"), ("colour's", "color's"), ("harbour", "harbor"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_word_are_one(british: str, american: str | None) -> None:
    assert spelling(british) == (american or spelling(british))
    if american:
        assert spelling(american) == american


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("four", "for"), ("hour", "hor"), ("prise", "prize"), ("filled", "filed"), ("wise", "wize"), ("tour", "tor"),
        ("modern", "modem"), ("lose", "loose"), ("mettre", "metter"),
    ],
)  # fmt: skip
def test_two_words_are_never_one_spelling(first: str, second: str) -> None:
    assert spelling(first) != spelling(second)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвг'", min_size=1, max_size=14))
def test_a_spelling_is_final(word: str) -> None:
    assert spelling(spelling(word)) == spelling(word)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("decide", "decided"), ("country", "countries"), ("is", "were"), ("take", "taken"), ("build", "built"),
        ("man", "men"), ("rise", "rose"), ("страны", "стране"),
    ],
)  # fmt: skip
def test_forms_of_one_word_are_told(first: str, second: str) -> None:
    assert inflected(first, second)
    assert inflected(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("north", "south"), ("sold", "bought"), ("rose", "fell"), ("ally", "enemy"), ("he", "they"), ("i", "we")],
)
def test_different_words_are_no_forms_of_each_other(first: str, second: str) -> None:
    assert not inflected(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("acceptable", "unacceptable"), ("possible", "impossible"), ("legal", "illegal"), ("agreed", "disagreed"),
        ("nuclear", "antinuclear"), ("escalation", "deescalation"), ("законный", "незаконный"),
        ("regular", "irregular"),
        ("careful", "careless"), ("understood", "misunderstood"),
    ],
)  # fmt: skip
def test_a_negative_prefix_makes_the_opposite(first: str, second: str) -> None:
    assert opposite(first, second)
    assert opposite(second, first)


@pytest.mark.parametrize(("first", "second"), [("form", "inform"), ("mill", "mills"), ("able", "unable"[2:])])
def test_a_short_or_equal_word_is_no_opposite(first: str, second: str) -> None:
    assert not opposite(first, second)


@pytest.mark.parametrize("word", ["is", "a", "sea", "us", "его", "дом"])
def test_a_short_word_keeps_its_ending(word: str) -> None:
    assert stem(word) == word


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвг'", min_size=1, max_size=14))
def test_a_stem_begins_its_word(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(4, len(word))


def test_irregular_forms_are_read_as_single_words() -> None:
    assert [form for form in IRREGULAR if words(form).keys != (form,)] == []
