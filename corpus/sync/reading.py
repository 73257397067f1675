"""A connector's functions as they are called here: whatever goes wrong inside one is an error of that page."""

from __future__ import annotations

from corpus.connectors.connector import Connector, Entry, Listing, Page
from corpus.errors import CorpusError, MarkupMoved, RecordError
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
