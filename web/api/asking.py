"""What is sent, read once and typed; what is not as documented is refused with its place and what would be right."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Request
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from web.api.problems import Problem, field_problem, parameter_problem
from web.api.shapes.base import Paged, Parameters
from web.api.shapes.problems import FieldProblem

_MOST_ERRORS = 20
_NAME = re.compile(r"[!-~]{1,200}\Z", re.ASCII)

Each = TypeVar("Each")
Location = tuple[int | str, ...]
Place = Sequence[str | int | None]
"""Where something stands in a list, in what the list is ordered by."""

Model = TypeVar("Model", bound=BaseModel)
_Position = TypeAdapter(list[str | int | None])


def read_body(request: Request, shape: type[BaseModel]) -> BaseModel:
    """The body as what is asked; raises Problem."""
    if request.mimetype != "application/json":
        raise Problem("unsupported-media-type", f"This is {request.mimetype or 'of no kind'}; send application/json.")
    return _validated(shape, _json(request.get_data()), _pointer)


def read_parameters(request: Request, shape: type[Parameters]) -> Parameters:
    """What stands in the address; raises Problem."""
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    if twice:
        raise Problem("invalid-request", errors=[parameter_problem(name, "This is given twice.") for name in twice])
    return _validated(shape, request.args.to_dict(), _parameter)


def no_parameters(request: Request) -> None:
    """Refuse parameters where there are none; raises Problem."""
    if request.args:
        raise Problem("invalid-request", errors=[parameter_problem(name, "There is no such parameter here.") for name in request.args])  # fmt: skip


def idempotency_key(request: Request) -> str | None:
    """What the sender calls this request, to be able to repeat it; raises Problem."""
    written = request.headers.get("Idempotency-Key")
    if written is None:
        return None
    if not _NAME.match(written):
        raise Problem("malformed-idempotency-key")
    return written


def fingerprint(request: Request) -> str:
    """The hash of what makes two requests the same."""
    head = f"{request.method} {request.full_path}\n".encode()
    return hashlib.sha256(head + request.get_data()).hexdigest()


def position(asked: Paged, *, of: str) -> Place | None:
    """Where the page before ended; None on the first. Raises Problem for a cursor of another list or other filters.

    A cursor gives nobody anything that its filters would not, so it is checked and not signed.
    """
    if asked.cursor is None:
        return None
    try:
        padded = asked.cursor + "=" * (-len(asked.cursor) % 4)
        mark, *place = _Position.validate_json(base64.b64decode(padded, altchars=b"-_", validate=True), strict=True)
    except ValueError:
        mark, place = None, []
    if mark != _mark(asked, of):
        raise Problem("unknown-cursor")
    return place


def cut(
    left: Sequence[Each], asked: Paged, *, of: str, place: Callable[[Each], Place]
) -> tuple[Sequence[Each], str | None]:
    """The first of what is left of a list, and the cursor behind them, which holds the place of the last one; None at the end."""
    shown = left[: asked.limit]
    return shown, _cursor(asked, place(shown[-1]), of) if len(left) > asked.limit else None


def _cursor(asked: Paged, place: Place, of: str) -> str:
    """Where the next page begins, for whoever asks the same again."""
    written = json.dumps([_mark(asked, of), *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _mark(asked: Paged, of: str) -> str:
    filters = asked.model_dump(exclude={"cursor", "limit"})
    return hashlib.sha256(json.dumps([of, filters], sort_keys=True).encode()).hexdigest()[:12]


def _json(raw: bytes) -> object:
    """JSON as RFC 8259 has it, without names that come twice, of which one would be lost; raises Problem."""
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Problem("malformed-json", f"The body is not JSON: {why}.") from error


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _no_number(written: str) -> object:
    raise ValueError(f"{written} is no number of JSON")


def _validated(shape: type[Model], value: object, place: Callable[[Location, str], FieldProblem]) -> Model:
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        schema = shape.model_json_schema()
        tags = int("discriminator" in schema)  # of shapes that are one of several, pydantic names first which one
        errors = [place(each["loc"][tags:], _says(each, schema)) for each in found[:_MOST_ERRORS]]
        detail = "; ".join(f"{each.pointer or each.parameter or 'the body'}: {each.says}" for each in errors[:3])
        raise Problem("invalid-request", detail[:1000], errors=errors) from error


def _says(error: ErrorDetails, schema: Mapping[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        known = ", ".join(_known(schema, error["loc"]))
        return f"There is no field “{str(error['loc'][-1])[:100]}”; there are {known}."
    return f"{error['msg']}."


def _known(schema: Mapping[str, Any], location: Location) -> Iterable[str]:
    """The fields of the object in which an unknown one stands."""
    current = schema
    for step in location[:-1]:
        current = _resolved(current, schema)
        if "discriminator" in current:
            current = {"$ref": current["discriminator"]["mapping"][step]}
        else:
            current = current.get("properties", {}).get(step) or current["additionalProperties"]
    return tuple(_resolved(current, schema)["properties"])


def _resolved(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in part or "anyOf" in part:
        if "anyOf" in part:  # an object that may be left out
            part = next(each for each in part["anyOf"] if each != {"type": "null"})
        else:
            part = schema["$defs"][part["$ref"].rpartition("/")[2]]
    return part


def _pointer(location: Location, says: str) -> FieldProblem:
    steps = (str(step).replace("~", "~0").replace("/", "~1")[:200] for step in location if step != "[key]")
    return field_problem("".join(f"/{step}" for step in steps), says)


def _parameter(location: Location, says: str) -> FieldProblem:
    return parameter_problem(str(location[0])[:200], says)
