"""What is held of a publisher or a speaker over time: how many documents of each month, and where there are gaps.

What “not covered” and the proof of absence rest on: an editor must see that a month is missing before believing that
something was not said in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

from corpus.types import PartialDate

Unit = Literal["month", "year"]

THIN = 0.2
"""Share of what is usual below which a month counts as thin; at a fifth, the known gaps of the shared corpus show
(2014 and 2015, December 2016) and the summer months do not. Look at `onrecord corpus coverage` after changing it."""

EXPECTED = 5.0
"""Documents that must be missing for a run of empty or thin months to be a gap: fewer may be missing by chance, as where
a speech a year is all there is. With five expected, none happens by chance once in 150 times."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What the corpus knows of a document's time; `added` grows with every version stored."""

    publisher: str
    language: str
    date: str | None
    excerpt: bool
    added: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many documents there are of a month, or of a year."""

    date: PartialDate
    documents: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Months, or years, of which nothing is held, or hardly anything beside what is usual."""

    first: PartialDate
    last: PartialDate
    documents: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is held under a name. Excerpts are counted apart: they are sentences, and fill no gap."""

    name: str
    language: str
    documents: int
    excerpts: int
    undated: int
    first: PartialDate | None
    last: PartialDate | None
    unit: Unit
    counts: tuple[Count, ...]
    gaps: tuple[Gap, ...]
    added_at: str | None = None
    """When the newest version was stored."""


def holdings(name: str, language: str, dated: Iterable[Dated], *, added_at: str | None = None) -> Holdings:
    """Sum up the documents of one name.

    >>> held = holdings("Marlo", "en", [Dated("Marlo", "en", "2031-04-15", False, 1)])
    >>> held.documents, str(held.first), held.unit
    (1, '2031-04-15', 'month')
    """
    found = list(dated)
    dates = [PartialDate.parse(each.date) for each in found if each.date]
    whole = [PartialDate.parse(each.date) for each in found if each.date and not each.excerpt]
    months = [date for date in whole if date.month]
    unit: Unit = "month" if 2 * len(months) >= len(whole) else "year"
    # A document of which only the year is known stands in no month; its year is not called empty for that.
    series = list(_series(months if unit == "month" else whole, unit))
    vague = Counter(date.year for date in whole if date.month is None) if unit == "month" else Counter[int]()
    return Holdings(
        name, language, len(found), sum(each.excerpt for each in found), sum(each.date is None for each in found),
        min(dates, key=str, default=None), max(dates, key=str, default=None), unit,
        tuple(each for each in series if each.documents), tuple(_gaps(series, vague)), added_at,
    )  # fmt: skip


def _series(dates: Iterable[PartialDate], unit: Unit) -> Iterator[Count]:
    """Every month, or year, from the first to the last, those without documents too."""
    counted = Counter((date.year, (date.month or 1) if unit == "month" else None) for date in dates)
    if not counted:
        return
    (year, month), (last_year, last_month) = min(counted, key=_order), max(counted, key=_order)
    while _order((year, month)) <= _order((last_year, last_month)):
        yield Count(PartialDate(year, month), counted[year, month])
        year, month = (year, month + 1) if month and month < 12 else (year + 1, month and 1)


def _order(key: tuple[int, int | None]) -> tuple[int, int]:
    return key[0], key[1] or 0


def _gaps(series: list[Count], vague: Counter[int]) -> Iterator[Gap]:
    """Runs of months with less than a fifth of what is usual, long enough not to be chance."""
    held = [each.documents for each in series if each.documents]
    if not held:
        return
    usual, mean = median(held), sum(held) / len(series)
    run: list[Count] = []
    for each in [*series, None]:
        if each is not None and each.documents < THIN * usual and not vague[each.date.year]:
            run.append(each)
            continue
        documents = sum(one.documents for one in run)
        if run and mean * len(run) - documents >= EXPECTED:
            yield Gap(run[0].date, run[-1].date, documents)
        run = []
