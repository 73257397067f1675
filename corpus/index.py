"""The postings in the database: writing a batch as a segment, merging segments, looking n-grams up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select

from corpus.database import writing
from corpus.postings import BUCKET_BITS, SIZES, Batch, Numbers, bucket_of, from_bytes, merged, passages_of, to_bytes
from corpus.schema import posting, segment

MANY = 8
"""When there are so many segments, the smallest of them become one; each entry is rewritten about twice in a big load."""

_BUCKETS_AT_ONCE = 2048
_ROWS_AT_ONCE = 500
_ROWS = select(posting.c.bucket, posting.c.entries).where(
    posting.c.size == bindparam("size"), posting.c.bucket.in_(bindparam("buckets", expanding=True))
)


def write(connection: Connection, batch: Batch) -> None:
    """Store a batch as a new segment, inside the caller's transaction."""
    number = (connection.execute(select(func.max(segment.c.id))).scalar() or 0) + 1
    connection.execute(insert(segment), {"id": number, "postings": batch.count})
    rows = []
    for block in batch.blocks():
        rows.append({"size": block.size, "bucket": block.bucket, "segment": number, "entries": to_bytes(block.entries)})
        if len(rows) >= 10_000:
            connection.execute(insert(posting), rows)
            rows = []
    if rows:
        connection.execute(insert(posting), rows)


def merge(engine: Engine, *, most: int = MANY) -> None:
    """Merge the smallest segments until there are at most `most`.

    A range of buckets is one transaction. Readers take every segment of a bucket, so they see all
    entries before, during and after, also when the program is killed in between.
    """
    while True:
        with engine.connect() as connection:
            found = connection.execute(select(segment.c.id, segment.c.postings).order_by(segment.c.postings)).all()
        if len(found) <= most:
            return
        chosen = found if most == 1 else found[: max(2, len(found) - most + 1, MANY // 2)]
        _merge([row.id for row in chosen], sum(row.postings for row in chosen), engine)


def _merge(numbers: Sequence[int], postings: int, engine: Engine) -> None:
    with writing(engine) as connection:
        target = (connection.execute(select(func.max(segment.c.id))).scalar() or 0) + 1
        connection.execute(insert(segment), {"id": target, "postings": postings})
        connection.commit()
        for size in SIZES:
            for first in range(0, 1 << BUCKET_BITS, _BUCKETS_AT_ONCE):
                _merge_range(connection, size, first, numbers, target)
        connection.execute(delete(segment).where(segment.c.id.in_(numbers)))
        connection.commit()


def _merge_range(connection: Connection, size: int, first: int, numbers: Sequence[int], target: int) -> None:
    mine = (
        (posting.c.size == size)
        & posting.c.bucket.between(first, first + _BUCKETS_AT_ONCE - 1)
        & posting.c.segment.in_(numbers)
    )
    buckets: dict[int, list[bytes]] = defaultdict(list)
    for row in connection.execute(select(posting.c.bucket, posting.c.entries).where(mine)):
        buckets[row.bucket].append(row.entries)
    if buckets:
        connection.execute(delete(posting).where(mine))
        rows = [
            {"size": size, "bucket": bucket, "segment": target, "entries": to_bytes(merged(map(from_bytes, parts)))}
            for bucket, parts in buckets.items()
        ]
        connection.execute(insert(posting), rows)
    connection.commit()


def look_up(connection: Connection, size: int, grams: Iterable[int]) -> dict[int, Numbers]:
    """For each n-gram, the numbers of the passages that hold it (of superseded versions too)."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for gram in grams:
        wanted[bucket_of(gram)].append(gram)
    found: dict[int, list[Numbers]] = {gram: [] for grams_ in wanted.values() for gram in grams_}
    buckets = list(wanted)
    for at in range(0, len(buckets), _ROWS_AT_ONCE):
        rows = connection.execute(_ROWS, {"size": size, "buckets": buckets[at : at + _ROWS_AT_ONCE]})
        for bucket, stored in rows:
            entries = from_bytes(stored)
            for gram in wanted[bucket]:
                found[gram].append(passages_of(gram, entries))
    return {gram: np.concatenate(parts) if parts else np.zeros(0, np.uint32) for gram, parts in found.items()}
