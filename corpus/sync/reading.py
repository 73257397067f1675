"""A connector's functions as they are called here: whatever goes wrong inside one is an error of that page, and how it is told."""

from __future__ import annotations

from typing import Literal

from corpus.connectors.connector import Connector, Entry, Listing, Page
from corpus.errors import CorpusError, FetchError, MarkupMoved, RecordError, SourceBlocked, SourceGone
from corpus.types import Document


def listing_of(connector: Connector, page: Page) -> Listing:
    """Read a page of a list; raises MarkupMoved, RecordError."""
    try:
        return connector.listing(page)
    except CorpusError:
        raise
    except Exception as error:
        raise MarkupMoved(f"the connector {connector.name} fails on this list ({error!r})", path=page.url) from error


def document_of(connector: Connector, page: Page, entry: Entry) -> Document:
    """Read a page as the document that its entry names; raises MarkupMoved, RecordError."""
    try:
        found = connector.document(page, entry=entry)
    except CorpusError:
        raise
    except Exception as error:
        raise RecordError(f"the connector {connector.name} fails on this page ({error!r})", path=page.url) from error
    if found.id != entry.id:
        raise RecordError(f"the connector reads it as {found.id!r} and lists it as {entry.id!r}", path=page.url)
    return found


def told(error: CorpusError, *, of: Literal["page", "list"] = "page") -> str:
    """What is wrong with a page of a source, and what its keeper can do about it; nobody saves pages by hand there.

    >>> told(SourceGone("there is nothing at this address (status 404)", link="https://marlo.example/1", instead="; save it"))
    'https://marlo.example/1: there is nothing at this address (status 404); if that stays so, “deny” in the recipe leaves it out'
    """
    if not isinstance(error, FetchError):
        return str(error)
    refused = isinstance(error, SourceBlocked) and error.status is not None
    if of == "page" and (refused or isinstance(error, SourceGone)):
        return f"{error.plain}; if that stays so, “deny” in the recipe leaves it out"
    return error.plain
