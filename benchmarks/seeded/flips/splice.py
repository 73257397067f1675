"""Halves of two distant sentences of one document, joined without a mark."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.sentences import Spot
from benchmarks.seeded.wording import word_count

SEAMS = {
    "en": re.compile(r"(?<= )(?=(?:and|to|of|in|for|that|with|from|which|by|on)\b )"),
    "ru": re.compile(r"(?<= )(?=(?:и|в|на|с|по|для|что|который|которые|из)\b )"),
}
FEWEST_IN_A_HALF = 5
FEWEST_BETWEEN = 3


def halves(text: str, language: str) -> dict[str, tuple[str, str]]:
    """Both halves at each seam that leaves enough on either side, by the word of the seam."""
    found = {}
    for seam in SEAMS[language].finditer(text):
        first, second = text[: seam.start()], text[seam.start() :]
        if word_count(first) >= FEWEST_IN_A_HALF and word_count(second) >= FEWEST_IN_A_HALF:
            found[second.split()[0]] = (first.strip(), second.strip())
    return found


def is_distant(one: Spot, other: Spot) -> bool:
    """Not in one paragraph, or with several sentences between."""
    if one.paragraphs is not other.paragraphs or one.paragraph != other.paragraph:
        return True
    return abs(one.place - other.place) > FEWEST_BETWEEN


def spliced(spots: list[Spot], spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """The first half of this sentence before the second half of another one of the same speaker."""
    mine = halves(spot.text, spot.language)
    for other in rng.sample(spots, min(len(spots), 12)):
        if other.speaker != spot.speaker or not is_distant(spot, other) or other.text == spot.text:
            continue
        theirs = halves(other.text, other.language)
        for seam in sorted(mine.keys() & theirs.keys()):
            first, second = mine[seam][0], theirs[seam][1]
            if "“" not in first + second and '"' not in first + second and second not in spot.text:
                quote = f"{first} {second}"
                yield Draft("splice", "whole", quote, spot, (first, second), truth="flip", expect="not-verified",
                            changed=quote, change=f"{first} | {second}")  # fmt: skip
