"""A backup of the desk is one state of it, whole, made while others write; and it comes back to a file or a server."""

from __future__ import annotations

import stat
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import URL, select, text

from corpus.database import connect
from corpus.database.migrate import upgrade
from web.commands import desk_group
from web.store import Store, accounts, articles, audit, keys, reviews
from web.store.backup import back_up, restore
from web.store.errors import StoreUnavailable
from web.store.schema import metadata


def at(folder: Path, name: str = "other") -> Store:
    folder.mkdir(exist_ok=True)
    return Store(URL.create("sqlite", database=str(folder / f"{name}.sqlite3")), witness=folder / f"{name}-witness")


def work(store: Store, number: int) -> None:
    """One article with a comment, in one transaction."""
    with store.writing() as connection:
        id = articles.create(connection, articles.Text(f"Words {number}.", title="Ferries – «паромы»"), by="Ada")
        reviews.open_review(connection, id, by="Ada")
        reviews.say(connection, id, anchor="", text=f"{number}", by="Ada")


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.reading() as connection:
        return {
            each.name: sorted(map(tuple, connection.execute(select(each))), key=repr) for each in metadata.sorted_tables
        }


def fill(store: Store) -> None:
    with store.writing() as connection:
        accounts.add(connection, "Ada", None, role="admin", by="test")
        keys.make(connection, "Ada", label="CMS", scopes=["check"], by="Ada")
    for number in range(3):
        work(store, number)


def intact(store: Store) -> bool:
    with store.reading() as connection:
        return list(audit.verify(connection, store.witnessed())) == []


def test_a_backup_made_while_others_write_is_one_state_of_the_desk(store: Store, tmp_path: Path) -> None:
    fill(store)
    stopped, acknowledged = Event(), [0]

    def write() -> None:
        while not stopped.is_set():
            work(store, acknowledged[0] + 10)
            acknowledged[0] += 1

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            before = acknowledged[0]
            while acknowledged[0] < before + 2:
                pass
            known = acknowledged[0]
            file = tmp_path / "backups" / f"{number}.sqlite3"
            kept = back_up(store, file)
            again = at(tmp_path / f"back-{number}")
            assert restore(file, again).head == kept.head and intact(again)
            with again.reading() as connection:
                articles_held = connection.execute(text("SELECT count(*) FROM article")).scalar_one()
                for table in ("review", "comment", "revision"):
                    assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == articles_held
                assert articles_held >= known + 3, "what was acknowledged before is in it"
                # What a transaction wrote is witnessed just after it: of the last one it may not have been yet.
                assert kept.head.number - 2 <= len(again.witnessed()) <= kept.head.number
            again.close()
    finally:
        stopped.set()
        writer.join()


def test_it_comes_back_row_by_row_also_over_a_server_which_counts_on(
    store: Store, served: Store, tmp_path: Path
) -> None:
    fill(store)
    kept = back_up(store, tmp_path / "one.sqlite3")
    assert sorted(file.name for file in tmp_path.glob("one*")) == ["one.sqlite3", "one.sqlite3-witness"]
    assert stat.S_IMODE((tmp_path / "one.sqlite3").stat().st_mode) == 0o600
    assert restore(tmp_path / "one.sqlite3", served) == kept
    assert rows(served) == rows(store)
    work(served, 9)  # numbers that were brought along are not given out again
    back_up(served, tmp_path / "two.sqlite3")
    last = at(tmp_path / "last")
    restore(tmp_path / "two.sqlite3", last)
    assert rows(last) == rows(served) and intact(last)
    work(last, 10)
    last.close()


def test_nothing_is_overwritten_and_what_is_no_backup_is_named(store: Store, tmp_path: Path) -> None:
    fill(store)
    file = tmp_path / "one.sqlite3"
    back_up(store, file)
    with pytest.raises(StoreUnavailable, match="there is a file already"):
        back_up(store, file)
    with pytest.raises(StoreUnavailable, match="a desk already"):
        restore(file, store)
    (tmp_path / "text").write_text("no database " * 100)
    (tmp_path / "empty").touch()
    for each in ("text", "empty"):
        with pytest.raises(StoreUnavailable, match=f"{each}: this is no backup"):
            restore(tmp_path / each, at(tmp_path / "place"))


def test_a_backup_of_an_earlier_program_is_brought_up_to_date_and_stays_as_it_was(
    tmp_path: Path, migrations_themselves: None
) -> None:
    file = tmp_path / "old.sqlite3"
    engine = connect(URL.create("sqlite", database=str(file)), unavailable=lambda error: StoreUnavailable(str(error)))
    upgrade(engine, to="0003", scripts="web.store:migrations")
    with engine.begin() as connection:
        columns = "name, role, password, active, created_at"
        connection.execute(text(f"INSERT INTO account ({columns}) VALUES ('Ada', 'admin', '-', true, '2031')"))
    engine.dispose()
    before = file.read_bytes()
    place = at(tmp_path / "place")
    assert restore(file, place).rows == 1
    with place.reading() as connection:
        assert [each.name for each in accounts.everyone(connection)] == ["Ada"]
    assert file.read_bytes() == before


def test_a_witness_that_is_there_still_tells_what_was_lost_since(store: Store, tmp_path: Path) -> None:
    fill(store)
    back_up(store, tmp_path / "one.sqlite3")
    work(store, 5)
    witness = store.witness
    assert witness is not None
    place = Store(URL.create("sqlite", database=str(tmp_path / "new.sqlite3")), witness=witness)
    head = restore(tmp_path / "one.sqlite3", place).head.number
    with place.reading() as connection:
        told = list(audit.verify(connection, place.witnessed()))
    assert told == [f"entry {head + n}, which was witnessed, is gone" for n in (1, 2)]


def test_the_commands_say_what_they_did_and_why_they_did_not(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.close()

    def call(*words: str, desk: str) -> Result:
        return CliRunner().invoke(desk_group, words, env={"ONRECORD_DESK": desk})

    file = str(tmp_path / "kept" / "one.sqlite3")
    made = call("backup", file, desk=str(tmp_path / "desk.sqlite3"))
    assert made.exit_code == 0 and "the log to entry" in made.stderr
    assert call("backup", file, desk=str(tmp_path / "desk.sqlite3")).exit_code == 4
    back = call("restore", file, desk=str(tmp_path / "new.sqlite3"))
    assert back.exit_code == 0 and "audit verify" in back.stderr
    again = call("restore", file, desk=str(tmp_path / "new.sqlite3"))
    assert again.exit_code == 4 and "ONRECORD_DESK" in again.stderr
