"""What a campaign is: a promise, the quick tests of it, and a run that gives figures and what broke the promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: figures by name, in the order in which they are told; no problems when the promise holds."""

    figures: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """How hard to try: `scale` 1 is what the promise names, and the same seed makes the same inputs."""

    folder: Path
    scale: float = 1.0
    seed: int = 1

    def times(self, number: int) -> int:
        """So many at full scale, and at least one."""
        return max(1, round(number * self.scale))


@dataclass(frozen=True, slots=True)
class Campaign:
    """A promise; the files of its quick tests; and what tries it."""

    name: str
    promise: str
    quick: tuple[str, ...]
    run: Callable[[Trial], Outcome]


def counted(number: int) -> str:
    """A figure as the page has it.

    >>> counted(100000)
    '100,000'
    """
    return f"{number:,}"


def in_short(problems: list[str], *, most: int = 20) -> tuple[str, ...]:
    """The first problems, and how many more there are."""
    rest = len(problems) - most
    return (*problems[:most], *((f"… and {rest:,} more",) if rest > 0 else ()))
