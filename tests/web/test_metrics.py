"""What monitoring reads: who may, that it counts what happened in whatever process, and that nothing a reader typed is in it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from checker.errors import SettingsError
from checker.settings import DEFAULTS, Settings, load_settings
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn
from web import create_app
from web.desk import Desk
from web.metrics import TOKEN_LENGTH, access_of
from web.store import accounts, jobs, keys, webhooks
from web.store.jobs import NewItem, Outcome

TOKEN = "an-invented-token-of-our-own"
SAID = "The harbour of Marlo opens in spring, and not a day later."
START = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    said = Turn(0, "Ada Lorne", "speech", Span(0, len(SAID)))
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        list(
            corpus.add(
                [Document("a", "Port of Marlo (invented)", "Address", SAID, (said,), date=PartialDate(2032, 10, 3))]
            )
        )
    return tmp_path / "corpus"


@pytest.fixture
def reader(folder: Path) -> Callable[..., FlaskClient]:
    def made(**settings: str) -> FlaskClient:
        plain = replace(DEFAULTS, corpus=str(folder), encoder="none", multilingual="none", judge="none", **settings)
        return create_app(plain).test_client()

    return made


def values(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """The samples, by name and the values of their labels in the order of the labels' names."""
    return {
        (sample.name, tuple(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_without_a_setting_there_is_no_such_page(reader: Callable[..., FlaskClient]) -> None:
    assert reader().get("/metrics").status_code == 404


def test_here_is_for_those_who_sit_at_this_machine(reader: Callable[..., FlaskClient]) -> None:
    client = reader(metrics="here", require_sign_in="on")
    answer = client.get("/metrics")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.168.0.9"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.168.0.9"}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer another", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
def test_a_wrong_token_reads_nothing(reader: Callable[..., FlaskClient], given: str) -> None:
    answer = reader(metrics="token", metrics_token=TOKEN).get("/metrics", headers={"Authorization": given})
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"
    assert "onrecord_" not in answer.text


def test_the_token_reads_from_anywhere(reader: Callable[..., FlaskClient]) -> None:
    client = reader(metrics="token", metrics_token=TOKEN)
    far = {"REMOTE_ADDR": "192.168.0.9"}
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, environ_base=far).status_code == 200
    assert client.get("/metrics").status_code == 401


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (replace(DEFAULTS, metrics="token"), "openssl rand"),
        (replace(DEFAULTS, metrics="token", metrics_token="x" * (TOKEN_LENGTH - 1)), str(TOKEN_LENGTH)),
        (replace(DEFAULTS, metrics="token", metrics_token=TOKEN, metrics_token_file="/none"), "not both"),
        (replace(DEFAULTS, metrics="token", metrics_token_file="/none/such"), "/none/such"),
    ],
)
def test_a_token_that_cannot_be_is_refused_with_the_way_out(settings: Settings, says: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(says)):
        access_of(settings)


def test_the_token_may_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("ONRECORD_METRICS", "token")
    monkeypatch.setenv("ONRECORD_METRICS_TOKEN_FILE", str(tmp_path / "token"))
    access = access_of(load_settings())
    assert access is not None and access.token == TOKEN and TOKEN not in repr(load_settings())


def test_what_happens_is_counted_and_nothing_that_a_reader_typed_is_told(reader: Callable[..., FlaskClient]) -> None:
    client = reader(metrics="here")
    before = values(client.get("/metrics").text)
    client.post(
        "/check", data={"text": "“The harbour of Marlo opens in spring”", "kind": "quote"}, follow_redirects=True
    )
    client.post("/check", data={"text": "“Marker of nobody elsewhere said”", "kind": "quote"}, follow_redirects=True)
    client.get("/marker-of-a-path?q=marker-of-a-question")
    client.open("/", method="MARKER")
    text = client.get("/metrics").text
    after = values(text)
    assert after["onrecord_findings_total", ("verified",)] - before["onrecord_findings_total", ("verified",)] == 1
    assert after["onrecord_findings_total", ("unsourced",)] - before["onrecord_findings_total", ("unsourced",)] == 1
    assert after["onrecord_http_requests_total", ("POST", "/check", "303")] == 2
    assert after["onrecord_http_requests_total", ("GET", "none", "404")] == 1
    assert after["onrecord_http_request_duration_seconds_count", ("POST", "/check")] == 2
    assert any(name == "onrecord_http_requests_total" and "other" in labels for name, labels in after)
    assert "marker" not in text.lower()


def test_how_the_record_stands_is_told_as_it_is_now(reader: Callable[..., FlaskClient], folder: Path) -> None:
    client = reader(metrics="here")
    told = values(client.get("/metrics").text)
    assert told["onrecord_corpus_up", ()] == 1 and told["onrecord_desk_up", ()] == 1
    assert told["onrecord_corpus_documents", ()] == 1 and told["onrecord_corpus_encoded_ratio", ()] == 0
    assert told["onrecord_corpus_newest_document_timestamp_seconds", ()] == 1980374400  # 3 October 2032
    with Corpus.open(folder) as corpus:
        list(corpus.add([Document("b", "Port of Marlo (invented)", "Other", "The ferry is late.", ())]))
    assert values(client.get("/metrics").text)["onrecord_corpus_documents", ()] == 2


def test_a_record_that_is_away_is_told_and_the_rest_too(reader: Callable[..., FlaskClient], folder: Path) -> None:
    client = reader(metrics="here", desk=str(folder.parent / "desk.sqlite3"))
    shutil.rmtree(folder)
    told = values(client.get("/metrics").text)
    assert told["onrecord_corpus_up", ()] == 0 and told["onrecord_desk_up", ()] == 1
    assert ("onrecord_corpus_documents", ()) not in told


def test_what_was_given_up_is_counted(reader: Callable[..., FlaskClient], folder: Path) -> None:
    client = reader(metrics="here", desk=str(folder.parent / "desk.sqlite3"))
    desk: Desk = client.application.extensions["desk"]
    before = values(client.get("/metrics").text)
    assert before["onrecord_batch_items_failed", ("gave-up",)] == before["onrecord_webhook_messages_given_up", ()] == 0
    with desk.store.writing() as connection:
        accounts.add(connection, "Ada", "a password of the test", role="admin", by="test")
        key, _ = keys.make(connection, "Ada", label="CMS", scopes=("check", "webhooks"), by="test")
        hook, _ = webhooks.make(connection, key, url="https://cms.example/", events=["finding.ready"])
        jobs.create(connection, "two", [NewItem("deadly", "article", "{}"), NewItem("odd", "article", "{}")], by="Ada")
    odd = Outcome(error_code="input", error="no")
    for _ in range(jobs.ATTEMPTS):  # as when so many processes die over it
        leased = jobs.claim(desk.store)
        assert leased is not None and leased.name == "deadly"
        jobs.give_back(desk.store, leased)
    other = jobs.claim(desk.store, gave_up=desk.meter.ended)
    assert other is not None and other.name == "odd" and jobs.finish(desk.store, other, odd)
    with desk.store.writing() as connection:
        webhooks.end(connection, hook.id, because="The test is over.", by="test")
    told = values(client.get("/metrics").text)
    assert told["onrecord_batch_items_failed", ("gave-up",)] == told["onrecord_batch_items_failed", ("input",)] == 1
    assert told["onrecord_batch_items_total", ("failed",)] - before["onrecord_batch_items_total", ("failed",)] == 1
    assert told["onrecord_webhook_messages_given_up", ()] == 2


def test_the_processes_of_a_service_are_counted_together(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv("TMPDIR", str(kept))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name, value in {"METRICS": "here", "ENCODER": "none", "JUDGE": "none", "DESK": str(tmp_path / "desk")}.items():
        monkeypatch.setenv(f"ONRECORD_{name}", value)
    command = [*START, "--workers", "2", "--corpus", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+/", server.stdout.readline())
        assert address, "the server did not start"
        for _ in range(30):
            urllib.request.urlopen(f"{address.group()}healthz", timeout=10).close()
        with urllib.request.urlopen(f"{address.group()}metrics", timeout=10) as answer:
            told = values(answer.read().decode())
        assert list(kept.glob("onrecord-metrics-*"))
        server.send_signal(signal.SIGTERM)
    assert told["onrecord_http_requests_total", ("GET", "/healthz", "200")] == 30
    assert not list(kept.glob("onrecord-metrics-*"))
