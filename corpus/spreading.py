"""Making room for one corpus on several servers: what `onrecord corpus copy` fills afterwards, or `corpus add`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from corpus.database import open_database, place_at
from corpus.database.postgresql import PostgresqlSchema
from corpus.errors import CorpusUnavailable
from corpus.schema import version

FEWEST = 2


def spread_corpus(whole: str, parts: Sequence[str]) -> None:
    """Lay the empty corpus at an address of a PostgreSQL server over others; raises CorpusUnavailable.

    The server of `whole` reaches the others under the addresses given here, with the users and passwords that stand in them.
    """
    place, others = _on_a_server(whole), [_on_a_server(each) for each in parts]
    if len(others) < FEWEST:
        raise CorpusUnavailable(
            f"{place.name}: name {FEWEST} servers or more to spread it over; one needs none of this"
        )
    named = [each.name for each in others]
    if len(set(named)) < len(named):
        raise CorpusUnavailable(
            f"{place.name}: a server is named twice; give each part a server or a database of its own"
        )
    unlike = next((each for each in others if each.schema != place.schema), None)
    if unlike is not None:
        raise CorpusUnavailable(
            f"{unlike.name}: its schema is “{unlike.schema}”, that of {place.name} “{place.schema}”; give all the same"
        )
    engine = open_database(place, create=True)
    try:
        with engine.connect() as connection:
            if connection.execute(select(version.c.id).limit(1)).first():
                raise CorpusUnavailable(
                    f"{place.name}: there are documents already; name an empty place and copy them there (“onrecord corpus copy”)"
                )
        if place.fixed(engine):
            raise CorpusUnavailable(f"{place.name}: this corpus lies on several servers already")
    finally:
        engine.dispose()
    place.spread_over(others)


def _on_a_server(address: str) -> PostgresqlSchema:
    place = place_at(address)
    if not isinstance(place, PostgresqlSchema):
        raise CorpusUnavailable(f"{place.name}: a folder cannot be spread; name postgresql://user@host:port/database")
    return place
