"""Which passages hold which words and word sequences: hashed n-grams in sorted blocks.

An entry is 64 bits: the lower half of an n-gram's hash above, the passage's number below. Entries lie in
an SQL table by (size of the n-gram, bucket, segment), sorted, so that a look-up is one row and a binary
search, and adding a batch is a sort; segments are merged as they become many (a log-structured merge).
Single words that carry no content are left out: their entries would outweigh all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from corpus.text import FUNCTION_WORDS

Hashes = npt.NDArray[np.uint64]
Entries = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
Buckets = npt.NDArray[np.uint16]

SIZES = (1, 2, 3)
BUCKET_BITS = 16
"""2^16 buckets a size: at a million passages a row is a few kilobytes, two or three pages to read."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_BUCKET = np.uint64(64 - BUCKET_BITS)


@lru_cache(maxsize=1 << 20)
def word_hash(key: str) -> int:
    """64 bits of a folded word, the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def gram_hashes(keys: Sequence[str], size: int) -> Hashes:
    """The hashes of all n-grams of that size, in order, shape (len(keys) - size + 1,).

    The words' hashes are chained by an odd multiplier and mixed (splitmix64), so that order counts.
    """
    if len(keys) < size:
        return np.zeros(0, dtype=np.uint64)
    single = np.fromiter(map(word_hash, keys), dtype=np.uint64, count=len(keys))
    count = len(keys) - size + 1
    mixed = np.full(count, size, dtype=np.uint64)
    for offset in range(size):
        mixed = _mix(mixed * np.uint64(0x9E3779B97F4A7C15) + single[offset : offset + count])
    return mixed


def _mix(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def content(keys: Sequence[str]) -> list[str]:
    """Those words that say something by themselves."""
    return [key for key in keys if key not in FUNCTION_WORDS]


@dataclass(frozen=True, slots=True)
class Block:
    """One row of the table: the sorted entries of a bucket."""

    size: int
    bucket: int
    entries: Entries


class Batch:
    """Entries of a run of passages, gathered until they are written as one segment."""

    def __init__(self) -> None:
        self._hashes: dict[int, list[Hashes]] = {size: [] for size in SIZES}
        self._numbers: dict[int, list[Numbers]] = {size: [] for size in SIZES}
        self.count = 0

    def add(self, number: int, keys: Sequence[str]) -> None:
        """Take a passage's distinct n-grams."""
        for size in SIZES:
            grams = np.unique(gram_hashes(content(keys) if size == 1 else keys, size))
            self._hashes[size].append(grams)
            self._numbers[size].append(np.full(len(grams), number, dtype=np.uint32))
            self.count += len(grams)

    def blocks(self) -> Iterator[Block]:
        """The rows to write, by size and bucket."""
        for size, buckets, entries in self.entries():
            # By entry, then by bucket: the second sort is stable, and on 16 bits a radix sort.
            order = np.argsort(entries)
            order = order[np.argsort(buckets[order], kind="stable")]
            yield from _cut(size, buckets[order], entries[order])

    def entries(self) -> Iterator[tuple[int, Buckets, Entries]]:
        """Of each size the entries as they came, each with its bucket."""
        for size in SIZES:
            if self._hashes[size]:
                hashes = np.concatenate(self._hashes[size])
                numbers = np.concatenate(self._numbers[size]).astype(np.uint64)
                yield size, (hashes >> _BUCKET).astype(np.uint16), (hashes << _HALF) | numbers


class Sums:
    """For each bucket the sum of its entries' hashes and how many they are: what two indexes are compared by.

    A sum does not depend on the order, so it is worked out from texts and from stored segments alike.
    """

    def __init__(self) -> None:
        self._sums = np.zeros((len(SIZES), 1 << BUCKET_BITS), dtype=np.uint64)
        self._counts = np.zeros((len(SIZES), 1 << BUCKET_BITS), dtype=np.int64)

    def add(self, size: int, buckets: Buckets, entries: Entries) -> None:
        """Take entries of one size, each with its bucket."""
        row = SIZES.index(size)
        np.add.at(self._sums[row], buckets, _mix(entries))
        self._counts[row] += np.bincount(buckets, minlength=1 << BUCKET_BITS)

    def differing(self, other: Sums) -> set[tuple[int, int]]:
        """Size and bucket of those that are not the same."""
        places = np.argwhere((self._sums != other._sums) | (self._counts != other._counts))
        return {(SIZES[row], bucket) for row, bucket in places.tolist()}


def _cut(size: int, buckets: npt.NDArray[np.uint16], entries: Entries) -> Iterator[Block]:
    if len(buckets):
        edges = np.flatnonzero(np.diff(buckets)) + 1
        firsts = buckets[np.concatenate([np.zeros(1, dtype=np.intp), edges])]
        for bucket, part in zip(firsts.tolist(), np.split(entries, edges), strict=True):
            yield Block(size, bucket, part)


def to_bytes(entries: Entries) -> bytes:
    """As stored: little-endian."""
    return entries.astype("<u8", copy=False).tobytes()


def from_bytes(stored: bytes) -> Entries:
    """As read."""
    return np.frombuffer(stored, dtype="<u8")


def merged(parts: Iterable[Entries]) -> Entries:
    """Several sorted runs as one, each entry once."""
    return np.unique(np.concatenate(list(parts)))


def bucket_of(gram: int) -> int:
    """The bucket in which an n-gram's entries lie."""
    return gram >> (64 - BUCKET_BITS)


def passages_of(gram: int, entries: Entries) -> Numbers:
    """The numbers of the passages that hold an n-gram, from its bucket's entries."""
    half = np.uint64(gram & 0xFFFFFFFF)
    first = np.searchsorted(entries, half << _HALF, side="left")
    last = np.searchsorted(entries, (half << _HALF) | _LOW, side="right")
    return (entries[first:last] & _LOW).astype(np.uint32)
