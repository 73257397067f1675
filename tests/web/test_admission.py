"""More requests than there is room for: some wait in their order, the others are told at once to come again, and nobody hangs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import URL

from corpus.store import Corpus
from web.admission import EXEMPT, SPARE, Admission, Overloaded, threads_of
from web.desk import LISTENERS
from web.store import Store, accounts, jobs, keys
from web.store.jobs import Leased, NewItem, Outcome

START = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PLACES, WAITING, MANY = 1, 2, 40
_LARGE = 6_000_000
"""More bytes than the kernel takes from a sender before anybody reads them."""


def test_places_are_never_given_twice_and_never_lost() -> None:
    places = Admission(3, waiting=40, patience=0.002)
    inside, most, told = 0, 0, Counter[str]()
    counting = threading.Lock()

    def come(number: int) -> None:
        nonlocal inside, most
        try:
            places.enter()
        except Overloaded as error:
            with counting:
                told[error.why] += 1
            return
        with counting:
            inside += 1
            most = max(most, inside)
        time.sleep(0.0005 * (number % 4))
        with counting:
            inside -= 1
            told["taken up"] += 1
        places.leave()

    with ThreadPoolExecutor(24) as pool:
        list(pool.map(come, range(600)))
    assert most <= 3 and told.total() == 600 and told["late"] and told["taken up"]
    assert [places.enter() for _ in range(3)] == [0.0, 0.0, 0.0]  # all are free again
    with pytest.raises(Overloaded, match="late"):
        places.enter()


def test_who_waits_is_taken_up_in_the_order_of_coming() -> None:
    places, came = Admission(1, waiting=5, patience=10), list[int]()
    places.enter()

    def come(number: int) -> None:
        places.enter()
        came.append(number)
        places.leave()

    waiting = [threading.Thread(target=come, args=(number,)) for number in range(5)]
    for number, each in enumerate(waiting, start=1):
        each.start()
        while len(places._queue) < number:
            time.sleep(0.0002)
    with pytest.raises(Overloaded, match="full"):
        places.enter()
    places.leave()
    for each in waiting:
        each.join()
    assert came == [0, 1, 2, 3, 4]


@pytest.fixture
def full(app: Flask) -> FlaskClient:
    """A client of a service that has no place left."""
    places = Admission(1, waiting=0, patience=0)
    places.enter()
    app.extensions["admission"] = places
    return app.test_client()


@pytest.mark.parametrize(("language", "says"), [("en", "Too many requests at once"), ("ru", "Слишком много запросов")])
def test_readers_are_told_in_their_language(full: FlaskClient, language: str, says: str) -> None:
    answer = full.post("/check", data={"text": "typed by me"}, headers={"Accept-Language": language})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.mimetype == "text/html" and f'<h1 id="trouble">{says}' in answer.text
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Request-Id"]


def test_whoever_is_turned_away_costs_the_desk_nothing(full: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Store, "reading")
    monkeypatch.delattr(Store, "writing")
    full.set_cookie("onrecord_session", "whoever")
    assert full.get("/reviews").status_code == 503


def test_programs_are_told_in_a_problem_document_that_is_documented(full: FlaskClient) -> None:
    answer = full.post("/api/v1/quotes", json={}, headers={"Authorization": "Bearer onr_live_x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None and answer.json["type"] == "/api/v1/problems/overloaded"
    full.application.extensions.pop("admission")
    described = json.loads(full.get("/api/v1/openapi.json").text)["paths"]
    answers = [way["responses"]["503"] for address in described.values() for way in address.values()]
    assert all("problems/overloaded" in each["description"] and "Retry-After" in each["headers"] for each in answers)
    assert full.get("/api/v1/problems/overloaded").status_code == 200


def test_probes_styles_and_what_browsers_ask_first_need_no_place(full: FlaskClient) -> None:
    assert set(full.application.view_functions) >= EXEMPT
    for path in ("/healthz", "/static/onrecord.css", "/desk.css"):
        with full.get(path) as answer:
            assert answer.status_code == 200, path
    ready = full.get("/readyz").json  # nothing works through batches here, but the databases are asked
    assert ready is not None and ready["reasons"] == ["batches-not-running", "webhooks-not-running"]
    assert full.get("/metrics").status_code == 404  # nobody may read them here
    assert full.options("/api/v1/quotes").status_code != 503


def test_a_place_is_free_again_whatever_came_of_the_request(app: Flask) -> None:
    app.extensions["admission"] = Admission(1, waiting=0, patience=0)
    client = app.test_client()
    for path in ("/", "/none", "/corpus/none", "/reviews"):
        assert client.get(path).status_code != 503


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = Store(URL.create("sqlite", database=str(tmp_path / "desk.sqlite3")))
    yield held
    held.close()


@pytest.fixture
def held(store: Store) -> Leased:
    """An article of Ada's that is being checked for as long as the test wants; claimed before a server could."""
    with store.writing() as connection:
        accounts.add(connection, "Ada", "a password of the test", role="admin", by="test")
        jobs.create(connection, "Article", [NewItem("Article", "article", "{}")], by="Ada")
    leased = jobs.claim(store)
    assert leased is not None
    return leased


@pytest.fixture
def server(tmp_path: Path, held: Leased) -> Iterator[str]:
    """A server with few places."""
    Corpus.open(tmp_path / "corpus", create=True).close()
    given = {"ENCODER": "none", "JUDGE": "none", "DESK": str(tmp_path / "desk.sqlite3"), "METRICS": "here"}
    environment = os.environ | {f"ONRECORD_{name}": value for name, value in given.items()}
    few = ["--threads", str(PLACES), "--waiting", str(WAITING), "--patience", "20"]
    command = [*START, *few, "--corpus", str(tmp_path / "corpus")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        yield run.stdout.readline().split()[-1]
        run.terminate()
        _, errors = run.communicate(timeout=40)
        assert errors.count("told to come again") == 1 and errors.count("\n") == 1


def opened(address: str) -> closing[HTTPConnection]:
    """A connection on which whoever hangs is an error."""
    parts = urlsplit(address)
    return closing(HTTPConnection(parts.hostname or "", parts.port, timeout=10))


def asked(address: str, path: str, body: str | None = None) -> tuple[int, str]:
    """The status of an answer, and what it says."""
    with opened(address) as connection:
        connection.request("GET" if body is None else "POST", path, body, FORM)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def _followed(connection: HTTPConnection, events: str, secret: str) -> HTTPResponse:
    """The head of a stream."""
    connection.request("GET", events, headers={"Authorization": f"Bearer {secret}"})
    return connection.getresponse()


def test_nobody_hangs_where_more_come_than_there_is_room_for(server: str, store: Store, held: Leased) -> None:
    assert threads_of(PLACES, WAITING) == PLACES + WAITING + LISTENERS + SPARE
    with store.writing() as connection:
        _, secret = keys.make(connection, "Ada", label="listens", scopes=("check",), by="test")
    events = f"/api/v1/articles/{held.job_id}/events"
    form = urlencode({"text": "“The harbour of Marlo opens in spring”", "kind": "quote"})
    with ExitStack() as stack:
        listening = [stack.enter_context(opened(server)) for _ in range(LISTENERS)]
        heard = [_followed(each, events, secret) for each in listening]
        assert [each.status for each in heard] == [200] * LISTENERS
        pool = stack.enter_context(ThreadPoolExecutor(MANY))
        with store.writing():  # whoever would write to the desk waits for this
            answers = [pool.submit(asked, server, "/check", form) for _ in range(MANY)]
            refused = [each.result() for each in islice(as_completed(answers, timeout=10), MANY - PLACES - WAITING)]
            assert {status for status, _ in refused} == {503}
            assert asked(server, "/healthz")[0] == asked(server, "/readyz")[0] == 200
            _, counts = asked(server, "/metrics")
            with opened(server) as connection:  # what it runs on is told, but no version of it
                connection.request("GET", "/healthz")
                assert connection.getresponse().headers["Server"] == "gunicorn"
            assert sum(each.done() for each in answers) == len(refused)  # the others wait for their turn
            status, says = asked(server, "/check", "a" * _LARGE)  # who still sends when refused sees that it was
            assert status == 503 and "Too many requests" in says
        assert Counter(each.result()[0] for each in answers) == {503: len(refused), 303: PLACES + WAITING}
        assert asked(server, "/check", "a" * 4 * _LARGE)[0] == 413
        assert asked(server, "/api/v1/quotes", "a" * _LARGE)[0] == 401
        assert jobs.finish(store, held, Outcome(error_code="none", error="It was only to be followed."))
        assert all(b"event: done" in each.read() for each in heard)
    assert f'onrecord_http_requests_refused_total{{why="full"}} {len(refused)}.0' in counts
