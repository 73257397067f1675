"""Looking for damage: in the database, the texts, the offsets, the index and the vectors.

All is read in one state of the corpus, so that others may write meanwhile. The index is held against the texts by a sum
over each bucket's entries, worked out from both; where two sums differ, the entries themselves are compared.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from sqlalchemy import Connection, Engine, func, select

from corpus import rows
from corpus.database import place_of
from corpus.errors import CorpusUnavailable
from corpus.history import History
from corpus.passages import Piece, split
from corpus.postings import SIZES, Batch, Entries, Sums, from_bytes
from corpus.schema import passage, posting, setting, version
from corpus.types import StoredDocument
from corpus.vectors.store import VectorStore

_COMPARED = 4_096
"""So many buckets that differ are compared entry by entry: enough to name documents, and no more memory than that."""


_SUMMED = 1_000_000
"""So many entries are summed at once; more take memory and gain nothing."""


def problems(engine: Engine, vectors: VectorStore, history: History) -> Iterator[str]:
    """Every problem found, in words."""
    try:
        with engine.connect() as connection:
            yield from (f"database: {problem}" for problem in place_of(connection).damage(connection))
            yield from _versions(connection)
            yield from vectors.problems(connection)
            yield from history.problems(connection)
            yield from _texts_and_index(connection)
    except CorpusUnavailable as error:
        yield f"database: {error}"


def _versions(connection: Connection) -> Iterator[str]:
    wanted = select(version.c.document_id, func.count()).where(version.c.current).group_by(version.c.document_id)
    counts = {id: count for id, count in connection.execute(wanted)}
    for id in connection.execute(select(version.c.document_id).distinct().order_by(version.c.document_id)).scalars():
        if counts.get(id) != 1:
            yield f"{id}: {counts.get(id, 0)} of its versions are current"


@dataclass(frozen=True, slots=True)
class _Stored:
    """A version's pieces with the numbers of their passages."""

    numbers: tuple[int, ...]
    pieces: tuple[Piece, ...]

    def put_into(self, batch: Batch) -> None:
        """What the index must hold of it."""
        batch.add(self.numbers, [piece.keys for piece in self.pieces])


def _sum(batch: Batch, sums: Sums) -> None:
    for size, buckets, entries in batch.entries():
        sums.add(size, buckets, entries)


def _texts_and_index(connection: Connection) -> Iterator[str]:
    ids = connection.execute(select(version.c.document_id, version.c.number).order_by(version.c.id)).all()
    expected, batch, sound, fingerprint = Sums(), Batch(), [], 0
    for id, number in ids:
        name = f"{id} version {number}"
        try:
            found = rows.read_document(connection, id, number)
            assert found is not None
            fingerprint ^= rows.identity_hash(found.document)
            stored = _passages(connection, id, number)
            pieces = tuple(split(found.document))
            wrong = list(_problems(found, name, pieces, stored))
        except (ValueError, zlib.error, CorpusUnavailable) as error:
            yield f"{name}: what is stored cannot be read ({error})"
            continue
        yield from wrong
        if len(stored) == len(pieces):
            _Stored(tuple(row[0] for row in stored), pieces).put_into(batch)
            sound.append((id, number))
        if batch.count > _SUMMED:
            _sum(batch, expected)
            batch = Batch()
    _sum(batch, expected)
    held = connection.execute(select(setting.c.value).where(setting.c.name == "fingerprint")).scalar()
    if int(held or "0", 16) != fingerprint ^ rows.reversions(connection):
        yield "the documents are not those that the corpus' fingerprint stands for"
    yield from _index(connection, expected, sound)


def _passages(connection: Connection, id: str, number: int) -> list[tuple[int, int, int, int]]:
    wanted = (
        select(passage.c.id, passage.c.turn, passage.c.start, passage.c.end)
        .join(version, version.c.id == passage.c.version_id)
        .where(version.c.document_id == id, version.c.number == number)
        .order_by(passage.c.id)
    )
    return [tuple(row) for row in connection.execute(wanted)]


def _problems(
    found: StoredDocument, name: str, pieces: Sequence[Piece], stored: Sequence[tuple[int, int, int, int]]
) -> Iterator[str]:
    text = found.document.text
    if rows.text_hash(text) != found.version.sha256:
        yield f"{name}: the text is not the one that was stored"
    for each in found.document.turns:
        if each.span.end > len(text):
            yield f"{name}: turn {each.number} ends behind the text"
    cut = [(piece.turn, piece.span.start, piece.span.end) for piece in pieces]
    if cut != [row[1:] for row in stored]:
        yield f"{name}: the passages are not those of the text; run “onrecord corpus reindex”"


def _summed(connection: Connection, unreadable: set[tuple[int, int]]) -> Sums:
    """The sums of what the index holds; what cannot be read is noted."""
    sums = Sums()
    wanted = select(posting.c.size, posting.c.bucket, posting.c.entries).order_by(posting.c.size)
    rows = connection.execution_options(yield_per=2_000).execute(wanted.where(posting.c.size.in_(SIZES)))
    for part in rows.partitions():
        for size, blocks in groupby(part, key=lambda row: row.size):
            buckets, held = [], []
            for _, bucket, raw in blocks:
                try:
                    held.append(from_bytes(raw))
                except ValueError:
                    unreadable.add((size, bucket))
                else:
                    buckets.append(bucket)
            if held:
                lengths = [len(each) for each in held]
                sums.add(size, np.repeat(np.array(buckets, np.uint16), lengths), np.concatenate(held))
    return sums


def _index(connection: Connection, expected: Sums, sound: list[tuple[str, int]]) -> Iterator[str]:
    unreadable: set[tuple[int, int]] = set()
    stored = _summed(connection, unreadable)
    differing = sorted(expected.differing(stored) | unreadable)
    if not differing:
        return
    yield f"index: {len(differing):,} buckets do not hold what the texts say; run “onrecord corpus reindex”"
    held = {key: _entries(connection, *key) for key in differing[:_COMPARED]}
    for id, number in sound:
        missing = _missing(connection, id, number, held)
        if missing:
            yield f"{id} version {number}: {missing:,} of its passages cannot be found by all their words"


def _entries(connection: Connection, size: int, bucket: int) -> Entries:
    wanted = select(posting.c.entries).where(posting.c.size == size, posting.c.bucket == bucket)
    readable = [raw for raw in connection.execute(wanted).scalars() if len(raw) % 8 == 0]
    return np.concatenate([from_bytes(raw) for raw in readable]) if readable else np.zeros(0, np.uint64)


def _missing(connection: Connection, id: str, number: int, held: dict[tuple[int, int], Entries]) -> int:
    """How many passages lack an entry in one of these buckets."""
    found = rows.read_document(connection, id, number)
    assert found is not None
    stored = _passages(connection, id, number)
    checked = _Stored(tuple(row[0] for row in stored), tuple(split(found.document)))
    lacking: set[int] = set()
    batch = Batch()
    checked.put_into(batch)
    for block in batch.blocks():
        if (block.size, block.bucket) in held:
            lost = np.setdiff1d(block.entries, held[block.size, block.bucket])
            lacking.update((lost & np.uint64(0xFFFFFFFF)).tolist())
    return len(lacking)
