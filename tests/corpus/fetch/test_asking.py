"""Asking again, asking for lists, and asking whoever must agree first."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.errors import FetchFailed, RobotsRefused, SourceBlocked, SourceGone
from corpus.fetch import Policy
from corpus.fetch.asking import Asking, Validators
from corpus.fetch.fetching import Fetched, NotModified, ask, fetch

PUBLIC = "93.184.215.14"
ANY = Policy()


def ok(body: bytes, *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    head = "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers])
    return head.encode() + b"\r\n\r\n" + body


def answer(status: int, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} No", "Content-Length: 0", *headers, "", ""]).encode()


def test_what_a_server_said_of_its_answer_is_sent_back(internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC]}
    internet.web.routes["/1"] = ok(b"<html>words</html>", 'ETag: "a1"', "Last-Modified: Tue, 03 Jun 2031 10:00:00 GMT")
    first = ask("http://press.example/1", ANY, Asking(), network=internet.network)
    assert isinstance(first, Fetched)
    assert first.validators == Validators('"a1"', "Tue, 03 Jun 2031 10:00:00 GMT")
    internet.web.routes["/1"] = answer(304)
    again = ask("http://press.example/1", ANY, Asking(held=first.validators), network=internet.network)
    assert again == NotModified("http://press.example/1")
    head = internet.web.requests[-1]
    assert b'If-None-Match: "a1"\r\n' in head
    assert b"If-Modified-Since: Tue, 03 Jun 2031 10:00:00 GMT\r\n" in head


def test_nothing_changed_is_no_answer_to_who_holds_nothing(internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC]}
    internet.web.routes["/1"] = answer(304)
    with pytest.raises(FetchFailed, match="status 304"):
        fetch("http://press.example/1", ANY, network=internet.network)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("application/rss+xml; charset=utf-8", ".xml"),
        ("text/xml", ".xml"),
        ("application/json", ".json"),
        ("text/csv", ".csv"),
        ("application/x-gzip", ".gz"),
        ("text/html", ".html"),
        ("application/octet-stream", ""),
        ("", ""),
    ],
)
def test_a_list_may_be_of_kinds_that_a_document_may_not(kind: str, suffix: str, internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC]}
    internet.web.routes["/list"] = ok(b"<rss/>", kind=kind)
    found = ask("http://press.example/list", ANY, Asking(lists=True), network=internet.network)
    assert isinstance(found, Fetched)
    assert found.content.suffix == suffix
    if suffix in (".xml", ".json", ".csv", ".gz"):
        with pytest.raises(FetchFailed, match="only web pages"):
            fetch("http://press.example/list", ANY, network=internet.network)


def test_every_address_on_the_way_needs_a_permit(internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC], "other.example": [PUBLIC]}
    internet.web.routes |= {"/1": answer(302, "Location: http://other.example/2"), "/2": ok(b"<html>")}
    told: list[str] = []

    def permit(link: str) -> None:
        told.append(link)
        if "other" in link:
            raise RobotsRefused("not read")

    before = len(internet.web.requests)
    with pytest.raises(RobotsRefused, match=r"^http://other\.example/2: not read$"):
        ask("http://press.example/1", ANY, Asking(permit=permit), network=internet.network)
    assert told == ["http://press.example/1", "http://other.example/2"]
    assert len(internet.web.requests) == before + 1


def test_whom_to_ask_is_said_where_it_was_given(internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC]}
    internet.web.routes["/1"] = ok(b"<html>")
    ask("http://press.example/1", ANY, Asking(contact="desk@paper.example"), network=internet.network)
    assert (
        b"User-Agent: OnRecord (checks quotations against their sources; desk@paper.example)\r\n"
        in (internet.web.requests[-1])
    )


@pytest.mark.parametrize(
    ("sent", "error", "waits"),
    [
        (answer(403), SourceBlocked, None),
        (answer(410), SourceGone, None),
        (answer(429, "Retry-After: 7"), FetchFailed, 7.0),
        (answer(503, "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"), FetchFailed, 0.0),
        (answer(503, "Retry-After: tomorrow"), FetchFailed, None),
    ],
)
def test_a_refusal_says_what_kind_it_is_and_when_to_come_back(
    sent: bytes, error: type[FetchFailed], waits: float | None, internet: Any
) -> None:
    internet.names = {"press.example": [PUBLIC]}
    internet.web.routes["/1"] = sent
    with pytest.raises(error) as caught:
        fetch("http://press.example/1", ANY, network=internet.network)
    assert caught.value.status == int(sent[9:12])
    assert caught.value.retry_after == waits


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>www.mid.ru</title></head><body>Data processing... Please, wait.</body></html>",
        '<html><script>window["bobcmn"] = "1011";</script></html>',
        "<title>Just a moment...</title>",
    ],
)
@pytest.mark.parametrize("lists", [True, False])
def test_a_check_for_robots_is_no_page_and_no_list(page: str, lists: bool, internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC]}
    internet.web.routes["/1"] = ok(page.encode())
    with pytest.raises(SourceBlocked, match="check for robots"):
        ask("http://press.example/1", ANY, Asking(lists=lists), network=internet.network)
