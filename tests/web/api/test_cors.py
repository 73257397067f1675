"""Pages of other sites: those of the origins that the settings name may ask, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from checker.settings import DEFAULTS, load_settings
from corpus.store import Corpus
from web import create_app

CMS, OTHER = "https://cms.paper.example", "http://localhost:8010"
WANTS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


def application(corpus: Corpus, folder: Path, origins: tuple[str, ...]) -> Flask:
    settings = replace(
        DEFAULTS, corpus=str(corpus.place.name), desk=str(folder / "desk.sqlite3"), encoder="none",
        multilingual="none", judge="none", origins=origins,
    )  # fmt: skip
    app = create_app(settings, corpus)
    app.config["TESTING"] = False
    return app


@pytest.fixture
def app(invented_corpus: Corpus, tmp_path: Path) -> Flask:
    return application(invented_corpus, tmp_path, (CMS, OTHER))


def preflight(client: FlaskClient, origin: str, *, path: str = "/api/v1/quotes", **headers: str) -> TestResponse:
    return client.open(path, method="OPTIONS", headers={"Origin": origin, **WANTS, **headers})


def told(answer: TestResponse) -> Mapping[str, str]:
    """What an answer says to browsers about other origins."""
    return {name: value for name, value in answer.headers.items() if name.startswith("Access-Control-")}


def listed(value: str) -> set[str]:
    return {each.strip().lower() for each in value.split(",")}


@pytest.mark.parametrize("origin", [CMS, OTHER])
def test_a_browser_hears_that_a_named_origin_may_ask_with_a_key(client: FlaskClient, origin: str) -> None:
    answer = preflight(client, origin)
    assert (answer.status_code, answer.data) == (204, b"")
    says = told(answer)
    assert says["Access-Control-Allow-Origin"] == origin
    assert listed(says["Access-Control-Allow-Methods"]) == {"get", "post", "delete"}
    needed = {"authorization", "content-type", "idempotency-key", "if-none-match", "last-event-id"}
    assert needed <= listed(says["Access-Control-Allow-Headers"])
    assert 0 < int(says["Access-Control-Max-Age"]) <= 3600
    assert "Access-Control-Allow-Credentials" not in says
    assert "origin" in listed(answer.headers["Vary"]) and answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://cms.paper.example.evil.example", "https://paper.example", "http://cms.paper.example", "https://cms.paper.example:8443",
        "https://cms.paper.example/", "HTTPS://CMS.PAPER.EXAMPLE", f"{CMS}, {OTHER}", f"{CMS} {OTHER}", "null", "*", "",
    ],
)  # fmt: skip
def test_no_other_origin_is_told_anything(client: FlaskClient, origin: str) -> None:
    answer = preflight(client, origin)
    assert (answer.status_code, told(answer)) == (405, {})
    assert "origin" in listed(answer.headers["Vary"])
    assert told(client.get("/api/v1/openapi.json", headers={"Origin": origin})) == {}


def test_a_named_page_reads_what_clients_need_and_errors_too(program: Callable[..., Callable[..., TestResponse]]) -> None:  # fmt: skip
    ask = program()
    done = ask("GET", "/keys", Origin=CMS)
    assert done.status_code == 200
    readable = listed(told(done)["Access-Control-Expose-Headers"])
    assert {"etag", "ratelimit", "ratelimit-policy", "location", "x-request-id", "retry-after", "link"} <= readable
    assert {"ETag", "RateLimit", "X-Request-Id"} <= set(done.headers.keys())
    same = ask("GET", "/keys", Origin=CMS, If_None_Match=done.headers["ETag"])
    assert (same.status_code, told(same)["Access-Control-Allow-Origin"]) == (304, CMS)
    for wrong in (
        ask("GET", "/keys", Origin=CMS, Authorization="Bearer onr_live_nobody"), ask("GET", "/nothing", Origin=CMS),
        ask("POST", "/quotes", {"quotes": {}}, Origin=CMS), ask("DELETE", "/quotes", Origin=CMS),
    ):  # fmt: skip
        assert wrong.status_code in (401, 403, 404, 405, 422)
        assert told(wrong)["Access-Control-Allow-Origin"] == CMS
        assert "Access-Control-Allow-Credentials" not in told(wrong)


def test_the_desk_s_own_pages_are_opened_to_nobody(client: FlaskClient) -> None:
    for path in ("/", "/account", "/apiary"):
        assert told(preflight(client, CMS, path=path)) == {}
        assert told(client.get(path, headers={"Origin": CMS})) == {}


@contextmanager
def unnamed(corpus: Corpus, folder: Path) -> Iterator[FlaskClient]:
    with application(corpus, folder, ()).test_client() as client:
        yield client


def test_without_the_setting_nobody_is_named(invented_corpus: Corpus, tmp_path: Path) -> None:
    with unnamed(invented_corpus, tmp_path) as client:
        answer = preflight(client, CMS)
        assert (answer.status_code, told(answer)) == (405, {})
        assert "origin" not in listed(answer.headers.get("Vary", ""))


def test_the_setting_is_read_as_it_is_written_in_the_documents() -> None:
    assert load_settings({"ONRECORD_ORIGINS": f" {CMS} ,{OTHER}, "}).origins == (CMS, OTHER)
    assert load_settings({"ONRECORD_ORIGINS": ""}).origins == ()
    assert load_settings({"ONRECORD_ORIGINS": "http://[::1]:8010"}).origins == ("http://[::1]:8010",)
