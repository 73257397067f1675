"""How many requests are worked on at once in a process; some wait for their turn, and whoever comes then is asked to come again.

The server has more threads than places: a thread is cheap while it waits, and one is always left to say no, to answer
probes, and to follow an article. With as many threads as places, whoever came too late would wait without a word for as long as it takes.
"""

from __future__ import annotations

import logging
from collections import deque
from threading import Event, Lock
from time import monotonic
from typing import Literal

from flask import Flask, Response, current_app, g, request

from web.desk import LISTENERS, desk

_LOG = logging.getLogger(__name__)

EXEMPT = frozenset({"static", "pages.desk_style", "health.lives", "health.is_ready", "metrics.read"})
"""What takes no place: whether all is well must be said above all when it is not, and a page without its style is none."""

AGAIN = 5
"""Seconds after which to come again."""

SPARE = 8
"""Threads beyond those that check, wait or follow: they say no, and answer probes. A hundred that come at once were all
told within half a second with eight, within two with one (two busy cores)."""

_QUIET = 60.0
"""Seconds between two lines in the log that somebody was turned away; `/metrics` counts each."""

Why = Literal["full", "late"]
"""`full`: so many wait that nobody joins them; `late`: it was not one's turn in time."""


class Overloaded(Exception):
    """Nothing was done of this request: too many others are being worked on."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


class Admission:
    """Places for requests: `places` at once, `waiting` more in the order in which they came, each of them `patience` seconds."""

    def __init__(self, places: int, *, waiting: int, patience: float) -> None:
        self.waiting = waiting
        self._free = places
        self._patience = patience
        self._queue: deque[Event] = deque()
        self._lock = Lock()
        self._said = -_QUIET

    def enter(self) -> float:
        """Take a place, at once or when it is one's turn; gives the seconds that this took. Raises Overloaded."""
        began = monotonic()
        with self._lock:
            if self._free:  # then nobody waits: who leaves gives the place to whoever is next
                self._free -= 1
                return 0.0
            if len(self._queue) >= self.waiting:
                raise self._refused("full")
            turn = Event()
            self._queue.append(turn)
        turn.wait(self._patience)
        with self._lock:
            if not turn.is_set():
                self._queue.remove(turn)
                raise self._refused("late")
        return monotonic() - began

    def leave(self) -> None:
        """Give the place to whoever waits longest, or free it."""
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1

    def _refused(self, why: Why) -> Overloaded:
        if monotonic() - self._said >= _QUIET:
            self._said = monotonic()
            _LOG.warning("more requests than there is room for; some are told to come again (%s)", why)
        return Overloaded(why)


def threads_of(places: int, waiting: int) -> int:
    """Threads with which nobody waits for one, whatever comes: event streams keep theirs for a minute, but no place."""
    return places + waiting + LISTENERS + SPARE


def guard_places(app: Flask) -> None:
    """Ask for a place before every answer, where the server has set up any, and give it back once the answer is made."""

    @app.before_request
    def enter() -> None:
        places: Admission | None = current_app.extensions.get("admission")
        if places is None or request.endpoint in EXEMPT or request.method == "OPTIONS":
            return
        try:
            waited = places.enter()
        except Overloaded as error:
            desk().meter.refused(error.why)
            g.turned_away = True
            g.account = None  # the page that says so has a head; whoever it is, the desk is not asked for it now
            raise
        g.place = places
        if waited:
            desk().meter.waited(waited)

    @app.after_request
    def tell(response: Response) -> Response:
        if "turned_away" in g:
            response.headers["Retry-After"] = str(AGAIN)
        return response

    @app.teardown_request
    def leave(_error: BaseException | None) -> None:
        # Before a body that comes piece by piece is sent: an article is followed without a place.
        places: Admission | None = g.pop("place", None)
        if places is not None:
            places.leave()
