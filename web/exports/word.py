"""A Word document of a text with remarks in its margin."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment in the margin."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text; pieces with the same `mark` are one statement, which the remarks of that mark are about."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its headline, lines of facts under it, and the remarks by mark."""

    title: str
    facts: Sequence[str]
    text: Sequence[Stretch]
    remarks: Sequence[tuple[str, Remark]]


def word_document(parts: Iterable[Annotated]) -> bytes:
    """All parts in one file, each with its headline; remarks about what the text does not hold stand under it."""
    document = docx.Document()
    for part in parts:
        document.add_heading(_plain(part.title), level=1)
        for fact in part.facts:
            document.add_paragraph(_plain(fact))
        marked = _text(document, part.text)
        for mark, remark in part.remarks:
            _remark(document, marked.get(mark, []) if mark else [], remark)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _text(document: Document, stretches: Sequence[Stretch]) -> dict[str, list[Run]]:
    """Write the paragraphs; gives the runs of each mark."""
    runs: dict[str, list[Run]] = {}
    paragraph = document.add_paragraph()
    for stretch in stretches:
        for number, line in enumerate(_plain(stretch.text).split("\n")):
            if number:
                paragraph = document.add_paragraph()
            if line:
                run = _run(paragraph, line, marked=bool(stretch.mark))
                runs.setdefault(stretch.mark, []).append(run)
    return runs


def _run(paragraph: Paragraph, line: str, *, marked: bool) -> Run:
    run = paragraph.add_run(line)
    run.underline = True if marked else None
    return run


def _remark(document: Document, runs: Sequence[Run], remark: Remark) -> None:
    author, text = _plain(remark.author), _plain(remark.text)
    if not runs:
        document.add_paragraph(f"{author}: {text}")
        return
    initials = "".join(word[0] for word in author.split())[:3]
    document.add_comment([runs[0], runs[-1]], text=text, author=author, initials=initials)


def _plain(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
