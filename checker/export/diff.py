"""The quote over the source, piece by piece: what both have, what differs, and what a reader cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from checker.types import Alignment, Edit, Evidence
from checker.wording import ColumnKind
from corpus.text import hidden_characters
from corpus.types import Span

_WORD = re.compile(r"\w")
_PLAIN_WORD = re.compile(r"\S+")
_OMISSION = re.compile(r"…|\.\s?\.\s?\.")
_BRACKETED = re.compile(r"(?<!\w)\[[^\[\]]*\w[^\[\]]*\](?!\w)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_SHOWN = 90
"""How much of a long omission is shown at either end, in characters: about a line."""

_ABBREVIATIONS = {
    "\u00ad": "SHY", "\u034f": "CGJ", "\u061c": "ALM", "\u180e": "MVS", "\u200b": "ZWSP", "\u200c": "ZWNJ",
    "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF",
    "\u202d": "LRO", "\u202e": "RLO", "\u2060": "WJ", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI",
    "\u2069": "PDI", "\ufeff": "BOM", "\x00": "NUL", "\x1b": "ESC", "\x07": "BEL", "\x08": "BS", "\r": "CR",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one line; `other` is what the other line has in its place, so that both keep the same width."""

    text: str
    kind: ColumnKind | None
    allowed: bool
    other: str


@dataclass(frozen=True, slots=True)
class Column:
    """The quote's words over the source's; no kind means that both have the same words."""

    quoted: str
    source: str
    kind: ColumnKind | None = None
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """Text as a reader sees it, or a character that no reader sees, by its abbreviation."""

    text: str
    hidden: bool


def columns(quote: str, evidence: Evidence) -> tuple[Column, ...]:
    """Lay a quote over its place in the record, difference by difference.

    The quoted sides put together are the quote, whatever the alignments say.
    """
    return tuple(column for column in _columns(quote, evidence) if column.quoted or column.source)


def quoted_line(pieces: Sequence[Column]) -> tuple[Segment, ...]:
    """The upper line."""
    return tuple(Segment(piece.quoted, piece.kind, piece.allowed, piece.source) for piece in pieces)


def source_line(pieces: Sequence[Column]) -> tuple[Segment, ...]:
    """The lower line."""
    return tuple(Segment(piece.source, piece.kind, piece.allowed, piece.quoted) for piece in pieces)


def runs(text: str) -> tuple[Run, ...]:
    """Split a text so that hidden characters can be shown.

    >>> [run.text for run in runs("now\\u200bhere")]
    ['now', 'ZWSP', 'here']
    """
    hidden = {at for at, _ in hidden_characters(text)} | {match.start() for match in _CONTROL.finditer(text)}
    found: list[Run] = []
    done = 0
    for at in sorted(hidden):
        if at > done:
            found.append(Run(text[done:at], False))
        found.append(Run(_abbreviation(text[at]), True))
        done = at + 1
    return (*found, Run(text[done:], False)) if done < len(text) else tuple(found)


def visible(text: str) -> str:
    """A text on one line with its hidden characters spelled out, safe for a terminal.

    >>> visible("now\\u200bhere")
    'now⟦ZWSP⟧here'
    """
    return re.sub(r"\s+", " ", "".join(f"⟦{run.text}⟧" if run.hidden else run.text for run in runs(text)))


def shortened(text: str) -> str:
    """Both ends of a long stretch, and how many words stand between them."""
    if len(text) <= 2 * _SHOWN:
        return text
    head, tail = text[:_SHOWN].rsplit(None, 1)[0], text[-_SHOWN:].split(None, 1)[-1]
    between = len(text[len(head) : len(text) - len(tail)].split())
    return f"{head} ⟨{between} words⟩ {tail}"


def _abbreviation(character: str) -> str:
    return _ABBREVIATIONS.get(character, f"U+{ord(character):04X}")


def _columns(quote: str, evidence: Evidence) -> Iterator[Column]:
    text = evidence.document.text
    brackets_fair = "bracket-abuse" not in evidence.objections
    before: Alignment | None = None
    done = 0
    for alignment in sorted(evidence.alignments, key=lambda found: found.quote):
        yield from _seam(quote[done : alignment.quote.start], text, before, alignment, evidence)
        for column in _aligned(quote, text, alignment):
            yield from _brackets(column, fair=brackets_fair) if column.kind is None else (column,)
        before, done = alignment, max(done, alignment.quote.end)
    yield from _seam(quote[done:], text, before, None, evidence)


def _seam(
    between: str, text: str, before: Alignment | None, after: Alignment | None, evidence: Evidence
) -> Iterator[Column]:
    """What stands at the edges of a quote, and between two of its parts."""
    fair = "ellipsis-abuse" not in evidence.objections
    left_out = _left_out(text, before, after)
    if before is None or after is None:
        words = bool(_WORD.search(between))
        yield Column(between, "", "unmatched" if words else None, allowed=not words)
    elif _OMISSION.search(between):
        yield Column(between, left_out, "omission", allowed=fair)
    elif _WORD.search(left_out) or _WORD.search(between):
        yield Column(between, left_out, "joined", allowed=False)
    else:
        yield Column(between, left_out)


def _left_out(text: str, before: Alignment | None, after: Alignment | None) -> str:
    """The source between two parts, or a mark where the parts stand in another order."""
    if before is None or after is None:
        return ""
    if before.source.end > after.source.start:
        return " ⟨earlier in the source⟩ "
    return shortened(text[before.source.end : after.source.start])


def _aligned(quote: str, text: str, alignment: Alignment) -> Iterator[Column]:
    """Equal words and edits of one part, in the order of the quote."""
    moved = [edit.source for edit in alignment.edits if edit.kind == "order"]
    here, there = alignment.quote.start, alignment.source.start
    for edits in _grouped(alignment.edits):
        ours, theirs = _hull([edit.quote for edit in edits]), _hull([edit.source for edit in edits])
        if edits[0].kind == "order":  # its words stand elsewhere in the source and are shown there
            place = _place(text, there, len(quote[here : ours.start].split()), moved)
            theirs = Span(place, place)
        yield from _equal(quote[here : ours.start], text, Span(there, max(there, theirs.start)), moved)
        worst = next((edit for edit in edits if not edit.allowed), edits[0])
        yield Column(quote[max(here, ours.start) : ours.end], theirs.of(text), worst.kind, worst.allowed)
        here, there = max(here, ours.end), max(there, theirs.end)
    yield from _equal(quote[here : alignment.quote.end], text, Span(there, max(there, alignment.source.end)), moved)


def _place(text: str, start: int, words: int, moved: Sequence[Span]) -> int:
    """Where so many words of the source end, not counting those that the quote has elsewhere."""
    place = start
    for match in _PLAIN_WORD.finditer(text, start) if words else ():
        place = match.end()
        words -= not any(span.overlaps(Span(*match.span())) for span in moved)
        if not words:
            break
    return place


def _equal(quoted: str, text: str, source: Span, moved: Sequence[Span]) -> Iterator[Column]:
    """The same words on both lines, interrupted by those that the quote has elsewhere."""
    here, there = 0, source.start
    for span in sorted(span for span in moved if source.start <= span.start and span.end <= source.end):
        words = len(text[there : span.start].split())
        reach = here + _reach(quoted[here:], words)
        yield Column(quoted[here:reach], text[there : span.start])
        yield Column("", span.of(text), "order", allowed=False)
        here, there = reach, span.end
    yield Column(quoted[here:], text[there : source.end])


def _grouped(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits in the order of the quote; those that stand for one and the same words of it belong together."""
    ordered = sorted(edits, key=lambda edit: (edit.quote, edit.source))
    together = [list(group) for _, group in groupby(ordered, key=lambda edit: edit.quote)]
    return [part for group in together for part in ([group] if len(group[0].quote) else [[edit] for edit in group])]


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _brackets(column: Column, *, fair: bool) -> Iterator[Column]:
    """Set bracketed insertions apart that the source has nothing for."""
    there = here = 0
    for match in _BRACKETED.finditer(column.quoted):
        if match.group() in column.source:
            continue
        before = column.quoted[here : match.start()]
        reach = there + _reach(column.source[there:], len(before.split()))
        yield Column(before, column.source[there:reach])
        yield Column(match.group(), "", "bracket", fair)
        here, there = match.end(), reach
    yield Column(column.quoted[here:], column.source[there:])


def _reach(text: str, words: int) -> int:
    """Where so many words of a text end."""
    ends = [match.end() for match in _PLAIN_WORD.finditer(text)]
    return ends[min(words, len(ends)) - 1] if words and ends else 0
