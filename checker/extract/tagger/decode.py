"""From the network's scores to statements: the likeliest tags in a lawful order, then links from spans to cues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from checker.extract.grammar import Range
from checker.extract.statement import Statement
from checker.extract.tagger.network import Floats, Scores
from checker.extract.tagger.windows import CONTENT, CUE, SOURCE, Numbers, Window, first_of, further
from checker.extract.tokens import Tokens, sentence_at

_NO_SOURCE = 0.0
"""How well no source answers to a cue; a word must answer better (so it was trained)."""
SPOKEN, ATTITUDE = 1.0, 0.5
"""How far a statement counts as one: what somebody only thinks or wants is not looked up."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of words with its role."""

    role: int
    first: int
    last: int


def marked(tags: Floats) -> list[Marked]:
    """The stretches of the likeliest lawful tags (Viterbi: a further word only behind a word of its role)."""
    path = likeliest(tags)
    found: list[Marked] = []
    at = 0
    while at < len(path):
        tag = int(path[at])
        if not tag:
            at += 1
            continue
        role = (tag - 1) // 2
        end = at + 1
        while end < len(path) and path[end] == further(role):
            end += 1
        found.append(Marked(role, at, end))
        at = end
    return found


def likeliest(tags: Floats) -> Numbers:
    """The likeliest sequence of tags in which each "further" follows its own role."""
    lawful = np.zeros((tags.shape[1], tags.shape[1]), np.float32)
    for role in (SOURCE, CUE, CONTENT):
        lawful[:, further(role)] = -np.inf
        lawful[first_of(role) : further(role) + 1, further(role)] = 0.0
    start = np.where(np.isinf(lawful[0]), -np.inf, tags[0])
    best, back = start, np.zeros(tags.shape, np.int64)
    for place in range(1, len(tags)):
        each = best[:, None] + lawful
        back[place] = each.argmax(axis=0)
        best = each.max(axis=0) + tags[place]
    path = np.zeros(len(tags), np.int64)
    path[-1] = best.argmax()
    for place in range(len(tags) - 1, 0, -1):
        path[place - 1] = back[place, path[place]]
    return path


def statements_in(tokens: Tokens, window: Window, scores: Scores) -> Iterator[Statement]:
    """The statements of a window: each content goes to the cue that it answers to best, each cue has one source."""
    spans = marked(scores.tags)
    cues = [each for each in spans if each.role == CUE]
    contents = [each for each in spans if each.role == CONTENT]
    sources = [each for each in spans if each.role == SOURCE]
    if not cues:
        return
    starts = [cue.first for cue in cues]
    for number, cue in enumerate(cues):
        mine = [each for each in contents if int(scores.of_content[each.first, starts].argmax()) == number]
        if not mine:
            continue
        source = _source(cue, sources, scores)
        yield _statement(tokens, window.first, cue, source, mine, spoken=bool(scores.spoken[cue.first] > 0))


def _source(cue: Marked, sources: Sequence[Marked], scores: Scores) -> Marked | None:
    """The source that answers to a cue best, unless none does."""
    if not sources:
        return None
    best = max(sources, key=lambda each: scores.of_source[each.first, cue.first])
    return best if scores.of_source[best.first, cue.first] > _NO_SOURCE else None


def _statement(
    tokens: Tokens, base: int, cue: Marked, source: Marked | None, contents: Sequence[Marked], *, spoken: bool
) -> Statement:
    place = (base + cue.first, base + cue.last)
    others = [cue, *([source] if source else [])]
    return Statement(
        tuple((base + first, base + last) for first, last in whole(contents, others)),
        place,
        (base + source.first, base + source.last) if source else None,
        tokens.keys[place[1] - 1],
        tokens.sentences[sentence_at(tokens, place[0])],
        SPOKEN if spoken else ATTITUDE,
    )


_GAP = 2
"""So many words between two parts of a content belong to it, unless cue or source stands there."""


def whole(contents: Sequence[Marked], others: Sequence[Marked]) -> Iterator[Range]:
    """The parts of a content with small holes closed, without single words that lie apart."""
    parts = [(each.first, each.last) for each in contents]
    joined = [parts[0]]
    for first, last in parts[1:]:
        before = joined[-1]
        if first - before[1] <= _GAP and not any(before[1] <= each.first < first for each in others):
            joined[-1] = (before[0], last)
        else:
            joined.append((first, last))
    longer = [part for part in joined if part[1] - part[0] > 1]
    yield from longer or joined


_MOST = 0.6
"""A content that covers this share of a quotation's words is the quotation."""


def snapped(tokens: Tokens, statement: Statement) -> Statement:
    """A content within one quotation that is most of it is all of it: marks are surer than any network."""
    return replace(statement, content=tuple(_to_marks(tokens, each) for each in statement.content))


def _to_marks(tokens: Tokens, content: Range) -> Range:
    first, last = content
    quotation = tokens.quoted[first]
    if quotation < 0 or any(tokens.quoted[number] != quotation for number in range(first, last)):
        return content
    while first > 0 and tokens.quoted[first - 1] == quotation:
        first -= 1
    while last < len(tokens.quoted) and tokens.quoted[last] == quotation:
        last += 1
    return (first, last) if content[1] - content[0] >= _MOST * (last - first) else content
