"""A desk of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from web.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(
        URL.create("sqlite", database=str(tmp_path / "desk.sqlite3")), witness=tmp_path / "desk.sqlite3-witness"
    )
    yield store
    store.close()
