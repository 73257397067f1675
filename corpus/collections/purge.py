"""Removing a private collection, or what is past its time in it, and looking whether anything is left.

What is looked for is taken from the documents before they go, and must be found in their own collection: a search that
does not see what is there proves nothing when it sees nothing. Afterwards the same search goes through everything that
is stored for the corpus.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from corpus.collections.places import collection_place
from corpus.collections.probes import NOTHING, Probe, Search, Trace, read_probes, search
from corpus.database import Location, Place, open_database, place_at
from corpus.errors import CorpusUnavailable
from corpus.removing import remove_documents
from corpus.schema import version
from corpus.terms import read_terms


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to go from a collection, and what tells its words; the collection itself goes too, or stays."""

    name: str
    place: Place
    documents: tuple[str, ...]
    probes: tuple[Probe, ...]
    whole: bool


def plan_whole(corpus: Location, name: str) -> Plan:
    """To remove a collection; raises CollectionNotFound."""
    return _plan(corpus, name, None)


def plan_expired(corpus: Location, name: str, *, today: datetime.date) -> Plan:
    """To remove the documents that a collection has held for longer than its terms say; raises CollectionNotFound."""
    return _plan(corpus, name, today)


def overdue(corpus: Location, name: str, *, today: datetime.date) -> tuple[str, ...]:
    """The documents that a collection has held for longer than its terms say, and that are still there; raises CollectionNotFound."""
    engine = open_database(collection_place(corpus, name), create=False)
    try:
        with engine.connect() as connection:
            return _ids(connection, today)
    finally:
        engine.dispose()


def _plan(corpus: Location, name: str, today: datetime.date | None) -> Plan:
    place = collection_place(corpus, name)
    engine = open_database(place, create=False)
    try:
        with engine.connect() as connection:
            ids = _ids(connection, today)
            return Plan(name, place, ids, read_probes(connection, ids), today is None)
    finally:
        engine.dispose()


def _ids(connection: Connection, today: datetime.date | None) -> tuple[str, ...]:
    first = func.min(version.c.added_at)
    wanted = select(version.c.document_id).group_by(version.c.document_id).order_by(version.c.document_id)
    if today is not None:
        before = read_terms(connection).stored_before(today)
        if before is None:
            return ()
        wanted = wanted.having(first < before.isoformat())
    return tuple(connection.execute(wanted).scalars())


def elsewhere(corpus: Location, plan: Plan) -> tuple[Trace, ...]:
    """Where words of what is to go stand outside of its collection, before anything is removed."""
    own = {trace.where for trace in search(plan.place.contents(), plan.probes).traces}
    found = search(place_at(corpus).contents(), plan.probes).traces
    return tuple(trace for trace in found if trace.where not in own)


def carry_out(corpus: Location, plan: Plan) -> Search:
    """Remove what is planned, then look for it in everything that is stored for the corpus; nothing is left when no trace is.

    Raises CorpusUnavailable, and removes nothing, while somebody has the collection open, or when the search does not even
    see what is there.
    """
    seen = search(plan.place.contents(), plan.probes).seen
    if len(seen) != len(plan.probes):
        raise CorpusUnavailable(
            f"{plan.place.name}: only {len(seen):,} of {len(plan.probes):,} probes can be seen in the collection "
            "itself, so that their absence would prove nothing; nothing was removed: run “onrecord corpus verify”"
        )
    if plan.whole:
        plan.place.remove()
    else:
        remove_documents(plan.place, plan.documents)  # with none, it ends one that was killed
    if not plan.probes:
        return NOTHING
    return search(place_at(corpus).contents(), plan.probes)
