"""The scan leaves over the nearest by sign bits, and with everything left over the order is the exact one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embed import Vectors
from corpus.vectors.codes import from_codes, signs, to_codes
from corpus.vectors.scan import Signs, ordered


def _directions(count: int, seed: int, dimensions: int = 128) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def _held(vectors: Vectors, first: int = 1) -> Signs:
    numbers = np.arange(first, first + len(vectors), dtype=np.uint32)
    return Signs.none(vectors.shape[1]).with_more(numbers, signs(vectors))


@given(st.integers(1, 300), st.integers(1, 40), st.integers(0, 1_000))
def test_the_scan_keeps_those_with_the_fewest_other_signs(held: int, count: int, seed: int) -> None:
    vectors, (query,) = _directions(held, seed), _directions(1, seed + 1)
    others = ((vectors > 0) != (query > 0)).sum(axis=1)
    found = _held(vectors).nearest(signs(query[None])[0], count=count)
    assert len(found) >= min(count, held)
    kept = np.isin(np.arange(1, held + 1), found)
    assert not kept.any() or kept.all() or others[kept].max() < others[~kept].min()


def test_what_is_added_in_pieces_is_found_like_what_came_at_once() -> None:
    vectors, (query,) = _directions(200, 3), _directions(1, 4)
    pieces = Signs.none(128)
    for at in range(0, 200, 30):
        numbers = np.arange(at + 1, at + 1 + len(vectors[at : at + 30]), dtype=np.uint32)
        pieces = pieces.with_more(numbers, signs(vectors[at : at + 30]))
    bits = signs(query[None])[0]
    assert pieces.nearest(bits, count=20).tolist() == _held(vectors).nearest(bits, count=20).tolist()


def test_passages_can_be_left_out_or_kept_alone() -> None:
    held = _held(_directions(10, 5))
    some = np.array([2, 4, 99], np.uint32)
    assert held.without(some).numbers.tolist() == [1, 3, 5, 6, 7, 8, 9, 10]
    assert held.only(some).numbers.tolist() == [2, 4]
    assert held.without(np.zeros(0, np.uint32)) is held
    assert held.only(some).bits.tolist() == held.bits[:, [1, 3]].tolist()


@pytest.mark.parametrize("count", [1, 1_000])
def test_an_empty_space_has_nothing_near(count: int) -> None:
    assert Signs.none(128).nearest(signs(_directions(1, 1))[0], count=count).tolist() == []


@given(st.integers(1, 200), st.integers(1, 60), st.integers(0, 10_000))
def test_with_everything_rescored_the_order_is_the_exact_one(held: int, limit: int, seed: int) -> None:
    vectors, (query,) = _directions(held, seed), _directions(1, seed + 1)
    stored = from_codes(to_codes(vectors), 128)
    near = _held(vectors).nearest(signs(query[None])[0], count=held)
    found = ordered(near, stored[near - 1] @ query, limit=limit)
    exact = np.argsort(-(stored @ query), kind="stable")[:limit] + 1
    assert [number for number, _ in found] == exact.tolist()


def test_a_passage_counts_once_and_by_its_nearest_vector() -> None:
    numbers, cosines = np.array([7, 7, 9, 7], np.uint32), np.array([0.1, 0.9, 0.5, 0.3], np.float32)
    assert [number for number, _ in ordered(numbers, cosines, limit=5)] == [7, 9]
    assert ordered(numbers, cosines, limit=1)[0][1] == pytest.approx(0.9)
