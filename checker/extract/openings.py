"""A participle that opens its sentence says something of the subject that follows: `Recalling the war, X urged …`."""

from __future__ import annotations

from checker.extract.bounds import content_start, has_words
from checker.extract.cues import Cue, adverb
from checker.extract.statement import Statement
from checker.extract.subjects import subject_from
from checker.extract.tokens import Sentence, Tokens

_BEFORE = frozenset("and but by while when then still yet also".split())


def opening(tokens: Tokens, sentence: Sentence, cue: Cue) -> Statement | None:
    """The statement of a participle at its sentence's beginning, with the main clause's subject as its source.

    Who was asked or informed is not who asked: `Asked about it, X said` gives a statement of nobody.
    """
    asked = is_asked(tokens, sentence, cue)
    if not (asked or cue.form == "ing") or not _opens(tokens, sentence, cue):
        return None
    start = content_start(tokens, sentence, cue)
    end = None if start is None else _main_clause(tokens, sentence, start)
    if start is None or end is None or any(tokens.keys[n] == "," for n in range(cue.last, start)):
        return None
    source = subject_from(tokens, end, sentence.last)
    if source is None or not has_words(tokens, (start, end)):
        return None
    last = end - 1 if tokens.keys[end - 1] == "," and tokens.quoted[end - 1] < 0 else end
    sure = 0.85 if cue.strong else 0.5
    said_by = None if asked else source
    return Statement(((start, last),), (cue.first, cue.last), said_by, cue.lemma, sentence, sure)


def is_asked(tokens: Tokens, sentence: Sentence, cue: Cue) -> bool:
    """True for the participle in `Informed of the vote, X …`, whose subject is nobody that the sentence names."""
    return cue.form == "past" and cue.may("telling") and _opens(tokens, sentence, cue)


def _opens(tokens: Tokens, sentence: Sentence, cue: Cue) -> bool:
    return all(
        tokens.quoted[n] < 0 and (tokens.keys[n] in _BEFORE or adverb(tokens.keys[n]))
        for n in range(sentence.first, cue.first)
    )


def _main_clause(tokens: Tokens, sentence: Sentence, start: int) -> int | None:
    """Where the main clause begins: behind the first comma, or behind a quotation that `he` or a name follows."""
    for number in range(start + 1, sentence.last - 1):
        if tokens.quoted[number] >= 0:
            continue
        if tokens.keys[number] == ",":
            return number + 1
        if tokens.quoted[number - 1] >= 0 and (
            tokens.keys[number] in _SUBJECTS or tokens.keys[max(start, number - 2)] == ","
        ):
            return number
    return None


_SUBJECTS = frozenset("he she they it we i".split())
