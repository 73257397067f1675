"""Why a request was not done, as a problem document (RFC 9457); each kind has a name that stays and a page that explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask import Response, g, request
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from checker.errors import CheckerError
from corpus.errors import CorpusError
from web.admission import Overloaded
from web.answered import log_failure
from web.api.shapes.problems import FieldProblem, ProblemDocument
from web.desk import UnknownDocument
from web.store.errors import (
    DeskError,
    NotHere,
    NotNow,
    NotYours,
    Overtaken,
    StoreUnavailable,
    UnderEmbargo,
    WrongEntry,
)
from web.store.keys import KeyRefused
from web.store.repeats import OtherRequest, StillRunning

PREFIX = "/api/v1"
MEDIA = "application/problem+json"

LARGEST_BODY = 4_000_000
"""Bytes of a body: an article of a megabyte in JSON, whose letters may be escaped."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its status, what it is called, and what to do about it."""

    status: int
    title: str
    advice: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "bad-request": Kind(400, "The request cannot be read", "Look at what is sent: it breaks off, or is no HTTP."),
        "malformed-json": Kind(400, "The body is not JSON", "Send one JSON object in UTF-8, each name once."),
        "malformed-idempotency-key": Kind(
            400, "The Idempotency-Key cannot be used", "Send 1 to 200 printable ASCII characters, such as a UUID."
        ),
        "key-missing": Kind(401, "A key is needed", "Send “Authorization: Bearer onr_…”; make a key on your account's page."),
        "key-unknown": Kind(401, "There is no such key", "Check that the whole key was copied, or make another one."),
        "key-revoked": Kind(401, "This key was revoked", "It was revoked, or its account is closed. Make another one."),
        "key-expired": Kind(401, "This key's time is over", "Make another one."),
        "scope-missing": Kind(403, "The key's scopes do not include this", "Use a key that was made with the scope named."),
        "role-missing": Kind(403, "The account's role does not include this", "Ask an admin for another role."),
        "under-embargo": Kind(
            403, "The article is under embargo", "Wait until that is over, or have its author, an editor or an admin lift it."
        ),
        "address-refused": Kind(
            403, "Nothing is sent to this address", "Name a public address that begins with https; the detail says what is wrong."
        ),
        "test-key": Kind(403, "A test key changes nothing", "Use a live key for this."),
        "not-found": Kind(404, "There is nothing at this address", "Check the id; ids are percent-encoded in addresses."),
        "unknown-cursor": Kind(404, "There is no such page", "Begin without a cursor; one belongs to its list and its filters."),
        "method-not-allowed": Kind(405, "Not possible here", "See Allow for what is."),
        "overtaken": Kind(409, "Somebody was faster", "Read it again and decide again; nothing of yours was saved."),
        "not-now": Kind(409, "Its state does not allow this", "See the detail; something else must happen first."),
        "repeat-running": Kind(409, "The same request is being done", "Wait for as long as Retry-After says, and repeat it."),
        "too-large": Kind(413, "The body is too large", "Send it in parts; the detail names the limit."),
        "unsupported-media-type": Kind(415, "The body is of another kind", "Send it as application/json."),
        "invalid-request": Kind(422, "The request is not what is documented", "Each of “errors” names a place and what is wrong there."),
        "idempotency-key-reused": Kind(
            409, "The Idempotency-Key came with another request", "Use a new one for each request; repeat only the same bytes."
        ),
        "too-many-requests": Kind(429, "Too many requests", "Wait for as long as Retry-After says."),
        "internal": Kind(500, "Something broke on our side", "This says nothing about the text. Tell whoever runs the service the request_id."),
        "unavailable": Kind(503, "The record or the desk cannot be read now", "Nothing was judged. Try again in a moment."),
        "overloaded": Kind(503, "Too many requests at once", "Nothing was done. Ask again when Retry-After is over."),
        "busy": Kind(503, "Too many are listening", "Ask again when Retry-After is over, or ask for the status instead."),
    }
)  # fmt: skip

MAPPED: tuple[tuple[type[Exception], str], ...] = (
    (RequestEntityTooLarge, "too-large"),
    (MethodNotAllowed, "method-not-allowed"),
    (NotFound, "not-found"),
    (BadRequest, "bad-request"),
    (UnknownDocument, "not-found"),
    (OtherRequest, "idempotency-key-reused"),
    (StillRunning, "repeat-running"),
    (Overloaded, "overloaded"),
    (StoreUnavailable, "unavailable"),
    (CorpusError, "unavailable"),
    (NotHere, "not-found"),
    (Overtaken, "overtaken"),
    (NotNow, "not-now"),
    (UnderEmbargo, "under-embargo"),
    (NotYours, "role-missing"),
    (WrongEntry, "invalid-request"),
    (DeskError, "not-now"),
    (CheckerError, "invalid-request"),
)
"""Exceptions of the other layers, read from the top; the first that fits decides."""

_OURS = (NotHere, Overtaken, NotNow, UnderEmbargo, NotYours, WrongEntry, CheckerError)
"""What is raised for the asker to read; of the others nothing is told, since it may name folders of this machine."""


class Problem(Exception):
    """A request that is not done."""

    def __init__(
        self, kind: str, detail: str = "", *, errors: Sequence[FieldProblem] = (), headers: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        super().__init__(detail or KINDS[kind].advice)
        self.kind = kind
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


def type_of(kind: str) -> str:
    """The URI of a kind, relative to the server, so that it is the same everywhere."""
    return f"{PREFIX}/problems/{kind}"


def answer(error: Exception) -> Response:
    """The problem document for whatever was raised."""
    if isinstance(error, HTTPException) and not any(isinstance(error, kind) for kind, _ in MAPPED):
        return _response("about:blank", error.code or 500, error.name, error.description or error.name)
    problem = error if isinstance(error, Problem) else _problem(error)
    kind = KINDS[problem.kind]
    if kind.status >= 500 and not isinstance(error, Problem):
        log_failure(kind.title, error, unexpected=kind.status == 500)
    response = _response(type_of(problem.kind), kind.status, kind.title, str(problem), problem.errors)
    response.headers.extend(problem.headers)
    return response


def _problem(error: Exception) -> Problem:
    kind = next((name for mapped, name in MAPPED if isinstance(error, mapped)), "internal")
    detail = str(error) if isinstance(error, _OURS) else ""
    if isinstance(error, UnknownDocument) and error.closest:
        detail = f"There is no such document; ids that are close: {', '.join(error.closest)}."
    if isinstance(error, RequestEntityTooLarge):
        detail = f"A body has at most {LARGEST_BODY:,} bytes; send it in parts."
    errors = (field_problem(f"/{error.field}", detail),) if isinstance(error, WrongEntry) else ()
    headers = {"Retry-After": "2"} if kind == "repeat-running" else {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return Problem(kind, detail, errors=errors, headers=headers)


def refused(error: KeyRefused) -> Problem:
    """What a key that opens nothing is answered."""
    return Problem(f"key-{error.why}", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


def field_problem(pointer: str, says: str) -> FieldProblem:
    """Something that is wrong at a place of the body."""
    return FieldProblem(pointer=pointer, parameter=None, says=says)


def parameter_problem(name: str, says: str) -> FieldProblem:
    """Something that is wrong with a parameter of the address."""
    return FieldProblem(pointer=None, parameter=name, says=says)


def is_api() -> bool:
    """True of every address below /api, also where there is nothing."""
    return request.path == "/api" or request.path.startswith("/api/")


def request_id() -> str:
    """What this request is called in answers and in the log."""
    return str(g.get("request_id", ""))


def _response(type: str, status: int, title: str, detail: str, errors: Sequence[FieldProblem] = ()) -> Response:
    document = ProblemDocument(
        type=type, title=title, status=status, detail=detail, request_id=request_id(), errors=list(errors)
    )
    return Response(document.model_dump_json(by_alias=True), status, mimetype=MEDIA)
