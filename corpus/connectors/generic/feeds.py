"""RSS and Atom, read by feedparser; its one home."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from corpus.connectors.connector import Entry, Listing, Page
from corpus.connectors.generic.days import day_of
from corpus.connectors.generic.links import absolute, id_of, wanted
from corpus.connectors.generic.pages import html_document
from corpus.connectors.recipe import Dates, Recipe
from corpus.errors import MarkupMoved, RecordError

_NEXT = ("next", "prev-archive")
"""Where older entries are: RFC 5005, sections 3 and 4."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as its feed gives it; `content` is its whole text as HTML, where there is one, and times are as written."""

    link: str
    title: str
    published: str
    updated: str
    summary: str
    content: str | None

    @property
    def text(self) -> str:
        """Its text as HTML, or its summary where that is all there is; raises RecordError where it has neither."""
        if found := self.content or self.summary:
            return found
        raise RecordError("the entry holds no text")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds: its entries in order, the address of the next part, and how many entries have no link."""

    entries: tuple[FeedEntry, ...]
    next: str | None = None
    unlinked: int = 0


def read_feed(page: Page) -> Feed:
    """Read RSS or Atom; raises MarkupMoved for what is no feed."""
    # Imported here because only feeds need it.
    import feedparser

    headers = {"content-location": page.url}
    if page.charset:
        headers["content-type"] = f"application/xml; charset={page.charset}"
    found = feedparser.parse(BytesIO(page.raw), response_headers=headers, sanitize_html=False)
    if not found.get("version"):
        raise MarkupMoved("this is no feed, which was looked for", path=page.url)
    read = [_read(each, page) for each in found.entries]
    linked = tuple(each for each in read if each.link)
    return Feed(linked, _next(found.feed, page), unlinked=len(read) - len(linked))


def _read(each: Any, page: Page) -> FeedEntry:
    # Asked for what an entry has not, the library answers with when it was published, and warns.
    updated = str(each["updated"]) if "updated" in each else ""
    return FeedEntry(
        link=absolute(page.url, each.get("link") or each.get("id") or ""),
        title=" ".join(str(each.get("title") or "").split()),
        published=str(each.get("published") or updated),
        updated=updated,
        summary=_html(each.get("summary_detail") or {}),
        content=next((text for part in each.get("content", ()) if (text := _html(part))), None),
    )


def _html(part: Any) -> str:
    """A part of an entry as HTML."""
    value = str(part.get("value") or "")
    if part.get("type") != "text/plain" or not value:
        return value
    return "".join(
        f"<p>{paragraph}</p>" for paragraph in value.replace("&", "&amp;").replace("<", "&lt;").split("\n\n")
    )


def feed_listing(page: Page, recipe: Recipe) -> Listing:
    """The entries of a feed; with their whole text where the recipe says that it is there. Raises MarkupMoved."""
    feed = read_feed(page)
    entries: dict[str, Entry] = {}
    problems = [f"{page.url}: {feed.unlinked} entries have no link"] if feed.unlinked else []
    for each in feed.entries:
        if wanted(each.link, recipe):
            try:
                entry = _entry(each, recipe)
                entries.setdefault(entry.id, entry)
            except RecordError as error:
                problems.append(f"{each.link}: {error.args[0]}")
    return Listing(tuple(entries.values()), feed.next, problems=tuple(problems))


def _entry(each: FeedEntry, recipe: Recipe) -> Entry:
    entry = Entry(id_of(each.link, recipe), each.link, day_of(each.published, Dates()), each.updated, each.title)
    if recipe.list.text == "page":
        return entry
    content = each.text
    # The whole text is at hand, so it tells more than a time that its publisher may forget to change.
    mark = hashlib.sha256(f"{each.title}\n{content}".encode()).hexdigest()[:16]
    document = html_document(Page(each.link, content.encode("utf-8"), charset="utf-8"), entry, recipe, within="feed")
    return replace(entry, updated=mark, document=document)


def _next(feed: Any, page: Page) -> str | None:
    links = {each.get("rel"): absolute(page.url, each.get("href") or "") for each in feed.get("links", ())}
    found = next((links[rel] for rel in _NEXT if links.get(rel)), None)
    return found if found != page.url else None
