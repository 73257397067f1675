"""The body of an article is what its author wrote: no advertisement, no caption, no list of links."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.body import body


def kept(text: str) -> list[str]:
    return [span.of(text) for span in body(text)]


@pytest.mark.parametrize(
    "line",
    [
        "3 minute read.",
        "The two ministers at the harbour. (photo credit: SOMEBODY)",
        "Be the first to know - Join our Facebook page.",
        "Join our Facebook page",
        "Click here for more",
        "Join us now for just $5 and upgrade your experience. Click here>>",
        "© 2031 The Harbour Post. All rights reserved.",
        "Subscribe to our paper",
        "(Reporting by A. Name; editing by B. Name)",
    ],
)
def test_a_line_of_furniture_is_left_out(line: str) -> None:
    assert kept(f"The harbour is open.\n\n{line}\n\nIt will stay open.") == [
        "The harbour is open.",
        "It will stay open.",
    ]


@pytest.mark.parametrize("heading", ["Related Content", "Related stories", "RELATED ARTICLES:", "You may also like"])
def test_nothing_behind_the_heading_of_the_links_counts(heading: str) -> None:
    assert kept(f"He left.\n\n{heading}\n\nMinister: “I will stay”\n\nOther news") == ["He left."]


def test_a_letter_to_the_reader_goes_with_its_signatures() -> None:
    letter = "Dear Reader,\n“Best paper,” says a reader.\n\nThank you,\nA. Name, editor\n\n"
    assert kept(f"Title\n\n{letter}The minister spoke on Monday.") == ["Title", "The minister spoke on Monday."]


def test_a_letter_without_a_signature_takes_only_its_greeting() -> None:
    assert kept("Dear Reader,\nThe minister spoke.") == ["The minister spoke."]


def test_a_newsletter_box_goes_with_its_praise() -> None:
    box = "SIGN UP FOR THE MORNING POST\n“My favourite email.” Every weekday, free of charge.\n"
    assert kept(f"He left.\n{box}She stayed.") == ["He left.", "She stayed."]


def test_a_sentence_that_speaks_of_such_things_stays() -> None:
    text = "The minister said that related content would be removed."
    assert kept(text) == [text]


@given(st.text(max_size=300))
def test_paragraphs_are_in_order_and_inside_the_text(text: str) -> None:
    spans = body(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
