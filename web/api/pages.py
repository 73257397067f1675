"""The description of the API for people and for programs; it needs no key and asks no other machine for anything.

For programs it is in English; for people the same is said in their language, paragraph by paragraph (`paragraphs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from markdown_it import MarkdownIt
from markupsafe import Markup

from checker.tongue import figure, noted, said
from web.api.contract import OPERATIONS, Operation, api
from web.api.document import TAGS, Json, document, openapi, problems_by_status
from web.api.problems import KINDS, Problem

_WHERE = {"path": noted("in the path"), "query": noted("behind the “?”"), "header": noted("as a header")}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a parameter or a field."""

    name: str
    kind: str
    needed: bool
    says: str


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
    operations = sorted(OPERATIONS.values(), key=lambda each: TAGS.index(each.tag))
    return render_template(
        "api/docs.html", described=described, operations=operations, tags=TAGS, problems=KINDS, fields=_fields,
        parameters=_parameters, answers=_answers, formatted=_formatted, entry=_entry,
    )  # fmt: skip


@api.get("/problems/<name>", endpoint="problem", provide_automatic_options=False)
def problem(name: str) -> str:
    """What a kind of problem means: where its `type` leads."""
    if name not in KINDS:
        raise Problem("not-found")
    return render_template("api/problem.html", name=name, kind=KINDS[name])


def paragraphs() -> Iterator[str]:
    """Everything that the page takes from the document and the tables, for the catalogues of other languages."""
    described = document()
    yield from _split(described["info"]["description"])
    yield from TAGS
    for each in KINDS.values():
        yield from (each.title, each.advice)
    for operation in OPERATIONS.values():
        entry = _entry(operation)
        yield from _split(entry["description"])
        told = [*entry["parameters"], *(entry["responses"][status] for status in _plain(operation))]
        yield from (each["description"] for each in told if "description" in each)
    for shape in described["components"]["schemas"].values():
        for each in (shape, *shape.get("properties", {}).values()):
            yield from _split(each.get("description", ""))


def _split(text: str) -> Sequence[str]:
    return [" ".join(each.split()) for each in text.split("\n\n") if each]


def _entry(operation: Operation) -> Json:
    """What the document says of an operation."""
    found: Json = document()["paths"][operation.address][operation.method.lower()]
    return found


def _parameters(operation: Operation) -> Iterator[Row]:
    for each in _entry(operation)["parameters"]:
        where = _WHERE[each["in"]]
        yield Row(each["name"], said(where), each["required"], each.get("description", ""))


def _plain(operation: Operation) -> Sequence[str]:
    """The statuses of an operation that are no problem documents."""
    return [status for status in _entry(operation)["responses"] if status not in problems_by_status(operation)]


def _answers(operation: Operation) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Each status with what it says, or the kinds of problem that it stands for."""
    problems = problems_by_status(operation)
    for status, answer in _entry(operation)["responses"].items():
        yield status, "" if status in problems else answer["description"], problems.get(status, ())


def _fields(schema: dict[str, Any]) -> Iterator[Row]:
    """The fields of a shape."""
    shapes = document()["components"]["schemas"]
    found = shapes[schema["$ref"].rpartition("/")[2]]
    for each in found.get("oneOf", ()):
        yield Row(_kind(each), said("one of these"), False, shapes[_kind(each)].get("description", ""))
    required = found.get("required", ())
    for name, part in found.get("properties", {}).items():
        yield Row(name, _kind(part), name in required, part.get("description", ""))


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
        return said("list of %(kind)s", kind=_kind(part["items"]))
    if part.get("type") == "object" and isinstance(part.get("additionalProperties"), dict):
        return said("map to %(kind)s", kind=_kind(part["additionalProperties"]))
    kind = str(part.get("type", "")) or said("anything")
    if "maxLength" in part:
        return said("%(kind)s, at most %(number)s characters", kind=kind, number=figure(part["maxLength"]))
    return kind


def _formatted(text: str) -> Markup:
    """Our own words, which are Markdown, in the reader's language; HTML in them is shown and not obeyed."""
    told = "\n\n".join(said(each) for each in _split(text))
    return Markup(MarkdownIt("commonmark", {"html": False}).render(told))
