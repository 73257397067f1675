"""An article cut into pieces, so that every attributed statement can be underlined where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.export.card import Card
from corpus.text import QUOTATION_MARKS
from corpus.types import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article and the finding that it belongs to, if any.

    `opens` are the findings whose first words these are: the places that their cards link back to.
    """

    text: str
    card: Card | None
    opens: tuple[Card, ...]


def pieces(text: str, found: Sequence[Card]) -> tuple[Piece, ...]:
    """Cut an article at the borders of its statements; where two overlap, the shorter one shows.

    The pieces put together are the article.
    """
    spans = [(span, each) for each in found for span in _content(each, text)]
    starts, ends, firsts = defaultdict(list), defaultdict(list), dict[int, Span]()
    for span, each in spans:
        starts[span.start].append((len(span), each.number, each))
        ends[span.end].append((len(span), each.number, each))
        firsts[each.number] = min(span, firsts.get(each.number, span))
    cut: list[Piece] = []
    covering: list[tuple[int, int, Card]] = []  # what stands over the piece, so that one pass is enough
    for start, end in pairwise(sorted({0, len(text), *starts, *ends})):
        covering = [entry for entry in covering if entry not in ends[start]] + starts[start]
        opens = tuple(each for _, _, each in starts[start] if firsts[each.number].start == start)
        shortest = min(covering, key=lambda entry: entry[:2], default=None)
        cut.append(Piece(text[start:end], shortest[2] if shortest else None, opens))
    return tuple(cut)


def _content(shown: Card, text: str) -> tuple[Span, ...]:
    attribution = shown.finding.attribution
    found = attribution.content if attribution else ()
    return tuple(_with_marks(span, text) for span in found if span.start < span.end <= len(text))


def _with_marks(span: Span, text: str) -> Span:
    """A statement is underlined with the quotation marks around it."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return Span(span.start - _is_mark(before), span.end + _is_mark(after))


def _is_mark(character: str) -> bool:
    return bool(character) and character in QUOTATION_MARKS
