"""How other people's servers are asked: after their robots.txt, one request at a time, and less when they are in trouble.

What is asked for goes out through `corpus.fetch` and nowhere else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.errors import (
    FetchError,
    FetchFailed,
    LinkRefused,
    RobotsRefused,
    SourceBlocked,
    SourceGone,
    SourceResting,
    SourceUnreachable,
)
from corpus.fetch import Policy
from corpus.fetch.asking import NONE, Asking, Validators
from corpus.fetch.fetching import Fetched, NotModified, ask
from corpus.fetch.limits import LIMITS, Limits
from corpus.fetch.network import SYSTEM, Network

if TYPE_CHECKING:
    from protego import Protego

ROBOT = "OnRecord"
"""The name that robots.txt files can call us by."""

LIST_LIMITS = Limits(seconds=60.0, quiet_seconds=15.0, wire=20_000_000, unpacked=60_000_000)
"""A sitemap may have 50 MB; a list of some thousand entries has a few."""

ATTEMPTS = 4
PACE = 2.0
"""Seconds between requests, at which mirrors of official sites were made without being refused."""

_REFUSED, _REFUSALS = 403, 2
"""A page that refuses us a second time, after a pause, refuses us."""

_TROUBLE = (429, 500, 502, 503, 504, 520, 521, 522, 523, 524)
"""Answers that may be another one in a minute."""


# Whoever configures logging hears of repeated requests; nobody else finds them among the command's output.
logging.getLogger("stamina").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient we are; seconds each.

    The Kremlin's site answers 403 to quick successions until it is left alone for some ten seconds; hence `refused`.
    """

    pace: float = PACE
    """From one request of a host to the next; robots.txt may ask for more."""

    first_wait: float = 5.0
    """Before a request that failed is repeated; doubled each time."""

    refused: float = 15.0
    """Before a request that was refused (403) is repeated, once."""

    longest_wait: float = 120.0
    """A server that asks for more is left alone until the next run."""

    attempts: int = ATTEMPTS
    """Of one request."""

    failures: int = 3
    """Requests in a row, each with its attempts, after which a host is left alone until the next run."""


@dataclass(slots=True)
class _Host:
    """What is known of a host: when it may be asked again, what it asks of robots, and how often it failed in a row."""

    free_at: float = 0.0
    robots: Protego | None = None
    looked: bool = False
    failed: int = 0
    resting: str = ""


@dataclass(slots=True)
class Visitor:
    """Asks hosts for pages, politely; one for a run, and not for several threads."""

    policy: Policy
    manners: Manners = Manners()
    network: Network = SYSTEM
    contact: str = ""
    limits: Limits = LIMITS
    list_limits: Limits = LIST_LIMITS
    sleep: Callable[[float], None] = time.sleep
    hosts: dict[str, _Host] = field(default_factory=dict)

    def visit(self, url: str, *, lists: bool, held: Validators = NONE) -> Fetched | NotModified:
        """What is at an address; raises FetchError, after as many attempts as are decent.

        SourceResting ends a run: this host is left alone until the next one.
        """
        host = self._host(url)
        if host.resting:
            raise SourceResting(host.resting, link=url)
        try:
            found = self._repeated(url, Asking(held, lists, self._permit, self.contact))
        except FetchError as error:
            raise self._counted(host, error) from error
        host.failed = 0
        return found

    def _repeated(self, url: str, asking: Asking) -> Fetched | NotModified:
        # Imported here because it takes some time and only syncing needs it.
        from stamina import retry_context

        manners, refused = self.manners, 0

        def wait(error: Exception) -> bool | float:
            nonlocal refused
            refused += isinstance(error, FetchFailed) and error.status == _REFUSED
            return refused < _REFUSALS and self._wait(error)

        limits = self.list_limits if asking.lists else self.limits
        for attempt in retry_context(
            on=wait, attempts=manners.attempts, timeout=None, wait_initial=manners.first_wait,
            wait_max=manners.longest_wait, wait_jitter=manners.first_wait / 2,
        ):  # fmt: skip
            with attempt:
                return ask(url, self.policy, asking, network=self.network, limits=limits)
        raise AssertionError("the last attempt raises")

    def _wait(self, error: Exception) -> bool | float:
        """Whether a request is repeated, and after which time where the server or our experience says one."""
        if isinstance(error, SourceUnreachable):
            return True
        if not isinstance(error, FetchFailed) or error.status is None:
            return False
        if error.status == _REFUSED:
            return self.manners.refused
        if error.status not in _TROUBLE or (error.retry_after or 0) > self.manners.longest_wait:
            return False
        return True if error.retry_after is None else error.retry_after

    def _counted(self, host: _Host, error: FetchError) -> FetchError:
        """The error, or that the host is left alone now: it fails time and again, or asked for a longer pause."""
        if isinstance(error, RobotsRefused | LinkRefused | SourceGone) or not isinstance(error, FetchFailed):
            return error
        ours = error.status is None and not isinstance(error, SourceUnreachable | SourceBlocked)
        if ours:  # it answered, only with something that is not taken
            host.failed = 0
            return error
        host.failed += 1
        long = (error.retry_after or 0) > self.manners.longest_wait
        if long or host.failed >= self.manners.failures:
            why = (
                f"it asks to come back in {error.retry_after:,.0f} s"
                if long
                else f"{host.failed} requests in a row failed"
            )
            host.resting = f"{why}, the last one: {error.args[0]}; it is left alone until the next run"
            resting = SourceResting(host.resting, link=error.link)
            resting.blocked = isinstance(error, SourceBlocked) or error.status == 429
            return resting
        return error

    # What the fetcher asks before every request

    def _permit(self, url: str) -> None:
        host = self._host(url)
        if not host.looked:
            host.looked = True
            host.robots = self._robots(url, host)
        if host.robots is not None and not host.robots.can_fetch(url, ROBOT):
            raise RobotsRefused("the host's robots.txt asks programs not to read this", link=url)
        self._turn(host)

    def _turn(self, host: _Host) -> None:
        """Wait until the host may be asked again."""
        left = host.free_at - time.monotonic()
        if left > 0:
            self.sleep(left)
        host.free_at = time.monotonic() + self._pace(host)

    def _pace(self, host: _Host) -> float:
        asked: Any = host.robots.crawl_delay(ROBOT) if host.robots is not None else None
        rate: Any = host.robots.request_rate(ROBOT) if host.robots is not None else None
        return max(self.manners.pace, asked or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    def _robots(self, url: str, host: _Host) -> Protego | None:
        """A host's robots.txt, read once a run, as RFC 9309 says: none allows all; one that cannot be had forbids all."""
        from protego import Protego

        parts = urlsplit(url)
        at = f"{parts.scheme}://{parts.netloc}/robots.txt"
        asking = Asking(lists=True, permit=lambda link: self._turn(self._host(link)), contact=self.contact)
        try:
            found = ask(at, self.policy, asking, network=self.network, limits=self.limits)
        except FetchFailed as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return None
            host.looked = False
            raise
        assert isinstance(found, Fetched)
        # What is there is no robots.txt but a page: as good as none.
        page = found.raw[:1024].lstrip().lower().startswith((b"<!doctype", b"<html"))
        return None if page else Protego.parse(found.raw[:_ROBOTS_BYTES].decode("utf-8", "replace"))

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        return self.hosts.setdefault(f"{parts.scheme}://{parts.netloc}".lower(), _Host())


_ROBOTS_BYTES = 512_000
"""So much of a robots.txt is read, as RFC 9309 asks at the least."""
