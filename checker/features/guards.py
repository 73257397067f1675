"""Differences that no similarity outweighs: edits that change the claim, omissions that do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from checker.features.assertion import asserts, predicates
from checker.features.phrases import PREPOSITIONS, TURN
from checker.lexicon import NEGATIONS
from checker.types import Alignment, Edit, EditKind, Quotation, Reason, Statement
from corpus.text import words
from corpus.types import Span

REASON_OF: dict[EditKind, Reason] = {
    "negation": "negation",
    "modality": "modality",
    "quantifier": "quantifier",
    "number": "altered-number",
    "date": "altered-date",
    "name": "altered-entity",
    "content-word": "altered-wording",
}
"""The reason that a difference of each kind gives; other kinds only change the wording."""

# Chosen by `benchmarks/thresholds.py`.
_JOINED = 4
"""So many words left out without a mark, or standing elsewhere, make a splice rather than a slip."""

_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?]+[”\"’»)]*(?=\s|\Z)")
_CLOSED = (",", ":", ";", "—", "–")
"""Behind one of these an introduction ends, and what follows has its own subject."""

_HANGING = frozenset(
    """
    a an the to of for with by from in on at into against between about my your his her its our their this that these those
    be is are was were been being have has had will would can could may might must shall should not and or
    в на с к о у из от до по за для и или не
    """.split()
)
"""Words that want another one behind them."""

_CLAUSE = re.compile(r"[,;:—–]|\s-{1,2}\s|\b(?:and|but|or|и|а|но|или)\b")
"""Where a clause may begin: what follows the last of these in a dropped stretch belongs to the words behind it."""

_LONG_OBJECT = 4
"""So many dropped words between two prepositions are another object and no adjective."""

_LIMITS = re.compile(
    r"\bin (?:the|a|its|their|this|that) (?:\w+ ){1,2}sense\b|\bfor the (?:moment|time being)\b|\bво? \w+ (?:\w+ )?смысле\b",
    re.IGNORECASE,
)
"""What limits how a word or a time is meant; without it more is said."""

_CONNECTIVES = frozenset("and but so also then now well yet however therefore и а но так поэтому однако также".split())


def changed(edits: Sequence[Edit]) -> tuple[Reason, ...]:
    """The reasons that disallowed differences give, each once."""
    found = [REASON_OF[edit.kind] for edit in edits if not edit.allowed and edit.kind in REASON_OF]
    return tuple(dict.fromkeys(found))


def spliced(alignments: Sequence[Alignment], quotation: Quotation, statement: Statement) -> bool:
    """True when distant pieces are joined without a mark of omission.

    Either words are skipped across a sentence's end, or a run of the quote's words that is missing here
    stands elsewhere in the same document.
    """
    text = statement.document.text
    for alignment in alignments:
        if _runs_sentences_together(alignment, quotation.text, text):
            return True
        for run in _runs(alignment.edits, source=True):
            skipped = run.of(text)
            if len(words(skipped)) >= _JOINED and any(mark in skipped for mark in ".!?"):
                return True
        for run in _runs(alignment.edits, source=False):
            missing = words(run.of(quotation.text)).keys
            if len(missing) >= _JOINED and _stands_in(missing, words(text).keys):
                return True
    return False


def _runs_sentences_together(alignment: Alignment, quote: str, text: str) -> bool:
    """True when a sentence ends in the source where the quote runs on in lower case without any mark."""
    ours, theirs = words(alignment.quote.of(quote)), words(alignment.source.of(text))
    if ours.keys != theirs.keys:
        return False
    quoted, stored = alignment.quote.of(quote), alignment.source.of(text)
    for place in range(1, len(ours)):
        ended = re.search(r"[.!?][”\"’»)]*\s", stored[theirs.ends[place - 1] : theirs.starts[place]])
        marked = re.search(r"[^\w\s]", quoted[ours.ends[place - 1] : ours.starts[place]])
        if ended and not marked and quoted[ours.starts[place]].islower() and stored[theirs.starts[place]].isupper():
            return True
    return False


def _runs(edits: Sequence[Edit], *, source: bool) -> Iterator[Span]:
    """Unbroken stretches of words that only one side has."""
    run: Span | None = None
    for edit in edits:
        span, other = (edit.source, edit.quote) if source else (edit.quote, edit.source)
        lone = len(span) and not (len(other) and source)
        if lone and run is not None and span.start - run.end < 4:
            run = Span(run.start, span.end)
        elif lone:
            if run is not None:
                yield run
            run = span
    if run is not None:
        yield run


def _stands_in(run: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    head = run[0]
    return any(keys[at : at + len(run)] == run for at, word in enumerate(keys) if word == head)


def ellipsis_abuse(alignments: Sequence[Alignment], quote: str, text: str) -> bool:
    """True when an omission drops what the rest needs, or joins pieces of two sentences that do not stand by themselves."""
    return _joins_sentences(alignments, quote, text) or any(
        _twists(first, second, text) for first, second in itertools.pairwise(alignments)
    )


def _twists(first: Alignment, second: Alignment, text: str) -> bool:
    """True when, inside a sentence, what is left out turned its sense or carried what the next words complete.

    "An end to … the opening of talks" makes an object of what was the next item of a list; "we cannot be … the
    leader" loses the "but we are" between; "no mafia … exists" loses "in the old sense".
    """
    dropped = Span(first.source.end, max(first.source.end, second.source.start)).of(text)
    if _SENTENCE_END.search(dropped):
        return False
    kept = words(first.source.of(text)).keys
    hanging = bool(kept) and kept[-1] in _HANGING
    if hanging and dropped.rstrip().endswith((",", ";")) and "," not in dropped[:2]:
        return True
    tail = words(_CLAUSE.split(dropped)[-1]).keys
    if predicates(tail) or (hanging and len(words(dropped)) > _LONG_OBJECT and tail[-1:] and tail[-1] in PREPOSITIONS):
        return True
    if TURN.search(dropped) and set(kept) & NEGATIONS:
        return True
    return bool(_LIMITS.search(dropped))


def _joins_sentences(alignments: Sequence[Alignment], quote: str, text: str) -> bool:
    """True when an omission joins pieces of two sentences that do not stand by themselves.

    Whole sentences may be left out, and each part may be cut; but a part that breaks off inside its sentence
    must assert something, as must what follows, and a part that sets in inside its sentence may only have lost
    an introduction ("Since then, …").
    """
    for first, second in itertools.pairwise(alignments):
        dropped = Span(first.source.end, max(first.source.end, second.source.start)).of(text)
        ends = [match.end() for match in _SENTENCE_END.finditer(dropped)]
        if not ends:
            continue
        broken, headless = bool(words(dropped[: ends[0]]).keys), dropped[ends[-1] :]
        lost = words(headless).keys
        if lost and (broken or not (headless.rstrip().endswith(_CLOSED) or set(lost) <= _CONNECTIVES)):
            return True
        begun = text[second.source.start : second.source.start + 1]
        if broken and quote[second.quote.start].islower() and begun.isupper():
            return True
        if broken and not all(asserts(words(each.source.of(text)).keys) for each in (first, second)):
            return True
    return False
