"""Finding the words of documents in whatever bytes: in files, in rows, packed or not, in the common encodings.

A probe is a sequence of words from a document. Those of many documents are looked for at once: the eight bytes with
which each form of a probe begins are hashed, a table says of every place in the bytes whether one of them may stand
there, and what may is compared.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from sqlalchemy import Connection, select

from corpus.database import Stored
from corpus.schema import capture, version

PROBES = 8
"""Sequences of each text: one may be cut in two by the end of a page in a file, hardly all of them."""

_RUN = re.compile(r"\w+(?: \w+){5,9}")
_WITHOUT_SPACES = re.compile(r"\w{12,40}")
"""Words that nothing but single spaces parts, so that they look the same in JSON, HTML and a wrapped text."""

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r")


@dataclass(frozen=True, slots=True)
class Probe:
    """What tells that something of a document is there: words of its text, or the hash of its text or bytes in hexadecimal."""

    document_id: str
    sought: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Probes of a document that stand somewhere."""

    document_id: str
    where: str
    probes: int


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked through, and what was found: `bytes` are those as they lie there, `unpacked` those inside of them.

    `unread` are the places that could not be read, where nothing is known.
    """

    places: int
    bytes: int
    unpacked: int
    traces: tuple[Trace, ...]
    seen: frozenset[Probe]
    unread: tuple[str, ...] = ()


NOTHING = Search(0, 0, 0, (), frozenset())
"""The search for no probes."""


def read_probes(connection: Connection, ids: Iterable[str]) -> tuple[Probe, ...]:
    """The probes of some documents, of all their versions; no document is without one."""
    found: dict[Probe, None] = {}
    for id in ids:
        texts = select(version.c.text, version.c.sha256).where(version.c.document_id == id)
        for text, sha256 in connection.execute(texts):
            found |= dict.fromkeys(Probe(id, words) for words in [*sequences(text), sha256])
        hashes = select(capture.c.sha256).where(capture.c.document_id == id)
        found |= dict.fromkeys(Probe(id, sha256) for sha256 in connection.execute(hashes).scalars())
    return tuple(found)


def sequences(text: str, *, most: int = PROBES) -> tuple[str, ...]:
    """Sequences of words from all over a text, those with the longest words of each part.

    >>> sequences("Well. The old ferry to Ostrava Bay was sold this morning.")
    ('The old ferry to Ostrava Bay was sold this morning',)
    """
    found = list(_RUN.finditer(text)) or list(_WITHOUT_SPACES.finditer(text))
    parts: dict[int, str] = {}
    for each in found:
        part = each.start() * most // len(text)
        parts[part] = max(parts.get(part, ""), each.group(), key=len)
    return tuple(dict.fromkeys(parts.values()))


def search(contents: Iterable[Stored], probes: Sequence[Probe]) -> Search:
    """Look for all probes in everything that is stored, also inside of what is packed."""
    sought = _Sought(probes)
    found: dict[tuple[str, str], set[Probe]] = defaultdict(set)
    places, unread, size, unpacked = set[str](), set[str](), 0, 0
    for stored in contents:
        (places if stored.readable else unread).add(stored.where)
        size += stored.fresh
        for content in chain([stored.content], _unpacked(stored.content)):
            unpacked += len(content) if content is not stored.content else 0
            for probe in sought.within(content):
                found[probe.document_id, stored.where].add(probe)
    traces = tuple(Trace(id, where, len(each)) for (id, where), each in sorted(found.items()))
    seen = frozenset(probe for each in found.values() for probe in each)
    return Search(len(places), size, unpacked, traces, seen, tuple(sorted(unread)))


_KEY = 8
_TABLE_BITS = 20
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - _TABLE_BITS)
_AT_ONCE = 16_000_000
_OVERLAP = 4_096
"""Bytes by which one stretch runs into the next; no form of a probe is as long."""

_LINES = bytes.maketrans(b"\n\t", b"  ")


class _Sought:
    """The forms of probes by their first eight bytes."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._forms: dict[bytes, list[tuple[bytes, Probe]]] = defaultdict(list)
        self._table = np.zeros(1 << _TABLE_BITS, dtype=bool)
        for probe in probes:
            for form in _forms(probe.sought):
                self._forms[form[:_KEY]].append((form, probe))
        if self._forms:
            keys = np.frombuffer(b"".join(self._forms), dtype="<u8")
            self._table[(keys * _MIX) >> _SHIFT] = True

    def within(self, content: bytes) -> Iterator[Probe]:
        """The probes that stand in some bytes, a line's end taken for a space."""
        for at in range(0, len(content), _AT_ONCE):
            yield from self._within(content[at : at + _AT_ONCE + _OVERLAP].translate(_LINES, b"\r"))

    def _within(self, raw: bytes) -> Iterator[Probe]:
        for shift in range(min(_KEY, max(0, len(raw) - _KEY + 1))):
            keys = np.frombuffer(raw, dtype="<u8", count=(len(raw) - shift) // _KEY, offset=shift)
            for at in np.flatnonzero(self._table[(keys * _MIX) >> _SHIFT]).tolist():
                start = shift + _KEY * at
                for form, probe in self._forms.get(raw[start : start + _KEY], ()):
                    if raw.startswith(form, start):
                        yield probe


def _forms(sought: str) -> set[bytes]:
    """A probe's words as they may be written: in encodings, and with JSON's escapes."""
    found = {json.dumps(sought)[1:-1].encode()}
    for encoding in _ENCODINGS:
        try:
            found.add(sought.encode(encoding))
        except UnicodeEncodeError:
            continue  # such a text cannot have been written in it
    return found


_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
_FED = 512
_MOST = 1 << 26
"""Bytes that are taken out of one packed stream; what is larger is no document."""


def _unpacked(content: bytes, depth: int = 3) -> Iterator[bytes]:
    """What is packed in some bytes (zlib, gzip, members of zip files), and what is packed in that.

    A stream that breaks off, as in the freed pages of a database, gives what comes before the break.
    """
    at = 0
    while depth and (begun := _PACKED.search(content, at)) is not None:
        taken, at = _inflated(content, begun.start())
        if taken:
            yield taken
            yield from _unpacked(taken, depth - 1)


def _inflated(content: bytes, start: int) -> tuple[bytes, int]:
    """The stream that begins at a place, and where to go on looking."""
    kind = content[start : start + 2]
    inflating = zlib.decompressobj({b"\x1f\x8b": 31, b"PK": -15}.get(kind, 15))
    at, taken = start, bytearray()
    if kind == b"PK":  # the member's head has a name and an extra field of given lengths
        head = content[start : start + 30]
        at += 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    while at < len(content) and not inflating.eof and len(taken) < _MOST:
        try:
            taken += inflating.decompress(content[at : at + _FED])
        except zlib.error:
            return bytes(taken), start + 1
        at += _FED
    return bytes(taken), max(start + 1, at - len(inflating.unused_data)) if inflating.eof else start + 1
