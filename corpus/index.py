"""The postings in the database: writing a batch as a segment, merging segments, looking n-grams up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from corpus.database import alone, insert_rows, writing
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
    count, rows = 0, []
    for block in batch.blocks():
        count += len(block.entries)
        rows.append({"size": block.size, "bucket": block.bucket, "segment": number, "entries": to_bytes(block.entries)})
        if len(rows) >= 10_000:
            insert_rows(connection, posting, rows)
            rows = []
    insert_rows(connection, posting, rows)
    connection.execute(insert(segment), {"id": number, "postings": count})


def merge(engine: Engine, *, most: int = MANY) -> None:
    """Merge the smallest segments once there are more than `most`, down to a few, unless somebody else is at it.

    A range of buckets is one transaction. Readers take every segment of a bucket, so they see all
    entries before, during and after, also when the program is killed in between.
    """
    with alone(engine) as nobody_else:
        while nobody_else:
            with engine.connect() as connection:
                wanted = select(segment.c.id).order_by(segment.c.postings, segment.c.id)
                found = connection.execute(wanted).scalars().all()
            if len(found) <= most:
                return
            # Documents that come one by one leave a segment each: merged down to a few, they can wait long for the next time.
            left = min(most, MANY)
            _merge(found if most == 1 else found[: max(2, len(found) - left + 1, MANY // 2)], engine)


def _merge(numbers: Sequence[int], engine: Engine) -> None:
    with writing(engine) as connection:
        target = (connection.execute(select(func.max(segment.c.id))).scalar() or 0) + 1
        connection.execute(insert(segment), {"id": target, "postings": 0})
        connection.commit()
        moved = 0
        for size in SIZES:
            for first in range(0, 1 << BUCKET_BITS, _BUCKETS_AT_ONCE):
                moved += _merge_range(connection, size, first, numbers, target)
        connection.execute(update(segment).where(segment.c.id == target).values(postings=moved))
        connection.execute(delete(segment).where(segment.c.id.in_(numbers)))
        connection.commit()


def _merge_range(connection: Connection, size: int, first: int, numbers: Sequence[int], target: int) -> int:
    mine = (
        (posting.c.size == size)
        & posting.c.bucket.between(first, first + _BUCKETS_AT_ONCE - 1)
        & posting.c.segment.in_(numbers)
    )
    buckets: dict[int, list[bytes]] = defaultdict(list)
    for row in connection.execute(select(posting.c.bucket, posting.c.entries).where(mine)):
        buckets[row.bucket].append(row.entries)
    blocks = {bucket: merged(map(from_bytes, parts)) for bucket, parts in buckets.items()}
    if blocks:
        connection.execute(delete(posting).where(mine))
        rows = [
            {"size": size, "bucket": bucket, "segment": target, "entries": to_bytes(entries)}
            for bucket, entries in blocks.items()
        ]
        insert_rows(connection, posting, rows)
    connection.commit()
    return sum(map(len, blocks.values()))


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
    return {gram: _one(parts) for gram, parts in found.items()}


def _one(parts: Sequence[Numbers]) -> Numbers:
    """The parts that segments have of one list; most often there is one segment."""
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint32)
