"""How long a fetch may take in all, however slowly the other side drips."""

from __future__ import annotations

import time

from corpus.errors import OR_SAVE, SourceUnreachable


class Clock:
    """Counts down from the start; every wait asks it how long it may be."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, most: float) -> float:
        """Seconds that one wait may take, at most `most`; raises SourceUnreachable when the time is up."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise SourceUnreachable(f"it took longer than {self._seconds:g} seconds; try again later", instead=OR_SAVE)
        return min(most, left)

    def stand(self, seconds: float) -> None:
        """Do not count so many seconds: they were spent on waiting for a turn, and not for the other side."""
        self._end += seconds
