"""The log names what happened and in which request, and holds no word of what somebody sent, whatever goes wrong."""

from __future__ import annotations

import http.client
import io
import json
import logging
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from checker.settings import DEFAULTS
from corpus.store import Corpus
from corpus.types import Document
from web import create_app, logs
from web.store import accounts, keys, store_of

MARK = "kestrel-umbrella"
"""Stands in every draft, address and key here, and must stand in no log."""
START = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0"]


@pytest.fixture
def unlogged() -> Iterator[None]:
    """What logging was before, afterwards."""
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    yield
    root.handlers[:] = kept
    root.setLevel(level)
    logging.getLogger("web.answered").setLevel(logging.NOTSET)


@pytest.fixture
def written(unlogged: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[logs.Form], io.StringIO]:
    """A log in that form, and what was written to it."""

    def begin(form: logs.Form) -> io.StringIO:
        out = io.StringIO()
        monkeypatch.setattr(sys, "stderr", out)
        logs.configure(form)
        return out

    return begin


class Broken(Exception):
    """An exception that repeats what it was given, as those of libraries do."""


def fail(*_: object) -> Any:
    try:
        int(MARK)
    except ValueError as error:
        raise Broken(f"cannot read {MARK!r}") from error


def broken_pages(tmp_path: Path) -> Any:
    """Pages whose checker breaks over a draft and says it."""
    from web.desk import Checks

    Corpus.open(tmp_path / "corpus", create=True).close()
    settings = replace(DEFAULTS, corpus=str(tmp_path / "corpus"), desk=str(tmp_path / "desk"), encoder="none")
    app = create_app(settings, checks=Checks(fail, fail))
    return app.test_client()


def test_what_breaks_is_told_by_its_kind_and_places_and_by_nothing_that_was_sent(
    written: Callable[[logs.Form], io.StringIO], tmp_path: Path
) -> None:
    out = written("text")
    answer = broken_pages(tmp_path).post("/check", data={"text": f"“{MARK}”", "kind": "quote"}, follow_redirects=True)
    line = out.getvalue()
    assert answer.status_code == 500 and MARK not in line
    assert f" ERROR web.answered {answer.headers['X-Request-Id']}: " in line
    assert "Broken at " in line and "web/results.py:" in line and "because of builtins.ValueError at" in line
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ", line)


def test_programs_read_an_object_a_line(written: Callable[[logs.Form], io.StringIO], tmp_path: Path) -> None:
    out = written("json")
    client = broken_pages(tmp_path)
    client.get(f"/{MARK}?q={MARK}", headers={"X-Request-Id": "asked-by-us"})
    client.open("/", method=MARK.upper())
    client.post("/check", data={"text": f"“{MARK}”", "kind": "quote"}, follow_redirects=True)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert MARK not in out.getvalue().lower()
    first = told[0]
    assert (first["request_id"], first["status"], first["route"], first["method"]) == (
        "asked-by-us",
        404,
        "none",
        "GET",
    )
    assert first["logger"] == "web.answered" and first["level"] == "INFO" and first["ms"] >= 0
    datetime.strptime(first["time"], "%Y-%m-%dT%H:%M:%SZ")
    assert told[1]["method"] == "other"
    broke = next(each for each in told if each["level"] == "ERROR")
    assert "Broken at " in broke["exception"] and broke["route"] == "/checks/<id>"
    assert [each["status"] for each in told if each["request_id"] == broke["request_id"] and "status" in each] == [500]


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "line\u2028break", "<script>"])
def test_a_name_for_a_request_that_is_none_gets_one_of_ours(client: Any, given: str) -> None:
    named = client.get("/", headers={"X-Request-Id": given.encode("unicode-escape").decode()} if given else {})
    assert re.fullmatch(r"[0-9a-f]{16}", named.headers["X-Request-Id"])


def test_a_whole_service_writes_no_word_of_what_it_was_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        list(corpus.add([Document("a", "Port of Marlo (invented)", "Address", "The harbour opens in spring.", ())]))
    settings = {"LOG": "json", "ENCODER": "none", "JUDGE": "none", "EGRESS": "off", "DESK": str(tmp_path / "desk")}
    for name, value in settings.items():
        monkeypatch.setenv(f"ONRECORD_{name}", value)
    store = store_of(replace(DEFAULTS, corpus=str(tmp_path / "corpus"), desk=str(tmp_path / "desk")))
    with store.writing() as connection:
        accounts.add(connection, "Ada", f"{MARK} as a password", role="admin", by="test")
        _, secret = keys.make(connection, "Ada", label=MARK, scopes=keys.SCOPES, by="test")
    store.close()
    command = [*START, "--corpus", str(tmp_path / "corpus")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None and server.stderr is not None
        address = re.search(r"http://(\S+)/", server.stdout.readline())
        assert address, "the server did not start"
        met = [status for status in _everything(address.group(1), secret)]
        server.send_signal(signal.SIGTERM)
        rest, said = server.communicate(timeout=60)
    assert MARK not in (rest + said).lower() and secret not in rest + said
    answered = [line for line in map(json.loads, said.splitlines()) if line["logger"] == "web.answered"]
    assert len(answered) >= len([each for each in met if each]) and {200, 303, 400, 401, 404, 413} <= set(met), met
    assert any(line["message"] == "A request could not be taken apart." for line in map(json.loads, said.splitlines()))


def _everything(place: str, secret: str) -> Iterator[int]:
    """The marked text by every way in, right and wrong; the statuses."""
    draft = f"“We shall never sell the {MARK},” Ada Lorne said in Marlo on Monday."
    host, port = place.split(":")
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{place}"}
    program = {"Content-Type": "application/json", "Authorization": f"Bearer {secret}"}

    def ask(method: str, path: str, body: bytes | str = b"", **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.headers.get("Location", "")

    status, where = ask("POST", "/check", urllib.parse.urlencode({"text": draft}), **form)
    yield status
    yield ask("GET", where)[0]
    yield ask("GET", f"{where}/report.csv")[0]
    yield ask("POST", "/check", urllib.parse.urlencode({"text": f"https://{MARK}.example/draft"}), **form)[0]
    yield ask("POST", "/check", urllib.parse.urlencode({"text": draft}) + "&x=%ff%fe", **form)[0]
    yield ask("POST", "/check", urllib.parse.urlencode({"text": f"{MARK} " * 300_000}), **form)[0]
    yield ask("GET", f"/documents/{MARK}")[0]
    yield ask("GET", f"/corpus?q={MARK}")[0]
    yield ask("POST", "/sign-in", urllib.parse.urlencode({"name": MARK, "password": MARK}), **form)[0]
    yield ask("POST", "/api/v1/quotes", json.dumps({"quotes": {"a": {"quote": draft}}}), **program)[0]
    yield ask("POST", "/api/v1/quotes", f'{{"quotes": "{MARK}', **program)[0]
    yield ask("POST", "/api/v1/quotes", json.dumps({MARK: 1}), **program)[0]
    yield ask("POST", "/api/v1/articles", json.dumps({"text": draft, "title": MARK}), **program)[0]
    yield ask("POST", "/api/v1/quotes", b"{}", Content_Type="application/json", Authorization=f"Bearer {MARK}")[0]
    yield ask("POST", "/api/v1/quotes", b"[" * 100_000, **program)[0]
    yield ask("GET", "/api/v1/documents/" + MARK, **program)[0]
    for line in (f"GET /{MARK} HTTP/9.9", f"{MARK}", f"GET / HTTP/1.1\r\n{MARK}\x00: x", f"G\x01T /{MARK} HTTP/1.1"):
        with socket.create_connection((host, int(port)), timeout=60) as raw:
            raw.sendall(f"{line}\r\n\r\n".encode())
            raw.recv(4096)
