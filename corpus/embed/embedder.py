"""The seam between a corpus and its encoders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

Space = Literal["english", "multilingual"]
"""Vectors of two encoders cannot be compared, so each has a space of its own: `english` holds the English passages,
`multilingual` all others (and English ones that were asked for)."""

SPACES: tuple[Space, ...] = ("english", "multilingual")


class Embedder(Protocol):
    """Turns texts into vectors of length one, so that a dot product is the cosine."""

    @property
    def name(self) -> str:
        """Model and revision, as stored with the vectors; encoders of the same name give comparable vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has; a multiple of 64."""
        ...

    @property
    def by_sentence(self) -> bool:
        """True when each sentence of a passage has a vector of its own."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (texts, dimensions)."""
        ...
