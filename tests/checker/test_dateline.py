"""The date at an article's head."""

from __future__ import annotations

import pytest

from checker.dateline import published


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Headline\n\nMarch 5, 2026 21:36\n\nText.", "2026-03-05"),
        ("5 March 2026", "2026-03-05"),
        ("Published: 2026-03-05", "2026-03-05"),
        ("MERROWICK, 22nd January 2026", "2026-01-22"),
        ("5 марта 2026 года", "2026-03-05"),
        ("March 2026", "2026-03"),
    ],
)
def test_a_line_that_is_a_date_is_the_article_s(text: str, date: str) -> None:
    assert str(published(text)) == date


@pytest.mark.parametrize(
    "text",
    [
        "The council of the town met on March 5, 2026 in the old hall by the river to vote.",
        "June 31, 2026",
        "He remembers the night of 11 September 2001",
        "In March 2003 the war began.",
        "Room 2026",
        "",
        "\n" * 30 + "March 5, 2026",
    ],
)
def test_a_date_inside_the_story_is_not(text: str) -> None:
    assert published(text) is None
