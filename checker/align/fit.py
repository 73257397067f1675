"""Fitting a short sequence of words into a long one: where it stands, and which words answer which.

Semi-global alignment with affine gaps on the long side (Gotoh 1982): the ends of the long sequence are
free, a skipped stretch of it costs little more when it is longer, and nothing at a marked omission.
One row of the table is a handful of vector operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# A gap opens at a little less than one wrong word and grows by 0.15 a word, so that an aside of a dozen
# words between two halves of a quote does not tear them apart; the exact figures do not decide anything,
# since every skipped word becomes an edit. Chosen by `benchmarks/thresholds.py`; run it again after a change.
OPEN, EXTEND = 0.7, 0.15
WRONG, EXTRA = 1.0, 0.9
# A word too many costs a little less than a wrong one, so that at a quote's edge it is not paired with a stranger.
_ROUNDING = 1e-4
"""What single precision may lose over a few hundred words; costs that differ do so by far more."""

Costs = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fit:
    """Pairs (word of the quote, word of the source), None where one side has no answer, and the cost."""

    pairs: tuple[tuple[int | None, int | None], ...]
    cost: float


def fit(quote: Sequence[str], source: Sequence[str], *, opens: Sequence[float], skips: Sequence[bool]) -> Fit:
    """Lay `quote` into `source` at the least cost.

    `opens[i]` is what opening a gap before quote word `i` costs (0 at a marked omission); `skips[j]`
    marks source words that may always be skipped (page furniture).

    >>> fit(["b", "c", "d"], ["a", "b", "x", "c", "d"], opens=[1, 1, 1], skips=[False] * 5).pairs
    ((0, 1), (None, 2), (1, 3), (2, 4))
    """
    numbers = {word: number for number, word in enumerate(dict.fromkeys([*quote, *source]))}
    wanted = np.array([numbers[word] for word in quote], dtype=np.int32)
    there = np.array([numbers[word] for word in source], dtype=np.int32)
    weights = np.where(np.array(skips, dtype=bool), 0.0, EXTEND).astype(np.float32)
    along = np.concatenate([np.zeros(1, np.float32), np.cumsum(weights, dtype=np.float32)])
    table, straight = _fill(wanted, there, along, opens)
    return _trace(table, straight, wanted, there, along, opens)


def _fill(wanted: npt.NDArray[np.int32], there: npt.NDArray[np.int32], along: Costs, opens: Sequence[float]) -> tuple[Costs, Costs]:  # fmt: skip
    """The table of least costs, and the same before a gap may end there."""
    rows, columns = len(wanted), len(there)
    table = np.zeros((rows + 1, columns + 1), dtype=np.float32)
    straight = np.zeros_like(table)
    for row in range(1, rows + 1):
        above = table[row - 1]
        reached = straight[row]
        reached[0] = row * EXTRA
        np.minimum(above[:-1] + np.where(there == wanted[row - 1], 0.0, WRONG), above[1:] + EXTRA, out=reached[1:])
        best = reached.copy()
        if row < rows:
            opening, growth = _gap(opens[row], along)
            jumped = np.minimum.accumulate(reached - growth)[:-1] + opening + growth[1:]
            np.minimum(best[1:], jumped, out=best[1:])
        table[row] = best
    return table, straight


def _gap(opening: float, along: Costs) -> tuple[float, Costs]:
    """What a gap costs before a quote word: next to nothing where an omission is marked."""
    return (opening, along) if opening else (0.0, along * np.float32(0.001))


def _trace(table: Costs, straight: Costs, wanted: npt.NDArray[np.int32], there: npt.NDArray[np.int32], along: Costs, opens: Sequence[float]) -> Fit:  # fmt: skip
    row = len(wanted)
    column = int(np.argmin(table[row]))
    cost = float(table[row, column])
    pairs: list[tuple[int | None, int | None]] = []
    while row:
        if table[row, column] < straight[row, column] - 1e-6:
            _opening, growth = _gap(opens[row], along)
            openings = straight[row, :column] - growth[:column]
            start = column - 1 - int(np.argmin(openings[::-1]))
            pairs += [(None, j) for j in range(column - 1, start - 1, -1)]
            column = start
        same = column > 0 and there[column - 1] == wanted[row - 1]
        down = straight[row, column]
        if column and abs(down - table[row - 1, column - 1] - (0.0 if same else WRONG)) < _ROUNDING:
            pairs.append((row - 1, column - 1))
            row, column = row - 1, column - 1
        else:
            pairs.append((row - 1, None))
            row -= 1
    return Fit(tuple(reversed(pairs)), cost)
