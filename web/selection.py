"""Which findings of an article its page shows: all, those that are no plain yes, or those of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from checker import wording
from checker.export.article import State
from checker.tongue import noted, said
from web.progress import Checked

Selection = Literal["all", "problems"] | State
SELECTIONS: tuple[Selection, ...] = ("all", "problems", *wording.TONES, "unchecked")

_UNCHECKED = noted("Not checked")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways to look at an article's findings, and how many there are of that kind so far."""

    selection: Selection
    label: str
    count: int
    chosen: bool


def choices(found: Sequence[Checked], chosen: Selection, *, complete: bool) -> tuple[Choice, ...]:
    """What can be chosen: everything, the problems, and each kind that was found; none where there is one kind only.

    Once all findings are there, everything is chosen instead of a kind that none of them is of.
    """
    counted = Counter[Selection](each.card.tone if each.card else "unchecked" for each in found)
    kinds: list[tuple[Selection, str]] = [(tone, said(words.short)) for tone, words in wording.TONES.items()]
    kinds = [(kind, label) for kind, label in (*kinds, ("unchecked", said(_UNCHECKED))) if counted[kind]]
    if len(kinds) < 2:
        return ()
    counted["all"] = len(found)
    counted["problems"] = len(found) - counted["verified"]
    if complete and not counted[chosen]:
        chosen = "all"
    offered: list[tuple[Selection, str]] = [("all", said("All")), ("problems", said("Problems only")), *kinds]
    return tuple(Choice(kind, label, counted[kind], kind == chosen) for kind, label in offered)
