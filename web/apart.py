"""A process of its own for work that keeps a processor busy: it slows no page, takes nothing with it when it dies, and ends with the service."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from threading import Thread
from time import sleep
from typing import ParamSpec, TypeVar

from corpus.store import Corpus
from web import logs

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Apart:
    """One process, begun when there is work for it and again after it has ended."""

    def __init__(self, log: logs.Form = "text") -> None:
        self._log = log
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[Asked, Answer], *given: Asked.args, **named: Asked.kwargs) -> Future[Answer]:
        """Have it do something; returns once the process has started. Its future raises BrokenProcessPool when the process dies."""
        pool = self._pool  # another thread may end it at any time
        try:
            if pool is None:
                pool = self._pool = ProcessPoolExecutor(
                    1, get_context("spawn"), initializer=_begin, initargs=(os.getpid(), self._log)
                )
                pool.submit(os.getpid).result()  # what it takes to start is not the work's time
            return pool.submit(work, *given, **named)
        except (RuntimeError, CancelledError) as error:
            raise BrokenProcessPool("the process was ended before it began") from error

    def end(self) -> None:
        """Kill it, whatever it does."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in tuple((pool._processes or {}).values()):  # kill_workers() of Python 3.14 does the same
            process.kill()
        pool.shutdown(cancel_futures=True)


@cache
def corpus_at(location: str) -> Corpus:
    """The corpus, opened once in such a process; raises CorpusUnavailable."""
    return Corpus.open(location)


def _begin(parent: int, log: logs.Form) -> None:
    """In the new process: write the same log, leave Ctrl+C to the service, and end when it ends, however that happens."""
    logs.configure(log)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(0.5)
    os._exit(0)
