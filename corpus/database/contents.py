"""Everything that is stored at a place, as bytes: what a search for left-over words looks through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 4_000_000
_BETWEEN = b"\x00\n\x00"
"""Between two values, so that no words run from one into the next."""

_STRETCH = 32_000_000
_OVERLAP = 1_000_000
"""Bytes of a file that come with the next stretch again: longer than words, and than most of what is packed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes and where they lie; `fresh` of them were not in anything before, as rows are that lie in a file."""

    where: str
    content: bytes
    fresh: int
    readable: bool = True
    """False, without bytes, for what could not be read."""


def unreadable(where: str) -> Stored:
    """What somebody has to look into by other means."""
    return Stored(where, b"", 0, readable=False)


def stretches(file: Path) -> Iterator[Stored]:
    """A file from its beginning to its end; read and not mapped, since a database's log may be cut short meanwhile."""
    try:
        with file.open("rb") as stream:
            tail = b""
            while fresh := stream.read(_STRETCH):
                content = tail + fresh
                yield Stored(str(file), content, len(fresh))
                tail = content[-_OVERLAP:]
    except FileNotFoundError:
        return  # it went meanwhile
    except OSError:
        yield unreadable(str(file))


def blocks(where: str, values: Iterable[object], *, fresh: bool) -> Iterator[Stored]:
    """Values of a table, many at a time; what is neither text nor bytes is left out."""
    gathered: list[bytes] = []
    size = 0
    for value in values:
        raw = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        if isinstance(raw, bytes):
            gathered.append(raw)
            size += len(raw)
        if size > _BLOCK:
            yield Stored(where, _BETWEEN.join(gathered), size if fresh else 0)
            gathered, size = [], 0
    if gathered:
        yield Stored(where, _BETWEEN.join(gathered), size if fresh else 0)
