"""The day that a document gives itself in its title, its first lines or its register number.

Only a whole date counts, and in a line of the text only one that is little more than a date: a sentence's date is
part of what it tells.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.text import words
from corpus.types import PartialDate

_HEAD = 12
"""Lines looked at."""

_LONGEST = 90
"""Letters of a line that is a date, a time and a place."""

_OTHERS = 4
"""Words beside the date that such a line may have: a weekday, a town, a house."""

_EARLIEST = 1700

_ISO = re.compile(r"(?<!\d)(\d{4})[-_](\d{2})[-_](\d{2})(?!\d)")
_REGISTER = re.compile(r"^\W*(?:№\s*)?\d{1,5}-(\d{2})-(\d{2})-(\d{4})\b")
"""The Russian Foreign Ministry's: a number, then the day, month and year."""
_POINTS = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4})(?![\d.])")
_WRITTEN = re.compile(
    r"(?<![\w,.])(?:(?P<day>\d{1,2})(?:st|nd|rd|th|-?(?:го|е))?\s+(?:of\s+)?(?P<month>[^\W\d_]{3,10})\.?,?"
    r"|(?P<before>[^\W\d_]{3,10})\.?\s+(?P<behind>\d{1,2})(?:st|nd|rd|th)?,?)\s+(?P<year>\d{4})\b"
)
_LANGUAGES = ("en", "ru", "uk")


def date_in(title: str, text: str, *, name: str = "") -> PartialDate | None:
    """The date that a document's head gives; None when it gives none for certain.

    >>> str(date_in("Address to sailors", "Address to sailors\\n\\n8 мая 2025 года, 10:10\\n\\nУважаемые коллеги!"))
    '2025-05-08'
    >>> date_in("Harbour", "On 8 May 2025 the President of Marlo opened the harbour and spoke to its builders.") is None
    True
    """
    lines = [line.strip() for line in text.split("\n", 4 * _HEAD) if line.strip()][:_HEAD]
    register = next((match for line in lines[:3] if (match := _REGISTER.match(line))), None)
    if register is not None:
        return _day(int(register[3]), int(register[2]), int(register[1]))
    for line in lines:
        if len(line) <= _LONGEST and (found := _one(line)) is not None and _little_more(line, found[1]):
            return found[0]
    for whole in (title, name):
        if (found := _one(whole)) is not None:
            return found[0]
    return None


def _one(line: str) -> tuple[PartialDate, re.Match[str]] | None:
    """The date of a line that holds one; two different ones say nothing for certain."""
    found = [(date, match) for date, match in _dates(line) if date.year >= _EARLIEST]
    return found[0] if len({date for date, _ in found}) == 1 else None


def _dates(line: str) -> Iterator[tuple[PartialDate, re.Match[str]]]:
    for match in _ISO.finditer(line):
        if (date := _day(int(match[1]), int(match[2]), int(match[3]))) is not None:
            yield date, match
    for match in _POINTS.finditer(line):
        first, second = int(match[1]), int(match[2])
        # 3/4/2025 is March in America and April elsewhere; with points, and behind the twelfth, the day stands first.
        if "/" not in match[0] or first > 12:
            date = _day(int(match[3]), second, first)
        else:
            date = _day(int(match[3]), first, second) if second > 12 or first == second else None
        if date is not None:
            yield date, match
    for match in _WRITTEN.finditer(line):
        if (date := _written(match)) is not None:
            yield date, match


def _written(match: re.Match[str]) -> PartialDate | None:
    day, name = match["day"] or match["behind"], match["month"] or match["before"]
    month = _month(name)
    return _day(int(match["year"]), month, int(day)) if month else None


@lru_cache(maxsize=512)
def _month(name: str) -> int | None:
    """The number of a month; None for any other word."""
    # Imported here because it takes a fifth of a second and only documents without a date need it.
    import dateparser

    settings = {"STRICT_PARSING": True, "DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
    read = dateparser.parse(f"15 {name} 2001", languages=list(_LANGUAGES), settings=settings)
    # "3 minutes 2025" is read as a time ago; what is not the day and year that stand there is no date.
    return int(read.month) if read is not None and (read.day, read.year) == (15, 2001) else None


def _day(year: int, month: int, day: int) -> PartialDate | None:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def _little_more(line: str, match: re.Match[str]) -> bool:
    rest: Sequence[str] = words(line[: match.start()] + " " + line[match.end() :]).keys
    return sum(1 for key in rest if not key[0].isdigit()) <= _OTHERS
