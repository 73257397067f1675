"""Another unit of the same figure: scale, per cent, currency, length, weight, time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.edits import Edits, is_alone

UNITS = {
    "million": ("billion", "thousand"), "billion": ("million", "trillion"), "trillion": ("billion", "million"),
    "thousand": ("million",), "per cent": ("percentage points",), "percent": ("percentage points",),
    "percentage points": ("per cent",), "kilometres": ("miles",), "kilometers": ("miles",), "km": ("miles",),
    "miles": ("kilometres",), "metres": ("kilometres",), "meters": ("kilometers",), "dollars": ("euros", "roubles"),
    "euros": ("dollars",), "rubles": ("dollars", "euros"), "roubles": ("dollars", "euros"), "cents": ("dollars",),
    "tons": ("kilograms",), "tonnes": ("kilograms",), "barrels": ("tons",), "hectares": ("acres",),
    "acres": ("hectares",), "feet": ("metres",), "years": ("months", "weeks"), "months": ("years", "weeks"),
    "weeks": ("months", "hours"), "days": ("weeks", "months"), "hours": ("minutes", "days"), "minutes": ("hours",),
    "pounds": ("dollars", "tons"), "centuries": ("decades",), "decades": ("years",), "MW": ("GW",), "GW": ("MW",),
}  # fmt: skip
COUNTED = r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|million|billion|trillion)) ?-?$"
SIGNS = {"$": "€", "€": "$", "£": "€"}
UNIT = re.compile(r"\b(?:" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")\b")


def unit_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    """Each unit behind a figure, or sign of a currency before it, for another."""
    for found in UNIT.finditer(text):
        start, end = found.span()
        alone = is_alone(text, start, end) or (text[start - 1 : start] == " " and text[end : end + 1] in " ,.;")
        if re.search(COUNTED, text[:start]) and alone:
            free = [new for new in UNITS[found.group()] if new not in text]
            if free:
                yield ((start, end, rng.choice(free)),)
    for found in re.finditer(r"[$€£](?=\d)", text):
        yield ((*found.span(), SIGNS[found.group()]),)
    for found in re.finditer(r"(?<=\d)%", text):
        yield ((*found.span(), " percentage points"),)
