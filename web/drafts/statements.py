"""Who says what in a draft: what the extraction found and what a reader corrected, under names that last.

A statement's name is made of its words and of how often they came before. So it stays when the text around it changes, when
another speaker is named, and when the record grows: its address is the same after every check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.claims import claim_of
from checker.query import without_marks
from checker.types import Attribution, Speaker
from corpus.types import Span
from web.drafts.types import Draft, Mark
from web.store.findings import words_of


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a draft: its place among the others, its lasting name, and when the press office was asked about it."""

    number: int
    anchor: str
    attribution: Attribution
    corrected: bool = False
    asked_at: str = ""


def statements(draft: Draft, found: Sequence[Attribution]) -> tuple[Statement, ...]:
    """The statements of a draft, in the order of its text, corrections applied."""
    added = [each for each in (_added(mark, draft.text) for mark in draft.marks if mark.kind == "added") if each]
    kept = [each for each in found if not any(_overlap(each, one) for one in added)]
    ordered = sorted([*kept, *added], key=lambda each: each.content[0])
    removed = {mark.anchor for mark in draft.marks if mark.kind == "removed"}
    asked = {mark.anchor: mark.at for mark in draft.marks if mark.kind == "asked"}
    named = {mark.anchor: mark.speaker for mark in draft.marks if mark.kind == "speaker"}
    names = anchors(claim_of(each, draft.article).quote for each in ordered)
    remaining = [(anchor, each) for anchor, each in zip(names, ordered, strict=True) if anchor not in removed]
    return tuple(
        Statement(
            number, anchor, _said_by(named[anchor], each) if anchor in named else each,
            corrected=anchor in named or each in added, asked_at=asked.get(anchor, ""),
        )
        for number, (anchor, each) in enumerate(remaining, start=1)
    )  # fmt: skip


def anchors(quotes: Iterable[str]) -> Iterator[str]:
    """The lasting names of the quotes of one text, in their order.

    >>> list(anchors(["It rained.", "It RAINED"]))
    ['29d6c7ad', '29d6c7ad-2']
    """
    seen = Counter[str]()
    for quote in quotes:
        name = words_of(quote)[:8]
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _added(mark: Mark, text: str) -> Attribution | None:
    """What a reader selected, where it stands now; None where these words are gone."""
    start = -1
    for _ in range(mark.occurrence):
        start = text.find(mark.words, start + 1)
        if start < 0:
            return None
    span = Span(start, start + len(mark.words))
    speaker = Speaker(mark.speaker) if mark.speaker else None
    return Attribution(
        (span,), (), (), "direct" if mark.direct else "indirect", without_marks(mark.words), speaker
    )  # fmt: skip


def _said_by(name: str, each: Attribution) -> Attribution:
    return replace(each, speaker=Speaker(name) if name else None)


def _overlap(one: Attribution, other: Attribution) -> bool:
    return any(mine.overlaps(theirs) for mine in one.content for theirs in other.content)
