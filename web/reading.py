"""A stored document as a page: its turns in paragraphs, and the wanted passage marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.types import Document, Span, Turn

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")

_LABELS = {"question": "question", "quoted": "quoted", "readout": "read-out", "letter": "letter"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a paragraph; `first` is where a link to the passage leads."""

    text: str
    marked: bool
    first: bool


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """One turn as it is read: who speaks, what kind of turn it is if that is not plain, and the paragraphs."""

    number: int
    speaker: str
    label: str
    paragraphs: tuple[tuple[Fragment, ...], ...]


def read_turns(document: Document, passage: Span | None) -> tuple[ReadTurn, ...]:
    """All turns of a document, with the passage marked in them."""
    turns = document.turns or (Turn(0, "", "narration", Span(0, len(document.text))),)
    return tuple(
        ReadTurn(
            turn.number,
            turn.speaker or _voice(document),
            _LABELS.get(turn.kind, ""),
            tuple(
                tuple(_fragments(document.text, paragraph, passage)) for paragraph in _paragraphs(document.text, turn)
            ),
        )
        for turn in turns
    )


def _voice(document: Document) -> str:
    """Who speaks where nobody is named: the publisher, unless others are."""
    return "Narration" if any(turn.speaker for turn in document.turns) else document.publisher


def _paragraphs(text: str, turn: Turn) -> Iterator[Span]:
    start = turn.span.start
    for gap in _BLANK_LINE.finditer(text, turn.span.start, turn.span.end):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < turn.span.end:
        yield Span(start, turn.span.end)


def _fragments(text: str, paragraph: Span, passage: Span | None) -> Iterator[Fragment]:
    """The paragraph, cut where the passage begins and ends."""
    if passage is None or not passage.overlaps(paragraph):
        yield Fragment(paragraph.of(text), False, False)
        return
    start, end = max(paragraph.start, passage.start), min(paragraph.end, passage.end)
    yield Fragment(text[paragraph.start : start], False, False)
    yield Fragment(text[start:end], True, paragraph.start <= passage.start)
    yield Fragment(text[end : paragraph.end], False, False)
