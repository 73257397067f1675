"""Who works through the batches: a thread that takes items and a process that checks them.

Checking keeps a processor busy for seconds and may die over a malicious file; in a process of its own it slows no page and
takes nothing with it. If the service itself is killed, the process notices and ends; the items that it held are given up by
the next service that starts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from threading import Event, Thread
from time import monotonic

from corpus.errors import CorpusError
from web.apart import Apart
from web.batch.checking import check_item
from web.desk import Desk
from web.review.growth import look_once
from web.review.steps import look_at_sources
from web.store import Store, jobs
from web.store.errors import StoreUnavailable
from web.store.jobs import Leased, Outcome

_LOG = logging.getLogger(__name__)

_PAUSE = 0.5
"""Seconds between two looks for something to do."""

_PULSE = 10.0
"""Seconds after which a lease is renewed, and it is noticed that an item was cancelled."""

LONGEST = 600.0
"""Seconds that one item may take: a megabyte of nothing but quotations takes some minutes."""

_SOURCES = 30.0
"""Seconds between two looks at the sources of signed articles."""

_IDLE = 300.0
"""Seconds without work after which the process ends, which holds the models in memory."""


class Runner:
    """Works through whatever batches there are until it is stopped."""

    def __init__(self, desk: Desk, *, check: Callable[..., Outcome] = check_item, longest: float = LONGEST) -> None:
        self._desk = desk
        self._check = check
        self._longest = longest
        self._stopped = Event()
        self._apart = Apart(desk.settings.log)
        self._thread = Thread(target=self._run, name="batches", daemon=True)

    def start(self) -> None:
        """Begin, in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End at once; the item that is being checked is taken up again by the next one who starts."""
        self._stopped.set()
        self._apart.end()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    @property
    def works(self) -> bool:
        """Whether it takes items: it was started, was not stopped, and its thread has not died."""
        return self._thread.is_alive() and not self._stopped.is_set()

    def _run(self) -> None:
        looked = worked = monotonic()
        while not self._stopped.is_set():
            try:
                busy = self.once()
                if monotonic() - looked > _SOURCES:
                    looked = monotonic()
                    look_at_sources(self._desk)
                    look_once(self._desk, stopped=self._stopped.is_set)
            except (StoreUnavailable, CorpusError) as error:
                _LOG.error("batches wait: %s", error)
                self._stopped.wait(_SOURCES)
                continue
            except Exception:  # noqa: BLE001  # nobody would notice that this thread has ended
                _LOG.exception("batches wait")
                self._stopped.wait(_SOURCES)
                continue
            if busy:
                worked = monotonic()
            elif monotonic() - worked > _IDLE:
                self._apart.end()
            if not busy:
                self._stopped.wait(_PAUSE)

    def once(self) -> bool:
        """Check one item, if there is one; raises StoreUnavailable."""
        store = self._desk.store
        jobs.give_up_dead_leases(store)
        leased = jobs.claim(store, gave_up=self._desk.meter.ended)
        if leased is None:
            return False
        outcome = self._outcome(store, leased)
        if outcome is not None and jobs.finish(store, leased, outcome):
            self._desk.meter.ended(outcome)
        elif outcome is None and self._stopped.is_set():
            self._apart.end()  # it may have begun after the others were told to stop
            jobs.give_back(store, leased, counted=False)
        return True

    def _outcome(self, store: Store, leased: Leased) -> Outcome | None:
        """What came of an item; None when it is not ours to say: cancelled, or its process died over it."""
        try:
            future = self._apart.submit(self._check, self._desk.settings, leased)
            return self._waited(future, store, leased)
        except (BrokenProcessPool, CancelledError):
            self._apart.end()
            if self._stopped.is_set():
                return None
            _LOG.error("a process died over item %d of batch %s", leased.number, leased.job_id)
            jobs.give_back(store, leased)
            return None

    def _waited(self, future: Future[Outcome], store: Store, leased: Leased) -> Outcome | None:
        begun = monotonic()
        while not self._stopped.is_set():
            try:
                return future.result(timeout=min(_PULSE, self._longest))
            except TimeoutError:
                if monotonic() - begun >= self._longest:
                    self._apart.end()
                    return Outcome(error_code="too-slow", error=f"This took more than {self._longest:.0f} seconds.")
                if not jobs.renew(store, leased):
                    self._apart.end()
                    return None
        return None
