"""Which encoder each space has; loaded when a vector is needed and not before."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from importlib.util import find_spec
from pathlib import Path

from corpus.embed import minilm, multilingual, quantised
from corpus.embed.embedder import Embedder, Space, Vectors
from corpus.errors import EncoderUnavailable

NONE, FAST, FULL, MULTILINGUAL = "none", "minilm-int8", "minilm", "use"
_PACKAGES = {
    FAST: (minilm.PACKAGE, "onnxruntime"), FULL: (minilm.PACKAGE,), MULTILINGUAL: (multilingual.PACKAGE,), NONE: ("",),
}  # fmt: skip
"""What must be installed for each."""

_REMEMBERED = 512
"""Vectors of the last queries; one claim is asked for several times."""

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


class Encoders:
    """The encoders that the settings name.

    `english` is `minilm-int8` (fast), `minilm` (through PyTorch), the folder of another sentence-transformers model,
    or `none`; `multilingual` is `use` or `none`. `cache` is a folder for what the fast one is made into.
    """

    def __init__(
        self, english: str = FAST, multilingual: str = MULTILINGUAL, *, cache: Path | None = None, threads: int = 0
    ) -> None:
        self._chosen: dict[Space, str] = {"english": english, "multilingual": multilingual}
        self._cache = cache
        self._threads = threads
        self._loaded: dict[Space, Embedder] = {}
        self._vectors: OrderedDict[tuple[Space, str], Vectors] = OrderedDict()
        self._lock = threading.RLock()

    @classmethod
    def of(cls, **embedders: Embedder) -> Encoders:
        """These embedders, by space: for tests, and for encoders of one's own."""
        encoders = cls(NONE, NONE)
        for space, embedder in embedders.items():
            encoders._loaded[space] = embedder  # type: ignore[index]
        return encoders

    def has(self, space: Space) -> bool:
        """True when the space's encoder is wanted and installed; costs no loading."""
        if space in self._loaded:
            return True
        chosen = self._chosen[space]
        return all(package and find_spec(package) is not None for package in _PACKAGES.get(chosen, ()))

    def embedder(self, space: Space) -> Embedder:
        """The space's encoder; raises EncoderUnavailable."""
        with self._lock:
            if space not in self._loaded:
                self._loaded[space] = self._load(space)
            return self._loaded[space]

    def vector(self, space: Space, text: str) -> Vectors:
        """A text's vector, shape (dimensions,)."""
        with self._lock:
            if (space, text) in self._vectors:
                self._vectors.move_to_end((space, text))
                return self._vectors[space, text]
        vector: Vectors = self.embedder(space).encode([text])[0]
        with self._lock:
            self._vectors[space, text] = vector
            while len(self._vectors) > _REMEMBERED:
                self._vectors.popitem(last=False)
        return vector

    def _load(self, space: Space) -> Embedder:
        chosen = self._chosen[space]
        if chosen == NONE:
            raise EncoderUnavailable(f"the settings name no encoder for the {space} space")
        if chosen == FAST:
            return quantised.load_quantised(self._cache, threads=self._threads)
        if chosen == MULTILINGUAL:
            return multilingual.load_multilingual(threads=self._threads)
        if chosen == FULL:
            return minilm.load_minilm(threads=self._threads)
        if not Path(chosen).is_dir():
            raise EncoderUnavailable(f"there is no encoder called {chosen!r}, nor a folder of that name")
        return minilm.load_minilm(Path(chosen), threads=self._threads)


def reads(space: Space, text: str) -> bool:
    """True when a space's encoder can make something of a text: the English one only of Latin letters.

    >>> reads("english", "Talks go on"), reads("english", "Переговоры идут"), reads("multilingual", "Переговоры идут")
    (True, False, True)
    """
    letters = len(_LETTER.findall(text))
    return space == "multilingual" or 2 * len(_LATIN.findall(text)) > letters
