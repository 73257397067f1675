"""In which language an answer is put into words: English, unless whoever shows it to a reader says otherwise.

Codes, names and quoted words are nobody's to translate; what we say about them goes through here. Messages are the
English ones, so that without a catalogue everything is said in English. The checker knows no reader: it makes
`Message`s, and whoever shows one says it (`told`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import reduce

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


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that waits for its reader: the English one, with a name wherever one of its values stands.

    As a string it is English, whatever is spoken.
    """

    text: str
    values: tuple[tuple[str, str | int | Message], ...] = ()

    def __str__(self) -> str:
        with speaking(ENGLISH):
            return told(self)


def worded(text: str, **values: str | int | Message) -> Message:
    """A message with its values; whole numbers are set as the reader's language sets them.

    >>> str(worded("%(share)s of %(all)s", share="9%", all=18204))
    '9% of 18,204'
    """
    return Message(text, tuple(values.items()))


_AFTER = "%(first)s %(then)s"


def together(messages: Iterable[Message]) -> Message:
    """Several sentences as one message; there must be one at least.

    >>> str(together([worded("So it is."), worded("Or is it?")]))
    'So it is. Or is it?'
    """
    return reduce(lambda first, then: worded(_AFTER, first=first, then=then), messages)


def told(message: Message) -> str:
    """A message in the reader's language, with its values.

    >>> told(worded("“%(name)s” may be %(people)s.", name="Lund", people="Ivo Lund, Ada Lund"))
    '“Lund” may be Ivo Lund, Ada Lund.'
    """
    return said(message.text, **{name: _value(each) for name, each in message.values})


def is_told(message: Message) -> bool:
    """True when the reader's language has that message, and those that stand in it."""
    own = _spoken.get().locale == ENGLISH.locale or message.text == _AFTER or said(message.text) != message.text
    return own and all(is_told(each) for _, each in message.values if isinstance(each, Message))


def _value(value: str | int | Message) -> str:
    if isinstance(value, Message):
        return told(value)
    return figure(value) if isinstance(value, int) else value
