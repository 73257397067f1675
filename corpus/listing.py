"""What a corpus says of itself: the list of its documents, and what it holds by publisher."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from corpus import rows
from corpus.schema import version
from corpus.types import Coverage


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of documents."""

    id: str
    date: str | None
    publisher: str
    title: str
    kind: str
    language: str
    versions: int


@dataclass(frozen=True, slots=True)
class Publisher:
    """What is held of one publisher."""

    name: str
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """What a corpus holds and how large it is."""

    documents: int
    versions: int
    passages: int
    encoded_share: float
    publishers: tuple[Publisher, ...]
    first: str | None
    last: str | None
    bytes: int


def read_listed(connection: Connection, publishers: Collection[str] | None, limit: int | None) -> Iterator[Listed]:
    """The current documents by date, of these publishers or of all."""
    counts = select(version.c.document_id, func.count().label("versions")).group_by(version.c.document_id).subquery()
    wanted = (
        select(*rows.LISTED, counts.c.versions)
        .join(counts, counts.c.document_id == version.c.document_id)
        .where(version.c.current)
        .order_by(version.c.date.nulls_first(), version.c.document_id)
        .limit(limit)
    )
    if publishers is not None:
        wanted = wanted.where(version.c.publisher.in_(publishers))
    for row in connection.execute(wanted):
        yield Listed(*row)


def read_stats(connection: Connection, coverage: Coverage, *, size: int) -> Stats:
    """What is held, by publisher; `size` is in bytes."""
    versions = connection.execute(select(func.count()).select_from(version)).scalar_one()
    publishers = connection.execute(
        select(version.c.publisher, func.count(), func.min(version.c.date), func.max(version.c.date))
        .where(version.c.current)
        .group_by(version.c.publisher)
        .order_by(func.count().desc(), version.c.publisher)
    )
    first, last = (str(date) if date else None for date in (coverage.first, coverage.last))
    return Stats(
        coverage.documents,
        versions,
        coverage.passages,
        coverage.encoded_share,
        tuple(Publisher(*row) for row in publishers),
        first,
        last,
        size,
    )
