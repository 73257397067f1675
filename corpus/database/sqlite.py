"""The embedded database: one SQLite file in WAL mode in a folder.

Writers begin with BEGIN IMMEDIATE: a deferred transaction that reads first and writes later fails at once
under concurrency, whatever the timeout (measured: 1,156 of 1,600 transactions; with IMMEDIATE none). They take turns before
that (`turns.py`).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import cast
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, ExceptionContext, Table, create_engine, event
from sqlalchemy.exc import IntegrityError

from corpus.database.contents import Stored, blocks, stretches, unreadable
from corpus.database.place import PATIENCE
from corpus.database.turns import SUFFIX, Turn, take
from corpus.errors import CorpusUnavailable

FILE = "corpus.sqlite3"
_MAGIC = b"SQLite format 3\x00"
_ZEROS = 1 << 20
_OWNED = 2
"""Seconds that a purge waits for others to let go."""

COLLECTIONS = "collections"
"""The folder of the private collections, in a corpus' folder."""


@dataclass(frozen=True, slots=True)
class SqliteFolder:
    """A folder with one file in it, and that file's log while the corpus is open; a backup's file may have any name."""

    folder: Path
    file: str = FILE

    @property
    def name(self) -> str:
        """The folder's path, or that of a file of another name."""
        return str(self.folder if self.file == FILE else self.folder / self.file)

    @property
    def address(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def collection(self, name: str) -> SqliteFolder:
        """A folder in the corpus' own."""
        return SqliteFolder(self.folder / COLLECTIONS / name)

    def collections(self) -> tuple[str, ...]:
        """The folders that hold a corpus' file."""
        return tuple(file.parent.name for file in (self.folder / COLLECTIONS).glob(f"*/{FILE}"))

    def engine(self) -> Engine:
        """Connections to the file; the file is made with the first of them."""

        def unavailable(error: BaseException) -> CorpusUnavailable:
            return CorpusUnavailable(f"{self.name}: the corpus cannot be used ({error})")

        address = _address(self.folder / self.file)
        return connect(address, unavailable=unavailable).execution_options(place=self)

    def held(self, engine: Engine) -> bool:
        """True when the file is there."""
        return (self.folder / self.file).is_file()

    def prepare(self, engine: Engine) -> None:
        """Make the folder; that of a private collection is its owner's alone."""
        private = self.folder.parent.name == COLLECTIONS
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
        except OSError as error:
            raise CorpusUnavailable(f"{self.folder}: the folder cannot be made ({error.strerror})") from error

    def size(self, connection: Connection) -> int:
        """Bytes of the file and its log."""
        return sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())

    def contents(self) -> Iterator[Stored]:
        """Each file below the folder as it is, and each database among them row by row: long values are cut into pages.

        Closing a file ends the locks that SQLite holds on it in this process: not for one that has the corpus open.
        """
        closed: list[str] = []
        for folder, _, files in os.walk(self.folder, onerror=lambda error: closed.append(str(error.filename))):
            for file in (Path(folder) / name for name in sorted(files)):
                database = False
                for each in stretches(file):
                    database = database or each.content.startswith(_MAGIC)
                    yield each
                if database:
                    yield from _rows(file)
        yield from map(unreadable, closed)

    def unused(self) -> None:
        """Leaving the mode with a log takes all locks, which nobody gets while another connection is open."""
        with closing(self._owned()):
            pass

    def compact(self, engine: Engine) -> None:
        """VACUUM writes a new file, through the log, which is then emptied."""
        with engine.connect() as connection:  # past SQLAlchemy, which would begin a transaction
            raw = cast(sqlite3.Connection, connection.connection.driver_connection)
            try:
                raw.execute("VACUUM")
                (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.Error as error:
                raise CorpusUnavailable(f"{self.name}: the file cannot be written anew ({error})") from error
        if busy:
            raise CorpusUnavailable(
                f"{self.name}: somebody began to read it, so that its log still holds removed words; run this again"
            )

    def remove(self) -> None:
        """The file is overwritten before it goes: who opened it meanwhile and waits finds no corpus, and no words."""
        with closing(self._owned()):
            for path in (self.folder / self.file, *self.folder.glob(f"{self.file}-*")):
                if path.exists():
                    _overwrite(path)
            shutil.rmtree(self.folder)

    def _owned(self) -> sqlite3.Connection:
        """A connection that nobody has beside; raises CorpusUnavailable."""
        connection = sqlite3.connect(self.folder / self.file, timeout=_OWNED, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            connection.close()
            raise CorpusUnavailable(
                f"{self.name}: nothing was removed, since somebody has it open ({error}); end the commands that use it, "
                "and run this one again"
            ) from error
        return connection

    def hamming(self, connection: Connection) -> None:
        """None: SQLite counts no bits."""

    def damage(self, connection: Connection) -> Iterator[str]:
        """What SQLite's own check finds."""
        problems = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        yield from (problem for problem in problems if problem != "ok")
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").mappings():
            yield f"a row of “{row['table']}” leads to none of “{row['parent']}”"

    def fixed(self, engine: Engine) -> str | None:
        """A file's tables can always be changed."""
        return None

    @contextmanager
    def alone(self, engine: Engine) -> Iterator[bool]:
        """A lock on the folder itself: one on the file would end SQLite's own when it is closed."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(folder)

    def snapshot(self, engine: Engine, file: Path) -> bool:
        """SQLite's own online backup, of one state; afterwards one file without a log."""
        with engine.connect() as connection, closing(sqlite3.connect(file)) as copy:
            source = cast(sqlite3.Connection, connection.connection.driver_connection)
            try:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.Error as error:
                raise CorpusUnavailable(f"{file}: the backup cannot be written ({error})") from error
        return True

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Store rows, one prepared statement for all; past SQLAlchemy's own reading of each, which takes longer than storing it."""
        names = list(rows[0])
        preparer = connection.dialect.identifier_preparer
        columns = ", ".join(map(preparer.quote, names))
        marks = ", ".join("?" * len(names))
        statement = f"INSERT INTO {preparer.format_table(table)} ({columns}) VALUES ({marks})"
        connection.exec_driver_sql(statement, [tuple(row[name] for name in names) for row in rows])


def _rows(file: Path) -> Iterator[Stored]:
    """The values of a database's tables."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for name in (raw.decode() for (raw,) in tables):
                quoted = name.replace('"', '""')
                found = connection.execute(f'SELECT * FROM "{quoted}"')
                yield from blocks(f"{file}, table {name}", (value for row in found for value in row), fresh=False)
    except sqlite3.Error:
        yield unreadable(f"{file}, its rows")


def _overwrite(path: Path) -> None:
    with path.open("r+b") as stream:
        left = os.fstat(stream.fileno()).st_size
        while left:
            left -= stream.write(bytes(min(left, _ZEROS)))
        stream.flush()
        os.fsync(stream.fileno())


def connect(address: URL, *, unavailable: Callable[[BaseException], Exception], patience: int = PATIENCE) -> Engine:
    """Connections to a file; what goes wrong there becomes `unavailable`'s exception. A writer waits `patience` seconds."""
    # Errors are logged, and what stands in statements are drafts and hashes of passwords.
    given = {"timeout": patience, "factory": _TakingTurns}
    engine = create_engine(address, connect_args=given, max_overflow=-1, hide_parameters=True)
    event.listen(engine, "connect", partial(_configure, patience=patience))
    event.listen(engine, "begin", partial(_begin, patience=patience))

    def translate(context: ExceptionContext) -> None:
        # Here and not where statements run, so that a full disk or a locked file is ours everywhere.
        error = context.original_exception
        if isinstance(error, sqlite3.Error) and not isinstance(context.sqlalchemy_exception, IntegrityError):
            raise unavailable(error) from error

    event.listen(engine, "handle_error", translate)
    return engine


def _address(file: Path) -> URL:
    """Where the file lies; built from parts, since a folder's name may hold ? or %."""
    path = file.absolute()
    if os.access(path.parent, os.W_OK) or not path.exists():
        return URL.create("sqlite", database=str(path))
    # SQLite writes beside the file even to read, unless it is told that nobody changes it; a log that
    # was left there would be passed over, so with one the folder must be writable.
    log = path.with_name(f"{path.name}-wal")
    frozen = {} if log.exists() and log.stat().st_size else {"immutable": "1"}
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true", **frozen})


def _configure(connection: sqlite3.Connection, _record: object, *, patience: int) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see `_begin`
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged document survives a power cut too
        "foreign_keys = ON",
        f"busy_timeout = {1_000 * patience}",
        "cache_size = -65536",
        "mmap_size = 2147418112",  # the most that SQLite maps: reading what is not mapped takes a fifth of a quote's time
    ):
        connection.execute(f"PRAGMA {pragma}")


def _lower(text: str | None) -> str | None:
    """SQLite's own knows only the letters A to Z."""
    return None if text is None else text.lower()


class _TakingTurns(sqlite3.Connection):
    """A connection whose turn to write ends with its transaction, when the log is on the disk."""

    turn: Turn | None = None

    def commit(self) -> None:
        """Keep what was written, and let the next one write."""
        try:
            super().commit()
        finally:
            self.pass_on()

    def rollback(self) -> None:
        """Let go of what was written, and let the next one write."""
        try:
            super().rollback()
        finally:
            self.pass_on()

    def close(self) -> None:
        """Close, also in the middle of writing."""
        try:
            super().close()
        finally:
            self.pass_on()

    def pass_on(self) -> None:
        """Let the next one write, if somebody waits for us."""
        if self.turn is not None:
            self.turn.pass_on()


def _begin(connection: Connection, *, patience: int) -> None:
    if not connection.get_execution_options().get("writing"):
        connection.exec_driver_sql("BEGIN")
        return
    raw = cast(_TakingTurns, connection.connection.driver_connection)
    began = monotonic()
    address = connection.engine.url
    with suppress(TimeoutError):  # who is before us may have been stopped where it does no harm
        raw.turn = take(Path(f"{address.database}{SUFFIX}"), seconds=patience) if not address.query else None
    left = max(0, round(1_000 * (patience - (monotonic() - began))))
    try:
        raw.execute(f"PRAGMA busy_timeout = {left}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except Exception:
        raw.pass_on()
        raise
    finally:
        raw.execute(f"PRAGMA busy_timeout = {1_000 * patience}")
