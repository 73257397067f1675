"""The embedded database: one SQLite file in WAL mode, through SQLAlchemy; its schema kept by Alembic.

Writers begin with BEGIN IMMEDIATE: a deferred transaction that reads first and writes later fails at once
under concurrency, whatever the timeout (measured: 1,156 of 1,600 transactions; with IMMEDIATE none).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from corpus.errors import CorpusUnavailable

FILE = "corpus.sqlite3"
HEAD = "0002"
"""The newest migration; a corpus of a newer program is refused."""

PATIENCE = 300
"""Seconds that a writer waits for others; a batch of long documents holds the lock for over ten (measured)."""

_WRITING = {"writing": True}

_LOCK = 7235101
"""Any number that others who use the same server's database do not lock."""


def open_database(folder: Path) -> Engine:
    """Connect to a folder's database and bring its schema up to date; raises CorpusUnavailable."""

    def unavailable(error: BaseException) -> CorpusUnavailable:
        return CorpusUnavailable(f"{folder}: the corpus cannot be used ({error})")

    engine = connect(_address(folder), unavailable=unavailable)
    try:
        migrate(engine, scripts="corpus:migrations", head=HEAD, newer=_newer)
    except CorpusUnavailable:
        engine.dispose()
        raise
    return engine


def connect(address: URL, *, unavailable: Callable[[BaseException], Exception], patience: int = PATIENCE) -> Engine:
    """An engine for a SQLite file or a database server; what goes wrong there becomes `unavailable`'s exception.

    A writer waits `patience` seconds for others.
    """
    embedded = address.get_backend_name() == "sqlite"
    settings = {"connect_args": {"timeout": patience}, "max_overflow": -1} if embedded else {"pool_pre_ping": True}
    engine = create_engine(address, **settings)
    if embedded:
        event.listen(engine, "connect", partial(_configure, patience=patience))
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "begin", _one_writer)

    def translate(context: ExceptionContext) -> None:
        # Here and not where statements run, so that a full disk or a locked file is ours everywhere.
        error = context.original_exception
        of_database = isinstance(error, sqlite3.Error) or isinstance(context.sqlalchemy_exception, DBAPIError)
        if of_database and not isinstance(context.sqlalchemy_exception, IntegrityError):
            raise unavailable(error) from error

    event.listen(engine, "handle_error", translate)
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


def _configure(connection: sqlite3.Connection, _record: object, *, patience: int) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see `_begin`
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged document survives a power cut too
        "foreign_keys = ON",
        f"busy_timeout = {1_000 * patience}",
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


def _one_writer(connection: Connection) -> None:
    """The same promise on a server: whoever writes does so alone, from the first thing that it reads."""
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def migrate(engine: Engine, *, scripts: str, head: str, newer: Callable[[str], Exception]) -> None:
    """Bring a schema up to its newest migration; one that is newer than this program raises `newer`'s exception."""
    with engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
    if found == head:
        return
    if found is not None and found > head:
        raise newer(found)
    _upgrade(engine, scripts)


def _newer(found: str) -> CorpusUnavailable:
    return CorpusUnavailable(f"this corpus was written by a newer OnRecord (schema {found}); update the program")


def _upgrade(engine: Engine, scripts: str) -> None:
    # Imported here because it costs a tenth of a second and is needed once in the life of a corpus.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
