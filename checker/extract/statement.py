"""The noun of this package: one statement, as ranges of tokens, before its speaker is known."""

from __future__ import annotations

from dataclasses import dataclass

from checker.extract.grammar import Range
from checker.extract.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution as ranges of tokens, before its speaker is known.

    `set_apart` says that its words are quoted without marks, as a block of their own.
    """

    content: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    lemma: str
    sentence: Sentence
    confidence: float
    outer: Range | None = None
    set_apart: bool = False
