"""Looking through the record: search, what it can be narrowed by, and what is held when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from checker.export.card import Stretch
from corpus.shelf import FACETS, Hit, Shelved, facets, narrowed
from corpus.text import sentences, words
from corpus.types import Span
from web.charts import Timeline, timeline
from web.desk import desk
from web.schemas import Search, read_search

shelf = Blueprint("shelf", __name__)

_FOUND = 400
"""Passages among which a search's documents are; what comes after them shares hardly a word."""

_ON_A_PAGE = 20
_EXCERPT = 320


@dataclass(frozen=True, slots=True)
class Line:
    """A document in the list, and what was found in it with the looked-for words marked."""

    document: Shelved
    hit: Hit | None
    excerpt: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    lines: tuple[Line, ...]
    documents: int
    number: int
    last: int


@shelf.get("/corpus")
def page() -> str:
    """Search the record, narrow what was found, and see when it is of."""
    search = read_search(request.args)
    wanted = {facet: getattr(search, facet) for facet in FACETS}
    held = desk().corpus.shelf()
    hits: dict[str, Hit] = {}
    if search.words:
        hits = {hit.document_id: hit for hit in desk().corpus.search(search.words, limit=_FOUND)}
        lines = {each.id: each for each in held if each.id in hits}
        held = tuple(lines[id] for id in hits if id in lines)
    found = tuple(narrowed(held, wanted))
    return render_template(
        "corpus.html",
        search=search, facets=facets(found), page=_page(found, search, hits), chart=_chart(found),
    )  # fmt: skip


def _page(found: Sequence[Shelved], search: Search, hits: dict[str, Hit]) -> Page:
    last = max(1, -(-len(found) // _ON_A_PAGE))
    number = min(search.page, last)
    shown = found[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
    return Page(tuple(_line(each, hits.get(each.id), search.words) for each in shown), len(found), number, last)


def _line(document: Shelved, hit: Hit | None, wanted: str) -> Line:
    if hit is None:
        return Line(document, None, ())
    text = hit.span.of(desk().corpus.document(document.id, version=hit.version).document.text)
    return Line(document, hit, tuple(marked(_best_part(text, wanted), wanted)))


def _best_part(text: str, wanted: str) -> str:
    """The sentences of a passage from the first that has one of the words on."""
    keys = set(words(wanted).keys)
    spans = sentences(text)
    first = next((each for each in spans if keys & set(words(each.of(text)).keys)), None)
    start = first.start if first else 0
    cut = text[start : start + _EXCERPT]
    if start + _EXCERPT < len(text):
        cut = cut.rpartition(" ")[0] or cut
    return ("… " if start else "") + cut + (" …" if start + _EXCERPT < len(text) else "")


def marked(text: str, wanted: str) -> Iterator[Stretch]:
    """A text with the words marked that were looked for, however they are written.

    >>> [piece.text for piece in marked("The Bridge, the bridge!", "bridge") if piece.marked]
    ['Bridge', 'bridge']
    """
    keys, found, done = set(words(wanted).keys), words(text), 0
    for number, key in enumerate(found.keys):
        if key in keys:
            span = found.span(number)
            yield Stretch(text[done : span.start], False)
            yield Stretch(span.of(text), True)
            done = span.end
    yield Stretch(text[done:], False)


def spans_of(text: str, wanted: str) -> tuple[Span, ...]:
    """Where the looked-for words stand in a text."""
    keys, found = set(words(wanted).keys), words(text)
    return tuple(found.span(number) for number, key in enumerate(found.keys) if key in keys)


def _chart(found: Sequence[Shelved]) -> Timeline | None:
    """How many of the found documents are of each year."""
    years: dict[str, int] = {}
    for each in found:
        if each.date:
            years[each.date[:4]] = years.get(each.date[:4], 0) + 1
    return timeline(years) if len(years) > 1 else None
