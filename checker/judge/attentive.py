"""Our own judge: a small network over MiniLM's states of claim and passage (docs/models/judge.md)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

from checker.judge.alignment import CLAIM_PIECES, PASSAGE_PIECES, lay
from corpus.embed import Encoders
from corpus.embed.quantised import QuantisedMiniLM, session_of
from corpus.errors import EncoderUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS = Path(__file__).parent / "judge.onnx"

_ROUNDED = 4


@dataclass(frozen=True, slots=True)
class AttentiveJudge:
    """The network and the encoder whose states it reads."""

    session: InferenceSession
    encoder: QuantisedMiniLM
    name: str

    def bears_out(self, claim: str, passages: Sequence[str]) -> tuple[float, ...]:
        """For each passage, how likely it says what the claim says (0 to 1)."""
        with _one_thread():
            return self._bears_out(claim, passages)

    def _bears_out(self, claim: str, passages: Sequence[str]) -> tuple[float, ...]:
        (ours,) = self.encoder.states([_plain(claim)], longest=CLAIM_PIECES)
        found = []
        for theirs in self.encoder.states([_plain(each) for each in passages], longest=PASSAGE_PIECES):
            laid = lay(ours, theirs)
            inputs = {"claim": laid.claim[None], "answers": laid.answers[None], "whole": laid.whole[None]}
            (logit,) = self.session.run(None, inputs)
            found.append(round(1 / (1 + math.exp(-float(logit[0]))), _ROUNDED))
        return tuple(found)


def _one_thread() -> AbstractContextManager[object]:
    """Products of so few numbers are faster on one thread: measured 0.8 ms a passage instead of 56 on two busy cores."""
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def _plain(text: str) -> str:
    return " ".join(text.split())


def load_judge(encoders: Encoders) -> AttentiveJudge | None:
    """The judge that comes with the program; None where its weights or the encoder that it reads with are left out."""
    if not WEIGHTS.is_file() or not encoders.has("english"):
        return None
    try:
        encoder = encoders.embedder("english")
    except EncoderUnavailable:
        return None  # words decide without it; `corpus encode` says what is wrong
    if not isinstance(encoder, QuantisedMiniLM):
        return None
    return AttentiveJudge(session_of(WEIGHTS.read_bytes()), encoder, judge_name() or "")


@cache
def judge_name() -> str | None:
    """The judge's name and the revision of its weights, for reports; None where they are left out."""
    if not WEIGHTS.is_file():
        return None
    return f"onrecord-judge@{hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]}"
