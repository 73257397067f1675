"""Requests that may be sent twice: with an Idempotency-Key one is done once, and answered in the same way each time."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, g, request

from web.api.asking import fingerprint, idempotency_key
from web.api.entry import key
from web.desk import desk
from web.store import repeats
from web.store.repeats import Begun, Kept

REPLAYED = "Idempotent-Replayed"
_KEPT_HEADERS = ("Location", "Content-Type")


def once(do: Callable[[], Response]) -> Response:
    """Do it, or answer as before; raises Problem, OtherRequest and StillRunning."""
    name = idempotency_key(request)
    if name is None:
        return do()
    with desk().store.writing() as connection:
        begun = repeats.begin(connection, key().id, name, request=fingerprint(request))
    if isinstance(begun, Kept):
        return _replayed(begun)
    g.made, g.again = begun.made, begun.again
    return _done(begun, do)


def made() -> str | None:
    """The id that what this request makes is to have, where it may be sent twice."""
    found: str | None = g.get("made")
    return found


def begun_before() -> bool:
    """Whether this request was sent before and came to no answer: what it asks for may have been done."""
    return bool(g.get("again", False))


def _done(begun: Begun, do: Callable[[], Response]) -> Response:
    try:
        response = do()
    except BaseException:  # whatever it is, it may be tried again; what was made before it happened is not made twice
        with desk().store.writing() as connection:
            repeats.give_up(connection, begun)
        raise
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    with desk().store.writing() as connection:
        repeats.keep(connection, begun, Kept(response.status_code, headers, response.get_data(as_text=True)))
    return response


def _replayed(kept: Kept) -> Response:
    response = Response(kept.body, kept.status, dict(kept.headers))
    response.autocorrect_location_header = False
    response.headers[REPLAYED] = "true"
    return response
