"""What the tagger reads at once: whole paragraphs of an article, as word pieces, with what the rules found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from checker.extract.grammar import Range
from checker.extract.statement import Statement
from checker.extract.tokens import Tokens
from corpus.embed import WordPieces

Numbers = npt.NDArray[np.int64]

LONGEST = 192
"""Word pieces in a window; news has some 50 in a paragraph, and longer windows cost more than they tell."""

SOURCE, CUE, CONTENT = range(3)
TAGS = 7
"""Outside, then the first and a further word of a source, a cue and a content."""


def first_of(role: int) -> int:
    """The tag of a role's first word."""
    return 2 * role + 1


def further(role: int) -> int:
    """The tag of a role's further words."""
    return 2 * role + 2


UNSURE = 0.6
"""Below are attitudes for the rules, marked apart: the tagger may think better of them."""

KINDS = 2 * (2 * TAGS - 1)
"""What the rules can say of a word: its tag, surely or hardly, inside quotation marks or not."""
UNKNOWN = (KINDS, KINDS + 1)
"""In place of that while the network learns to read without the rules: outside and inside of marks."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` up to `last` of an article.

    `pieces` are numbers of the encoder's vocabulary with its two special ones at the ends; `heads` says at which piece
    each word begins. `kinds` (one for each word) is what the rules say of it, `links` the number of its statement, or -1.
    """

    first: int
    last: int
    pieces: Numbers
    heads: Numbers
    kinds: Numbers
    links: Numbers


def windows(
    tokens: Tokens, found: Sequence[Statement], vocabulary: WordPieces, *, cue_words: frozenset[str] | None = None
) -> Iterator[Window]:
    """The article in windows, paragraph after paragraph; a sentence longer than a window is cut.

    With `cue_words`, paragraphs are passed over that have none of them, no quotation mark, and nothing that the rules found.
    """
    if not tokens.raw:
        return
    pieces = vocabulary.of_words(tokens.raw)
    kinds, links = _marked(tokens, found)
    sizes = [len(each) for each in pieces]
    units = [
        unit for unit in _units(tokens, sizes, LONGEST - 2)
        if cue_words is None or kinds[slice(*unit)].any() or not cue_words.isdisjoint(tokens.keys[slice(*unit)])
    ]  # fmt: skip
    for first, last in _stretches(units, sizes):
        here = pieces[first:last]
        sizes = [len(each) for each in here]
        heads = np.cumsum([1, *sizes[:-1]])
        flat = [vocabulary.opening, *(piece for each in here for piece in each), vocabulary.closing]
        yield Window(first, last, np.array(flat), heads.astype(np.int64), kinds[first:last], links[first:last])


def tags_of(tokens: Tokens, statements: Sequence[tuple[Sequence[Range], Sequence[Range], Sequence[Range]]]) -> Numbers:
    """One tag for each word of an article, of statements as ranges of source, cue and content.

    Contents are written first, so that a cue in the middle of one stays a cue.
    """
    tags = np.zeros(len(tokens.raw), np.int64)
    for role in (CONTENT, SOURCE, CUE):
        for statement in statements:
            for first, last in statement[role]:
                tags[first] = first_of(role)
                tags[first + 1 : last] = further(role)
    return tags


def ranges_of(statement: Statement) -> tuple[Sequence[Range], Sequence[Range], Sequence[Range]]:
    """A statement as the ranges of its source, cue and content."""
    source = (statement.source,) if statement.source else ()
    cue = (statement.cue,) if statement.cue else ()
    return source, cue, statement.content


def _marked(tokens: Tokens, found: Sequence[Statement]) -> tuple[Numbers, Numbers]:
    sure = [each for each in found if each.confidence >= UNSURE]
    hardly = [each for each in found if each.confidence < UNSURE]
    tags = tags_of(tokens, [ranges_of(each) for each in hardly])
    tags[tags > 0] += TAGS - 1
    surely = tags_of(tokens, [ranges_of(each) for each in sure])
    tags = np.where(surely > 0, surely, tags)
    links = np.full(len(tokens.raw), -1, np.int64)
    for number, each in enumerate(found):
        for role in reversed(ranges_of(each)):
            for first, last in role:
                links[first:last] = number
    return 2 * tags + (np.array(tokens.quoted) >= 0), links


def _stretches(units: Sequence[Range], sizes: Sequence[int]) -> Iterator[Range]:
    """Neighbours among the units together, as far as they fit in a window."""
    room = LONGEST - 2
    first = last = used = 0
    for start, end in units:
        size = sum(sizes[start:end])
        if used and (used + size > room or start != last):
            yield first, last
            used = 0
        if not used:
            first = start
        last = end
        used += size
    if used:
        yield first, last


def _units(tokens: Tokens, sizes: Sequence[int], room: int) -> Iterator[Range]:
    """What is kept together: paragraphs where they fit, the sentences of longer ones, pieces of longer sentences."""
    sentences = tokens.sentences
    at = 0
    while at < len(sentences):
        end = at
        while end < len(sentences) and sentences[end].paragraph == sentences[at].paragraph:
            end += 1
        first, last = sentences[at].first, sentences[end - 1].last
        if sum(sizes[first:last]) <= room:
            yield first, last
        else:
            for sentence in sentences[at:end]:
                yield from _cut(sentence.first, sentence.last, sizes, room)
        at = end


def _cut(first: int, last: int, sizes: Sequence[int], room: int) -> Iterator[Range]:
    start, used = first, 0
    for number in range(first, last):
        size = min(sizes[number], room)
        if used + size > room:
            yield start, number
            start, used = number, 0
        used += size
    yield start, last
