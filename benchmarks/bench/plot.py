"""Growth as a picture: processor time of a quote over the number of passages, both axes logarithmic, as SVG."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.bench.systems import Measured

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 220, 20, 50
_COLOURS = ("#0b57d0", "#b3261e", "#146c2e", "#7b4397", "#9a5b00", "#3c4043")
_DASHES = ("", "6 3", "2 3", "9 3 2 3", "4 4", "1 4")
"""Lines differ by their dashes too: for who sees no colours, and for print."""


def growth_plot(measured: Sequence[Measured]) -> str:
    """The picture; a system that was measured once is a point."""
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for each in measured:
        if each.times:
            lines[each.title].append((each.passages, max(statistics.median(each.times), 0.01)))
    return "\n".join(_drawn(lines)) + "\n"


def _drawn(lines: dict[str, list[tuple[float, float]]]) -> Iterator[str]:
    points = [point for line in lines.values() for point in line] or [(1.0, 1.0)]
    (x0, x1), (y0, y1) = (_decades([point[axis] for point in points]) for axis in (0, 1))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - x0) / (x1 - x0) * (_WIDTH - _LEFT - _RIGHT)
        up = (math.log10(y) - y0) / (y1 - y0) * (_HEIGHT - _TOP - _BOTTOM)
        return round(_LEFT + across, 1), round(_HEIGHT - _BOTTOM - up, 1)

    says = "Processor time of one quote, in the middle, by the number of passages"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">'
    )
    yield f'<title>{says}</title><rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
    for power in range(x0, x1 + 1):
        x, y = place(10.0**power, 10.0**y0)
        yield f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{y}" stroke="#ddd"/>'
        yield f'<text x="{x}" y="{y + 18}" text-anchor="middle">{10**power:,}</text>'
    for power in range(y0, y1 + 1):
        x, y = place(10.0**x0, 10.0**power)
        yield f'<line x1="{x}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" stroke="#ddd"/>'
        yield f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{_time(power)}</text>'
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle">passages</text>'
    for number, (name, line) in enumerate(lines.items()):
        colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
        placed = [place(*point) for point in sorted(line)]
        path = " ".join(f"{x},{y}" for x, y in placed)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'
        for x, y in placed:
            yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>'
        at = _TOP + 14 + 22 * number
        left = _WIDTH - _RIGHT + 14
        yield f'<line x1="{left}" y1="{at}" x2="{left + 26}" y2="{at}" stroke="{colour}" stroke-width="2"{dashed}/>'
        yield f'<text x="{left + 32}" y="{at + 4}">{escape(name)}</text>'
    yield "</svg>"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around some values, never the same one twice."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _time(power: int) -> str:
    return f"{10 ** (power - 3):,} s" if power >= 3 else f"{10.0**power:g} ms"
