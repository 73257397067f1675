"""What came into a corpus, and what gave way in it, since it had some fingerprint.

No clock is asked: versions are numbered in the order in which they came, and the fingerprint is an exclusive or over all of them, so the
newest are taken out of it one after the other until it is the one of then. Where that never happens (something was removed, or it was another
corpus), nobody can say what changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, Connection, func, select

from corpus import rows
from corpus.catalogue import read_catalogue
from corpus.passages import split
from corpus.postings import SIZES, Hashes, Numbers, content, gram_hashes
from corpus.retrieve import sizes
from corpus.schema import passage, setting, vector, version
from corpus.speaking import read_voices
from corpus.text import words
from corpus.types import PartialDate, Query, SpeakerLabel, lies_between

_SHOWN_BITS = 48
"""Of the fingerprint's 256, those that a finding keeps."""

_MOST = 0.1
"""Share of all versions that is taken out at most: with so much that is new, whatever was found is looked at again anyway."""

_FEW = 500
"""So many may be taken out of however small a corpus."""


@dataclass(frozen=True, slots=True, eq=False)
class Growth:
    """What is new and what is not said any more: passages, documents, word sequences, speakers.

    `first` is the number of the first new version. `grams` holds, by size, the hashes of all word sequences of passages that came or went, sorted;
    `counts` in how many new passages each single word stands, by its hash; `dates` are those of the documents.
    """

    first: int
    documents: frozenset[str]
    came: Numbers
    went: Numbers
    grams: Mapping[int, Hashes]
    counts: Mapping[int, int]
    labels_before: tuple[SpeakerLabel, ...]
    dates: tuple[PartialDate, ...]
    encoded: bool

    def is_of(self, first: PartialDate, last: PartialDate) -> bool:
        """Whether any of them is of these days, compared at the coarser precision."""
        begin, end = str(first), str(last)
        return any(lies_between(str(day), begin, end) for day in self.dates)

    def shares(self, query: Query) -> bool:
        """Whether any of them holds a word sequence by which the query is searched; without one none of them is found."""
        parts = [words(part).keys for part in query.parts]
        return any(self._holds(keys, size) for keys in parts for size in sizes(len(keys), query.loose))

    def _holds(self, keys: Sequence[str], size: int) -> bool:
        wanted, held = gram_hashes(content(keys) if size == 1 else keys, size), self.grams[size]
        places = np.searchsorted(held, wanted)
        inside = places < len(held)
        return bool((held[places[inside]] == wanted[inside]).any())


def read_growth(connection: Connection, fingerprint: str) -> Growth | None:
    """What changed since the corpus had that fingerprint (its first twelve digits); None where it cannot be told, or is too much."""
    newest = _newest(connection, fingerprint)
    if newest is None:
        return None
    first = min((id for id, _, _ in newest), default=_last(connection) + 1)
    documents = frozenset(id for _, id, _ in newest)
    mine = select(version.c.document_id).where(version.c.id >= first)
    earlier = (version.c.id < first) & ~version.c.current & version.c.document_id.in_(mine)
    gone = connection.execute(select(version.c.document_id, version.c.number).where(earlier)).all()
    came = _passages(connection, version.c.id >= first)
    went = _passages(connection, earlier)
    grams: dict[int, list[Hashes]] = {size: [np.zeros(0, np.uint64)] for size in SIZES}
    singles = [np.zeros(0, np.uint64)]
    for number_of, new in (([(id, number) for _, id, number in newest], True), ([tuple(row) for row in gone], False)):
        for id, number in number_of:
            for size, found in _grams(connection, id, number):
                grams[size].append(found)
                if new and size == 1:
                    singles.append(found)
    hashes, counts = np.unique(np.concatenate(singles), return_counts=True)
    dated = select(version.c.date).where(version.c.document_id.in_(mine), version.c.date.is_not(None)).distinct()
    days = connection.execute(dated.order_by(version.c.date)).scalars()
    then = [
        each
        for each in read_catalogue(connection)
        if each.number < first and (each.current or each.document_id in documents)
    ]
    return Growth(
        first, documents, came, went,
        {size: np.unique(np.concatenate(found)) for size, found in grams.items()},
        dict(zip(hashes.tolist(), counts.tolist(), strict=True)),
        read_voices(connection, then).labels,
        tuple(map(PartialDate.parse, days)),
        _encoded(connection, np.union1d(came, went)),
    )  # fmt: skip


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.max(version.c.id))).scalar() or 0)


def _newest(connection: Connection, fingerprint: str) -> list[tuple[int, str, int]] | None:
    """The versions that came since, newest first, as their row's number, document and number; None where they cannot be told."""
    held = connection.execute(select(setting.c.value).where(setting.c.name == "fingerprint")).scalar()
    value = int(held or "0", 16)
    reverted = rows.reversions(connection)
    wanted = int(fingerprint, 16) if len(fingerprint) * 4 == _SHOWN_BITS else None
    known = {value, value ^ reverted}  # with the documents that went back to earlier words, as they are now, or without
    count = connection.execute(select(func.count()).select_from(version)).scalar_one()
    newest: list[tuple[int, str, int]] = []
    ids = select(version.c.id, version.c.document_id, version.c.number).order_by(version.c.id.desc())
    for id, document_id, number in connection.execute(ids.limit(max(_FEW, int(_MOST * count)) + 1)).all():
        if wanted in {each >> (256 - _SHOWN_BITS) for each in known}:
            return newest
        found = rows.read_document(connection, document_id, number)
        assert found is not None
        known = {each ^ rows.identity_hash(found.document) for each in known}
        newest.append((id, document_id, number))
    return newest if wanted in {each >> (256 - _SHOWN_BITS) for each in known} else None


def _passages(connection: Connection, which: ColumnElement[bool]) -> Numbers:
    wanted = select(passage.c.id).join(version, version.c.id == passage.c.version_id).where(which)
    return np.fromiter(connection.execute(wanted.order_by(passage.c.id)).scalars(), dtype=np.uint32)


def _grams(connection: Connection, id: str, number: int) -> list[tuple[int, Hashes]]:
    """Of each passage of a version, its word sequences of each size, each once."""
    stored = rows.read_document(connection, id, number)
    assert stored is not None
    return [
        (size, np.unique(gram_hashes(content(piece.keys) if size == 1 else piece.keys, size)))
        for piece in split(stored.document)
        for size in SIZES
    ]


def _encoded(connection: Connection, numbers: Numbers) -> bool:
    """Whether one of these passages has a vector."""
    some = 5_000
    for at in range(0, len(numbers), some):
        wanted = select(vector.c.passage_id).where(vector.c.passage_id.in_(numbers[at : at + some].tolist())).limit(1)
        if connection.execute(wanted).first():
            return True
    return False
