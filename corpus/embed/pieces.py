"""MiniLM's vocabulary and its vectors of single word pieces, for networks of ours that begin with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from corpus.embed.embedder import Vectors
from corpus.embed.minilm import DISTRIBUTION, PACKAGE, packaged_weights
from corpus.embed.quantised import TOKENIZER_SHA256
from corpus.embed.weights import packaged, pinned

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_TABLE = "embeddings.word_embeddings.weight"
_LONGEST_WORD = 24
"""Pieces of one word; what is longer is an address or no word at all."""


@dataclass(frozen=True, slots=True)
class WordPieces:
    """How words are cut into pieces, and the vector of each piece (shape (vocabulary, 384))."""

    tokenizer: Tokenizer
    vectors: Vectors
    opening: int
    closing: int
    unknown: int

    def of_words(self, words: Sequence[str]) -> list[list[int]]:
        """The pieces of each word, at least one."""
        cut = self.tokenizer.encode_batch(list(words), add_special_tokens=False)
        return [each.ids[:_LONGEST_WORD] or [self.unknown] for each in cut]


@cache
def word_pieces() -> WordPieces:
    """The vocabulary and the vectors from the pinned package; raises EncoderUnavailable when it is not there."""
    from safetensors import safe_open
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(
        str(pinned(packaged(PACKAGE, DISTRIBUTION) / "model" / "tokenizer.json", TOKENIZER_SHA256))
    )
    tokenizer.no_truncation()
    tokenizer.no_padding()
    with safe_open(str(packaged_weights()), framework="np") as weights:
        vectors = np.asarray(weights.get_tensor(_TABLE), np.float32)
    opening, closing, unknown = (tokenizer.token_to_id(name) or 0 for name in ("[CLS]", "[SEP]", "[UNK]"))
    return WordPieces(tokenizer, vectors, opening, closing, unknown)
