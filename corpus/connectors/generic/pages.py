"""The page behind an entry as a document: by a recipe's selectors, or by the reader of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Literal

from corpus.connectors.connector import Entry, Page
from corpus.connectors.generic.days import day_of, no_day
from corpus.connectors.generic.heads import without_head
from corpus.connectors.generic.lists import moved
from corpus.connectors.generic.markup import alternates, elements, first, paragraphs, texts, tree_of
from corpus.connectors.recipe import Recipe
from corpus.errors import RecordError
from corpus.language import language_of
from corpus.read import Defaults, read_bytes
from corpus.read.text import page as document_from
from corpus.read.transcript import Paragraph, turns_of
from corpus.read.turns import Said, whole
from corpus.types import Document, PartialDate

_ENOUGH = 300
"""Letters from which a text's language can be told without anything else that says it."""


def page_document(page: Page, entry: Entry, recipe: Recipe) -> Document:
    """Read the page; raises MarkupMoved where something that the recipe names is not there, RecordError else."""
    if page.suffix == ".html" and recipe.page.body is not None:
        return html_document(page, entry, recipe)
    said = recipe.documents
    day = PartialDate(entry.published.year, entry.published.month, entry.published.day) if entry.published else None
    defaults = Defaults(
        said.publisher,
        said.speaker,
        day,
        said.language,
        kind_of(recipe, entry.url, entry.title),
        said.licence,
        said.tier,
    )
    name = page.url.rpartition("/")[2] or page.url
    try:
        read = read_bytes(page.raw, page.suffix, name=name, defaults=defaults, charset=page.charset)
    except RecordError as error:
        raise RecordError(str(error.args[0]), path=page.url) from error
    _right_language(read.text, "", page, recipe)
    local = page.url.startswith("file:")
    title = entry.title if entry.title and read.title == name else read.title
    if page.suffix == ".html":
        read = without_head(read, titles=(entry.title,))
    return replace(
        read, id=entry.id, url=None if local else page.url, title=title, translation=said.translation,
        kind=said.kind if read.kind == "statement" else read.kind,
    )  # fmt: skip


def html_document(page: Page, entry: Entry, recipe: Recipe, *, within: Literal["page", "feed"] = "page") -> Document:
    """Read a page by the recipe's selectors; within a feed, what is not found is what the feed says, and all is body."""
    tree, where, said = tree_of(page), recipe.page, recipe.documents
    for css in where.drop:
        for element in elements(tree, css):
            element.drop_tree()
    title = first(tree, where.title) or entry.title
    if where.title is not None and within == "page" and not first(tree, where.title):
        raise moved(page, recipe, f"no title at {' or '.join(where.title.css)}")
    bodies = [at for css in (where.body.css if where.body else ()) for at in elements(tree, css)[:1]]
    if not bodies and within == "page":
        raise moved(page, recipe, f"no text at {' or '.join(where.body.css if where.body else ())}")
    found, shown = _said(bodies[0] if bodies else tree, tree, recipe)
    kind_text = first(tree, where.kind)
    speakers = tuple(each.rstrip(" :") for each in texts(tree, where.speakers)) if where.speakers else ()
    defaults = Defaults(
        said.publisher, said.speaker, _day(tree, page, entry, recipe, within), _language(tree, recipe),
        kind_of(recipe, page.url, title, kind_text), said.licence, said.tier,
    )  # fmt: skip
    _right_language(shown, str(tree.get("lang") or ""), page, recipe)
    try:
        read = document_from(shown, name=entry.id, title=title or entry.id, defaults=defaults, url=page.url, said=found)
    except RecordError as error:
        raise RecordError(str(error.args[0]), path=page.url) from error
    twins = {"alternate": others} if (others := alternates(tree)) else {}
    return replace(
        read, metadata={**read.metadata, **twins}, translation=said.translation, speakers=speakers or read.speakers
    )


def kind_of(recipe: Recipe, url: str, title: str, told: str = "") -> str:
    """The kind of a document: by the recipe's patterns, by what its page calls it, or the source's usual one."""
    said = recipe.documents
    texts = (url, title, told)
    found = next((kind for pattern, kind in said.kinds.items() if any(re.search(pattern, each) for each in texts)), "")
    return found or (told.casefold() if told and not said.kinds else said.kind)


def _said(body: Any, tree: Any, recipe: Recipe) -> tuple[list[Said], str]:
    """The turns of a page, the lead first, as it marks them, as its labels tell, or one of whoever speaks on it; and its
    text as it shows it."""
    where = recipe.page
    marks = {each for css in (where.speaker.css if where.speaker else ()) for each in elements(body, css)}
    spoken = paragraphs(body, speakers=marks)
    if any(speaker for speaker, _ in spoken):
        turns = [
            Said(speaker, "\n\n".join(each.text for _, each in group), None if speaker else "narration")
            for speaker, group in groupby(spoken, key=lambda each: each[0])
        ]
        shown = "\n\n".join(f"{each.speaker}: {each.text}" if each.speaker else each.text for each in turns)
    else:
        turns = _labelled([each for _, each in spoken], tree, recipe)
        shown = "\n\n".join(each.text for _, each in spoken)
    lead = first(tree, where.lead)
    if not lead or not turns or turns[0].text.startswith(lead):
        return turns, shown
    return [Said("", lead, "narration"), *turns], f"{lead}\n\n{shown}"


def _labelled(shown: Sequence[Paragraph], tree: Any, recipe: Recipe) -> list[Said]:
    speakers = texts(tree, recipe.page.speakers) if recipe.page.speakers else ()
    speakers = tuple(each.rstrip(" :") for each in speakers) or (
        (recipe.documents.speaker,) if recipe.documents.speaker else ()
    )
    found = turns_of(shown, speaker=speakers[0] if len(speakers) == 1 else None)
    text = "\n\n".join(each.text for each in shown)
    return found or (whole(text, speakers, kind=recipe.documents.kind) if text else [])


def _day(tree: Any, page: Page, entry: Entry, recipe: Recipe, within: str) -> PartialDate | None:
    written = texts(tree, recipe.page.date) if recipe.page.date else ()
    days = (day_of(each, recipe.dates, language=recipe.documents.language) for each in written)
    day = next((day for day in days if day), entry.published)
    if day is None and recipe.page.date is not None and within == "page":
        raise moved(page, recipe, no_day(written, recipe.dates, at=" or ".join(recipe.page.date.css)))
    return PartialDate(day.year, day.month, day.day) if day else None


def _language(tree: Any, recipe: Recipe) -> str | None:
    return first(tree, recipe.page.language)[:2].lower() or recipe.documents.language


def _right_language(text: str, declared: str, page: Page, recipe: Recipe) -> None:
    """Refuse the page of the other language, which some sites show instead of one that is missing."""
    wanted = recipe.documents.language
    if wanted is None or recipe.page.language is not None or not text:
        return
    told = language_of(text)
    sure = declared[:2].lower() == told if declared else len(text) >= _ENOUGH
    if told != wanted and sure:
        raise RecordError(f"it is in another language ({told}) than the recipe says ({wanted})", path=page.url)
