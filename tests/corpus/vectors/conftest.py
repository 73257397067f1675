"""An encoder that costs nothing, and a corpus to encode with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pytest

from corpus.embed import Embedder, Encoders, Vectors
from corpus.text import words

_SAME = {
    "boat": "ferry",
    "departs": "leaves",
    "midday": "noon",
    "паром": "ferry",
    "отходит": "leaves",
    "полдень": "noon",
}


@dataclass(frozen=True, slots=True)
class Fake:
    """Words as directions, with a few synonyms that make paraphrases near; the same in every process."""

    name: str = "fake@1"
    dimensions: int = 128
    by_sentence: bool = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [
            np.sum([self._word(key) for key in words(text).keys] or [np.ones(self.dimensions)], axis=0)
            for text in texts
        ]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)
        scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return scaled

    def _word(self, key: str) -> Vectors:
        seed = blake2b(f"{self.name} {_SAME.get(key, key)}".encode(), digest_size=8).digest()
        return np.random.default_rng(int.from_bytes(seed, "little")).standard_normal(self.dimensions).astype(np.float32)


@pytest.fixture
def fake() -> Embedder:
    """The encoder of the English space."""
    return Fake()


@pytest.fixture
def encoders(fake: Embedder) -> Encoders:
    """An English and a multilingual encoder, whose vectors cannot be compared."""
    return Encoders.of(english=fake, multilingual=Fake("fake-multilingual@1", 192, by_sentence=True))
