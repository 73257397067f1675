"""Quotations without a cue of their own: they go on with the one before, or the sentence before announces them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.cues import cues
from checker.extract.sources import source_before
from checker.extract.statement import Statement
from checker.extract.subjects import subject
from checker.extract.tokens import Sentence, Tokens


def going_on(tokens: Tokens, number: int, earlier: Sequence[Statement]) -> tuple[int, Statement] | None:
    """A sentence that is all quotation goes on with the quotation before it: which statement, and how."""
    sentence = tokens.sentences[number]
    if tokens.quoted[sentence.first] < 0 or not _all_quoted(tokens, sentence):
        return None
    content = (sentence.first, sentence.last)
    announced = number > 0 and tokens.keys[tokens.sentences[number - 1].last - 1] == ":"
    for place in range(len(earlier) - 1, -1, -1):
        if announced:
            break
        last = earlier[place]
        end = last.content[-1][1] - 1
        open_still = tokens.quoted[end] >= 0 and not tokens.quotations[tokens.quoted[end]].closed
        near = sentence.paragraph - last.sentence.paragraph <= 1 or (
            open_still and tokens.sentences[number - 1].last == end + 1
        )
        if not near:
            break
        if any(tokens.quoted[n] >= 0 for part in {last.content[0], last.content[-1]} for n in range(*part)):
            return place, replace(last, content=(*last.content, content))
    introduced = _announced(tokens, number)
    return None if introduced is None else (len(earlier), introduced)


def left_open(tokens: Tokens, number: int) -> bool:
    """True for a paragraph that is all quotation and closes no mark: the next one goes on with it.

    A straight mark that is left open is as often a slip: it counts where the next paragraph begins with a quotation.
    """
    sentence = tokens.sentences[number]
    quoted = tokens.quoted[sentence.first]
    if quoted < 0 or tokens.quotations[quoted].closed or not _all_quoted(tokens, sentence):
        return False
    if tokens.raw[sentence.first] in ("“", "«", "„", "``"):
        return True
    if tokens.raw[sentence.first] != '"' or sentence.last >= len(tokens.raw):
        return False
    return tokens.quoted[sentence.last] >= 0 and tokens.raw[sentence.last] not in ("“", "«", "„", "``")


def goes_back(tokens: Tokens, before: Sentence, statement: Statement) -> bool:
    """True for a statement that opens with the quotation which the paragraph before left open."""
    first = statement.content[0][0]
    follows = statement.sentence.paragraph - before.paragraph == 1
    return follows and first == statement.sentence.first and tokens.quoted[first] >= 0


def _announced(tokens: Tokens, number: int) -> Statement | None:
    """A quotation after a sentence that ends with a colon, or that names who is about to speak."""
    if number == 0:
        return None
    before, sentence = tokens.sentences[number - 1], tokens.sentences[number]
    content = (sentence.first, sentence.last)
    if tokens.keys[before.last - 1] == ":":
        strong = [cue for cue in cues(tokens, before) if cue.strong]
        if strong:
            cue = strong[-1]
            source = (source_before(tokens, cue, before.first) if cue.form != "ing" else None) or subject(
                tokens, before, cue.first
            )
            return Statement((content,), (cue.first, cue.last), source, cue.lemma, sentence, 0.8)
        source = subject(tokens, before, before.last)
        return Statement((content,), (before.last - 1, before.last), source, "colon", sentence, 0.6)
    words = sum(tokens.word(n) for n in range(*content))
    if before.paragraph != sentence.paragraph or words < _SHORTEST_UNCUED or tokens.quoted[before.first] >= 0:
        return None
    source = subject(tokens, before, before.last)
    return Statement((content,), None, source, "", sentence, 0.4)


_SHORTEST_UNCUED = 5


def _all_quoted(tokens: Tokens, sentence: Sentence) -> bool:
    return all(tokens.quoted[n] >= 0 or not tokens.word(n) for n in range(sentence.first, sentence.last))
