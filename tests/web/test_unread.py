"""What nobody read is thrown away, but not from whoever sends without end, slowly or not at all, nor for too many at once.

Over a real server: `test_admission.py`.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from io import BytesIO
from threading import BoundedSemaphore
from time import monotonic

import pytest
from flask import Flask

from web import unread
from web.unread import AT_ONCE, throw_away_unread


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    ends = socket.socketpair()
    with ends[0], ends[1]:
        yield ends


def answered(body: BytesIO, connection: socket.socket, *, length: int) -> bytes:
    """What is left of a body when its request was answered and its answer was closed, as the server does."""
    app = Flask("app")
    throw_away_unread(app)
    app.add_url_rule("/", view_func=lambda: "answered", methods=["POST"])
    environ = {"gunicorn.socket": connection, "wsgi.input": body, "CONTENT_LENGTH": f"{length}"}
    answer = app.test_client().post("/", environ_overrides=environ)
    assert answer.text == "answered" and body.tell() == 0
    answer.close()
    return body.read()


def test_a_body_is_read_to_its_end(line: tuple[socket.socket, socket.socket]) -> None:
    line[0].settimeout(7)
    assert answered(BytesIO(b"a" * 1_000_000), line[0], length=1_000_000) == b""
    assert line[0].gettimeout() == 7


def test_no_more_than_so_much_is(line: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "MOST", 200_000)
    assert len(answered(BytesIO(b"a" * 1_000_000), line[0], length=1_000_000)) == 800_000


def test_whoever_stops_sending_is_not_waited_for(
    line: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "PAUSE", 0.05)
    line[1].sendall(b"a few bytes")
    began = monotonic()
    unread._thrown_away(line[0], line[0].makefile("rb"), BoundedSemaphore(1))
    assert monotonic() - began < 2


def test_those_beyond_a_few_break_off_so_that_threads_are_left(line: tuple[socket.socket, socket.socket]) -> None:
    free = BoundedSemaphore(AT_ONCE)
    for _ in range(AT_ONCE):
        free.acquire()
    body = BytesIO(b"a" * 10)
    unread._thrown_away(line[0], body, free)
    assert body.tell() == 0
