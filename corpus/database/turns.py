"""Writers of one SQLite file take turns: who came first writes first, in whichever process.

SQLite has whoever finds the file locked sleep and ask again, ever more seldom, up to ten times a second. Whoever has just written is awake
and takes the lock again, so that of eight writers one writes and seven sleep (measured: half of all writes waited no millisecond, one in a
hundred longer than 130, the unluckiest four seconds). Here each writer draws a number and waits until the one before is done:

    byte 0        locked while somebody draws
    byte N        locked by whoever drew N, until they have written; N + 1 waits for it
    bytes 0 to 8  as content: the last number that was drawn

The kernel keeps the locks of open files in a queue of those who wait, and ends them with their process. These are manners, not
safety: SQLite's own lock is taken as before, so that whoever knows of no queue, or cannot keep one, harms nobody.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

SUFFIX = "-queue"
"""What the queue's file is called behind the database's name: a file of its own, since closing that one would end SQLite's locks."""

_DRAWING = 0
_NUMBER = 8
_RANGE = "hhqqi4x"
"""A `struct flock` of Linux: kind, from where, start, length (0: to the end), process."""


class Turn:
    """A place in the queue, held until it is passed on."""

    __slots__ = ("_queue",)

    def __init__(self, queue: int) -> None:
        self._queue: int | None = queue

    def pass_on(self) -> None:
        """Let the next one write; a second time nothing happens."""
        queue, self._queue = self._queue, None
        if queue is not None:
            _leave(queue)


def take(file: Path, *, seconds: float) -> Turn | None:
    """Wait for one's turn at the queue in a file; None where no queue can be kept. Raises TimeoutError."""
    if sys.platform != "linux":  # other systems have no such locks, or other numbers for them
        return None
    until = monotonic() + seconds
    try:
        queue = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # a folder that cannot be written, or a full disk: SQLite will say so
        return None
    try:
        if _locked(queue, _DRAWING, until) and _locked(queue, _drawn(queue) - 1, until):
            return Turn(queue)
    except OSError:  # a file system without such locks
        os.close(queue)
        return None
    raise TimeoutError


def _drawn(queue: int) -> int:
    """The next number, and the lock of its byte."""
    number = max(_NUMBER, int.from_bytes(os.pread(queue, _NUMBER, 0), "big")) + 1
    _lock(queue, number, fcntl.F_OFD_SETLK)
    os.pwrite(queue, number.to_bytes(_NUMBER, "big"), 0)
    _lock(queue, _DRAWING, fcntl.F_OFD_SETLK, kind=fcntl.F_UNLCK)
    return number


def _locked(queue: int, byte: int, until: float) -> bool:
    """Whether a byte was had in time; who waited in vain leaves the queue when its turn comes, so that nobody behind is let in early."""
    try:
        _lock(queue, byte, fcntl.F_OFD_SETLK)
    except BlockingIOError:
        return _Waiting(queue, byte).comes(max(0.0, until - monotonic()))
    return True


def _lock(queue: int, byte: int, how: int, *, kind: int = fcntl.F_WRLCK, length: int = 1) -> None:
    fcntl.fcntl(queue, how, struct.pack(_RANGE, kind, os.SEEK_SET, byte, length, 0))


def _leave(queue: int) -> None:
    # Unlocked by name and not by closing alone: a process that was forked meanwhile holds the file too.
    _lock(queue, 0, fcntl.F_OFD_SETLK, kind=fcntl.F_UNLCK, length=0)
    os.close(queue)


class _Waiting(Thread):
    """Waits for a byte in the kernel's queue, which knows no time limit."""

    def __init__(self, queue: int, byte: int) -> None:
        super().__init__(name="turn", daemon=True)
        self._queue, self._byte = queue, byte
        self._came, self._left, self._deciding = Event(), False, Lock()

    def comes(self, seconds: float) -> bool:
        """Whether its turn comes within so many seconds; if not, the thread leaves the queue later."""
        self.start()
        if self._came.wait(seconds):
            return True
        with self._deciding:
            self._left = not self._came.is_set()
        return not self._left

    def run(self) -> None:
        """Wait, and tell."""
        with suppress(OSError):  # a lock that is refused lets its owner go on: SQLite's own is still to be had
            _lock(self._queue, self._byte, fcntl.F_OFD_SETLKW)
        with self._deciding:
            self._came.set()
            if self._left:
                _leave(self._queue)
