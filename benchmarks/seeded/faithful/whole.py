"""Whole sentences, one or two neighbours."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.sentences import Spot


def whole(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """The sentence as it stands."""
    yield Draft("whole", "whole", spot.text, spot, (spot.text,))


def two_sentences(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """The sentence and its next neighbour."""
    following = spot.neighbour(1)
    if following and following.whole:
        both = f"{spot.text} {following.text}"
        yield Draft("two-sentences", "whole", both, spot, (both,))
