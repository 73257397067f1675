"""The noun phrase that ends at a place, walking left to the border of its clause."""

from __future__ import annotations

from checker.extract.cues import AUXILIARIES
from checker.extract.enumerations import joins, list_start
from checker.extract.grammar import BORDER_MARKS, DAYS, JOINTS, LEADING, PRONOUNS, Range, adverbial, verbal
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS


def phrase_before(tokens: Tokens, end: int, low: int) -> Range | None:
    """The noun phrase that ends at `end`, walking left to the border of its clause."""
    if end <= low or tokens.quoted[end - 1] >= 0:
        return None
    if tokens.keys[end - 1] in PRONOUNS:
        return (end - 1, end)
    start = end
    while start > low and not _borders(tokens, start - 1, end):
        start -= 1
    if start > low and tokens.keys[start - 1] == "that" and (start - 1 == low or not tokens.word(start - 2)):
        start -= 1
    if start - 1 >= low and tokens.keys[start] in ("of", "in") and tokens.keys[start - 1] in PRONOUNS:
        start -= 1
    if start - 2 >= low and start < end and tokens.keys[start - 2 : start] == ("the", "most"):
        start -= 2 if start - 3 < low or tokens.keys[start - 3] not in ("of", "in", "from") else 0
    elif start - 1 >= low and start < end and tokens.keys[start - 1] in _AMOUNTS and tokens.quoted[start - 1] < 0:
        start -= tokens.word(start)  # many economists, another official
    start = _past_opening(tokens, start, end)
    if _relative_subject(tokens, start, low):
        return phrase_before(tokens, start - 1, low)
    if start >= end or not any(tokens.word(n) for n in range(start, end)):
        return None
    return list_start(tokens, start, end, low), end


def _relative_subject(tokens: Tokens, start: int, low: int) -> bool:
    """True for `the scholars I interviewed`: what seems the phrase is the verb of a clause about the one before."""
    return (
        start - 2 >= low
        and start < len(tokens.keys)
        and verbal(tokens, start)
        and tokens.keys[start - 1] in ("i", "we", "he", "she", "they")
        and tokens.keys[start - 2].isalpha()
        and tokens.keys[start - 2] not in JOINTS
    )


def _borders(tokens: Tokens, number: int, end: int) -> bool:
    """True when the token cannot belong to the noun phrase on its right."""
    word = tokens.keys[number]
    if word in _AMOUNTS and number + 1 < end and number and tokens.keys[number - 1] in ("in", "of", "from", "for"):
        return False  # donors in both parties
    if tokens.quoted[number] >= 0 or word in BORDER_MARKS or word in JOINTS or word in AUXILIARIES or word in PRONOUNS:
        return True
    if word in ("and", "or"):
        return not (number + 1 < end and joins(tokens, number))
    verb = VERBS.get(word)
    return (
        verb is not None
        and verb.form in ("past", "present", "ing")
        and not tokens.capital(number)
        and ("speech" in verb.kinds or "telling" in verb.kinds)
    )


_AMOUNTS = frozenset("both some many most one another".split())


def _past_opening(tokens: Tokens, start: int, end: int) -> int:
    """Leave out an opening such as `In Ohio` or `And`, and no word that measures an amount."""
    while start < end and (
        tokens.keys[start] in ("and", "or", "but", "so", "yet", "still", "then") or adverbial(tokens, start)
    ):
        if measures(tokens, start, end):
            return start
        start += 1
    if start < end and tokens.keys[start] in LEADING:
        for number in range(start + 1, end):
            if tokens.keys[number] in DAYS and number + 1 < end:
                return number + 1
    return start


def measures(tokens: Tokens, number: int, end: int) -> bool:
    """True for what stands before an amount and belongs to it: `just over a quarter`, `only 49 percent`."""
    at = number
    while at < end and tokens.keys[at] in _MEASURES:
        at += 1
    at += at < end and tokens.keys[at] in ("a", "one", "the")
    return number < at < end and (tokens.keys[at] in _SHARES or tokens.raw[at][:1].isdigit())


_MEASURES = frozenset(
    "just only over under about around nearly almost roughly fully more less fewer than at least most barely some".split()
)

_SHARES = frozenset(
    """half quarter third fifth tenth dozen two-thirds three-quarters three-fourths one-third one-quarter one-fifth
    two three four five six seven eight nine ten""".split()
)
