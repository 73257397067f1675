"""A link in the box, and “Add the source I have”, over a real record and a real server on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from checker.settings import DEFAULTS, Settings
from corpus.read import Defaults
from corpus.read.pasted import read_pasted
from corpus.store import Corpus
from web import create_app, results
from web.given import Given, GivenError, source_of

SAID = "The lighthouse of Vessen was lit again on Sunday."
AGAIN = "Nobody will ever need a compass in this bay again."
SPEECH = f"{SAID} We did not ask the fishermen for a single coin, and we repaired 14 windows before the storm. {AGAIN}"
STORY = (
    f"“{SAID[:-1]},” Edda Marlow told the harbour council on Thursday, when everybody had come.\n\n"
    f"“{AGAIN[:-1]},” Marlow said later, to loud laughter of the fishermen who stood at the back."
)


def page(title: str, site: str, day: str, text: str) -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    head = f'<meta property="og:site_name" content="{site}"><meta property="article:published_time" content="{day}">'
    return f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


PAGES = {
    "/statement": page("Address to the harbour council", "Harbour office of Vessen", "2024-10-03", SPEECH),
    "/story": page("Light returns to Vessen", "Bay Courier", "2024-10-04", STORY),
}


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = PAGES.get(self.path)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, *_arguments: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """A server with a statement and a story about it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def settings(elsewhere: str, tmp_path: Path) -> Settings:
    return replace(DEFAULTS, corpus=str(tmp_path), private_hosts=elsewhere, encoder="none", judge="none")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Corpus]:
    """A record of one text that nobody here quotes."""
    with Corpus.open(tmp_path, create=True) as opened:
        list(opened.add([read_pasted("The market opens at six. Bring baskets.", defaults=Defaults("Quay office"))]))
        yield opened


@pytest.fixture
def reader(settings: Settings, record: Corpus, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(results, "FIRST", 60.0)  # what is found comes on the first page, however busy the machine is
    return create_app(settings, record).test_client()


def statuses(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.text
    return re.findall(r'<article class="card tone-(\w+)"', answer.text)


def held(record: Corpus) -> list[str]:
    return sorted(each.title for each in record.documents())


def begin(reader: FlaskClient, text: str = STORY, **asked: Any) -> str:
    """Check a text; gives the address of what was found."""
    data = {"text": text, "date": "2024-10-04", "kind": "article" if "\n" in text else "quote"}
    answer = reader.post("/check", data=data, **asked)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def give(reader: FlaskClient, number: int = 1, **fields: str) -> TestResponse:
    """Send the form that stands beside a finding."""
    given = {f"{name}-{number}": value for name, value in ({"tier": "primary"} | fields).items()}
    return reader.post(f"{begin(reader)}/sources", data={"number": str(number), **given})


def test_a_link_in_the_box_stands_for_its_article(reader: FlaskClient, elsewhere: str) -> None:
    answer = reader.post("/check", data={"text": f" http://{elsewhere}/story\n"}, follow_redirects=True)
    assert statuses(answer) == ["uncovered", "uncovered"]
    assert "Article of 4 October 2024" in answer.text and '<h1 dir="auto">Light returns to Vessen</h1>' in answer.text
    assert f'<a href="http://{elsewhere}/story"' in answer.text


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("http://{here}/nowhere", "nothing at this address"),
        ("http://127.0.0.1/", "not one of the public internet"),
        ("http://localhost:8000/", "port 8000"),
        ("file:///etc/passwd", "only links that begin with http"),
        ("http://desk:secret@press.example/", "user name or password"),
    ],
)
def test_a_link_that_cannot_be_had_is_explained_at_its_box(
    reader: FlaskClient, elsewhere: str, link: str, says: str
) -> None:
    link = link.replace("{here}", elsewhere)
    answer = reader.post("/check", data={"text": link})
    assert answer.status_code == 400 and says in answer.text and 'id="text-problem"' in answer.text
    assert f"{link}</textarea>" in answer.text


def test_switched_off_no_link_is_fetched(settings: Settings, record: Corpus, elsewhere: str) -> None:
    reader = create_app(replace(settings, egress="off"), record).test_client()
    answer = reader.post("/check", data={"text": f"http://{elsewhere}/story"})
    assert answer.status_code == 400 and "switched off" in answer.text
    assert "switched off" in give(reader, link=f"http://{elsewhere}/statement").text


def test_the_source_of_a_link_is_added_and_the_text_checked_again(
    reader: FlaskClient, record: Corpus, elsewhere: str
) -> None:
    answer = give(reader, link=f"http://{elsewhere}/statement", speaker="Edda Marlow")
    assert statuses(answer) == ["verified", "verified"]
    assert "Added to the record" in answer.text and "Harbour office of Vessen (127.0.0.1)" in answer.text
    assert "Address to the harbour council" in held(record)
    assert "Held already" in give(reader, link=f"http://{elsewhere}/statement", speaker="Edda Marlow").text


def test_a_pasted_text_is_added_and_its_link_is_kept_and_not_fetched(reader: FlaskClient, record: Corpus) -> None:
    fields = {"publisher": "Harbour office of Vessen", "date": "2024-10-03", "speaker": "Edda Marlow"}
    answer = give(reader, 2, text=SPEECH, link="https://harbour.example/closed", **fields)
    assert statuses(answer) == ["verified", "verified"]
    (document,) = [
        record.document(each.id).document for each in record.documents() if each.publisher.startswith("Harbour")
    ]
    assert document.url == "https://harbour.example/closed" and str(document.date) == "2024-10-03"


def test_what_was_said_of_a_source_can_be_corrected(reader: FlaskClient, record: Corpus, elsewhere: str) -> None:
    first = give(reader, link=f"http://{elsewhere}/statement")
    assert "Added to the record" in first.text and "verified" not in statuses(first)
    corrected = give(reader, link=f"http://{elsewhere}/statement", speaker="Edda Marlow")
    assert "Added as a new version" in corrected.text and statuses(corrected) == ["verified", "verified"]
    assert "Held already" in give(reader, link=f"http://{elsewhere}/statement", speaker="Edda Marlow").text
    assert len(held(record)) == 2
    assert "Held already" in give(reader, link=f"http://{elsewhere}/statement").text  # silence takes nothing back


def test_several_sources_go_in_at_once_and_a_bad_one_stops_no_other(
    reader: FlaskClient, record: Corpus, elsewhere: str
) -> None:
    fields = {"link-1": f"http://{elsewhere}/nowhere", "tier-1": "primary", "publisher-1": "kept"}
    fields |= {"text-2": SPEECH, "tier-2": "primary", "publisher-2": "Harbour office", "speaker-2": "Edda Marlow"}
    answer = reader.post(begin(reader, STORY + "\n\n“Cats,” Marlow said.") + "/sources", data=fields)
    assert "Added to the record" in answer.text and "Not added" in answer.text
    assert len(held(record)) == 2


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({}, "link", "Give the link of the source"),
        ({"link": "press.example/1"}, "link", "https:// at its beginning"),
        ({"link": "http://127.0.0.1/"}, "link", "not one of the public internet"),
        ({"text": SPEECH}, "publisher", "Say who published"),
        ({"text": SPEECH, "publisher": "Harbour office", "date": "Sunday"}, "date", "Write the date"),
        ({"text": SPEECH, "publisher": "Harbour office", "tier": ""}, "tier", "the statement itself or a report"),
        ({"text": SPEECH, "publisher": "Harbour office", "tier": "best"}, "tier", "the statement itself or a report"),
        ({"text": " \n ", "publisher": "Harbour office"}, "link", "Give the link"),
        ({"text": STORY, "publisher": "Bay Courier"}, "text", "cannot be its own source"),
        ({"text": SPEECH, "publisher": "x" * 401}, "publisher", "too long"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_used_is_explained_at_its_field(
    reader: FlaskClient, record: Corpus, fields: dict[str, str], field: str, says: str
) -> None:
    answer = give(reader, **fields)
    assert statuses(answer) == ["uncovered", "uncovered"]
    assert f'id="{field}-1-problem"' in answer.text and says in unescape(answer.text)
    assert '<details class="add-source tool" id="source-1" open>' in answer.text
    assert len(held(record)) == 1
    if fields.get("publisher", "").strip() in ("Bay Courier", "Harbour office"):
        assert f'value="{fields["publisher"]}"' in answer.text


def test_an_article_that_was_fetched_cannot_prove_itself(reader: FlaskClient, record: Corpus, elsewhere: str) -> None:
    check = begin(reader, f"http://{elsewhere}/story")
    answer = reader.post(f"{check}/sources", data={"link-1": f"http://{elsewhere}/story", "tier-1": "primary"})
    assert "cannot be its own source" in answer.text and len(held(record)) == 1


def test_a_report_about_it_proves_nothing_alone(reader: FlaskClient) -> None:
    other = STORY.replace("when everybody had come", "at the end of a long day")
    answer = give(reader, text=other, publisher="Evening Post", tier="secondary", date="2024-10-04")
    assert "Added to the record" in answer.text and "verified" not in statuses(answer)


def test_one_quotation_can_be_given_its_source_too(reader: FlaskClient) -> None:
    check = begin(reader, f"“{SAID}”")
    assert "Add the source I have" in reader.get(check).text
    fields = {"text-1": SPEECH, "publisher-1": "Harbour office", "tier-1": "primary", "speaker-1": "Edda Marlow"}
    answer = reader.post(f"{check}/sources", data=fields)
    assert statuses(answer) == ["verified"] and "Add the source I have" not in answer.text


HERE = {"base_url": "http://127.0.0.1:8000"}


@pytest.mark.parametrize(
    ("adding", "asked", "allowed"),
    [
        ("here", HERE, True),
        ("here", {"base_url": "http://localhost:8000"}, True),
        ("here", {"base_url": "http://[::1]:8000", "environ_base": {"REMOTE_ADDR": "::1"}}, True),
        ("here", HERE | {"environ_base": {"REMOTE_ADDR": "192.168.0.9"}}, False),
        ("here", HERE | {"headers": {"X-Forwarded-For": "192.168.0.9"}}, False),
        ("here", HERE | {"headers": {"X-Forwarded-Proto": "https"}}, False),
        ("here", HERE | {"environ_overrides": {"SERVER_PROTOCOL": "HTTP/1.0"}}, False),
        ("here", HERE | {"headers": {"Origin": "http://127.0.0.1:8000"}}, True),
        ("here", HERE | {"headers": {"Origin": "https://desk.example", "Sec-Fetch-Site": "same-origin"}}, False),
        ("here", {"base_url": "http://rebound.example:8000"}, False),
        ("here", {"base_url": "http://127.0.0.1.rebound.example:8000"}, False),
        ("on", {"base_url": "http://onrecord.paper.example", "environ_base": {"REMOTE_ADDR": "192.168.0.9"}}, True),
        ("off", HERE, False),
    ],
)  # fmt: skip
def test_who_may_add_is_a_setting(
    settings: Settings, record: Corpus, adding: Any, asked: dict[str, Any], allowed: bool
) -> None:
    reader = create_app(replace(settings, adding=adding), record).test_client()
    check = begin(reader, **asked)
    assert ("Add the source I have" in reader.get(check, **asked).text) == allowed
    fields = {"text-1": SPEECH, "publisher-1": "Harbour office", "tier-1": "primary"}
    answer = reader.post(f"{check}/sources", data=fields, **asked)
    assert answer.status_code == (200 if allowed else 403)
    assert len(held(record)) == (2 if allowed else 1)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "https://other.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", ["", "/sources", "/marks", "/undo", "/cases", "/delete"])
def test_a_form_of_another_site_is_refused(
    reader: FlaskClient, record: Corpus, step: str, headers: dict[str, str], status: int
) -> None:
    fields = {"text-1": SPEECH, "publisher-1": "Harbour office", "tier-1": "primary", "text": STORY, "anchor": "x"}
    check = begin(reader)
    answer = reader.post(check + step, data=fields, headers=headers)
    assert (answer.status_code == 403) == (status == 403)
    assert len(held(record)) == (2 if step == "/sources" and status == 200 else 1)
    assert reader.post("/check", data=fields, headers=headers).status_code == (403 if status == 403 else 303)


@pytest.mark.parametrize("name", ["link-0", "link-", "link-x", "text-99999999", "link-1-1", "link-²"])
def test_a_number_that_is_none_is_passed_over(reader: FlaskClient, record: Corpus, name: str) -> None:
    answer = reader.post(f"{begin(reader)}/sources", data={name: "https://press.example/1"})
    assert statuses(answer) == ["uncovered", "uncovered"] and len(held(record)) == 1


def test_nothing_that_is_typed_becomes_markup(reader: FlaskClient) -> None:
    attack = "</textarea><script>alert(1)</script>\"'>"
    answer = give(reader, link=attack, text=attack, publisher=attack, date=attack, speaker=attack)
    assert "<script>alert" not in answer.text
    fields = {"text": STORY, "title": attack, "link": "javascript:alert(1)"}
    answer = reader.post("/check", data=fields, follow_redirects=True)
    assert "<script>alert" not in answer.text and 'href="javascript' not in answer.text


def test_a_source_is_a_link_or_a_text_with_a_publisher() -> None:
    assert source_of(Given(1, link="https://press.example/1", tier="agency")).defaults.tier == "agency"
    with pytest.raises(GivenError):
        source_of(Given(1, text="said", tier="primary"))
