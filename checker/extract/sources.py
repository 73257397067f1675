"""The words that name who speaks, before or after the cue: people with their offices, institutions, documents, pronouns."""

from __future__ import annotations

from checker.extract.appositions import with_apposition
from checker.extract.cues import AUXILIARIES, Cue
from checker.extract.enumerations import joined_after
from checker.extract.grammar import BORDER_MARKS, DAYS, LEADING, Range, adverbial, verbal
from checker.extract.noun_phrases import phrase_before
from checker.extract.tokens import Tokens

_AFTER_STOPS = frozenset(
    """in on at during after before as while when where because if although though but since until that who which
    and to about through via last this next earlier later yesterday today with by following told into upon
    в во на о об по и после перед журналистам вчера сегодня накануне ранее что""".split()
)


def source_before(tokens: Tokens, cue: Cue, low: int) -> Range | None:
    """The noun phrase that ends right before the cue; nothing before token `low` is looked at."""
    end = cue.first
    while end > low and adverbial(tokens, end - 1):
        end -= 1
    end = _before_time(tokens, end, low)
    if end <= low:
        return None
    word = tokens.keys[end - 1]
    if word in ("who", "which", "that"):
        stop = end - 1
        if stop > low and tokens.keys[stop - 1] == ",":
            stop -= 1
        phrase = phrase_before(tokens, stop, low)
        return (end - 1, end) if phrase is None and word == "who" else None if phrase is None else (phrase[0], end)
    if word in (",", "—", "–", "--", ")"):
        return with_apposition(tokens, end, low)
    return phrase_before(tokens, end, low)


def _before_time(tokens: Tokens, end: int, low: int) -> int:
    """Leave out a time between the source and the cue: `Smith on Tuesday said`, `Smith has in the past said`."""
    helper = next((n for n in range(end - 1, max(low, end - _ASIDE) - 1, -1) if tokens.keys[n] in _HAVE), None)
    if helper is not None and low < helper < end - 1 and tokens.keys[helper + 1] in LEADING:
        return helper
    number = end
    if number > low and tokens.keys[number - 1] in DAYS:
        number -= 1
        while number > low and tokens.keys[number - 1] in ("on", "last", "late", "early", "earlier", "this"):
            number -= 1
        return number if number > low else end
    if (
        number - 1 > low
        and tokens.keys[number - 2] in ("last", "this")
        and tokens.keys[number - 1] in ("week", "month", "year")
    ):
        return number - 2
    return end


_HAVE = frozenset(["has", "have", "had"])
_ASIDE = 6
"""So many words may stand between `has` and `said`."""


def source_after(tokens: Tokens, start: int, high: int, *, named: bool = False) -> Range | None:
    """The noun phrase that begins at `start` (after `said` or `according to`).

    `named` says that nothing but a source can stand there.
    """
    if start >= high or tokens.quoted[start] >= 0:
        return None
    if tokens.keys[start] in ("he", "she", "they", "it", "i", "we", "him", "her", "them") and (
        start + 1 >= high or tokens.keys[start + 1] in BORDER_MARKS
    ):
        return (start, start + 1)
    if not (named or tokens.capital(start) or tokens.keys[start] in _STARTS or tokens.keys[start].endswith("s")):
        return None
    end = start
    while end < high and tokens.quoted[end] < 0 and tokens.keys[end] not in BORDER_MARKS:
        word = tokens.keys[end]
        stops = end > start and (word in _AFTER_STOPS or word in AUXILIARIES or word in DAYS)
        made = named and word == "by" and verbal(tokens, end - 1)  # a memo released by the council
        if stops and named and _narrows(tokens, end):
            end = next((n for n in range(end, high) if tokens.keys[n] in BORDER_MARKS or tokens.quoted[n] >= 0), high)
            break
        if stops and not made and not (word == "and" and end + 1 < high and joined_after(tokens, end, named=named)):
            break
        end += 1
    if end == start:
        return None
    return (start, end)


def _narrows(tokens: Tokens, number: int) -> bool:
    """True for a clause that says which people are meant: `officials who saw it`, `people familiar with the matter`."""
    before = tokens.keys[number - 1]
    if tokens.keys[number] == "who":
        return tokens.word(number - 1) and not tokens.capital(number - 1)
    return before in ("familiar", "close", "briefed", "involved", "acquainted")


_STARTS = frozenset(
    """the a an his her its their one two three four some several many another officials former this that those these
    both sources people our my президент премьер-министр министр глава пресс-секретарь представитель депутат губернатор
    источник он она они замглавы директор""".split()
)
