"""What comes back is bounded: in bytes, in time, in how far it unpacks, and in what it is."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import FetchFailed
from corpus.fetch import Policy
from corpus.fetch.documents import document_at
from corpus.fetch.fetching import fetch
from corpus.fetch.limits import LIMITS, Limits

ANY = Policy()
QUICK = Limits(seconds=1.0, quiet_seconds=0.3, connect_seconds=0.3)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BREAKS = "breaks off or is not HTTP"
LARGE = "larger than 5 MB"


def answer(body: bytes, *headers: bytes, kind: bytes = b"text/html") -> bytes:
    lines = [b"HTTP/1.1 200 OK", b"Content-Type: " + kind, b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def bomb(times: int) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packing.compress(b"\0" * 1_000_000) for _ in range(times)), packing.flush()])


def forever(piece: bytes, *, start: bytes = OK + b"\r\n", pause: float = 0.0) -> Callable[[socket.socket], None]:
    def send(talking: socket.socket) -> None:
        talking.sendall(start)
        for _ in range(200_000):
            talking.sendall(piece)
            time.sleep(pause)

    return send


def silent(talking: socket.socket) -> None:
    time.sleep(1.0)


PACKED = b"Content-Encoding: gzip"
SAID = gzip.compress(b"said.")

ANSWERS: dict[str, tuple[bytes | Callable[[socket.socket], None], str]] = {
    "a gzip bomb": (answer(bomb(300), PACKED), "unpacks to far more"),
    "a gzip bomb under the size": (answer(bomb(15), PACKED), "unpacks to far more"),
    "a bomb in a bomb": (answer(gzip.compress(bomb(300)), b"Content-Encoding: gzip, gzip"), "was not asked for"),
    "two headers of packing": (answer(SAID, PACKED, b"Content-Encoding: br"), "was not asked for|two different"),
    "brotli": (answer(b"\x8b\x02\x80said.\x03", b"Content-Encoding: br"), "was not asked for"),
    "zstd": (answer(b"(\xb5/\xfd", b"Content-Encoding: zstd"), "was not asked for"),
    "deflate": (answer(zlib.compress(b"said."), b"Content-Encoding: deflate"), "was not asked for"),
    "something after the packed text": (answer(SAID + SAID, PACKED), "something follows"),
    "packed text that breaks off": (answer(SAID[:-6], PACKED), "breaks off"),
    "what is not packed at all": (answer(b"said.", PACKED), "packed text is broken"),
    "an announced giant": (OK + b"Content-Length: 9000000000\r\n\r\n", LARGE),
    "an announced number too long to read": (OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n", f"{LARGE}|{BREAKS}"),
    "a giant that says nothing": (forever(b"x" * 60_000), LARGE),
    "endless chunks": (
        forever(b"4000\r\n" + b"x" * 0x4000 + b"\r\n", start=OK + b"Transfer-Encoding: chunked\r\n\r\n"), LARGE,
    ),
    "endless tiny chunks": (
        forever(b"1\r\nx\r\n" * 10_000, start=OK + b"Transfer-Encoding: chunked\r\n\r\n"), f"{LARGE}|longer than",
    ),
    "an endless extension of a chunk": (
        forever(b"x" * 60_000, start=OK + b"Transfer-Encoding: chunked\r\n\r\n5;"), f"{LARGE}|{BREAKS}",
    ),
    "endless trailers": (
        forever(b"X-A: b\r\n" * 1000, start=OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"), f"{LARGE}|{BREAKS}",
    ),
    "a slow drip": (forever(b"x", pause=0.05), "longer than 1 seconds"),
    "a slow drip of headers": (forever(b"X", start=OK, pause=0.05), "longer than 1 seconds"),
    "silence": (silent, "stopped answering"),
    "silence in the middle": (lambda talking: (talking.sendall(OK), silent(talking))[0], "stopped answering"),
    "endless headers": (forever(b"X-A: b\r\n" * 100, start=OK), "more headers"),
    "one endless header": (forever(b"x" * 10_000, start=OK + b"X-A: "), "more headers"),
    "an endless first line": (forever(b"x" * 10_000, start=b"HTTP/1.1 200 "), "more headers"),
    "very many headers": (OK + b"".join(b"X-%d: b\r\n" % n for n in range(2_000)) + b"\r\n", "more headers"),
    "endless provisional answers": (forever(b"HTTP/1.1 100 Continue\r\n\r\n" * 100, start=b""), "more headers"),
    "endless early hints": (forever(b"HTTP/1.1 103 Hints\r\nLink: <x>\r\n\r\n", start=b""), "more headers"),
    "another protocol": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "status 101|not HTTP"),
    "not HTTP": (b"220 mail.press.example ESMTP\r\n", BREAKS),
    "HTTP of the first days": (b"<html>said.</html>", BREAKS),
    "nothing at all": (b"", BREAKS),
    "less than was announced": (OK + b"Content-Length: 500\r\n\r\nsaid.", BREAKS),
    "two lengths": (OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nsaid.said", BREAKS),
    "a negative length": (OK + b"Content-Length: -5\r\n\r\nsaid.", BREAKS),
    "a chunk of no size": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nsaid.\r\n0\r\n\r\n", BREAKS),
    "a chunk of a huge size": (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 30 + b"\r\nx", f"{BREAKS}|{LARGE}"),
    "chunks that break off": (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nsai", BREAKS),
    "a transfer coding of its own": (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", BREAKS),
    "a header that is none": (OK + b"no colon here\r\n\r\n", BREAKS),
    "NUL in a header": (OK + b"X-A: b\0c\r\n\r\n", BREAKS),
    "two kinds": (OK + b"Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nsaid.", "two different"),
    "two places to go on to": (
        b"HTTP/1.1 302 Found\r\nLocation: /2\r\nLocation: /3\r\nContent-Length: 0\r\n\r\n", "two different",
    ),
    "nowhere to go on to": (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "does not say where"),
    "parts that replace each other": (answer(b"--x", kind=b"multipart/x-mixed-replace; boundary=x"), "only web pages"),
    "a picture": (answer(b"\x89PNG", kind=b"image/png"), "only web pages"),
    "a film": (answer(b"x", kind=b"video/mp4"), "only web pages"),
    "a zip": (answer(b"PK\x03\x04", kind=b"application/zip"), "only web pages"),
    "a table": (answer(b"a,b", kind=b"text/csv"), "only web pages"),
    "something unsaid": (answer(b"\x7fELF", kind=b"application/octet-stream"), "does not say what kind"),
    "a password": (b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", "asks for a password"),
    "a refusal": (b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", "refuses programs"),
    "nothing there": (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "nothing at this address"),
    "something gone": (b"HTTP/1.1 410 No\r\nContent-Length: 0\r\n\r\n", "is gone"),
    "too often": (b"HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n", "too often"),
    "a broken server": (b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "in trouble"),
    "only a part": (b"HTTP/1.1 206 Part\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\nx", "status 206"),
    "nothing new": (b"HTTP/1.1 304 Same\r\n\r\n", "status 304"),
    "no content": (b"HTTP/1.1 204 Empty\r\n\r\n", "status 204"),
    "a check for robots": (answer(b"<html><title>Just a moment...</title>"), "check for robots"),
    "a guard's page": (answer("<html><title>DDoS-Guard</title>Проверка".encode()), "check for robots"),
    "a check by header": (answer(b"<html>said.", b"cf-mitigated: challenge"), "check for robots"),
}  # fmt: skip


@pytest.mark.parametrize(("script", "says"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_too_much_or_none_ends_in_words(script: Any, says: str, internet: Any) -> None:
    internet.web.routes["/1"] = script
    slow = "drip" in says or "longer" in says or "stopped" in says
    begun = time.monotonic()
    with pytest.raises(FetchFailed, match=says) as caught:
        fetch("http://press.example/1", ANY, network=internet.network, limits=QUICK if slow else LIMITS)
    assert str(caught.value).startswith("http://press.example/1: ")
    assert time.monotonic() - begun < (3 if slow else 10)
    assert len(internet.dialled) == 1


def test_a_resolver_that_does_not_answer_is_not_waited_for(internet: Any) -> None:
    internet.names = {"press.example": lambda: time.sleep(1.5) or ["127.0.0.1"]}
    with pytest.raises(FetchFailed, match="not found in time"):
        fetch("http://press.example/1", ANY, network=internet.network, limits=QUICK)
    assert internet.dialled == []


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 200_000 + b"said.",
        b"<b><i>" * 100_000 + b"said.",
        b"<p>" + b"x" * 4_000_000,
        b"<table>" * 20_000 + b"<td>said.",
        b"<!--" * 100_000,
        b"<a href='" * 100_000,
        b"&#x26;" * 500_000,
        b"<p>said.</p>" * 100_000,
        b"",
        b"\xff\xfe\x00\x00",
        b"%PDF-1.7 nothing of the kind",
    ],
    ids=["nested", "nested twice", "one text", "tables", "comments", "links", "entities", "paragraphs", "empty", "32 bit", "no page"],
)  # fmt: skip
def test_a_page_made_to_hurt_is_read_or_refused_in_time(page: bytes, internet: Any) -> None:
    internet.web.routes["/1"] = answer(page)
    begun = time.monotonic()
    try:
        document_at("http://press.example/1", ANY, network=internet.network)
    except FetchFailed as error:
        assert "http://press.example/1" in str(error)
    assert time.monotonic() - begun < 20
