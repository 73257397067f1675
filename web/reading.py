"""A stored document as a page: its turns in paragraphs, and the wanted passage marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.tongue import noted, said
from corpus.types import Document, Span, Turn

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")

_LABELS = {
    "question": noted("question"),
    "quoted": noted("quoted"),
    "readout": noted("read-out"),
    "letter": noted("letter"),
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a paragraph; `first` is where a link to the passage leads."""

    text: str
    marked: bool
    first: bool
    found: bool = False
    """One of the words that were looked for."""


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """One turn as it is read: who speaks, what kind of turn it is if that is not plain, and the paragraphs."""

    number: int
    speaker: str
    label: str
    paragraphs: tuple[tuple[Fragment, ...], ...]


def read_turns(document: Document, passage: Span | None, *, found: Sequence[Span] = ()) -> tuple[ReadTurn, ...]:
    """All turns of a document, with the passage marked in them, and the words that were looked for."""
    turns = document.turns or (Turn(0, "", "narration", Span(0, len(document.text))),)
    return tuple(
        ReadTurn(
            turn.number,
            turn.speaker or _voice(document),
            said(label) if (label := _LABELS.get(turn.kind)) else "",
            tuple(
                tuple(_fragments(document.text, paragraph, passage, found))
                for paragraph in _paragraphs(document.text, turn)
            ),
        )
        for turn in turns
    )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph around a passage; the speaker is named where another one begins."""

    speaker: str
    pieces: tuple[Fragment, ...]


def around(document: Document, passage: Span, *, paragraphs: int = 2) -> tuple[Paragraph, ...]:
    """The paragraphs of a passage with so many before and after it, whoever speaks there."""
    every = [
        Paragraph(turn.speaker if number == 0 else "", pieces)
        for turn in read_turns(document, passage)
        for number, pieces in enumerate(turn.paragraphs)
    ]
    inside = [number for number, each in enumerate(every) if any(piece.marked for piece in each.pieces)]
    if not inside:
        return ()
    return tuple(every[max(0, inside[0] - paragraphs) : inside[-1] + paragraphs + 1])


def _voice(document: Document) -> str:
    """Who speaks where nobody is named: the publisher, unless others are."""
    return said(noted("Narration")) if any(turn.speaker for turn in document.turns) else document.publisher


def _paragraphs(text: str, turn: Turn) -> Iterator[Span]:
    start = turn.span.start
    for gap in _BLANK_LINE.finditer(text, turn.span.start, turn.span.end):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < turn.span.end:
        yield Span(start, turn.span.end)


def _fragments(text: str, paragraph: Span, passage: Span | None, found: Sequence[Span]) -> Iterator[Fragment]:
    """The paragraph, cut where the passage begins and ends and around the words that were looked for."""
    passage = passage if passage is not None and passage.overlaps(paragraph) else None
    inside = [each for each in found if each.overlaps(paragraph)]
    spans = [*inside, *([passage] if passage else [])]
    borders = {
        border for span in spans for border in (span.start, span.end) if paragraph.start < border < paragraph.end
    }
    opened = False
    for start, end in pairwise(sorted({paragraph.start, paragraph.end, *borders})):
        marked = passage is not None and passage.start <= start < passage.end
        first = marked and not opened and passage is not None and paragraph.start <= passage.start
        opened = opened or marked
        yield Fragment(text[start:end], marked, first, any(each.start <= start < each.end for each in inside))
