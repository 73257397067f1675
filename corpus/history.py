"""A document over time: its versions, what became of it at its source, and the bytes behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, Engine, func, insert, select, update

from corpus import captures, rows
from corpus.captures import Capture, Captured
from corpus.database import writing
from corpus.descriptions import Redescribed, redescribed
from corpus.differences import Difference, differences
from corpus.schema import capture, event, source_entry, version

EventKind = Literal["changed", "corrected", "gone", "back"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a document: it reads otherwise, is described otherwise, is gone at its source, or is there again.

    `added` and `removed` count words; a change without any is one of typography alone. A document is corrected where
    its text stayed and something that is said of it did not: its speakers, its date.
    """

    id: int
    document_id: str
    kind: EventKind
    noticed_at: str
    from_version: int
    to_version: int
    added: int
    removed: int
    title: str
    publisher: str
    url: str | None

    @property
    def typographic(self) -> bool:
        """True when only spaces, punctuation or letter case changed."""
        return self.kind == "changed" and not self.added and not self.removed


@dataclass(frozen=True, slots=True)
class Edition:
    """A version in the list of a document's versions."""

    number: int
    sha256: str
    added_at: str
    current: bool
    url: str | None


def note_change(
    connection: Connection, document_id: str, *, before: tuple[int, str], after: tuple[int, str]
) -> None:  # fmt: skip
    """Write down that a document is another one, in the transaction that makes it so; versions are numbers with texts."""
    found = differences(before[1], after[1]) if before[1] != after[1] else ()
    _note(
        connection, document_id, "changed" if before[1] != after[1] else "corrected", before[0], after[0],
        added=sum(each.words_after for each in found), removed=sum(each.words_before for each in found),
    )  # fmt: skip


def make_current(connection: Connection, document_id: str, number: int) -> int:
    """A page that went back to an earlier version reads so now; returns the number of the version that gave way."""
    before = _current(connection, document_id)
    if before == number:
        return before
    mine = version.c.document_id == document_id
    connection.execute(update(version).where(mine).values(current=version.c.number == number))
    rows.keep_reversion(connection, document_id, before, number)
    texts = [(each, _text(connection, document_id, each)) for each in (before, number)]
    note_change(connection, document_id, before=texts[0], after=texts[1])
    return before


def note_met(connection: Connection, document_id: str, number: int, *, found: Capture | None) -> None:
    """The same as `History.observed`, in a transaction of somebody else; `found` is None where the bytes are kept elsewhere."""
    if found is not None:
        captures.keep(connection, document_id, number, found=found)
    make_current(connection, document_id, number)
    if _last_state(connection, document_id) == "gone":
        _note(connection, document_id, "back", number, number)


def note_gone(connection: Connection, document_id: str) -> bool:
    """The same as `History.gone`, in a transaction of somebody else."""
    if _last_state(connection, document_id) == "gone":
        return False
    number = _current(connection, document_id)
    _note(connection, document_id, "gone", number, number)
    return True


def _note(
    connection: Connection, document_id: str, kind: EventKind, before: int, after: int,
    *, added: int = 0, removed: int = 0,
) -> None:  # fmt: skip
    row = {
        "id": rows.next_id(connection, event), "document_id": document_id, "kind": kind, "noticed_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "from_version": before, "to_version": after, "added": added, "removed": removed,
    }  # fmt: skip
    connection.execute(insert(event), row)


class History:
    """What a corpus knows of its documents over time."""

    def __init__(self, engine: Callable[[], Engine], reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._engine = engine
        self._reading = reading

    # Writing

    def observed(self, document_id: str, number: int, *, found: Capture) -> None:
        """A version was just met at its source: keep its bytes, make it current again, end its being gone."""
        with writing(self._engine()) as connection:
            note_met(connection, document_id, number, found=found)
            connection.commit()

    def gone(self, document_id: str) -> bool:
        """The source says that there is nothing any more; the document stays here. False when that was known."""
        with writing(self._engine()) as connection:
            news = note_gone(connection, document_id)
            connection.commit()
        return news

    # Reading

    def events(
        self, *, since: str | None = None, document_id: str | None = None, limit: int | None = None
    ) -> tuple[Event, ...]:
        """What happened, latest first; `since` is a day or a moment in ISO form."""
        mine = (version.c.document_id == event.c.document_id) & version.c.current
        wanted = select(event, version.c.title, version.c.publisher, version.c.url).join(version, mine)
        if since is not None:
            wanted = wanted.where(event.c.noticed_at >= since)
        if document_id is not None:
            wanted = wanted.where(event.c.document_id == document_id)
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(event.c.id.desc()).limit(limit)).all()
        return tuple(Event(*row) for row in found)

    def editions(self, document_id: str) -> tuple[Edition, ...]:
        """Every version of a document, in the order in which they came; empty for one that is not held."""
        columns = (version.c.number, version.c.sha256, version.c.added_at, version.c.current, version.c.url)
        wanted = select(*columns).where(version.c.document_id == document_id).order_by(version.c.number)
        with self._reading() as connection:
            return tuple(Edition(*row) for row in connection.execute(wanted))

    def between(self, document_id: str, before: int, after: int) -> tuple[Difference, ...]:
        """What differs from one version to another; both are held."""
        with self._reading() as connection:
            return differences(_text(connection, document_id, before), _text(connection, document_id, after))

    def described(self, document_id: str, before: int, after: int) -> tuple[Redescribed, ...]:
        """What is said otherwise of a document from one version to another; both are held."""
        with self._reading() as connection:
            old, new = (rows.read_document(connection, document_id, number) for number in (before, after))
        assert old is not None and new is not None
        return redescribed(old.document, new.document)

    def captures(self, document_id: str | None = None) -> tuple[Captured, ...]:
        """What bytes are kept of one document, or of all."""
        with self._reading() as connection:
            return captures.captures(connection, document_id)

    def warc(self, document_id: str | None = None) -> Iterator[bytes]:
        """The bytes kept of one document, or of all, as WARC records."""
        with self._reading() as connection:
            yield from captures.records(connection, document_id)

    def problems(self, connection: Connection) -> Iterator[str]:
        """Kept bytes that are no longer what was fetched."""
        yield from captures.damaged(connection)

    def is_gone(self, document_id: str) -> str | None:
        """Since when the source shows a document no more; None while it does, as far as is known."""
        wanted = select(event.c.kind, event.c.noticed_at).where(
            event.c.document_id == document_id, event.c.kind.in_(("gone", "back"))
        )
        with self._reading() as connection:
            last = connection.execute(wanted.order_by(event.c.id.desc()).limit(1)).first()
        return last.noticed_at if last is not None and last.kind == "gone" else None

    def source_of(self, document_id: str) -> str | None:
        """The source that a document is synced from; None for one that came otherwise."""
        wanted = select(source_entry.c.source).where(source_entry.c.document_id == document_id).limit(1)
        with self._engine().connect() as connection:
            return connection.execute(wanted).scalar()

    def from_the_web(self) -> tuple[str, ...]:
        """The documents that were fetched by their links, longest unseen first; those of sources are synced."""
        synced = select(source_entry.c.document_id)
        wanted = (
            select(capture.c.document_id)
            .where(capture.c.kind == "response", capture.c.document_id.not_in(synced))
            .group_by(capture.c.document_id)
            .order_by(func.max(capture.c.seen_at), capture.c.document_id)
        )
        with self._reading() as connection:
            return tuple(connection.execute(wanted).scalars())


def _current(connection: Connection, document_id: str) -> int:
    wanted = select(version.c.number).where(version.c.document_id == document_id, version.c.current)
    return int(connection.execute(wanted).scalar_one())


def _text(connection: Connection, document_id: str, number: int) -> str:
    wanted = select(version.c.text).where(version.c.document_id == document_id, version.c.number == number)
    return str(connection.execute(wanted).scalar_one())


def _last_state(connection: Connection, document_id: str) -> str | None:
    wanted = select(event.c.kind).where(event.c.document_id == document_id, event.c.kind.in_(("gone", "back")))
    return connection.execute(wanted.order_by(event.c.id.desc()).limit(1)).scalar()
