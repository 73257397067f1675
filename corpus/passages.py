"""Cutting a document into the overlapping passages that retrieval finds; never across two turns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text import Words, sentences, words
from corpus.types import Document, Span, Turn

SCHEME = "2"
"""Stored with a corpus. A change of how words are read, passages cut or postings hashed needs a new number here: an
index of another scheme would silently find nothing."""

LENGTH = 100
"""Words of a passage: short enough to point at a place, and within what the encoder reads at once."""

OVERLAP = 25
"""Words that two neighbours share at most, so that a short quote over a border still stands whole in one."""

LONGEST_SENTENCE = 160
"""A longer stretch without sentence ends (tables, texts without punctuation) is cut at words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it is stored: its turn, its place in the document, and its folded words."""

    turn: int
    span: Span
    keys: tuple[str, ...]


def split(document: Document) -> Iterator[Piece]:
    """The passages of a document in order: whole sentences, some shared with the neighbour.

    Every word of every turn is in a passage, and `span.of(document.text)` starts and ends at a word.
    """
    for turn in document.turns:
        found = words(turn.span.of(document.text))
        if found:
            for first, last in _windows(_ends(document, turn, found), len(found)):
                start, end = found.starts[first] + turn.span.start, found.ends[last - 1] + turn.span.start
                yield Piece(turn.number, Span(start, end), found.keys[first:last])


def _ends(document: Document, turn: Turn, found: Words) -> list[int]:
    """Word numbers behind which a sentence ends; long sentences are cut."""
    ends: list[int] = []
    at = 0
    for sentence in sentences(turn.span.of(document.text), language=document.language):
        last = bisect_left(found.starts, sentence.end, lo=at)
        while last - at > LONGEST_SENTENCE:
            at += LENGTH
            ends.append(at)
        if last > at:
            ends.append(last)
            at = last
    return ends if ends and ends[-1] == len(found) else [*ends, len(found)]


def _windows(ends: list[int], total: int) -> Iterator[tuple[int, int]]:
    """Ranges of words: as many whole sentences as fit, each range beginning a sentence or so before the last one ended."""
    starts = [0, *ends[:-1]]
    first = 0
    while True:
        last = first
        while last + 1 < len(ends) and ends[last + 1] - starts[first] <= LENGTH:
            last += 1
        yield starts[first], ends[last]
        if ends[last] == total:
            return
        following = last + 1
        while following - 1 > first and ends[last] - starts[following - 1] <= OVERLAP:
            following -= 1
        first = following
