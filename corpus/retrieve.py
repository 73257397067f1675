"""Finding candidates: by shared n-grams, each weighed by its rarity, and by meaning. Ranks, and never verifies.

A retriever answers a query with a ranking; the rankings are interleaved place by place.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from corpus.embed import Encoders, Space
from corpus.index import look_up
from corpus.postings import Numbers, content, gram_hashes
from corpus.text import words
from corpus.types import Candidate, Query
from corpus.vectors.store import VectorStore

Ranking = tuple[tuple[int, float], ...]
"""Passage numbers with scores, best first."""

SHORT = 10
"""Up to so many words pairs vote too: eight words with two edits have no three in a row left."""

FEW = 3
"""Up to so many words single words vote too."""

COMMON = 20_000
"""An n-gram of more passages is passed over while rarer ones vote; it costs most and tells least."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many passages there are, and in how many of them the n-grams of a query stand, by size and hash.

    Of several corpora that are searched together, the sums: a word is as rare as in one corpus that held everything.
    """

    passages: int
    counts: Mapping[tuple[int, int], int]


def summed(frequencies: Iterable[Frequencies]) -> Frequencies:
    """The frequencies in several corpora together."""
    counts: Counter[tuple[int, int]] = Counter()
    passages = 0
    for each in frequencies:
        counts.update(each.counts)
        passages += each.passages
    return Frequencies(passages, counts)


@dataclass(frozen=True, slots=True)
class Lexical:
    """Votes of shared word sequences; needs no vectors."""

    connection: Connection
    passages: int
    superseded: Numbers
    """Passages of older versions, which must not take the places of current ones."""
    only: Numbers | None = None
    """Where given, no other passages are ranked, and n-grams vote however common they are elsewhere."""
    frequencies: Frequencies | None = None
    """Where given, how rare n-grams are in all that is searched, of which this corpus is a part."""

    def rank(self, part: str, query: Query, *, limit: int) -> Ranking:
        """The passages that share the rarest word sequences; 1.0 means that they share them all."""
        votes = self._votes(part, query)
        counted = [(self._count(gram, vote), vote) for gram, vote in votes.items()]
        rare = [(count, vote) for count, vote in counted if count <= COMMON or self.only is not None]
        if not any(count for count, _ in rare):
            rare = counted
        passages = self.frequencies.passages if self.frequencies else self.passages
        weights = [math.log1p(passages / max(count, 1)) for count, _ in rare]
        return self._tally([vote for _, vote in rare], weights, limit)

    def counted(self, query: Query) -> Frequencies:
        """How common in this corpus what a query asks for is."""
        found = {gram: len(vote) for part in query.parts for gram, vote in self._votes(part, query).items()}
        return Frequencies(self.passages, found)

    def steady(self, part: str, query: Query, *, without: Numbers, share: float) -> bool:
        """Whether the n-grams weigh what they would weigh without these passages, but for such a share of their sum."""
        moved = total = 0.0
        for vote in self._votes(part, query).values():
            now, then = len(vote), len(vote) - int(np.isin(vote, without).sum())
            if (now <= COMMON) != (then <= COMMON) or bool(now) != bool(then):
                return False
            weights = [math.log1p(self.passages / max(count, 1)) for count in (now, then)]
            moved += abs(weights[0] - weights[1])
            total += weights[1]
        return moved <= share * total

    def _count(self, gram: tuple[int, int], vote: Numbers) -> int:
        return self.frequencies.counts[gram] if self.frequencies else len(vote)

    def _votes(self, part: str, query: Query) -> dict[tuple[int, int], Numbers]:
        """The passages of each n-gram, by its size and hash."""
        keys = words(part).keys
        found: dict[tuple[int, int], Numbers] = {}
        for size in sizes(len(keys), query.loose):
            grams = gram_hashes(content(keys) if size == 1 else keys, size)
            held = look_up(self.connection, size, dict.fromkeys(grams.tolist()))
            found |= {(size, gram): vote for gram, vote in held.items()}
        return found

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


def sizes(length: int, loose: bool) -> list[int]:
    """How long the word sequences are by which a quote of so many words is searched."""
    sizes = [3]
    if length <= SHORT or loose:
        sizes.append(2)
    if length <= FEW or loose:
        sizes.append(1)
    return sizes


@dataclass(frozen=True, slots=True)
class Semantic:
    """Nearness of meaning in one space of vectors; finds nothing where nothing is encoded."""

    connection: Connection
    vectors: VectorStore
    space: Space
    encoders: Encoders
    superseded: Numbers
    only: Numbers | None = None
    """Where given, no other passages are ranked."""

    def rank(self, part: str, query: Query, *, limit: int) -> Ranking:
        """The passages nearest in meaning, with their cosines."""
        return self.vectors.nearest(
            self.connection, self.space, part, self.encoders, superseded=self.superseded, limit=limit, only=self.only
        )


def interleaved(
    found: Sequence[Candidate], others: Sequence[Sequence[Candidate]], *, limit: int
) -> tuple[Candidate, ...]:
    """Candidates by words with those by meaning among them: the n-th by meaning stands where the n-th by words does.

    Scores of words and cosines cannot be compared, nor cosines of two spaces, so the place decides. Nothing found by
    words is put lower, since its score says how much of the wording it can hold at most.
    """
    best = {candidate.passage: candidate for candidate in found}
    height = 1.0
    for place in range(max(map(len, others), default=0)):
        here = [ranking[place] for ranking in others if place < len(ranking)]
        nearest = max(0.0, *(candidate.score for candidate in here))
        height = found[place].score if place < len(found) else min(height, nearest)
        for candidate in here:
            known = best.get(candidate.passage)
            score = max(height, known.score) if known else height
            cosine = candidate.cosine if known is None or known.cosine is None else known.cosine
            best[candidate.passage] = Candidate(candidate.passage, score, cosine)
    # The sort is stable: of equals, those by words come first.
    return tuple(sorted(best.values(), key=lambda candidate: -candidate.score)[:limit])
