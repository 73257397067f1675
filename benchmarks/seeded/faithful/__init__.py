"""Quotes that are true by the rules of editors, one module for each thing that editors do."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.faithful.brackets import bracketed
from benchmarks.seeded.faithful.ellipsis import with_ellipsis
from benchmarks.seeded.faithful.fillers import without_filler
from benchmarks.seeded.faithful.fragments import fragments
from benchmarks.seeded.faithful.typography import retyped
from benchmarks.seeded.faithful.whole import two_sentences, whole
from benchmarks.seeded.sentences import Spot

Maker = Callable[[Spot, random.Random], Iterator[Draft]]

MAKERS: dict[str, Maker] = {
    "whole": whole,
    "two-sentences": two_sentences,
    "fragment": fragments,
    "ellipsis": with_ellipsis,
    "brackets": bracketed,
    "typography": retyped,
    "filler": without_filler,
}
