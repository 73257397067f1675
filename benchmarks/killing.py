"""What campaigns of kills have in common: a log that tells of transactions, and a writer that is ended in the middle of one.

Writers are forked from a process that has imported everything, so that a kill costs no start of Python.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ParamSpec

from sqlalchemy import Connection, Engine, event

from corpus.store import Corpus

Given = ParamSpec("Given")

_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload(["benchmarks.kills", "benchmarks.encode_kills", "benchmarks.sync_kills"])

_PAUSE = 0.005
"""Seconds that a writer waits before each commit, as on a slow disk: small transactions are over in two milliseconds, and a kill needs
one to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KillCampaign:
    """What every campaign is told: so many kills, `delay` seconds at most after a transaction began."""

    kills: int
    delay: float = 0.01
    seed: int = 1
    verify_every: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class KillOutcome:
    """What came of one: kills, those of them inside an open write; `problems` is empty when the promise holds."""

    kills: int
    inside: int
    problems: tuple[str, ...]


def arguments(description: str | None, *, delay: float) -> argparse.ArgumentParser:
    """What every campaign is asked from the command line."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--delay", type=float, default=delay, help="seconds after a transaction's begin, at most")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def tell(outcome: KillOutcome, there: str, *, begun: float, held: str) -> None:
    """Print what was there in the end; leave with the problems, or say what holds."""
    print(f"{outcome.kills} kills, {outcome.inside} inside an open write; {there}, {time.monotonic() - begun:,.0f} s")
    if outcome.problems:
        sys.exit("\n".join(outcome.problems))
    print(held)


@dataclass(frozen=True, slots=True)
class Log:
    """What a writer wrote down: a transaction's begin, that it is about to commit, and what it has acknowledged."""

    path: Path

    def entries(self) -> list[str]:
        """The lines so far."""
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []

    def count(self, what: bytes) -> int:
        """How often something stands in it."""
        return self.path.read_bytes().count(what) if self.path.exists() else 0

    def inside(self) -> bool:
        """True when the last transaction has begun and not yet come to its commit."""
        last = next((entry for entry in reversed(self.entries()) if entry in ("begin", "commit")), "")
        return last == "begin"


def noting(path: Path) -> Callable[[str], None]:
    """Writes into a log; each entry is one write to the file, so that a kill takes none of it."""
    entries = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    return lambda text: _write(entries, text)


def _write(entries: int, text: str) -> None:
    os.write(entries, f"{text}\n".encode())


def note_transactions(corpus: Corpus, note: Callable[[str], None]) -> None:
    """Write down when a writing transaction of a corpus begins, and when it is about to commit."""
    note_writes(corpus.vectors.connect().engine, note)


def note_writes(engine: Engine, note: Callable[[str], None]) -> None:
    """The same of a database: it has begun once nobody else writes, and is over before its end has reached the disk."""

    def committing(connection: Connection) -> None:
        if _writes(connection):
            time.sleep(_PAUSE)
            note("commit")

    event.listen(engine, "begin", lambda connection: _writes(connection) and note("begin"))
    event.listen(engine, "commit", committing)
    event.listen(engine, "rollback", lambda connection: _writes(connection) and note("commit"))


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writing"))


def started(write: Callable[Given, None], *given: Given.args, **named: Given.kwargs) -> BaseProcess:
    """A writer in a process of its own."""
    writer = _FORKED.Process(target=write, args=given, kwargs=named)
    writer.start()
    return writer


def killed(writer: BaseProcess, log: Log, chance: random.Random, *, stored: int, delay: float) -> bool:
    """Kill a writer within `delay` seconds after a transaction began, once it has stored so many; False when it was done before."""
    while writer.is_alive() and log.count(b" added\n") < stored:
        time.sleep(0.002)
    begun = log.count(b"begin\n")
    while writer.is_alive() and log.count(b"begin\n") == begun:
        time.sleep(0.0005)
    time.sleep(chance.uniform(0, delay))
    if not writer.is_alive():
        return False
    writer.kill()
    ended(writer)
    return True


def ended(writer: BaseProcess) -> None:
    """Wait for a writer's end."""
    writer.join()
    writer.close()
