"""Differences that no similarity outweighs: edits that change the claim, brackets and omissions that do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from checker.features.assertion import asserts
from checker.lexicon import CONDITIONS, DATES, MODALITY, MONTHS, NEGATIONS, POSSESSIVES, QUANTIFIERS, REFERRING
from checker.types import Alignment, Bracket, Edit, EditKind, Quotation, Reason, Statement
from corpus.text import FUNCTION_WORDS, words
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

_JOINED = 4
"""So many words left out without a mark, or standing elsewhere, make a splice rather than a slip."""

_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?]+[”\"’»)]*(?=\s|\Z)")
_CLOSED = (",", ":", ";", "—", "–")
"""Behind one of these an introduction ends, and what follows has its own subject."""

_CONNECTIVES = frozenset("and but so also then now well yet however therefore и а но так поэтому однако также".split())
_JOINING = frozenset("and or и или".split())
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}\Z")
_DAY_OR_YEAR = re.compile(r"(?:[0-9]{1,2}(?:st|nd|rd|th)?|(?:1[5-9]|20|21)[0-9]{2})\Z")
_STAGE = frozenset(["sic", "laughs", "laughter", "applause", "pause", "inaudible", "smiles", "emphasis", "added", "ed"])


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


def bracket_abuse(quotation: Quotation, alignments: Sequence[Alignment], statement: Statement) -> bool:
    """True when a bracketed insertion adds a claim, replaces words that it may not, or names what is not there."""
    spans = {bracket.span for bracket in quotation.brackets}
    replaced = any(edit.quote in spans and not edit.allowed for alignment in alignments for edit in alignment.edits)
    return replaced or any(_adds(bracket, quotation, alignments, statement) for bracket in quotation.brackets)


def _adds(bracket: Bracket, quotation: Quotation, alignments: Sequence[Alignment], statement: Statement) -> bool:
    """True when an insertion says more than the document does before this passage.

    An antecedent stands before the pronoun that it explains, so what only follows does not count; a
    capitalised word may be new where it completes a name that is there.
    """
    inserted = words(bracket.text)
    if set(inserted.keys) & (NEGATIONS | MODALITY | QUANTIFIERS | CONDITIONS):
        return True
    if _JOINING & {*inserted.keys[:1], *inserted.keys[-1:]}:
        return True
    explained = _explained(bracket, quotation, alignments, statement.document.text)
    if (not explained and _JOINING & set(inserted.keys)) or (_owns(inserted.keys) and not explained & POSSESSIVES):
        return True
    if any(key[0].isdigit() for key in inserted.keys) and not _dated_here(inserted.keys, alignments, statement):
        return True
    known = _known(alignments, statement)
    new = [
        index
        for index, word in enumerate(inserted.keys)
        if word not in known and word not in FUNCTION_WORDS and word not in _STAGE
    ]
    names = [index for index in new if inserted.span(index).of(bracket.text)[0].isupper()]
    completes = len(new) < len(inserted) or quotation.text[bracket.span.end :].lstrip()[:1].isupper()
    if any(inserted.keys[index] in DATES for index in new):
        return True
    return bool(new) and not (names == new and completes)


def _explained(bracket: Bracket, quotation: Quotation, alignments: Sequence[Alignment], text: str) -> frozenset[str]:
    """The referring words behind or in place of which the insertion stands; empty when it explains none."""
    replaced = {
        edit.source for each in alignments for edit in each.edits if edit.quote == bracket.span and edit.allowed
    }
    if bracket.before == 0 and alignments:
        start = alignments[0].source.start
        replaced.add(Span(max(0, start - 40), start))
    near = [words(span.of(text)).keys[-1:] for span in replaced]
    near.append(words(quotation.text[: bracket.span.start]).keys[-1:])
    return frozenset(key for keys in near for key in keys) & REFERRING


def _owns(keys: Sequence[str]) -> bool:
    return keys[-1].endswith("'s") or keys[-1].endswith("s'")


def _dated_here(keys: Sequence[str], alignments: Sequence[Alignment], statement: Statement) -> bool:
    """True when the figures of an insertion are the document's own date, or a date that stands near the match.

    A figure that is no date, such as a sum, may not be carried from one sentence into another.
    """
    start = alignments[0].source.start if alignments else 0
    near = set(words(statement.document.text[max(0, start - 400) : start + 400]).keys)
    own = _date_words(statement)
    dated = {key for key in keys if key in MONTHS or _YEAR.match(key)}
    return all(key in own or (dated and key in near and _DAY_OR_YEAR.match(key)) for key in keys if key[0].isdigit())


def _date_words(statement: Statement) -> set[str]:
    """The words in which the document's date may be written."""
    date = statement.document.date
    if date is None:
        return set()
    months = {name for name, number in MONTHS.items() if number == date.month}
    return {str(date.year), str(date.day), *months}


def _known(alignments: Sequence[Alignment], statement: Statement) -> set[str]:
    """What the document has said by the time of the match, with its title, publisher, speakers and date."""
    document = statement.document
    end = alignments[0].source.start if alignments else len(document.text)
    about = f"{document.title} {document.publisher} {' '.join(document.speakers)} {statement.turn.speaker}"
    return set(words(document.text[:end]).keys) | set(words(about).keys) | _date_words(statement)


def ellipsis_abuse(alignments: Sequence[Alignment], quote: str, text: str) -> bool:
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
