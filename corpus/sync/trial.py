"""What a connector would take, fetched politely and shown, and nothing of it stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.connectors.connector import Connector, Entry, Listing, Page, Window
from corpus.connectors.generic import RecipeConnector
from corpus.errors import CorpusError, FetchError, RecordError
from corpus.fetch.fetching import Fetched
from corpus.sync.local import is_local, local_page
from corpus.sync.manners import Visitor
from corpus.sync.reading import document_of, listing_of
from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Tried:
    """A document as it would be stored."""

    document: Document


def trial(connector: Connector, visitor: Visitor, *, window: Window, limit: int) -> Iterator[str | Tried | CorpusError]:
    """Read the first page of each list and the first documents on it; errors stand where a result would."""
    left = limit
    lists = list(connector.starts(window))
    seen = set[str]()
    while lists and left:
        url = lists.pop(0)
        seen.add(url)
        try:
            listing = listing_of(connector, _page(visitor, url, lists=True))
        except (FetchError, RecordError) as error:
            yield error
            continue
        entries = [each for each in listing.entries if window.holds(each.published)]
        count = len(listing.entries)
        yield f"{url}: {count:,} {'entry' if count == 1 else 'entries'}, {len(entries):,} in the time asked for; next: {listing.next or 'none'}"
        if listing.entries and not entries:
            yield "  ? no entry of this page lies in the time asked for; a sync goes on to the older pages, a trial does not"
        yield from listing.problems
        yield from _doubts(connector, listing)
        lists = [*(each for each in listing.others if each not in seen), *lists]
        for entry in entries[:left]:
            left -= 1
            try:
                yield Tried(_document(connector, visitor, entry))
            except (FetchError, RecordError) as error:
                yield error


def _doubts(connector: Connector, listing: Listing) -> Iterator[str]:
    """Why a list may be longer than what was found of it: nothing fails where a recipe names no way on."""
    if not isinstance(connector, RecipeConnector) or listing.next or not listing.entries:
        return
    lists = connector.recipe.list
    if lists.type == "feed":
        yield "  ? a feed holds the latest documents only; older ones come from a list page or a sitemap"
    elif lists.next is not None:
        yield (
            f"  ? “next” ({' or '.join(lists.next.css)}) finds nothing on this page: right where the list ends with these "
            f"{len(listing.entries):,} entries; otherwise the documents on its other pages are never found"
        )
    elif lists.type == "page":
        yield (
            f"  ? the recipe names neither “next” nor “pages”: only the {len(listing.entries):,} entries of this page are "
            "taken, whatever stands on others"
        )


def _document(connector: Connector, visitor: Visitor, entry: Entry) -> Document:
    return entry.document or document_of(connector, _page(visitor, entry.url, lists=False), entry)


def _page(visitor: Visitor, url: str, *, lists: bool) -> Page:
    if is_local(url):
        return local_page(url, lists=lists)
    found = visitor.visit(url, lists=lists)
    assert isinstance(found, Fetched)  # nothing is held that it could be the same as
    return Page(found.link, found.raw, found.content.suffix, found.content.charset)
