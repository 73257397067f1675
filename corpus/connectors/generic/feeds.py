"""RSS and Atom, read by feedparser; its one home."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from corpus.connectors.connector import Entry, Listing, Page
from corpus.connectors.generic.days import day_of
from corpus.connectors.generic.links import absolute, id_of, wanted
from corpus.connectors.generic.lists import moved
from corpus.connectors.generic.pages import html_document
from corpus.connectors.recipe import Dates, Recipe
from corpus.errors import RecordError

_NEXT = ("next", "prev-archive")
"""Where older entries are: RFC 5005, sections 3 and 4."""


def feed_listing(page: Page, recipe: Recipe) -> Listing:
    """The entries of a feed; with their whole text where the recipe says that it is there. Raises MarkupMoved."""
    # Imported here because only feeds need it.
    import feedparser

    headers = {"content-location": page.url}
    if page.charset:
        headers["content-type"] = f"application/xml; charset={page.charset}"
    found = feedparser.parse(BytesIO(page.raw), response_headers=headers, sanitize_html=False)
    if not found.version:
        raise moved(page, recipe, "this is no feed")
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for number, each in enumerate(found.entries, start=1):
        link = absolute(page.url, each.get("link") or each.get("id") or "")
        if not link:
            problems.append(f"{page.url}: entry {number} has no link")
        elif wanted(link, recipe):
            try:
                entry = _entry(each, link, recipe)
                entries.setdefault(entry.id, entry)
            except RecordError as error:
                problems.append(f"{link}: {error.args[0]}")
    return Listing(tuple(entries.values()), _next(found.feed, page), problems=tuple(problems))


def _entry(each: Any, link: str, recipe: Recipe) -> Entry:
    published = day_of(each.get("published") or each.get("updated") or "", Dates())
    title = " ".join(str(each.get("title") or "").split())
    entry = Entry(id_of(link, recipe), link, published, str(each.get("updated") or ""), title)
    if recipe.list.text == "page":
        return entry
    content = _content(each)
    mark = entry.updated or hashlib.sha256(f"{title}\n{content}".encode()).hexdigest()[:16]
    document = html_document(Page(link, content.encode("utf-8"), charset="utf-8"), entry, recipe, within="feed")
    return Entry(entry.id, link, published, mark, title, document)


def _content(each: Any) -> str:
    """The entry's whole text as HTML; its summary where that is all there is."""
    for part in (*each.get("content", ()), each.get("summary_detail") or {}):
        if part.get("value"):
            if part.get("type") != "text/plain":
                return str(part["value"])
            paragraphs = str(part["value"]).replace("&", "&amp;").replace("<", "&lt;").split("\n\n")
            return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    raise RecordError("the entry holds no text")


def _next(feed: Any, page: Page) -> str | None:
    links = {each.get("rel"): absolute(page.url, each.get("href") or "") for each in feed.get("links", ())}
    found = next((links[rel] for rel in _NEXT if links.get(rel)), None)
    return found if found != page.url else None
