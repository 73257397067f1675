"""The log of who did what: only ever added to, each entry bound to the one before by its hash.

An entry's hash is SHA-256 over the hash before and the entry as canonical JSON; it is written in the same transaction as
what it tells. A chain shows every change inside it but not a tail that was cut off, so each hash is also written to a witness:
a file that may lie on another disk or be collected by another machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from errno import ENOSPC
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, insert, select

from web.store.clock import now
from web.store.schema import audit, decision

_START = "0" * 64
_TOLD = (
    "kind",
    "status",
    "ground",
    "note",
    "text",
    "machine_status",
    "assignee",
    "due",
    "because",
    "until",
    "local",
    "revision",
    "from",
    "items",
)
_PENDING = "onrecord.heads"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; `detail` is canonical JSON."""

    number: int
    at: str
    by: str
    action: str
    subject: str
    detail: str
    previous: str
    sha256: str

    @property
    def expected(self) -> str:
        """The hash that this entry must have."""
        content = json.dumps(
            [self.number, self.at, self.by, self.action, self.subject, self.detail], ensure_ascii=False
        )
        return hashlib.sha256(f"{self.previous}\n{content}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log ended at some time."""

    number: int
    sha256: str


def append(
    connection: Connection, action: str, subject: str, *, by: str, detail: Mapping[str, object] | None = None
) -> Entry:
    """Write down what somebody did; in the transaction that does it, under its write lock."""
    last = head(connection)
    draft = Entry(last.number + 1, now(), by, action, subject, canonical(detail or {}), last.sha256, "")
    entry = replace(draft, sha256=draft.expected)
    connection.execute(insert(audit).values(**{field.name: getattr(entry, field.name) for field in fields(entry)}))
    connection.info.setdefault(_PENDING, []).append(Head(entry.number, entry.sha256))
    return entry


def head(connection: Connection) -> Head:
    """The last entry's number and hash."""
    row = connection.execute(select(audit.c.number, audit.c.sha256).order_by(audit.c.number.desc()).limit(1)).first()
    return Head(row.number, row.sha256) if row else Head(0, _START)


def entries(
    connection: Connection, *, subject: str | None = None, after: int = 0, limit: int | None = None
) -> Iterator[Entry]:
    """The log in order, or what it says of one subject; so many entries behind one."""
    query = select(audit).where(audit.c.number > after).order_by(audit.c.number).limit(limit)
    for row in connection.execute(query if subject is None else query.where(audit.c.subject == subject)):
        yield Entry(**row._mapping)


def verify(connection: Connection, witnessed: Iterable[Head] = ()) -> Iterator[str]:
    """What does not fit, in sentences: nothing when every entry is the one that was written."""
    last, found = Head(0, _START), dict[int, str]()
    for entry in entries(connection):
        found[entry.number] = entry.sha256
        if entry.number != last.number + 1:
            yield f"entry {last.number + 1} is missing; {entry.number} follows {last.number}"
        if entry.previous != last.sha256:
            yield f"entry {entry.number} does not follow from the one before it"
        if entry.sha256 != entry.expected:
            yield f"entry {entry.number} was changed"
        last = Head(entry.number, entry.sha256)
    for seen in witnessed:
        if seen.number not in found:
            yield f"entry {seen.number}, which was witnessed, is gone"
        elif found[seen.number] != seen.sha256:
            yield f"entry {seen.number} is not the one that was witnessed"
    yield from _changed_decisions(connection)


def _changed_decisions(connection: Connection) -> Iterator[str]:
    """Editors' decisions beside what the log says of them."""
    told = {
        detail.get("decision"): detail
        for entry in entries(connection)
        if entry.action == "decide" and (detail := _read(entry.detail)) is not None
    }
    for row in connection.execute(select(decision)).mappings():
        detail = told.pop(row["id"], None)
        if detail is None:
            yield f"decision {row['id']} is not in the log"
        elif any(row[name] != value for name, value in detail.items() if name in row):
            yield f"decision {row['id']} is not what the log says"
    yield from (f"decision {number}, which is in the log, is gone" for number in told)


def told(entry: Entry) -> Iterator[tuple[str, str]]:
    """What an entry says beside who did what, without what only machines read."""
    for name, value in (_read(entry.detail) or {}).items():
        if name in _TOLD and value not in (None, ""):
            yield name.replace("_", " "), str(value)[:200]


def _read(detail: str) -> dict[str, object] | None:
    """What an entry says; None for what somebody wrote there who knows no JSON."""
    try:
        found = json.loads(detail)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def canonical(value: Mapping[str, object]) -> str:
    """JSON that is the same for the same facts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def pending(connection: Connection) -> tuple[Head, ...]:
    """The entries of this transaction, for the witness; asking forgets them."""
    return tuple(connection.info.pop(_PENDING, ()))


def write_witness(stream: BinaryIO, heads: Iterable[Head]) -> None:
    """Add the hashes of new entries to a witness that is open for adding, behind a line that was cut short too; raises OSError."""
    lines = "".join(f"{each.number} {each.sha256}\n" for each in heads).encode("ascii")
    stream.seek(max(0, stream.seek(0, SEEK_END) - 1))
    if stream.read(1) not in (b"", b"\n"):
        lines = b"\n" + lines
    if stream.write(lines) < len(lines):
        raise OSError(ENOSPC, "there was room for a part only")


def read_witness(file: Path) -> Iterator[Head]:
    """The hashes that a witness holds; a line that was cut short by a crash is passed over."""
    for line in file.read_text(encoding="ascii", errors="replace").splitlines():
        number, _, sha256 = line.partition(" ")
        if number.isdigit() and len(sha256) == 64:
            yield Head(int(number), sha256)
