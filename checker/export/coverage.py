"""What is held over time, as JSON, in words, and as the rows of a calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from checker.export.contract import Object
from checker.tongue import said
from checker.wording import count
from corpus.holdings import Gap, Holdings
from corpus.types import PartialDate

FEW = 10
"""Documents below which nobody can tell what is missing."""

_LEVELS = (0.0, 0.2, 0.6, 1.2)
"""Shares of the fullest quarter from which a month is shaded more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A month in the calendar: how many documents, how dark it is shown, and whether it lies in a gap."""

    documents: int
    level: int
    missing: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A year in the calendar; without months where only years are known."""

    year: int
    documents: int
    cells: tuple[Cell, ...]
    missing: bool


def coverage_object(publishers: Iterable[Holdings], speakers: Iterable[Holdings], *, today: datetime.date) -> Object:
    """`corpus coverage --format json`."""
    return {
        "publishers": [_holdings_object(each, today) for each in publishers],
        "speakers": [_holdings_object(each, today) for each in speakers],
    }


def _holdings_object(each: Holdings, today: datetime.date) -> Object:
    return {
        "name": each.name,
        "language": each.language,
        "documents": each.documents,
        "excerpts": each.excerpts,
        "undated": each.undated,
        "first": str(each.first) if each.first else None,
        "last": str(each.last) if each.last else None,
        "days_since_last": days_since(each.last, today),
        "last_added": each.added_at,
        "unit": each.unit,
        "counts": {str(one.date): one.documents for one in each.counts},
        "gaps": [{"first": str(gap.first), "last": str(gap.last), "documents": gap.documents} for gap in each.gaps],
    }


def days_since(date: PartialDate | None, today: datetime.date) -> int | None:
    """Days from a date to today, never less than none: a date known to the month may end in the future."""
    return max(0, (today - date.to_date()).days) if date else None


def gap_words(held: Holdings) -> str:
    """The gaps in words.

    >>> from corpus.holdings import holdings
    >>> gap_words(holdings("Marlo", "en", []))
    'too few documents to tell'
    """
    if held.documents - held.excerpts - held.undated < FEW:
        return said("too few documents to tell")
    return "; ".join(map(one_gap, held.gaps)) or said("none")


def one_gap(gap: Gap) -> str:
    """A gap in words.

    >>> one_gap(Gap(PartialDate(2031, 4), PartialDate(2031, 6), 2))
    '2031-04 to 2031-06 (2 documents)'
    """
    when = str(gap.first)
    if gap.first != gap.last:
        when = said("%(first)s to %(last)s", first=gap.first, last=gap.last)
    return f"{when} ({count(gap.documents, 'document') if gap.documents else said('nothing')})"


def calendar(held: Holdings) -> tuple[Row, ...]:
    """The years from the first to the last, with their months where those are known."""
    if not held.counts:
        return ()
    counts = {(each.date.year, each.date.month): each.documents for each in held.counts}
    full = sorted(counts.values())[3 * len(counts) // 4]
    rows = []
    for year in range(held.counts[0].date.year, held.counts[-1].date.year + 1):
        months = [counts.get((year, month), 0) for month in range(1, 13)] if held.unit == "month" else []
        cells = tuple(
            Cell(number, _level(number, full), _in_gap(PartialDate(year, month), held.gaps))
            for month, number in enumerate(months, start=1)
        )
        total = sum(months) if months else counts.get((year, None), 0)
        rows.append(Row(year, total, cells, held.unit == "year" and _in_gap(PartialDate(year), held.gaps)))
    return tuple(rows)


def _level(documents: int, full: int) -> int:
    return sum(documents > share * full for share in _LEVELS)


def _in_gap(date: PartialDate, gaps: Iterable[Gap]) -> bool:
    return any(str(gap.first) <= str(date) <= str(gap.last) for gap in gaps)
