"""A desk of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from benchmarks.cluster import Cluster
from web.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(
        URL.create("sqlite", database=str(tmp_path / "desk.sqlite3")), witness=tmp_path / "desk.sqlite3-witness"
    )
    yield store
    store.close()


@pytest.fixture
def served(cluster: Cluster) -> Iterator[Store]:
    """A desk on a server, empty: all tests of a run share one database."""
    address = make_url(cluster.location("")).set(drivername="postgresql+psycopg").difference_update_query(["schema"])
    store = Store(address)
    _empty(address)
    yield store
    store.close()
    _empty(address)


def _empty(address: URL) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
