"""Copying a corpus from one place to another, row by row: what is found in the copy is what was found before.

Rows keep their numbers, since of equals the lower number comes first in a ranking. A copy reads one state of its source,
however long it takes. It is marked as unfinished until its rows are counted and its fingerprint is worked out anew from
what was stored; killed, it goes on from where it was while the source is the same, and else begins again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, func, insert, select, tuple_

from corpus import rows
from corpus.database import Location, alone, insert_rows, open_database, place_at, writing
from corpus.errors import CorpusUnavailable
from corpus.schema import metadata, setting, version

_ROWS = 2_000
"""Rows a transaction: texts and postings are some ten kilobytes each, and a commit waits for the disk."""


@dataclass(frozen=True, slots=True)
class Copying:
    """How far a copy is, in rows of all tables."""

    done: int
    total: int


def copy_corpus(
    source: Location, target: Location, *, on_progress: Callable[[Copying], None] = lambda progress: None
) -> str:
    """Copy everything, to an empty place or on from where a copy of the same was; returns the fingerprint of both.

    Raises CorpusUnavailable when the target holds anything else, and when the copy is not equal.
    """
    origin = open_database(source, create=False)
    name = place_at(target).name
    try:
        copy = open_database(target)
        try:
            with alone(copy) as nobody_else, origin.connect() as reading:
                if not nobody_else:
                    raise CorpusUnavailable(f"{name}: somebody else is copying to it, or its index is being merged")
                if reading.execute(select(setting.c.value).where(setting.c.name == rows.UNFINISHED)).first():
                    raise CorpusUnavailable(f"{place_at(source).name}: this is itself an unfinished copy")
                counts = _counts(reading)
                _begin(copy, name, _state(reading, counts))
                _copy_tables(reading, copy, counts, on_progress)
                return _finish(reading, copy, name, counts)
        finally:
            copy.dispose()
    finally:
        origin.dispose()


def _tables() -> list[Table]:
    """All but the settings, which tell that a copy is finished; those that others point at come first."""
    return [table for table in metadata.sorted_tables if table is not setting]


def _counts(connection: Connection) -> dict[str, int]:
    tables = _tables()
    return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def _state(connection: Connection, counts: dict[str, int]) -> str:
    """What tells one state of a source from another: its settings, how many rows there are, and the newest of each."""
    newest = [connection.execute(select(*map(func.max, table.primary_key))).one() for table in _tables()]
    settings = connection.execute(select(setting).order_by(setting.c.name)).all()
    told = json.dumps([[*map(list, settings)], sorted(counts.items()), [*map(list, newest)]])
    return hashlib.sha256(told.encode()).hexdigest()


def _begin(copy: Engine, name: str, state: str) -> None:
    with writing(copy) as connection:
        begun = connection.execute(select(setting.c.value).where(setting.c.name == rows.UNFINISHED)).scalar()
        if begun is None and connection.execute(select(version.c.id).limit(1)).first():
            raise CorpusUnavailable(f"{name}: there is a corpus already; name an empty place")
        if begun != state:
            for table in reversed(_tables()):
                connection.execute(delete(table))
            rows.put_setting(connection, rows.UNFINISHED, state)
            connection.commit()


def _copy_tables(
    reading: Connection, copy: Engine, counts: dict[str, int], on_progress: Callable[[Copying], None]
) -> None:
    done, total = 0, sum(counts.values())
    for table in _tables():
        with writing(copy) as connection:
            done += connection.execute(select(func.count()).select_from(table)).scalar_one()
            last = _last(connection, table)
            connection.commit()
            for batch in _batches(reading, table, last):
                insert_rows(connection, table, [row._mapping for row in batch])  # type: ignore[misc]  # column names
                connection.commit()
                done += len(batch)
                on_progress(Copying(done, total))


def _last(connection: Connection, table: Table) -> Row[Any] | None:
    keys = list(table.primary_key)
    return connection.execute(select(*keys).order_by(*(key.desc() for key in keys)).limit(1)).first()


def _batches(reading: Connection, table: Table, after: Row[Any] | None) -> Iterator[list[Row[Any]]]:
    keys = list(table.primary_key)
    wanted = select(table).order_by(*keys)
    if after is not None:
        wanted = wanted.where(tuple_(*keys) > tuple_(*after))
    found = iter(reading.execution_options(yield_per=_ROWS).execute(wanted))
    while batch := list(islice(found, _ROWS)):
        yield batch


def _finish(reading: Connection, copy: Engine, name: str, counts: dict[str, int]) -> str:
    with writing(copy) as connection:
        copied = _counts(connection)
        for table, count in counts.items():
            if copied[table] != count:
                raise CorpusUnavailable(
                    f"{name}: {copied[table]:,} of {count:,} rows of “{table}” came over; copy again"
                )
        settings = {row.name: row.value for row in reading.execute(select(setting))}
        fingerprint = rows.fingerprint_of_rows(connection)
        if fingerprint != settings.get("fingerprint", fingerprint):
            raise CorpusUnavailable(
                f"{name}: the copied documents are not those that the source says it holds; verify it"
            )
        connection.execute(delete(setting))
        if settings:
            connection.execute(insert(setting), [{"name": name, "value": value} for name, value in settings.items()])
        connection.commit()
    return fingerprint[:12]
