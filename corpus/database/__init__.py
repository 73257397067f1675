"""Where a corpus is kept: in a folder (SQLite) or on a server (PostgreSQL), behind the same few questions.

    place       what both sides answer, and which of them a location names
    sqlite      one file in WAL mode
    postgresql  a schema in a database of a server
    spread      such a schema whose large tables lie on other servers
    contents    everything that is stored there, as bytes
    migrate     the tables, kept by Alembic
    opening     from a location to an open database

Everything else runs the same statements on both and asks for no dialect; `corpus.vectors.counted` runs where a place says
with which operator it counts bits.
"""

from __future__ import annotations

from corpus.database.contents import Stored
from corpus.database.migrate import HEAD, is_current, migrate
from corpus.database.opening import Location, alone, connect, insert_rows, open_database, place_at, place_of, writing
from corpus.database.place import PATIENCE, Place
from corpus.database.sqlite import FILE

__all__ = [
    "FILE",
    "HEAD",
    "PATIENCE",
    "Location",
    "Place",
    "Stored",
    "alone",
    "connect",
    "insert_rows",
    "is_current",
    "migrate",
    "open_database",
    "place_at",
    "place_of",
    "writing",
]
