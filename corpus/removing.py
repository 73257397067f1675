"""Removing documents for good: every version, passage, vector, capture and event, what sources know of them, and their part of the index.

Killed in between, a corpus is marked as not yet rid of them; the next removal goes on from there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, delete, select

from corpus import rows
from corpus.database import Location, open_database, place_at, writing
from corpus.reindex import reindex
from corpus.schema import GENERATION, capture, event, passage, setting, source_entry, source_walked, turn, version
from corpus.vectors.rows import forget_passages

_BEGUN = "removal begun"


def remove_documents(location: Location, ids: Sequence[str]) -> None:
    """Remove documents and write the corpus anew; raises CorpusUnavailable, and removes nothing, while others have it open."""
    place = place_at(location)
    if not ids and not _begun(location):
        return
    place.unused()
    engine = open_database(location, create=False)
    try:
        with writing(engine) as connection:
            for id in ids:
                _remove(connection, id)
            _keep_track(connection)
            connection.commit()
        reindex(location)
        place.compact(engine)
        with writing(engine) as connection:
            connection.execute(delete(setting).where(setting.c.name == _BEGUN))
            connection.commit()
    finally:
        engine.dispose()


def _begun(location: Location) -> bool:
    """True where a removal was not finished."""
    engine = open_database(location, create=False)
    try:
        with engine.connect() as connection:
            return connection.execute(select(setting.c.value).where(setting.c.name == _BEGUN)).first() is not None
    finally:
        engine.dispose()


def _keep_track(connection: Connection) -> None:
    """Note what the corpus is now, for those who hold some of it in memory, and that it is still to be written anew."""
    generation = connection.execute(select(setting.c.value).where(setting.c.name == GENERATION)).scalar()
    rows.put_setting(connection, _BEGUN, "yes")
    rows.put_setting(connection, "fingerprint", rows.fingerprint_of_rows(connection))
    rows.put_setting(connection, GENERATION, str(int(generation or 0) + 1))


def _remove(connection: Connection, id: str) -> None:
    mine = select(version.c.id).where(version.c.document_id == id)
    passages = connection.execute(select(passage.c.id).where(passage.c.version_id.in_(mine))).scalars().all()
    forget_passages(connection, np.array(passages, np.uint32))
    for table in (passage, turn):
        connection.execute(delete(table).where(table.c.version_id.in_(mine)))
    for table in (version, capture, event, source_entry, source_walked):
        connection.execute(delete(table).where(table.c.document_id == id))
