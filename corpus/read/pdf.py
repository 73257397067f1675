"""PDF files that hold text: pages joined to paragraphs, by pypdfium2; the one home of that library.

A PDF knows letters and places, and nothing of words, lines or paragraphs. PDFium gives lines; which of them make a
paragraph is told from their places, what repeats at the pages' edges is left out, and words broken at a line's end are
put together where the document itself shows how they are written.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

from corpus.errors import RecordError
from corpus.read.columns import Line, in_columns
from corpus.read.records import Defaults
from corpus.read.text import page
from corpus.types import Document

MOST_PAGES = 2_000
_PDFIUM = threading.Lock()
"""PDFium is not safe for threads, and the web server has several."""

_LONGEST_TITLE = 160
_BROKEN = "\ufffe"
"""PDFium's sign for a hyphen at a line's end; it puts the two lines together."""
_NO_TITLE = re.compile(r"^\(?(?:untitled|anonymous)|^Microsoft |\.(?:docx?|odt|indd|pptx?|html?|tex)$", re.IGNORECASE)
"""What programs write where nobody gave a title."""
_WORD_BROKEN = re.compile(rf"([^\W\d_]+)[{_BROKEN}\x02]([^\W\d_]+)")
_MAKES_ANOTHER_WORD = frozenset("re co pre un de non anti semi over under out self ex post mid".split())
"""Prefixes that a hyphen keeps apart: to re-sign is not to resign."""
_ENDS = (".", "!", "?", "…", ":", ".”", "!”", "?”", '."', '!"', '?"', ".’", ".»", ".)")
_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|стр\.?|p\.)\s*)?\d{1,4}(?:\s*(?:of|/|из|von)\s*\d{1,4})?\W*", re.IGNORECASE)
_EDGE = 3
"""Lines looked at from a page's upper and lower edge for what repeats."""
_SAME_HEIGHT = 3.0
_WIDE_GAP = 1.35
_WIDE_SPACE = 0.9
"""More white than this share of the letters' height inside a line is no space between words, even in justified text."""
_INDENT = 5.0
_SHORT_LINE = 0.85
_OTHER_SIZE = 0.12
"""How a paragraph shows: more space than between lines, an indented first line (in points), a last line that is
shorter than this share of the widest, letters of another size. Set by looking at read-outs and statements as browsers,
LaTeX and word processors print them; tests/corpus/read/test_pdf.py holds each."""


def read_pdf(raw: bytes, *, name: str, defaults: Defaults) -> Document:
    """A PDF's text as one document; raises RecordError that names the file when there is none to read."""
    with _PDFIUM:
        pages, title = _read(raw, name)
    if not any(pages):
        raise RecordError("this PDF has no text layer (a scan?); run text recognition (OCR) over it first", path=name)
    stacks = [stack for one in _without_furniture(pages) for stack in in_columns(one)]
    paragraphs = _hyphens(list(_paragraphs(stacks)))
    shown = title or (paragraphs[0] if paragraphs and len(paragraphs[0]) <= _LONGEST_TITLE else name)
    return page("\n\n".join(paragraphs), name=name, title=shown, defaults=defaults)


def _read(raw: bytes, name: str) -> tuple[list[list[Line]], str]:
    """The lines of every page, and the title that the file gives itself."""
    # Imported here because it loads a library of some megabytes that only these files need.
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        opened = PdfDocument(raw)
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        says = "this PDF is protected by a password" if locked else "this is not a PDF file, or it is damaged"
        raise RecordError(says, path=name) from error
    try:
        if len(opened) > MOST_PAGES:
            raise RecordError(f"it has over {MOST_PAGES:,} pages", path=name)
        pages = [_lines(opened[number].get_textpage()) for number in range(len(opened))]
        title = opened.get_metadata_value("Title").strip()
        return pages, "" if _NO_TITLE.search(title) else title
    except PdfiumError as error:
        raise RecordError(f"this PDF is damaged ({error})", path=name) from error
    finally:
        opened.close()


def _lines(letters: Any) -> list[Line]:
    """The lines of a page as PDFium reads them: what stands at one height is one line, with its parts."""
    text = letters.get_text_range()
    found: list[Line] = []
    at = 0
    for piece in text.split("\n"):
        words = piece.strip()
        if words:
            first = at + len(piece) - len(piece.lstrip())
            line = _line(letters, words, first, first + len(words) - 1)
            found.append(replace(line, parts=_parts(letters, line, first)))
        at += len(piece) + 1
    return found


def _parts(letters: Any, line: Line, first: int) -> tuple[Line, ...]:
    """The stretches of a line that wide white parts; none where there is no such white."""
    breaks = [0]
    for space in re.finditer(rf"\s+|{_BROKEN}(?!$)", line.text):
        if space.group() == _BROKEN:
            breaks.append(space.end())  # PDFium put the next line behind a hyphen
            continue
        before, after = (letters.get_charbox(first + at, loose=True) for at in (space.start() - 1, space.end()))
        if after[0] - before[2] > _WIDE_SPACE * line.height:
            breaks.append(space.end())
    if len(breaks) == 1:
        return ()
    stretches = pairwise([*breaks, len(line.text)])
    texts = ((start, line.text[start:end].rstrip()) for start, end in stretches)
    return tuple(_line(letters, text, first + start, first + start + len(text) - 1) for start, text in texts)


def _line(letters: Any, words: str, first: int, last: int) -> Line:
    last -= words.endswith(_BROKEN) and last > first
    count = letters.count_chars()
    boxes = [letters.get_charbox(min(place, count - 1), loose=True) for place in (first, last)]
    (left, lower, _, upper), (_, bottom, right, top) = boxes
    return Line(words, left, right, upper, bottom, max(upper - lower, top - bottom))


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without running heads, running feet and page numbers.

    A line at a page's edge is one of them when it stands, but for its numbers, at the same height of a page nearby:
    left and right pages may differ, and chapters do.
    """
    edges = [[{_key(line): line.top for line in part} for part in (one[:_EDGE], one[-_EDGE:])] for one in pages]

    def furniture(line: Line, number: int, edge: int) -> bool:
        nearby = (edges[other][edge] for other in _nearby(number, len(pages)))
        heights = (there[_key(line)] for there in nearby if _key(line) in there)
        return bool(_PAGE_NUMBER.fullmatch(line.text)) or any(abs(top - line.top) < _SAME_HEIGHT for top in heights)

    kept: list[list[Line]] = []
    for number, one in enumerate(pages):
        lines = list(one)
        for edge, place in ((0, 0), (1, -1)):
            for _ in range(_EDGE):
                if lines and furniture(lines[place], number, edge):
                    lines.pop(place)
        kept.append(lines)
    return kept


def _nearby(number: int, total: int) -> Iterator[int]:
    return (other for other in range(max(0, number - 2), min(total, number + 3)) if other != number)


def _key(line: Line) -> str:
    """A line as it repeats from page to page, whatever its number."""
    return re.sub(r"\d+", "#", " ".join(line.text.casefold().split()))


def _paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The paragraphs; one that goes on behind a page's end is one."""
    lines = [line for one in pages for line in one]
    if not lines:
        return
    gaps = [before.bottom - after.top for one in pages for before, after in pairwise(one)]
    steps = [gap for gap in gaps if gap > -_INDENT]
    usual = median(steps) if steps else 0.0
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    width = max(line.right for line in lines) - left
    held: list[str] = []
    before: Line | None = None
    for one in pages:
        for number, line in enumerate(one):
            if before is not None and _begins(before, line, new_page=not number, usual=usual, left=left, width=width):
                yield _put_together(held)
                held = []
            held.append(" ".join(line.text.split()))
            before = line
    yield _put_together(held)


def _put_together(lines: Sequence[str]) -> str:
    """The lines of a paragraph as one; where a hyphen ends one that PDFium left, its own sign for that."""
    marked = (re.sub(r"(?<=\w)[-\u00ad\u2010]$", _BROKEN, line) for line in lines)
    return " ".join(marked).replace(_BROKEN + " ", _BROKEN).rstrip(_BROKEN)


def _begins(before: Line, line: Line, *, new_page: bool, usual: float, left: float, width: float) -> bool:
    """True when a line begins a paragraph."""
    if line.crosses != before.crosses:
        return True
    ended = before.text.endswith(_ENDS)
    if abs(line.height - before.height) > _OTHER_SIZE * max(line.height, before.height):
        return True
    if new_page:
        return ended and not line.text[:1].islower()
    if line.text[0] in "•◦▪‣":
        return True
    gap = before.bottom - line.top
    if gap - usual > (_WIDE_GAP - 1) * before.height:
        return True
    indented = line.left - left > _INDENT
    if indented and before.left - left < _INDENT:
        return ended or not line.text[:1].islower()
    return ended and before.right - left < _SHORT_LINE * width


def _hyphens(paragraphs: Sequence[str]) -> list[str]:
    """Put broken words together as the document writes them elsewhere; without the hyphen where it does not say."""
    written = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", "\n".join(paragraphs).casefold()))

    def joined(found: re.Match[str]) -> str:
        left, right = found.group(1), found.group(2)
        whole, apart = (left + right).casefold(), f"{left}-{right}".casefold()
        keeps = apart in written or right[:1].isupper() or left.casefold() in _MAKES_ANOTHER_WORD
        return f"{left}-{right}" if keeps and whole not in written else left + right

    return [_WORD_BROKEN.sub(joined, paragraph).replace(_BROKEN, "-").replace("\x02", "-") for paragraph in paragraphs]
