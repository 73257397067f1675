"""Connectors that are made of a recipe: lists and pages read by selectors, feeds, sitemaps, folders and tables.

markup    a page as a tree, what a selector finds in it, its paragraphs;  days  a day as publishers write it
lists     a list page;  feeds  RSS and Atom;  sitemaps  sitemaps and their indexes;  files  folders, JSON Lines, CSV
pages     the page behind an entry, as a document;  heads  the headline and the day above its words
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from corpus.connectors.connector import Entry, Listing, Page, Window
from corpus.connectors.generic.feeds import feed_listing
from corpus.connectors.generic.files import folder_listing, record_listing
from corpus.connectors.generic.links import wanted
from corpus.connectors.generic.lists import page_listing
from corpus.connectors.generic.pages import page_document
from corpus.connectors.generic.sitemaps import sitemap_listing
from corpus.connectors.recipe import ListType, Recipe
from corpus.types import Document

_LISTINGS: Mapping[ListType, Callable[[Page, Recipe], Listing]] = MappingProxyType(
    {
        "page": page_listing, "feed": feed_listing, "sitemap": sitemap_listing, "folder": folder_listing,
        "records": record_listing,
    }
)  # fmt: skip

_DAY = re.compile(r"\{(since|until):([^}]*)\}")
_EARLIEST = date(1990, 1, 1)
"""What an open window begins with where an address needs a day: before any of these sites."""


@dataclass(frozen=True, slots=True)
class RecipeConnector:
    """A recipe as a connector."""

    recipe: Recipe

    @property
    def name(self) -> str:
        """The recipe's name."""
        return self.recipe.name

    @property
    def title(self) -> str:
        """The publisher and the kind of documents, in words."""
        return self.recipe.title

    @property
    def facts(self) -> str:
        """Where the facts about the markup come from."""
        return self.recipe.facts

    @property
    def pace(self) -> float:
        """Seconds between two requests."""
        return self.recipe.manners.pace

    def starts(self, window: Window) -> tuple[str, ...]:
        """The addresses of the lists, with the window's days where they ask for some."""
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
        days = {"since": window.since or _EARLIEST, "until": window.until or tomorrow}
        return tuple(_DAY.sub(lambda found: days[found[1]].strftime(found[2]), each) for each in self.recipe.list.start)

    def takes(self, url: str) -> bool:
        """True for an address that `allow` and `deny` let through; a table's rows are taken whatever theirs is."""
        return self.recipe.list.type == "records" or wanted(url, self.recipe)

    def listing(self, page: Page) -> Listing:
        """Read a page of the list; raises MarkupMoved."""
        return _LISTINGS[self.recipe.list.type](page, self.recipe)

    def document(self, page: Page, *, entry: Entry) -> Document:
        """Read the page behind an entry; raises MarkupMoved or RecordError."""
        return page_document(page, entry, self.recipe)
