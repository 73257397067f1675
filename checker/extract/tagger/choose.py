"""Of what the rules and the tagger propose, what the tagger's own scores bear out best.

The rules know marks, frames and titles; the network has read where contents end. Each proposes statements, and one measure
decides for both: how likely the words of content and cue are what they are said to be, and that the content ends there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from checker.extract.grammar import Range
from checker.extract.statement import Statement
from checker.extract.tagger.network import Floats
from checker.extract.tagger.windows import CONTENT, CUE, first_of, further

LEAST = 0.85
"""Below, a proposal is dropped."""

SURE = 0.1
"""How much a rule that is sure of itself is favoured over one that is not, and over the tagger."""

_NO_CUE = 0.3
"""How likely the cue of a statement without one is taken to be."""


def chosen(proposed: Sequence[Statement], read: Sequence[Statement], tags: Floats) -> tuple[Statement, ...]:
    """Statements that share no word of a content or cue, likeliest first served, in the order of the text.

    `proposed` are the rules', `read` the tagger's; `tags` its logarithms for each word of the article, shape (words, 7).
    """
    likelihoods = np.exp(tags)
    rated = [(likelihood(each, likelihoods) + SURE * (each.confidence - 0.5), each) for each in proposed]
    rated += [(likelihood(each, likelihoods), each) for each in read]
    taken: list[Statement] = []
    used: set[int] = set()
    for rating, each in sorted(rated, key=lambda one: -one[0]):
        words = set(_words(each))
        if rating < LEAST or words & used:
            continue
        taken.append(_named_as(each, proposed, min(rating, 1.0)))
        used |= words
    return tuple(sorted(taken, key=lambda each: each.content[0]))


def likelihood(statement: Statement, tags: Floats) -> float:
    """The mean of three: that its content is content, ends where it ends, and its cue is one (0 to 1)."""
    inside = np.concatenate([_role(tags, CONTENT, *part) for part in statement.content])
    cue = _role(tags, CUE, *statement.cue).max() if statement.cue else _NO_CUE
    return float(np.mean([inside.mean(), _bounded(statement, tags), cue]))


def _bounded(statement: Statement, tags: Floats) -> float:
    """How likely no content goes on over the ends of this one's parts."""
    over = [tags[at, further(CONTENT)] for part in statement.content for at in part if 0 < at < len(tags)]
    return 1 - float(np.mean(over)) if over else 1.0


def _role(tags: Floats, role: int, first: int, last: int) -> Floats:
    found: Floats = tags[first:last, first_of(role) : further(role) + 1].sum(axis=1)
    return found


def _words(statement: Statement) -> Iterator[int]:
    for first, last in (*statement.content, *((statement.cue,) if statement.cue else ())):
        yield from range(first, last)


def _named_as(statement: Statement, proposed: Sequence[Statement], rating: float) -> Statement:
    """With what only the rules know of a cue: its verb, its source, and whom that reports."""
    sure = round(statement.confidence * rating, 2)
    for each in proposed:
        if each is statement:
            return statement
        if each.cue and statement.cue and each.cue[0] < statement.cue[1] and statement.cue[0] < each.cue[1]:
            return replace(
                statement, lemma=each.lemma, outer=each.outer, set_apart=each.set_apart,
                source=_source(statement, each), confidence=max(each.confidence, sure),
            )  # fmt: skip
    return replace(statement, confidence=sure)


def _source(statement: Statement, rule: Statement) -> Range | None:
    """Where both mean the same source, that of the rules, who know where a name begins and ends."""
    ours, theirs = statement.source, rule.source
    return theirs if ours and theirs and ours[0] < theirs[1] and theirs[0] < ours[1] else ours
