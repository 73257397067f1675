"""Words as they are compared: figures by value, spellings as one, each with its place in its own text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from checker.figures import figures
from checker.lexicon import spelling
from corpus.text import Words
from corpus.types import Span

_FURNITURE = re.compile(
    r"^[ \t]*(?:(?:(?:page|страница|стр\.?)[ \t]+)?\d{1,4}(?:[ \t]*(?:/|of)[ \t]*\d{1,4})?|(?:https?://|www\.)\S+"
    r"|[-–—][ \t]*\d{1,4}[ \t]*[-–—]|\[\d{1,4}\]|\((?:more|continued|cont’d)\)|-?more-?"
    r"|(?-i:[A-ZА-ЯЁ][A-ZА-ЯЁ .,’'–-]{4,60})[ \t]{2,}(?:page[ \t]+|стр\.?[ \t]+)?\d{1,4}|(?:page[ \t]+)?\d{1,4}[ \t]{2,}(?-i:[A-ZА-ЯЁ][A-ZА-ЯЁ .,’'–-]{4,60})"
    r"|(?:\d{1,3}[ \t]+)?\d{2}-\d{5}(?:[ \t]+\d{1,3})?|A/\d{1,3}/PV\.\d{1,3}"  # number of a print, beside its page
    r"|\d{1,2}/\d{1,2}/\d{2,4},[ \t]\d{1,2}:\d{2}[ \t][AP]M\b[^\n]*)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One comparable unit: equal keys mean the same word or the same value; `words` are its folded words."""

    key: str
    words: tuple[str, ...]
    span: Span
    raw: str

    @property
    def figure(self) -> bool:
        """True for a number with its unit."""
        return self.key.startswith("#")

    @property
    def acronym(self) -> bool:
        """True for a word that is another one in capitals ("WHO")."""
        return self.key.endswith(".")

    @property
    def capitalised(self) -> bool:
        """True when it is written like a name."""
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The comparable units of a text as parallel sequences; a `Token` is made when one is looked at."""

    text: str
    keys: tuple[str, ...]
    words: Words
    firsts: tuple[int, ...]
    """The number of each unit's first word; the next unit's is one past its last."""

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, index: int) -> Span:
        """Where unit number `index` stands."""
        return Span(self.words.starts[self.firsts[index]], self.words.ends[self._last(index)])

    def __getitem__(self, index: int) -> Token:
        span = self.span(index)
        return Token(
            self.keys[index], self.words.keys[self.firsts[index] : self._last(index) + 1], span, span.of(self.text)
        )

    def _last(self, index: int) -> int:
        return (self.firsts[index + 1] if index + 1 < len(self.firsts) else len(self.words)) - 1


def tokens(found: Words, text: str) -> Tokens:
    """Group the words of `text` into comparable units.

    >>> from corpus.text import words
    >>> tokens(words("5 per cent of neighbours"), "5 per cent of neighbours").keys
    ('#5 %', 'of', 'neighbors')
    """
    keys: list[str] = []
    firsts: list[int] = []
    read = _without_acronyms(found, text)
    at = 0
    for figure in figures(found.keys):
        keys += map(spelling, read[at : figure.first])
        firsts += range(at, figure.first)
        keys.append(figure.key)
        firsts.append(figure.first)
        at = figure.last
    keys += map(spelling, read[at:])
    firsts += range(at, len(found))
    for place in range(len(keys) - 2, -1, -1) if "can" in keys else ():
        if keys[place] == "can" and keys[place + 1] == "not":  # two spellings of one word
            keys[place : place + 2] = ["cannot"]
            del firsts[place + 1]
    return Tokens(text, tuple(keys), found, tuple(firsts))


def _without_acronyms(found: Words, text: str) -> tuple[str, ...]:
    """The folded words with those marked that are another word in capitals ("WHO"), where not all around is in capitals."""
    places = [place for place, key in enumerate(found.keys) if key in _ACRONYMS]
    if not any(found.span(place).of(text).isupper() for place in places):
        return found.keys
    keys = list(found.keys)
    for place in places:
        around = [found.span(near).of(text) for near in (place - 1, place + 1) if 0 <= near < len(found)]
        if found.span(place).of(text).isupper() and not any(len(word) > 1 and word.isupper() for word in around):
            keys[place] += "."
    return tuple(keys)


_ACRONYMS = frozenset("who aids it start salt care".split())
"""What is a pronoun, a verb or a noun in small letters."""


def mended(found: Tokens, wanted: Collection[str], broken: Callable[[Token, Token, str], bool]) -> Tokens:
    """The units with a word that the text breaks in two made one, where `wanted` has the whole word and `broken` says so."""
    keys, firsts = list(found.keys), list(found.firsts)
    for at in range(len(found) - 2, -1, -1):
        whole = found.keys[at] + found.keys[at + 1]
        if whole in wanted and found.keys[at + 1] not in wanted:
            first, second = found[at], found[at + 1]
            if broken(first, second, found.text[first.span.end : second.span.start]):
                keys[at : at + 2] = [whole]
                del firsts[at + 1]
    return Tokens(found.text, tuple(keys), found.words, tuple(firsts))


def joined(parts: Sequence[Tokens]) -> Tokens:
    """The units of several stretches of one text, in order."""
    keys = tuple(key for part in parts for key in part.keys)
    firsts: list[int] = []
    before = 0
    for part in parts:
        firsts += [first + before for first in part.firsts]
        before += len(part.words)
    every = Words(
        tuple(key for part in parts for key in part.words.keys),
        tuple(start for part in parts for start in part.words.starts),
        tuple(end for part in parts for end in part.words.ends),
    )
    return Tokens(parts[0].text, keys, every, tuple(firsts))


def furniture(text: str, within: Span) -> tuple[Span, ...]:
    """Page numbers, addresses and print lines that stand between two halves of a sentence."""
    return tuple(Span(*match.span()) for match in _FURNITURE.finditer(text, within.start, within.end))
