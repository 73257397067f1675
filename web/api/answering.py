"""What goes back: JSON with a tag by which it is known, the address of the next page, and of what was made."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, request

from web.api.shapes.base import Answered, Page


@dataclass(frozen=True, slots=True)
class Placed:
    """Something that was made, and where it is from now on."""

    answer: Answered
    location: str


Outcome = Answered | Placed | Response | None


def respond(outcome: Outcome, *, status: int) -> Response:
    """An outcome as a response; nothing is an empty one."""
    if isinstance(outcome, Response):
        return outcome
    if outcome is None:
        empty = Response(status=status)
        del empty.headers["Content-Type"]
        return empty
    answer = outcome.answer if isinstance(outcome, Placed) else outcome
    response = Response(answer.model_dump_json(by_alias=True), status, mimetype="application/json")
    if isinstance(outcome, Placed):
        response.headers["Location"] = outcome.location
        response.autocorrect_location_header = False
    if isinstance(answer, Page) and answer.next is not None:
        parameters = {**request.args.to_dict(), "cursor": answer.next}
        response.headers["Link"] = f'<{request.path}?{urlencode(parameters)}>; rel="next"'
    if request.method == "GET":
        response.add_etag()
        response.make_conditional(request)
    return response
