"""Where quotation marks open and close: one pass over the marks, never over the words between them.

A paragraph is a line, as in the evaluation data. A double mark that is left open runs to its paragraph's
end (the convention for a quotation that goes on in the next one), and into the next paragraph where that
closes a mark which it did not open; a single mark that is left open was an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.types import Span

MARKS = "“”„‟\"＂«»‹›「」『』‘’‚'`"
_MARK = re.compile(rf"(?m:^)([{MARKS}\s]*(?:\n|\Z))|[{MARKS}]{{8,}}|'(?=''(?!\w))|``|''|[{MARKS[:-1]}\n]")
"""Lines of nothing but marks quote nothing; eight marks in a row are a drawn line and mean nothing."""
_FAMILY = {
    "“": "double", "”": "double", "„": "double", "‟": "double", '"': "double", "＂": "double",
    "``": "tex", "''": "tex", "«": "guillemet", "»": "guillemet", "‹": "angle", "›": "angle",
    "「": "corner", "」": "corner", "『": "white", "』": "white", "‘": "single", "’": "single", "‚": "single",
    "'": "single",
}  # fmt: skip
_OPENERS = frozenset(["``", "‹", "「", "『"])
_NESTING = frozenset(["guillemet", "corner"])
_DEPTH = 8
"""Deeper nesting than this is not writing; the limit keeps the work linear."""
_CREDIT = 10
"""A line of so few words that ends with the mark which the line before opened may be the quotation's author."""
# What may stand right before an opening mark.
_BEFORE_OPENING = frozenset(" \t\u00a0\u2009\u202f([{—–-/…:“\"„«‘'")
_CLIPPED = re.compile(r"\d0s\b|\d\d\b|(?:em|n|til|cause|tis|twas|round|bout|nuff|cuz|ere)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks: with the marks, without them, how deep inside others, and whether it closes."""

    outer: Span
    inner: Span
    depth: int
    closed: bool


class _Mark(NamedTuple):
    """A mark and what its neighbours allow it to be; a tuple, because a text may hold a million of them."""

    text: str
    family: str
    start: int
    end: int
    before: str
    after: str
    opening: bool
    closing: bool


def quotations(text: str) -> tuple[Quoted, ...]:
    """All stretches in quotation marks, outer ones before the ones inside them.

    >>> [quoted.inner.of("He said: “Not ‘now’.”") for quoted in quotations("He said: “Not ‘now’.”")]
    ['Not ‘now’.', 'now']
    """
    found: list[Quoted] = []
    line: list[_Mark] = []
    start = 0
    open_before = ""
    for match in _MARK.finditer(text):
        if match.lastindex:
            start = match.end()
        elif match.end() - match.start() > 2:
            continue
        elif match.group() == "\n":
            one = Span(start, match.start())
            if line or one.of(text).strip():
                found += _carried(line, one, open_before, text)
                open_before = _left_open(line, found, one)
            line, start = [], match.end()
        else:
            line.append(_mark(match, text))
    found += _carried(line, Span(start, len(text)), open_before, text)
    return tuple(found)


def _carried(marks: Sequence[_Mark], line: Span, open_before: str, text: str) -> list[Quoted]:
    """The quotations of a paragraph, with the one that the paragraph before left open and this one closes."""
    first = next((mark for mark in marks if mark.family == open_before), None) if open_before else None
    if first is None or first.opening or not first.closing or first.text in _OPENERS:
        return _in_line(marks, line, text)
    start = line.start + len(line.of(text)) - len(line.of(text).lstrip())
    rest = [mark for mark in marks if mark.start > first.start]
    credit = not text[first.end : line.end].strip() and len(text[start : first.start].split()) <= _CREDIT
    if credit:  # a quotation pulled out of the text, with its author in the same marks
        return _in_line(rest, line, text)
    return [Quoted(Span(start, first.end), Span(start, first.start), 0, True), *_in_line(rest, line, text)]


def _left_open(marks: Sequence[_Mark], found: Sequence[Quoted], line: Span) -> str:
    """The family of the marks that a paragraph leaves open at its end; empty when it leaves none."""
    last = next((one for one in reversed(found) if not one.depth), None) if marks else None
    if last is None or last.closed or last.outer.start < line.start:
        return ""
    return next((mark.family for mark in marks if mark.start == last.outer.start), "")


def _mark(match: re.Match[str], text: str) -> _Mark:
    start, end = match.span()
    mark = match.group()
    before, after = text[start - 1 : start], text[end : end + 1]
    before = "" if before == "\n" else before
    after = "" if after == "\n" else after
    opening = (not before or before in _BEFORE_OPENING) and bool(after) and not after.isspace()
    closing = bool(before) and not before.isspace() and not after.isalnum()
    return _Mark(mark, _FAMILY[mark], start, end, before, after, opening, closing)


def _in_line(marks: Sequence[_Mark], line: Span, text: str) -> list[Quoted]:
    """The quotations of one paragraph."""
    if not marks:
        return []
    closes_later = _single_closes_later(marks)
    found: list[Quoted] = []
    opened: list[_Mark] = []
    last_close: dict[str, int] = {}
    for mark, later in zip(marks, closes_later, strict=True):
        family = mark.family
        at = _level(opened, family) if opened else None
        if _opens(mark, at is not None, later, text):
            if at is not None and family not in _NESTING:
                found += _close(opened, at, Span(mark.start, mark.start), closed=False)
            if len(opened) < _DEPTH:
                opened.append(mark)
        elif at is not None and _closes(mark, opened[at], later):
            found += _close(opened, at, Span(mark.start, mark.end), closed=True)
            last_close[family] = mark.end
    while opened:
        # «ООО «Ромашка»: one mark often closes both.
        shared = last_close.get("guillemet", 0) if opened[0].family == "guillemet" else 0
        end = shared if shared > opened[0].end else line.end
        found += _close(opened, 0, Span(end, end), closed=False)
    return sorted(found, key=_outer_first) if len(found) > 1 else found


def _outer_first(quoted: Quoted) -> tuple[int, int]:
    return quoted.outer.start, -quoted.outer.end


def _level(opened: Sequence[_Mark], family: str) -> int | None:
    """How deep the innermost open quotation of that family lies."""
    for level in range(len(opened) - 1, -1, -1):
        if opened[level].family == family:
            return level
    return None


def _close(opened: list[_Mark], at: int, close: Span, *, closed: bool) -> list[Quoted]:
    """End the quotation opened at that level; what was opened inside it and never closed is dropped."""
    mark = opened[at]
    del opened[at:]
    if mark.family == "single" and not closed:
        return []
    return [Quoted(Span(mark.start, close.end), Span(mark.end, max(mark.end, close.start)), at, closed)]


def _single_closes_later(marks: Sequence[_Mark]) -> list[bool]:
    """For every mark, whether a single mark that can close stands later, before the next one that opens."""
    answers: list[bool] = []
    later = False
    for mark in reversed(marks):
        answers.append(later)
        if mark.family == "single":
            if mark.closing and mark.text != "‘":
                later = True
            elif mark.opening:
                later = False
    return answers[::-1]


def _opens(mark: _Mark, is_open: bool, closes_later: bool, text: str) -> bool:
    if mark.text in _OPENERS or mark.text == "„":
        return True
    if mark.text == "''":
        return not is_open and mark.opening
    if mark.text == "«":
        return mark.opening or not is_open
    if mark.text == "»":
        return not is_open and mark.opening
    if mark.text in "“‟":
        return not (is_open and mark.closing)  # „German“
    if mark.text == "”":
        return not is_open and mark.opening
    if mark.text in '"＂':
        return _straight_opens(mark, is_open)
    if mark.family == "single":
        return not is_open and _single_opens(mark, closes_later, text)
    return False


def _straight_opens(mark: _Mark, is_open: bool) -> bool:
    if not is_open:
        return not mark.before.isalnum() and not mark.after.isspace()
    return mark.opening and mark.before.isspace() and not mark.closing


def _single_opens(mark: _Mark, closes_later: bool, text: str) -> bool:
    if mark.before.isalnum() or not mark.opening or not closes_later:
        return False
    if mark.text == "’":
        return False
    return _CLIPPED.match(text, mark.end, mark.end + 8) is None


def _closes(mark: _Mark, opener: _Mark, later: bool) -> bool:
    if mark.family == "single":
        if mark.text == "‘" and opener.text != "‚":
            return False
        # A plural possessive (‘the workers’ rights’) leaves the closing for a later mark.
        possessive = mark.before in "sS" and mark.after.isspace() and later
        return mark.closing and not possessive
    return mark.text not in _OPENERS
