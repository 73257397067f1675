"""Spans and partial dates."""

from __future__ import annotations

import pytest

from corpus.types import PartialDate, Span


@pytest.mark.parametrize("text", ["2016", "2016-12", "2016-12-31"])
def test_a_partial_date_prints_as_it_was_read(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "16", "2016-13", "2016-02-30", "31.12.2016", "2016-12-31T00:00", "2026-00", "2026-03-00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)
