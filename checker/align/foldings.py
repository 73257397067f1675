"""Which foldings a match needed, so that a verdict can say what was not compared letter for letter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from checker.align.sides import Pair, Sides
from checker.align.tokens import Token
from checker.types import Edit
from corpus.text import APOSTROPHES, DASHES, LIGATURES, QUOTATION_MARKS, hidden_characters
from corpus.types import Span

_STOPS = re.compile("[.,;:!?]")


def foldings(same: Sequence[Pair], quote: Span, source: Span, sides: Sides, edits: Sequence[Edit]) -> tuple[str, ...]:
    """Which foldings the match needed, beyond white space."""
    needed = set()
    for q, s in same:
        assert q is not None and s is not None
        if sides.quoted.span(q).of(sides.quotation.text) != sides.stored.span(s).of(sides.text):
            needed |= _word_foldings(sides.quoted[q], sides.stored[s])
    ours, theirs = quote.of(sides.quotation.text), _without_print(source, sides, edits)
    for name, marks in (("quotation-marks", QUOTATION_MARKS), ("apostrophes", APOSTROPHES), ("dashes", DASHES)):
        if not sides.quotation.brackets and _marks(ours, marks) != _marks(theirs, marks):
            needed.add(name)
    if not sides.quotation.brackets and _punctuated(same, sides):
        needed.add("punctuation")
    if hidden_characters(ours) or hidden_characters(theirs):
        needed.add("hidden")
    for edit in edits:
        if edit.kind == "typographic":
            broken = bool(len(edit.quote))
            needed.add("hyphenation" if broken else "page-furniture")
    return tuple(sorted(needed))


def _without_print(source: Span, sides: Sides, edits: Sequence[Edit]) -> str:
    """The stretch of the source without the page numbers and print lines in it: their marks were never the quote's."""
    kept, at = [], source.start
    for edit in edits:
        if edit.kind == "typographic" and not len(edit.quote) and edit.source.start >= at:
            kept.append(sides.text[at : edit.source.start])
            at = edit.source.end
    return "".join([*kept, sides.text[at : source.end]])


def _punctuated(same: Sequence[Pair], sides: Sides) -> bool:
    """True when other marks stand between the same words, or behind the last of them where the quote has one."""
    for (q, s), (next_q, next_s) in itertools.pairwise(same):
        assert q is not None and s is not None and next_q is not None and next_s is not None
        if (next_q, next_s) == (q + 1, s + 1):
            ours = sides.quotation.text[sides.quoted.span(q).end : sides.quoted.span(next_q).start]
            theirs = sides.text[sides.stored.span(s).end : sides.stored.span(next_s).start]
            if _STOPS.findall(ours) != _STOPS.findall(theirs):
                return True
    q, s = same[-1]
    assert q is not None and s is not None
    closing = _STOPS.findall(sides.quotation.text[sides.quoted.span(q).end :][:3]) if q == len(sides.quoted) - 1 else []
    return bool(closing) and closing[0] not in sides.text[sides.stored.span(s).end :][:4]


def _marks(text: str, marks: str) -> list[str]:
    """The marks of a text in order, dashes with the space or line break beside them."""
    beside = r"\s*" if marks is DASHES else ""
    return re.findall(f"{beside}[{re.escape(marks)}]{beside}", text)


def _word_foldings(quoted: Token, stored: Token) -> set[str]:
    ours, theirs = _visible(quoted.raw), _visible(stored.raw)
    if ours == theirs:
        return set()
    if quoted.figure:
        return {_figure_folding(quoted, stored)}
    if len(quoted.words) != len(stored.words):
        return {"spelling"} if quoted.key == "cannot" else {"hyphenation"}
    if any(letter in LIGATURES for letter in ours + theirs):
        return {"ligatures"}
    if ours.casefold() == theirs.casefold():
        return {"case"}
    if theirs == "|" or ours == "|":
        return {"scan"}
    if quoted.words == stored.words:
        return {"composition"} if len(ours) != len(theirs) else {"diacritics"} if ours.isalpha() else {"apostrophes"}
    return {"spelling"}


def _visible(word: str) -> str:
    """A word without what no reader sees in it."""
    hidden = {at for at, _ in hidden_characters(word)}
    return "".join(letter for at, letter in enumerate(word) if at not in hidden)


def _figure_folding(quoted: Token, stored: Token) -> str:
    """Which way of writing one value differs: letter case, separators, the unit, or figures written out."""
    ours, theirs = quoted.raw, stored.raw
    if ours.casefold() == theirs.casefold():
        return "case"
    if quoted.words == stored.words:
        return "thousands"
    numbers = [[word for word in token.words if word[0].isdigit()] for token in (quoted, stored)]
    return "units" if " " in quoted.key and numbers[0] == numbers[1] != [] else "number-words"
