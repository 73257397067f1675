"""The description of the API for people and for programs; it needs no key and asks no other machine for anything."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from markdown_it import MarkdownIt
from markupsafe import Markup

from web.api.contract import api
from web.api.document import document, openapi
from web.api.problems import KINDS, Problem

_DAY = 86_400


@api.get("/openapi.json", endpoint="openapi", provide_automatic_options=False)
def machine() -> Response:
    """The OpenAPI document."""
    response = Response(openapi(), mimetype="application/json")
    response.add_etag()
    response.headers["Cache-Control"] = "public, max-age=300"
    response.make_conditional(request)
    return response


@api.get("/docs", endpoint="documentation", provide_automatic_options=False)
def documentation() -> str:
    """The same to read."""
    described = document()
    return render_template(
        "api/docs.html", described=described, operations=list(_operations(described)), problems=KINDS, fields=_fields,
        formatted=_formatted,
    )  # fmt: skip


@api.get("/problems/<name>", endpoint="problem", provide_automatic_options=False)
def problem(name: str) -> str:
    """What a kind of problem means: where its `type` leads."""
    if name not in KINDS:
        raise Problem("not-found")
    return render_template("api/problem.html", name=name, kind=KINDS[name])


def _operations(described: dict[str, Any]) -> Any:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield {"path": path, "method": method.upper(), **operation}


def _fields(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    """The fields of a shape: name, kind, and what is said of it."""
    found = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for each in found.get("oneOf", ()):
        yield _kind(each), "one of these", False, described["components"]["schemas"][_kind(each)].get("description", "")
    required = found.get("required", ())
    for name, part in found.get("properties", {}).items():
        yield name, _kind(part), name in required, part.get("description", "")


def _kind(part: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "$ref" in part:
        return str(part["$ref"]).rpartition("/")[2]
    if "enum" in part:
        return " | ".join(map(str, part["enum"]))
    if "const" in part:
        return str(part["const"])
    if "anyOf" in part:
        return " | ".join(_kind(each) for each in part["anyOf"])
    if part.get("type") == "array" and "items" in part:
        return f"list of {_kind(part['items'])}"
    if part.get("type") == "object" and isinstance(part.get("additionalProperties"), dict):
        return f"map to {_kind(part['additionalProperties'])}"
    limit = f", at most {part['maxLength']:,} characters" if "maxLength" in part else ""
    return str(part.get("type", "anything")) + limit


def _formatted(text: str) -> Markup:
    """Our own words, which are Markdown; HTML in them is shown and not obeyed."""
    return Markup(MarkdownIt("commonmark", {"html": False}).render(text))
