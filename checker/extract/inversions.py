"""“…,” said X: the source stands behind the cue, and what is said may go on behind it."""

from __future__ import annotations

from checker.extract.bounds import stretch
from checker.extract.cues import Cue
from checker.extract.grammar import Range
from checker.extract.sources import source_after
from checker.extract.statement import Statement
from checker.extract.tokens import Sentence, Tokens


def inversion(tokens: Tokens, sentence: Sentence, cue: Cue, low: int) -> Statement | None:
    """“…,” said X: the source stands behind the cue."""
    if not (cue.may("speech") or cue.may("quoting")) or cue.first <= low:
        return None
    end = cue.first
    while end > low + 1 and tokens.keys[end - 1] in ("—", "–", "-"):
        end -= 1  # «…», — сказал X
    if tokens.keys[end - 1] != "," and tokens.quoted[end - 1] < 0:
        return None
    source = source_after(tokens, cue.last, sentence.last)
    if source is None:
        return None
    before = stretch(tokens, low, cue.first)
    if before is None:
        return None
    after = _second_half(tokens, sentence, source[1])
    content = (before,) if after is None else (before, after)
    return Statement(content, (cue.first, cue.last), source, cue.lemma, sentence, 0.95)


def _second_half(tokens: Tokens, sentence: Sentence, number: int) -> Range | None:
    """A quotation that goes on after `number`, when only an adjunct stands between."""
    for at in range(number, sentence.last):
        if tokens.quoted[at] >= 0:
            if at > number and tokens.keys[at - 1] in (",", ":", ";", "—", "–"):
                return stretch(tokens, at, sentence.last)
            return None
    return None
