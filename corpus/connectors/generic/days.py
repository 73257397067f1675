"""A day as publishers write it, by a recipe's formats, by standards, or by its look."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from corpus.connectors.recipe import DateOrder, Dates
from corpus.read.dates import date_in

_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?!\d)")


def day_of(written: str, dates: Dates, *, language: str | None = None) -> datetime.date | None:
    """The day that is written, in its writer's time zone; None where it cannot be told for certain.

    >>> str(day_of("Tue, 03 Jun 2031 23:30:00 -0400", Dates())), day_of("03/04/2031", Dates())
    ('2031-06-03', None)
    >>> str(day_of("03/04/2031", Dates(order="MDY"))), str(day_of("4. März 2031", Dates(language="de")))
    ('2031-03-04', '2031-03-04')
    """
    text = " ".join(written.split())
    if not text:
        return None
    if dates.formats:
        return next((day for each in dates.formats if (day := _formatted(text, each)) is not None), None)
    found = _standard(text)
    if found is None and dates.order and (numbers := _NUMBERS.search(text)):
        return _ordered(numbers, dates.order)
    if found is None and (told := date_in(text, "")) is not None:
        found = told.to_date()
    return found or _in_words(text, dates.language or language)


def no_day(written: Sequence[str], dates: Dates, *, at: str) -> str:
    """Why no day was read: nothing stands there, or what stands there is in none of the forms that were tried.

    >>> no_day((), Dates(), at=".day")
    'no day can be read: nothing stands at .day'
    >>> no_day(("3 Juni 2031",), Dates(formats=("%d %B %Y",)), at=".day")
    'no day can be read from “3 Juni 2031” at .day: it is not of the form “%d %B %Y” ([dates] formats)'
    """
    if not written:
        return f"no day can be read: nothing stands at {at}"
    why = (
        f"it is not of the form {' or '.join(f'“{each}”' for each in dates.formats)} ([dates] formats)"
        if dates.formats
        else "its form is not known; name it in [dates] formats, or the order of its numbers in [dates] order"
    )
    return f"no day can be read from “{written[0][:_SHOWN]}” at {at}: {why}"


_SHOWN = 60


def _formatted(text: str, format: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text, format).date()
    except ValueError:
        return None


def _standard(text: str) -> datetime.date | None:
    """ISO 8601, RFC 3339 and RFC 822."""
    try:
        return datetime.datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None


def _ordered(numbers: re.Match[str], order: DateOrder) -> datetime.date | None:
    parts = dict(zip(order, numbers.groups(), strict=True))
    try:
        return datetime.date(int(parts["Y"]), int(parts["M"]), int(parts["D"]))
    except ValueError:
        return None


def _in_words(text: str, language: str | None) -> datetime.date | None:
    """A month's name in a language that the documents' own reader does not know."""
    if language is None or not re.search(r"\d{4}", text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    # Imported here because it takes a fifth of a second and few days need it.
    import dateparser

    settings = {"STRICT_PARSING": True, "DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
    try:
        read = dateparser.parse(text, languages=[language], settings=settings)
    except ValueError:  # a language that the library does not know
        return None
    return read.date() if read is not None and str(read.year) in text else None
