"""Pictures where people would rather look than read: where their marks stand. Each is drawn beside a table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.reliability import Bin
from corpus.holdings import Holdings
from corpus.types import PartialDate

WIDTH, HEIGHT = 720.0, 96.0
"""The field of a timeline, in its own units."""

_WIDEST = 48.0
"""Of a bar: one document in two years is no wall."""

_LABELS = 12
"""Years that are written below a timeline, at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year or month: where its bar stands, and what it is."""

    name: str
    documents: int
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A year written below the bars."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Hole:
    """A time that is missing, as a stretch behind the bars."""

    label: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars over time with the gaps between them."""

    bars: tuple[Bar, ...]
    holes: tuple[Hole, ...]
    ticks: tuple[Tick, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Point:
    """One bin of the reliability chart: at which confidence it stands and how often it was right."""

    x: float
    y: float
    radius: float
    bin: Bin


def timeline(counts: Mapping[str, int]) -> Timeline:
    """Documents by year (`2031`) or month (`2031-05`), the empty ones between them too.

    >>> [bar.documents for bar in timeline({"2029": 2, "2031": 1}).bars]
    [2, 1]
    """
    places = {name: _place(name) for name in counts}
    return _drawn(counts, places, ())


def coverage_timeline(held: Holdings) -> Timeline | None:
    """What is held of one publisher or speaker over time, with the gaps drawn; None where nothing is dated."""
    counts = {str(each.date): each.documents for each in held.counts}
    if not counts:
        return None
    gaps = [(str(gap.first), str(gap.last)) for gap in held.gaps]
    return _drawn(counts, {name: _place(name) for name in counts}, gaps)


def reliability_points(bins: Sequence[Bin], *, size: float = 300.0) -> tuple[Point, ...]:
    """Where the bins stand in a square of that size: confidence to the right, share of right verdicts upwards."""
    most = max((each.cases for each in bins), default=1)
    return tuple(
        Point(
            round(size * (each.low + each.high) / 2, 1), round(size * (1 - each.right), 1),
            round(3 + 9 * (each.cases / most) ** 0.5, 1), each,
        )
        for each in bins
    )  # fmt: skip


def _place(name: str) -> int:
    """A year's or a month's number in a row of years or months."""
    date = PartialDate.parse(name)
    return date.year if date.month is None else 12 * date.year + date.month - 1


def _drawn(counts: Mapping[str, int], places: Mapping[str, int], gaps: Sequence[tuple[str, str]]) -> Timeline:
    monthly = any("-" in name for name in counts)
    first, last, most = min(places.values()), max(places.values()), max(counts.values())
    step = WIDTH / (last - first + 1)

    def x(place: int) -> float:
        return round((place - first) * step, 2)

    bars = tuple(
        Bar(
            name, number, x(places[name]), round(min(max(1.0, step * 0.82), _WIDEST), 2),
            round(HEIGHT * (1 - number / most), 2), round(HEIGHT * number / most, 2),
        )
        for name, number in sorted(counts.items())
    )  # fmt: skip
    holes = tuple(
        Hole(
            since if since == until else f"{since} – {until}", x(_place(since)),
            round((_place(until) - _place(since) + 1) * step, 2),
        )
        for since, until in gaps
    )  # fmt: skip
    return Timeline(bars, holes, tuple(_ticks(first, last, step, 12 if monthly else 1)), most)


def _ticks(first: int, last: int, step: float, unit: int) -> list[Tick]:
    """The years to be written: every year, or every so many that they have room."""
    years = range(-(-first // unit), last // unit + 1)
    every = max(1, -(-len(years) // _LABELS))
    return [Tick(f"{year:04d}", round((year * unit - first) * step, 2)) for year in years if year % every == 0]
