"""Looking for damage: in the database, the texts, the offsets, the index and the vectors."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, select

from corpus import index, rows
from corpus.database import place_of
from corpus.errors import CorpusUnavailable
from corpus.passages import split
from corpus.postings import gram_hashes
from corpus.schema import passage, version
from corpus.vectors.store import VectorStore


def problems(engine: Engine, vectors: VectorStore) -> Iterator[str]:
    """Every problem found, in words."""
    try:
        with engine.connect() as connection:
            yield from (f"database: {problem}" for problem in place_of(connection).damage(connection))
            ids = connection.execute(select(version.c.document_id, version.c.number).order_by(version.c.id)).all()
    except CorpusUnavailable as error:
        yield f"database: {error}"
        return
    yield from vectors.problems()
    for id, number in ids:
        try:
            with engine.connect() as connection:
                yield from _problems(connection, id, number)
        except (ValueError, zlib.error, CorpusUnavailable) as error:
            yield f"{id} version {number}: what is stored cannot be read ({error})"


def _problems(connection: Connection, id: str, number: int) -> Iterator[str]:
    found = rows.read_document(connection, id, number)
    assert found is not None
    name, text = f"{id} version {number}", found.document.text
    if rows.text_hash(text) != found.version.sha256:
        yield f"{name}: the text is not the one that was stored"
    for each in found.document.turns:
        if each.span.end > len(text):
            yield f"{name}: turn {each.number} ends behind the text"
    stored = connection.execute(
        select(passage.c.id, passage.c.turn, passage.c.start, passage.c.end)
        .join(version, version.c.id == passage.c.version_id)
        .where(version.c.document_id == id, version.c.number == number)
        .order_by(passage.c.id)
    ).all()
    pieces = list(split(found.document))
    if [(p.turn, p.span.start, p.span.end) for p in pieces] != [tuple(row)[1:] for row in stored]:
        yield f"{name}: the passages are not those of the text"
    elif pieces:
        grams = gram_hashes(pieces[0].keys, min(3, len(pieces[0].keys)))[:1].tolist()
        held = index.look_up(connection, min(3, len(pieces[0].keys)), grams)
        if min(3, len(pieces[0].keys)) > 1 and stored[0].id not in held[grams[0]]:
            yield f"{name}: its first passage cannot be found"
