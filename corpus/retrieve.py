"""Finding candidates: votes of shared n-grams, each weighed by its rarity. Ranks, and never verifies.

A retriever answers a query with a ranking; rankings of several retrievers are fused by reciprocal rank
(Cormack, Clarke and Büttcher 2009). The lexical one is here; the semantic one has the same face.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from corpus.index import look_up
from corpus.postings import Numbers, content, gram_hashes
from corpus.text import words
from corpus.types import Query

Ranking = tuple[tuple[int, float], ...]
"""Passage numbers with scores, best first."""

SHORT = 10
"""Up to so many words pairs vote too: eight words with two edits have no three in a row left."""

FEW = 3
"""Up to so many words single words vote too."""

COMMON = 20_000
"""An n-gram of more passages is passed over while rarer ones vote; it costs most and tells least."""


class Retriever(Protocol):
    """Anything that ranks passages for one part of a query."""

    def rank(self, part: str, query: Query, *, limit: int) -> Ranking:
        """The passages most like `part`, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Lexical:
    """Votes of shared word sequences; needs no vectors."""

    connection: Connection
    passages: int
    superseded: Numbers
    """Passages of older versions, which must not take the places of current ones."""
    only: Numbers | None = None
    """Where given, no other passages are ranked, and n-grams vote however common they are elsewhere."""

    def rank(self, part: str, query: Query, *, limit: int) -> Ranking:
        """The passages that share the rarest word sequences; 1.0 means that they share them all."""
        keys = words(part).keys
        votes = [vote for size in _sizes(len(keys), query.loose) for vote in self._votes(keys, size)]
        rare = [vote for vote in votes if len(vote) <= COMMON or self.only is not None]
        if not any(map(len, rare)):
            rare = votes
        weights = [math.log1p(self.passages / max(len(vote), 1)) for vote in rare]
        return self._tally(rare, weights, limit)

    def _votes(self, keys: Sequence[str], size: int) -> list[Numbers]:
        grams = gram_hashes(content(keys) if size == 1 else keys, size)
        return list(look_up(self.connection, size, dict.fromkeys(grams.tolist())).values())

    def _tally(self, votes: Sequence[Numbers], weights: Sequence[float], limit: int) -> Ranking:
        if not any(map(len, votes)):
            return ()
        numbers, places = np.unique(np.concatenate(votes), return_inverse=True)
        each = np.repeat(np.array(weights), [len(vote) for vote in votes])
        scores = np.bincount(places, weights=each) / sum(weights)
        order = np.lexsort((numbers, -scores))  # equal scores by number, so that the order is always the same
        kept = order[self._wanted(numbers[order])][:limit]
        return tuple(zip(numbers[kept].tolist(), scores[kept].tolist(), strict=True))

    def _wanted(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        if self.only is not None:
            return np.isin(numbers, self.only)
        return np.isin(numbers, self.superseded, invert=True)


def _sizes(length: int, loose: bool) -> list[int]:
    sizes = [3]
    if length <= SHORT or loose:
        sizes.append(2)
    if length <= FEW or loose:
        sizes.append(1)
    return sizes


def fuse(rankings: Sequence[Ranking], *, constant: int = 60) -> Ranking:
    """One ranking from several by reciprocal rank; the constant is the paper's.

    >>> fuse([((7, 0.9), (8, 0.2)), ((8, 0.5),)])[0][0]
    8
    """
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings:
        for place, (number, _) in enumerate(ranking, start=1):
            scores[number] += 1 / (constant + place)
    return tuple(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))
