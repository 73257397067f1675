"""A batch from its form to its files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from checker.types import Article, Finding, Report
from web.store import jobs
from web.store.findings import dump_report
from web.store.jobs import Outcome

Roles = Callable[[str], FlaskClient]
Send = Callable[..., TestResponse]


@pytest.fixture
def batch(app: Flask, as_role: Roles, send: Send, findings: list[Finding]) -> str:
    """The address of a batch of three: found, not to be checked, and still waiting."""
    answer = send(
        as_role("reporter"),
        "/batches",
        page="/batches",
        lines="We opened.\n=cmd|'/c calc'!A1\nWe closed.",
        title="=1+1",
    )
    assert answer.status_code == 303
    store = app.extensions["desk"].store
    report = Report(Article("1", "We opened.", title="One"), (findings[0],), findings[0].provenance)
    for outcome in (Outcome(dump_report(report), {"verified": 1}, "{}"), Outcome(error_code="input", error="+no")):
        leased = jobs.claim(store)
        assert leased and jobs.finish(store, leased, outcome)
    return str(answer.headers["Location"])


def upload(client: FlaskClient, files: dict[str, bytes]) -> TestResponse:
    """A form as a browser sends it."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/batches").text)
    assert token
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    body = part % (b"csrf_token", b"", token[1].encode())
    for name, raw in files.items():
        body += part % (b"files", b'; filename="%s"' % name.encode(), raw)
    return client.post("/batches", data=body + b"--x--\r\n", content_type="multipart/form-data; boundary=x")


def test_files_are_taken_up_to_more_than_a_form(as_role: Roles) -> None:
    client = as_role("reporter")
    large = {f"{number}.txt": b"One. " * 1_000_000 for number in range(2)}
    assert upload(client, large).status_code == 303
    assert upload(client, {f"{number}.txt": b"One." for number in range(200)}).status_code == 303


def test_what_is_too_large_is_refused_with_its_limits(as_role: Roles, send: Send) -> None:
    client = as_role("reporter")
    assert "at most 5,000 items" in client.get("/batches").text
    answer = send(client, "/batches", page="/batches", lines="")
    assert answer.status_code == 400 and "Choose files" in answer.text
    assert upload(client, {"a.txt": b"x" * 69_000_000}).status_code == 413


def test_progress_shows_what_is_new_and_how_far_it_is(batch: str, as_role: Roles) -> None:
    client = as_role("read-only")
    page = client.get(batch).text
    assert "2 of 3 checked</b>, 1 of them could not be" in page and "waiting" in page
    part = client.get(f"{batch}/progress?since=2000").text
    assert 'id="item-1"' in part and 'id="item-2"' in part and 'id="item-3"' not in part
    assert "+no" in part and "left" in part
    assert 'id="item-1"' not in client.get(f"{batch}/progress?since=3000").text


def test_an_item_shows_its_findings_or_its_error(batch: str, as_role: Roles) -> None:
    client = as_role("read-only")
    assert "We opened the northern ferry in May." in client.get(f"{batch}/items/1").text
    assert "Not checked" in client.get(f"{batch}/items/2").text
    assert client.get(f"{batch}/items/9").status_code == 404


def test_a_batch_is_cancelled_and_goes_on(batch: str, as_role: Roles, send: Send) -> None:
    client = as_role("reporter")
    assert send(client, f"{batch}/cancel", page=batch).status_code == 303
    assert "1 cancelled" in client.get(batch).text
    assert send(client, f"{batch}/go-on", page=batch).status_code == 303
    assert "1 of 3 checked</b>" in client.get(batch).text


def test_the_files_hold_every_item_and_no_formula(batch: str, as_role: Roles) -> None:
    client = as_role("read-only")
    rows = list(csv.reader(io.StringIO(client.get(f"{batch}/export/csv").get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) == 4 and rows[1][2] == "done" and rows[2][3] == "'+no"
    assert not any(cell[:1] in tuple("=+-@|%") for row in rows for cell in row)
    lines = [json.loads(line) for line in client.get(f"{batch}/export/jsonl").text.splitlines()]
    assert (
        lines[0]["status"] == "verified"
        and lines[1]["error"]["code"] == "input"
        and lines[2]["error"]["code"] == "waiting"
    )
    page = client.get(f"{batch}/export/html")
    assert "We opened the northern ferry in May." in page.text and page.headers["X-Content-Type-Options"] == "nosniff"
    (run,) = json.loads(client.get(f"{batch}/export/sarif").text)["runs"]
    assert run["properties"]["statements"]["verified"] == 1
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == ["+no", "This item is waiting."]
    assert len(json.loads(client.get(f"{batch}/export/claimreview").text)["@graph"]) == 1
    assert json.loads(client.get(f"{batch}/export/annotations").text)["type"] == "AnnotationCollection"
    word = docx.Document(io.BytesIO(client.get(f"{batch}/export/docx").get_data()))
    assert [each.author for each in word.comments] == ["OnRecord"]


@pytest.mark.parametrize("address", ["/batches/none", "/batches/none/progress", "/batches/none/export/csv"])
def test_what_is_not_there_is_not_found(as_role: Roles, address: str) -> None:
    assert as_role("editor").get(address).status_code == 404
