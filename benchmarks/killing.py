"""What campaigns of kills have in common: a log that tells of transactions, and a writer that is ended in the middle of one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, event

from corpus.store import Corpus


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
    engine = corpus.vectors.connect().engine
    event.listen(engine, "begin", lambda connection: _writes(connection) and note("begin"))
    event.listen(engine, "commit", lambda connection: _writes(connection) and note("commit"))


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writing"))


def killed(writer: subprocess.Popen[bytes], log: Log, chance: random.Random, *, stored: int, delay: float) -> bool:
    """Kill a writer within `delay` seconds after a transaction began, once it has stored so many; False when it was done before."""
    with writer:
        while writer.poll() is None and log.count(b" added\n") < stored:
            time.sleep(0.01)
        begun = log.count(b"begin\n")
        while writer.poll() is None and log.count(b"begin\n") == begun:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, delay))
        if writer.poll() is not None:
            return False
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    return True
