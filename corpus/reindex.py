"""The index anew from the stored texts, while the old one answers; killed at any point, the old one is still whole.

The new postings are written beside the old ones, under sizes that no search asks for, a batch a transaction. What was
added meanwhile is indexed in the last transaction, which also drops the old postings and gives the new ones their sizes.
Passages keep their numbers, and with them their vectors, where the text is cut as before; other passages get new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Engine, delete, select, update

from corpus import index, rows
from corpus.database import Location, alone, insert_rows, open_database, place_at, writing
from corpus.errors import CorpusUnavailable
from corpus.passages import SCHEME, Piece, split
from corpus.postings import SIZES, Batch, to_bytes
from corpus.schema import GENERATION, passage, posting, segment, setting, version
from corpus.types import Document
from corpus.vectors.rows import forget_passages

_BESIDE = 10
"""Added to the sizes of what is being built."""

_POSTINGS = 4_000_000


@dataclass(frozen=True, slots=True)
class Reindexing:
    """How far it is, in versions of documents."""

    done: int
    total: int


def reindex(location: Location, *, on_progress: Callable[[Reindexing], None] = lambda progress: None) -> int:
    """Cut and index every stored version again; returns how many were cut otherwise than before.

    Raises CorpusUnavailable when there is no corpus, or somebody rearranges its index already.
    """
    engine = open_database(location, create=False)
    try:
        with alone(engine) as nobody_else:
            if not nobody_else:
                raise CorpusUnavailable(f"{place_at(location).name}: its index is being rearranged; try again later")
            built = _build(engine, on_progress)
            changed = _replace(engine, built)
        index.merge(engine, most=1)
    finally:
        engine.dispose()
    return changed


@dataclass(slots=True)
class _Built:
    """The versions whose passages stay as they are and are indexed, those that will be cut anew, and the segments."""

    indexed: set[int]
    changed: list[int]
    segments: dict[int, int]


def _build(engine: Engine, on_progress: Callable[[Reindexing], None]) -> _Built:
    built = _Built(set(), [], {})
    with writing(engine) as connection:
        connection.execute(delete(posting).where(posting.c.size > _BESIDE))  # of a run that was killed
        connection.commit()
    with engine.connect() as connection:
        ids = connection.execute(select(version.c.id).order_by(version.c.id)).scalars().all()
    batch = Batch()
    for at, id in enumerate(ids, start=1):
        with engine.connect() as connection:
            _index(connection, id, batch, built)
        if batch.count >= _POSTINGS or (at == len(ids) and batch.count):
            with writing(engine) as connection:
                _write(connection, batch, built)
                connection.commit()
            batch = Batch()
        on_progress(Reindexing(at, len(ids)))
    return built


def _index(connection: Connection, id: int, batch: Batch, built: _Built) -> None:
    document = _document(connection, id)
    if document is None:
        return
    pieces = list(split(document))
    wanted = select(passage.c.id, passage.c.turn, passage.c.start, passage.c.end).where(passage.c.version_id == id)
    stored = connection.execute(wanted.order_by(passage.c.id)).all()
    if [(row.turn, row.start, row.end) for row in stored] != [_cut(piece) for piece in pieces]:
        built.changed.append(id)
        return
    built.indexed.add(id)
    batch.add([row.id for row in stored], [piece.keys for piece in pieces])


def _cut(piece: Piece) -> tuple[int, int, int]:
    return piece.turn, piece.span.start, piece.span.end


def _document(connection: Connection, id: int) -> Document | None:
    which = select(version.c.document_id, version.c.number).where(version.c.id == id)
    found = connection.execute(which).first()
    stored = rows.read_document(connection, *found) if found else None
    return stored.document if stored else None


def _write(connection: Connection, batch: Batch, built: _Built) -> None:
    number = len(built.segments) + 1
    built.segments[number] = batch.count
    insert_rows(connection, posting, list(_rows(batch, number)))


def _rows(batch: Batch, number: int) -> Iterator[dict[str, object]]:
    for block in batch.blocks():
        stored = to_bytes(block.entries)
        yield {"size": block.size + _BESIDE, "bucket": block.bucket, "segment": number, "entries": stored}


def _replace(engine: Engine, built: _Built) -> int:
    with writing(engine) as connection:
        ids = connection.execute(select(version.c.id).order_by(version.c.id)).scalars().all()
        if not built.indexed.union(built.changed).issubset(ids):
            raise CorpusUnavailable("documents were removed while the index was built; run “corpus reindex” again")
        batch = Batch()
        for id in ids:  # what was added meanwhile
            if id not in built.indexed and id not in built.changed:
                _index(connection, id, batch, built)
        for id in built.changed:
            _cut_anew(connection, id, batch)
        if batch.count:
            _write(connection, batch, built)
        connection.execute(delete(posting).where(posting.c.size.in_(SIZES)))
        connection.execute(update(posting).where(posting.c.size > _BESIDE).values(size=posting.c.size - _BESIDE))
        connection.execute(delete(segment))
        insert_rows(connection, segment, [{"id": id, "postings": count} for id, count in built.segments.items()])
        rows.put_setting(connection, "passages", SCHEME)
        if built.changed:
            generation = connection.execute(select(setting.c.value).where(setting.c.name == GENERATION)).scalar()
            rows.put_setting(connection, GENERATION, str(int(generation or 0) + 1))
        connection.commit()
    return len(built.changed)


def _cut_anew(connection: Connection, id: int, batch: Batch) -> None:
    document = _document(connection, id)
    assert document is not None
    old = connection.execute(select(passage.c.id).where(passage.c.version_id == id)).scalars().all()
    # Stored before the old ones go: a number that was once somebody else's would find the wrong words.
    rows.store_passages(connection, document, id, batch)
    forget_passages(connection, np.array(old, np.uint32))
    connection.execute(delete(passage).where(passage.c.version_id == id, passage.c.id.in_(old)))
