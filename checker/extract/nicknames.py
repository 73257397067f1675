"""Nicknames inside a name: `Robert “Bobby” Cole`, whose marks quote nothing, and `Robert (Bobby) Cole`."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.grammar import Range
from checker.extract.name_words import GIVEN, NO_NAME
from checker.extract.quotations import Quoted
from checker.extract.tokens import Tokens
from corpus.types import Span

_OPENING = frozenset(["“", '"', "‘", "'", "(", "``", "''"])
_CLOSING = frozenset(["”", '"', "’", "'", ")", "''"])
_LONGEST = 20


def without_nicknames(text: str, quoted: Sequence[Quoted]) -> tuple[Quoted, ...]:
    """The quotations of a text without those that only set a nickname apart.

    >>> from checker.extract.quotations import quotations
    >>> without_nicknames('Robert "Bobby" Cole came.', quotations('Robert "Bobby" Cole came.'))
    ()
    """
    return tuple(one for one in quoted if not _nickname(text, one))


def _nickname(text: str, quoted: Quoted) -> bool:
    """True for one capital word in marks between a given name and a word with a capital."""
    inside = quoted.inner.of(text)
    if len(inside) > _LONGEST or not inside.isalpha() or not inside[0].isupper():
        return False
    outer: Span = quoted.outer
    before = text[max(0, outer.start - _LONGEST) : outer.start].split()
    after = text[outer.end : outer.end + 2]
    given = bool(before) and before[-1].lower() in GIVEN and before[-1][:1].isupper()
    return given and text[outer.start - 1] == " " and after[:1] == " " and after[1:].isupper()


def past_nickname(tokens: Tokens, first: int, end: int) -> int:
    """The end of a name whose nickname begins at `end`; `end` itself where none does."""
    close = next((n for n in range(end + 1, min(end + 4, len(tokens.keys))) if tokens.keys[n] in _CLOSING), None)
    if close is None or end - first > 2 or tokens.keys[end] not in _OPENING or tokens.keys[first] in NO_NAME:
        return end
    last = close + 1
    while last < len(tokens.keys) and tokens.capital(last) and tokens.starts[last] - tokens.ends[last - 1] == 1:
        last += 1
    inside = range(end + 1, close)
    called = bool(inside) and all(tokens.capital(n) and tokens.raw[n][1:].islower() for n in inside)
    return last if called and last > close + 1 else end


def words_of(tokens: Tokens, run: Range) -> tuple[str, ...]:
    """The words of a name as written, a nickname with the marks around it."""
    words: list[str] = []
    marks = [n for n in range(*run) if tokens.keys[n] in _OPENING | _CLOSING]
    for number in range(*run):
        if len(marks) == 2 and marks[0] < number <= marks[1]:
            words[-1] = tokens.span(marks[0], number + 1).of(tokens.text)
        else:
            words.append(tokens.raw[number])
    return tuple(words)
