"""Words that name a day, a month or a year, and which one they mean in an article of a given date.

What no reader could date for certain stays without a date: "last week", "three days ago", "this Friday".
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from checker.extract.grammar import Range
from checker.extract.tokens import Tokens, sentence_at
from checker.lexicon import MONTHS
from corpus.types import PartialDate

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon. понедельник", "tuesday tues. tue. вторник", "wednesday wed. среду среда",
            "thursday thurs. thu. четверг", "friday fri. пятницу пятница", "saturday sat. субботу суббота",
            "sunday sun. воскресенье",
        )
    )
    for name in names.split()
}  # fmt: skip
_BACK = {"today": 0, "tonight": 0, "yesterday": 1, "сегодня": 0, "вчера": 1, "накануне": 1}
"""Days before the article's own."""
_PARTS = frozenset("morning afternoon evening night утром днем днём вечером ночью".split())
_LEADING = frozenset("on in late early earlier later back again just only в во ещё еще".split())
_IN = frozenset("in late early earlier back в".split())
_WHICH = frozenset("last this past that same previous next following coming прошлой прошлом этой этом".split())
_UNITS = frozenset(
    """day week weekend month year decade spring summer fall autumn winter неделе месяце году""".split()
) | (_PARTS - {"утром", "днем", "днём", "вечером", "ночью"})
_SPANS = frozenset("minutes hour hours day days week weeks month months year years decade decades moments".split())
_AGO = frozenset("ago earlier later before prior".split())
_HOW_MANY = frozenset(
    "a an one two three four five six seven eight nine ten eleven twelve several some many few".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-го)?")


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words that date something: their tokens, and the date where it is certain."""

    tokens: Range
    date: PartialDate | None


def date_words(
    tokens: Tokens, number: int, high: int, *, today: PartialDate | None, inside: bool = False
) -> DateWords | None:
    """The date words that begin at token `number` and end by `high`; None when none do.

    `today` is the date of the article. `inside` says that they stand inside a noun phrase ("a 2014 interview",
    "Tuesday’s speech"), where a year needs no preposition and a day may be possessive.
    """
    at, high = number, min(high, len(tokens.keys))
    while at < high and tokens.keys[at] in _LEADING and tokens.quoted[at] < 0:
        at += 1
    if at >= high or tokens.quoted[at] >= 0:
        return None
    leading = tokens.keys[number:at]
    reader = _Reader(tokens, high, today, inside)
    for read in (reader.near, reader.weekday, reader.month, reader.day_first, reader.which, reader.ago):
        found = read(at, leading)
        if found is not None:
            return DateWords((number, found[0]), _past(found[1], today))
    found = reader.year(at, leading)
    return None if found is None else DateWords((number, found[0]), _past(found[1], today))


_Read = tuple[int, PartialDate | None]


@dataclass(frozen=True, slots=True)
class _Reader:
    """One place of the text, and the readings that can be tried there; each gives where it ends and the date."""

    tokens: Tokens
    high: int
    today: PartialDate | None
    inside: bool

    def key(self, at: int) -> str:
        """The word at a token, without a possessive where one may stand."""
        if at >= self.high or self.tokens.quoted[at] >= 0:
            return ""
        word = self.tokens.keys[at]
        return word.removesuffix("'s") if self.inside else word

    def near(self, at: int, leading: tuple[str, ...]) -> _Read | None:
        """Today, yesterday evening, last night, earlier in the day."""
        word = self.key(at)
        if word in _BACK and (not self.tokens.capital(at) or self._opens_sentence(at)):  # not the newspaper USA Today
            end = at + 1 + (self.key(at + 1) in _PARTS)
            return end, self._before(_BACK[word])
        if word in ("this", "last") and self.key(at + 1) in _PARTS:
            return at + 2, self._before(0 if word == "this" else 1)
        if leading and leading[-1] == "in" and word == "the" and self.key(at + 1) in ("day", "week", "month", "year"):
            return (at + 2, None) if set(leading) & {"earlier", "later", "late", "early"} else None
        return None

    def _opens_sentence(self, at: int) -> bool:
        return self.tokens.sentences[sentence_at(self.tokens, at)].first == at

    def weekday(self, at: int, leading: tuple[str, ...]) -> _Read | None:
        """Saturday night, last Sunday, Tuesday, Dec. 27."""
        which = ""
        while self.key(at) in ("last", "this", "past", "next"):
            which += self.key(at)
            at += 1
        number = _WEEKDAYS.get(self.key(at))
        if number is None or (self.tokens.keys[at].isascii() and not self.tokens.capital(at)):
            return None
        end = at + 1
        if self.key(end) in _PARTS:
            end += 1
        date = self._weekday(number, which)
        after = end + (self.tokens.keys[end] == "," if end < self.high else 0)
        explicit = self.month(after, ("on",))
        if explicit is not None and explicit[1] is not None and explicit[1].day:
            end, date = explicit
            # A weekday that does not fit its date is an error of the article's, and tells nothing.
            date = date if date is not None and date.to_date().weekday() == number else None
        return end, date

    def _weekday(self, number: int, which: str) -> PartialDate | None:
        """The latest such day, not after the article.

        "Last Tuesday" can be this week's or the last one's: only where both are the same day is it certain.
        """
        if self.today is None or not self.today.day:
            return None
        today = self.today.to_date()
        back = (today.weekday() - number) % 7
        if which == "":
            return self._before(back)
        if which in ("past", "thispast", "last"):
            back = back or 7
            certain = which != "last" or back > today.weekday()
            return self._before(back) if certain else None
        return self._before(back) if which == "this" and back <= today.weekday() else None

    def month(self, at: int, leading: tuple[str, ...]) -> _Read | None:
        """Dec. 29, March 3, 2014, in May 2015, in October."""
        month = self._month(at)
        if month is None:
            return None
        day = _DAY.fullmatch(self.key(at + 1))
        if day is not None:
            end, year = self._year_at(at + 2)
            return end, self._day_of(year, month, int(day.group(1)))
        end, year = self._year_at(at + 1)
        if year is not None:
            return end, PartialDate(year, month)
        if not (self.inside or set(leading) & _IN):
            return None
        return end, self._latest_month(month)

    def day_first(self, at: int, leading: tuple[str, ...]) -> _Read | None:
        """29 December 2016, 29 декабря."""
        day, month = _DAY.fullmatch(self.key(at)), self._month(at + 1)
        if day is None or month is None:
            return None
        end, year = self._year_at(at + 2)
        return end, self._day_of(year, month, int(day.group(1)))

    def which(self, at: int, leading: tuple[str, ...]) -> _Read | None:
        """Last month, this year; last week, that day and the next morning, which no calendar gives."""
        start = at
        if at < self.high and self.tokens.capital(at) and not leading and not self._opens_sentence(at):
            return None  # the programme This Week
        at += self.key(at) == "the"
        words = []
        while self.key(at) in _WHICH:
            words.append(self.key(at))
            at += 1
        if not words or self.key(at) not in _UNITS:
            return None
        if start < at - len(words) and words[0] in ("last", "past", "this"):
            return None  # the last year of his life
        return at + 1, self._unit(words[0] if len(words) == 1 else "", self.key(at))

    def _unit(self, which: str, unit: str) -> PartialDate | None:
        if self.today is None or which not in ("last", "this"):
            return None
        year, month = self.today.year, self.today.month
        if year < 2:
            return None
        if unit == "year":
            return PartialDate(year - (which == "last"))
        if unit == "month" and month is not None:
            if which == "this":
                return PartialDate(year, month)
            return PartialDate(year, month - 1) if month > 1 else PartialDate(year - 1, 12)
        return None

    def ago(self, at: int, leading: tuple[str, ...]) -> _Read | None:
        """Three days ago, a year earlier: rounded, so that no day is certain."""
        if self.key(at) not in _HOW_MANY and not self.key(at).isdigit():
            return None
        unit = at + 1
        if self.key(unit) in ("few", "couple", "dozen"):
            unit += 1
        if self.key(unit) == "of":
            unit += 1
        if self.key(unit) in _SPANS and self.key(unit + 1) in _AGO:
            return unit + 2, None
        return None

    def year(self, at: int, leading: tuple[str, ...]) -> _Read | None:
        """In 2014; inside a noun phrase also without the preposition."""
        if not (set(leading) & _IN or self.inside):
            return None
        end, year = self._year_at(at)
        if year is None:
            return None
        following = self.tokens.keys[end] if end < len(self.tokens.keys) else ""
        if not self.inside and following[:1].isalpha() and following not in _AFTER_YEAR:
            return None  # in 2014 dollars
        return end + (following == "году"), PartialDate(year)

    def _month(self, at: int) -> int | None:
        word = self.key(at)
        month = MONTHS.get(word.removesuffix("."))
        return month if month is not None and (self.tokens.capital(at) or not word.isascii()) else None

    def _year_at(self, at: int) -> tuple[int, int | None]:
        """Where a year ends that may stand there, with the comma before it, and the year."""
        place = at + (self.key(at) == ",")
        if _YEAR.fullmatch(self.key(place)):
            return place + 1, int(self.key(place))
        return at, None

    def _before(self, days: int) -> PartialDate | None:
        if self.today is None or not self.today.day:
            return None
        if self.today.to_date().toordinal() <= days:  # no day before the first of the year 1
            return None
        date = self.today.to_date() - datetime.timedelta(days)
        return PartialDate(date.year, date.month, date.day)

    def _day_of(self, year: int | None, month: int, day: int) -> PartialDate | None:
        """The day of the month, in the given year or the latest that is not after the article."""
        if year is not None:
            return _valid(year, month, day)
        if self.today is None or not self.today.day:
            return None
        this = _valid(self.today.year, month, day)
        return this if this is not None and this <= self.today else _valid(self.today.year - 1, month, day)

    def _latest_month(self, month: int) -> PartialDate | None:
        """The latest such month before the article's own, which nobody calls by its name for certain."""
        if self.today is None or self.today.month is None or month == self.today.month:
            return None
        year = self.today.year - (month > self.today.month)
        return PartialDate(year, month) if year else None


_AFTER_YEAR = frozenset(
    """that he she they it the a an his her their and but when while in at on during with to before after as году
    if how why there we i its this these those""".split()
)
"""What may follow a year that stands by itself."""


def _valid(year: int, month: int, day: int) -> PartialDate | None:
    fits = year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1]
    return PartialDate(year, month, day) if fits else None


def _past(date: PartialDate | None, today: PartialDate | None) -> PartialDate | None:
    """Nothing that has been said was said after the article."""
    if date is None or today is None:
        return date
    return None if date.to_date() > _last_day(today) else date


def _last_day(date: PartialDate) -> datetime.date:
    month = date.month or 12
    return datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1])
