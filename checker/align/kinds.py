"""Naming a difference: which kind of edit it is, and whether editors allow it inside quotation marks.

The first rule that fits decides, from what changes a claim most to what changes it least. What no rule
knows is content, and content may not differ.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from checker.align.tokens import Token
from checker.lexicon import (
    DATES,
    FILLERS,
    HARMLESS,
    MEASURES,
    MODALITY,
    MONTHS,
    NEGATIONS,
    QUANTIFIERS,
    SOUNDS,
    inflected,
    opposite,
)
from checker.types import EditKind
from corpus.text import FUNCTION_WORDS, QUOTATION_MARKS

_YEAR = re.compile(r"#(?:1[5-9]|20)\d\d\Z")
_HYPHEN = re.compile("[-\u00ad\u2010-\u2015]")
_NEW_WORDS = frozenset("re un in anti".split())
"""Prefixes that make another word without a hyphen: to re-sign is not to resign."""

_PREFIXES = frozenset("non dis mis de be ex co pre pro under over out up".split())
_SMALL = frozenset(
    "and of that from their with which our this were have its they these the in to for by on as was has is are".split()
)
_BEGINNING = frozenset("the in to for by on as was has is are".split())
"""Small words with which others begin: "the rapist" is no "therapist"."""
_LONG = 4

_AGAIN = frozenset(
    """
    sign signed signing cover covered covering form formed forming create created creation sent serve served press
    pressed lease leased sort sorted treat treated solve solved collect collected count counted dress mark marked bound
    """.split()
)
"""What is another word behind "re", even where a line breaks there."""

_CONTRACTIONS = {
    "let's": "let us",
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "i'm": "i am",
    "don't": "do not", "doesn't": "does not", "didn't": "did not", "isn't": "is not", "aren't": "are not",
    "wasn't": "was not", "weren't": "were not", "hasn't": "has not", "haven't": "have not", "hadn't": "had not",
    "wouldn't": "would not", "shouldn't": "should not", "couldn't": "could not", "mustn't": "must not",
    "it's": "it is", "that's": "that is", "he's": "he is", "she's": "she is", "there's": "there is",
    "we're": "we are", "they're": "they are", "you're": "you are", "i've": "i have", "we've": "we have",
    "they've": "they have", "you've": "you have", "i'll": "i will", "we'll": "we will", "they'll": "they will",
    "you'll": "you will", "he'll": "he will", "she'll": "she will", "it'll": "it will",
}  # fmt: skip


def _in(words: frozenset[str]) -> Callable[[Token], bool]:
    return lambda token: token.key in words


def _negating(token: Token) -> bool:
    return token.key in NEGATIONS


def _dated(token: Token) -> bool:
    return token.key in DATES or (token.capitalised and token.key in MONTHS)


_CLASSES: tuple[tuple[EditKind, Callable[[Token], bool]], ...] = (
    ("negation", _negating),
    ("number", lambda token: token.figure),
    ("date", _dated),
    ("modality", _in(MODALITY)),
    ("quantifier", _in(QUANTIFIERS)),
)


def kind_of(token: Token, *, initial: bool) -> EditKind:
    """What is gained or lost with one word that only one side has.

    `initial` says that the word opens a sentence, where a capital means nothing.
    """
    for kind, belongs in _CLASSES:
        if belongs(token):
            return kind
    if token.key in SOUNDS:
        return "filler"
    if token.key in FUNCTION_WORDS:
        return "function-word"
    return "name" if _named(token, initial) else "content-word"


def kind_of_pair(quoted: Token, stored: Token, *, initial: bool) -> EditKind:
    """What changes when one word stands for another."""
    if opposite(quoted.key, stored.key):
        return "negation"
    for kind, belongs in _CLASSES:
        if belongs(quoted) or belongs(stored):
            return "inflection" if kind == "modality" and _same_stance(quoted, stored) else kind
    if inflected(quoted.key, stored.key):
        return "inflection"
    if quoted.key in MEASURES and stored.key in MEASURES:
        return "number"
    if quoted.key in FUNCTION_WORDS and stored.key in FUNCTION_WORDS:
        return "function-word"
    return "name" if _named(quoted, initial) or _named(stored, initial) else "content-word"


def _named(token: Token, initial: bool) -> bool:
    return token.capitalised and not initial and token.key not in FUNCTION_WORDS


def _same_stance(quoted: Token, stored: Token) -> bool:
    """Forms of one verb of stance ("hope", "hoped"); a modal verb has none, so "might" and "mighty" are two things."""
    return len(quoted.key) > 4 and inflected(quoted.key, stored.key) and not {quoted.key, stored.key} & _MODAL


_MODAL = frozenset(("might", "should"))
"""The modal verbs to which a longer word only looks like an ending ("shoulder")."""


def expanded(block: Sequence[Token]) -> tuple[str, ...]:
    """The words of a block with contractions written out."""
    keys = [key for token in block for key in ((token.key,) if token.acronym else token.words)]
    return tuple(word for key in keys for word in _CONTRACTIONS.get(key, key).split())


def rejoined(quoted: Sequence[Token], stored: Sequence[Token], *, gaps: Sequence[str]) -> bool:
    """True when one side only breaks a word that the other has whole: at a hyphen, a line's end or a stray space.

    A stray space is believed where it cuts off a single letter that is no word ("W hen"), or stands between two pieces
    that are no small words ("Boutef lika"), a missing one in the source where a small word lost it ("andjustice"); "now
    here" and "nowhere" are two things.
    """
    if _letters(quoted) != _letters(stored):
        return False
    broken = quoted if len(quoted) > len(stored) else stored
    if any(_HYPHEN.match(gap) for gap in gaps):
        return broken_word(broken[0], broken[1], next(gap for gap in gaps if _HYPHEN.match(gap)))
    if any(broken_word(first, second, " ") for first, second in itertools.pairwise(broken)):
        return True
    return len(stored) == 1 and stored[0].key not in FUNCTION_WORDS and _run_together(quoted)


def _run_together(pieces: Sequence[Token]) -> bool:
    """True for words of which a print may lose the spaces: small ones, and a longer one beside one that begins no other word."""
    if any(belongs(piece) for piece in pieces for _, belongs in _CLASSES):
        return False
    small = [piece.key in _SMALL for piece in pieces]
    return all(small) or (
        any(piece.key in _SMALL - _BEGINNING for piece in pieces)
        and all(little or len(piece.key) >= _LONG for little, piece in zip(small, pieces, strict=True))
    )


def _letters(run: Sequence[Token]) -> str:
    return "".join(word for token in run for word in token.words)


def broken_word(first: Token, second: Token, gap: str) -> bool:
    """True when two neighbouring pieces with this gap between them are one word, broken by a hyphen or a stray space."""
    if _HYPHEN.match(gap):
        if first.key == "re" and second.key in _AGAIN:
            return False
        return "\n" in gap or first.key not in _NEW_WORDS
    if any(len(token.key) == 1 and token.key not in "aiявисуко" for token in (first, second)):
        return True
    pieces = (first, second)
    return not any(
        token.key in FUNCTION_WORDS | _NEW_WORDS | _PREFIXES or token.figure or len(token.key) == 1 for token in pieces
    ) and not any(belongs(token) for token in pieces for _, belongs in _CLASSES)


def harmless(
    quoted: Sequence[Token], stored: Sequence[Token], *, preceding: Token | None, following: Token | None
) -> bool:
    """True for one function word that one side has, or has another of, without any change of meaning.

    Among these is the "on" before a day or a month, and the "of" between a month and a year, which some house styles drop.
    """
    words = {token.key for token in (*quoted, *stored)}
    dated = following is not None and _dated(following) and words == {"on"}
    if following and preceding and preceding.key in MONTHS and words == {"of"}:
        dated = _YEAR.match(following.key) is not None
    exchanged = len(quoted) == len(stored) == 1 and words != {"a", "an"}  # "a leader" is not "the leader"
    return len(quoted) <= 1 and len(stored) <= 1 and not exchanged and (words <= HARMLESS or dated)


_PAUSES = tuple(",;:—–-…().!?\n")
_FALSE_START = 4
_BROKEN_OFF = re.compile(r"\s*(?:--|—|–)")
_OPENERS = frozenset((("so",), ("well",), ("ну",), ("вот",)))


def filler(run: Sequence[Token], text: str) -> bool:
    """True for words that only one side has and that fill a pause: set apart by marks, or opening a sentence ("So we …")."""
    rest = [key for token in run for key in token.words if key not in SOUNDS]
    keys = list(rest)
    while keys:
        taken = next((n for n in (3, 2, 1) if tuple(keys[:n]) in FILLERS and len(keys) >= n), 0)
        if not taken:
            return False
        keys = keys[taken:]
    if not rest:
        return True
    before = text[: run[0].span.start].rstrip(" \t\u00a0" + QUOTATION_MARKS)
    after = text[run[-1].span.end :].lstrip(" \t\u00a0")
    opening = not before or before[-1] in ".!?…\n:"
    parted = opening or before.endswith(_PAUSES)
    opener = opening and tuple(key for token in run for key in token.words) in _OPENERS
    return parted and (not after or after.startswith(_PAUSES) or opener)


def false_start(run: Sequence[Token], text: str) -> bool:
    """True for a few small words that a speaker breaks off ("on its -- what it has said"); never for ones that decide."""
    if len(run) > _FALSE_START or not all(token.key in FUNCTION_WORDS for token in run):
        return False
    if any(belongs(token) for token in run for _, belongs in _CLASSES):
        return False
    return _BROKEN_OFF.match(text, run[-1].span.end) is not None


def alike(quoted: Token, stored: Token) -> bool:
    """True for two words of one kind that decides: figures, dates, negations, modal verbs, quantifiers, names."""
    if any(belongs(quoted) and belongs(stored) for _, belongs in _CLASSES):
        return True
    return _named(quoted, initial=False) and _named(stored, initial=False)
