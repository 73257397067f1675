"""The API over the invented part of the starter corpus, judged by words alone, and other programs with keys to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.api_fuzz import key as campaign_key
from benchmarks.api_fuzz import served as running
from checker.settings import DEFAULTS
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.types import Document
from web import create_app
from web.batch.running import Runner
from web.desk import Desk
from web.store import Store, keys
from web.store.keys import SCOPES, Scope

TRUE = {"quote": "We will not sign the water treaty today.", "speaker": "Ilse Corvane"}
ALTERED = {"quote": "We will sign the water treaty today.", "speaker": "Ilse Corvane"}
ARTICLE = "“We will not sign the water treaty today,” Ilse Corvane said.\n\n“Nobody here likes rain,” she added."


def invented_documents() -> list[Document]:
    """The sixteen invented documents of the starter corpus."""
    lines = resources.files("corpus").joinpath("starter/invented.jsonl").read_text(encoding="utf-8")
    return [document_of(json.loads(line)) for line in lines.splitlines()]


@dataclass(frozen=True, slots=True)
class Program:
    """Another program that has a key."""

    client: FlaskClient
    secret: str

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        sent = {"Authorization": f"Bearer {self.secret}"} | {each.replace("_", "-"): headers[each] for each in headers}
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=sent)


Programs = Callable[..., Program]


@pytest.fixture(scope="session")
def invented_corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Read only: one for all tests."""
    folder = tmp_path_factory.mktemp("record")
    with Corpus.open(folder, create=True) as corpus:
        list(corpus.add(invented_documents()))
        yield corpus


@pytest.fixture
def app(invented_corpus: Corpus, tmp_path: Path) -> Flask:
    settings = replace(
        DEFAULTS, corpus=str(invented_corpus.place.name), desk=str(tmp_path / "desk.sqlite3"), encoder="none",
        multilingual="none", judge="none",
    )  # fmt: skip
    app = create_app(settings, invented_corpus)
    app.config["TESTING"] = False
    return app


@pytest.fixture
def store(app: Flask) -> Store:
    held = app.extensions["desk"]
    assert isinstance(held, Desk)
    return held.store


@pytest.fixture
def program(app: Flask, store: Store, entered: Callable[[Store, str, str], str]) -> Programs:
    """Makes a program with a key: of an account of some role, with all scopes or with some."""

    def make(role: str = "editor", *, scopes: tuple[Scope, ...] = SCOPES, test: bool = False) -> Program:
        entered(store, role.capitalize(), role)
        with store.writing() as connection:
            _, secret = keys.make(connection, role.capitalize(), label="CMS", scopes=scopes, by="test", test=test)
        return Program(app.test_client(), secret)

    return make


@pytest.fixture
def work(app: Flask) -> Iterator[Callable[[], None]]:
    """Works through what is waiting, as the service does in the background, here in this process."""
    runner = Runner(app.extensions["desk"])

    def once() -> None:
        while runner.once():
            pass

    yield once
    runner.stop()


def problem(answer: TestResponse) -> tuple[int, str]:
    """The status and the kind of a problem document."""
    assert answer.mimetype == "application/problem+json", answer.text
    body: dict[str, Any] = json.loads(answer.text)
    assert body["status"] == answer.status_code and body["request_id"] == answer.headers["X-Request-Id"]
    return answer.status_code, body["type"].rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server, and a key to it with all scopes."""

    address: str
    key: str


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service itself over the invented documents, with whoever works through what waits; one for all tests."""
    folder = tmp_path_factory.mktemp("served")
    with running(folder) as (address, store):
        yield Served(address, campaign_key(store))
        store.close()
