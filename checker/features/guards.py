"""Differences that no similarity outweighs: edits that change the claim, and pieces joined without a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

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
            if any(mark in skipped for mark in ".!?") and len(words(skipped)) >= _JOINED:
                return True
        for run in _runs(alignment.edits, source=False):
            missing = words(run.of(quotation.text)).keys
            if len(missing) >= _JOINED and _stands_in(missing, _keys_of(text)):
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


@lru_cache(maxsize=32)
def _keys_of(text: str) -> tuple[str, ...]:
    """The words of a whole document; the quotes of one speaker come to the same documents again."""
    return words(text).keys


def _stands_in(run: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    head = run[0]
    return any(keys[at : at + len(run)] == run for at, word in enumerate(keys) if word == head)
