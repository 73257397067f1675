"""Each request: what it is called, and once it is answered, that it was, for the log and for who counts."""

from __future__ import annotations

import logging
import re
import secrets
import time

from flask import Flask, Response, g, request

from web.admission import Overloaded
from web.desk import desk
from web.logs import ANSWERED, method, route

_LOG = logging.getLogger(ANSWERED)

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z", re.ASCII)


def follow_requests(app: Flask) -> None:
    """Name every request, tell the name with its answer, and write down and count that it was answered."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _ID.match(given) else secrets.token_hex(8)
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        # A request that cannot be taken apart never came to `begin`.
        seconds = time.perf_counter() - g.begun if "begun" in g else 0.0
        response.headers["X-Request-Id"] = g.setdefault("request_id", secrets.token_hex(8))
        _LOG.info("answered", extra={"status": response.status_code, "ms": round(1000 * seconds, 1)})
        desk().meter.answered(method(), route(), response.status_code, seconds)
        return response


def log_failure(title: str, error: Exception, *, unexpected: bool) -> None:
    """Write down what went wrong on our side; what an unexpected exception says may repeat what was sent, and is left out."""
    if isinstance(error, Overloaded):
        return  # where they are turned away it is written down once a minute, and counted
    if unexpected:
        _LOG.error(title, exc_info=error)
    else:
        _LOG.error("%s: %s", title, error)
