"""All that can be asked, as an OpenAPI 3.1 document, written from the table and the shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.api.contract import OPERATIONS, Operation
from web.api.problems import KINDS, MEDIA, PREFIX
from web.api.shapes.articles import ProgressEvent
from web.api.shapes.findings import ArticleFinding, Unchecked
from web.api.shapes.problems import ProblemDocument
from web.store.keys import WINDOW

Json = dict[str, Any]

TAGS = ("Checking", "Articles", "The record", "Reviews", "Webhooks", "The desk")
"""The order in which operations are described."""

_ALWAYS = (
    "bad-request", "key-missing", "key-unknown", "key-revoked", "key-expired", "scope-missing", "role-missing",
    "invalid-request", "too-many-requests", "internal", "unavailable", "overloaded",
)  # fmt: skip
_WITH_BODY = ("malformed-json", "too-large", "unsupported-media-type")
_TWICE = ("malformed-idempotency-key", "repeat-running", "idempotency-key-reused")
_REFERENCE = "#/components/schemas/{model}"
_PATH = {name: {"type": "string", "minLength": 1} for name in ("id", "delivery")}
_STREAMS: Mapping[str, Json] = {
    "application/x-ndjson": {
        "schema": {"type": "string"},
        "x-line": {"anyOf": [{"$ref": _REFERENCE.format(model=each)} for each in ("ArticleFinding", "Unchecked")]},
    },
    "text/event-stream": {
        "schema": {
            "type": "object",
            "description": "One event",
            "properties": {
                "event": {"enum": ["progress", "finding", "unchecked", "done"]},
                "id": {"type": "string", "description": "Of a finding: its number"},
                "data": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {
                        "anyOf": [
                            {"$ref": _REFERENCE.format(model=each)}
                            for each in ("ProgressEvent", "ArticleFinding", "Unchecked", "ArticleStatus")
                        ]
                    },
                },
            },
            "required": ["event", "data"],
        },
    },
}
_BY_THE_SERVER: Mapping[str, Json] = {
    "414": {
        "description": "The address is longer than the server reads (8,190 bytes); it says so itself, before we see it",
        "content": {"text/html": {"schema": {"type": "string"}}},
    }
}
HEADERS: Mapping[str, tuple[str, str]] = {
    "X-Request-Id": ("string", "What this request is called in our log; one that is sent along is kept"),
    "RateLimit-Policy": ("string", f"How many requests a key may make in {WINDOW} seconds"),
    "RateLimit": ("string", "How many are left (`r`), and in how many seconds the count begins anew (`t`)"),
    "ETag": (
        "string",
        "What this answer is known by: sent back in If-None-Match, it is answered 304 while it is the same",
    ),
    "Link": ("string", "Where the next page is, if there is one"),
    "Location": ("string", "Where what was made is"),
    "Idempotent-Replayed": ("string", "`true` where this was answered before"),
    "Retry-After": ("integer", "In how many seconds to try again"),
    "Allow": ("string", "What can be done here"),
    "WWW-Authenticate": ("string", "How to say who is asking"),
}


@cache
def openapi() -> str:
    """The document as JSON."""
    return json.dumps(document(), ensure_ascii=False, indent=1)


@cache
def document() -> Json:
    """The document, which nobody changes."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OnRecord",
            "version": "1",
            "summary": "Who said that, and did they?",
            "description": _text("description.md"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This server"}],
        "security": [{"key": []}],
        "tags": [{"name": tag} for tag in TAGS],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "headers": {name: _header(*told) for name, told in HEADERS.items()},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key: onr_live_… or onr_test_…"}},
        },
    }  # fmt: skip


def example(operation: str, side: Literal["asked", "answered"]) -> Json | None:
    """What is sent or comes back, as an example: invented, and as the sample corpus answers."""
    found = json.loads(_text("examples.json")).get(operation, {}).get(side)
    return found if isinstance(found, dict) else None


def problems_of(operation: Operation) -> tuple[str, ...]:
    """The kinds of problem that an operation may be answered with."""
    kinds = [*_ALWAYS, *operation.problems]
    if operation.asks is not None:
        kinds += _WITH_BODY
    if operation.repeatable:
        kinds += _TWICE
    if operation.stores:
        kinds.append("test-key")
    if operation.paged:
        kinds.append("unknown-cursor")
    return tuple(each for each in KINDS if each in kinds)


def _paths() -> Json:
    found: Json = {}
    for each in sorted(OPERATIONS.values(), key=lambda each: TAGS.index(each.tag)):
        found.setdefault(each.address, {})[each.method.lower()] = _operation(each)
    return found


def _operation(each: Operation) -> Json:
    found: Json = {
        "operationId": each.name,
        "tags": [each.tag],
        "summary": each.summary.rstrip("."),
        "description": each.says + _needs(each),
        "parameters": [*_parameters(each)],
        "security": [{"key": [each.scope] if each.scope else []}],
        "responses": {str(each.status): _answer(each), **_not_modified(each), **_problems(each)},
    }
    if each.asks is not None:
        content: Json = {"schema": {"$ref": _REFERENCE.format(model=each.asks.__name__)}}
        if shown := example(each.name, "asked"):
            content["example"] = shown
        found["requestBody"] = {"required": True, "content": {"application/json": content}}
    return found


def _needs(each: Operation) -> str:
    scope = f"the scope `{each.scope}`" if each.scope else "any key"
    return f"\n\nNeeds {scope}." + ("\n\nTest keys cannot do this." if each.stores else "")


def _parameters(each: Operation) -> Iterator[Json]:
    for name in re.findall(r"\{(\w+)\}", each.address):
        yield {"name": name, "in": "path", "required": True, "schema": _PATH[name]}
    if each.query is not None:
        schema = each.query.model_json_schema()
        for name, part in schema["properties"].items():
            told = {key: value for key, value in _present(part).items() if key not in ("title", "description")}
            found = {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": told}
            yield found | ({"description": part["description"]} if "description" in part else {})
    if each.repeatable:
        yield {
            "name": "Idempotency-Key", "in": "header", "required": False,
            "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
            "description": "A name of your own for this request; sent again with it, it is done once and answered as before, for a day",
        }  # fmt: skip
    if each.method == "GET" and each.media != "text/event-stream":
        yield {
            "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
            "description": "The ETag of an answer that you have",
        }  # fmt: skip
    if each.media == "text/event-stream":
        yield {
            "name": "Last-Event-ID", "in": "header", "required": False, "schema": {"type": "string"},
            "description": "The id of the last finding that you have",
        }  # fmt: skip


def _present(part: Json) -> Json:
    """The shape of a parameter that is there: one that is left out is not sent as null."""
    if "anyOf" not in part:
        return part
    (value,) = (each for each in part["anyOf"] if each != {"type": "null"})
    return {**{key: told for key, told in part.items() if key not in ("anyOf", "default")}, **value}


def _answer(each: Operation) -> Json:
    headers = ["X-Request-Id", "RateLimit-Policy", "RateLimit"]
    headers += ["ETag"] if each.method == "GET" and each.media != "text/event-stream" else []
    headers += ["Location"] if each.status in (201, 202) else []
    headers += ["Idempotent-Replayed"] if each.repeatable else []
    headers += ["Link"] if each.paged else []
    found: Json = {"description": "Done" if each.status == 204 else "The answer", "headers": _referred(headers)}
    if each.answers is not None:
        content: Json = {"schema": {"$ref": _REFERENCE.format(model=each.answers.__name__)}}
        if shown := example(each.name, "answered"):
            content["example"] = shown
        found["content"] = {each.media: content}
    elif each.status != 204:
        found["content"] = {each.media: _STREAMS[each.media]}
    return found


def _not_modified(each: Operation) -> Json:
    if each.method != "GET" or each.media == "text/event-stream":
        return {}
    return {"304": {"description": "It is what you have", "headers": _referred(["ETag", "X-Request-Id"])}}


def problems_by_status(operation: Operation) -> Mapping[str, tuple[str, ...]]:
    """The same under the statuses with which they are answered."""
    found: dict[int, tuple[str, ...]] = {}
    for name in problems_of(operation):
        found[KINDS[name].status] = (*found.get(KINDS[name].status, ()), name)
    return {str(status): found[status] for status in sorted(found)}


def _problems(each: Operation) -> Json:
    found = {status: _problem(int(status), names) for status, names in problems_by_status(each).items()}
    long = each.query is not None or "{" in each.address
    return {**found, **(_BY_THE_SERVER if long else {})}


def _problem(status: int, names: tuple[str, ...]) -> Json:
    headers = ["X-Request-Id"]
    headers += ["WWW-Authenticate"] if status == 401 else []
    headers += ["Retry-After"] if status in (409, 429, 503) else []
    told = "; ".join(f"{KINDS[name].title} (`{PREFIX}/problems/{name}`)" for name in names)
    content = {MEDIA: {"schema": {"$ref": _REFERENCE.format(model=ProblemDocument.__name__)}}}
    return {"description": told, "headers": _referred(headers), "content": content}


def _schemas() -> Json:
    asked = [each.asks for each in OPERATIONS.values() if each.asks]
    answered: list[type[BaseModel]] = [each.answers for each in OPERATIONS.values() if each.answers]
    answered += [ProblemDocument, ArticleFinding, Unchecked, ProgressEvent]
    modes: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = [
        *((each, "validation") for each in dict.fromkeys(asked)),
        *((each, "serialization") for each in dict.fromkeys(answered)),
    ]
    _, schema = models_json_schema(modes, ref_template=_REFERENCE)
    found: Json = schema["$defs"]
    return found


def _referred(names: list[str]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _header(kind: str, says: str) -> Json:
    return {"schema": {"type": kind}, "description": says}


@cache
def _text(name: str) -> str:
    return files("web.api").joinpath(name).read_text(encoding="utf-8")
