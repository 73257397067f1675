"""The desk's own database, apart from the corpus: a file beside it, or a server.

It is opened when it is first needed, so that a reader who only checks quotes has none.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from checker.settings import Settings
from corpus.database import connect, migrate, writing
from web.store import audit
from web.store.errors import StoreUnavailable

FILE = "desk.sqlite3"
HEAD = "0007"
"""The newest migration; a desk of a newer program is refused."""

_LOG = logging.getLogger(__name__)

_PATIENCE = 20
"""Seconds that a writer waits for others; what the desk writes takes milliseconds."""


class Store:
    """The desk's database for all threads of a process, and of those that it forks."""

    def __init__(self, address: URL, *, witness: Path | None = None) -> None:
        self.address = address
        self.witness = witness
        self._engines: dict[int, Engine] = {}
        self._opening = Lock()
        self._unwitnessed: list[audit.Head] = []

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the desk; raises StoreUnavailable."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside, kept when the block ends well; raises StoreUnavailable.

        What goes into the log is done only where its witness can be opened; the witness is written when it is done.
        """
        with ExitStack() as stack:
            with writing(self._engine) as connection, connection.begin():
                audit.pending(connection)  # those of a transaction that came to nothing
                yield connection
                heads = audit.pending(connection)
                witness = stack.enter_context(_opened_witness(self.witness)) if heads and self.witness else None
            if witness is not None:
                self._tell(witness, heads)

    def _tell(self, witness: BinaryIO, heads: Sequence[audit.Head]) -> None:
        """Write to the witness; what it has no room for goes there with the next entry, since the deed is done."""
        with self._opening:
            self._unwitnessed.extend(heads)
            try:
                audit.write_witness(witness, self._unwitnessed)
            except OSError as error:
                number = len(self._unwitnessed)
                _LOG.warning("%s: the witness was not told of %d entries (%s)", self.witness, number, error.strerror)
            else:
                self._unwitnessed.clear()

    def witnessed(self) -> tuple[audit.Head, ...]:
        """The ends of the log that its witness holds; raises StoreUnavailable."""
        try:
            return tuple(audit.read_witness(self.witness)) if self.witness else ()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreUnavailable(f"{self.witness}: the witness cannot be read ({error.strerror})") from error

    def check_witness(self) -> None:
        """Raises StoreUnavailable where nothing can be added to the witness, so that nothing can be written in the log either."""
        if self.witness is None:
            return
        place = self.witness if os.path.exists(self.witness) else self.witness.parent  # noqa: PTH110  # asks no rights of folders
        if not os.access(place, os.W_OK):
            raise StoreUnavailable(f"{self.witness}: the witness of the log cannot be written; see ONRECORD_WITNESS")

    def close(self) -> None:
        """Let go of the database."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()

    @property
    def _engine(self) -> Engine:
        process = os.getpid()  # a connection must not be used across a fork
        with self._opening:
            if process not in self._engines:
                self._engines[process] = _opened(self.address)
            return self._engines[process]


def store_of(settings: Settings) -> Store:
    """The desk that the settings name: `ONRECORD_DESK`, or a file in the corpus folder; raises StoreUnavailable."""
    address = address_of(settings)
    return Store(address, witness=_witness(settings, address))


def address_of(settings: Settings) -> URL:
    """Where the desk's database is."""
    if "://" in settings.desk:
        try:
            return _with_driver(make_url(settings.desk))
        except ArgumentError as error:
            raise StoreUnavailable("ONRECORD_DESK is no address of a database, such as postgresql://…") from error
    if not settings.desk and "://" in settings.corpus:
        raise StoreUnavailable("the corpus is no folder; say with ONRECORD_DESK where the desk's database is")
    file = Path(settings.desk) if settings.desk else Path(settings.corpus) / FILE
    return URL.create("sqlite", database=str(file.absolute()))


def _witness(settings: Settings, address: URL) -> Path | None:
    if settings.witness:
        return Path(settings.witness)
    return Path(f"{address.database}-witness") if address.get_backend_name() == "sqlite" else None


def _opened_witness(file: Path) -> BinaryIO:
    """A witness, open for adding; raises StoreUnavailable."""
    try:
        return file.open("a+b", buffering=0)
    except OSError as error:
        says = f"{file}: the witness of the log cannot be written ({error.strerror}), so nothing was done; see ONRECORD_WITNESS"
        raise StoreUnavailable(says) from error


def _with_driver(address: URL) -> URL:
    if address.get_backend_name() != "postgresql":
        raise StoreUnavailable("ONRECORD_DESK must be a file or an address that begins with postgresql://")
    return address.set(drivername="postgresql+psycopg")


def _opened(address: URL) -> Engine:
    place = address.render_as_string(hide_password=True)

    def unavailable(error: BaseException) -> StoreUnavailable:
        return StoreUnavailable(f"{place}: the desk's database cannot be used ({error})")

    def newer(found: str) -> StoreUnavailable:
        return StoreUnavailable(f"{place}: written by a newer OnRecord (schema {found}); update the program")

    try:
        engine = connect(address, unavailable=unavailable, patience=_PATIENCE)
    except ImportError as error:
        raise StoreUnavailable("a desk on PostgreSQL needs the package onrecord[postgresql]") from error
    try:
        migrate(engine, scripts="web.store:migrations", head=HEAD, newer=newer)
    except StoreUnavailable:
        engine.dispose()
        raise
    return engine
