"""Words as they are compared: figures by value, spellings as one, each with its place in its own text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.figures import figures
from checker.lexicon import spelling
from corpus.text import Words
from corpus.types import Span

_FURNITURE = re.compile(
    r"^[ \t]*(?:(?:page[ \t]+)?\d{1,4}(?:[ \t]*(?:/|of)[ \t]*\d{1,4})?|(?:https?://|www\.)\S+"
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
    def capitalised(self) -> bool:
        """True when it is written like a name."""
        return self.raw[:1].isupper()


def tokens(found: Words, text: str) -> tuple[Token, ...]:
    """Group the words of `text` into comparable units.

    >>> from corpus.text import words
    >>> [token.key for token in tokens(words("5 per cent of neighbours"), "5 per cent of neighbours")]
    ['#5 %', 'of', 'neighbors']
    """
    units: list[Token] = []
    at = 0
    for figure in figures(found.keys):
        units += [_word(found, index, text) for index in range(at, figure.first)]
        span = Span(found.starts[figure.first], found.ends[figure.last - 1])
        units.append(Token(figure.key, found.keys[figure.first : figure.last], span, span.of(text)))
        at = figure.last
    units += [_word(found, index, text) for index in range(at, len(found))]
    return tuple(units)


def _word(found: Words, index: int, text: str) -> Token:
    span = found.span(index)
    return Token(spelling(found.keys[index]), (found.keys[index],), span, span.of(text))


def furniture(text: str, within: Span) -> tuple[Span, ...]:
    """Page numbers, addresses and print lines that stand between two halves of a sentence."""
    return tuple(Span(*match.span()) for match in _FURNITURE.finditer(text, within.start, within.end))
