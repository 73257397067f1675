"""Changes of meaning, one module for each kind of knowledge; each yields edits whose result certainly says something else."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks.seeded.edits import Edits
from benchmarks.seeded.flips.content import content_changes
from benchmarks.seeded.flips.modality import modality_changes
from benchmarks.seeded.flips.names import name_changes
from benchmarks.seeded.flips.negation import negation_changes
from benchmarks.seeded.flips.numbers import number_changes
from benchmarks.seeded.flips.order import order_changes
from benchmarks.seeded.flips.quantifiers import quantifier_changes
from benchmarks.seeded.flips.russian import RUSSIAN
from benchmarks.seeded.flips.units import unit_changes

Change = Callable[[str, random.Random], Iterator[Edits]]

ENGLISH: dict[str, Change] = {
    "number": number_changes,
    "unit": unit_changes,
    "name": name_changes,
    "negation": negation_changes,
    "modality": modality_changes,
    "quantifier": quantifier_changes,
    "order": order_changes,
    "content": content_changes,
}
CHANGES: dict[str, dict[str, Change]] = {"en": ENGLISH, "ru": RUSSIAN}
