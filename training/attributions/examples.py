"""What the network learns from: windows of text with what the rules say of them, and what is right."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from checker.extract import read_statements
from checker.extract.grammar import Range
from checker.extract.tagger.windows import Numbers, Window, tags_of, windows
from checker.extract.tokens import Tokens
from corpus.embed import WordPieces
from corpus.types import Span
from training.attributions.markup import Attributed, Piece, Stance

NOWHERE = -100
"""A link that is not learnt from: there is none, or its end lies in another window."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window and what is right of it, one number for each word.

    `tags` as in `checker.extract.tagger.windows`; `cue_of` at the first word of a content the place of its cue in the
    window; `source_of` at the first word of a cue the place of its source, or -1 for none; `spoken` there 1 for speech, 0
    for an attitude.
    """

    window: Window
    tags: Numbers
    cue_of: Numbers
    source_of: Numbers
    spoken: Numbers


@dataclass(frozen=True, slots=True)
class Ranged:
    """An attribution as ranges of words."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    stance: Stance | None


def examples_of(pieces: Iterable[Piece], vocabulary: WordPieces) -> Iterator[Example]:
    """The windows of all pieces."""
    for piece in pieces:
        tokens, found = read_statements(piece.text)
        right = [each for each in ranged(tokens, piece.attributions) if each.cue and each.content]
        tags = tags_of(tokens, [(each.source, each.cue, each.content) for each in right])
        for window in windows(tokens, found, vocabulary):
            yield _example(window, tags, right)


def ranged(tokens: Tokens, attributions: Sequence[Attributed]) -> Iterator[Ranged]:
    """What lies within another's content is left out: one tag for each word."""
    for each in attributions:
        if not each.nested:
            yield Ranged(
                tuple(_ranges(tokens, each.source)),
                tuple(_ranges(tokens, each.cue)),
                tuple(_ranges(tokens, each.content)),
                each.stance,
            )


def _ranges(tokens: Tokens, spans: Sequence[Span]) -> Iterator[Range]:
    for span in spans:
        first = int(np.searchsorted(tokens.ends, span.start, side="right"))
        last = int(np.searchsorted(tokens.starts, span.end, side="left"))
        if first < last:
            yield first, last


def _example(window: Window, tags: Numbers, right: Sequence[Ranged]) -> Example:
    size = window.last - window.first
    cue_of = np.full(size, NOWHERE, np.int64)
    source_of = np.full(size, NOWHERE, np.int64)
    spoken = np.full(size, NOWHERE, np.int64)
    for each in right:
        cue = each.cue[0][0] - window.first
        if not 0 <= cue < size:
            continue
        for first, _ in each.content:
            if window.first <= first < window.last:
                cue_of[first - window.first] = cue
        source = each.source[0][0] - window.first if each.source else -1
        if not each.source or 0 <= source < size:
            source_of[cue] = source
        if each.stance is not None:
            spoken[cue] = each.stance == "speech"
    return Example(window, tags[window.first : window.last], cue_of, source_of, spoken)


_TELLING = 0.05
"""A word is one of a cue's if it stands in cues at least so often, of all its places."""


def cue_words(pieces: Iterable[Piece]) -> frozenset[str]:
    """Folded words that tell of a cue: with none of them a paragraph hardly has one."""
    inside, everywhere = Counter[str](), Counter[str]()
    for piece in pieces:
        tokens, _ = read_statements(piece.text)
        everywhere.update(tokens.keys)
        for each in ranged(tokens, piece.attributions):
            inside.update(tokens.keys[number] for first, last in each.cue for number in range(first, last))
    return frozenset(
        word for word, times in inside.items() if word[0].isalpha() and times >= _TELLING * everywhere[word]
    )


def read_converted(path: Path) -> Iterator[Piece]:
    """Documents as `benchmarks/attributions.py` reads them, to compare with: never to ship what is trained on them."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    for line in text.split("\n"):
        if line.strip():
            document = json.loads(line)
            attributions = tuple(
                Attributed(*(tuple(Span(*span) for span in each[role]) for role in ("source", "cue", "content")), None)
                for each in document["attributions"]
                if each["cue"] and each["content"]
            )
            yield Piece(document["id"], "", "", document["text"], attributions)
