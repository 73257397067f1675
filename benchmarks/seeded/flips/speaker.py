"""The right words in another mouth."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from benchmarks.seeded.documents import Document
from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.occurrences import Occurrence
from benchmarks.seeded.people import claimable, is_somebody_else


def persons_of(documents: Iterable[Document]) -> list[str]:
    """Everybody who can be quoted from these documents."""
    return sorted(
        {person for document in documents for turn in document.statements if (person := claimable(turn.speaker))}
    )


def misattributed(draft: Draft, said: Iterable[Occurrence], persons: list[str], rng: random.Random) -> Iterator[Draft]:
    """The quote claimed for somebody who certainly never says it; if possible for one who speaks in the same document."""
    labels = sorted({label for occurrence in said for label in occurrence.labels if label})
    if not labels or any(claimable(label) is None for label in labels):
        return
    here = [person for turn in draft.spot.document.turns if (person := claimable(turn.speaker))]
    for pool in (sorted(set(here)), rng.sample(persons, min(len(persons), 40))):
        others = [person for person in pool if is_somebody_else(person, [*labels, draft.spot.speaker])]
        if others:
            new = rng.choice(others)
            yield replace(draft, kind="speaker", form=draft.kind, truth="flip", expect="not-verified", speaker=new,
                          change=f"{draft.spot.speaker} → {new}")  # fmt: skip
            return
