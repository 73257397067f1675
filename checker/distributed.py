"""Articles checked by the workers of a Dask scheduler: for a wire that is more than one machine can read.

Every worker opens the corpus itself, for reading: the same folder, a copy of it under the same path, or a server. What
comes back comes in the order of what was sent, each article once, also when workers die meanwhile: the scheduler gives
their work to others, and an article that takes worker after worker down with it is named and left out.
(Rocklin 2015, "Dask: Parallel computation with blocked algorithms and task scheduling".)
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from queue import Empty, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING

from checker.errors import CheckerError, SchedulerError
from checker.pipeline import check_article
from checker.settings import Settings
from checker.types import Article, Report
from corpus.collections import Searchable, open_searchable
from corpus.errors import CorpusError

if TYPE_CHECKING:
    from distributed import Client, Future

CHUNK = 4
"""Articles of one task (`benchmarks/wire.py chunks`)."""

_AHEAD = 3
"""So many tasks for each thread of the workers are sent before the first of them is back."""

_GATHERING = 0.05
"""Seconds that a task waits for more articles than have arrived."""

_PATIENCE = 30.0
"""Seconds without any worker, or without the scheduler, after which a run gives up."""

_LOOK = 1.0
"""Seconds between two looks at who works."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What every worker must have: the settings with the corpus' location, collections, and the program's version."""

    settings: Settings
    collections: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a task gives back: a report or an error for each article, who made them, and from which corpus."""

    results: tuple[Report | CheckerError, ...]
    worker: str
    fingerprint: str


def check_articles(
    articles: Iterable[Article],
    *,
    scheduler: str,
    settings: Settings,
    collections: Sequence[str] = (),
    chunk: int = CHUNK,
) -> Iterator[Report | CheckerError]:
    """Check articles on the workers of a scheduler (`tcp://host:port`); a report or an error for each, in their order.

    Raises SchedulerError when nobody answers there, no worker comes or the workers' corpora or programs differ, and
    CorpusUnavailable when a worker cannot open its corpus.
    """
    place = Workplace(settings, tuple(collections), version("onrecord"))
    with _connected(scheduler) as client:
        yield from _Run(client, scheduler, place, chunk).results(articles)


def check_here(articles: tuple[Article, ...], place: Workplace) -> Checked | Exception:
    """What a worker does: check some articles against its corpus, which it opens once.

    Errors are given back, not raised: one that the asker cannot unpack would leave it waiting for ever.
    """
    from distributed import get_worker

    worker = get_worker().address
    try:
        if version("onrecord") != place.version:
            return SchedulerError(
                f"{worker}: this worker has OnRecord {version('onrecord')}, who asks has {place.version}; install the same"
            )
        corpus = _opened(place)
        results = tuple(_report(each, corpus, place.settings) for each in articles)
        return Checked(results, worker, corpus.fingerprint())
    except (CheckerError, CorpusError) as error:
        return error
    except Exception:  # noqa: BLE001 - raised where it was asked for
        return RuntimeError(f"{worker}:\n{traceback.format_exc(limit=-20)}")


@cache
def _opened(place: Workplace) -> Searchable:
    return open_searchable(place.settings.corpus, place.collections)


def _report(article: Article, corpus: Searchable, settings: Settings) -> Report | CheckerError:
    try:
        return check_article(article, corpus, settings=settings)
    except CheckerError as error:
        return error


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise SchedulerError("checking on other machines needs the package onrecord[distributed]") from error
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SchedulerError(f"{scheduler}: no scheduler answers here ({error})") from error
    with client:
        yield client


@dataclass(slots=True)
class _Sent:
    """Articles that are with a worker, or whose result waits for its turn."""

    articles: tuple[Article, ...]
    future: Future


class _Run:
    """Sends what arrives while there is room, and gives back what is done, in order."""

    def __init__(self, client: Client, scheduler: str, place: Workplace, chunk: int) -> None:
        self._client = client
        self._scheduler = scheduler
        self._place = place
        self._chunk = chunk
        self._sent: deque[_Sent] = deque()
        self._wake = Event()
        self._done = 0
        self._threads = 0
        self._looked, self._seen = 0.0, time.monotonic()
        self._fingerprints: dict[str, str] = {}

    def results(self, articles: Iterable[Article]) -> Iterator[Report | CheckerError]:
        """Everything, in order."""
        arriving = _Arriving(articles, self._wake)
        while self._sent or not arriving.ended:
            self._look()
            self._wake.clear()
            while len(self._sent) < _AHEAD * max(1, self._threads) and (found := arriving.some(self._chunk)):
                self._sent.append(self._send(found))
            while self._sent and self._sent[0].future.done():
                for result in self._taken():
                    self._done += 1
                    yield result
            if self._sent or not arriving.ended:
                self._wake.wait(_LOOK)

    def _send(self, articles: tuple[Article, ...]) -> _Sent:
        future = self._client.submit(check_here, articles, self._place, pure=False)
        future.add_done_callback(lambda _: self._wake.set())
        return _Sent(articles, future)

    def _taken(self) -> tuple[Report | CheckerError, ...]:
        """What became of the first task; where the workers died of it, its articles go out again one by one."""
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        first = self._sent.popleft()
        try:
            checked: Checked | Exception = first.future.result()
        except KilledWorker as error:
            if len(first.articles) > 1:
                self._sent.extendleft(self._send((each,)) for each in reversed(first.articles))
                return ()
            return (CheckerError(f"{first.articles[0].id}: each worker that checked it died ({error.last_worker})"),)
        except (CommClosedError, CancelledError, OSError) as error:
            raise self._lost() from error
        if isinstance(checked, Exception):
            raise checked
        self._compare(checked)
        return checked.results

    def _compare(self, checked: Checked) -> None:
        """One folder must be like the other; a server is one, and may grow meanwhile."""
        if str(self._place.settings.corpus).startswith("postgresql:"):
            return
        self._fingerprints.setdefault(checked.fingerprint, checked.worker)
        if len(self._fingerprints) > 1:
            (one, first), (other, second) = list(self._fingerprints.items())[:2]
            raise SchedulerError(
                f"{first} and {second} have different corpora at {self._place.settings.corpus} ({one[:12]}, {other[:12]})"
                "; give all workers the same, and add to none of them during a run"
            )

    def _look(self) -> None:
        """See who works, once a second at most; raises SchedulerError when nobody has for too long."""
        moment = time.monotonic()
        if moment - self._looked < _LOOK:
            return
        self._looked = moment
        try:
            self._threads = sum(self._client.nthreads().values()) if self._client.status == "running" else 0
        except OSError as error:
            raise self._lost() from error
        if self._threads:
            self._seen = moment
        elif moment - self._seen > _PATIENCE:
            raise self._alone() if self._client.status == "running" else self._lost()

    def _alone(self) -> SchedulerError:
        return SchedulerError(
            f"{self._scheduler}: no worker has been there for {_PATIENCE:.0f} seconds; start one with"
            f" `dask worker {self._scheduler}`{self._so_far()}"
        )

    def _lost(self) -> SchedulerError:
        return SchedulerError(f"{self._scheduler}: the scheduler is gone{self._so_far()}")

    def _so_far(self) -> str:
        return f"; {self._done:,} articles were checked and told before" if self._done else ""


class _Arriving:
    """Articles as they come, read by a thread of its own so that results need not wait for the next article."""

    def __init__(self, articles: Iterable[Article], wake: Event) -> None:
        self._queue: Queue[Article | BaseException | None] = Queue(maxsize=1_000)
        self._wake = wake
        self.ended = False
        Thread(target=self._read, args=(articles,), daemon=True).start()

    def _read(self, articles: Iterable[Article]) -> None:
        end: BaseException | None = None
        try:
            for each in articles:
                self._queue.put(each)
                self._wake.set()
        except BaseException as error:  # noqa: BLE001 - raised again where the articles are asked for
            end = error
        self._queue.put(end)
        self._wake.set()

    def some(self, most: int) -> tuple[Article, ...]:
        """Up to so many articles: those that have arrived, and what comes within a moment; none when nothing has."""
        found: list[Article] = []
        while len(found) < most and not self.ended:
            try:
                each = self._queue.get(timeout=_GATHERING if found else 0.001)
            except Empty:
                break
            if isinstance(each, Article):
                found.append(each)
                continue
            self.ended = True
            if each is not None:
                raise each
        return tuple(found)
