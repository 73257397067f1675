"""One corpus over several servers: the large tables in partitions, each a table on another server (postgres_fdw).

The server that is named as the corpus plans, asks the others and holds what is small. Versions with their turns and passages
lie together on one server, by the version's number, so that their joins are made there; the index lies by its buckets, of which
each look-up asks few; vectors by their passage, kept bytes by their document.

Each server counts the writes that it has seen (`holding`). Who reads looks at all counts first: where they are equal, every
server shows the same state; where one does not answer, nothing is answered. postgres_fdw commits on one server after the other, so a
reader may meet a write half done, and waits; where one of the servers failed just then, the counts stay unequal, and the corpus is refused.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import URL, Connection, Table, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from corpus.errors import CorpusUnavailable
from corpus.postings import BUCKET_BITS
from corpus.schema import capture, passage, posting, turn, vector, version

SPREAD: Mapping[Table, str] = MappingProxyType(
    {version: "id", turn: "version_id", passage: "version_id", posting: "bucket", vector: "passage_id", capture: "document_id"}
)  # fmt: skip
"""Which tables lie on the other servers, and by which column."""

_TOGETHER = (version, turn, passage)
"""Rows of one version lie on one server, so that those keys can be kept there."""

OLDEST = 14
"""Of before, a server neither sends rows to partitions in batches nor asks several servers at once."""

_HOLDING = "holding"
_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "fetch_size": "10000",  # a hundred rows a journey otherwise, and statements here read thousands
        "batch_size": "1000",  # one row a journey otherwise
        "async_capable": "true",  # the servers work at once, not one after the other
        "fdw_tuple_cost": "1",  # rows on their way are dear: else joins are made here, out of all versions
        "connect_timeout": "10",
        "tcp_user_timeout": "30000",
    }
)
"""Of each foreign server. Estimates stay our own (`use_remote_estimate`): to ask for them costs journeys each time that a statement is planned."""

_PATIENCE = 10.0
"""Seconds that a reader waits for a write to be done on all servers: its commits take milliseconds."""

_PAUSE = 0.01
_ROWS = 1_000

SETTINGS = "-cenable_partitionwise_join=on -cenable_partitionwise_aggregate=on"
"""Joins and counts are made on the servers that hold the rows."""

_KIND = text("SELECT relkind FROM pg_class WHERE oid = to_regclass(:name)")


@dataclass(frozen=True, slots=True)
class Member:
    """A server that holds a part: how postgres_fdw reaches it, and as whom."""

    options: Mapping[str, str]
    user: Mapping[str, str]

    @classmethod
    def at(cls, url: URL) -> Member:
        """The server at an address, as its parameters say."""
        given = {key: str(value) for key, value in url.query.items()}
        host, port = url.host or given.pop("host", ""), str(url.port or given.pop("port", "5432"))
        options = {"host": host, "port": port, "dbname": str(url.database)} | given
        user = {"user": url.username or ""} | ({"password": str(url.password)} if url.password else {})
        return cls({key: value for key, value in options.items() if value}, {k: v for k, v in user.items() if v})


def is_part(connection: Connection, schema: str) -> bool:
    """True for a server that holds a part of another's corpus."""
    return _kind(connection, schema) == "r"


def is_spread(connection: Connection, schema: str) -> bool:
    """True for the server that is named as a corpus over several."""
    return _kind(connection, schema) == "p"


def _kind(connection: Connection, schema: str) -> str | None:
    found = connection.execute(_KIND, {"name": f'"{quoted(schema)}".{_HOLDING}'}).scalar()
    return found.decode() if isinstance(found, bytes) else found


def make_part(connection: Connection, number: int) -> None:
    """The tables of one part, empty, in the schema of the connection."""
    for table in SPREAD:
        kept = [key for key in table.foreign_key_constraints if table in _TOGETHER and key.referred_table in _TOGETHER]
        connection.execute(CreateTable(table, include_foreign_key_constraints=kept))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    connection.exec_driver_sql(f"CREATE TABLE {_HOLDING} (server integer PRIMARY KEY, writes bigint NOT NULL)")
    connection.exec_driver_sql(f"INSERT INTO {_HOLDING} VALUES ({number}, 0)")
    # A view keeps no search path: whoever asks through postgres_fdw has another one.
    schema = connection.exec_driver_sql("SELECT quote_literal(current_schema())").scalar_one()
    connection.exec_driver_sql(
        "CREATE VIEW occupied AS SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint AS bytes FROM pg_class c "
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = {schema}"
    )


def make_whole(connection: Connection, members: Sequence[Member], *, schema: str) -> None:
    """Put partitions on the servers in the place of the tables of an empty corpus."""
    servers = [f"{schema}_{number}" for number in range(1, len(members) + 1)]
    for server, member in zip(servers, members, strict=True):
        options = _listed({**_OPTIONS, **member.options})
        connection.exec_driver_sql(
            f'CREATE SERVER "{quoted(server)}" FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({options})'
        )
        user = f" OPTIONS ({_listed(member.user)})" if member.user else ""
        connection.exec_driver_sql(f'CREATE USER MAPPING FOR PUBLIC SERVER "{quoted(server)}"{user}')
    for table, column in SPREAD.items():
        _divide(connection, table.name, column, servers, schema=schema, ranged=table is posting)
    connection.exec_driver_sql(
        f"CREATE TABLE {_HOLDING} (server integer NOT NULL, writes bigint NOT NULL) PARTITION BY LIST (server)"
    )
    connection.exec_driver_sql(f"CREATE TABLE {_HOLDING}_0 PARTITION OF {_HOLDING} FOR VALUES IN (0)")
    connection.exec_driver_sql(f"INSERT INTO {_HOLDING} VALUES (0, 0)")
    for number, server in enumerate(servers, start=1):
        _foreign(connection, f"{_HOLDING}_{number}", _HOLDING, server, schema, f"PARTITION OF {_HOLDING} FOR VALUES IN ({number})")  # fmt: skip
        _foreign(connection, f"occupied_{number}", "occupied", server, schema, "(bytes bigint)")


def _divide(
    connection: Connection, name: str, column: str, servers: Sequence[str], *, schema: str, ranged: bool
) -> None:
    """A table in partitions; a foreign one can have no unique index, so those are on the servers only."""
    connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {name}_before")
    how = "RANGE" if ranged else "HASH"
    connection.exec_driver_sql(f"CREATE TABLE {name} (LIKE {name}_before) PARTITION BY {how} ({column})")
    connection.exec_driver_sql(f"DROP TABLE {name}_before CASCADE")
    count, buckets = len(servers), 1 << BUCKET_BITS
    for at, server in enumerate(servers):
        part = f"WITH (MODULUS {count}, REMAINDER {at})"
        if ranged:  # merging goes through the buckets in order, some thousands at a time
            first = "MINVALUE" if at == 0 else str(buckets * at // count)
            end = "MAXVALUE" if at + 1 == count else str(buckets * (at + 1) // count)
            part = f"FROM ({first}) TO ({end})"
        _foreign(connection, f"{name}_{at + 1}", name, server, schema, f"PARTITION OF {name} FOR VALUES {part}")


def _foreign(connection: Connection, name: str, remote: str, server: str, schema: str, what: str) -> None:
    options = _listed({"schema_name": schema, "table_name": remote})
    connection.exec_driver_sql(f'CREATE FOREIGN TABLE {name} {what} SERVER "{quoted(server)}" OPTIONS ({options})')


def agreed(connection: Connection, *, name: str) -> None:
    """See to it that this transaction sees one state on all servers; raises CorpusUnavailable where one is behind.

    It must be the first that a transaction asks.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        writes = connection.exec_driver_sql(f"SELECT server, writes FROM {_HOLDING} ORDER BY server").all()
        if len({each.writes for each in writes}) == 1:
            return
        if time.monotonic() > until:
            told = ", ".join(f"{each.server}: {each.writes}" for each in writes)
            raise CorpusUnavailable(
                f"{name}: its servers do not hold the same state (writes by server {told}); one failed while a write was ending."
                " Copy the corpus, or its backup, to empty servers (“onrecord corpus spread”, “onrecord corpus copy”)"
            )
        connection.connection.rollback()  # the driver's, past the events: the next question sees a newer state
        time.sleep(_PAUSE)


def count_write(connection: Connection) -> None:
    """Let every server count the write that begins here."""
    connection.exec_driver_sql(f"UPDATE {_HOLDING} SET writes = writes + 1")


def occupied(connection: Connection, schema: str) -> int:
    """Bytes of the parts on all servers."""
    return sum(
        int(connection.exec_driver_sql(f"SELECT bytes FROM occupied_{number}").scalar_one())
        for number, _ in enumerate(_members(connection, schema), start=1)
    )


def silent(connection: Connection, schema: str) -> dict[str, str]:
    """The servers that do not answer, as they are reached, each with what was said instead; each question is a transaction."""
    found = {}
    for number, where in enumerate(_members(connection, schema), start=1):
        try:
            connection.exec_driver_sql(f'SELECT writes FROM "{quoted(schema)}".{_HOLDING}_{number}').all()
        except SQLAlchemyError as error:
            found[where] = " ".join(str(error.__cause__).split())
    return found


def _members(connection: Connection, schema: str) -> list[str]:
    wanted = text(
        "SELECT s.srvoptions FROM pg_foreign_server s JOIN pg_foreign_table t ON t.ftserver = s.oid JOIN pg_class c ON c.oid = t.ftrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema AND c.relname ~ :holding ORDER BY length(c.relname), c.relname"
    )
    rows = connection.execute(wanted, {"schema": schema, "holding": f"^{_HOLDING}_[0-9]+$"}).scalars()
    given = [dict(option.partition("=")[::2] for option in options) for options in rows]
    return [f"{each['host']}:{each['port']}/{each['dbname']}" for each in given]


def insert_by_arrays(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]], types: Mapping[str, str]
) -> None:
    """Store rows by way of one statement for many, which postgres_fdw sends on in batches; COPY it sends row by row before version 16."""
    names = list(rows[0])
    preparer = connection.dialect.identifier_preparer
    columns = ", ".join(preparer.quote(name) for name in names)
    arrays = ", ".join(f"%s::{types[name]}[]" for name in names)
    statement = f"INSERT INTO {preparer.format_table(table)} ({columns}) SELECT * FROM unnest({arrays})"
    for at in range(0, len(rows), _ROWS):
        some = rows[at : at + _ROWS]
        connection.exec_driver_sql(statement, tuple([row[name] for row in some] for name in names))


def _listed(options: Mapping[str, str]) -> str:
    return ", ".join(f"\"{quoted(name)}\" '{_escaped(value)}'" for name, value in options.items())


def _escaped(value: str) -> str:
    return value.replace("'", "''").replace("%", "%%")  # a percent sign would be a parameter's to the driver


def quoted(name: str) -> str:
    """A name as it stands between double quotes."""
    return name.replace('"', '""')
