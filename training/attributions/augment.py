"""More of the corpus out of itself: sources, cues and contents exchanged for others of their kind.

What is exchanged stands by itself (nothing else is marked within it), and comes from the pieces that are trained on. So
the network sees that a name may be anyone's, and that a content ends where it ends whatever is said in it.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.types import Span
from training.attributions.markup import Attributed, Piece

_PRONOUN = re.compile(r"(?:I|we|you|he|she|it|they|who|whose|which|that)$", re.IGNORECASE)
_OPENING = re.compile(r"[\w’']+|[“\"‘']")
_SHORTEST = 3
"""Words of a content that is exchanged; shorter ones belong to their cue too closely."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A stretch that can be exchanged: of which role and kind, and where."""

    kind: tuple[str, ...]
    span: Span


class Stock:
    """Sources, cues and contents by kind, to exchange for one another."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._held: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for piece in pieces:
            for slot in _slots(piece):
                self._held[slot.kind].append(slot.span.of(piece.text))

    def exchanged(self, piece: Piece, chance: random.Random, *, share: float) -> Piece:
        """The piece with a share of its stretches exchanged; the marks move along."""
        new = {
            slot.span: chance.choice(self._held[slot.kind])
            for slot in _slots(piece)
            if slot.kind in self._held and chance.random() < share
        }
        return _with(piece, new)


def _slots(piece: Piece) -> Iterator[_Slot]:
    """What stands by itself, in the order of the text."""
    every = sorted({span for each in piece.attributions for span in (*each.source, *each.cue, *each.content)})
    for each in piece.attributions:
        for role in ("source", "cue", "content"):
            spans: Sequence[Span] = getattr(each, role)
            if len(spans) != 1 or any(other != spans[0] and other.overlaps(spans[0]) for other in every):
                continue
            kind = _kind(role, each, spans[0], piece.text)
            if kind is not None:
                yield _Slot(kind, spans[0])


def _kind(role: str, each: Attributed, span: Span, text: str) -> tuple[str, ...] | None:
    """What it may be exchanged for: the same role, number, opening and ending."""
    words = span.of(text).split()
    if role == "source":
        if _PRONOUN.match(span.of(text)):
            return None
        first = (
            words[0].lower() if words[0].lower() in ("the", "a", "an") else "name" if words[0][0].isupper() else "other"
        )
        many = "s" if words[-1].rstrip(",").endswith("s") else ""
        return role, first, many, "," if words[-1].endswith(",") else "", "start" if _starts(span, text) else ""
    opening = _opening(each.content[0], text)
    if role == "cue":
        before = bool(each.source) and each.source[0].start < span.start
        return role, each.stance, opening, str(before), words[-1] if len(words) > 1 else _ending(words[0])
    if len(words) < _SHORTEST:
        return None
    return (
        role,
        opening,
        span.of(text)[-1] if not span.of(text)[-1].isalnum() else "",
        "start" if _starts(span, text) else "",
    )


def _starts(span: Span, text: str) -> bool:
    """True where a sentence begins, so that capitals stay where they belong."""
    before = text[: span.start].rstrip(" “\"‘'")
    return not before or before[-1] in ".!?\n:"


def _opening(content: Span, text: str) -> str:
    """With what a content begins, as far as its cue asks for it: `that`, `to`, a mark, or other words."""
    match = _OPENING.match(content.of(text))
    word = match.group().lower() if match else ""
    if word in ("that", "to", "whether", "if", "how", "why", "what", "who"):
        return word
    if word in ("“", '"', "‘", "'"):
        return "mark"
    return "noun" if word in ("the", "a", "an", "its", "his", "her", "their") else "other"


def _ending(word: str) -> str:
    return next((ending for ending in ("ing", "ed") if word.endswith(ending)), "other")


def _with(piece: Piece, new: dict[Span, str]) -> Piece:
    """The text with stretches exchanged, and every mark at its new place."""
    text, at = "", 0
    moves: list[tuple[int, int]] = []
    for span in sorted(new):
        if span.start < at:
            continue  # two attributions share the stretch
        text += piece.text[at : span.start] + new[span]
        at = span.end
        moves.append((span.end, len(new[span]) - len(span)))
    text += piece.text[at:]

    def moved(offset: int) -> int:
        return offset + sum(by for end, by in moves if end <= offset)

    def spans(given: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(moved(span.start), moved(span.end)) for span in given)

    attributions = tuple(
        replace(each, source=spans(each.source), cue=spans(each.cue), content=spans(each.content))
        for each in piece.attributions
    )
    return replace(piece, text=text, attributions=attributions)
