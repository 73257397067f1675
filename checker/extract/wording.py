"""How a content stands in the text: as spans, as direct, indirect or mixed speech, and as the words to check."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.extract.grammar import Range
from checker.extract.tokens import Tokens
from checker.types import AttributionType
from corpus.types import Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_DIRECT_SHARE = 0.95
"""From this share of words inside marks on, a content is direct: the evaluation data's own definition."""


def spans(tokens: Tokens, ranges: Sequence[Range]) -> tuple[Span, ...]:
    """The token ranges as spans of the text; neighbours are one span."""
    found: list[Span] = []
    for first, last in ranges:
        span = tokens.span(first, last)
        if found and not tokens.text[found[-1].end : span.start].strip():
            span = Span(found.pop().start, span.end)
        found.append(span)
    return tuple(found)


def speech_type(tokens: Tokens, content: Sequence[Span]) -> AttributionType:
    """Direct, indirect or mixed, by the share of the words that stand inside quotation marks."""
    inside = total = 0
    for span in content:
        marked = tokens.marks_in(span)
        at = 0
        for match in _WORD.finditer(tokens.text, span.start, span.end):
            total += 1
            while at < len(marked) and marked[at].outer.end <= match.start():
                at += 1
            inside += at < len(marked) and marked[at].outer.start < match.end()
    if not inside:
        return "indirect"
    return "direct" if inside >= _DIRECT_SHARE * total else "mixed"


def quote_of(tokens: Tokens, content: Sequence[Span], kind: AttributionType) -> str:
    """The content's words; what stands wholly in marks is given without them."""
    if kind != "direct":
        return " ".join(span.of(tokens.text) for span in content)
    return " ".join(piece for span in content for piece in _unmarked(tokens, span))


def _unmarked(tokens: Tokens, span: Span) -> list[str]:
    """The pieces of a stretch between its quotation marks."""
    text = tokens.text
    pieces: list[str] = []
    at = span.start
    for quoted in tokens.marks_in(span):
        pieces.append(text[at : max(at, quoted.outer.start)])
        pieces.append(text[max(span.start, quoted.inner.start) : min(span.end, quoted.inner.end)])
        at = max(at, min(span.end, quoted.outer.end))
    pieces.append(text[at : span.end])
    return [piece.strip() for piece in pieces if piece.strip()]
