"""Hashed n-grams in sorted blocks: the same in every process, and nothing lost in packing."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.postings import (
    SIZES,
    Batch,
    bucket_of,
    content,
    from_bytes,
    gram_hashes,
    merged,
    passages_of,
    to_bytes,
    word_hash,
)

_KEYS = st.lists(st.sampled_from("harbour spring марло 3.5 the $ yes bridge \ud800 x²".split(" ")), max_size=30)
_ENTRIES = st.lists(st.integers(0, 2**64 - 1), max_size=50, unique=True).map(
    lambda values: np.array(sorted(values), dtype=np.uint64)
)


def test_hashes_are_the_same_in_every_process() -> None:
    """Stored postings would be worthless otherwise."""
    program = (
        "from corpus.postings import gram_hashes\n"
        "print([gram_hashes(['harbour', 'марло', '3.5', 'yes'], size).tolist() for size in (1, 2, 3)])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    here = [gram_hashes(["harbour", "марло", "3.5", "yes"], size).tolist() for size in SIZES]
    assert answers == {f"{here}\n"}


def test_hashes_are_those_that_are_stored_in_existing_corpora() -> None:
    """A change here makes every corpus on disk unreadable: it needs a new passage scheme."""
    assert word_hash("harbour") == 0xE2242E63DBB0FC04
    assert gram_hashes(["we", "will", "build"], 3).tolist() == [0xEE5032ED9BBC9C81]


@given(_KEYS, st.sampled_from(SIZES))
def test_there_is_one_hash_for_every_place(keys: list[str], size: int) -> None:
    found = gram_hashes(keys, size)
    assert len(found) == max(0, len(keys) - size + 1)
    assert found.tolist() == [gram_hashes(keys[at : at + size], size)[0].item() for at in range(len(found))]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (["a", "b"], ["b", "a"], "order"),
        (["a", "a"], ["a", "b"], "words"),
        (["ab", "c"], ["a", "bc"], "where words end"),
        (["a", "b", "c"], ["a", "c", "b"], "order of three"),
    ],
)
def test_different_sequences_have_different_hashes(one: list[str], other: list[str], why: str) -> None:
    assert gram_hashes(one, len(one)).tolist() != gram_hashes(other, len(other)).tolist(), why


def test_a_pair_is_not_taken_for_a_triple() -> None:
    assert gram_hashes(["a"], 1)[0] != gram_hashes(["a", "a"], 2)[0] != gram_hashes(["a", "a", "a"], 3)[0]


def test_words_that_carry_no_content_are_left_out() -> None:
    assert content(["the", "harbour", "of", "марло", "и", "3.5"]) == ["harbour", "марло", "3.5"]


@given(st.lists(_KEYS, min_size=1, max_size=20), st.integers(1, 2**32 - 30))
@settings(deadline=None)
def test_a_batch_finds_every_passage_of_every_gram_and_no_other(passages: list[list[str]], first: int) -> None:
    batch = Batch()
    batch.add(range(first, first + len(passages)), passages)
    blocks = {(block.size, block.bucket): block.entries for block in batch.blocks()}
    assert sum(map(len, blocks.values())) <= batch.count
    for entries in blocks.values():
        assert np.all(entries[:-1] < entries[1:])
    for size in SIZES:
        expected: dict[int, set[int]] = {}
        for number, keys in enumerate(passages, start=first):
            for gram in gram_hashes(content(keys) if size == 1 else keys, size).tolist():
                expected.setdefault(gram, set()).add(number)
        for gram, numbers in expected.items():
            assert set(passages_of(gram, blocks[size, bucket_of(gram)]).tolist()) == numbers


def test_more_passages_than_sixteen_bits_count_are_sorted_the_same() -> None:
    few = [["harbour", "spring", "the", "harbour", f"bridge{n % 7}"] for n in range(50)]
    many = [*few, *([[]] * (1 << 16))]
    found = []
    for passages in (few, many):
        batch = Batch()
        batch.add(range(9, 9 + len(passages)), passages)
        found.append([(block.size, block.bucket, block.entries.tolist()) for block in batch.blocks()])
    assert found[0] == found[1] != []


def test_an_empty_batch_has_no_blocks() -> None:
    assert list(Batch().blocks()) == []
    batch = Batch()
    batch.add([1], [()])
    assert (list(batch.blocks()), batch.count) == ([], 0)


@given(_ENTRIES)
def test_entries_survive_being_stored(entries: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> None:
    assert from_bytes(to_bytes(entries)).tolist() == entries.tolist()


@given(st.lists(_ENTRIES, min_size=1, max_size=5))
def test_merging_keeps_every_entry_once_and_sorted(
    parts: list[np.ndarray[tuple[int], np.dtype[np.uint64]]],
) -> None:
    assert merged(parts).tolist() == sorted({entry for part in parts for entry in part.tolist()})
