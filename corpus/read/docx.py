"""Word documents (.docx): their paragraphs in order, by python-docx; the one home of that library.

A .docx file is a zip of XML, so it can be small on disk and huge in memory, or have a parser fetch other files. The zip
is looked at before anything in it is parsed.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from corpus.errors import RecordError
from corpus.read.records import Defaults
from corpus.read.text import page
from corpus.read.transcript import Paragraph
from corpus.types import Document

MOST_PARTS = 2_000
LARGEST_PART = 20_000_000
LARGEST_TOTAL = 60_000_000
MOST_TIMES_PACKED = 100
"""Bounds of a document that people write: real ones have some dozen parts and pack about one to ten."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)
"""What unpacking a part says whose bytes were changed or cut off, by the way it is packed."""

_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = frozenset([_WORD + "del", _WORD + "moveFrom", _COMPATIBILITY + "Fallback"])
"""What a reader does not see: deleted and moved-away text, and the copy that old programs read instead."""
_BREAKS = {
    _WORD + "tab": " ", _WORD + "br": "\n", _WORD + "cr": "\n", _WORD + "noBreakHyphen": "\u2011",
    _WORD + "softHyphen": "\u00ad",
}  # fmt: skip


def read_docx(raw: bytes, *, name: str, defaults: Defaults) -> Document:
    """A Word document's text as one document; raises RecordError that names the file for what is none."""
    # Imported here because only these files need it.
    from docx import Document as open_docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _check(raw, name)
    try:
        opened = open_docx(io.BytesIO(raw))
        paragraphs = list(_paragraphs(opened.element.body))
        title = (opened.core_properties.title or "").strip()
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, *_DAMAGED) as error:
        # python-docx has no error of its own for parts that are missing or not what they should be.
        raise RecordError("this is not a Word document (.docx)", path=name) from error
    text = "\n\n".join(each.text for each in paragraphs)
    first = paragraphs[0].text if paragraphs else ""
    shown = title or (first if first and len(first) <= _LONGEST_TITLE else name)
    return page(text, name=name, title=shown, defaults=defaults, paragraphs=paragraphs)


_LONGEST_TITLE = 160


def _check(raw: bytes, name: str) -> None:
    """Refuse what is no zip, or one that no word processor writes."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise RecordError(f"it holds over {MOST_PARTS:,} parts, which no Word document does", path=name)
            if sum(part.file_size for part in parts) > LARGEST_TOTAL:
                raise RecordError(f"unpacked it has over {LARGEST_TOTAL // 1_000_000} MB", path=name)
            for part in parts:
                _check_part(packed, part, name)
    except (NotImplementedError, RuntimeError, OSError, ValueError, *_DAMAGED) as error:
        # RuntimeError is what zipfile says of an encrypted part, NotImplementedError of an unknown packing.
        raise RecordError("this is not a Word document (.docx), or it is protected by a password", path=name) from error


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    if part.file_size > LARGEST_PART:
        raise RecordError(f"its part {part.filename} has over {LARGEST_PART // 1_000_000} MB", path=name)
    if part.file_size > MOST_TIMES_PACKED * max(1, part.compress_size):
        raise RecordError(f"its part {part.filename} is packed over {MOST_TIMES_PACKED} times", path=name)
    if part.filename.lower().endswith((".xml", ".rels")):
        content = packed.read(part)
        if any(doctype in content for doctype in _DOCTYPES):
            raise RecordError(f"its part {part.filename} declares a document type, which Word never writes", path=name)


def _paragraphs(body: Any) -> Iterator[Paragraph]:
    """Every paragraph that a reader sees, those of tables, content controls and text boxes too, in order."""
    for paragraph in body.iter(_WORD + "p"):
        if any(above.tag in _UNSEEN for above in paragraph.iterancestors()):
            continue
        text = "".join(_pieces(paragraph)).strip()
        if text:
            yield Paragraph(text, min(len(text), _bold(paragraph)))


def _bold(paragraph: Any) -> int:
    """How many letters at the beginning stand in bold runs."""
    length = 0
    for run in paragraph.iter(_WORD + "r"):
        words = "".join(_pieces(run)) if not _hidden(run) else ""
        if words.strip() and not _marked(run, "b"):
            break
        length += len(words if length else words.lstrip())
    return length


def _pieces(element: Any) -> Iterator[str]:
    """The words below an element, without those of paragraphs inside it (a text box hangs in a paragraph)."""
    for child in element:
        if child.tag == _WORD + "t":
            yield child.text or ""
        elif child.tag in _BREAKS and child.get(_WORD + "type") != "page":
            yield _BREAKS[child.tag]
        elif child.tag == _WORD + "p" or child.tag in _UNSEEN or _hidden(child):
            continue
        else:
            yield from _pieces(child)


def _hidden(element: Any) -> bool:
    """True for a run that Word does not show."""
    if element.tag != _WORD + "r":
        return False
    return _marked(element, "vanish")


def _marked(run: Any, property: str) -> bool:
    """True for a run that has a property, and does not say that it has it not."""
    mark = run.find(f"{_WORD}rPr/{_WORD}{property}")
    return mark is not None and mark.get(_WORD + "val") not in ("0", "false", "off")
