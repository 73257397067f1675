"""Checking in two processes at once, for articles: the threads of one share one processor."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from threading import Event, Lock, Semaphore, Thread
from time import monotonic

from threadpoolctl import threadpool_limits

from checker.pipeline import check_quote
from checker.searched import readers_of, register_of
from checker.settings import Settings
from checker.types import Claim, Finding
from corpus.errors import CorpusError
from web.apart import Apart, corpus_at

_LOG = logging.getLogger(__name__)

_IDLE = 1800.0
"""Seconds after the last article until the second process ends, which holds the models and the index in memory."""

_LOOK = 10.0
"""Seconds between two looks whether that time is up."""


class Beside:
    """Checks a claim here, or beside it in a second process while something is being checked here."""

    def __init__(self, check: Callable[[Claim], Finding], settings: Settings) -> None:
        self._check = check
        self._settings = settings
        self._apart = Apart(settings.log)
        self._here = Semaphore(1)
        self._there = Semaphore(0)
        """Free once the second process is ready."""
        self.ready = Event()
        """Set once it can check; only for who waits for that."""
        self._asked = 0.0
        self._ended = Event()
        self._thread: Thread | None = None
        self._lock = Lock()

    def __call__(self, claim: Claim) -> Finding:
        """The finding about a claim; raises QuoteError and CorpusError, wherever it is checked."""
        if self._here.acquire(blocking=False):
            try:
                return self._check(claim)
            finally:
                self._here.release()
        if not self._ended.is_set() and self._there.acquire(blocking=False):
            try:
                return self._apart.submit(_check, self._settings, claim).result()
            except (BrokenProcessPool, CancelledError):
                _LOG.error("the second process died; its claim is checked in the first")
                self._apart.end()
            finally:
                self._there.release()
        return self._check(claim)

    def prepare(self) -> None:
        """Start the second process in the background, where there is a processor for it; each call puts off its end."""
        with self._lock:
            self._asked = monotonic()
            alive = self._thread is not None and self._thread.is_alive()
            if alive or self._ended.is_set() or os.cpu_count() in (None, 1):
                return
            self._thread = Thread(target=self._run, name="beside", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """End the second process for good."""
        self._ended.set()
        self._apart.end()

    def _run(self) -> None:
        try:
            self._apart.submit(_load, self._settings).result()
        except (BrokenProcessPool, CancelledError, CorpusError) as error:
            if not self._ended.is_set():
                _LOG.error("no second process checks: %s", error)
            self._apart.end()
            return
        self._there.release()
        self.ready.set()
        while monotonic() - self._asked < _IDLE and not self._ended.wait(_LOOK):
            pass
        self._there.acquire()  # what it does is waited for
        self.ready.clear()
        self._apart.end()


def _check(settings: Settings, claim: Claim) -> Finding:
    return check_quote(claim, corpus_at(settings.corpus), settings=settings)


def _load(settings: Settings) -> None:
    """Everything that a first check would wait for."""
    threadpool_limits(limits=1, user_api="blas")
    corpus = corpus_at(settings.corpus)
    register_of(corpus, settings)
    readers_of(corpus, settings)
