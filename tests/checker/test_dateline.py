"""The date at an article's head."""

from __future__ import annotations

import pytest

from checker.dateline import published, same_date
from corpus.types import PartialDate


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


@pytest.mark.parametrize(
    ("claimed", "stored", "same"),
    [
        ("2025-03-04", "2025-03-04", True), ("2025-03-04", "2025-03-05", True), ("2025-03-04", "2025-03-06", False),
        ("2024-12-31", "2025-01-01", True), ("2025-03", "2025-03-31", True), ("2025-03", "2025-04-01", False),
        ("2025", "2025-12-31", True), ("2025", "2026-01-01", False), ("2025-03-04", "2025", True),
        ("2025-03-04", "2025-03", True), ("2025-03-04", "2025-04", False), ("2024-02-29", "2024-03-01", True),
    ],
)  # fmt: skip
def test_dates_are_compared_at_the_coarser_precision_with_a_day_s_grace(claimed: str, stored: str, same: bool) -> None:
    assert same_date(PartialDate.parse(claimed), PartialDate.parse(stored)) is same
