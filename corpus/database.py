"""The embedded database: one SQLite file in WAL mode, through SQLAlchemy; its schema kept by Alembic.

Writers begin with BEGIN IMMEDIATE: a deferred transaction that reads first and writes later fails at once
under concurrency, whatever the timeout (measured: 1,156 of 1,600 transactions; with IMMEDIATE none).
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.exc import IntegrityError

from corpus.errors import CorpusUnavailable

FILE = "corpus.sqlite3"
HEAD = "0002"
"""The newest migration; a corpus of a newer program is refused."""

PATIENCE = 300
"""Seconds that a writer waits for others; a batch of long documents holds the lock for over ten (measured)."""

_WRITING = {"writing": True}


def open_database(folder: Path) -> Engine:
    """Connect to a folder's database and bring its schema up to date; raises CorpusUnavailable."""
    engine = create_engine(_address(folder), connect_args={"timeout": PATIENCE}, max_overflow=-1)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)

    def unavailable(context: ExceptionContext) -> None:
        # Here and not where statements run, so that a full disk or a locked file is ours everywhere.
        if not isinstance(context.original_exception, sqlite3.Error):
            return
        if not isinstance(context.sqlalchemy_exception, IntegrityError):
            error = context.original_exception
            raise CorpusUnavailable(f"{folder}: the corpus cannot be used ({error})") from error

    event.listen(engine, "handle_error", unavailable)
    try:
        _migrate(engine)
    except CorpusUnavailable:
        engine.dispose()
        raise
    return engine


def _address(folder: Path) -> URL:
    """Where the file lies; built from parts, since a folder's name may hold ? or %."""
    path = (folder / FILE).absolute()
    if os.access(folder, os.W_OK) or not path.exists():
        return URL.create("sqlite", database=str(path))
    # SQLite writes beside the file even to read, unless it is told that nobody changes it; a log that
    # was left there would be passed over, so with one the folder must be writable.
    log = path.with_name(f"{FILE}-wal")
    frozen = {} if log.exists() and log.stat().st_size else {"immutable": "1"}
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true", **frozen})


def writing(engine: Engine) -> Connection:
    """A connection whose transactions take the write lock at once."""
    return engine.connect().execution_options(**_WRITING)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see `_begin`
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged document survives a power cut too
        "foreign_keys = ON",
        f"busy_timeout = {1_000 * PATIENCE}",
        "cache_size = -65536",
        "mmap_size = 268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _lower(text: str | None) -> str | None:
    """SQLite's own knows only the letters A to Z."""
    return None if text is None else text.lower()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        known = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).first()
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise CorpusUnavailable(f"this corpus was written by a newer OnRecord (schema {found}); update the program")
    _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    # Imported here because it costs a tenth of a second and is needed once in the life of a corpus.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "corpus:migrations")
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
