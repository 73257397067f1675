"""Pages of other sites that may ask the API from a browser: of the origins that the settings name, and of no other.

Browsers let a page read what another origin answers only where that one says so (the Fetch standard's CORS). Naming an origin
opens nothing without a key: cookies are not looked at here, and browsers are never told that they may send them.
"""

from __future__ import annotations

from flask import Flask, Response, request

from web.api.document import HEADERS
from web.api.problems import is_api

SENT = ("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "X-Request-Id")
"""Headers that our clients send."""

READ = tuple(HEADERS)
"""Headers that a page may read: all that the description of the API names."""

_METHODS = ("GET", "POST", "DELETE")
_REMEMBERED = 600
"""Seconds for which a browser need not ask again, and may go on when an origin is no longer named."""


def admit_origins(app: Flask, origins: tuple[str, ...]) -> None:
    """Let pages of these origins ask; without any, nothing is different from a service that knows of none."""
    if not origins:
        return

    @app.before_request
    def preflight() -> Response | None:
        """What a browser asks before it sends a key for a page; where nobody is named it is refused as it always was (405)."""
        asked = "Access-Control-Request-Method" in request.headers
        if not (is_api() and request.method == "OPTIONS" and asked and _named(origins)):
            return None
        response = Response(status=204)
        del response.headers["Content-Type"]
        response.headers["Access-Control-Allow-Methods"] = ", ".join(_METHODS)
        response.headers["Access-Control-Allow-Headers"] = ", ".join(SENT)
        response.headers["Access-Control-Max-Age"] = str(_REMEMBERED)
        response.vary.update(("Access-Control-Request-Method", "Access-Control-Request-Headers"))
        return response

    @app.after_request
    def tell(response: Response) -> Response:
        if is_api():
            response.vary.add(
                "Origin"
            )  # also where the page is not named: a cache must not give its answer to one that is
            if _named(origins):
                response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
                response.headers["Access-Control-Expose-Headers"] = ", ".join(READ)
        return response


def _named(origins: tuple[str, ...]) -> bool:
    return request.headers.get("Origin") in origins
