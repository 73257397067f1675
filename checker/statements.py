"""From candidates to statements: which stretch of which speaker's turn a quote is compared with."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import count

from checker.types import Quotation, Statement
from corpus.collections import Searchable
from corpus.types import Candidate, Span

# Chosen by `benchmarks/thresholds.py`.
_MARGIN = 1200
"""Code points around a passage that are looked at too, so that a quote may run across passage borders."""


def gather(
    candidates: Sequence[Candidate], quotation: Quotation, corpus: Searchable, *, limit: int,
    least: Callable[[], float] = lambda: 0.0,
) -> Iterator[Statement]:  # fmt: skip
    """Statements in the order of their best candidate; passages of one turn that touch become one.

    A quote with marked omissions may have its parts far apart, so all of a turn's passages count as one. A document is
    read only when its turn comes: most often the first few statements are enough. `least` is asked before each how
    much a statement must score now, and what scores less is not read.
    """
    margin = _MARGIN + 2 * len(quotation.text)
    together = len(quotation.parts) > 1
    turns: dict[tuple[str | None, str, int, int], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        passage = candidate.passage
        turns[passage.collection, passage.document_id, passage.version, passage.turn].append(candidate)
    groups = deque(sorted(turns.values(), key=_best, reverse=True)[:limit])
    waiting: list[tuple[float, int, Statement]] = []
    number = count()
    for _ in range(limit):
        next_score = max(_best(groups[0]) if groups else 0.0, -waiting[0][0] if waiting else 0.0)
        if next_score < least():
            return
        while groups and (not waiting or _best(groups[0]) > -waiting[0][0]):
            for each in _statements(groups.popleft(), corpus, margin, together=together):
                heappush(waiting, (-each.score, next(number), each))
        if not waiting:
            return
        yield heappop(waiting)[2]


def _best(group: Sequence[Candidate]) -> float:
    return max(each.score for each in group)


def _statements(group: Sequence[Candidate], corpus: Searchable, margin: int, *, together: bool) -> Iterator[Statement]:
    """The stretches of one turn."""
    passage = group[0].passage
    stored = corpus.within(passage.collection).document(passage.document_id, version=passage.version)
    whole = stored.document.turns[passage.turn]
    for span, score in _stretches(group, whole.span, margin, together=together):
        yield Statement(
            stored.document, stored.version, whole, span, score, stored.also_at, collection=passage.collection
        )


def _stretches(group: Sequence[Candidate], turn: Span, margin: int, *, together: bool) -> list[tuple[Span, float]]:
    merged: list[tuple[Span, float]] = []
    for candidate in sorted(group, key=lambda each: each.passage.span):
        span = candidate.passage.span
        wide = Span(max(turn.start, span.start - margin), min(turn.end, span.end + margin))
        if merged and (together or merged[-1][0].overlaps(wide)):
            last, score = merged[-1]
            merged[-1] = (Span(last.start, max(last.end, wide.end)), max(score, candidate.score))
        else:
            merged.append((wide, candidate.score))
    return merged
