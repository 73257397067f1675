"""The right words, claimed for another voice, day or document."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.people import claimable
from benchmarks.seeded.sentences import Spot, reporter_spots

FEWEST_YEARS = 3
MOST_YEARS = 12


def other_date(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """The same words, years before or after."""
    date = spot.document.date
    if date:
        year = int(date[:4]) + rng.choice((-1, 1)) * rng.randint(FEWEST_YEARS, MOST_YEARS)
        yield Draft("claim", "date", spot.text, spot, (spot.text,), truth="flip", expect="not-verified", alone=True,
                    date=f"{year}{date[4:].replace('-02-29', '-02-28')}", change=f"{date} → {year}")  # fmt: skip


def reporters_words(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """A reporter's words in the mouth of the one who was asked."""
    asked = list(reporter_spots(spot.document, rng))
    if asked and claimable(spot.label):
        other = rng.choice(asked)
        yield Draft("speaker", "reporter", other.text, other, (other.text,), truth="flip", expect="not-verified",
                    alone=True, speaker=spot.speaker, change=f"{other.label} → {spot.speaker}")  # fmt: skip
