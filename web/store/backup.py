"""Backups of the desk: one SQLite file, made while others write, from a desk anywhere; and bringing one back to an empty place.

Everything is read in one state of the desk, so that a backup's log ends with what it tells. The witness goes along, as far as that: a copy of the
witness that was made a moment later would name entries that the backup does not have.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Table, func, insert, select, text

from web.store import audit
from web.store.audit import Head
from web.store.database import Store
from web.store.errors import StoreUnavailable
from web.store.schema import metadata

_AT_ONCE = 500
"""Rows that are held in memory; those with findings and files of a batch are large."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds, or brought back: how many rows, and where its log ends."""

    rows: int
    head: Head


def back_up(store: Store, file: Path) -> Kept:
    """Write a backup, and its witness beside it (`FILE-witness`); each has its name only once it is whole.

    Only its owner may read it: there are hashes of passwords in it, and what signs messages to webhooks. Raises StoreUnavailable, also where
    there is a file of that name.
    """
    witness = _witness_of(file)
    for each in (file, witness):
        if each.exists():
            raise StoreUnavailable(f"{each}: there is a file already; name another for this backup")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
            made, heads = Path(folder) / file.name, Path(folder) / witness.name
            kept = _copy(store, _at(made))
            _in_one_file(made)
            with heads.open("a+b", buffering=0) as stream:
                audit.write_witness(stream, [each for each in store.witnessed() if each.number <= kept.head.number])
            for each, name in ((heads, witness), (made, file)):
                each.chmod(0o600)
                each.rename(name)
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(f"{file}: the backup cannot be written ({error})") from error
    return kept


def restore(file: Path, store: Store) -> Kept:
    """Bring a backup to an empty place; a witness that is there already is left as it is.

    Such a witness may know of entries since the backup, which are lost, and it is for `audit verify` to say so. Raises StoreUnavailable.
    """
    _check_backup(file)
    with tempfile.TemporaryDirectory(prefix="onrecord-restore-") as folder:
        read = (
            Path(folder) / "desk.sqlite3"
        )  # the tables of an older one are brought up to date there, not in the backup
        shutil.copyfile(file, read)
        source = _at(read)
        try:
            with store.reading() as connection:
                held = [each.name for each in metadata.sorted_tables if _rows(connection, each)]
            if held:
                raise StoreUnavailable(
                    f"there is a desk already ({', '.join(held)}); name an empty place with ONRECORD_DESK"
                )
            kept = _copy(source, store)
        finally:
            source.close()
    witness = _witness_of(file)
    try:
        if store.witness is not None and not store.witness.exists() and witness.exists():
            shutil.copyfile(witness, store.witness)
            store.witness.chmod(0o600)
    except OSError as error:
        says = f"the desk is back, its witness is not ({error}); copy {witness} to {store.witness}"
        raise StoreUnavailable(says) from error
    return kept


def _copy(source: Store, target: Store) -> Kept:
    """Every row, from one state of the source; raises StoreUnavailable when something else arrives."""
    with source.reading() as reading, target.writing() as writing:
        rows = sum(_copy_table(reading, writing, each) for each in metadata.sorted_tables)
        if writing.dialect.name == "postgresql":
            _count_on(writing)
        head = audit.head(reading)
        if audit.head(writing) != head:
            raise StoreUnavailable("what was copied is not what was read; try again")
    target.close()
    return Kept(rows, head)


def _copy_table(source: Connection, target: Connection, table: Table) -> int:
    copied = 0
    found = source.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
    for some in found.partitions():
        target.execute(insert(table), [dict(row) for row in some])
        copied += len(some)
    if copied != _rows(source, table) or copied != _rows(target, table):
        raise StoreUnavailable(f"the table {table.name} was not copied whole; try again")
    return copied


def _count_on(connection: Connection) -> None:
    """On a server, numbers that were brought along are not given out again."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                f"COALESCE((SELECT max({column.name}) FROM {table.name}), 0) + 1, false)"
            )
        )


def _rows(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _check_backup(file: Path) -> None:
    """Raises StoreUnavailable for a file that holds no desk."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{file}: this is no backup of a desk ({error})") from error
    if not {"account", "audit", "alembic_version"} <= names:
        raise StoreUnavailable(f"{file}: this is no backup of a desk")


def _in_one_file(file: Path) -> None:
    """Without a log beside it that would have to be carried along."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _at(file: Path) -> Store:
    return Store(URL.create("sqlite", database=str(file.absolute())))


def _witness_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-witness")
