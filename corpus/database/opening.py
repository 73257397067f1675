"""From a location to an open database whose tables are up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import cast

from sqlalchemy import URL, Connection, Engine, Table

from corpus.database import sqlite
from corpus.database.migrate import bring_up_to_date
from corpus.database.place import PATIENCE, Place
from corpus.database.sqlite import SqliteFolder
from corpus.errors import CorpusUnavailable

Location = str | Path | Place
"""A folder, `postgresql://user@host:port/database`, or a place."""


def place_at(location: Location) -> Place:
    """The place that a location names; raises CorpusUnavailable for an address that leads nowhere."""
    if not isinstance(location, str | Path):
        return location
    scheme, address, _ = str(location).partition("://")
    if not address:
        return SqliteFolder(Path(location))
    if scheme in ("postgresql", "postgres"):
        from corpus.database.postgresql import PostgresqlSchema  # its library takes a tenth of a second to load

        return PostgresqlSchema.at(str(location))
    raise CorpusUnavailable(
        f"{scheme}://…: a corpus is a folder or postgresql://user@host:port/database, and nothing else"
    )


def open_database(location: Location, *, create: bool = True) -> Engine:
    """Connect to a place and bring its tables up to date; raises CorpusUnavailable."""
    place = place_at(location)
    engine = place.engine()
    try:
        if create:
            place.prepare(engine)
        elif not place.held(engine):
            raise CorpusUnavailable(
                f"{place.name}: no corpus here; make one with “onrecord corpus add PATH --corpus {place.name}”"
            )
        bring_up_to_date(engine, place.name)
    except CorpusUnavailable:
        engine.dispose()
        raise
    return engine


def connect(address: URL, *, unavailable: Callable[[BaseException], Exception], patience: int = PATIENCE) -> Engine:
    """An engine for an SQLite file or a database server that holds no corpus; errors become `unavailable`'s exception.

    A writer waits `patience` seconds for others, on a server as long as they take. Raises ImportError where the server's
    library is not installed.
    """
    if address.get_backend_name() == "sqlite":
        return sqlite.connect(address, unavailable=unavailable, patience=patience)
    from corpus.database import postgresql  # its library takes a tenth of a second to load

    return postgresql.connect(address, unavailable=unavailable)


def place_of(connection: Connection) -> Place:
    """Where a connection leads."""
    return cast(Place, connection.get_execution_options()["place"])


def alone(engine: Engine) -> AbstractContextManager[bool]:
    """True for the one who rearranges the index; who comes meanwhile gets False, and need not wait."""
    return cast(Place, engine.get_execution_options()["place"]).alone(engine)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Store rows that all name the same columns, the fastest way that the database knows."""
    if rows:
        place_of(connection).insert_rows(connection, table, rows)


def writing(engine: Engine) -> Connection:
    """A connection whose transactions take the write lock at once, and see what the writer before has written."""
    return engine.connect().execution_options(writing=True)
