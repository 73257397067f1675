"""Rows of the database and what they mean: the statements that `Corpus` runs, each inside its caller's transaction."""

from __future__ import annotations

import bisect
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import numpy as np
from sqlalchemy import Connection, RowMapping, Table, bindparam, func, insert, select, update

from corpus.catalogue import Entry
from corpus.database import insert_rows
from corpus.passages import split
from corpus.postings import Batch, Numbers
from corpus.relatives import Owner
from corpus.retrieve import Lexical
from corpus.schema import GENERATION, passage, setting, turn, version
from corpus.shelf import Shelved
from corpus.text import words
from corpus.types import (
    Candidate,
    Document,
    PartialDate,
    Passage,
    Query,
    Span,
    StoredDocument,
    Tier,
    Translation,
    Turn,
    Version,
    lies_between,
)

LISTED = (
    version.c.document_id, version.c.date, version.c.publisher, version.c.title, version.c.kind, version.c.language,
)  # fmt: skip
_IDENTIFYING = (
    version.c.id, version.c.number, version.c.current, version.c.sha256, version.c.document_id, version.c.publisher, version.c.title,
    version.c.date, version.c.url, version.c.language, version.c.kind, version.c.tier, version.c.translation, version.c.speakers,
)  # fmt: skip
_PASSAGES = (
    select(passage.c.id, version.c.document_id, version.c.number, passage.c.turn, passage.c.start, passage.c.end)
    .join(version, version.c.id == passage.c.version_id)
    .where(version.c.current == bindparam("current"), passage.c.id.in_(bindparam("numbers", expanding=True)))
)

_DOCUMENT = select(version).where(version.c.document_id == bindparam("id"))
_CURRENT = _DOCUMENT.where(version.c.current)
_NUMBERED = _DOCUMENT.where(version.c.number == bindparam("number"))
_TURNS = (
    select(turn.c.number, turn.c.speaker, turn.c.kind, turn.c.start, turn.c.end)
    .where(turn.c.version_id == bindparam("version"))
    .order_by(turn.c.number)
)
_ALSO = (
    select(version.c.document_id)
    .where(version.c.sha256 == bindparam("sha256"), version.c.document_id != bindparam("id"), version.c.current)
    .order_by(version.c.document_id)
)
_OWN = (
    select(passage.c.id)
    .join(version, version.c.id == passage.c.version_id)
    .where(version.c.document_id == bindparam("id"), version.c.current)
    .order_by(passage.c.id)
)
_OWNERS = (
    select(version.c.id, version.c.document_id)
    .join(passage, version.c.id == passage.c.version_id)
    .where(version.c.current, passage.c.id.in_(bindparam("numbers", expanding=True)))
    .distinct()
)
_ENDS = (
    select(passage.c.version_id, func.min(passage.c.id), func.max(passage.c.id))
    .where(passage.c.version_id.in_(bindparam("versions", expanding=True)))
    .group_by(passage.c.version_id)
)
_STATE = select(setting.c.name, setting.c.value).where(setting.c.name.in_(["fingerprint", GENERATION]))
"""What every check asks is written once: to put a statement together takes longer than to answer it."""

_AT_ONCE = 5_000
"""SQLite takes 32,766 values a statement at most."""

NONE: Numbers = np.zeros(0, np.uint32)


def text_hash(text: str) -> str:
    """The content hash of a stored text (SHA-256 of its UTF-8 form)."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(slots=True)
class Known:
    """What is held of one document: its versions' numbers by their identities, the latest number, and the current one."""

    numbers: dict[int, int] = field(default_factory=dict)
    latest: int = 0
    current: int = 0

    def take(self, identity: int, number: int, *, is_current: bool = True) -> None:
        """Note a version."""
        self.numbers[identity] = number
        self.latest = max(self.latest, number)
        if is_current:
            self.current = number


def known_versions(connection: Connection, ids: Collection[str]) -> dict[str, Known]:
    """What is held of each of these documents; identities are worked out of the rows, so that a corpus of any age has them."""
    known: dict[str, Known] = defaultdict(Known)
    held = connection.execute(select(*_IDENTIFYING).where(version.c.document_id.in_(ids))).all()
    spoken = defaultdict(list)
    numbers = [row.id for row in held]
    for at in range(0, len(numbers), _AT_ONCE):
        mine = turn.c.version_id.in_(numbers[at : at + _AT_ONCE])
        for each in connection.execute(select(turn).where(mine).order_by(turn.c.version_id, turn.c.number)):
            spoken[each.version_id].append((each.speaker, each.kind, each.start, each.end))
    for row in held:
        about = (row.document_id, row.publisher, row.title, str(row.date), row.url, row.language)
        kinds = (row.kind, row.tier, row.translation, json.loads(row.speakers))
        identity = _hashed(about, kinds, spoken[row.id], row.sha256)
        known[row.document_id].take(identity, row.number, is_current=row.current)
    return known


def version_row(document: Document, row_id: int, number: int, sha256: str) -> dict[str, object]:
    """A document as a row of the version table; what the schema has no column for is kept compressed."""
    extra = json.dumps(dict(document.metadata), ensure_ascii=False, sort_keys=True)
    return {
        "id": row_id,
        "document_id": document.id,
        "number": number,
        "current": True,
        "sha256": sha256,
        "publisher": document.publisher,
        "title": document.title,
        "date": str(document.date) if document.date else None,
        "url": document.url,
        "language": document.language,
        "kind": document.kind,
        "tier": document.tier,
        "translation": document.translation,
        "licence": document.licence,
        "speakers": json.dumps(document.speakers, ensure_ascii=False),
        "text": document.text,
        "metadata": zlib.compress(extra.encode("utf-8", "surrogatepass")),
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def turn_row(each: Turn, row_id: int) -> dict[str, object]:
    """A turn as a row."""
    return {
        "version_id": row_id,
        "number": each.number,
        "speaker": each.speaker,
        "kind": each.kind,
        "start": each.span.start,
        "end": each.span.end,
    }


def store_passages(connection: Connection, document: Document, row_id: int, batch: Batch) -> int:
    """Cut a document, store its passages, put their n-grams into the batch; returns how many there are."""
    first = next_id(connection, passage)
    rows = passage_rows(document, row_id, first, batch)
    insert_rows(connection, passage, rows)
    return len(rows)


def passage_rows(document: Document, row_id: int, first: int, batch: Batch) -> list[dict[str, object]]:
    """A document's passages as rows, numbered from `first`; their n-grams are put into the batch."""
    pieces = list(split(document))
    numbers = range(first, first + len(pieces))
    batch.add(numbers, [piece.keys for piece in pieces])
    return [
        {"id": number, "version_id": row_id, "turn": piece.turn, "start": piece.span.start, "end": piece.span.end}
        for number, piece in zip(numbers, pieces, strict=True)
    ]


def keep_fingerprint(connection: Connection, identities: Iterable[int]) -> None:
    """Take new versions into the fingerprint: an exclusive or over all of them, so that their order does not matter."""
    found = connection.execute(select(setting.c.value).where(setting.c.name == "fingerprint")).scalar()
    value = int(found or "0", 16)
    for identity in identities:
        value ^= identity
    put_setting(connection, "fingerprint", f"{value:064x}")


UNFINISHED = "unfinished copy"
"""The setting that marks a corpus into which another is being copied; its value tells the state of the source."""


def read_state(connection: Connection) -> str:
    """What tells that the documents or the numbers of their passages changed: the fingerprint first."""
    held = {name: value for name, value in connection.execute(_STATE)}
    return " ".join([held.get("fingerprint", "0" * 64), *(held[name] for name in (GENERATION,) if name in held)])


def fingerprint_of_rows(connection: Connection) -> str:
    """The whole fingerprint, worked out anew from every stored version; 64 hexadecimal digits."""
    value = 0
    ids = connection.execute(select(version.c.document_id, version.c.number).order_by(version.c.id)).all()
    for id, number in ids:
        found = read_document(connection, id, number)
        if found is not None:
            value ^= identity_hash(found.document)
    return f"{value ^ reversions(connection):064x}"


def identity_hash(document: Document, sha256: str | None = None) -> int:
    """A version's part in the fingerprint, 256 bits: of everything of a document on which a verdict can rest.

    `sha256` is the hash of its text, where that is known already.
    """
    turns = [(each.speaker, each.kind, each.span.start, each.span.end) for each in document.turns]
    about = (document.id, document.publisher, document.title, str(document.date), document.url, document.language)
    kinds = (document.kind, document.tier, document.translation, document.speakers)
    return _hashed(about, kinds, turns, sha256 or text_hash(document.text))


def _hashed(about: Sequence[object], kinds: Sequence[object], turns: Sequence[object], sha256: str) -> int:
    """What identifies a version, in one fixed form, as a number."""
    return int(text_hash(json.dumps([about, kinds, turns, sha256], ensure_ascii=False)), 16)


def keep_reversion(connection: Connection, id: str, before: int, after: int) -> None:
    """Take into the fingerprint that a document's current version is another one than the latest."""
    latest = connection.execute(select(func.max(version.c.number)).where(version.c.document_id == id)).scalar_one()
    found = connection.execute(select(setting.c.value).where(setting.c.name == "fingerprint")).scalar()
    value = int(found or "0", 16)
    for number in (before, after):
        if number != latest:
            value ^= _reversion(id, number)
    put_setting(connection, "fingerprint", f"{value:064x}")


def reversions(connection: Connection) -> int:
    """The part in the fingerprint of all documents whose current version is not the latest."""
    latest = select(version.c.document_id, func.max(version.c.number).label("number")).group_by(version.c.document_id)
    newest = latest.subquery()
    wanted = (
        select(version.c.document_id, version.c.number)
        .join(newest, newest.c.document_id == version.c.document_id)
        .where(version.c.current, version.c.number != newest.c.number)
    )
    value = 0
    for id, number in connection.execute(wanted):
        value ^= _reversion(id, number)
    return value


def _reversion(id: str, number: int) -> int:
    return int(text_hash(json.dumps(["current", id, number], ensure_ascii=False)), 16)


def next_id(connection: Connection, table: Table) -> int:
    """The number of a table's next row: given by us, since rows that are copied keep theirs and sequences would not know."""
    return int(connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1


def put_setting(connection: Connection, name: str, value: str) -> None:
    """Set a named value of the corpus."""
    changed = connection.execute(update(setting).where(setting.c.name == name).values(value=value))
    if not changed.rowcount:  # nobody else writes meanwhile, so this needs no database's own word for both
        connection.execute(insert(setting), {"name": name, "value": value})


def read_document(connection: Connection, id: str, number: int | None) -> StoredDocument | None:
    """A document in the version of that number, or in its current one; None when there is none."""
    wanted = _CURRENT if number is None else _NUMBERED
    row = connection.execute(wanted, {"id": id, "number": number}).mappings().first()
    if row is None:
        return None
    turns = connection.execute(_TURNS, {"version": row["id"]})
    also = connection.execute(_ALSO, {"sha256": row["sha256"], "id": id}).scalars()
    document = _document(
        row, tuple(Turn(place, speaker, kind, Span(start, end)) for place, speaker, kind, start, end in turns)
    )
    return StoredDocument(document, Version(row["number"], row["sha256"], row["added_at"]), tuple(also))


def _document(row: RowMapping, turns: tuple[Turn, ...]) -> Document:
    return Document(
        id=row["document_id"],
        publisher=row["publisher"],
        title=row["title"],
        text=row["text"],
        turns=turns,
        date=PartialDate.parse(row["date"]) if row["date"] else None,
        url=row["url"],
        language=row["language"],
        kind=row["kind"],
        speakers=tuple(json.loads(row["speakers"])),
        tier=cast(Tier, row["tier"]),
        translation=cast("Translation | None", row["translation"]),
        licence=row["licence"],
        metadata=json.loads(zlib.decompress(row["metadata"])),
    )


def read_candidates(
    connection: Connection, lexical: Lexical, query: Query, limit: int, *, current: bool = True, went: Numbers = NONE
) -> tuple[Candidate, ...]:
    """What the lexical retriever finds for every part of a query, as one ranking of current passages, or of earlier ones.

    `went` are passages that count as current though they are not.
    """
    parts = [dict(lexical.rank(part, query, limit=4 * limit)) for part in query.parts]
    numbers = {number for part in parts for number in part}
    held = read_passages(connection, numbers, current=current)
    if len(went):
        held |= read_passages(connection, numbers.intersection(went.tolist()), current=False)
    return _ranked(parts, [len(words(part)) for part in query.parts], held, limit)


def passages_of_document(connection: Connection, id: str) -> Numbers:
    """The numbers of a current document's passages."""
    return np.fromiter(connection.execute(_OWN, {"id": id}).scalars(), dtype=np.uint32)


def passages_of_versions(connection: Connection, ids: Sequence[int]) -> Numbers:
    """The numbers of the passages of these versions."""
    found: list[int] = []
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        found += connection.execute(select(passage.c.id).where(passage.c.version_id.in_(some))).scalars()
    return np.array(sorted(found), dtype=np.uint32)


_AT_ONCE = 10_000
"""Values in one statement; databases have a limit."""

Calendar = tuple[tuple[str, int, int], ...]
"""Of every dated current document, the date and its passages' first and last number, by date."""


def read_calendar(connection: Connection, entries: Sequence[Entry]) -> Calendar:
    """When what was said, read once after each change."""
    dated = {each.number: each.date for each in entries if each.current and each.date}
    ends = select(passage.c.version_id, func.min(passage.c.id), func.max(passage.c.id)).group_by(passage.c.version_id)
    found = [(dated[id], id, first, last) for id, first, last in connection.execute(ends).all() if id in dated]
    return tuple((date, first, last) for date, _, first, last in sorted(found))


def passages_between(calendar: Calendar, first: PartialDate, last: PartialDate) -> Numbers:
    """The passages of the documents of these days, compared at the coarser precision."""
    begin, end = str(first), str(last)
    at = bisect.bisect_left(calendar, begin[:4], key=lambda entry: entry[0])
    upto = bisect.bisect_right(calendar, end + "~", key=lambda entry: entry[0])
    found = [
        np.arange(earliest, latest + 1, dtype=np.uint32)
        for held, earliest, latest in calendar[at:upto]
        if lies_between(held, begin, end)
    ]
    return np.concatenate(found) if found else np.zeros(0, np.uint32)


def read_passages(
    connection: Connection, numbers: Collection[int], *, current: bool = True
) -> dict[int, Passage]:  # fmt: skip
    """The passages of current versions among those numbers, or those of earlier ones."""
    rows = connection.execute(_PASSAGES, {"numbers": sorted(numbers), "current": current}).all()
    return {
        id: Passage(id, document, number, turn_, Span(start, end)) for id, document, number, turn_, start, end in rows
    }


def _ranked(
    parts: Sequence[dict[int, float]], lengths: Sequence[int], held: dict[int, Passage], limit: int
) -> tuple[Candidate, ...]:
    """Passages by the best scores, in the same turn, of the quote's parts, each part by its length in words.

    A part of two words ("But we …") stands in a thousand places and must not outvote the rest of the quote.
    """
    total = sum(lengths) or 1
    turns = {number: (passage.document_id, passage.turn) for number, passage in held.items()}
    own, together = dict.fromkeys(held, 0.0), dict.fromkeys(turns.values(), 0.0)
    for part, length in zip(parts, lengths, strict=True):
        best = dict.fromkeys(together, 0.0)
        for number, score in part.items():
            if number in held:
                own[number] += score * length
                best[turns[number]] = max(best[turns[number]], score)
        for turn_, score in best.items():
            together[turn_] += score * length
    order = sorted(held, key=lambda number: (-(together[turns[number]] / total), -(own[number] / total), number))
    few = len(parts) + 1
    return tuple(
        Candidate(held[number], (len(parts) * (together[turns[number]] / total) + own[number] / total) / few)
        for number in order[:limit]
    )


def read_owners(connection: Connection, numbers: Sequence[int]) -> tuple[Owner, ...]:
    """The current documents that have one of these passages; the passages of one version were numbered in a row."""
    found: dict[int, str] = {}
    for at in range(0, len(numbers), _AT_ONCE):
        rows = connection.execute(_OWNERS, {"numbers": list(numbers[at : at + _AT_ONCE])})
        found |= {id: document_id for id, document_id in rows}
    ids, owners = sorted(found), []
    for at in range(0, len(ids), _AT_ONCE):
        ends = connection.execute(_ENDS, {"versions": ids[at : at + _AT_ONCE]})
        owners += [Owner(found[id], first, last) for id, first, last in ends]
    return tuple(owners)


def read_neighbours(connection: Connection, document: Document, *, days: int) -> tuple[str, ...]:
    """The publisher's documents in other languages of about the same day; none for a document without one."""
    if document.date is None or document.date.day is None:
        return ()
    first, last = str(document.date.shifted(-days)), str(document.date.shifted(days))
    wanted = select(version.c.document_id).where(
        version.c.current,
        version.c.publisher == document.publisher,
        version.c.language != document.language,
        version.c.date.between(first, last),
    )
    return tuple(connection.execute(wanted.order_by(version.c.document_id)).scalars())


def read_shelf(connection: Connection) -> tuple[Shelved, ...]:
    """Every current document as a line, the latest first and the undated last."""
    columns = (version.c.document_id, version.c.title, version.c.publisher, version.c.date, version.c.language)
    wanted = select(*columns, version.c.kind, version.c.speakers).where(version.c.current)
    found = connection.execute(wanted.order_by(version.c.date.desc().nulls_last(), version.c.document_id))
    return tuple(Shelved(*row[:6], tuple(json.loads(row.speakers))) for row in found)


def read_added_at(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """When these versions were stored."""
    rows = connection.execute(select(version.c.id, version.c.added_at).where(version.c.id.in_(ids)))
    return {id: added_at for id, added_at in rows}
