"""A server: a schema of its own in a PostgreSQL database, through psycopg.

One advisory lock a schema is the lock of all writers: who waits for it sees, with READ COMMITTED, what the one before has
written. Readers take no lock and see one state of the corpus each (REPEATABLE READ). A schema of its own, since a database
may hold other things of the same names: the pgvector extension has a type `vector`, and a table of that name is a type too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import psycopg
from sqlalchemy import (
    URL,
    BigInteger,
    Boolean,
    Connection,
    Engine,
    ExceptionContext,
    Integer,
    LargeBinary,
    Table,
    Text,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from corpus.database import spread
from corpus.database.contents import Stored, blocks, unreadable
from corpus.database.place import PATIENCE
from corpus.errors import CorpusUnavailable

OLDEST = 13
"""The oldest server that it is tried with; older ones are no longer kept up by the project."""

SCHEMA = "onrecord"
"""The schema of a corpus whose address names none."""

_OWNED = 2
"""Seconds that a purge waits for others to let go."""

_COLLECTION = "_c_"
"""Between the name of a corpus' schema and that of a private collection."""

_LONGEST = 63
"""Bytes of a name; the server would cut a longer one short, and take it for another's."""

_CONNECTING = 10
"""Seconds."""

_UNDONE = "what was not acknowledged was not stored; run the command again"
_WHAT_TO_DO = (
    # In the server's or the library's own words, since a connection that fails has no code.
    ("password authentication failed", "give the right password in ~/.pgpass, PGPASSWORD or the address"),
    ("no password supplied", "the server wants a password; put it into ~/.pgpass, PGPASSWORD or the address"),
    ("no pg_hba.conf entry", "the server takes nobody from this machine as this user; let its pg_hba.conf allow it"),
    ("too many clients", "the server has no connection left; raise its max_connections or run fewer workers"),
    ("too many connections", "the server has no connection left; raise the limit or run fewer workers"),
    ("role", "there is no such user on the server; make one with createuser, or name another in the address"),
    ("could not translate host name", "there is no such host; look at the address"),
    ("failed to resolve host", "there is no such host; look at the address"),
    ("starting up", "the server is not ready yet; try again in a moment"),
    ("shutting down", "the server is stopping; start it and try again"),
    ("refused", "no server answers there; start it, or look at host and port"),
    ("no such file", "no server answers there; start it, or look at host and port"),
    ("timeout", "the server does not answer; look at host and port, and at what stands between"),
)
_BY_CODE = {
    "42501": "the user lacks a right: GRANT CREATE ON DATABASE to make a corpus, USAGE on its schema and rights on all "
    "its tables to use it",
    "55P03": f"another writer holds the corpus for over {PATIENCE} seconds; look at it, then run the command again",
    "53100": f"the server's disk is full; make room: {_UNDONE}",
    "53300": "the server has no connection left; raise its max_connections or run fewer workers",
    "25006": "the server takes no writes (a standby?); name the one that does",
    "42P01": "a table is missing; restore a backup, or copy the corpus to an empty place",
    "3D000": "there is no such database",
}

# In versions that have `<~>` for bits; by an administrator, or who may make things here if it is marked as trusted.
_INSTALLABLE = text(
    "SELECT 1 FROM pg_available_extension_versions v JOIN pg_available_extensions e ON e.name = v.name AND e.default_version = v.version "
    "WHERE v.name = 'vector' AND e.installed_version IS NULL AND to_regnamespace('public') IS NOT NULL "
    r"AND string_to_array(substring(v.version FROM '^\d+\.\d+'), '.')::int[] >= ARRAY[0, 7] "
    "AND (current_setting('is_superuser') = 'on' OR v.trusted AND has_database_privilege(current_database(), 'CREATE'))"
)
# The operator is looked for rather than a version, and only in the extension's own schema: it is run with the user's rights. Whether
# it is visible nobody asks: of one that was dropped since our transaction began, which we still see, the answer is NULL.
_HAMMING = text(
    "SELECT n.nspname FROM pg_operator o JOIN pg_extension e ON e.extnamespace = o.oprnamespace JOIN pg_namespace n ON n.oid = e.extnamespace "
    "WHERE o.oprname = '<~>' AND o.oprleft = 'bit'::regtype AND o.oprright = 'bit'::regtype AND e.extname = 'vector' "
    "AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege('sign_bits', 'SELECT') "
    "AND pg_operator_is_visible(o.oid) IS NOT NULL"
)
_READABLE = text("SELECT has_table_privilege('sign_bits', 'SELECT')")
_ASTRAY = text(
    "WITH blocks AS MATERIALIZED (SELECT encoder_id, number, signs FROM sign_block, spread_signs(numbers, bits)) SELECT count(*) FROM ("
    "(TABLE blocks EXCEPT ALL SELECT encoder_id, passage_id, bits FROM sign_bits) UNION ALL "
    "(SELECT encoder_id, passage_id, bits FROM sign_bits EXCEPT ALL TABLE blocks)) AS astray"
)

_SPREAD = "lies on several servers"
_GONE = ("08", "57P", "HV")
"""Codes of connections that fail, of servers that stop, and of foreign data."""

_DESK = 7235101
"""Any number that others who use the same server's database do not lock."""


def connect(address: URL, *, unavailable: Callable[[BaseException], Exception]) -> Engine:
    """Connections to a database of a server, one writer at a time; what goes wrong there becomes `unavailable`'s exception."""
    engine = create_engine(
        address, pool_pre_ping=True, hide_parameters=True
    )  # errors are logged, and values are drafts

    def one_writer(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_DESK})")

    def translate(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, psycopg.Error) and not isinstance(context.sqlalchemy_exception, IntegrityError):
            raise unavailable(error) from error

    event.listen(engine, "begin", one_writer)
    event.listen(engine, "handle_error", translate)
    return engine


@dataclass(frozen=True, slots=True)
class PostgresqlSchema:
    """A schema of a database; `url` holds the password, its representation does not.

    With `pgvector` the server scans the signs of vectors itself, if it can.
    """

    url: URL
    schema: str
    pgvector: bool = True

    @classmethod
    def at(cls, address: str) -> PostgresqlSchema:
        """The place at `postgresql://user@host:port/database[?schema=NAME][&pgvector=off]`; raises CorpusUnavailable.

        Other parameters of the address are the client library's own (`sslmode=require` …).
        """
        try:
            given = make_url(address)
        except (ArgumentError, ValueError):
            given = None  # the library's words may repeat the address, and with it the password
        if given is None or not given.database:
            raise CorpusUnavailable(
                "postgresql://…: this address cannot be read; write postgresql://user@host:port/database"
            )
        query = dict(given.query)
        schema, password = query.pop("schema", SCHEMA), query.pop("password", given.password)
        pgvector = query.pop("pgvector", "on") != "off"
        url = given.set(drivername="postgresql+psycopg", query=query, password=str(password) if password else None)
        return cls(url, str(schema), pgvector)

    @property
    def name(self) -> str:
        """The address without its password and parameters; with the schema where it is not the usual one."""
        shown = URL.create(
            "postgresql", username=self.url.username, host=self.url.host, port=self.url.port,
            database=self.url.database, query={} if self.schema == SCHEMA else {"schema": self.schema},
        )  # fmt: skip
        return shown.render_as_string()

    @property
    def address(self) -> str:
        """The address with its password and its schema."""
        own = {"schema": self.schema} | ({} if self.pgvector else {"pgvector": "off"})
        shown = self.url.set(drivername="postgresql").update_query_dict(own)
        return shown.render_as_string(hide_password=False)

    def collection(self, name: str) -> PostgresqlSchema:
        """A schema beside the corpus' own; raises CorpusUnavailable where its name would be too long."""
        schema = f"{self.schema}{_COLLECTION}{name}"
        if len(schema.encode()) > _LONGEST:
            raise CorpusUnavailable(
                f"{self.name}: “{schema}” is too long for the name of a schema; choose a shorter one"
            )
        return replace(self, schema=schema)

    def collections(self) -> tuple[str, ...]:
        """The schemas of collections that hold a corpus' tables."""
        begins = f"{self.schema}{_COLLECTION}"
        wanted = text("SELECT schemaname FROM pg_tables WHERE tablename = 'alembic_version' AND starts_with(schemaname, :begins)")  # fmt: skip
        engine = self.engine()
        try:
            with engine.connect() as connection:
                found = connection.execute(wanted, {"begins": begins}).scalars().all()
        finally:
            engine.dispose()
        return tuple(schema.removeprefix(begins) for schema in found)

    def engine(self) -> Engine:
        """Connections to the server, each looked at before it is used again: a server may have been restarted."""
        options = str(self.url.query.get("options", ""))
        quoted = '"' + self.schema.replace('"', '""').replace("\\", "\\\\").replace(" ", "\\ ") + '"'
        engine = create_engine(
            self.url,
            connect_args={
                "connect_timeout": _CONNECTING,
                "application_name": "onrecord",
                "client_encoding": "utf8",
                "options": f"{options} -csearch_path={quoted} {spread.SETTINGS}".strip(),
            },
            isolation_level="REPEATABLE READ",
            pool_pre_ping=True,
            max_overflow=-1,
            execution_options={"place": self},
        )
        event.listen(engine, "connect", _note_spread)
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "handle_error", self._unavailable)
        return engine

    def _begin(self, connection: Connection) -> None:
        self._lock(connection)
        if connection.info[_SPREAD]:
            spread.agreed(connection, name=self.name)
            if connection.get_execution_options().get("writing"):
                spread.count_write(connection)

    def _lock(self, connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            # Whoever waited for the lock must not see the state from before it waited.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {1_000 * PATIENCE:.0f}")
            connection.exec_driver_sql(
                "SELECT pg_advisory_xact_lock(hashtext('onrecord'), hashtext(%s))", (self.schema,)
            )

    def _unavailable(self, context: ExceptionContext) -> None:
        error = context.original_exception
        if context.is_pre_ping or not isinstance(error, psycopg.Error):
            return
        if not isinstance(context.sqlalchemy_exception, IntegrityError):
            raise self._refusal(error) from None  # the library's exception may hold the address

    def _refusal(self, error: psycopg.Error) -> CorpusUnavailable:
        said = self._hidden(" ".join(str(error).split()))
        if silent := self._silent(error):
            told = "; ".join(f"{where}: {said}" for where, said in silent.items())
            return CorpusUnavailable(
                f"{self.name}: the corpus cannot be used, since a part of it lies on a server that does not answer ({told}); "
                "start that server, then ask again: without it nothing is answered"
            )
        return CorpusUnavailable(f"{self.name}: the corpus cannot be used ({said}); {self._what_to_do(error, said)}")

    def _hidden(self, said: str) -> str:
        return said.replace(str(self.url.password), "…") if self.url.password else said

    def _silent(self, error: psycopg.Error) -> dict[str, str]:
        """Of a corpus over several servers, those that do not answer, where an error may come from one of them."""
        state = error.sqlstate or "08"  # a connection that breaks has none
        if not state.startswith(_GONE):
            return {}
        engine = create_engine(
            self.url, connect_args={"connect_timeout": _CONNECTING}, isolation_level="AUTOCOMMIT", hide_parameters=True
        )
        try:
            with engine.connect() as connection:
                found = spread.silent(connection, self.schema) if spread.is_spread(connection, self.schema) else {}
        except SQLAlchemyError:
            return {}  # it is this server itself
        finally:
            engine.dispose()
        return {where: self._hidden(said) for where, said in found.items()}

    def _what_to_do(self, error: psycopg.Error, said: str) -> str:
        if error.sqlstate in _BY_CODE:
            return _BY_CODE[error.sqlstate]
        lowered = said.lower()
        if "database" in lowered and "does not exist" in lowered:
            return f"there is no such database; make it with “createdb {self.url.database}”"
        if "permission denied" in lowered:
            return _BY_CODE["42501"]
        return next((advice for sign, advice in _WHAT_TO_DO if sign in lowered), _UNDONE)

    def held(self, engine: Engine) -> bool:
        """True when the schema has a corpus's tables."""
        with engine.connect() as connection:
            self._suits(connection)
            found = connection.execute(
                text("SELECT 1 FROM pg_tables WHERE schemaname = :schema AND tablename = 'alembic_version'"),
                {"schema": self.schema},
            )
            return found.first() is not None

    def prepare(self, engine: Engine) -> None:
        """Make the schema, unless it is there: who may only use it needs no right to make one. Install pgvector if possible."""
        with engine.connect().execution_options(writing=True) as connection:
            self._suits(connection)
            known = connection.execute(
                text("SELECT 1 FROM pg_namespace WHERE nspname = :schema"), {"schema": self.schema}
            ).first()
            if known is None:
                connection.exec_driver_sql(f'CREATE SCHEMA "{spread.quoted(self.schema)}"')
            self._install_pgvector(connection)
            connection.commit()

    def _install_pgvector(self, connection: Connection) -> None:
        """Where the server has it and the user may: once for all corpora of the database."""
        if not self.pgvector or self.schema == "public" or not connection.execute(_INSTALLABLE).scalar():
            return  # beside a table “vector”, its type of that name has no room
        try:
            with connection.begin_nested():
                connection.exec_driver_sql("CREATE EXTENSION vector SCHEMA public")
        except (CorpusUnavailable, IntegrityError):
            return  # another corpus' writer was quicker, or it has a rule of its own; without it all goes on

    def hamming(self, connection: Connection) -> str | None:
        """That of pgvector 0.7 or later, where the user may use it and read the rows."""
        schema = connection.execute(_HAMMING).scalar() if self.pgvector else None
        return None if schema is None else f'OPERATOR("{spread.quoted(schema)}".<~>)'

    def _suits(self, connection: Connection) -> None:
        asked = text("SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), (SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = :schema)")  # fmt: skip
        number, encoding, usable = connection.execute(asked, {"schema": self.schema}).one()
        if number // 10_000 < OLDEST:
            raise CorpusUnavailable(
                f"{self.name}: the server is PostgreSQL {number // 10_000}; it must be {OLDEST} or newer: update it"
            )
        if usable is False:
            raise CorpusUnavailable(f"{self.name}: {_BY_CODE['42501']}")
        if spread.is_part(connection, self.schema):
            raise CorpusUnavailable(
                f"{self.name}: this is a part of a corpus over several servers, and no corpus; name the server that has it as a whole"
            )
        if encoding != "UTF8":
            raise CorpusUnavailable(
                f"{self.name}: the database's encoding is {encoding}; make one with “createdb --encoding=UTF8 "
                f"--template=template0 {self.url.database}”"
            )

    def size(self, connection: Connection) -> int:
        """Bytes of the schema's tables with their indexes."""
        wanted = text("SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema AND c.relkind = 'r'")  # fmt: skip
        here = int(connection.execute(wanted, {"schema": self.schema}).scalar_one())
        return here + (spread.occupied(connection, self.schema) if connection.info[_SPREAD] else 0)

    def contents(self) -> Iterator[Stored]:
        """The values of all tables in the schema and in those of its collections."""
        wanted = text(
            "SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a "
            "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid "
            "WHERE (n.nspname = :schema OR starts_with(n.nspname::text, :begins)) AND c.relkind IN ('r', 'f') AND a.attnum > 0 "
            "AND NOT a.attisdropped AND t.typname IN ('text', 'varchar', 'bytea') GROUP BY 1, 2 ORDER BY 1, 2"
        )
        engine = self.engine()
        try:
            with engine.connect() as connection:
                names = {"schema": self.schema, "begins": f"{self.schema}{_COLLECTION}"}
                tables = connection.execute(wanted, names).all()
            for schema, table, columns in tables:
                where = f"{schema}.{table}"
                try:
                    with engine.connect() as connection:
                        yield from blocks(where, _values(connection, schema, table, columns), fresh=True)
                except CorpusUnavailable:
                    yield unreadable(where)
        finally:
            engine.dispose()

    def unused(self) -> None:
        """Nothing to ask: `compact` and `remove` take locks that the server grants when nobody reads.

        Raises CorpusUnavailable for a corpus over several servers, from whose disks nothing can be removed from here.
        """
        engine = self.engine()
        try:
            with engine.connect() as connection:
                if connection.info[_SPREAD]:
                    raise CorpusUnavailable(
                        f"{self.name}: documents cannot be removed from a corpus over several servers; remove them from a copy of it "
                        "on one server or in a folder (“onrecord corpus copy”), and spread that"
                    )
        finally:
            engine.dispose()

    def fixed(self, engine: Engine) -> str | None:
        """A corpus over several servers keeps its tables as they are."""
        with engine.connect() as connection:
            if not connection.info[_SPREAD]:
                return None
        return (
            f"{self.name}: this corpus lies on several servers, whose tables are of an older OnRecord; copy it with that version "
            "to one place, bring that up to date, and spread it anew (“onrecord corpus spread”)"
        )

    def spread_over(self, parts: Sequence[PostgresqlSchema]) -> None:
        """Lay an empty corpus over other servers, all or nothing; raises CorpusUnavailable where there is no room for it, or no right."""
        with ExitStack() as stack:

            def writing(place: PostgresqlSchema) -> Connection:
                engine = place.engine()
                stack.callback(engine.dispose)
                return stack.enter_context(engine.connect().execution_options(writing=True))

            whole = writing(self)
            self._can_spread(whole)
            made = []
            for number, part in enumerate(parts, start=1):
                made.append(writing(part))
                part._suits(made[-1])
                _room(made[-1], part)
                made[-1].exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{spread.quoted(part.schema)}"')
                spread.make_part(made[-1], number)
            spread.make_whole(whole, [spread.Member.at(part.url) for part in parts], schema=self.schema)
            for each in (*made, whole):
                each.commit()

    def _can_spread(self, connection: Connection) -> None:
        asked = text("SELECT current_setting('server_version_num')::int, current_setting('is_superuser') = 'on', EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'postgres_fdw')")  # fmt: skip
        number, superuser, installed = connection.execute(asked).one()
        if number // 10_000 < spread.OLDEST:
            raise CorpusUnavailable(
                f"{self.name}: the server is PostgreSQL {number // 10_000}; to lie over several it must be {spread.OLDEST} or newer"
            )
        if not installed and not superuser:
            raise CorpusUnavailable(
                f"{self.name}: let an administrator run, in this database, “CREATE EXTENSION postgres_fdw” and “GRANT USAGE ON FOREIGN "
                f"DATA WRAPPER postgres_fdw TO {self.url.username}”"
            )
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public")

    def compact(self, engine: Engine) -> None:
        """VACUUM FULL, table by table."""
        hurried = self._hurried("what was removed still takes its place on the disk")
        with hurried, engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = {1_000 * _OWNED}")
            tables = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema ORDER BY tablename")
            for table in connection.execute(tables, {"schema": self.schema}).scalars().all():
                connection.exec_driver_sql(f'VACUUM FULL "{spread.quoted(self.schema)}"."{spread.quoted(table)}"')
            connection.exec_driver_sql("RESET lock_timeout")

    def remove(self) -> None:
        """The schema with its tables."""
        engine = self.engine()
        try:
            hurried = self._hurried("nothing of it was removed")
            with hurried, engine.connect().execution_options(writing=True) as connection:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {1_000 * _OWNED}")
                connection.exec_driver_sql(f'DROP SCHEMA "{spread.quoted(self.schema)}" CASCADE')
                connection.commit()
        finally:
            engine.dispose()

    @contextmanager
    def _hurried(self, outcome: str) -> Iterator[None]:
        """Where a lock is not granted soon, say who has it."""
        try:
            yield
        except CorpusUnavailable as error:
            if "lock timeout" not in str(error):
                raise
            raise CorpusUnavailable(
                f"{self.name}: somebody is reading it, and {outcome}; end the commands that use it, and run this one again"
            ) from error

    def damage(self, connection: Connection) -> Iterator[str]:
        """Indexes that the server itself holds to be unusable."""
        wanted = text("SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema AND NOT i.indisvalid")  # fmt: skip
        for index in connection.execute(wanted, {"schema": self.schema}).scalars():
            yield f"the index {index} is not valid; run REINDEX SCHEMA"
        if connection.execute(_READABLE).scalar():
            wrong = connection.execute(_ASTRAY).scalar_one()
            if wrong:
                yield f"{wrong:,} rows of sign bits are not those of the blocks; encode again with --again"

    @contextmanager
    def alone(self, engine: Engine) -> Iterator[bool]:
        """A lock of a session, that ends with its connection; another one than that of the writers."""
        lock = text("SELECT pg_try_advisory_lock(hashtext('onrecord alone'), hashtext(:schema))")
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            mine = bool(connection.execute(lock, {"schema": self.schema}).scalar_one())
            try:
                yield mine
            finally:
                if mine:
                    connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")

    def snapshot(self, engine: Engine, file: Path) -> bool:
        """A server's own dump is not for another database to read."""
        return False

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Store rows with COPY: three to four times as fast as INSERT."""
        if not connection.in_transaction():
            connection.begin()  # what goes past SQLAlchemy begins nothing there, and would not be committed
        names = list(rows[0])
        if connection.info[_SPREAD] and table in spread.SPREAD:
            types = {name: _type_name(table, name) for name in names}
            spread.insert_by_arrays(connection, table, rows, types)
            return
        preparer = connection.dialect.identifier_preparer
        columns = ", ".join(preparer.quote(name) for name in names)
        statement = f"COPY {preparer.format_table(table)} ({columns}) FROM STDIN (FORMAT BINARY)"
        cursor = cast(psycopg.Cursor[object], connection.connection.cursor())
        try:
            with cursor, cursor.copy(statement) as copy:
                copy.set_types([_type_name(table, name) for name in names])
                for row in rows:
                    copy.write_row([row[name] for name in names])
        except psycopg.Error as error:
            raise self._refusal(error) from None


def _room(connection: Connection, part: PostgresqlSchema) -> None:
    wanted = text("SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema")
    if connection.execute(wanted, {"schema": part.schema}).first() is not None:
        raise CorpusUnavailable(
            f"{part.name}: there is something in the schema “{part.schema}” already; name another (?schema=NAME)"
        )


def _note_spread(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Of a new connection, whether it leads to a corpus over several servers."""
    cursor = connection.cursor()
    cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass('holding') AND relkind = 'p')")
    entry.info[_SPREAD] = bool(cursor.fetchone()[0])  # type: ignore[index]  # one row always
    cursor.close()
    connection.rollback()


def _values(connection: Connection, schema: str, table: str, columns: Sequence[str]) -> Iterator[object]:
    wanted = ", ".join(f'"{spread.quoted(column)}"' for column in columns)
    rows = connection.execution_options(yield_per=500).exec_driver_sql(
        f'SELECT {wanted} FROM "{spread.quoted(schema)}"."{spread.quoted(table)}"'
    )
    return (bytes(value) if isinstance(value, memoryview) else value for row in rows for value in row)


_COPIED = ((BigInteger, "int8"), (Integer, "int4"), (Boolean, "bool"), (Text, "text"), (LargeBinary, "bytea"))


def _type_name(table: Table, column: str) -> str:
    return next(name for kind, name in _COPIED if isinstance(table.c[column].type, kind))
