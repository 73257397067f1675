"""The two sides that are laid against one another, and what it means that two of their words are one."""

from __future__ import annotations

from dataclasses import dataclass

from checker.align.tokens import Tokens
from checker.types import Quotation

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both token sequences with their texts, so that a difference can be looked at in place."""

    quotation: Quotation
    quoted: Tokens
    text: str
    stored: Tokens
    skips: tuple[bool, ...]


def same_word(pair: Pair, sides: Sides) -> bool:
    """True when a pair's two words are one, as words are compared."""
    quoted, stored = pair
    return quoted is not None and stored is not None and sides.quoted.keys[quoted] == sides.stored.keys[stored]
