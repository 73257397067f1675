"""Whether the service lives and can work: with real databases, which go away, and the real threads, which end."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checker.settings import DEFAULTS
from corpus.store import Corpus
from web import create_app
from web.access import COOKIE
from web.batch.running import Runner
from web.health import PATIENCE
from web.telling import Teller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Corpus.open(tmp_path / "corpus", create=True).close()
    return tmp_path / "corpus"


@pytest.fixture
def running(folder: Path) -> Iterator[Flask]:
    """The pages with what `onrecord serve` starts beside them."""
    app = create_app(replace(DEFAULTS, corpus=str(folder), encoder="none", multilingual="none", require_sign_in="on"))
    desk = app.extensions["desk"]
    runner, teller = Runner(desk), Teller(desk)
    app.extensions.update(batches=runner, webhooks=teller)
    runner.start()
    teller.start()
    yield app
    runner.stop()
    teller.stop()
    desk.store.close()


def ready(app: Flask) -> TestResponse:
    return app.test_client().get("/readyz")


def reasons(app: Flask) -> set[str]:
    answer = ready(app)
    assert answer.status_code == 503 and answer.headers["Retry-After"] and answer.json is not None
    assert answer.json["status"] == "not-ready"
    return set(answer.json["reasons"])


def brought_further(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        assert connection.execute("UPDATE alembic_version SET version_num = '9999'").rowcount == 1
    connection.close()


def test_a_service_that_runs_is_alive_and_ready_for_anybody(running: Flask) -> None:
    alive, answer = running.test_client().get("/healthz"), ready(running)
    assert (alive.status_code, alive.json) == (200, {"status": "alive"})
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "reasons": []})
    assert alive.headers["Cache-Control"] == answer.headers["Cache-Control"] == "no-store"


def test_ready_is_not_fresh(running: Flask, folder: Path) -> None:
    """A record that holds nothing and was never synced answers as well as it can, and says so elsewhere."""
    with Corpus.open(folder) as corpus:
        assert corpus.coverage().documents == 0
    assert ready(running).status_code == 200


def test_a_corpus_that_is_not_there_is_named_and_no_place(tmp_path: Path) -> None:
    app = create_app(replace(DEFAULTS, corpus=str(tmp_path / "none"), desk=str(tmp_path / "desk.sqlite3")))
    assert "corpus-unavailable" in reasons(app)
    assert str(tmp_path) not in ready(app).text
    app.extensions["desk"].store.close()


def test_a_corpus_that_comes_back_makes_it_ready_again(running: Flask, folder: Path) -> None:
    away = folder.with_name("away")
    shutil.copytree(folder, away)
    (folder / "corpus.sqlite3").unlink()
    assert "corpus-unavailable" in reasons(running)
    shutil.copy(away / "corpus.sqlite3", folder / "corpus.sqlite3")
    assert ready(running).status_code == 200


def test_tables_that_a_newer_program_changed_meanwhile_are_noticed(running: Flask, folder: Path) -> None:
    assert ready(running).status_code == 200
    brought_further(folder / "corpus.sqlite3")
    assert reasons(running) == {"corpus-schema"}
    brought_further(folder / "desk.sqlite3")
    assert reasons(running) == {"corpus-schema", "desk-schema"}


def test_a_desk_that_cannot_be_opened_is_a_reason_and_no_reason_to_be_killed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    app = create_app(replace(DEFAULTS, corpus=str(folder), desk=str(tmp_path / "desk")))
    assert "desk-unavailable" in reasons(app)
    client = app.test_client()
    client.set_cookie(COOKIE, "whose this is only the desk could say")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("name", ["batches", "webhooks"])
def test_threads_that_have_ended_or_never_began_are_named(running: Flask, name: str) -> None:
    assert ready(running).status_code == 200
    running.extensions[name].stop()
    assert reasons(running) == {f"{name}-not-running"}
    del running.extensions[name]
    assert reasons(running) == {f"{name}-not-running"}


def test_a_desk_that_somebody_keeps_locked_is_named_soon(folder: Path) -> None:
    settings = replace(DEFAULTS, corpus=str(folder), encoder="none", multilingual="none")
    app = create_app(settings)
    assert "desk-unavailable" not in reasons(app)
    app.extensions["desk"].store.close()
    holder = sqlite3.connect(folder / "desk.sqlite3", isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    assert "desk-unavailable" in reasons(app)
    assert time.monotonic() - began < PATIENCE + 1
    holder.execute("ROLLBACK")
    holder.close()
    while "desk-unavailable" in reasons(app):
        assert time.monotonic() - began < 30
    app.extensions["desk"].store.close()
