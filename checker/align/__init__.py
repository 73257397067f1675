"""Laying a quote against one statement, word by word, and naming every difference.

The one home of rapidfuzz (`edits.py`). Similarity chooses which words answer which; what decides is the list of edits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from checker.align.edits import edits_of, moved
from checker.align.fit import OPEN, fit
from checker.align.foldings import foldings
from checker.align.kinds import broken_word
from checker.align.sides import Pair, Sides, same_word
from checker.align.tokens import Tokens, furniture, joined, mended, tokens
from checker.types import Alignment, Bracket, Profile, Quotation, QuotePart
from corpus.text import Words, words
from corpus.types import Span

# A bracketed insertion may stand for a word of the source, so skipping there opens cheaply.
_BRACKET_OPEN = 0.3


def align(quotation: Quotation, text: str, *, within: Span, profile: Profile = "press") -> tuple[Alignment, ...]:
    """One alignment per part of the quote, in the order of the source; empty when nothing aligns.

    `within` is the stretch of `text` to look in (one speaker's statement, or a window of it).
    """
    stored = _stored(text, within)
    if not quotation.parts or not stored:
        return ()
    per_part = [tokens(part.words, quotation.text) for part in quotation.parts]
    quoted = joined(per_part)
    stored = mended(stored, frozenset(quoted.keys), broken_word)
    skips = _skipped(stored, furniture(text, within))
    sides = Sides(quotation, quoted, text, stored, skips)
    pairs = fit(quoted.keys, stored.keys, opens=_opens(quotation, per_part), skips=skips).pairs
    found = []
    first = 0
    for part, units in zip(quotation.parts, per_part, strict=True):
        alignment = _part(part, range(first, first + len(units)), pairs, sides, profile)
        first += len(units)
        if alignment is not None:
            found.append(alignment)
    return tuple(found)


@lru_cache(maxsize=64)
def _stored(text: str, within: Span) -> Tokens:
    """The units of a statement; the quotes of an article and their parts come to the same ones again and again."""
    return tokens(_shifted(words(within.of(text)), within.start), text)


def _shifted(found: Words, by: int) -> Words:
    if not by:
        return found
    return Words(found.keys, tuple([at + by for at in found.starts]), tuple([at + by for at in found.ends]))


def _skipped(stored: Tokens, printed: Sequence[Span]) -> tuple[bool, ...]:
    if not printed:
        return (False,) * len(stored)
    return tuple(any(span.overlaps(stored.span(place)) for span in printed) for place in range(len(stored)))


def _opens(quotation: Quotation, per_part: Sequence[Tokens]) -> list[float]:
    """What it costs to skip source words before each quote word."""
    costs: list[float] = []
    for part, units in zip(quotation.parts, per_part, strict=True):
        places = {_place(bracket, units) for bracket in part.brackets}
        costs += [_BRACKET_OPEN if place in places else OPEN for place in range(len(units))]
        costs[len(costs) - len(units)] = 0.0
    return costs


def _place(bracket: Bracket, units: Tokens) -> int:
    return sum(units.span(place).start < bracket.span.start for place in range(len(units)))


def _part(part: QuotePart, mine: range, pairs: Sequence[Pair], sides: Sides, profile: Profile) -> Alignment | None:
    """The alignment of one part, from its first to its last word; None when no word of it is there."""
    at = [place for place, (quoted, _) in enumerate(pairs) if quoted is not None and quoted in mine]
    here = pairs[at[0] : at[-1] + 1]
    same = [pair for pair in here if same_word(pair, sides)]
    if not same:
        return None
    places = [stored for _, stored in here if stored is not None]
    quote = Span(sides.quoted[mine[0]].span.start, sides.quoted[mine[-1]].span.end)
    edits = moved(tuple(edits_of(here, part, sides, profile)), sides)
    reach = [sides.stored.span(place) for place in (places[0], places[-1])] + [e.source for e in edits if len(e.source)]
    source = Span(min(span.start for span in reach), max(span.end for span in reach))
    needed = foldings(same, quote, source, sides, edits)
    return Alignment(part.number, quote, source, edits, len(same) / len(mine), needed)
