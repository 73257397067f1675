"""A quote in the making, before it is known where else its words stand."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.seeded.sentences import Spot


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote, the stored words behind it, and what a checker owes it."""

    kind: str
    form: str
    quote: str
    spot: Spot
    parts: tuple[str, ...]
    """The true words, in order, as they stand in the document."""
    truth: str = "true"
    """true, flip or attack."""
    expect: str = "verified"
    """verified, not-verified, or warned: verified only with the warning."""
    warning: str = ""
    changed: str = ""
    """The words of a flip that must stand nowhere."""
    alone: bool = False
    """The parts must stand at this one place only."""
    change: str = ""
    speaker: str = ""
    document: str = ""
    date: str = ""
    """Another date than the document's."""

    @property
    def claimed_speaker(self) -> str:
        return self.speaker or self.spot.speaker
