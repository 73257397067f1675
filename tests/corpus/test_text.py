"""The one normaliser: what is folded, what never is, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import (
    _COMBINING,
    _HIDDEN,
    _ODD,
    _REWRITE,
    _WORD,
    _read,
    first_keys,
    hidden_characters,
    key,
    look_alikes,
    normalise,
    sentences,
    words,
)
from corpus.types import Span


@pytest.mark.parametrize(
    ("written", "same", "why"),
    [
        ("1,500,000", "1 500 000", "thousands separators carry no value"),
        ("1.500.000", "1500000", "two points can only separate thousands"),
        ("Erdoğan", "Erdogan", "accents on Latin letters"),
        ("ёж", "еж", "ё and е"),
        ("the U.N.", "the UN", "points in abbreviations"),
        ("don’t", "don't", "styles of apostrophes"),
        ("ﬁrst", "first", "ligatures"),
        ("cafe\u0301", "café", "combining accents"),
        ("re\u00adsult", "result", "soft hyphens"),
        ("no\u200bw", "now", "invisible characters"),
        ("As | said", "As I said", "a scanned I"),
    ],
)
def test_what_editors_may_vary_has_one_key(written: str, same: str, why: str) -> None:
    assert words(written).keys == words(same).keys, why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("10²", "102", "superscripts"),
        ("5½", "51", "fractions"),
        ("−5", "5", "signs"),
        ("2.85", "28.5", "decimal points"),
        ("1.5", "15", "decimal points without thousands"),
        ("us", "US", "the pronoun and the country"),
        ("р\u0430ct", "pact", "look-alike letters"),
        ("йод", "иод", "й is a letter of its own"),
        ("he'll", "hell", "apostrophes inside words"),
        ("x³", "x3", "powers"),
    ],
)
def test_what_changes_a_fact_is_never_folded(one: str, other: str, why: str) -> None:
    assert words(one).keys != words(other).keys, why


def test_a_minus_is_a_sign_only_where_no_number_or_word_stands_before_it() -> None:
    assert words("10-15").keys == ("10", "15")
    assert words("below -5 degrees").keys == ("below", "-5", "degrees")


@given(st.text())
def test_every_word_leads_back_to_its_own_place(text: str) -> None:
    found = words(text)
    end = 0
    for index in range(len(found)):
        span = found.span(index)
        assert end <= span.start < span.end <= len(text)
        end = span.end


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_span_of_the_normalised_text_leads_back_inside_the_original(text: str) -> None:
    normal = normalise(text)
    for start in range(len(normal.text)):
        back = normal.original(Span(start, start + 1))
        assert 0 <= back.start < back.end <= len(text)


@given(st.lists(st.sampled_from(["peace", "is", "the", "path", "2.85", "10²"]), min_size=1), st.data())
def test_an_invisible_character_anywhere_changes_no_word(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    at = data.draw(st.integers(0, len(text)))
    hidden = data.draw(st.sampled_from(["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u180e", "\ufe0f"]))
    changed = text[:at] + hidden + text[at:]
    assert words(changed).keys == words(text).keys
    assert hidden_characters(changed)


def test_hidden_characters_are_named_with_their_place() -> None:
    assert hidden_characters("a\u202eb") == ((1, "RIGHT-TO-LEFT OVERRIDE"),)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("the p\u0430ct of Минск", ("p\u0430ct",)),
        ("\u0430 pact", ("\u0430",)),
        ("\u0441\u043e\u0440 of the year", ("\u0441\u043e\u0440",)),
        ("пакт o мире", ("o",)),
        ("the ｐａｃｔ", ("ｐａｃｔ",)),
        ("the 𝐩𝐚𝐜𝐭", ("𝐩𝐚𝐜𝐭",)),
        ("the ﬁrst pact", ()),
        ("пакт НАТО о NATO и CIA", ()),
        ("the paper Правда said", ()),
        ("Erdoğan’s café", ()),
        ("10² of ½", ()),
    ],
)
def test_words_in_letters_that_only_look_right_are_reported(text: str, reported: tuple[str, ...]) -> None:
    assert look_alikes(text) == reported


@given(st.text())
def test_sentences_stand_in_order_inside_the_text(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_half_a_character_does_not_stop_the_search_for_sentences() -> None:
    text = "He came\ud800. Mr. Li\udfff left."
    assert [span.of(text) for span in sentences(text)] == ["He came\ud800.", "Mr. Li\udfff left."]


def test_a_crowd_of_quotation_marks_leaves_sentences_where_they_stand() -> None:
    text = "“ " * 3_000 + "and so on.\n\n“He came,” she said. “He left.”"
    assert [span.of(text) for span in sentences(text)][1:] == ["“He came,” she said.", "“He left.”"]


def test_sentences_cover_every_word() -> None:
    text = "Mr. Oln said: “We agree. Nobody objects.” Then he left.\n\nНа этом всё. Спасибо."
    covered = [span.of(text) for span in sentences(text)]
    assert covered == ["Mr. Oln said: “We agree.", "Nobody objects.”", "Then he left.", "На этом всё.", "Спасибо."]


def test_a_figure_keeps_one_key_with_and_without_separators() -> None:
    assert key("25 300 000,5") == "25300000.5"


@given(st.text(alphabet="a5 -−|<+~%'’.,_x²¼é)\n"))
def test_words_read_all_at_once_stand_where_they_are_found_one_by_one(text: str) -> None:
    found = words(text)
    one_by_one = [match.span() for match in _WORD.finditer(text)]
    assert list(zip(found.starts, found.ends, strict=True)) == one_by_one
    assert found.keys == tuple(key(text[start:end]) for start, end in one_by_one)


def test_characters_that_are_not_looked_at_twice_are_neither_hidden_nor_combining() -> None:
    common = [each for each in map(chr, range(0x3000)) if not _ODD.match(each)]
    assert len(common) > 900
    assert not [each for each in common if any(odd.search(f"a{each}") for odd in (_HIDDEN, _REWRITE, _COMBINING))]


_PIECES = [
    *"aBПрé.!?, \n“”\"'’()—-−12,/:%$~<|_",
    "Word",
    "U.S.",
    "five. Next",
    "1,000",
    "10 000",
    "it's",
    " | ",
    "~5",
    "l'État",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join), st.integers(1, 12))
def test_the_first_words_of_a_text_are_those_of_all(text: str, most: int) -> None:
    assert first_keys(text, most) == words(text).keys[:most]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_cutting_a_text_at_its_words_finds_them_where_a_search_does(text: str) -> None:
    found = _read(text)
    assert [(*span,) for span in zip(found.starts, found.ends, strict=True)] == [m.span() for m in _WORD.finditer(text)]
    assert found.keys == tuple(key(match.group()) for match in _WORD.finditer(text))


@pytest.mark.parametrize("text", ["J\u00a0. Smith said so.", "Mr. S\u2009. He left.", "É\u3000. Next one."])
def test_a_wide_space_before_an_initials_point_is_read_like_any_other(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
