"""Block quotations: paragraphs without marks that a sentence with a colon at its end hands over to somebody.

Without marks nothing says where the quotation ends. The first paragraph is taken, and those behind it only as long as
they speak in the first person.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.cues import cues
from checker.extract.frames import headline
from checker.extract.sources import source_before
from checker.extract.statement import Statement
from checker.extract.subjects import subject
from checker.extract.tokens import SAID, Tokens

_FIRST_PERSON = frozenset("i we my our us me i'm we're i've we've i'll we'll myself ourselves".split())
_SHORTEST = 5
_MOST_WORDS_BEHIND_CUE = 14
_MOST_PARAGRAPHS = 30
"""More is no quotation in an article; the limit keeps the work linear."""


def block(tokens: Tokens, number: int, earlier: Sequence[Statement]) -> tuple[int, Statement] | None:
    """The block quotation that begins at a sentence: the number of the sentence behind it, and the statement.

    A sentence whose cue has said what it says ("noted that few had come:") hands nothing over.
    """
    if number == 0 or tokens.keys[tokens.sentences[number - 1].last - 1] != ":":
        return None
    before, first = tokens.sentences[number - 1], tokens.sentences[number]
    if before.paragraph == first.paragraph or not _is_speech(tokens, number):
        return None
    strong = [cue for cue in cues(tokens, before) if cue.strong and not cue.may("according")]
    if not strong or before.last - strong[-1].last > _MOST_WORDS_BEHIND_CUE:
        return None
    cue = strong[-1]
    if any(one.sentence == before for one in earlier[-3:]):
        return None
    own = source_before(tokens, cue, before.first) if cue.form != "ing" else None
    source = own or subject(tokens, before, cue.first)
    if source is None:
        return None
    end = _paragraph_end(tokens, number)
    for _ in range(_MOST_PARAGRAPHS):
        if end >= len(tokens.sentences) or not (_goes_on(tokens, end) or _same_block(tokens, number, end)):
            break
        end = _paragraph_end(tokens, end)
    content = (first.first, tokens.sentences[end - 1].last)
    return end, Statement((content,), (cue.first, cue.last), source, cue.lemma, before, 0.7, set_apart=True)


def _paragraph_end(tokens: Tokens, number: int) -> int:
    """The number of the first sentence behind the paragraph that a sentence belongs to."""
    end = number + 1
    while end < len(tokens.sentences) and tokens.sentences[end].paragraph == tokens.sentences[number].paragraph:
        end += 1
    return end


def _is_speech(tokens: Tokens, number: int) -> bool:
    """True for a paragraph that can be all somebody's words: long enough, no label, nobody quoted in it."""
    end = _paragraph_end(tokens, number)
    first, last = tokens.sentences[number].first, tokens.sentences[end - 1].last
    if tokens.quoted[first] >= 0 or headline(tokens, tokens.sentences[number]) is not None:
        return False
    if tokens.keys[first] in ("<", "http", "https", "[", "#"):
        return False
    words = sum(tokens.word(n) for n in range(first, last))
    told = any(tokens.keys[n] in SAID and tokens.quoted[n] < 0 for n in range(first, last))
    quoted = any(tokens.quoted[n] >= 0 for n in range(first, last))
    return words >= _SHORTEST and not (told and quoted)


def _same_block(tokens: Tokens, number: int, further: int) -> bool:
    """True for a line that stands closer to the block than the block to the sentence before it."""
    gaps = []
    for at in (number, further):
        first = tokens.sentences[at].first
        gaps.append(tokens.text.count("\n", tokens.ends[first - 1], tokens.starts[first]))
    return gaps[1] < gaps[0]


def _goes_on(tokens: Tokens, number: int) -> bool:
    """True for a further paragraph that speaks in the first person and quotes nobody."""
    end = _paragraph_end(tokens, number)
    inside = range(tokens.sentences[number].first, tokens.sentences[end - 1].last)
    return any(tokens.keys[n] in _FIRST_PERSON for n in inside) and not any(tokens.quoted[n] >= 0 for n in inside)
