"""Answers that were found lately, so that a page that is opened again, or a draft that changed in one place, costs little."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

_MOST = 600
"""Answers that are remembered: a day of one desk's articles. Each holds the documents of its places, some 100 kB."""


class Answers(Generic[Answer]):
    """What was asked and what was found, the latest of each; for all threads."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Answer] = OrderedDict()
        self._coming: dict[Hashable, Future[Answer]] = {}
        self._lock = Lock()

    def find(self, asked: Hashable) -> Answer | None:
        """The answer, or None."""
        with self._lock:
            if asked in self._held:
                self._held.move_to_end(asked)
            return self._held.get(asked)

    def answer(self, asked: Hashable, find: Callable[[], Answer]) -> Answer:
        """The remembered answer, the one that another thread is about to find, or a new one; raises what `find` raises."""
        with self._lock:
            if asked in self._held:
                self._held.move_to_end(asked)
                return self._held[asked]
            coming = self._coming.get(asked)
            mine = coming is None
            if coming is None:
                coming = self._coming[asked] = Future()
        if not mine:
            return coming.result()
        try:
            found = find()
        except BaseException as error:
            self._done(asked)
            coming.set_exception(error)
            raise
        self._done(asked, found)
        coming.set_result(found)
        return found

    def _done(self, asked: Hashable, *found: Answer) -> None:
        with self._lock:
            del self._coming[asked]
            for answer in found:
                self._held[asked] = answer
            while len(self._held) > self._most:
                self._held.popitem(last=False)
