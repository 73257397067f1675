"""A page's columns, one after another: PDFs hold them row by row, or in whatever order they were drawn.

A gutter is a height of white between two stacks of lines that are text. Tables have gutters too, and are read as rows:
their cells are short, where the lines of a column fill it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

_CANDIDATES = 8
_FEWEST = 4
"""A column has so many lines."""
_CROSSING = 0.4
_WORDS = 3
_FILLED = 0.55
_GUTTER = 4.0
"""Set by looking at reports and newspapers in two and three columns; tests/corpus/read/test_columns.py holds them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, where it begins and ends, how high its letters are, and its parts where white parts it.

    `crosses` says that it stands above, between or below columns, over more than one of them.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float
    parts: tuple[Line, ...] = ()
    crosses: bool = False


def in_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page as stacks in reading order; one stack, untouched, when it has no columns.

    The lines of every column are moved to where those of the first stand, so that indents and short lines show.
    """
    pieces = [piece for line in lines for piece in (line.parts or (line,))]
    stacks = _stacks(pieces)
    if len(stacks) == 1:
        return [list(lines)]
    columns = [stack for stack in stacks if len(stack) >= _FEWEST] or stacks
    left = min(_left(stack) for stack in columns)
    width = max(line.right - _left(stack) for stack in columns for line in stack)
    return [[_moved(line, left - _left(stack), left + width) for line in stack] for stack in stacks]


def _stacks(pieces: Sequence[Line]) -> list[list[Line]]:
    """What stands above, between and below columns, and the columns from left to right."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [list(pieces)]
    found: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for piece in sorted(pieces, key=lambda line: -line.top):
        if piece.right <= gutter:
            left.append(piece)
        elif piece.left >= gutter:
            right.append(piece)
        else:
            found += [*_sides(left, right), [replace(piece, crosses=True)]]
            left, right = [], []
    return [stack for stack in (*found, *_sides(left, right)) if stack]


def _sides(left: list[Line], right: list[Line]) -> list[list[Line]]:
    return [*(_stacks(left) if left else []), *(_stacks(right) if right else [])]


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Where the white between two columns ends; None where there are none."""
    if len(pieces) < 2 * _FEWEST:
        return None
    lefts = Counter(round(piece.left) for piece in pieces)
    for candidate, _ in lefts.most_common(_CANDIDATES):
        left = [piece for piece in pieces if piece.right <= candidate - _GUTTER]
        right = [piece for piece in pieces if piece.left >= candidate - 1]
        crossing = len(pieces) - len(left) - len(right)
        if crossing <= _CROSSING * len(pieces) and _is_column(left) and _is_column(right) and _beside(left, right):
            return candidate - 1
    return None


def _is_column(side: Sequence[Line]) -> bool:
    """True for lines of words that fill their column, other than cells and captions."""
    if len(side) < _FEWEST:
        return False
    widths = [line.right - line.left for line in side]
    words = median(len(line.text.split()) for line in side)
    return words >= _WORDS and median(widths) >= _FILLED * max(widths)


def _beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """True for stacks that share several lines' height."""
    shared = min(max(line.top for line in side) for side in (left, right)) - max(
        min(line.bottom for line in side) for side in (left, right)
    )
    return shared >= (_FEWEST - 1) * median(line.height for line in left)


def _left(stack: Sequence[Line]) -> float:
    return Counter(round(line.left) for line in stack).most_common(1)[0][0]


def _moved(line: Line, by: float, most: float) -> Line:
    return replace(line, left=line.left + by, right=min(line.right + by, most), parts=())
