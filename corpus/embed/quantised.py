"""MiniLM in whole numbers on ONNX Runtime: twice as fast and more, without PyTorch, and near enough to be mixed with it.

The model is exported from the pinned weights when it is first needed and kept in a cache folder. It carries what
PyTorch makes of a few sentences; whenever it is loaded it must come near to that, or it is refused: kept files break,
and processors differ.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.embed.embedder import Vectors
from corpus.embed.minilm import DISTRIBUTION, MODEL, PACKAGE, SHA256, load_minilm, packaged_weights
from corpus.embed.weights import packaged, pinned
from corpus.errors import EncoderUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
CONFIG_SHA256 = "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"

LEAST_COSINE = 0.99
"""Mean over the sentences below; 0.997 was measured on real passages."""

_FORM = 2
"""Part of the file's name; a change of the graph or of the sentences needs a new number here."""

_DIMENSIONS = 384
_TOKENS = 256
"""What sentence-transformers reads of a text with this model; a passage has 90 on average."""

_AT_ONCE = 4
"""Texts of about one length; larger batches were not faster, and fill up more."""

SENTENCES = (
    "The harbour opens in spring.",
    "We will not sign this agreement before the end of the year.",
    "Yes.",
    "Thank you very much, ladies and gentlemen, for coming here today.",
    "The two ministers discussed trade, the price of grain and the repair of the bridge at Brannock.",
    "Is it true that the government has already spent 4.5 million crowns on the new ferry?",
    "Nobody was hurt, but three houses burned down in the night from Saturday to Sunday.",
    "I have always said, and I say it again, that this island belongs to those who live on it and to nobody else.",
    "If the dam holds until Friday, we shall have avoided the worst.",
    "Unemployment fell from 7.1 to 6.8 per cent in the third quarter; wages rose by less than prices did.",
    "She called the accusations baseless and asked the court to dismiss them.",
    "Our soldiers will come home by Christmas, unless the ceasefire is broken.",
    "THE PRESIDENT: Good morning, everybody. Please, have a seat.",
    """It was agreed to set up a joint commission, which will meet twice a year in Ostrava and once in Marlo, and to report
    to both parliaments on what has become of the money, of the promises, and of the people who were to be resettled.""",
    "No decision has been taken.",
    "Any attack on one of our ships would be answered at once and with all the means that we have.",
)


@dataclass(frozen=True, slots=True)
class QuantisedMiniLM:
    """all-MiniLM-L6-v2 with its products in whole numbers."""

    session: InferenceSession
    tokenizer: Tokenizer
    threads: int
    name: str = f"{MODEL}@{SHA256[:12]}"
    """The same as of PyTorch's: their vectors may be mixed."""
    dimensions: int = _DIMENSIONS
    by_sentence: bool = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (texts, 384); a row does not depend on the others."""
        rows = np.zeros((len(texts), _DIMENSIONS), np.float32)
        tokens = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        batches = list(_batches(tokens))
        if len(batches) <= 1 or self.threads == 1:
            found = map(self._run, [tokens] * len(batches), batches)
            for batch, vectors in zip(batches, found, strict=True):
                rows[batch] = vectors
            return rows
        with ThreadPoolExecutor(self.threads) as pool:
            for batch, vectors in zip(batches, pool.map(self._run, [tokens] * len(batches), batches), strict=True):
                rows[batch] = vectors
        return rows

    def states(self, texts: Sequence[str], *, longest: int) -> list[Vectors]:
        """Of each text the states of its first word pieces, one row a piece: those of a middle layer, then the last one's."""
        found = []
        for encoding in self.tokenizer.encode_batch(list(texts)):
            # The last piece marks the end, also of what is cut.
            ids = encoding.ids if len(encoding.ids) <= longest else [*encoding.ids[: longest - 1], encoding.ids[-1]]
            row = np.array([ids], np.int64)
            (states,) = self.session.run(["states"], {"ids": row, "mask": np.ones_like(row)})
            found.append(np.asarray(states[0], np.float32))
        return found

    def _run(self, tokens: Sequence[Sequence[int]], batch: Sequence[int]) -> Vectors:
        longest = max(len(tokens[place]) for place in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, place in enumerate(batch):
            ids[row, : len(tokens[place])] = tokens[place]
            mask[row, : len(tokens[place])] = 1
        return np.asarray(self.session.run(["vectors"], {"ids": ids, "mask": mask})[0], np.float32)


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    order = sorted(range(len(tokens)), key=lambda place: -len(tokens[place]))
    for at in range(0, len(order), _AT_ONCE):
        yield order[at : at + _AT_ONCE]


def load_quantised(cache: Path | None, *, threads: int = 0) -> QuantisedMiniLM:
    """The model from the cache, or exported now; raises EncoderUnavailable when it is not near enough to the original."""
    weights = packaged_weights()
    kept = cache / f"minilm-{SHA256[:12]}-int8-{_FORM}.onnx" if cache else None
    if kept is not None and kept.is_file():
        try:
            return _checked(kept.read_bytes(), threads)
        except EncoderUnavailable:
            pass  # a broken file, or another processor's: made again, and then it must be right
    model = _export(weights)
    embedder = _checked(model, threads)
    if kept is not None:
        _keep(model, kept)
    return embedder


def _export(weights: Path) -> bytes:
    # Imported here because they are needed once; and PyTorch to say what is right.
    try:
        from corpus.embed.graph import quantised
    except ImportError as error:
        raise EncoderUnavailable(f"the fast encoder cannot be made: {error}; set ONRECORD_ENCODER=minilm") from error

    config = pinned(weights.parent / "config.json", CONFIG_SHA256)
    model = quantised(weights, config)
    entry = model.metadata_props.add()
    entry.key, entry.value = (
        "expected",
        base64.b64encode(load_minilm().encode(SENTENCES).astype("<f4").tobytes()).decode(),
    )
    return bytes(model.SerializeToString())


def _checked(model: bytes, threads: int) -> QuantisedMiniLM:
    """The model, if it says of our sentences what PyTorch says."""
    session = session_of(model)
    embedder = QuantisedMiniLM(session, _tokenizer(), threads or os.cpu_count() or 1)
    stored = session.get_modelmeta().custom_metadata_map.get("expected", "")
    expected = np.frombuffer(base64.b64decode(stored), "<f4")
    if len(expected) != len(SENTENCES) * _DIMENSIONS:
        raise EncoderUnavailable("the fast encoder's file is not one of ours")
    cosine = float((embedder.encode(SENTENCES) * expected.reshape(-1, _DIMENSIONS)).sum(axis=1).mean())
    if not cosine >= LEAST_COSINE:
        raise EncoderUnavailable(
            f"the fast encoder comes only within a cosine of {cosine:.3f} of the original on this machine "
            f"(at least {LEAST_COSINE}); set ONRECORD_ENCODER=minilm"
        )
    return embedder


def session_of(model: bytes) -> InferenceSession:
    """A graph ready to run on one thread; raises EncoderUnavailable when it is broken."""
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts are spread over threads, which wastes less than spreading a product
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
        raise EncoderUnavailable(f"the graph cannot be loaded ({error})") from error


def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    path = pinned(packaged(PACKAGE, DISTRIBUTION) / "model" / "tokenizer.json", TOKENIZER_SHA256)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(_TOKENS)  # the file says 128 and fills up to it
    tokenizer.no_padding()
    return tokenizer


def _keep(model: bytes, path: Path) -> None:
    """Store the model whole or not at all; without a place for it, it is made again next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}.tmp")
        half.write_bytes(model)
        half.replace(path)
    except OSError:
        return
