"""The nearest of many vectors by their sign bits; what comes near is then ordered exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.embed import Vectors
from corpus.postings import Numbers
from corpus.vectors.codes import Bits

Nearest = tuple[tuple[int, float], ...]
"""Passage numbers with cosines, nearest first."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The sign bits of a space's passages, a row for each 64 dimensions: columns are scanned three times faster."""

    numbers: Numbers
    bits: Bits

    @classmethod
    def none(cls, dimensions: int) -> Signs:
        """A space without passages."""
        return cls(np.zeros(0, np.uint32), np.zeros((dimensions // 64, 0), np.uint64))

    def __len__(self) -> int:
        return len(self.numbers)

    def with_more(self, numbers: Numbers, bits: Bits) -> Signs:
        """These and others; `bits` has a row for each passage, as stored."""
        return Signs(np.concatenate([self.numbers, numbers]), np.concatenate([self.bits, bits.T], axis=1))

    def without(self, numbers: Numbers) -> Signs:
        """These but some."""
        kept = np.isin(self.numbers, numbers, invert=True)
        return self if kept.all() else Signs(self.numbers[kept], np.ascontiguousarray(self.bits[:, kept]))

    def only(self, numbers: Numbers) -> Signs:
        """Some of these."""
        kept = np.isin(self.numbers, numbers)
        return Signs(self.numbers[kept], self.bits[:, kept])

    def nearest(self, query: Bits, *, count: int) -> Numbers:
        """The passages whose signs differ least from the query's: of about `count` vectors, since equals stay together."""
        if len(self) <= count:
            return self.numbers
        distances = self._distances(query)
        held = np.cumsum(np.bincount(distances))
        return self.numbers[distances <= np.searchsorted(held, count)]

    def _distances(self, query: Bits) -> npt.NDArray[np.uint16]:
        distances = np.zeros(len(self), dtype=np.uint16)
        for row, wanted in zip(self.bits, query, strict=True):
            distances += np.bitwise_count(row ^ wanted)
        return distances


def ordered(numbers: Numbers, cosines: Vectors, *, limit: int) -> Nearest:
    """The first passages by their nearest vector; equals by number, so that the order is always the same."""
    order = np.lexsort((numbers, -cosines))
    _, firsts = np.unique(numbers[order], return_index=True)
    kept = order[np.sort(firsts)][:limit]
    return tuple(zip(numbers[kept].tolist(), cosines[kept].tolist(), strict=True))
