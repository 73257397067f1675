"""The head of a page whose parts no recipe tells apart: its headline and its day are no words of anybody's."""

from __future__ import annotations

from dataclasses import replace

from corpus.read.dates import date_in
from corpus.read.turns import Said, lay_out
from corpus.types import Document, PartialDate

_MOST = 4
"""Paragraphs that are looked at: a heading, a headline, a subtitle, and a day with a place."""


def without_head(document: Document, *, titles: tuple[str, ...]) -> Document:
    """The document without the paragraphs at its beginning that are one of its titles, or its day with little more.

    A lead that is neither ends the head. Where nothing else is there, all of it stays.
    """
    if not document.turns:
        return document
    first, *others = (Said(each.speaker, each.span.of(document.text), each.kind) for each in document.turns)
    paragraphs = first.text.split("\n\n")
    known = {_folded(each) for each in (*titles, document.title) if each}
    head = 0
    while head < min(_MOST, len(paragraphs)) and _is_head(paragraphs[head], known, document.date):
        head += 1
    text, turns = lay_out([replace(first, text="\n\n".join(paragraphs[head:])), *others])
    return replace(document, text=text, turns=turns) if head and text else document


def _is_head(paragraph: str, titles: set[str], day: PartialDate | None) -> bool:
    if _folded(paragraph) in titles:
        return True
    return day is not None and paragraph.rstrip()[-1:] not in _ENDS and date_in("", paragraph) == day


_ENDS = tuple('.!?…:;”"')
"""What sentences end with, and lines that are only a day and a place do not."""


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
