"""What takes the place of an input that cannot be checked."""

from __future__ import annotations

from dataclasses import dataclass

from checker.errors import InputError
from corpus.errors import FetchError


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that cannot be checked, and why."""

    id: str | None
    error: InputError | FetchError
