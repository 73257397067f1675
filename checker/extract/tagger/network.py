"""The network at run time: a window in, for each word its tags and how well it answers to each cue out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from checker.extract.tagger.windows import Numbers, Window
from corpus.embed import WordPieces, word_pieces
from corpus.embed.quantised import session_of
from corpus.errors import EncoderUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = npt.NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "tagger.onnx"
FAR = (1, 2, 4, 8, 16, 32, 64)
"""Distances in words from which a word and a cue are farther apart, on either side."""
METADATA = "onrecord"
"""Under this name the graph carries what is known besides it, as JSON."""
OUTPUTS = ("tags", "spoken", "of_source", "of_content")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network makes of a window: `tags` (words, 7) as logarithms of probabilities; `of_source[i, j]` and
    `of_content[i, j]` say how well word i begins the source or a content of the cue that begins at word j; `spoken` (words,) is above 0 where a cue
    that begins there is speech and no attitude."""

    tags: Floats
    of_source: Floats
    of_content: Floats
    spoken: Floats


@dataclass(frozen=True, slots=True)
class Links:
    """What the links know besides the words: the same statement for the rules, and the distance."""

    same: tuple[float, float]
    source_far: Floats
    content_far: Floats

    def added(self, window: Window) -> tuple[Floats, Floats]:
        """What is added to the scores of source and content, shape (words, words) each."""
        place = np.arange(len(window.heads))
        far = buckets(place[:, None] - place[None, :])
        together = same_link(window.links)
        source = self.source_far[far] + self.same[0] * together
        content = self.content_far[far] + self.same[1] * together
        return source.astype(np.float32), content.astype(np.float32)


def buckets(distance: Numbers) -> Numbers:
    """The number of a distance's class: 0 to 7 behind, 8 to 15 before."""
    found = np.searchsorted(FAR, np.abs(distance), side="right")
    return np.where(distance < 0, found + len(FAR) + 1, found).astype(np.int64)


def same_link(links: Numbers) -> npt.NDArray[np.bool_]:
    """Which words stand in the same statement for the rules."""
    same: npt.NDArray[np.bool_] = (links[:, None] == links[None, :]) & (links[:, None] >= 0)
    return same


@dataclass(frozen=True, slots=True)
class Tagger:
    """The network, the vocabulary it reads with, and its name for reports."""

    session: InferenceSession
    vocabulary: WordPieces
    links: Links
    cue_words: frozenset[str]
    name: str

    def read(self, window: Window) -> Scores:
        """One run of the network."""
        spread = np.zeros(len(window.pieces), np.int64)
        spread[window.heads] = 1
        word_of = np.cumsum(spread) - 1
        kinds = window.kinds[np.clip(word_of, 0, None)]
        inputs = {
            "words": self.vocabulary.vectors[window.pieces][None],
            "kinds": kinds[None],
            "heads": window.heads,
            "of_heads": window.kinds,
        }
        tags, spoken, of_source, of_content = self.session.run(list(OUTPUTS), inputs)
        source, content = self.links.added(window)
        return Scores(tags, of_source + source, of_content + content, spoken[:, 0])


@cache
def load_tagger(path: Path = WEIGHTS) -> Tagger | None:
    """The tagger that comes with the program; None where its weights or the package of its words are left out."""
    if not path.is_file():
        return None
    try:
        vocabulary = word_pieces()
    except EncoderUnavailable:
        return None
    model = path.read_bytes()
    session = session_of(model)
    kept = json.loads(session.get_modelmeta().custom_metadata_map[METADATA])
    links = Links(
        (kept["same"][0], kept["same"][1]),
        np.array(kept["source"], np.float32),
        np.array(kept["content"], np.float32),
    )
    name = f"onrecord-tagger@{hashlib.sha256(model).hexdigest()[:12]}"
    return Tagger(session, vocabulary, links, frozenset(kept["cue_words"]), name)
