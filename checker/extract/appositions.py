"""The name before what stands between commas, dashes or in brackets: `Ann Cole, the mayor of Ellan, said`."""

from __future__ import annotations

from checker.extract.grammar import LEADING, PRONOUNS, QUANTITIES, Range
from checker.extract.noun_phrases import measures, phrase_before
from checker.extract.tokens import Tokens


def with_apposition(tokens: Tokens, end: int, low: int) -> Range | None:
    """The name before an apposition that ends at `end` (a comma, a dash or a bracket), with the apposition."""
    closing = tokens.keys[end - 1]
    number = end - 1
    segments = 0
    while number > low and segments < 5 and end - number < 45:
        left = number - 1
        while left >= low and not _separates(tokens, left, closing):
            left -= 1
        if left < low or tokens.quoted[left] >= 0:
            break
        # tokens left+1..number is one segment of the apposition; what ends at `left` may be the name.
        segments += 1
        phrase = phrase_before(tokens, left, low)
        if phrase is not None and _names(tokens, phrase, low):
            return (phrase[0], end - 1 if closing == "," else end)
        number = left
    return None


def _separates(tokens: Tokens, number: int, closing: str) -> bool:
    word = tokens.keys[number]
    if tokens.quoted[number] >= 0 or word in (";", ":"):
        return True
    return word == ("(" if closing == ")" else closing)


_NO_SUBJECT = LEADING | frozenset("including like such along together alongside said speaking born".split())
"""What a segment between commas begins with when it is no subject: `during a meeting`, `along with two others`."""

_LONGEST_PLACE = 5


def _names(tokens: Tokens, phrase: Range, low: int) -> bool:
    """True for a phrase that can be a subject: a name or a definite noun phrase at a clause's start."""
    first, last = phrase
    opening = tokens.keys[first]
    if opening in ("a", "an", "former"):
        return first == low
    if opening in _NO_SUBJECT or (opening.endswith("ing") and not tokens.capital(first)):
        return measures(tokens, first, last)
    if opening in PRONOUNS or opening in QUANTITIES:
        return True
    if ends_place(tokens, phrase, low):
        return False
    return tokens.capital(last - 1) or opening in ("the", "his", "her", "their", "its") or first == low


def ends_place(tokens: Tokens, phrase: Range, low: int) -> bool:
    """True for the second half of `in Aurora, Colorado,`, unless that only opens the clause."""
    first, last = phrase
    if last - first > 2 or first - 2 <= low or tokens.keys[first - 1] != ",":
        return False
    before = first - 2
    while before > low and first - before < _LONGEST_PLACE and tokens.capital(before):
        before -= 1
    return before > low and before < first - 2 and tokens.keys[before] in ("in", "at", "near", "from", "of", "outside")
