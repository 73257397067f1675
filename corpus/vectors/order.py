"""Which passages are encoded first, since a million of them take hours.

Primary sources before agencies' and others' reports. Of each publisher in turn the newest document that is not done
yet: press articles quote what was said lately, and no publisher should wait until another's archive is done. What is
said before what reporters ask and what is narrated around it; where nobody speaks, the narration is the statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, bindparam, func, select

from corpus.embed import Space
from corpus.errors import DocumentNotFound
from corpus.postings import Numbers
from corpus.schema import passage, turn, version
from corpus.types import Span

_TIERS = ("primary", "agency", "secondary")
_DOCUMENTS = (
    select(
        version.c.id, version.c.document_id, version.c.tier, version.c.publisher, version.c.language,
        func.min(passage.c.id).label("first"), func.max(passage.c.id).label("last"),
    )
    .join(passage, passage.c.version_id == version.c.id)
    .where(version.c.current)
    .group_by(version.c.id, version.c.document_id, version.c.tier, version.c.publisher, version.c.language)
)  # fmt: skip
_PASSAGES = (
    select(passage.c.id, passage.c.start, passage.c.end, turn.c.kind, turn.c.speaker)
    .join(turn, (turn.c.version_id == passage.c.version_id) & (turn.c.number == passage.c.turn))
    .join(version, version.c.id == passage.c.version_id)
    .where(passage.c.version_id == bindparam("id"), version.c.current)
    .order_by(passage.c.id)
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A current version with the numbers of its first and last passage; those between are its own too."""

    version_id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage that has no vector yet, with its words."""

    number: int
    text: str
    language: str


def documents_by_use(connection: Connection, space: Space) -> tuple[Stored, ...]:
    """The documents in the languages of a space, most useful first."""
    rows = connection.execute(
        _DOCUMENTS.order_by(version.c.date.is_(None), version.c.date.desc(), version.c.document_id)
    )
    turns: Counter[tuple[str, str]] = Counter()
    places: list[tuple[int, int, str, Stored]] = []
    for row in rows:
        if _belongs(row.language, space):
            stored = Stored(row.id, row.first, row.last)
            places.append((_TIERS.index(row.tier), turns[row.tier, row.publisher], row.publisher, stored))
            turns[row.tier, row.publisher] += 1
    return tuple(stored for *_, stored in sorted(places, key=lambda place: place[:3]))


def named_documents(connection: Connection, ids: Sequence[str], space: Space | None) -> tuple[Stored, ...]:
    """Documents in the order in which they are named, and with a space only those in its languages; raises DocumentNotFound."""
    found: list[Stored] = []
    for id in dict.fromkeys(ids):
        row = connection.execute(_DOCUMENTS.where(version.c.document_id == id)).first()
        if row is None:
            raise DocumentNotFound(f"there is no document {id!r} with words in it; nothing was encoded")
        if space is None or _belongs(row.language, space):
            found.append(Stored(row.id, row.first, row.last))
    return tuple(found)


def count_waiting(documents: Collection[Stored], encoded: Numbers) -> int:
    """How many passages of these documents have no vector."""
    if not documents:
        return 0
    numbers = np.concatenate([np.arange(each.first, each.last + 1, dtype=np.uint32) for each in documents])
    return int(np.isin(numbers, encoded, invert=True).sum())


def passages_by_use(
    connect: Callable[[], Connection], documents: Sequence[Stored], encoded: Numbers
) -> Iterator[Waiting]:
    """The passages of these documents that have no vector: first what is said in each, then the rest of each.

    A connection is held for one document only: over hours the database's log would grow and grow.
    """
    done = set(encoded.tolist())
    for said in (True, False):
        for each in documents:
            if not done.issuperset(range(each.first, each.last + 1)):
                with connect() as connection:
                    waiting = _waiting(connection, each.version_id, done, said)
                yield from waiting


def _waiting(connection: Connection, id: int, done: set[int], said: bool) -> list[Waiting]:
    rows = connection.execute(_PASSAGES, {"id": id}).all()
    spoken = any(row.speaker and row.kind != "question" for row in rows)
    wanted = [
        row
        for row in rows
        if row.id not in done and (row.kind != "question" and (bool(row.speaker) or not spoken)) == said
    ]
    if not wanted:
        return []
    text, language = connection.execute(select(version.c.text, version.c.language).where(version.c.id == id)).one()
    return [Waiting(row.id, Span(row.start, row.end).of(text), language) for row in wanted]


def _belongs(language: str, space: Space) -> bool:
    """True when a document of that language goes to that space.

    >>> _belongs("en-GB", "english"), _belongs("uk", "english")
    (True, False)
    """
    return (language.casefold().replace("_", "-").split("-")[0] == "en") == (space == "english")
