"""What differs between the two sides of an alignment, block by block, each difference named."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from checker.abbreviations import abbreviates
from checker.align.kinds import (
    alike,
    expanded,
    false_start,
    filler,
    harmless,
    kind_of,
    kind_of_pair,
    rejoined,
)
from checker.align.sides import Pair, Sides, same_word
from checker.align.tokens import Token
from checker.lexicon import REFERRING, pronoun_of
from checker.types import Bracket, Edit, EditKind, Profile, QuotePart
from corpus.text import APOSTROPHES, FUNCTION_WORDS, QUOTATION_MARKS, hidden_characters
from corpus.types import Span

_MINE = (
    frozenset("my our моей нашей моя наша мою нашу".split()),
    frozenset("country nation стране страны страна страну".split()),
)
"""What a speaker for a state calls it."""
_SENTENCE_ENDS = ".!?…:\n"


def edits_of(here: Sequence[Pair], part: QuotePart, sides: Sides, profile: Profile) -> Iterator[Edit]:
    """Every difference of a part, block by block of neighbouring differences."""
    start = 0
    while start < len(here):
        if same_word(here[start], sides):
            start += 1
            continue
        end = start
        while end < len(here) and not same_word(here[end], sides):
            end += 1
        edge = start == 0 or end == len(here)
        yield from _block(here, start, end, part, sides, profile, edge=edge)
        start = end


def _block(
    here: Sequence[Pair], start: int, end: int, part: QuotePart, sides: Sides, profile: Profile, *, edge: bool
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
    elif _left_out_in_speech(quoted, stored, places, sides):
        yield Edit("filler", quote, source, press)
    elif (bracket := _bracket_at(quote, quoted, part)) is not None:
        yield from _replaced(bracket, stored, sides)
    elif not edge and harmless(
        quoted, stored, preceding=_preceding(here, start, sides), following=_following(here, end, sides)
    ):
        yield Edit("function-word", quote, source, press)
    else:
        yield from _named(quoted, stored, quote_at, source_at, here, start, sides, press)


def _left_out_in_speech(quoted: Sequence[Token], stored: Sequence[Token], places: Sequence[int], sides: Sides) -> bool:
    """True for what a speaker says while looking for words, on one side only: a filler, a false start, words said twice."""
    if bool(quoted) == bool(stored):
        return False
    if quoted:
        return filler(quoted, sides.quotation.text)
    return filler(stored, sides.text) or false_start(stored, sides.text) or _said_twice(places, sides)


def _said_twice(places: Sequence[int], sides: Sides) -> bool:
    """True when a run of skipped words stands again right before or behind ("still throwing -- still throwing")."""
    first, last, size = places[0], places[-1] + 1, len(places)
    keys = sides.stored.keys
    again = (keys[last : last + size], keys[max(0, first - size) : first])
    return size > 1 and last - first == size and keys[first:last] in again


def _extent(found: Sequence[Token]) -> Span:
    return Span(found[0].span.start, found[-1].span.end)


def _reaches(here: Sequence[Pair], start: int, end: int, places: Sequence[int], sides: Sides) -> list[list[Token]]:
    """The source words that a block may answer: its own, and at an edge of the part one or two further out.

    A part has a word that is the source's, so there is one before a block at its end and behind a block at its start.
    """
    ranges: list[tuple[int, int]] = []
    if places:
        ranges.append((places[0], places[-1] + 1))
    if start == 0:
        right = places[-1] + 1 if places else next(s for _, s in here[end:] if s is not None)
        left = places[0] if places else right
        ranges += [(left - more, right) for more in (1, 2)]
    if end == len(here):
        left = places[0] if places else next(s + 1 for _, s in reversed(here[:start]) if s is not None)
        right = places[-1] + 1 if places else left
        ranges += [(left, right + more) for more in (1, 2)]
    return [
        [sides.stored[place] for place in range(low, high)]
        for low, high in ranges
        if 0 <= low < high <= len(sides.stored)
    ]


def _same_otherwise(
    quoted: Sequence[Token], reaches: Sequence[Sequence[Token]], sides: Sides
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


def _following(here: Sequence[Pair], end: int, sides: Sides) -> Token | None:
    """The word of the quote behind a block."""
    place = next((q for q, _ in here[end:] if q is not None), None)
    return None if place is None else sides.quoted[place]


def _preceding(here: Sequence[Pair], start: int, sides: Sides) -> Token | None:
    """The word of the quote before a block."""
    place = next((q for q, _ in reversed(here[:start]) if q is not None), None)
    return None if place is None else sides.quoted[place]


def _anchors(here: Sequence[Pair], start: int, sides: Sides) -> tuple[int, int]:
    """Where an edit stands on a side that has no words for it: behind the last word before it."""
    quote_at = next((sides.quoted.span(q).end for q, _ in reversed(here[:start]) if q is not None), None)
    source_at = next((sides.stored.span(s).end for _, s in reversed(here[:start]) if s is not None), None)
    if quote_at is None:
        quote_at = next(sides.quoted.span(q).start for q, _ in here if q is not None)
    if source_at is None:
        source_at = next(sides.stored.span(s).start for _, s in here if s is not None)
    return quote_at, source_at


def _gaps(quoted: Sequence[Token], stored: Sequence[Token], sides: Sides) -> list[str]:
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


def _replaced(bracket: Bracket, stored: Sequence[Token], sides: Sides) -> Iterator[Edit]:
    """What a bracketed insertion stands for: pronouns, "my country" and an abbreviation it may, names and other content it may not."""
    written = bracket.text.split()
    if len(stored) == 1 and abbreviates(stored[0].raw, written):
        yield Edit("spelling", bracket.span, stored[0].span, True)
        return
    own = len(stored) == len(_MINE) and all(token.key in keys for token, keys in zip(stored, _MINE, strict=True))
    for token in stored:
        if own:
            yield Edit("function-word", bracket.span, token.span, True)
            continue
        contracted = pronoun_of(token.key) != token.key  # of "they've" the rules for brackets look at the verb
        allowed = contracted or token.key in REFERRING or (len(stored) <= 3 and token.key in FUNCTION_WORDS)
        kind = "function-word" if contracted else kind_of(token, initial=False)
        yield Edit(kind, bracket.span, token.span, allowed and kind == "function-word")


def _named(
    quoted: Sequence[Token], stored: Sequence[Token], quote_at: int, source_at: int,
    here: Sequence[Pair], start: int, sides: Sides, press: bool,
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


def _repeated(token: Token, here: Sequence[Pair], start: int, sides: Sides) -> bool:
    """True for a false start: the word is said again right before or after."""
    around = [*here[max(0, start - 1) : start], *here[start + 1 : start + 3]]
    return any(
        sides.quoted.keys[q] == token.key
        for pair in around
        for q in (pair[0],)
        if q is not None and same_word(pair, sides)
    )


def _opens_sentence(span: Span, text: str) -> bool:
    at = span.start
    while at and (text[at - 1] in _PASSED or hidden_characters(text[at - 1])):
        at -= 1
    return not at or text[at - 1] in _SENTENCE_ENDS


_PASSED = frozenset(" \t\u00a0-–—•" + QUOTATION_MARKS + APOSTROPHES)
"""What may stand between the end of a sentence and the first word of the next one, beside what nobody sees."""


_MOST = 40
_ALIKE = 0.55
"""Two words of a block answer one another when they share more than about half their letters, or when
the block has as many words on one side as on the other; it only chooses how a difference is shown (`benchmarks/thresholds.py`)."""


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


def moved(edits: tuple[Edit, ...], sides: Sides) -> tuple[Edit, ...]:
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
