"""What is asked is typed to the last character: the patterns that other programs read say what we accept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from corpus.types import PartialDate
from web.api.shapes.base import Count, Date, Number

DATES = TypeAdapter(Date)


def accepted(written: str) -> bool:
    try:
        DATES.validate_python(written)
    except ValidationError:
        return False
    return True


@given(st.from_regex(re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII), fullmatch=True) | st.dates().map(str))
def test_a_date_is_accepted_exactly_when_the_calendar_has_it(written: str) -> None:
    try:
        held = written[0] != "0" and bool(PartialDate.parse(written))
    except ValueError:
        held = False
    assert accepted(written) == held


def test_leap_days_are_where_they_are() -> None:
    found = [year for year in range(1000, 3000) if accepted(f"{year}-02-29")]
    assert found == [year for year in range(1000, 3000) if year % 4 == 0 and (year % 100 or year % 400 == 0)]


@pytest.mark.parametrize(
    "written", ["", "31.3.2026", "2026-3", "٢٠٢٦", "2026-03-31\n", " 2026", "2026-00", "2026-03-00"]
)
def test_what_is_no_date_is_refused(written: str) -> None:
    assert not accepted(written)


def test_whole_numbers_are_read_in_one_spelling() -> None:
    number = TypeAdapter(Number)
    assert number.validate_python("007") == 7
    for written in ("", "1_0", "+1", " 1", "1.0", "٣", "1" * 10, "-1"):
        with pytest.raises(ValidationError):
            number.validate_python(written)
    assert TypeAdapter(Count).validate_python(7.0, strict=True) == 7
    with pytest.raises(ValidationError):
        TypeAdapter(Count).validate_python(7.5, strict=True)
