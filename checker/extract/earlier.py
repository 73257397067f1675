"""The date of `the statement` or `its read-out`, where the sentence before says when that was issued."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.chains import CHANNELS, ISSUING, Chains
from checker.extract.date_words import DateWords
from checker.extract.grammar import Range
from checker.extract.tokens import Sentence, sentence_at

_DEFINITE = frozenset("the that this its his her their".split())
_NEAR = 8


def dated_before(chains: Chains, mention: Range) -> DateWords | None:
    """The one date that the sentence before gives for the document which a definite mention takes up."""
    tokens = chains.tokens
    definite = any(chains.key(n) in _DEFINITE for n in range(mention[0], min(mention[0] + 2, mention[1])))
    head = next((chains.key(n) for n in range(*mention) if chains.key(n) in CHANNELS), None)
    place = sentence_at(tokens, mention[0])
    if not definite or head is None or place == 0:
        return None
    found = list(_dates(chains, tokens.sentences[place - 1], head))
    return found[0] if len({each.tokens for each in found}) == 1 else None


def _dates(chains: Chains, sentence: Sentence, head: str) -> Iterator[DateWords]:
    """The dates beside `issued a statement`, in every place where they can stand."""
    tokens = chains.tokens
    for noun in range(sentence.first + 1, sentence.last):
        if tokens.keys[noun] != head or tokens.quoted[noun] >= 0:
            continue
        near = range(max(sentence.first, noun - _NEAR), noun)
        verb = next((n for n in near if tokens.keys[n] in ISSUING and tokens.quoted[n] < 0), None)
        if verb is None:
            continue
        yield from chains.read(noun + 1, sentence.last, told=False).dates
        yield from chains.dates_inside(verb + 1, noun)
        yield from chains.read(sentence.first, verb, told=False).dates
        for before in range(max(sentence.first + 1, verb - 3), verb):
            date = chains.date(before, verb)
            if date is not None and date.tokens[1] == verb:
                yield date
                break
