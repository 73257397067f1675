"""Paragraphs without marks that a sentence hands over to somebody are that person's words."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions
from checker.types import Article, Attribution


def direct(text: str) -> list[tuple[str, str]]:
    return [(one.quote, one.speaker.name) for one in extracted(text) if one.type == "direct" and one.speaker]


def extracted(text: str) -> tuple[Attribution, ...]:
    return extract_attributions(Article("x", text))


@pytest.mark.parametrize(
    "handed_over",
    ["The mayor, Ann Cole, wrote on Twitter:", "In a statement on Friday, Ann Cole said:", "Ann Cole replied:"],
)
def test_the_paragraph_behind_a_colon_is_said(handed_over: str) -> None:
    text = f"{handed_over}\n\nThe bridge is closed tonight.\n\nThe council met on Friday."
    assert direct(text) == [("The bridge is closed tonight.", "Ann Cole")]


def test_it_goes_on_in_the_first_person() -> None:
    text = (
        "Ann Cole wrote:\n\nThe bridge is closed now.\n\nI promise that we will open it.\n\nThe council met on Friday."
    )
    assert direct(text) == [("The bridge is closed now.\n\nI promise that we will open it.", "Ann Cole")]


def test_it_goes_on_in_lines_that_stand_closer() -> None:
    text = "Ann Cole wrote:\n\nThe bridge is closed tonight.\nTrains do run.\n\nThe council met on Friday."
    assert direct(text) == [("The bridge is closed tonight.\nTrains do run.", "Ann Cole")]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Cole noted that few had come:\n\nThe hall was empty on all of the three days.",
        "The winners of the year are:\n\nThe hall was empty on all of the three days.",
        "Ann Cole said:\n\nThe hall, Bo Ade said, was “full of people” on all three days.",
        "Ann Cole said:\n\nSee below.",
        "Ann Cole said:",
    ],
)
def test_other_paragraphs_behind_a_colon_are_not(text: str) -> None:
    assert not [quote for quote, speaker in direct(text) if speaker == "Ann Cole"]


def test_marks_are_joined_across_paragraphs() -> None:
    for text in (
        '"The bridge is closed.\n\n"The trains do run tonight," Ann Cole said.',
        '"The bridge is closed.\n\nThe trains do run tonight," Ann Cole said.',
        'Ann Cole said: "The bridge is closed.\n\n"The trains do run tonight."',
    ):
        found = extracted(text)
        assert len(found) == 1
        assert found[0].quote.startswith("The bridge is closed.")
        assert "The trains do run tonight" in found[0].quote
