"""The seam: what a corpus asks of the place in which it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, Table

from corpus.database.contents import Stored

PATIENCE = 300
"""Seconds that a writer waits for others; a batch of long documents holds the lock for over ten (measured)."""


class Place(Protocol):
    """A folder, or a schema of a server's database.

    `engine` hands out connections that see one state of the corpus from their first statement to their commit, and that
    take the one lock of all writers at once when they carry the execution option `writing`; the option `place` is the place. What goes wrong in the
    database is a CorpusUnavailable that names the place and what to do.
    """

    @property
    def name(self) -> str:
        """How the place is called in messages; no password."""
        ...

    def engine(self) -> Engine:
        """Connections to it; nothing is connected yet."""
        ...

    def held(self, engine: Engine) -> bool:
        """True when a corpus is there."""
        ...

    def prepare(self, engine: Engine) -> None:
        """Make room for a corpus where none is."""
        ...

    def fixed(self, engine: Engine) -> str | None:
        """Why the tables of a corpus cannot be brought up to date here; None where they can."""
        ...

    def alone(self, engine: Engine) -> AbstractContextManager[bool]:
        """True for one of all processes and threads at a time, until it leaves or dies; False for the others, at once."""
        ...

    def snapshot(self, engine: Engine, file: Path) -> bool:
        """Write all of the corpus to an SQLite file at once; False where only a copy row by row can."""
        ...

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Store rows that all name the same columns, the fastest way that the database knows; at least one."""
        ...

    @property
    def address(self) -> str:
        """What names the place where it is given as a location; with the password, so it is shown to nobody."""
        ...

    def collection(self, name: str) -> Place:
        """Where a private collection of that name lies, or would lie."""
        ...

    def collections(self) -> tuple[str, ...]:
        """The names of the private collections that are there."""
        ...

    def contents(self) -> Iterator[Stored]:
        """All bytes that are stored there, with the collections: those of files, and the values of rows."""
        ...

    def unused(self) -> None:
        """Raises CorpusUnavailable when somebody else has the corpus open, who would keep removed words alive."""
        ...

    def compact(self, engine: Engine) -> None:
        """Write the corpus anew, so that nothing is left of rows that were deleted; raises CorpusUnavailable."""
        ...

    def remove(self) -> None:
        """Remove the whole corpus; raises CorpusUnavailable, and removes nothing, while somebody else has it open."""
        ...

    def size(self, connection: Connection) -> int:
        """Bytes that the corpus takes."""
        ...

    def hamming(self, connection: Connection) -> str | None:
        """The operator that counts in how many bits two strings differ, where the database has the sign bits as rows to count."""
        ...

    def damage(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong, in words."""
        ...
