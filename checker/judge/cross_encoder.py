"""Our own small cross-encoder, in ONNX Runtime: MiniLM's encoder over both texts at once (docs/models/judge.md)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "judge.onnx"
TOKENS = Path(__file__).parent / "tokens.json"

LONGEST = 128
"""Word pieces of passage and claim together, as in training."""

_ROUNDED = 4


@dataclass(frozen=True, slots=True)
class CrossEncoder:
    """The network with its tokenizer; one thread, since several checks run side by side."""

    session: InferenceSession
    tokenizer: Tokenizer
    name: str

    def bears_out(self, claim: str, passages: Sequence[str]) -> tuple[float, ...]:
        """For each passage, how likely it says what the claim says (0 to 1), always the same on the same machine."""
        return tuple(self._probability(passage, claim) for passage in passages)

    def _probability(self, passage: str, claim: str) -> float:
        # One pair at a time: on one thread, padding to the longest of a batch costs more than it saves.
        read = self.tokenizer.encode(" ".join(passage.split()), " ".join(claim.split()))
        inputs: dict[str, Any] = {
            "input_ids": np.array([read.ids], dtype=np.int64),
            "attention_mask": np.array([read.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([read.type_ids], dtype=np.int64),
        }
        (logit,) = self.session.run(None, inputs)
        return round(1 / (1 + math.exp(-float(logit[0]))), _ROUNDED)


@cache
def load_judge() -> CrossEncoder | None:
    """The judge that comes with the program, loaded once a process; None where its weights are left out."""
    if not WEIGHTS.is_file():
        return None
    # Imported here: it takes a while, and a quote whose words are found needs no judge.
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    with WEIGHTS.open("rb") as stream:
        revision = hashlib.file_digest(stream, "sha256").hexdigest()[:12]
    tokenizer = Tokenizer.from_file(str(TOKENS))
    tokenizer.enable_truncation(LONGEST, strategy="only_first")
    tokenizer.no_padding()
    session = InferenceSession(str(WEIGHTS), options, providers=["CPUExecutionProvider"])
    return CrossEncoder(session, tokenizer, f"onrecord-judge@{revision}")
