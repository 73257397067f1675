"""What was measured so far, in a file, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sitting:
    """When something was measured, how long that took by the clock, and how busy the machine was before and after."""

    begun: datetime
    seconds: float
    load: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Line:
    size: int
    what: str
    sitting: Sitting
    value: Any


class WrongFile(ValueError):
    """The file cannot be gone on from; says why, and what to do."""


_LINE = TypeAdapter(_Line)


class Kept:
    """Measurements by the size of the corpus and by what was measured; in a file of lines, or in memory only.

    Raises WrongFile for a file that is none, or that holds measurements of other documents, quotes or articles: `conditions` tells them.
    """

    def __init__(self, path: Path | None, conditions: str) -> None:
        self._path = path
        self._lines: dict[tuple[int, str], _Line] = {}
        if path is None:
            return
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(conditions + "\n", encoding="utf-8")
            return
        first, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
        if first != conditions:
            raise WrongFile(f"{path}: measured of {first!r}, not of {conditions!r}; name another file with --keep")
        try:
            found = [_LINE.validate_json(line) for line in lines]
        except ValidationError as error:
            raise WrongFile(f"{path}: no file of measurements ({error.errors()[0]['msg']}); name another") from error
        self._lines = {(each.size, each.what): each for each in found}

    def once(
        self,
        size: int,
        what: str,
        kind: TypeAdapter[T],
        measure: Callable[[], T],
        *,
        failed: Callable[[T], object] = lambda _: False,
    ) -> T:
        """What was measured earlier, or else what is measured now, and kept; what `failed` is tried again the next time."""
        if (size, what) not in self._lines:
            begun, load = datetime.now(UTC), os.getloadavg()[0]
            value = measure()
            seconds = (datetime.now(UTC) - begun).total_seconds()
            sitting = Sitting(begun, seconds, (load, os.getloadavg()[0]))
            line = _Line(size, what, sitting, kind.dump_python(value, mode="json"))
            if self._path and not failed(value):
                with self._path.open("ab") as file:
                    file.write(_LINE.dump_json(line) + b"\n")
            self._lines[size, what] = line
        return kind.validate_python(self._lines[size, what].value)

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """Those of all measurements, in the order in which they were made."""
        return tuple(sorted((each.sitting for each in self._lines.values()), key=lambda each: each.begun))
