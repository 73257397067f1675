"""The bytes behind a version, as they were fetched or read: WARC records, one gzip member each.

They lie in the database beside the texts, so that a backup, a copy to a server and a purge take them along; written one
after another (`warc`) they are a WARC file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from sqlalchemy import ColumnElement, Connection, insert, select, update
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus import rows
from corpus.schema import capture

CaptureKind = Literal["response", "resource"]

_UNPACKED = ("content-encoding", "transfer-encoding", "content-length", "connection")
"""What was said of the bytes on the wire and no longer holds of the bytes that are kept."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes with where they were and when: a server's response, or a file (a resource)."""

    url: str
    kind: CaptureKind
    raw: bytes
    fetched_at: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Captured:
    """What is known of stored bytes, without the bytes: first and last time that they were met."""

    document_id: str
    version: int
    url: str
    kind: str
    sha256: str
    fetched_at: str
    seen_at: str


def keep(connection: Connection, document_id: str, version: int, *, found: Capture) -> bool:
    """Store the bytes behind a version once, and note each time that they were met again; True when they are new."""
    if is_kept(connection, document_id, version, found=found):
        mine = _same(document_id, version, found)
        connection.execute(update(capture).where(mine).values(seen_at=found.fetched_at))
        return False
    row = {
        "id": rows.next_id(connection, capture), "document_id": document_id, "version": version, "url": found.url, "kind": found.kind, "sha256": found.sha256,
        "fetched_at": found.fetched_at, "seen_at": found.fetched_at, "record": record_of(found),
    }  # fmt: skip
    connection.execute(insert(capture), row)
    return True


def is_kept(connection: Connection, document_id: str, version: int, *, found: Capture) -> bool:
    """True for bytes from which this version was read before."""
    return connection.execute(select(capture.c.id).where(_same(document_id, version, found))).first() is not None


def _same(document_id: str, version: int, found: Capture) -> ColumnElement[bool]:
    return (capture.c.document_id == document_id) & (capture.c.version == version) & (capture.c.sha256 == found.sha256)


_COLUMNS = (
    capture.c.document_id, capture.c.version, capture.c.url, capture.c.kind, capture.c.sha256, capture.c.fetched_at,
    capture.c.seen_at,
)  # fmt: skip


def captures(connection: Connection, document_id: str | None = None) -> tuple[Captured, ...]:
    """What is kept of one document, or of all, in the order in which it came."""
    wanted = select(*_COLUMNS).order_by(capture.c.id)
    if document_id is not None:
        wanted = wanted.where(capture.c.document_id == document_id)
    return tuple(Captured(*row) for row in connection.execute(wanted))


def records(connection: Connection, document_id: str | None = None) -> Iterator[bytes]:
    """The WARC records themselves; one after another they are a .warc.gz file."""
    numbers = select(capture.c.id).order_by(capture.c.id)
    if document_id is not None:
        numbers = numbers.where(capture.c.document_id == document_id)
    for number in connection.execute(numbers).scalars().all():
        yield connection.execute(select(capture.c.record).where(capture.c.id == number)).scalar_one()


def damaged(connection: Connection) -> Iterator[str]:
    """Every capture whose bytes are not those that were stored."""
    wanted = select(capture.c.id, capture.c.document_id, capture.c.version, capture.c.sha256).order_by(capture.c.id)
    for number, document_id, version, sha256 in connection.execute(wanted).all():
        record = connection.execute(select(capture.c.record).where(capture.c.id == number)).scalar_one()
        try:
            sound = hashlib.sha256(raw_of(record)).hexdigest() == sha256
        except (StopIteration, EOFError, OSError, ValueError, ArchiveLoadFailed):
            sound = False
        if not sound:
            yield f"{document_id} version {version}: the bytes kept of it are not those that were fetched"


def record_of(found: Capture) -> bytes:
    """A capture as one gzipped WARC record, its payload's SHA-256 in the headers."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    kept = [(name, value) for name, value in found.headers if name.lower() not in _UNPACKED]
    kept.append(("content-length", str(len(found.raw))))
    http = StatusAndHeaders("200 OK", kept, protocol="HTTP/1.1") if found.kind == "response" else None
    about = {"WARC-Date": found.fetched_at.replace("+00:00", "Z"), "WARC-Payload-Digest": f"sha256:{found.sha256}"}
    record = writer.create_warc_record(
        found.url, found.kind, payload=BytesIO(found.raw), length=len(found.raw), http_headers=http,
        warc_headers_dict=about,
    )  # fmt: skip
    writer.write_record(record)
    return buffer.getvalue()


def raw_of(record: bytes) -> bytes:
    """The bytes inside a WARC record."""
    first = next(iter(ArchiveIterator(BytesIO(record))))
    return bytes(first.content_stream().read())
