"""The date that an article prints at its head, when nobody gives it: no statement can be later than that."""

from __future__ import annotations

import re

from checker.lexicon import MONTHS
from corpus.types import PartialDate

_HEAD = 25
"""Lines looked at; a date further down is part of the story."""

_LONGEST = 60
"""Letters of a line that is a dateline and not a sentence."""

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
    iso = _ISO.search(line)
    written = _WORDS.search(line)
    try:
        if iso:
            return PartialDate.parse(iso.group(1))
        if written and written.group(2).casefold() in MONTHS:
            day = written.group(1) or written.group(3)
            month = MONTHS[written.group(2).casefold()]
            return PartialDate.parse(f"{written.group(4)}-{month:02d}" + (f"-{int(day):02d}" if day else ""))
    except ValueError:  # the thirty-first of June
        return None
    return None


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
