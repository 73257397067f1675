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
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from corpus.text import FUNCTION_WORDS

Hashes = npt.NDArray[np.uint64]
Entries = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
Buckets = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int64]

SIZES = (1, 2, 3)
BUCKET_BITS = 16
"""2^16 buckets a size: at a million passages a row is a few kilobytes, two or three pages to read."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_BUCKET = np.uint64(64 - BUCKET_BITS)
_PLACE = np.uint64(BUCKET_BITS)
_PLACES = np.uint64((1 << BUCKET_BITS) - 1)
_TOP = np.uint64(((1 << BUCKET_BITS) - 1) << (64 - BUCKET_BITS))


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
    return _chained(np.fromiter(map(word_hash, keys), dtype=np.uint64, count=len(keys)), size)


def _chained(single: Hashes, size: int) -> Hashes:
    count = max(0, len(single) - size + 1)
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


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a run of passages, of one size: all their hashes, passage by passage, and how many each passage has."""

    hashes: Hashes
    counts: Counts


def grams_of(passages: Sequence[Sequence[str]]) -> tuple[Grams, ...]:
    """The n-grams of every size in a run of passages; one that a passage repeats is there as often.

    All passages are hashed as one text, and what would run over the border of two is left out: a passage alone is too
    little for numpy.
    """
    lengths = np.fromiter(map(len, passages), dtype=np.int64, count=len(passages))
    keys = list(chain.from_iterable(passages))
    single = np.fromiter(map(word_hash, keys), dtype=np.uint64, count=len(keys))
    owners = np.repeat(np.arange(len(passages), dtype=np.uint32), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(keys))  # words from here to the passage's end
    found = []
    for size in SIZES:
        begins = left >= size
        if size == 1:
            begins &= ~np.fromiter(map(FUNCTION_WORDS.__contains__, keys), dtype=np.bool_, count=len(keys))
        hashes = _chained(single, size)
        begins = begins[: len(hashes)]
        counts = np.bincount(owners[: len(hashes)][begins], minlength=len(passages))
        found.append(Grams(hashes[begins], counts))
    return tuple(found)


class Batch:
    """Entries of a run of passages, gathered until they are written as one segment."""

    def __init__(self) -> None:
        self._numbers: list[Numbers] = []
        self._grams: list[tuple[Grams, ...]] = []
        self.count = 0
        """Entries, those that a passage repeats too."""

    def add(self, numbers: Sequence[int], passages: Sequence[Sequence[str]]) -> None:
        """Take the n-grams of a run of passages, given as their folded words; no number comes twice in a batch."""
        grams = grams_of(passages)
        self._numbers.append(np.array(numbers, dtype=np.uint32))
        self._grams.append(grams)
        self.count += sum(len(each.hashes) for each in grams)

    def blocks(self) -> Iterator[Block]:
        """The rows to write, by size and bucket."""
        for size, buckets, entries in self.entries():
            yield from _cut(size, buckets, entries)

    def entries(self) -> Iterator[tuple[int, Buckets, Entries]]:
        """Of each size the entries, each once and with its bucket, by bucket and then by themselves."""
        if not self.count:
            return
        numbers = np.concatenate(self._numbers)
        for row, size in enumerate(SIZES):
            hashes = np.concatenate([each[row].hashes for each in self._grams])
            counts = np.concatenate([each[row].counts for each in self._grams])
            yield size, *_sorted(hashes, counts, numbers)


def _sorted(hashes: Hashes, counts: Counts, numbers: Numbers) -> tuple[Buckets, Entries]:
    if len(numbers) > 1 << BUCKET_BITS:
        entries = (hashes << _HALF) | np.repeat(numbers.astype(np.uint64), counts)
        # By entry, then by bucket: the second sort is stable, and on 16 bits a radix sort.
        order = np.argsort(entries)
        order = order[np.argsort((hashes >> _BUCKET)[order].astype(np.uint16), kind="stable")]
        buckets, entries = (hashes >> _BUCKET).astype(np.uint16)[order], entries[order]
        once = np.ones(len(entries), dtype=np.bool_)
        once[1:] = (entries[1:] != entries[:-1]) | (buckets[1:] != buckets[:-1])
        return buckets[once], entries[once]
    # So few passages are told by their places in 16 bits, and bucket, half hash and place are one figure: sorting
    # figures is several times as fast as sorting their order.
    order = np.argsort(numbers, kind="stable")
    places = np.empty(len(numbers), dtype=np.uint64)
    places[order] = np.arange(len(numbers), dtype=np.uint64)
    packed = (hashes & _TOP) | ((hashes & _LOW) << _PLACE) | np.repeat(places, counts)
    packed.sort()
    once = np.ones(len(packed), dtype=np.bool_)
    once[1:] = packed[1:] != packed[:-1]
    packed = packed[once]
    entries = (((packed >> _PLACE) & _LOW) << _HALF) | numbers[order].astype(np.uint64)[packed & _PLACES]
    return (packed >> _BUCKET).astype(np.uint16), entries


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
        edges = [0, *(np.flatnonzero(np.diff(buckets)) + 1).tolist(), len(buckets)]
        for bucket, (begin, end) in zip(buckets[edges[:-1]].tolist(), pairwise(edges), strict=True):
            yield Block(size, bucket, entries[begin:end])


def to_bytes(entries: Entries) -> bytes:
    """As stored: little-endian."""
    return entries.astype("<u8", copy=False).tobytes()


def from_bytes(stored: bytes) -> Entries:
    """As read."""
    return np.frombuffer(stored, dtype="<u8")


def merged(parts: Iterable[Entries]) -> Entries:
    """Several sorted runs as one, each entry once."""
    joined = np.concatenate(list(parts))
    joined.sort()
    repeated = joined[1:] == joined[:-1]
    return joined[np.append(True, ~repeated)] if repeated.any() else joined  # np.unique takes several times as long


def bucket_of(gram: int) -> int:
    """The bucket in which an n-gram's entries lie."""
    return gram >> (64 - BUCKET_BITS)


def passages_of(gram: int, entries: Entries) -> Numbers:
    """The numbers of the passages that hold an n-gram, from its bucket's entries."""
    least = np.uint64((gram & 0xFFFFFFFF) << 32)
    found = entries[entries.searchsorted(least, side="left") : entries.searchsorted(least | _LOW, side="right")]
    return found.astype(np.uint32)  # the lower half
