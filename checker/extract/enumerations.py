"""Lists of those who speak: `A, B and C said`, and what `and` joins."""

from __future__ import annotations

from checker.extract.cues import AUXILIARIES
from checker.extract.grammar import DAYS, JOINTS, LEADING, OPENERS, QUANTITIES, adverbial, plural, verbal
from checker.extract.tokens import Tokens, sentence_at
from checker.extract.verbs import VERBS


def list_start(tokens: Tokens, start: int, end: int, low: int) -> int:
    """Where the list of names begins whose last ones begin at `start`: `A, B and C said`, `A, B, and C said`."""
    first = start
    joined = False
    if (
        first - 2 >= low
        and tokens.keys[first - 1] == "and"
        and (tokens.keys[first - 2] == "," or _others(tokens, first))
    ):
        first, joined = first - 1 - (tokens.keys[first - 2] == ","), True
        name = _name_run(tokens, first, low)
        if name is None:
            return start
        first = name
    if not joined and "and" not in tokens.keys[start:end]:
        return start
    while first - 1 > low and tokens.keys[first - 1] == ",":
        name = _name_run(tokens, first - 1, low)
        if name is None:
            break
        first = name
    return first if first == low or not tokens.word(first - 1) or tokens.keys[first - 1] in _OPENS_LIST else start


def _others(tokens: Tokens, start: int) -> bool:
    """True for `Cole and others`, `Cole and his aides`."""
    return tokens.capital(start - 2) and tokens.keys[start] in ("other", "others", "his", "her", "their")


def _name_run(tokens: Tokens, end: int, low: int) -> int | None:
    """Where the name begins that ends at `end` and is all of what stands between two marks."""
    first = end
    while first > low and end - first < _LONGEST_NAME and tokens.quoted[first - 1] < 0 and _in_name(tokens, first - 1):
        first -= 1
    if first == end or tokens.keys[end - 1] in DAYS or tokens.keys[first] in OPENERS or adverbial(tokens, first):
        return None
    named = first == low or not tokens.word(first - 1) or tokens.keys[first - 1] in _OPENS_LIST
    return first if named and tokens.capital(end - 1) else None


def _in_name(tokens: Tokens, number: int) -> bool:
    return tokens.word(number) and tokens.capital(number) and tokens.keys[number] not in LEADING


_OPENS_LIST = frozenset("that and but while when as both because said".split())

_LONGEST_NAME = 7


def joins(tokens: Tokens, number: int) -> bool:
    """True when `and` stands between two names or two nouns of one subject."""
    if number < 1 or not tokens.word(number - 1):
        return False
    following = number + 1 + (tokens.keys[number + 1] == "the" and number + 2 < len(tokens.keys))
    if tokens.capital(number - 1) and (tokens.capital(following) or tokens.raw[following][:1].isdigit()):
        return True
    # many economists and reform advocates: plural with plural, and a quantity that opens the pair
    return plural(tokens.keys[number - 1]) and (
        any(tokens.keys[n] in QUANTITIES for n in range(max(0, number - 4), number - 1))
        or _opens_sentence(tokens, number)
    )


def _opens_sentence(tokens: Tokens, number: int) -> bool:
    """True for `Cole’s close friends and allies` where nothing but these stands before: no verb that the friends belong to."""
    first = tokens.sentences[sentence_at(tokens, number)].first
    before = range(first, number)
    return (
        len(before) <= _LONGEST_NAME
        and any(map(plural, tokens.keys[number + 1 : number + 3]))
        and all(tokens.word(n) and tokens.quoted[n] < 0 and not _in_clause(tokens, n) for n in before)
    )


def _in_clause(tokens: Tokens, number: int) -> bool:
    word = tokens.keys[number]
    return verbal(tokens, number) or word in AUXILIARIES or word in JOINTS or word in LEADING or word in VERBS


def joined_after(tokens: Tokens, number: int, *, named: bool) -> bool:
    """True for an `and` inside what follows the cue: between names, and between plurals after `according to`."""
    plurals = named and plural(tokens.keys[number - 1]) and not tokens.capital(number - 1)
    return joins(tokens, number) or (plurals and plural(tokens.keys[number + 1]))
