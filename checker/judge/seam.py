"""The seam between the checker and whatever reads a claim against a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.embed import Embedder


class Judge(Protocol):
    """Reads passages for one claim."""

    @property
    def name(self) -> str:
        """Model and revision, for the report."""
        ...

    def bears_out(self, claim: str, passages: Sequence[str]) -> tuple[float, ...]:
        """For each passage, how likely it says what the claim says (0 to 1)."""
        ...


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads for meaning: a judge, and an encoder for several languages; either may be missing."""

    judge: Judge | None = None
    multilingual: Embedder | None = None

    def judges(self, language: str) -> bool:
        """True when the judge can read claims in a language; it knows English only."""
        return self.judge is not None and language.casefold()[:2] == "en"
