"""Whatever is wrong is a problem document of a stable kind; every answer says what it is called and how much is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from corpus.errors import CorpusUnavailable
from corpus.store import Corpus
from tests.web.api.conftest import TRUE, Programs, problem
from web import create_app
from web.api.problems import KINDS, MAPPED


def test_every_mapped_exception_has_a_kind_and_every_kind_a_page(app: Flask) -> None:
    assert {kind for _, kind in MAPPED} <= set(KINDS)
    for name, kind in KINDS.items():
        page = app.test_client().get(f"/api/v1/problems/{name}")
        assert page.status_code == 200 and kind.advice.split(" (")[0][:20] in page.text.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/none", (404, "not-found")),
        ("POST", "/none", (404, "not-found")),
        ("GET", "/quotes", (405, "method-not-allowed")),
        ("OPTIONS", "/quotes", (405, "method-not-allowed")),
        ("PUT", "/documents", (405, "method-not-allowed")),
        ("GET", "/keys?x=1", (422, "invalid-request")),
        ("GET", "/reviews/a%00b", (404, "not-found")),
        ("GET", "/articles/a%00b", (404, "not-found")),
        ("GET", "/keys/a%00b", (404, "not-found")),
    ],
)
def test_what_is_not_there_is_said_in_the_same_shape(program: Programs, method: str, path: str, kind: object) -> None:
    answer = program()(method, path)
    assert problem(answer) == kind
    assert answer.headers.get("Allow") == {"/quotes": "POST", "/documents": "GET, HEAD"}.get(path if "405" in str(kind) else "")  # fmt: skip


def test_the_desk_s_own_pages_stay_pages(app: Flask) -> None:
    assert app.test_client().get("/none").mimetype == "text/html"
    assert app.test_client().get("/apiary").mimetype == "text/html"


def test_what_breaks_on_our_side_says_nothing_of_this_machine(
    program: Programs, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("/secret/place")

    caller = program()
    monkeypatch.setattr(Corpus, "shelf", broken)
    answer = caller("GET", "/documents")
    assert problem(answer) == (500, "internal") and "secret" not in answer.text
    assert caplog.records[-1].exc_info and caplog.records[-1].levelname == "ERROR"
    monkeypatch.setattr(Corpus, "shelf", lambda *_: (_ for _ in ()).throw(CorpusUnavailable("/secret/place")))
    answer = caller("GET", "/documents")
    assert problem(answer) == (503, "unavailable") and "secret" not in answer.text


def test_a_desk_that_cannot_be_reached_is_unavailable(app: Flask, invented_corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("no database" * 200)
    settings = replace(app.extensions["desk"].settings, desk=str(tmp_path / "broken"))
    client = create_app(settings, invented_corpus).test_client()
    client.application.config["TESTING"] = False
    answer = client.get("/api/v1/keys", headers={"Authorization": f"Bearer onr_live_{'0' * 12}_{'0' * 64}"})
    assert problem(answer) == (503, "unavailable") and "broken" not in answer.text


def test_requests_are_counted_and_too_many_are_told_when_to_come_again(app: Flask, program: Programs) -> None:
    desk = app.extensions["desk"]
    desk.settings = replace(desk.settings, api_requests=3)
    caller = program()
    answers = [caller("GET", "/keys") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each.headers["RateLimit"].partition(";t=")[0] for each in answers] == [
        f'"requests";r={left}' for left in (2, 1, 0, 0)
    ]
    assert answers[0].headers["RateLimit-Policy"] == '"requests";q=3;w=60'
    assert problem(answers[3]) == (429, "too-many-requests")
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
    assert program()("GET", "/keys").status_code == 200


def test_a_request_keeps_the_name_that_its_sender_gave_it(program: Programs) -> None:
    caller = program()
    assert caller("GET", "/keys", X_Request_Id="job-7.a_B").headers["X-Request-Id"] == "job-7.a_B"
    for name in ("a b", "x" * 65, "<b>"):
        assert caller("GET", "/keys", X_Request_Id=name).headers["X-Request-Id"] not in (name, "")


def test_the_guards_of_the_pages_are_on_every_answer(app: Flask, program: Programs) -> None:
    for answer in (program()("POST", "/quotes", {"quotes": {"a": TRUE}}), app.test_client().get("/api/v1/none")):
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
