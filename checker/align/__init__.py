"""Laying a quote against one statement, word by word, and naming every difference.

The one home of rapidfuzz. Similarity chooses which words answer which; what decides is the list of edits.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from checker.align.fit import OPEN, fit
from checker.align.kinds import alike, expanded, harmless, kind_of, kind_of_pair, rejoined
from checker.align.tokens import Token, Tokens, furniture, joined, tokens
from checker.lexicon import REFERRING
from checker.types import Alignment, Bracket, Edit, EditKind, Profile, Quotation, QuotePart
from corpus.text import APOSTROPHES, DASHES, FUNCTION_WORDS, LIGATURES, QUOTATION_MARKS, Words, hidden_characters, words
from corpus.types import Span

# A bracketed insertion may stand for a word of the source, so skipping there opens cheaply.
_BRACKET_OPEN = 0.3
_SENTENCE_ENDS = ".!?…:\n"

_STOPS = re.compile("[.,;:!?]")

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both token sequences with their texts, so that a difference can be looked at in place."""

    quotation: Quotation
    quoted: Tokens
    text: str
    stored: Tokens
    skips: tuple[bool, ...]


def align(quotation: Quotation, text: str, *, within: Span, profile: Profile = "press") -> tuple[Alignment, ...]:
    """One alignment per part of the quote, in the order of the source; empty when nothing aligns.

    `within` is the stretch of `text` to look in (one speaker's statement, or a window of it).
    """
    stored = tokens(_shifted(words(within.of(text)), within.start), text)
    if not quotation.parts or not stored:
        return ()
    per_part = [tokens(part.words, quotation.text) for part in quotation.parts]
    quoted = joined(per_part)
    skips = _skipped(stored, furniture(text, within))
    sides = _Sides(quotation, quoted, text, stored, skips)
    pairs = fit(quoted.keys, stored.keys, opens=_opens(quotation, per_part), skips=skips).pairs
    found = []
    first = 0
    for part, units in zip(quotation.parts, per_part, strict=True):
        alignment = _part(part, range(first, first + len(units)), pairs, sides, profile)
        first += len(units)
        if alignment is not None:
            found.append(alignment)
    return tuple(found)


def _shifted(found: Words, by: int) -> Words:
    return Words(found.keys, tuple(at + by for at in found.starts), tuple(at + by for at in found.ends))


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


def _part(part: QuotePart, mine: range, pairs: Sequence[Pair], sides: _Sides, profile: Profile) -> Alignment | None:
    """The alignment of one part, from its first to its last word; None when no word of it is there."""
    at = [place for place, (quoted, _) in enumerate(pairs) if quoted is not None and quoted in mine]
    here = pairs[at[0] : at[-1] + 1]
    same = [pair for pair in here if _same(pair, sides)]
    if not same:
        return None
    places = [stored for _, stored in here if stored is not None]
    quote = Span(sides.quoted[mine[0]].span.start, sides.quoted[mine[-1]].span.end)
    edits = _moved(tuple(_edits(here, part, sides, profile)), sides)
    reach = [sides.stored.span(place) for place in (places[0], places[-1])] + [e.source for e in edits if len(e.source)]
    source = Span(min(span.start for span in reach), max(span.end for span in reach))
    foldings = _foldings(same, quote, source, sides, edits)
    return Alignment(part.number, quote, source, edits, len(same) / len(mine), foldings)


def _same(pair: Pair, sides: _Sides) -> bool:
    quoted, stored = pair
    return quoted is not None and stored is not None and sides.quoted.keys[quoted] == sides.stored.keys[stored]


def _edits(here: Sequence[Pair], part: QuotePart, sides: _Sides, profile: Profile) -> Iterator[Edit]:
    """Every difference of a part, block by block of neighbouring differences."""
    start = 0
    while start < len(here):
        if _same(here[start], sides):
            start += 1
            continue
        end = start
        while end < len(here) and not _same(here[end], sides):
            end += 1
        edge = start == 0 or end == len(here)
        yield from _block(here, start, end, part, sides, profile, edge=edge)
        start = end


def _block(
    here: Sequence[Pair], start: int, end: int, part: QuotePart, sides: _Sides, profile: Profile, *, edge: bool
) -> Iterator[Edit]:
    block = here[start:end]
    quoted = [sides.quoted[q] for q, _ in block if q is not None]
    places = [s for _, s in block if s is not None]
    stored = [sides.stored[s] for s in places if not sides.skips[s]]
    press = profile == "press"
    if quoted and (same := _same_otherwise(quoted, _reaches(here, start, end, places, sides), sides)) is not None:
        kind, source = same
        yield Edit(kind, _extent(quoted), source, press or kind == "typographic")
        return
    if edge and len(quoted) == 1 and not stored:
        stored = _counterpart(quoted[0], _reaches(here, start, end, places, sides))
    quote_at, source_at = _anchors(here, start, sides)
    quote = _extent(quoted) if quoted else Span(quote_at, quote_at)
    source = _extent(stored) if stored else Span(source_at, source_at)
    if not quoted and not stored:
        printed = Span(sides.stored.span(places[0]).start, sides.stored.span(places[-1]).end)
        yield Edit("typographic", quote, printed, True)
    elif not edge and harmless(quoted, stored, _following(here, end, sides)):
        yield Edit("function-word", quote, source, press)
    elif (bracket := _bracket_at(quote, quoted, part)) is not None:
        yield from _replaced(bracket, stored)
    else:
        yield from _named(quoted, stored, quote_at, source_at, here, start, sides, press)


def _extent(found: Sequence[Token]) -> Span:
    return Span(found[0].span.start, found[-1].span.end)


def _reaches(here: Sequence[Pair], start: int, end: int, places: Sequence[int], sides: _Sides) -> list[list[Token]]:
    """The source words that a block may answer: its own, and at an edge of the part one or two further out."""
    ranges: list[tuple[int, int]] = []
    if places:
        ranges.append((places[0], places[-1] + 1))
    if start == 0:
        right = places[-1] + 1 if places else next((s for _, s in here[end:] if s is not None), 0)
        left = places[0] if places else right
        ranges += [(left - more, right) for more in (1, 2)]
    if end == len(here):
        left = places[0] if places else next((s + 1 for _, s in reversed(here[:start]) if s is not None), 0)
        right = places[-1] + 1 if places else left
        ranges += [(left, right + more) for more in (1, 2)]
    return [
        [sides.stored[place] for place in range(low, high)]
        for low, high in ranges
        if 0 <= low < high <= len(sides.stored)
    ]


def _same_otherwise(
    quoted: Sequence[Token], reaches: Sequence[Sequence[Token]], sides: _Sides
) -> tuple[EditKind, Span] | None:
    """Where the source breaks the same words in two, or writes a contraction out; and which of the two it is."""
    for stored in reaches:
        if rejoined(quoted, stored, gaps=_gaps(quoted, stored, sides)):
            return "typographic", _extent(stored)
        if expanded(quoted) == expanded(stored):
            return "function-word", _extent(stored)
    return None


def _counterpart(quoted: Token, reaches: Sequence[Sequence[Token]]) -> list[Token]:
    """The neighbouring word of the source that a changed first or last word stands for: a figure for a figure, a name for a name."""
    for stored in reaches:
        if len(stored) == 1 and alike(quoted, stored[0]):
            return list(stored)
    return []


def _following(here: Sequence[Pair], end: int, sides: _Sides) -> Token | None:
    """The word of the quote behind a block."""
    place = next((q for q, _ in here[end:] if q is not None), None)
    return None if place is None else sides.quoted[place]


def _anchors(here: Sequence[Pair], start: int, sides: _Sides) -> tuple[int, int]:
    """Where an edit stands on a side that has no words for it: behind the last word before it."""
    quote_at = next((sides.quoted.span(q).end for q, _ in reversed(here[:start]) if q is not None), None)
    source_at = next((sides.stored.span(s).end for _, s in reversed(here[:start]) if s is not None), None)
    if quote_at is None:
        quote_at = next(sides.quoted.span(q).start for q, _ in here if q is not None)
    if source_at is None:
        source_at = next(sides.stored.span(s).start for _, s in here if s is not None)
    return quote_at, source_at


def _gaps(quoted: Sequence[Token], stored: Sequence[Token], sides: _Sides) -> list[str]:
    """What stands between the pieces of a broken word, on either side."""
    quote_gaps = [sides.quotation.text[a.span.end : b.span.start] for a, b in itertools.pairwise(quoted)]
    return quote_gaps + [sides.text[a.span.end : b.span.start] for a, b in itertools.pairwise(stored)]


def _bracket_at(quote: Span, quoted: Sequence[Token], part: QuotePart) -> Bracket | None:
    """The bracketed insertion that stands where the source has words and the quote has none."""
    if quoted:
        return None
    following = [start for start in part.words.starts if start >= quote.end]
    limit = following[0] if following else quote.end + 1
    return next((b for b in part.brackets if quote.end <= b.span.start <= limit), None)


def _replaced(bracket: Bracket, stored: Sequence[Token]) -> Iterator[Edit]:
    """What a bracketed insertion stands for: pronouns it may, names and content it may not."""
    for token in stored:
        allowed = token.key in REFERRING or (len(stored) <= 3 and token.key in FUNCTION_WORDS)
        kind = kind_of(token, initial=False)
        yield Edit(kind, bracket.span, token.span, allowed and kind == "function-word")


def _named(
    quoted: Sequence[Token], stored: Sequence[Token], quote_at: int, source_at: int,
    here: Sequence[Pair], start: int, sides: _Sides, press: bool,
) -> Iterator[Edit]:  # fmt: skip
    """One edit per word or pair of words of a block."""
    for left, right in _pairing(quoted, stored):
        if left is not None:
            quote_at = left.span.end
        if right is not None:
            source_at = right.span.end
        quote = left.span if left else Span(quote_at, quote_at)
        source = right.span if right else Span(source_at, source_at)
        if left and right:
            initial = _opens_sentence(left.span, sides.quotation.text) or _opens_sentence(right.span, sides.text)
            if left.key == right.key:
                continue
            yield Edit(kind_of_pair(left, right, initial=initial), quote, source, False)
            continue
        token = left or right
        assert token is not None
        text = sides.quotation.text if left else sides.text
        kind = kind_of(token, initial=_opens_sentence(token.span, text))
        if kind not in ("negation", "number") and _repeated(token, here, start, sides):
            kind = "filler"
        yield Edit(kind, quote, source, press and kind == "filler")


def _repeated(token: Token, here: Sequence[Pair], start: int, sides: _Sides) -> bool:
    """True for a false start: the word is said again right before or after."""
    around = [*here[max(0, start - 1) : start], *here[start + 1 : start + 3]]
    return any(
        sides.quoted.keys[q] == token.key for pair in around for q in (pair[0],) if q is not None and _same(pair, sides)
    )


def _opens_sentence(span: Span, text: str) -> bool:
    before = text[max(0, span.start - 12) : span.start].rstrip(" \t\u00a0-–—•" + QUOTATION_MARKS + APOSTROPHES)
    return not before or before[-1] in _SENTENCE_ENDS


_MOST = 40
_ALIKE = 0.55
"""Two words of a block answer one another when they share more than about half their letters, or when
the block has as many words on one side as on the other; it only chooses how a difference is shown."""


def _pairing(quoted: Sequence[Token], stored: Sequence[Token]) -> list[tuple[Token | None, Token | None]]:
    """Which words of a block answer which: as many as possible, the most alike."""
    if len(quoted) == len(stored):
        return list(zip(quoted, stored, strict=True))
    if not quoted or not stored or max(len(quoted), len(stored)) > _MOST:
        return [(token, None) for token in quoted] + [(None, token) for token in stored]
    rows, columns = len(quoted), len(stored)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _answers(quoted[i], stored[j]))
    pairs: list[tuple[Token | None, Token | None]] = []
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j + 1] + _answers(quoted[i], stored[j]):
            pairs.append((quoted[i], stored[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((quoted[i], None))
            i += 1
        else:
            pairs.append((None, stored[j]))
            j += 1
    return pairs + [(token, None) for token in quoted[i:]] + [(None, token) for token in stored[j:]]


def _answers(quoted: Token, stored: Token) -> float:
    if quoted.figure != stored.figure:
        return 0.0
    if quoted.figure:
        return 1.0
    alike = Indel.normalized_similarity(quoted.key, stored.key)
    return alike if alike >= _ALIKE else 0.2


def _moved(edits: tuple[Edit, ...], sides: _Sides) -> tuple[Edit, ...]:
    """Words lost in one place and found in another are one change of order."""
    gained = [edit for edit in edits if len(edit.quote) and not len(edit.source)]
    lost = [edit for edit in edits if len(edit.source) and not len(edit.quote)]
    answer: dict[Edit, Edit] = {}
    for edit in gained:
        word = edit.quote.of(sides.quotation.text).casefold()
        for other in lost:
            if other not in answer.values() and other.source.of(sides.text).casefold() == word:
                answer[edit] = other
                break
    telling = [edit for edit in answer if edit.kind not in ("function-word", "filler")]
    if not telling:
        return edits
    moved = {edit: Edit("order", edit.quote, answer[edit].source, False) for edit in answer}
    gone = set(answer.values())
    return tuple(moved.get(edit, edit) for edit in edits if edit not in gone)


def _foldings(same: Sequence[Pair], quote: Span, source: Span, sides: _Sides, edits: Sequence[Edit]) -> tuple[str, ...]:
    """Which foldings the match needed, beyond white space."""
    needed = set()
    for q, s in same:
        assert q is not None and s is not None
        if sides.quoted.span(q).of(sides.quotation.text) != sides.stored.span(s).of(sides.text):
            needed |= _word_foldings(sides.quoted[q], sides.stored[s])
    ours, theirs = quote.of(sides.quotation.text), source.of(sides.text)
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


def _punctuated(same: Sequence[Pair], sides: _Sides) -> bool:
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
    ours, theirs = quoted.raw, stored.raw
    if ours == theirs:
        return set()
    if quoted.figure:
        return {_figure_folding(quoted, stored)}
    if any(letter in LIGATURES for letter in ours + theirs):
        return {"ligatures"}
    if ours.casefold() == theirs.casefold():
        return {"case"}
    if theirs == "|" or ours == "|":
        return {"scan"}
    if quoted.words == stored.words:
        return {"composition"} if len(ours) != len(theirs) else {"diacritics"} if ours.isalpha() else {"apostrophes"}
    return {"spelling"}


def _figure_folding(quoted: Token, stored: Token) -> str:
    """Which way of writing one value differs: letter case, separators, the unit, or figures written out."""
    ours, theirs = quoted.raw, stored.raw
    if ours.casefold() == theirs.casefold():
        return "case"
    if quoted.words == stored.words:
        return "thousands"
    numbers = [[word for word in token.words if word[0].isdigit()] for token in (quoted, stored)]
    return "units" if " " in quoted.key and numbers[0] == numbers[1] != [] else "number-words"
