"""In which language an answer is put into words: English, unless whoever shows it to a reader says otherwise.

Codes, names and quoted words are nobody's to translate; what we say about them goes through here. Messages are the
English ones, so that without a catalogue everything is said in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from babel.numbers import format_decimal


def _in_english(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: its code, and how it says a message, or one that counts something."""

    locale: str = "en"
    one: Callable[[str], str] = str
    counted: Callable[[str, str, int], str] = _in_english


ENGLISH = Tongue()
_spoken: ContextVar[Tongue] = ContextVar("tongue", default=ENGLISH)


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Put everything into words of that language, within this block."""
    before = _spoken.set(tongue)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> Tongue:
    """The language of this moment."""
    return _spoken.get()


def said(message: str, **values: object) -> str:
    """A message in the reader's language, with its values.

    >>> said("%(language)s original", language="Russian")
    'Russian original'
    """
    found = _spoken.get().one(message)
    return found % values if values else found


def figure(number: int) -> str:
    """A whole number with its thousands set apart.

    >>> figure(18204)
    '18,204'
    """
    return str(format_decimal(number, locale=_spoken.get().locale))


def noted(message: str) -> str:
    """A message of a table, which is said when it is shown."""
    return message
