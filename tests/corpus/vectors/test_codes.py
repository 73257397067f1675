"""What is stored of a vector leads back to it, and its signs are its own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus.embed import Vectors
from corpus.vectors.codes import from_codes, signs, to_codes

FLOATS = st.floats(-1, 1, width=32, allow_subnormal=False)
VECTORS = st.integers(1, 6).flatmap(lambda rows: arrays(np.float32, (rows, 128), elements=FLOATS))


@given(VECTORS)
def test_a_stored_vector_is_within_half_a_step_of_the_original(vectors: Vectors) -> None:
    again = from_codes(to_codes(vectors), 128)
    step = np.abs(vectors).max(axis=1, keepdims=True) / 127
    assert again.shape == vectors.shape
    assert (np.abs(again - vectors) <= 0.501 * step + 1e-7).all()


@given(VECTORS)
def test_a_sign_bit_says_whether_the_number_is_above_zero(vectors: Vectors) -> None:
    bits = np.unpackbits(signs(vectors).view(np.uint8), axis=1, bitorder="little")
    assert (bits.astype(bool) == (vectors > 0)).all()


def test_random_directions_lose_a_thousandth_of_a_cosine_at_most() -> None:
    chance = np.random.default_rng(8)
    vectors = chance.standard_normal((500, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    again = from_codes(to_codes(vectors), 384)
    lost = 1 - (again * vectors).sum(axis=1) / np.linalg.norm(again, axis=1)
    assert lost.max() < 0.001
