"""What was sent and read by nobody is read and thrown away once it was answered, so that its sender sees the answer.

Whoever is refused (for want of room, of a key, or because it is too much) is answered while they still send. A connection that is
closed then is reset, and most programs hear nothing but that: they read an answer when they have sent everything. The server itself
reads 64 KB more, which is less than the kernel holds.
"""

from __future__ import annotations

import socket
from threading import BoundedSemaphore
from time import monotonic
from typing import BinaryIO

from flask import Flask, Response, request

MOST = 100_000_000
"""Bytes that are thrown away; a batch has 64 MB. Of longer ones the connection breaks off as before."""

LONGEST = 20.0
"""Seconds that this takes at most, and the longest pause of a sender is that of a request that is read."""

PAUSE = 3.0
"""Seconds without a byte after which nobody is waited for."""

AT_ONCE = 4
"""How many threads of a process do this at once, half of those that are spared for saying no (`web/admission.py`): probes must
be answered while slow senders are refused."""

_STRIDE = 1 << 16


def throw_away_unread(app: Flask) -> None:
    """Read what is left of each request when its answer was sent."""
    free = BoundedSemaphore(AT_ONCE)

    @app.after_request
    def hook(response: Response) -> Response:
        connection, body = request.environ.get("gunicorn.socket"), request.environ["wsgi.input"]
        if connection is not None and (request.content_length or "Transfer-Encoding" in request.headers):
            response.call_on_close(lambda: _thrown_away(connection, body, free))
        return response


def _thrown_away(connection: socket.socket, body: BinaryIO, free: BoundedSemaphore) -> None:
    if not free.acquire(blocking=False):
        return
    left, until, before = MOST, monotonic() + LONGEST, connection.gettimeout()
    try:
        while left > 0 and (seconds := until - monotonic()) > 0:
            connection.settimeout(min(PAUSE, seconds))
            read = len(body.read(min(_STRIDE, left)))
            if not read:
                return
            left -= read
    except Exception:  # noqa: BLE001  # who has gone, stopped sending or sends what is no request was answered all the same
        return
    finally:
        connection.settimeout(before)
        free.release()
