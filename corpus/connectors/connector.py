"""What a connector is: where a publisher lists its documents, and how a list and a page of its are read.

A connector asks nobody for anything: `corpus.sync` fetches, politely, and hands over what came. So a connector is three
functions of bytes, and can be tried on saved pages.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import MarkupMoved
from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Window:
    """From which day to which, both included; open where it is None."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds(self, day: datetime.date | None) -> bool:
        """True for a day inside, and for a document whose day is not known: only its page can tell."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class Page:
    """What was at an address: its bytes as published, the end that a file of this kind has, and the encoding if declared."""

    url: str
    raw: bytes
    suffix: str = ".html"
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of a document: the id that it is stored under, where it is, and how its wording may be told.

    `updated` is the publisher's own mark of a wording (the time of its last change, say): a document whose mark is the one
    known is not asked for again. `document` is given where the list holds the whole text, as some feeds do.
    """

    id: str
    url: str
    published: datetime.date | None = None
    updated: str = ""
    title: str = ""
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list, the newest document first where the publisher does so, and the address of the next, older page.

    `others` are lists that this one names, as a sitemap's index does; `problems` are entries that could not be read, in
    words. `complete` says that all documents stand here, so that what is missing is gone, as in a folder.
    """

    entries: tuple[Entry, ...]
    next: str | None = None
    others: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    complete: bool = False


class Connector(Protocol):
    """A publisher's documents: three functions, and what an editor should know of them."""

    @property
    def name(self) -> str:
        """What it is called on the command line: `kremlin-en`."""

    @property
    def title(self) -> str:
        """The publisher and the kind of documents, in words."""

    @property
    def facts(self) -> str:
        """Where the facts about the markup come from, of which day, and whether it was ever run against the live site."""

    def starts(self, window: Window) -> tuple[str, ...]:
        """The addresses of the lists to begin with, for documents of that time."""

    def listing(self, page: Page) -> Listing:
        """Read a page of a list; raises MarkupMoved where it is none."""

    def document(self, page: Page, *, entry: Entry) -> Document:
        """Read the page behind an entry; raises MarkupMoved where it is not such a page, RecordError where it says nothing."""


def takes(connector: Connector, url: str) -> bool:
    """True for an address that a connector would take; one that has no say in it takes every one. Raises MarkupMoved."""
    own = getattr(connector, "takes", None)
    try:
        return own is None or bool(own(url))
    except Exception as error:
        raise MarkupMoved(f"the connector {connector.name} fails on this address ({error!r})", path=url) from error
