"""Frames of their own: `According to X`, `quoting X as saying`, `X’s claim that`, and `X: …`."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.bounds import content_end, has_words, stretch
from checker.extract.cues import AUXILIARIES, Cue
from checker.extract.grammar import Range, turned_label
from checker.extract.sources import source_after, source_before
from checker.extract.statement import Statement
from checker.extract.tokens import Sentence, Tokens, sentence_at
from checker.extract.verbs import VERBS


def according(tokens: Tokens, sentence: Sentence, cue: Cue, low: int) -> Statement | None:
    """According to X, …  and  …, according to X."""
    source = source_after(tokens, cue.last, sentence.last, named=True)
    if source is None:
        return None
    end = source[1]
    leading = cue.first <= low or stretch(tokens, low, cue.first) is None
    if leading:
        comma = next(
            (n for n in range(cue.last, sentence.last) if tokens.keys[n] in (",", ":") and tokens.quoted[n] < 0), None
        )
        content = None if comma is None else stretch(tokens, comma + 1, sentence.last)
        source = source if comma is None else (source[0], comma)
    else:
        content = stretch(tokens, low, cue.first)
    if content is None:
        return None
    parts: tuple[Range, ...] = (content,)
    if not leading and end < sentence.last and tokens.keys[end] == ",":
        second = stretch(tokens, end, sentence.last)
        if (
            second is not None
            and tokens.quoted[second[0]] < 0
            and second[1] - second[0] > 3
            and tokens.keys[second[0]] not in _APPOSED
            and tokens.keys[cue.first - 1] == ","
        ):
            parts = (content, second)
    return Statement(parts, (cue.first, cue.last), source, "according", sentence, 0.85)


_APPOSED = frozenset("which who whose whom a an the and but where when with".split())


def in_view(tokens: Tokens, sentence: Sentence) -> Statement | None:
    """In X’s view, …  and  …, in the opinion of X: what somebody thinks, told as the narrator’s own sentence."""
    for noun in range(sentence.first + 2, sentence.last):
        if tokens.keys[noun] not in _VIEWS or tokens.quoted[noun] >= 0:
            continue
        start = noun - 1
        while (
            start > sentence.first
            and tokens.word(start)
            and noun - start < _LONGEST_OWNER
            and tokens.keys[start] != "in"
        ):
            start -= 1
        owned = tokens.keys[noun - 1].endswith(("'s", "s'")) or (noun - start == 2 and tokens.keys[noun - 1] in _OWNERS)
        source: Range | None = (start + 1, noun) if owned else None
        if noun - start == 2 and tokens.keys[noun - 1 : noun + 2] == ("the", tokens.keys[noun], "of"):
            source = source_after(tokens, noun + 2, sentence.last, named=True)
        if source is None or tokens.keys[start] != "in":
            continue
        end = max(source[1], noun + 1)
        ends = end >= sentence.last - 1 or tokens.keys[end] in (",", ";", ".")
        content = None
        if start == sentence.first and end < sentence.last and tokens.keys[end] == ",":
            content = stretch(tokens, end, sentence.last)
        elif start > sentence.first and tokens.keys[start - 1] == "," and ends:
            content = stretch(tokens, sentence.first, start)
        if content is not None and has_words(tokens, content):
            return Statement((content,), (noun, noun + 1), source, tokens.keys[noun], sentence, 0.7)
    return None


_VIEWS = frozenset("view opinion telling estimation judgment judgement reckoning".split())
_OWNERS = frozenset("his her their".split())
_LONGEST_OWNER = 8


def quoted_as(tokens: Tokens, sentence: Sentence, cue: Cue, low: int, later: Sequence[Cue]) -> Statement | None:
    """`NRG quoting the ministry as saying …` and `X was quoted by Y as saying …`."""
    inner = next((other for other in later if other.form == "ing" and tokens.keys[other.first - 1] == "as"), None)
    if inner is None or inner.first - cue.last > _QUOTED_AS:
        return None
    before = source_before(tokens, cue, low)
    if before is not None and tokens.keys[before[0]] == "with" and before[1] - before[0] > 1:
        before = (before[0] + 1, before[1])
    turned = is_passive(tokens, cue)
    named = source_after(tokens, cue.last + (tokens.keys[cue.last] == "by"), inner.first - 1)
    named = (named[0], inner.first - 1) if named is not None else None
    rest = [other for other in later if other.first > inner.first]
    start = inner.last + (tokens.keys[inner.last : inner.last + 1] == (",",))
    if start >= sentence.last:
        return None
    content = (start, content_end(tokens, sentence, inner, start, rest))
    if not has_words(tokens, content):
        return None
    source, outer = (before, named) if turned else (named, before)
    return Statement((content,), (inner.first - 1, inner.last), source, inner.lemma, sentence, 0.85, outer)


def is_passive(tokens: Tokens, cue: Cue) -> bool:
    """True for `was told`, not for `has told`."""
    helper = tokens.keys[cue.first]
    return helper in AUXILIARIES and cue.form != "ing" and helper not in ("has", "had", "have")


def passive(tokens: Tokens, sentence: Sentence, cue: Cue, later: Sequence[Cue]) -> Statement | None:
    """`It was announced by X that …`, `He was told by X that …`."""
    source = source_after(tokens, cue.last + 1, sentence.last, named=True)
    if source is None or source[1] >= sentence.last or tokens.keys[source[1]] not in _ASKED:
        return None
    content = (source[1], content_end(tokens, sentence, cue, source[1], later))
    if not has_words(tokens, content):
        return None
    return Statement((content,), (cue.first, cue.last + 1), source, cue.lemma, sentence, 0.85)


_ASKED = frozenset("that why whether how if what when where who".split())

_QUOTED_AS = 16
"""So many words may stand between `quoting` and `as saying`."""


def with_noun(tokens: Tokens, sentence: Sentence, cue: Cue, low: int, later: Sequence[Cue]) -> Statement | None:
    """`X’s claim that …`, `assertions made by X that …`: the author stands beside the noun."""
    that = next(n for n in range(cue.last, sentence.last) if tokens.keys[n] == "that")
    source = None
    by = next((n for n in range(cue.last, that) if tokens.keys[n] in ("by", "from", "of")), None)
    if by is not None:
        source = source_after(tokens, by + 1, that)
    else:
        start = cue.first
        while (
            start > low
            and tokens.word(start - 1)
            and not tokens.keys[start - 1].endswith(("'s", "s'"))
            and cue.first - start < 3
        ):
            start -= 1
        if start > low and tokens.keys[start - 1].endswith(("'s", "s'")):
            source = (start - 1, start)
            while source[0] > low and tokens.capital(source[0] - 1):
                source = (source[0] - 1, source[1])
        elif tokens.keys[cue.first - 1] in ("his", "her", "their", "my", "our", "its"):
            source = (cue.first - 1, cue.first)
    if source is None:
        return None
    content = (that, content_end(tokens, sentence, cue, that, later))
    return (
        Statement((content,), (cue.first, cue.last), source, cue.lemma, sentence, 0.6)
        if has_words(tokens, content)
        else None
    )


def headline(tokens: Tokens, sentence: Sentence) -> Statement | None:
    """`Smith: The plan is dead`, as headlines and transcripts have it."""
    last = min(sentence.last, sentence.first + _LONGEST_LABEL)
    colon = next((n for n in range(sentence.first, last) if tokens.keys[n] == ":" and tokens.quoted[n] < 0), None)
    if colon is None or colon == sentence.first or sentence.last - colon < 4:
        return None
    if sentence.first and tokens.sentences[sentence_at(tokens, sentence.first) - 1].paragraph == sentence.paragraph:
        return None
    label = range(sentence.first, colon)
    if not all(tokens.capital(n) or tokens.keys[n] == "." for n in label) or any(
        tokens.keys[n] in _LABELS for n in label
    ):
        return None
    content = stretch(tokens, colon + 1, sentence.last)
    if content is None:
        return None
    if turned_label(tokens, sentence.first) and colon - sentence.first > 1:  # Added Cole: “…”
        cue = (sentence.first, sentence.first + 1)
        return Statement((content,), cue, (cue[1], colon), VERBS[tokens.keys[cue[0]]].lemma, sentence, 0.95)
    return Statement((content,), (colon, colon + 1), (sentence.first, colon), "colon", sentence, 0.5)


_LONGEST_LABEL = 6

_LABELS = frozenset(
    """updated update note photo photos video videos opinion editor's analysis watch breaking source sources age name date
    contact related more exclusive correction listen read warning here's editorial column live review city job pay why
    how what who when where bottom email twitter facebook location cost time step question""".split()
)
"""What stands before a colon without saying anything: `Opinion: …`, `Video: …`."""
