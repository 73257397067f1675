"""How a claim is laid beside a passage: every word piece of the claim with what in the passage answers to it.

The states are those of MiniLM's encoder, a middle layer's and the last one's. Nothing here is learned, so that training and
checking share it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_HALF = 384
"""Dimensions of one layer; a state is two of them, side by side."""

_SHARP = 12.0
"""How much nearer pieces count for more; from a first trial, and not tuned further."""

_WINDOW, _STEP = 45, 15
"""Word pieces of a stretch of the passage, and how far apart stretches begin."""

PASSAGE_PIECES, CLAIM_PIECES = 160, 96
"""How much of each is read."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A claim beside a passage.

    `claim` (pieces, 768) are the claim's states; `answers` (pieces, 771) for each the passage's states, weighed by
    nearness in the middle layer, and three cosines; `whole` (770,) compares the two as wholes.
    """

    claim: Floats
    answers: Floats
    whole: Floats


def lay(claim: Floats, passage: Floats) -> Laid:
    """Lay the states of a claim beside those of a passage."""
    middle = _unit(claim[:, :_HALF]) @ _unit(passage[:, :_HALF]).T
    last = _unit(claim[:, _HALF:]) @ _unit(passage[:, _HALF:]).T
    weights = np.exp(_SHARP * (middle - middle.max(axis=1, keepdims=True)))
    weights /= weights.sum(axis=1, keepdims=True)
    cosines = np.stack([middle.max(axis=1), last.max(axis=1), (weights * last).sum(axis=1)], axis=1)
    answers = np.concatenate([weights @ passage, cosines], axis=1)
    mine, theirs = _unit(claim[:, _HALF:].mean(axis=0)), _unit(passage[:, _HALF:].mean(axis=0))
    # The factor brings the products of unit vectors to about the size of the other inputs.
    whole = np.concatenate([mine * theirs * 20, np.abs(mine - theirs) * 20, [mine @ theirs, _nearest(mine, passage)]])
    return Laid(claim, answers.astype(np.float32), whole.astype(np.float32))


def _nearest(claim: Floats, passage: Floats) -> float:
    """The cosine of the claim with the stretch of the passage that is nearest to it, or with all of it."""
    stretches = [passage, *(passage[at : at + _WINDOW] for at in range(0, max(1, len(passage) - 30), _STEP))]
    return max(float(_unit(each[:, _HALF:].mean(axis=0)) @ claim) for each in stretches)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = vectors / np.maximum(lengths, 1e-9)
    return scaled
