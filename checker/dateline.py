"""The date that an article prints at its head, when nobody gives it: no statement can be later than that."""

from __future__ import annotations

import re

from checker.lexicon import DATES, MONTHS
from corpus.text import words
from corpus.types import PartialDate

_HEAD = 25
"""Lines looked at; a date further down is part of the story."""

_LONGEST = 60
"""Letters of a line that is a dateline and not a sentence."""

_AROUND_DATES = DATES | frozenset(
    "published updated posted modified by on at last first gmt utc am pm est edt et msk года год г г. опубликовано".split()
)
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([^\W\d_]{3,})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?,?)?\s+(\d{4})\b"
)
_ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


def published(text: str) -> PartialDate | None:
    """The first line near the top that is little more than a date; None when there is none.

    >>> str(published("A headline\\n\\nDecember 31, 2016 21:36\\n3 minute read."))
    '2016-12-31'
    """
    for line in text.split("\n", _HEAD)[:_HEAD]:
        if len(line) <= _LONGEST and (found := _date(line)) is not None:
            return found
    return None


def _date(line: str) -> PartialDate | None:
    found = _ISO.search(line) or _WORDS.search(line)
    if found is None or len(_others(line, found)) > 1:
        return None
    try:
        if found.re is _ISO:
            return PartialDate.parse(found.group(1))
        month = MONTHS.get(found.group(2).casefold())
        day = found.group(1) or found.group(3)
        if month is None:
            return None
        return PartialDate.parse(f"{found.group(4)}-{month:02d}" + (f"-{int(day):02d}" if day else ""))
    except ValueError:  # the thirty-first of June
        return None


def _others(line: str, found: re.Match[str]) -> list[str]:
    """The words of a line besides its date: one may be a place, more make it part of the story."""
    rest = words(line[: found.start()] + " " + line[found.end() :]).keys
    return [key for key in rest if key not in _AROUND_DATES and not key[0].isdigit()]


def same_date(claimed: PartialDate, stored: PartialDate) -> bool:
    """Compare at the coarser precision, with one day's grace for time zones.

    >>> same_date(PartialDate(2016, 12, 31), PartialDate(2017, 1, 1)), same_date(PartialDate(2016), PartialDate(2017, 1, 1))
    (True, False)
    """
    if claimed.day and stored.day:
        return abs((claimed.to_date() - stored.to_date()).days) <= 1
    if claimed.month and stored.month:
        return (claimed.year, claimed.month) == (stored.year, stored.month)
    return claimed.year == stored.year


def later(stored: PartialDate | None, article: PartialDate) -> bool:
    """True when a document is certainly of a later day than the article, a day's grace given for time zones.

    >>> later(PartialDate(2017, 1, 1), PartialDate(2016, 12, 31)), later(PartialDate(2017), PartialDate(2016, 12, 31))
    (False, True)
    """
    if stored is None:
        return False
    if stored.day and article.day:
        return (stored.to_date() - article.to_date()).days > 1
    if stored.month and article.month:
        return (stored.year, stored.month) > (article.year, article.month)
    return stored.year > article.year
