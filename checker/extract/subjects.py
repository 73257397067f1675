"""The subject of a sentence or a clause, for a cue that has no source of its own."""

from __future__ import annotations

import itertools

from checker.extract.appositions import ends_place
from checker.extract.cues import AUXILIARIES, adverb
from checker.extract.datelines import past_dateline
from checker.extract.grammar import BORDER_MARKS, DAYS, JOINTS, LEADING, OPENERS, PAST, PRONOUNS, Range, adverbial
from checker.extract.tokens import Sentence, Tokens
from checker.extract.verbs import VERBS


def subject(tokens: Tokens, sentence: Sentence, high: int) -> Range | None:
    """The subject of a sentence, for a cue that has none of its own ("…, adding that …")."""
    start = past_dateline(tokens, sentence.first, high)
    if start < high and (tokens.keys[start] in LEADING or _participle(tokens, start)):
        comma = _main_comma(tokens, start, high)
        if comma is not None and comma + 1 < high:
            start = comma + 1
        elif start + 2 < high and tokens.keys[start + 1] in DAYS:
            start += 2
    elif start + 2 < high and tokens.keys[start + 1] == "," and not tokens.keys[start + 2].startswith("a"):
        start += 2 if adverbial(tokens, start) or tokens.keys[start] in OPENERS else 0
    return subject_from(tokens, start, high)


def _participle(tokens: Tokens, number: int) -> bool:
    """True for `Citing` and `Speaking` at a sentence's beginning."""
    verb = VERBS.get(tokens.keys[number])
    return verb is not None and verb.form == "ing"


def _main_comma(tokens: Tokens, start: int, high: int) -> int | None:
    """The comma before the main clause: behind `In Ellan, Kareth,` the second."""
    ends = [n for n in range(start, high) if tokens.keys[n] == ","]
    # “The View,” Cole said: the comma of the clause stands inside the marks that it closes.
    inner = [n for n in ends if tokens.quoted[n] >= 0 and n + 2 < high and tokens.quoted[n + 2] < 0]
    commas = sorted([*(n for n in ends if tokens.quoted[n] < 0), *(n + 1 for n in inner)])
    for comma, following in itertools.zip_longest(commas, commas[1:]):
        if following is None or not ends_place(tokens, (comma + 1, following), start):
            return comma
    return None


def subject_from(tokens: Tokens, start: int, high: int) -> Range | None:
    """The subject that begins at a token or behind the marks there, up to its verb."""
    while start < high and (tokens.keys[start] in ("and", "but", "so") or not tokens.word(start)):
        start += 1
    end = start
    while end < high and tokens.quoted[end] < 0 and not _ends_subject(tokens, end, start):
        end += 1
    return (start, end) if start < end else None


def _ends_subject(tokens: Tokens, number: int, start: int) -> bool:
    word = tokens.keys[number]
    if word in BORDER_MARKS or word in AUXILIARIES or word in JOINTS:
        return True
    if number == start:
        return False
    if tokens.keys[start] in PRONOUNS:
        return True
    if number == start + 1 and tokens.keys[start] in ("the", "a", "an", "his", "her", "their", "its"):
        return False  # the retired sailor
    verb = word.endswith("ed") or word in PAST or (word in VERBS and VERBS[word].form != "base")
    return (verb or adverb(word)) and not tokens.capital(number)
