"""How often verdicts of a confidence were right: what `python benchmarks/confidence.py --chart` measured last, for the about page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Bin:
    """The verdicts whose confidence lay from `low` up to `high`: how many labelled claims, and what share was right."""

    low: float
    high: float
    cases: int
    right: float


@cache
def reliability() -> tuple[Bin, ...]:
    """The bins of the last measurement, lowest confidence first."""
    found = json.loads(files("checker").joinpath("reliability.json").read_text(encoding="utf-8"))
    return tuple(Bin(each["low"], each["high"], each["cases"], each["right"]) for each in found["bins"])
