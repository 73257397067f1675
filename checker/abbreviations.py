"""Abbreviations and what they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.text import FUNCTION_WORDS


def abbreviates(short: str, written: Sequence[str]) -> bool:
    """True when a word in capitals takes its letters from several capitalised words, the first of each of them among them."""
    letters = short.replace(".", "")
    capitals = [word for word in written if word[0].isupper()]
    if sum(letter.isupper() for letter in letters) < 2 or len(capitals) < 2:
        return False
    if any(word[0].islower() and word.casefold() not in FUNCTION_WORDS for word in written):
        return False
    rest = "".join(capitals).casefold()
    at = 0
    for letter in letters.casefold():
        at = rest.find(letter, at) + 1
        if not at:
            return False
    return letters[0].casefold() == rest[0] and len(capitals) <= len(letters)
