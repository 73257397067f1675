"""A corpus on a server: refusals name what to do and never a password, and writers are served one after another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import quote

import psycopg
import pytest

from benchmarks.cluster import PASSWORD, USER, Cluster
from corpus.database import open_database, place_at, writing
from corpus.errors import CorpusUnavailable, DocumentNotFound
from corpus.store import Corpus
from corpus.types import Document, Query

MakeDocument = Callable[..., Document]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ada:secret@host:5433/corpus", "postgresql://ada@host:5433/corpus"),
        ("postgres://ada@host/corpus?password=secret&sslmode=require", "postgresql://ada@host/corpus"),
        ("postgresql://ada:se%3Acret@host/corpus?schema=desk", "postgresql://ada@host/corpus?schema=desk"),
        ("postgresql:///corpus?host=/var/run", "postgresql:///corpus"),
    ],
)
def test_a_place_is_named_without_its_password(address: str, shown: str) -> None:
    place = place_at(address)
    assert place.name == shown
    assert "cret" not in repr(place)


@pytest.mark.parametrize("address", ["postgresql://", "postgresql://ada:secret@host", "postgresql://a:secret@h:port/d"])
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(CorpusUnavailable, match="write postgresql://user@host:port/database") as refused:
        Corpus.open(address)
    assert "secret" not in str(refused.value)


def _refusal(location: str, *, create: bool = False) -> str:
    with pytest.raises(CorpusUnavailable) as refused:
        Corpus.open(location, create=create)
    causes: list[BaseException | None] = [refused.value.__cause__, refused.value]
    for word in ("wrong-word", PASSWORD, quote(PASSWORD, safe="")):
        assert not any(word in repr(each) for each in causes)
    return str(refused.value)


def test_it_says_when_no_server_answers() -> None:
    assert "no server answers there; start it" in _refusal("postgresql://ada:wrong-word@127.0.0.1:1/corpus")
    assert "no server answers there; start it" in _refusal("postgresql://ada:wrong-word@/corpus?host=/nowhere")


def test_it_says_when_the_password_is_wrong_or_missing(cluster: Cluster) -> None:
    assert "give the right password" in _refusal(cluster.by_port("wrong-word"))
    assert "the server wants a password" in _refusal(f"postgresql://{USER}@127.0.0.1:{cluster.port}/postgres")


def test_the_right_password_opens(cluster: Cluster) -> None:
    location = cluster.by_port(quote(PASSWORD, safe="")) + "?schema=by_port"
    with Corpus.open(location, create=True) as corpus:
        assert corpus.coverage().documents == 0
        assert "not-a-secret" not in corpus.place.name


def test_it_says_when_there_is_no_such_database(cluster: Cluster) -> None:
    assert "make it with “createdb nowhere”" in _refusal(cluster.location("s", database="nowhere"), create=True)


def test_it_says_when_there_is_no_corpus_and_makes_none(cluster: Cluster) -> None:
    assert "no corpus here; make one with “onrecord corpus add PATH" in _refusal(cluster.location("none_here"))
    with psycopg.connect(host=str(cluster.folder), port=cluster.port, user=USER, dbname="postgres") as connection:
        assert connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'none_here'").fetchone() is None


def _administer(cluster: Cluster, statement: str, *, database: str = "postgres") -> None:
    with psycopg.connect(
        host=str(cluster.folder), port=cluster.port, user=USER, dbname=database, autocommit=True
    ) as connection:
        connection.execute(statement)


def test_it_says_which_right_is_missing(cluster: Cluster, make_document: MakeDocument) -> None:
    _administer(cluster, "CREATE ROLE reader LOGIN")
    assert "GRANT CREATE ON DATABASE" in _refusal(cluster.location("rights", user="reader"), create=True)
    with Corpus.open(cluster.location("rights"), create=True) as corpus:
        list(corpus.add([make_document()]))
    assert "USAGE on its schema" in _refusal(cluster.location("rights", user="reader"))
    _administer(cluster, "GRANT USAGE ON SCHEMA rights TO reader")
    _administer(cluster, "GRANT SELECT ON ALL TABLES IN SCHEMA rights TO reader")
    with Corpus.open(cluster.location("rights", user="reader")) as reader:
        assert reader.document("marlo-1").document.id == "marlo-1"
        with pytest.raises(CorpusUnavailable, match="the user lacks a right"):
            list(reader.add([make_document("marlo-2")]))


def test_an_old_server_is_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.database.postgresql.OLDEST", 99)
    assert "it must be 99 or newer: update it" in _refusal(cluster.location("old"), create=True)


def test_a_database_of_another_encoding_is_refused(cluster: Cluster) -> None:
    _administer(cluster, "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    assert "createdb --encoding=UTF8" in _refusal(cluster.location("s", database="latin"), create=True)


def test_a_table_called_vector_does_not_clash_with_a_type_of_that_name(cluster: Cluster) -> None:
    """As the pgvector extension has one."""
    _administer(cluster, "CREATE DATABASE clash")
    _administer(cluster, "CREATE TYPE public.vector AS (x int)", database="clash")
    with Corpus.open(cluster.location("clash", database="clash"), create=True) as corpus:
        assert list(corpus.verify()) == []


def test_a_server_that_restarts_is_found_again(cluster: Cluster, make_document: MakeDocument) -> None:
    """Its connections are closed, as a restart closes them."""
    with Corpus.open(cluster.location("restart"), create=True) as corpus:
        list(corpus.add([make_document()]))
        _administer(
            cluster, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'onrecord'"
        )
        assert corpus.document("marlo-1").document.id == "marlo-1"
        list(corpus.add([make_document("marlo-2")]))


def test_an_id_with_a_character_that_no_text_holds_is_only_not_found(cluster: Cluster) -> None:
    with Corpus.open(cluster.location("odd"), create=True) as corpus, pytest.raises(DocumentNotFound):
        corpus.document("a\x00b")


WRITE = """
import sys, time
from corpus.database import open_database, writing
with writing(open_database(sys.argv[1])) as connection:
    connection.exec_driver_sql("UPDATE version SET title = 'half done'")
    print("inside", flush=True)
    time.sleep(60)
"""


def test_a_writer_that_is_killed_lets_the_next_one_in(cluster: Cluster, make_document: MakeDocument) -> None:
    location = cluster.location("killed")
    with Corpus.open(location, create=True) as corpus:
        list(corpus.add([make_document()]))
        writer = subprocess.Popen([sys.executable, "-c", WRITE, location], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "inside\n"
        waiting = threading.Thread(target=lambda: list(corpus.add([make_document("marlo-2", text="It waits.")])))
        waiting.start()
        time.sleep(0.2)
        assert waiting.is_alive(), "two writers at once"
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        waiting.join(10)
        assert [each.title for each in corpus.documents()] == ["Title of marlo-1", "Title of marlo-2"]
        assert corpus.retrieve(Query(("It waits",)), limit=1)


def test_a_writer_does_not_wait_for_ever(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.database.postgresql.PATIENCE", 0.1)
    engine = open_database(cluster.location("patience"))
    with writing(engine) as first, writing(engine) as second:
        first.exec_driver_sql("SELECT 1")
        with pytest.raises(CorpusUnavailable, match="another writer holds the corpus"):
            second.exec_driver_sql("SELECT 1")
    engine.dispose()
