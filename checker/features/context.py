"""The words around a match that govern it: a negation, a condition, a question, somebody else's mouth.

Only the rest of the same sentence is judged. A fragment that asserts nothing stays a fragment, and what
governs it is shown as a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.lexicon import CONDITIONS, NEGATIONS, REPORTING, STANCE
from checker.types import Alignment, Claim, Reason, Warning
from corpus.text import sentences, words
from corpus.types import Span, Turn

_TURNS = frozenset(["but", "however", "yet", "instead", "rather", "although", "though", "а", "но", "однако", "зато"])
_OWN = frozenset(["i", "we", "i've", "we've", "i'd", "we'd", "я", "мы"])
_FAIR = re.compile(
    r"\b(?:no doubt|not only|not just|not merely|no secret|no question|no wonder|cannot but|can not but|cannot help"
    r"|нет сомнени[йя]|не только|не просто)\b",
    re.IGNORECASE,
)
_FINITE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "am",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "let",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "hasn't",
        "haven't",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "wouldn't",
        "can't",
        "cannot",
        "couldn't",
        "i'm",
        "we're",
        "they're",
        "it's",
        "that's",
        "there's",
        "i'll",
        "we'll",
        "i've",
        "we've",
        "i",
        "we",
        "he",
        "she",
        "they",
        "you",
        "who",
        "есть",
        "был",
        "была",
        "было",
        "были",
        "будет",
        "будут",
        "может",
        "могут",
        "должны",
        "должен",
        "я",
        "мы",
        "он",
        "она",
        "они",
    ]
)
_OPINION = frozenset(
    [
        "think",
        "thinks",
        "thought",
        "believe",
        "believes",
        "believed",
        "imagine",
        "imagines",
        "wonder",
        "wonders",
        "wish",
    ]
)
_OPENING, _CLOSING = "“«„", "”»"
_LONGEST = 20_000
"""Of a text without paragraphs, so many code points around the match are read for its sentence."""
_MARKS = " \t\n”»\"’')"
_NEAR = 4
"""A word that governs an infinitive or a noun stands at most this many words before it ("refuse to", "madness now to")."""


@dataclass(frozen=True, slots=True)
class Governed:
    """What the left-out words of the sentence do to the match."""

    objections: tuple[Reason, ...] = ()
    warnings: tuple[Warning, ...] = ()


def governing(
    alignments: Sequence[Alignment], claim: Claim, text: str, *, turn: Turn, language: str, reported: bool = False
) -> Governed:
    """Judge every part's surroundings, from the sentence's start to its end.

    Words that an earlier part of the quote already shows do not count as left out. `reported` says that the
    page is a report of the claimed speaker's words, where "she said that" is what one expects.
    """
    objections: list[Reason] = []
    warnings: list[Warning] = []
    shown = turn.span.start
    if turn.kind != "narration" and alignments and _inside_marks(text[turn.span.start : alignments[0].source.start]):
        return Governed(("nested-quote",))
    for alignment in alignments:
        sentence = sentence_at(text, alignment.source.start, turn=turn.span, language=language)
        first = Span(max(sentence.start, min(shown, alignment.source.start)), alignment.source.start)
        closing = sentence_at(
            text, max(alignment.source.end - 1, alignment.source.start), turn=turn.span, language=language
        )
        rest = Span(alignment.source.end, max(alignment.source.end, closing.end))
        found = _judge(
            first.of(text), alignment.source.of(text), claim.quote[alignment.quote.end : alignment.quote.end + 4], rest.of(text),
            asserts=_asserts(alignments, sentence, text), reported=reported, elided=shown > sentence.start,
        )  # fmt: skip
        if found.objections and _restored(claim):
            found = Governed((), (Warning("restored", "The article's own words before the quotation govern it."),))
        objections += found.objections
        warnings += found.warnings
        shown = alignment.source.end
    return Governed(tuple(dict.fromkeys(objections)), tuple(dict.fromkeys(warnings)))


def sentence_at(text: str, at: int, *, turn: Span, language: str) -> Span:
    """The sentence of a turn in which the code point at `at` stands."""
    low = max(turn.start, text.rfind("\n\n", turn.start, at) + 2 if "\n\n" in text[turn.start : at] else turn.start)
    high = text.find("\n\n", at, turn.end)
    paragraph = Span(low, turn.end if high < 0 else high)
    if len(paragraph) > _LONGEST:
        paragraph = Span(max(low, at - _LONGEST // 2), min(paragraph.end, at + _LONGEST // 2))
    for span in sentences(paragraph.of(text), language=language):
        if span.end + paragraph.start > at:
            return span.shift(paragraph.start)
    return Span(at, at)


def _asserts(alignments: Sequence[Alignment], sentence: Span, text: str) -> bool:
    """True when what the quote shows of a sentence has a finite verb."""
    shown = [alignment.source.of(text) for alignment in alignments if alignment.source.overlaps(sentence)]
    return any(_FINITE & set(words(piece).keys) for piece in shown)


def _judge(before: str, quoted: str, mark: str, after: str, *, asserts: bool, elided: bool, reported: bool) -> Governed:
    left = _scope(words(_FAIR.sub(" ", before)).keys)
    reason: Reason = "ellipsis-abuse" if elided else "out-of-context"
    if not reported and _reported(left, before, asserts):
        return Governed(("nested-quote",))
    if governor := _negated(left, before, asserts) or _conditioned(left, after, asserts):
        return (
            Governed((reason,))
            if _decides(governor, left, words(quoted).keys, asserts)
            else Governed((), (_warning(governor),))
        )
    if after.rstrip(_MARKS).endswith("?") and "?" not in mark:
        return Governed((reason,)) if asserts else Governed((), (_warning("?"),))
    return Governed()


def _restored(claim: Claim) -> bool:
    """True when the article says before the quotation marks what the quote leaves out ("not to “sign …”")."""
    at = claim.context.find(claim.quote.strip()[:20])
    before = words(claim.context[max(0, at - 60) : at]).keys[-3:] if at > 0 else ()
    return bool(set(before) & (NEGATIONS | STANCE | CONDITIONS))


def _inside_marks(before: str) -> bool:
    """True when the match stands inside quotation marks that somebody else's words open ("he used to say: “…")."""
    paragraph = before[before.rfind("\n\n") + 1 :]
    opened = max(paragraph.rfind(mark) for mark in _OPENING)
    if opened <= max(paragraph.rfind(mark) for mark in _CLOSING):
        opened = paragraph.rfind('"') if paragraph.count('"') % 2 else -1
    if opened < 0:
        return False
    lead = paragraph[:opened].rstrip()
    near = words(lead[-80:]).keys[-_NEAR - 3 :]
    introduced = lead.endswith((":", ",")) or bool(REPORTING & set(near[-2:]))
    return introduced and not _OWN & set(near[-3:])


def _scope(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The words left of the match that can still govern it: those behind the last "but"."""
    turns = [place for place, word in enumerate(keys) if word in _TURNS]
    return keys[turns[-1] + 1 :] if turns else keys


def _reported(left: tuple[str, ...], before: str, asserts: bool) -> bool:
    """True when the words are reported as somebody else's: "he said that …", "they think …", inner marks."""
    if not left:
        return False
    opened = max(before.rfind(mark) for mark in _OPENING)
    inside = opened > max(before.rfind(mark) for mark in _CLOSING)
    for place, word in enumerate(left):
        if word in REPORTING or (word in _OPINION and left[-1] in ("that", "if", "что")):
            own = _OWN & set(left[max(0, place - 3) : place])
            behind = left[place + 1 :]
            if not own and (
                inside or "that" in behind or "что" in behind or (before.rstrip().endswith((":", ",")) and asserts)
            ):
                return True
    return False


def _negated(left: tuple[str, ...], before: str, asserts: bool) -> str | None:
    """The negation or refusal that governs the match, if one does."""
    for distance, word in enumerate(reversed(left), start=1):
        if word in NEGATIONS and (distance <= 2 or _runs_on(before, word)):
            return word
        if word in STANCE and distance <= _NEAR:
            return word
    return None


def _runs_on(before: str, word: str) -> bool:
    """True when no comma, dash or colon closes the clause between that word and the match."""
    at = before.casefold().replace("’", "'").rfind(word)
    return at >= 0 and not re.search(r"[,;:–—()]", before[at:])


def _conditioned(left: tuple[str, ...], after: str, asserts: bool) -> str | None:
    found = [word for word in left if word in CONDITIONS]
    found += [word for word in words(after).keys[:3] if word in CONDITIONS]
    return found[0] if found else None


def _decides(governor: str, left: tuple[str, ...], said: tuple[str, ...], asserts: bool) -> bool:
    """A fragment without a finite verb asserts nothing, unless it reads as an exhortation.

    It does when it holds an infinitive and what governs it stands right before ("this is not | the time to end …").
    """
    return asserts or governor in STANCE or (governor in left[-2:] and "to" in said[1:])


def _warning(governor: str) -> Warning:
    says = (
        "In the source these words stand in a question."
        if governor == "?"
        else f"In the source these words stand under “{governor}”."
    )
    return Warning("governed", says)
