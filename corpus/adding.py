"""Storing documents inside a writer's transaction: what is new, its version, turns, passages and postings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Connection, select, update

from corpus import index, rows
from corpus.captures import Capture, is_kept
from corpus.database import insert_rows
from corpus.history import make_current, note_change
from corpus.postings import Batch
from corpus.schema import passage, turn, version
from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one document: its version's number, and whether the corpus changed.

    `before` is the number of the version that was current until then, where there was one; `corrected` says that the new version
    has the very same text, and only what is said of it differs. A version that is held and not the current one is not `current`.
    """

    document_id: str
    outcome: Literal["added", "new-version", "reverted", "unchanged"]
    version: int
    passages: int = 0
    before: int | None = None
    corrected: bool = False
    current: bool = True


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
    identities: list[int] = field(default_factory=list)

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

    Another text, or another thing said of the same text, is a new version. It is a change at the source, unless it was read from the
    bytes that the current one was read from: by a mended recipe, say. `captures` are those bytes, by the documents' ids, where they
    are known. A version that is held and was overtaken stays as it is; whoever calls says whether it is current again (`take_back`).
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
    if waiting.identities:
        rows.keep_fingerprint(connection, waiting.identities)
    return added


def take_back(connection: Connection, added: Added) -> Added:
    """Make a version current that was overtaken, since it was met again; what was met is said anew."""
    if added.current:
        return added
    before = make_current(connection, added.document_id, added.version)
    return replace(added, outcome="reverted", before=before, current=True)


def _store(
    connection: Connection, document: Document, known: rows.Known, waiting: _Waiting, *, found: Capture | None
) -> Added:
    sha256 = rows.text_hash(document.text)
    identity = rows.identity_hash(document, sha256)
    if (held := known.numbers.get(identity)) is not None:
        return Added(document.id, "unchanged", held, current=held == known.current)
    before, number = known.current or None, known.latest + 1
    corrected = before is not None and _overtake(connection, document, known, waiting, sha256, found)
    known.take(identity, number)
    waiting.identities.append(identity)
    passages = waiting.take(document, number, sha256)
    return Added(document.id, "new-version" if before else "added", number, passages, before, corrected)


def _overtake(
    connection: Connection, document: Document, known: rows.Known, waiting: _Waiting, sha256: str, found: Capture | None
) -> bool:
    """Note that the current version gives way to a new one; true when both have the same text."""
    waiting.write(connection)  # the one before may be among them
    mine = version.c.document_id == document.id
    before = connection.execute(
        select(version.c.number, version.c.text, version.c.sha256).where(mine, version.c.current)
    ).one()
    if found is None or not is_kept(connection, document.id, before.number, found=found):
        after = (known.latest + 1, document.text)
        note_change(connection, document.id, before=(before.number, before.text), after=after)
    if before.number != known.latest:  # the fingerprint says so, and no more from now on
        rows.keep_reversion(connection, document.id, before.number, known.latest)
    connection.execute(update(version).where(mine).values(current=False))
    return bool(before.sha256 == sha256)
