"""Storing documents inside a writer's transaction: what is new, its version, turns, passages and postings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Connection, select, update

from corpus import index, rows
from corpus.captures import Capture, is_kept
from corpus.database import insert_rows
from corpus.history import note_change
from corpus.postings import Batch
from corpus.schema import passage, turn, version
from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one document: its version's number, and whether the corpus changed."""

    document_id: str
    outcome: Literal["added", "new-version", "unchanged"]
    version: int
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as it was met at its source, with the bytes that it was read from, unless they are kept elsewhere."""

    document: Document
    capture: Capture | None


@dataclass(slots=True)
class _Waiting:
    """Rows of several documents that are written together: a statement for each takes longer than what it stores."""

    batch: Batch
    version: int
    passage: int
    versions: list[dict[str, object]] = field(default_factory=list)
    turns: list[dict[str, object]] = field(default_factory=list)
    passages: list[dict[str, object]] = field(default_factory=list)

    def take(self, document: Document, number: int, sha256: str) -> int:
        """Take a version's rows, and its n-grams into the batch; returns how many passages it has."""
        found = rows.passage_rows(document, self.version, self.passage, self.batch)
        self.versions.append(rows.version_row(document, self.version, number, sha256))
        self.turns += [rows.turn_row(each, self.version) for each in document.turns]
        self.passages += found
        self.version += 1
        self.passage += len(found)
        return len(found)

    def write(self, connection: Connection) -> None:
        """Store the rows, those first at which others point."""
        for table, gathered in ((version, self.versions), (turn, self.turns), (passage, self.passages)):
            insert_rows(connection, table, gathered)
            gathered.clear()


def store_batch(
    connection: Connection, documents: Sequence[Document], *, captures: Mapping[str, Capture] = MappingProxyType({})
) -> list[Added]:
    """Store what is not held yet, with its part of the index; says what became of each document.

    Another text is a change at the source, unless it was read from the bytes that the current one was read from: by a mended
    recipe, say. `captures` are those bytes, by the documents' ids, where they are known.
    """
    known = rows.known_versions(connection, {document.id for document in documents})
    waiting = _Waiting(Batch(), rows.next_id(connection, version), rows.next_id(connection, passage))
    added = [
        _store(connection, document, known[document.id], waiting, found=captures.get(document.id))
        for document in documents
    ]
    waiting.write(connection)
    if waiting.batch.count:
        index.write(connection, waiting.batch)
    changed = [document for document, each in zip(documents, added, strict=True) if each.outcome != "unchanged"]
    if changed:
        rows.keep_fingerprint(connection, changed)
    return added


def _store(
    connection: Connection, document: Document, known: dict[str, int], waiting: _Waiting, *, found: Capture | None
) -> Added:
    sha256 = rows.text_hash(document.text)
    if sha256 in known:
        return Added(document.id, "unchanged", known[sha256])
    number = len(known) + 1
    known[sha256] = number
    if number > 1:
        waiting.write(connection)  # the one before may be among them
        held = select(version.c.number, version.c.text).where(version.c.document_id == document.id, version.c.current)
        before = connection.execute(held).one()
        if found is None or not is_kept(connection, document.id, before.number, found=found):
            note_change(connection, document.id, before=(before.number, before.text), after=(number, document.text))
        connection.execute(update(version).where(version.c.document_id == document.id).values(current=False))
    passages = waiting.take(document, number, sha256)
    return Added(document.id, "added" if number == 1 else "new-version", number, passages)
