"""An article cut into pieces, so that every attributed statement can be underlined where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from checker.export.card import Card
from checker.wording import Tone
from corpus.text import QUOTATION_MARKS
from corpus.types import Span

State = Tone | Literal["waiting", "unchecked"]
"""How an underline looks: as its finding, or that there is none yet, or none to be had."""


@dataclass(frozen=True, slots=True)
class Underline:
    """A statement where it stands: its place among the others, what it is called in addresses, and what was found."""

    number: int
    anchor: str
    state: State
    says: str
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article and the statement that it belongs to, if any.

    `opens` are the statements whose first words these are: the places that their cards link back to. `aside` says that
    the stretch is no part of the article proper: an advertisement, a caption, the tail of links.
    """

    text: str
    statement: Underline | None
    opens: tuple[Underline, ...]
    aside: bool = False
    number: int = 0
    """Which piece it is; stays the same while its statement's finding arrives."""


def underline(shown: Card) -> Underline:
    """The underline of a finding."""
    attribution = shown.finding.attribution
    says = f"{shown.status}, {shown.reason.short}"
    return Underline(shown.number, shown.anchor, shown.tone, says, attribution.content if attribution else ())


def pieces(text: str, found: Sequence[Underline], *, proper: Sequence[Span] | None = None) -> tuple[Piece, ...]:
    """Cut an article at the borders of its statements; where two overlap, the shorter one shows.

    The pieces put together are the article. `proper` are the lines that are the article's own; what lies outside is aside.
    """
    spans = [(span, each) for each in found for span in _content(each, text)]
    starts, ends, firsts = defaultdict(list), defaultdict(list), dict[int, Span]()
    for span, each in spans:
        starts[span.start].append((len(span), each.number, each))
        ends[span.end].append((len(span), each.number, each))
        firsts[each.number] = min(span, firsts.get(each.number, span))
    cut: list[Piece] = []
    covering: list[tuple[int, int, Underline]] = []  # what stands over the piece, so that one pass is enough
    gaps = _between(proper, text) if proper is not None else []
    borders = {border for gap in gaps for border in (gap.start, gap.end)}
    asides = iter(gaps)
    aside = next(asides, None)
    for start, end in pairwise(sorted({0, len(text), *starts, *ends, *borders})):
        covering = [entry for entry in covering if entry not in ends[start]] + starts[start]
        opens = tuple(each for _, _, each in starts[start] if firsts[each.number].start == start)
        shortest = min(covering, key=lambda entry: entry[:2], default=None)
        while aside is not None and aside.end <= start:
            aside = next(asides, None)
        lies_aside = aside is not None and aside.start <= start and not shortest
        cut.append(Piece(text[start:end], shortest[2] if shortest else None, opens, lies_aside, len(cut)))
    return tuple(cut)


def _between(proper: Sequence[Span], text: str) -> list[Span]:
    """What lies between the article's own lines and holds more than space."""
    edges = [0, *(border for span in proper for border in (span.start, span.end)), len(text)]
    gaps = (Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end)
    return [gap for gap in gaps if gap.of(text).strip()]


def _content(each: Underline, text: str) -> tuple[Span, ...]:
    return tuple(_with_marks(span, text) for span in each.content if span.start < span.end <= len(text))


def _with_marks(span: Span, text: str) -> Span:
    """A statement is underlined with the quotation marks around it."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return Span(span.start - _is_mark(before), span.end + _is_mark(after))


def _is_mark(character: str) -> bool:
    return bool(character) and character in QUOTATION_MARKS
