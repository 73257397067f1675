"""Differences between two wordings: none is missed, and each leads to its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.differences import differences, touched
from corpus.text import words
from corpus.types import Span

TEXTS = st.lists(st.sampled_from([*"abcde", "not", "14", "\n", "\n\n"]), max_size=30).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("We will pay.", "We will not pay.", [("added", "", "not")]),
        ("We will not pay.", "We will pay.", [("removed", "not", "")]),
        ("Pay 14 crowns", "Pay 40 crowns", [("changed", "14", "40")]),
        ("One line.\nTwo lines.", "Two lines.", [("removed", "One line", "")]),
        ("", "New words", [("added", "", "New words")]),
        ("Quoted “so”,  here", 'Quoted "so" – here.', []),
    ],
)
def test_what_was_added_removed_or_changed_is_named(before: str, after: str, found: list[tuple[str, str, str]]) -> None:
    assert [(each.kind, each.before.of(before), each.after.of(after)) for each in differences(before, after)] == found


@given(TEXTS, TEXTS)
def test_the_differences_turn_one_wording_into_the_other(before: str, after: str) -> None:
    made, at = [], 0
    for each in differences(before, after):
        made += [before[at : each.before.start], " ", each.after.of(after), " "]
        at = each.before.end
    assert words("".join([*made, before[at:]])).keys == words(after).keys


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ()


def test_words_that_went_missing_touch_the_passage_around_them_and_no_other() -> None:
    after = "We will pay. They will not."
    found = differences("We will not pay. They will not.", after)
    assert touched(Span(0, 12), found) and not touched(Span(13, len(after)), found)
