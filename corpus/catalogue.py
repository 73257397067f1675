"""The catalogue of a corpus: one line for every version, without its text.

All that is worked out of all documents together (what is held, who speaks, what stands at one address) comes from it, so that the
table, whose rows are far apart for the texts between them, is gone through once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, func, select

from corpus.postings import Numbers
from corpus.schema import passage, version
from corpus.types import Coverage, PartialDate

_AT_ONCE = 5_000
"""SQLite takes 32,766 values a statement at most."""


class Entry(NamedTuple):
    """One version; a tuple, since a corpus has tens of thousands and each is made whenever a program starts.

    `number` is the row's and grows with every version stored; `speakers` is the list as it is stored.
    """

    number: int
    current: bool
    document_id: str
    publisher: str
    language: str
    date: str | None
    kind: str
    speakers: str
    url: str | None


_ENTRIES = select(*(version.c.id if name == "number" else version.c[name] for name in Entry._fields)).order_by(
    version.c.id
)


def read_catalogue(connection: Connection) -> tuple[Entry, ...]:
    """Every version, in the order in which they came."""
    return tuple(map(Entry._make, connection.execute(_ENTRIES).all()))


def current(entries: Iterable[Entry]) -> list[Entry]:
    """The versions that are current."""
    return [each for each in entries if each.current]


def read_superseded(connection: Connection, entries: Sequence[Entry]) -> Numbers:
    """The passages of versions that are not current: few."""
    gone = [each.number for each in entries if not each.current]
    found = [
        number
        for at in range(0, len(gone), _AT_ONCE)
        for number in connection.execute(
            select(passage.c.id).where(passage.c.version_id.in_(gone[at : at + _AT_ONCE]))
        ).scalars()
    ]
    return np.array(sorted(found), dtype=np.uint32)


def read_coverage(connection: Connection, entries: Sequence[Entry], superseded: Numbers) -> Coverage:
    """What is held, in a few figures; how much of it is encoded is counted where the vectors are."""
    passages = connection.execute(select(func.count()).select_from(passage)).scalar_one()
    held = current(entries)
    dates = [each.date for each in held if each.date]
    return Coverage(
        len(held),
        passages - len(superseded),
        tuple(sorted({each.publisher for each in held})),
        PartialDate.parse(min(dates)) if dates else None,
        PartialDate.parse(max(dates)) if dates else None,
        0.0,
    )
