"""Looking a document's relatives up in a corpus; what makes two documents relatives stands in `relatives.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

from sqlalchemy import Connection

from corpus import rows
from corpus.relatives import REGISTERED_DAYS, Addresses, Relative, by_language, by_text, register_of, twins
from corpus.types import Document, StoredDocument

Reading = Callable[[], AbstractContextManager[Connection]]
"""Lends a connection to read with."""


def related(
    stored: StoredDocument, held: Addresses, *, reading: Reading, read: Callable[[str], Document]
) -> Iterator[Relative]:
    """Other languages of a document first, then other documents with nearly its text, or all of it."""
    for id in dict.fromkeys([*twins(stored.document, held), *_registered(stored.document, reading, read)]):
        found = by_language(stored.document, read(id))
        if found is not None:
            yield found
    with reading() as connection:
        yield from by_text(
            stored.document,
            connection,
            own=rows.passages_of_document(connection, stored.document.id),
            owners=partial(rows.read_owners, connection),
            read=read,
            known=stored.also_at,
        )


def _registered(document: Document, reading: Reading, read: Callable[[str], Document]) -> tuple[str, ...]:
    """The ids of the documents of other languages under the same number of a ministry's register."""
    number = register_of(document)
    if not number:
        return ()
    with reading() as connection:
        near = rows.read_neighbours(connection, document, days=REGISTERED_DAYS)
    return tuple(id for id in near if register_of(read(id)) == number)
