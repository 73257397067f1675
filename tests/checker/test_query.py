"""Reading a quote: omissions, brackets, reporting frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.query import build_query, read_quotation, without_marks
from checker.types import Claim


@pytest.mark.parametrize("mark", ["…", "...", ". . .", "[...]", "[…]", "(…)", "<…>", "[ … ]"])
def test_a_mark_of_omission_splits_a_quote(mark: str) -> None:
    parts = read_quotation(f"We agreed {mark} to talk").parts
    assert [part.words.keys for part in parts] == [("we", "agreed"), ("to", "talk")]


def test_a_bracketed_insertion_is_set_apart_with_its_place() -> None:
    (part,) = read_quotation("They [the two sides] agreed").parts
    assert part.words.keys == ("they", "agreed")
    assert [(bracket.text, bracket.before) for bracket in part.brackets] == [("the two sides", 1)]


def test_brackets_inside_a_word_leave_the_word_whole_and_are_remembered() -> None:
    quotation = read_quotation("[T]hey walk[ed] home")
    assert quotation.parts[0].words.keys == ("they", "walked", "home")
    assert [span.of(quotation.text) for span in quotation.altered] == ["[T]", "[ed]"]


@given(st.text())
def test_every_word_of_a_part_stands_where_it_says(text: str) -> None:
    for part in read_quotation(text).parts:
        for start, end in zip(part.words.starts, part.words.ends, strict=True):
            assert 0 <= start < end <= len(text)


def test_the_frame_of_an_indirect_statement_is_not_searched_for() -> None:
    parts = read_quotation("She told the envoy that the bridge would open, she added", direct=False).parts
    assert [part.words.keys for part in parts] == [("the", "bridge", "would", "open")]


def test_the_same_words_inside_quotation_marks_are_searched_for() -> None:
    (part,) = read_quotation("She told the envoy that the bridge would open").parts
    assert part.words.keys[:2] == ("she", "told")


def test_a_query_carries_the_parts_without_their_brackets() -> None:
    quotation = read_quotation("They [the two] agreed … at last")
    query = build_query(Claim("They [the two] agreed … at last", speaker="Ilse Corvane"), quotation)
    assert query.parts == ("They agreed", "at last")
    assert not query.loose


@pytest.mark.parametrize(
    ("pasted", "bare"),
    [
        (" “We agreed.” ", "We agreed."),
        ("«Да»", "Да"),
        ("“A,” she said, “B”", "“A,” she said, “B”"),
        ("plain", "plain"),
    ],
)
def test_marks_around_the_whole_of_a_quote_are_dropped(pasted: str, bare: str) -> None:
    assert without_marks(pasted) == bare


@pytest.mark.parametrize("hidden", ["", "\u200b", "\u2800", "\U000e0962\u202e"])
def test_a_changed_capital_is_one_whatever_stands_unseen_behind_it(hidden: str) -> None:
    (part,) = read_quotation(f"[A]{hidden} road is only as safe as its keepers").parts
    assert part.words.keys[:2] == ("a", "road") and not part.brackets
