"""The parts of a name: its surname, its given name or nickname, its generation."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.name_words import INSTITUTIONS
from checker.speakers import GENERATIONS


def of_generation(word: str) -> bool:
    """True for `Jr.` and `III`."""
    return word.rstrip(".").lower() in GENERATIONS


def family_of(words: Sequence[str]) -> str:
    """The surname of a name, in small letters: that of Bo Cole Jr. is Cole."""
    return next((word for word in reversed(words) if not of_generation(word)), words[-1]).lower()


def has_given(words: Sequence[str]) -> bool:
    """True for a name that has more than a surname."""
    return sum(not of_generation(word) for word in words) > 1


def generation(words: Sequence[str]) -> str:
    """What parts a son from his father in the keys of the fullest names; empty for most."""
    return f" {words[-1].rstrip('.').lower()}" if len(words) > 1 and of_generation(words[-1]) else ""


def without_possessive(word: str) -> str:
    """The last word of a name as it is without `’s`."""
    for ending in ("'s", "’s"):
        if word.endswith(ending):
            return word[:-2]
    return word.rstrip("'’")


def nickname(word: str) -> str:
    """The name in `“Bobby”` or `(Bobby)` in small letters; empty for a word without marks around it."""
    bare = word.strip(_MARKS)
    return bare.lower() if word[:1] in _MARKS and word[-1:] in _MARKS and bare else ""


_MARKS = "“”\"'‘’()"


def is_institution(words: Sequence[str]) -> bool:
    """True for a name that begins or ends with what only a body is called."""
    return words[-1].lower() in INSTITUTIONS or words[0].lower() in INSTITUTIONS
