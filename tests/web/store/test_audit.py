"""Whoever changes the log of who did what is found out, whatever they change and even if they compute all hashes anew."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, text
from sqlalchemy.exc import IntegrityError

from web.store import Store, audit
from web.store.audit import Entry, Head
from web.store.errors import StoreUnavailable

NUMBER = 12
TAMPERINGS = 40 if os.environ.get("CI") else 200

_NAMES = ("number", "at", "by", "action", "subject", "detail", "previous", "sha256")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Head]]:
    """A desk with a log of some entries as bytes, and what its witness saw."""
    folder = tmp_path_factory.mktemp("log")
    store = Store(URL.create("sqlite", database=str(folder / "desk.sqlite3")), witness=folder / "witness")
    for number in range(NUMBER):
        with store.writing() as connection:
            audit.append(
                connection, "commented", "an-article", by=("Ada", "Bea")[number % 2], detail={"text": f"№ {number}"}
            )
    with store.reading() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return (folder / "desk.sqlite3").read_bytes(), list(audit.read_witness(folder / "witness"))


Rows = list[Entry]


def edit(rows: Rows, draw: st.DataObject) -> Rows:
    at = draw.draw(st.integers(0, len(rows) - 1))
    name = draw.draw(st.sampled_from(("at", "by", "action", "subject", "detail", "previous", "sha256")))
    old = getattr(rows[at], name)
    new = draw.draw(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20).filter(lambda text: text != old)
    )
    return [*rows[:at], replace(rows[at], **{name: new}), *rows[at + 1 :]]


def remove(rows: Rows, draw: st.DataObject) -> Rows:
    at = draw.draw(st.integers(0, len(rows) - 1))
    return [*rows[:at], *rows[at + 1 :]]


def insert_between(rows: Rows, draw: st.DataObject) -> Rows:
    at = draw.draw(st.integers(0, len(rows) - 1))
    return [*rows[:at], rows[at], *(replace(each, number=each.number + 1) for each in rows[at:])]


def swap(rows: Rows, draw: st.DataObject) -> Rows:
    one = draw.draw(st.integers(0, len(rows) - 2))
    first, second = rows[one], rows[one + 1]
    return [*rows[:one], replace(second, number=first.number), replace(first, number=second.number), *rows[one + 2 :]]


def cut(rows: Rows, draw: st.DataObject) -> Rows:
    return rows[: draw.draw(st.integers(0, len(rows) - 1))]


def rewrite(rows: Rows, draw: st.DataObject) -> Rows:
    """Change an entry and compute the whole chain anew, as somebody would who knows how it is made."""
    changed, previous = [], "0" * 64
    for number, each in enumerate(edit(rows, draw) if draw.draw(st.booleans()) else remove(rows, draw), start=1):
        each = replace(each, number=number, previous=previous)
        changed.append(replace(each, sha256=each.expected))
        previous = each.expected
    return changed


@settings(max_examples=TAMPERINGS)
@given(draw=st.data(), tamper=st.sampled_from([edit, remove, insert_between, swap, cut, rewrite]))
def test_every_tampering_is_found(
    log: tuple[bytes, list[Head]], tmp_path_factory: pytest.TempPathFactory, draw: st.DataObject,
    tamper: Callable[[Rows, st.DataObject], Rows],
) -> None:  # fmt: skip
    raw, witnessed = log
    file = tmp_path_factory.mktemp("tampered") / "desk.sqlite3"
    file.write_bytes(raw)
    with sqlite3.connect(file) as connection:
        rows = [Entry(*row) for row in connection.execute(f"SELECT {', '.join(_NAMES)} FROM audit ORDER BY number")]
        changed = tamper(rows, draw)
        if changed == rows:  # the same hash written again changes nothing
            return
        for event in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_no_{event}")
        connection.execute("DELETE FROM audit")
        values = [[getattr(each, name) for name in _NAMES] for each in changed]
        connection.executemany(f"INSERT INTO audit VALUES ({', '.join('?' * len(_NAMES))})", values)
    connection.close()
    store = Store(URL.create("sqlite", database=str(file)))
    with store.reading() as opened:
        assert list(audit.verify(opened, witnessed)) != []
    store.close()


def test_an_honest_log_is_whole(log: tuple[bytes, list[Head]], tmp_path: Path) -> None:
    raw, witnessed = log
    (tmp_path / "desk.sqlite3").write_bytes(raw)
    with Store(URL.create("sqlite", database=str(tmp_path / "desk.sqlite3"))).reading() as connection:
        assert list(audit.verify(connection, witnessed)) == []
        assert audit.head(connection) == witnessed[-1] and len(witnessed) == NUMBER


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET detail = '{}'"])
def test_the_database_itself_refuses_to_change_what_was_said(store: Store, statement: str) -> None:
    with store.writing() as connection:
        audit.append(connection, "commented", "an-article", by="Ada")
    with pytest.raises(IntegrityError, match="only ever added to"), store.writing() as connection:
        connection.execute(text(statement))


def test_a_witness_line_that_a_crash_cut_short_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "witness").write_text(f"1 {'a' * 64}\n2 {'b' * 20}")
    assert list(audit.read_witness(tmp_path / "witness")) == [Head(1, "a" * 64)]
    store = Store(URL.create("sqlite", database=str(tmp_path / "desk.sqlite3")), witness=tmp_path / "witness")
    with store.writing() as connection:
        entry = audit.append(connection, "decide", "article", by="Ada")
    assert store.witnessed() == (Head(1, "a" * 64), Head(1, entry.sha256))
    store.close()


def test_nothing_is_done_that_cannot_be_witnessed(tmp_path: Path) -> None:
    store = Store(URL.create("sqlite", database=str(tmp_path / "desk.sqlite3")), witness=tmp_path / "away" / "witness")
    with pytest.raises(StoreUnavailable, match=r"away/witness.*nothing was done"), store.writing() as connection:
        audit.append(connection, "decide", "article", by="Ada")
    with store.writing() as connection:
        assert audit.head(connection).number == 0  # what goes into no log goes on
    assert store.witnessed() == ()
    store.close()


def test_what_a_full_disk_kept_from_the_witness_is_told_to_it_with_the_next_entry(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    witness = tmp_path / "witness"
    store = Store(URL.create("sqlite", database=str(tmp_path / "desk.sqlite3")), witness=witness)
    witness.symlink_to("/dev/full")
    with store.writing() as connection:
        first = audit.append(connection, "send", "article", by="Ada")
    assert "the witness was not told of 1 entries (No space left on device)" in caplog.text
    witness.unlink()
    with store.writing() as connection:
        second = audit.append(connection, "assign", "article", by="Bea")
    assert store.witnessed() == tuple(Head(each.number, each.sha256) for each in (first, second))
    with store.reading() as connection:
        assert list(audit.verify(connection, store.witnessed())) == []
    store.close()
