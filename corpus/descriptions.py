"""What is said of a document beside its words, and where two versions differ in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.types import Document

Field = Literal[
    "speakers",
    "turn",
    "turns",
    "turn-kind",
    "date",
    "title",
    "publisher",
    "tier",
    "translation",
    "kind",
    "language",
    "url",
]


@dataclass(frozen=True, slots=True)
class Redescribed:
    """One thing that two versions say otherwise, as text, empty where one of them says nothing.

    `turn` is the label of one turn or more, `turn-kind` what they are; `turns` is into how many the text is divided.
    """

    field: Field
    before: str
    after: str


def redescribed(before: Document, after: Document) -> tuple[Redescribed, ...]:
    """Everything that is said otherwise of a document, what decides most first; turns only where the text is the same.

    >>> from dataclasses import replace
    >>> held = Document("marlo-1", "Office of Marlo", "Address", "We agreed.", (), speakers=("Ada Lorne",))
    >>> redescribed(held, replace(held, speakers=("Bram Ostrey",)))
    (Redescribed(field='speakers', before='Ada Lorne', after='Bram Ostrey'),)
    """
    return tuple(dict.fromkeys(_differing(before, after)))


def _differing(before: Document, after: Document) -> Iterator[Redescribed]:
    if before.speakers != after.speakers:
        yield Redescribed("speakers", ", ".join(before.speakers), ", ".join(after.speakers))
    if before.text == after.text:
        yield from _turns(before, after)
    pairs: tuple[tuple[Field, object, object], ...] = (
        ("date", before.date, after.date), ("title", before.title, after.title),
        ("publisher", before.publisher, after.publisher), ("tier", before.tier, after.tier),
        ("translation", before.translation, after.translation), ("kind", before.kind, after.kind),
        ("language", before.language, after.language), ("url", before.url, after.url),
    )  # fmt: skip
    for field, old, new in pairs:
        if old != new:
            yield Redescribed(field, str(old or ""), str(new or ""))


def _turns(before: Document, after: Document) -> Iterator[Redescribed]:
    if [each.span for each in before.turns] != [each.span for each in after.turns]:
        yield Redescribed("turns", str(len(before.turns)), str(len(after.turns)))
        return
    alone = (", ".join(before.speakers), ", ".join(after.speakers))  # said already
    for old, new in zip(before.turns, after.turns, strict=True):
        if old.speaker != new.speaker and (old.speaker, new.speaker) != alone:
            yield Redescribed("turn", old.speaker, new.speaker)
        if old.kind != new.kind:
            yield Redescribed("turn-kind", old.kind, new.kind)
