"""How many quotes of each kind, and the walk over documents that fills them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.seeded.documents import Document
from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.sentences import Spot, spots_of

TRUE = {
    "en": {"whole": 15, "two-sentences": 8, "fragment": 22, "ellipsis": 15, "brackets": 10, "typography": 20, "filler": 4},
    "ru": {"whole": 20, "two-sentences": 10, "fragment": 15, "ellipsis": 14, "brackets": 6, "typography": 25, "filler": 3},
}  # fmt: skip
FLIPS = {
    "en": {"number": 11, "unit": 8, "name": 11, "negation": 11, "modality": 9, "quantifier": 8, "order": 7, "speaker": 8, "claim": 3,
           "content": 9, "splice": 9, "context": 6, "ellipsis": 3, "bracket": 4},
    "ru": {"number": 12, "unit": 5, "name": 8, "negation": 14, "modality": 10, "quantifier": 8, "order": 1, "speaker": 12, "claim": 3,
           "content": 12, "splice": 12, "context": 3, "ellipsis": 2, "bracket": 4},
}  # fmt: skip
ATTACKS = {kind: {"hidden-in-true": 35, "hidden-in-flip": 25, "look-alike": 25, "sign": 15} for kind in ("en", "ru")}
RUSSIAN_SHARE = 0.13
MOST_TRIED_SPOTS = 40

Make = Callable[[str, Spot, list[Spot]], Draft | None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made, and how many more were wanted."""

    drafts: tuple[Draft, ...]
    lacking: int


def shares(weights: dict[str, int], total: int) -> dict[str, int]:
    """The total by weights, rounded up."""
    whole = sum(weights.values())
    return {kind: -(-total * weight // whole) for kind, weight in weights.items()}


def fill(documents: Iterable[Document], wanted: dict[str, int], make: Make, rng: random.Random, *, each: int) -> Filled:
    """Drafts until every kind has its number; the kind that lacks most comes first, and no sentence serves twice."""
    made, counted, quotes = list[Draft](), Counter[str](), set[str]()
    for document in documents:
        if all(counted[kind] >= number for kind, number in wanted.items()):
            break
        spots, here = list(spots_of(document)), 0
        for spot in rng.sample(spots, min(len(spots), MOST_TRIED_SPOTS)):
            lacking = [kind for kind, number in wanted.items() if counted[kind] < number]
            for kind in sorted(lacking, key=lambda kind: counted[kind] / wanted[kind]):
                draft = make(kind, spot, spots)
                if draft and draft.quote not in quotes:
                    quotes.add(draft.quote)
                    made.append(draft)
                    counted[kind] += 1
                    here += 1
                    break
            if here >= each:
                break
    return Filled(tuple(made), sum(max(number - counted[kind], 0) for kind, number in wanted.items()))
