"""Where a private collection lies beside its corpus, and which there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from corpus.collections.together import Searchable, Together
from corpus.database import Location, Place, open_database, place_at, writing
from corpus.errors import CollectionNotFound
from corpus.listing import Stats
from corpus.store import Corpus
from corpus.terms import Terms, put_terms

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?")
"""Up to 24 characters: with the name of the corpus' schema they must be the name of a schema, of 63 bytes."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A private collection, as it is listed."""

    name: str
    held: Stats
    terms: Terms


def valid_name(name: str) -> bool:
    """True for a name that a collection may have.

    >>> valid_name("summit-2031"), valid_name("../x"), valid_name("Summit")
    (True, False, False)
    """
    return _NAME.fullmatch(name) is not None


def collection_place(corpus: Location, name: str) -> Place:
    """Where a collection lies; raises CollectionNotFound, naming those that there are."""
    place = place_at(corpus)
    names = _names(place)
    if name not in names:
        there = ", ".join(names) or "none yet"
        raise CollectionNotFound(
            f"{place.name}: there is no private collection “{name}”; there are: {there} (“onrecord corpus collection {name} --make” makes it)"
        )
    return place.collection(name)


def collection_address(corpus: Location, name: str) -> str:
    """The location of a collection, as that of a corpus of its own; raises CollectionNotFound."""
    return collection_place(corpus, name).address


def make_collection(corpus: Location, name: str) -> str:
    """Make a collection, and the corpus where there is none, unless they are there; returns the collection's location.

    Raises ValueError for what is no name.
    """
    if not valid_name(name):
        raise ValueError(f"{name!r} is no name for a collection; use lower-case letters, digits and hyphens, up to 24")
    Corpus.open(corpus, create=True).close()
    place = place_at(corpus).collection(name)
    Corpus.open(place, create=True).close()
    return place.address


def collections(corpus: Location) -> tuple[Collection, ...]:
    """The collections of a corpus, by name."""
    found = []
    for name in _names(place_at(corpus)):
        with Corpus.open(place_at(corpus).collection(name)) as held:
            found.append(Collection(name, held.stats(), held.terms()))
    return tuple(found)


def terms_of(corpus: Location, name: str) -> Terms:
    """The terms of a collection; raises CollectionNotFound."""
    with Corpus.open(collection_place(corpus, name)) as held:
        return held.terms()


def set_terms(corpus: Location, name: str, terms: Terms) -> None:
    """Set until when a collection is under embargo and how long it is kept; raises CollectionNotFound."""
    engine = open_database(collection_place(corpus, name), create=False)
    try:
        with writing(engine) as connection:
            put_terms(connection, terms)
            connection.commit()
    finally:
        engine.dispose()


def open_searchable(corpus: Location, names: Iterable[str] = ()) -> Searchable:
    """Open a corpus, and with it the collections that are named; raises CollectionNotFound, CorpusUnavailable."""
    wanted = sorted(set(names))
    with ExitStack() as stack:
        main = stack.enter_context(Corpus.open(corpus))
        held = {name: stack.enter_context(Corpus.open(collection_place(corpus, name))) for name in wanted}
        stack.pop_all()
    return Together(main, held) if held else main


def _names(place: Place) -> tuple[str, ...]:
    return tuple(sorted(filter(valid_name, place.collections())))
