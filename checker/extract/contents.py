"""What is said before and behind a cue, in one or two pieces."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.bounds import content_before, content_end, content_start, has_words, stretch
from checker.extract.cues import Cue
from checker.extract.grammar import Range
from checker.extract.tokens import Sentence, Tokens


def content_of(
    tokens: Tokens, sentence: Sentence, cue: Cue, source: Range | None, low: int, later: Sequence[Cue]
) -> tuple[Range, ...]:
    """What is said before and behind the cue, in one or two pieces; empty when nothing is."""
    speaks = cue.may("speech") or cue.may("quoting") or cue.may("telling")
    before = content_before(tokens, sentence, cue, source, low) if speaks else None
    start = content_start(tokens, sentence, cue)
    if before is not None and _goes_on(tokens, sentence, cue, before, later):
        start = cue.last + 1
    if start is not None and not _belongs(tokens, cue, before, start, later):
        start = None
    after = None if start is None else (start, content_end(tokens, sentence, cue, start, later))
    if after is not None and not has_words(tokens, after):
        after = None
    content = tuple(part for part in (before, after) if part is not None)
    return content or _behind_as(tokens, sentence, cue)


def _belongs(tokens: Tokens, cue: Cue, before: Range | None, start: int, later: Sequence[Cue]) -> bool:
    """True when what begins at `start` is the cue's: in “…,” he said as he left, nothing behind the cue is."""
    if cue.kinds == {"quoting"} and tokens.quoted[start] < 0:
        return False
    if before is None:
        return True
    return _introduced(tokens, cue, start) and not any(cue.last < other.first < start for other in later)


def _introduced(tokens: Tokens, cue: Cue, start: int) -> bool:
    """True when a comma or a colon leads from the cue to the second half of what is said."""
    if tokens.quoted[start] >= 0:
        return tokens.keys[start - 1] in (",", ":")
    return tokens.keys[cue.last] == ","


def _goes_on(tokens: Tokens, sentence: Sentence, cue: Cue, before: Range, later: Sequence[Cue]) -> bool:
    """True for `The plan, he said, was bad.`: the sentence of the content goes on behind the cue."""
    if tokens.keys[cue.last : cue.last + 1] != (",",) or cue.last + 2 >= sentence.last:
        return False
    if tokens.quoted[before[1] - 1] >= 0 or any(other.first <= cue.last + 2 and other.form == "ing" for other in later):
        return False
    word = tokens.keys[cue.last + 1]
    if tokens.quoted[cue.last + 1] >= 0:
        return False
    return word not in ("according", "as", "citing", "when", "while", "who", "which") and not word.endswith("ing")


def _behind_as(tokens: Tokens, sentence: Sentence, cue: Cue) -> tuple[Range, ...]:
    """As X reported, …: the main clause is the content."""
    if tokens.keys[sentence.first] != "as" or not cue.may("speech") or cue.last >= sentence.last:
        return ()
    if tokens.keys[cue.last] != "," or any(tokens.keys[n] == "," for n in range(sentence.first, cue.first)):
        return ()
    content = stretch(tokens, cue.last, sentence.last)
    return () if content is None else (content,)


def reads_a_title(tokens: Tokens, source: Range | None, content: Sequence[Range]) -> bool:
    """True for `She read “War and Peace”`: somebody reads, where a statement would be what reads."""
    person = source is not None and tokens.keys[source[0]] in ("he", "she", "they", "i", "we", "who")
    first, last = content[0]
    inside = [n for n in range(first, last) if tokens.quoted[n] == tokens.quoted[first] and tokens.word(n)]
    titled = bool(inside) and tokens.capital(inside[0]) and tokens.capital(inside[-1])
    return person and tokens.quoted[first] >= 0 and titled and len(inside) <= _LONGEST_TITLE


_LONGEST_TITLE = 8
