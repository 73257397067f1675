"""Fillers and repetitions of speech that an editor leaves out."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.sentences import Spot

FILLERS = {
    "en": re.compile(
        r", (?:you know|I mean|uh|um|er),(?= [a-zI])|(?<=--) (?:you know|I mean),(?= [a-zI])|(?<= )(?:uh|um),? |"
        r"(?<=^And) you know,(?= )|(?<=^But) you know,(?= )|(?<=^So) you know,(?= )|^(?:Well|Uh|Um), (?=[a-zI])|"
        r"(?: --)? (?P<said>\w+(?: \w+)?) --(?= (?P=said) \w)",
    ),
    "ru": re.compile(
        r", (?:так сказать|знаете|понимаете|скажем так),(?= [а-яё])|^(?:Ну|Ну вот|Вот|Знаете), (?=[а-яё])"
    ),
}


def without_filler(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """The sentence less one filler."""
    for found in FILLERS[spot.language].finditer(spot.text):
        before, after = spot.text[: found.start()], spot.text[found.end() :]
        if re.search(r"\b(?:as|if|that|do|did|let|what|how|because|than|like)$", before.rstrip(" ,"), re.IGNORECASE):
            continue
        if re.search(r"\b(?:not|no|never|не|нет)\b\W*(?:\w+\W+)?$", before, re.IGNORECASE):
            continue
        quote = before + after if before else after[0].upper() + after[1:]
        parts = tuple(part.strip(" ,-") for part in (before, after) if len(part.split()) >= 3)
        if len((before + after).split()) >= 8:
            yield Draft("filler", "filler", quote, spot, parts, change=f"{found.group().strip()} → ∅")
