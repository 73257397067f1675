"""The desk's database: it is where the settings say, its schema is the one of the tables, and it writes one at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, insert, text, update
from sqlalchemy.exc import IntegrityError

from checker.settings import DEFAULTS
from corpus.database import connect
from corpus.database.migrate import upgrade
from web.store import Store, accounts, audit, embargoes, identities, jobs, keys, repeats, store_of, webhooks
from web.store.clock import before_now
from web.store.embargoes import Embargo, Term
from web.store.errors import StoreUnavailable
from web.store.identities import Identity, Journey
from web.store.jobs import NewItem, Outcome
from web.store.repeats import Begun, Kept
from web.store.schema import account, delivery, metadata


def test_it_lies_in_the_corpus_folder_or_where_the_settings_say(tmp_path: Path) -> None:
    beside = store_of(replace(DEFAULTS, corpus=str(tmp_path)))
    assert beside.address.database == str(tmp_path / "desk.sqlite3")
    assert beside.witness == tmp_path / "desk.sqlite3-witness"
    named = store_of(replace(DEFAULTS, desk=str(tmp_path / "mine.db"), witness="/mnt/other/heads"))
    assert named.address.database == str(tmp_path / "mine.db") and named.witness == Path("/mnt/other/heads")
    server = store_of(replace(DEFAULTS, desk="postgresql://desk@db.example/desk"))
    assert server.address.drivername == "postgresql+psycopg" and server.witness is None


@pytest.mark.parametrize("desk", ["mysql://db.example/desk", "://", "postgresql"])
def test_an_address_that_is_none_is_named(tmp_path: Path, desk: str) -> None:
    settings = replace(DEFAULTS, desk=desk if "://" in desk else f"{tmp_path}/no/such/folder/{desk}")
    with pytest.raises(StoreUnavailable), store_of(settings).reading():
        pass


def test_a_corpus_on_a_server_needs_a_desk_of_its_own() -> None:
    with pytest.raises(StoreUnavailable, match="ONRECORD_DESK"):
        store_of(replace(DEFAULTS, corpus="postgresql://db.example/corpus"))


def test_the_migrations_make_the_tables_that_the_program_knows(store: Store) -> None:
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_what_goes_wrong_is_logged_without_what_was_written(store: Store) -> None:
    twice = insert(account).values(name="Ada", role="admin", password="a hash of hers", active=True, created_at="")
    with pytest.raises(IntegrityError) as error, store.writing() as connection:
        connection.execute(twice)
        connection.execute(twice)
    assert "INSERT INTO account" in str(error.value) and "a hash of hers" not in str(error.value)


def test_a_server_has_the_same_tables_and_counts_and_repeats_as_a_file_does(served: Store) -> None:
    with served.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    with served.writing() as connection:
        accounts.add(connection, "Ada", "a long enough password", role="admin", by="test")
        key, secret = keys.make(connection, "Ada", label="CMS", scopes=["check"], by="Ada")
    who = Identity("https://login.example", "u-1")
    with served.writing() as connection:
        identities.bind(connection, "Ada", who, by="test")
        way = {"issuer": who.issuer, "nonce": "n", "verifier": "v", "address": "a", "leads_to": "/", "account_id": None}
        tokens = identities.depart(connection, **way)  # type: ignore[arg-type]
    with served.writing() as connection:
        assert identities.arrive(connection, tokens) == Journey(**way)  # type: ignore[arg-type]
        assert identities.arrive(connection, tokens) is None
        assert identities.bound(connection, who) == accounts.named(connection, "Ada")
        accounts.enter(connection, accounts.named(connection, "Ada"), through=who.issuer)
        assert identities.unbind(connection, "Ada", by="test") == (who,) and identities.bound(connection, who) is None
    with served.writing() as connection:
        assert [keys.used(connection, key, limit=5).left for _ in range(2)] == [4, 3]
        begun = repeats.begin(connection, key.id, "one", request="a")
        assert isinstance(begun, Begun)
        repeats.keep(connection, begun, Kept(200, {}, "{}"))
    with served.writing() as connection:
        assert repeats.begin(connection, key.id, "one", request="a") == Kept(200, {}, "{}")
        assert keys.of(connection, secret).used_at is not None
        hook, _ = webhooks.make(connection, key, url="https://cms.example/", events=["finding.ready"])
        jobs.create(connection, "one", [NewItem("a", "article", "{}")], by="Ada", id="mine")
        assert jobs.create(connection, "one", [NewItem("a", "article", "{}")], by="Ada", id="mine") == "mine"
    leased = jobs.claim(served)
    assert leased is not None
    jobs.note_found(served, leased, 1, "{}")
    with served.reading() as connection:
        assert jobs.found_so_far(connection, "mine", 1) == ((1, "{}"),)
    assert jobs.finish(served, leased, Outcome(result="{}"))
    with served.reading() as connection:
        assert jobs.found_so_far(connection, "mine", 1) == ()
    with served.writing() as connection:
        due = webhooks.claim(connection)
        assert due is not None and webhooks.claim(connection) is None
        webhooks.settle(connection, due, status=500, error="It was answered with 500.")
        keys.revoke(connection, key.id, by="Ada")
        connection.execute(update(delivery).values(next_at=before_now(1)))
        assert webhooks.claim(connection) is None
        assert [each.state for each in webhooks.deliveries(connection, hook.id)] == ["failed"]


@pytest.mark.usefixtures("migrations_themselves")
def test_a_desk_of_an_earlier_program_keeps_what_it_holds(tmp_path: Path) -> None:
    place = URL.create("sqlite", database=str(tmp_path / "desk.sqlite3"))
    engine = connect(place, unavailable=lambda error: StoreUnavailable(str(error)))
    upgrade(engine, to="0001", scripts="web.store:migrations")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO job VALUES ('old', 'Old', 'running', '2031', 'Ada', NULL)"))
        columns = "job_id, number, name, kind, content, state, attempts"
        connection.execute(text(f"INSERT INTO item ({columns}) VALUES ('old', 1, 'a', 'quote', '{{}}', 'waiting', 0)"))
    upgrade(engine, to="0005", scripts="web.store:migrations")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO article VALUES ('kept', 'article', 1, '2031', 'Ada')"))
        connection.execute(text("INSERT INTO review VALUES ('kept', 'open', 1, 'Ada', 'Bea', NULL, '2031', '2031')"))
        connection.execute(text("INSERT INTO embargo VALUES ('kept', '2999', '2999 UTC', '2031', 'Dov')"))
    engine.dispose()
    with Store(place).reading() as connection:
        assert embargoes.standing(connection, "kept") == Embargo(
            "kept", "article", "Ada", Term("2999", "2999 UTC"), "2031", "Dov"
        )
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert [(each.name, each.statements) for each in jobs.items(connection, "old")] == [("a", None)]


def test_a_desk_of_a_newer_program_is_refused(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    again = Store(store.address)
    with pytest.raises(StoreUnavailable, match="newer OnRecord"), again.reading():
        pass


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite3").write_text("this is no database, whatever its name says" * 100)
    with (
        pytest.raises(StoreUnavailable, match=r"desk\.sqlite3"),
        Store(URL.create("sqlite", database=str(tmp_path / "desk.sqlite3"))).reading(),
    ):
        pass


def test_a_transaction_that_fails_leaves_nothing_behind_not_even_with_the_witness(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as connection:
        audit.append(connection, "decide", "article", by="Ada")
        raise RuntimeError
    with store.writing() as connection:
        audit.append(connection, "assign", "article", by="Bea")
    with store.reading() as connection:
        assert [entry.by for entry in audit.entries(connection)] == ["Bea"]
        assert store.witness is not None
        assert [each.number for each in audit.read_witness(store.witness)] == [1]


def test_those_who_write_at_once_write_one_after_another(store: Store) -> None:
    def write(name: str) -> None:
        for number in range(10):
            with store.writing() as connection:
                audit.append(connection, "assign", str(number), by=name)

    threads = [Thread(target=write, args=(name,)) for name in ("Ada", "Bea", "Cleo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as connection:
        assert store.witness is not None
        assert list(audit.verify(connection, audit.read_witness(store.witness))) == []
        assert audit.head(connection).number == 30
