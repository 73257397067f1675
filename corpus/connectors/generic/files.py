"""Folders of files, and tables: JSON Lines and CSV with a recipe's names for their columns."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from corpus.connectors.connector import Entry, Listing, Page
from corpus.connectors.generic.days import day_of
from corpus.connectors.generic.links import hashed, id_of, slug, wanted
from corpus.connectors.generic.lists import moved
from corpus.connectors.generic.packed import unpacked
from corpus.connectors.generic.pages import kind_of
from corpus.connectors.recipe import Recipe
from corpus.errors import RecordError
from corpus.read import decoded
from corpus.read.records import document_of

FOLDER = ".folder"
"""The kind of page that stands for a folder: a JSON object a line, with `path` (from the folder), `url` and `mark`."""


def folder_listing(page: Page, recipe: Recipe) -> Listing:
    """Every file of a folder that a reader takes; those that are missing are gone."""
    if page.suffix != FOLDER:
        raise moved(page, recipe, "this is no folder")
    found = [json.loads(line) for line in page.raw.splitlines()]
    entries = [
        Entry(f"{recipe.name}-{slug(each['path'])}-{hashed(each['path'])}", each["url"], updated=each["mark"], title="")
        for each in found
        if wanted(each["url"], recipe)
    ]
    return Listing(tuple(entries), complete=True)


def record_listing(page: Page, recipe: Recipe) -> Listing:
    """A document a line, or a row; one that cannot be read is a problem, and the rest goes on."""
    text = decoded(unpacked(page), path=page.url, charset=page.charset)
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for place, row in _rows(text, page):
        try:
            entry = _entry(row, page, recipe)
        except RecordError as error:
            problems.append(f"{page.url}: {place}: {error.args[0]}")
            continue
        if entry.id in entries:
            problems.append(f"{page.url}: {place}: the id {entry.id} stands there twice; the first is taken")
        entries.setdefault(entry.id, entry)
    if problems and not entries:
        raise moved(page, recipe, f"no row can be read ({problems[0]})")
    return Listing(tuple(entries.values()), problems=tuple(problems))


def _rows(text: str, page: Page) -> Iterator[tuple[str, Mapping[str, Any] | RecordError]]:
    if _is_json(text):
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                yield f"line {number}", _object(line)
        return
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=delimiter), start=2):
        yield f"row {number}", {name: value for name, value in row.items() if name and isinstance(value, str)}


def _is_json(text: str) -> bool:
    return text.lstrip()[:1] == "{"


def _object(line: str) -> Mapping[str, Any] | RecordError:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return RecordError(f"not a JSON object on one line ({error})")
    return value if isinstance(value, dict) else RecordError(f"not a JSON object but {type(value).__name__}")


def _entry(row: Mapping[str, Any] | RecordError, page: Page, recipe: Recipe) -> Entry:
    if isinstance(row, RecordError):
        raise row
    columns, said = recipe.columns, recipe.documents
    given = {name: row[column] for name, column in _names(columns) if row.get(column) not in (None, "")}
    rest = {name: value for name, value in row.items() if name not in {column for _, column in _names(columns)}}
    link = str(given.get("url") or "")
    text = str(given.get("text") or json.dumps(given.get("turns") or ""))
    id = f"{recipe.name}-{slug(str(given['id']))}" if "id" in given else id_of(link or f"row://{text}", recipe)
    written = str(given.pop("date", ""))
    day = day_of(written, recipe.dates, language=said.language)
    if written and day is None:
        raise RecordError(f"the day {written!r:.40} cannot be read; name its form in [dates]")
    mark = str(given.pop("updated", "") or hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:16])
    speaker = str(given.pop("speaker", "") or said.speaker or "")
    title = str(given.get("title") or "")
    record = {
        "publisher": said.publisher, "licence": said.licence, "tier": said.tier, "translation": said.translation,
        "language": said.language, "kind": kind_of(recipe, link, title), **rest, **given, "id": id,
        "date": day.isoformat() if day else None, "speakers": [speaker] if speaker else None,
    }  # fmt: skip
    document = document_of({name: value for name, value in record.items() if value is not None})
    return Entry(id, link or page.url, day, mark, document.title, replace(document, url=link or None))


def _names(columns: Any) -> list[tuple[str, str]]:
    return [(name, getattr(columns, name)) for name in columns.__dataclass_fields__]
