"""Weighing one place of the record for and against a claim: runs the features, names the objections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.evidence import bearing_of, curiosities, displacements, evidence_of, ordered
from checker.features.brackets import bracket_abuse
from checker.features.context import Governed, governing, sentence_at
from checker.features.coverage import Covered, covered
from checker.features.guards import changed, spliced
from checker.features.omissions import ellipsis_abuse
from checker.features.scores import scores
from checker.lexicon import BACKSHIFT, REFERRING
from checker.settings import Thresholds
from checker.speakers import Bearing, Register
from checker.types import (
    Alignment,
    Claim,
    Edit,
    Evidence,
    Information,
    Quotation,
    Reason,
    Statement,
)
from corpus.text import words
from corpus.types import Span

_READABLE = 0.5
"""Share of a quote's words in order from which the differences, word by word, can be read side by side."""


def compare(
    claim: Claim, quotation: Quotation, statement: Statement, alignments: tuple[Alignment, ...],
    *, information: Information, register: Register, thresholds: Thresholds,
) -> Evidence:  # fmt: skip
    """What this statement says about the claim, difference by difference."""
    similarity = _similarity(quotation, alignments)
    own = register.own_words(claim.speaker) if claim.speaker else frozenset()
    wording = _wording(claim, quotation, statement, alignments, similarity, thresholds=thresholds, own=own)
    bearing: Bearing = "unknown"
    if claim.speaker:
        bearing = bearing_of(claim.speaker, statement, alignments, register)
    governed = Governed()
    if wording.supports:
        governed = governing(
            alignments,
            claim,
            statement.document.text,
            turn=statement.turn,
            language=_language(statement),
            reported=bearing == "reported",
        )
    hopeless = claim.direct and similarity < thresholds.related
    said = None if wording.supports or hopeless else covered(claim, information, statement, own=own)
    supports, objections, span = _meaning(claim, wording, said, statement, thresholds, similarity)
    objections += governed.objections
    displaced = displacements(claim, statement, bearing)
    if set(displaced) - {"secondary-only"} and not wording.supports:
        # Like words in another mouth or of another day are neither for nor against, unless nearly all are the same.
        supports, objections = None, wording.objections if similarity >= thresholds.that_passage else ()
    displaced = displaced if supports or objections else ()
    unlike = supports != "reported-speech" and (said is None or said.share < thresholds.in_quotes)
    if not claim.direct and unlike and (objections or displaced):
        supports, objections, displaced = None, (), ()  # a likeness that does not fit says nothing about the claim
    decided = ordered(objections + displaced)
    if said is not None and similarity < _READABLE:
        alignments = ()  # the covered sentences are the evidence; a scattered alignment elsewhere is not
    features = scores(
        claim, quotation, statement, alignments,
        similarity=similarity, said=said, bearing=bearing, governed=governed, objections=wording.objections,
    )  # fmt: skip
    return evidence_of(
        claim, statement, alignments, span, features,
        supports=supports, objections=decided, similarity=similarity,
        warnings=governed.warnings + curiosities(claim, statement, register),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wording:
    """Whether the words are the source's own, and if not, why not."""

    supports: Reason | None
    objections: tuple[Reason, ...]


def _similarity(quotation: Quotation, alignments: Sequence[Alignment]) -> float:
    """Share of the quote's words that the source has, over all its parts."""
    lengths = {part.number: len(part.words) for part in quotation.parts}
    held = sum(alignment.similarity * lengths[alignment.part] for alignment in alignments)
    return held / (sum(lengths.values()) or 1)


def _resolved(edit: Edit, quotation: Quotation, statement: Statement, own: frozenset[str]) -> bool:
    """True when reported speech only names who the source calls "we", "you" or "it"."""
    ours = set(words(edit.quote.of(quotation.text)).keys)
    theirs = set(words(edit.source.of(statement.document.text)).keys)
    if edit.kind == "modality":
        return any((mine, other) in BACKSHIFT for mine in ours for other in theirs)
    return edit.kind == "name" and ((theirs <= REFERRING and bool(theirs)) or (ours <= own and bool(ours)))


def _wording(
    claim: Claim,
    quotation: Quotation,
    statement: Statement,
    alignments: Sequence[Alignment],
    similarity: float,
    *,
    thresholds: Thresholds,
    own: frozenset[str],
) -> _Wording:
    edits = [edit for alignment in alignments for edit in alignment.edits]
    if not claim.direct:
        edits = [edit for edit in edits if not _resolved(edit, quotation, statement, own)]
    if similarity < thresholds.same_wording or similarity * quotation.length < min(
        thresholds.same_wording_words, quotation.length
    ):
        return _Wording(None, ())
    objections: list[Reason] = []
    if spliced(alignments, quotation, statement):
        objections.append("spliced")
    if bracket_abuse(quotation, alignments, statement):
        objections.append("bracket-abuse")
    if ellipsis_abuse(alignments, quotation.text, statement.document.text):
        objections.append("ellipsis-abuse")
    objections += changed(edits)
    if _asked_anew(quotation, alignments, statement):
        objections.append("altered-wording")
    whole = len(alignments) == len(quotation.parts)
    allowance = [edit for edit in edits if edit.kind in ("filler", "function-word")]
    empty = [edit for edit in allowance if edit.kind == "function-word" and edit.quote not in _bracket_spans(quotation)]
    if objections or not whole or any(not edit.allowed for edit in edits) or len(empty) > 1:
        return _Wording(None, tuple(objections))
    return _Wording(_support(quotation, statement, alignments, bool(allowance)), ())


def _asked_anew(quotation: Quotation, alignments: Sequence[Alignment], statement: Statement) -> bool:
    """True when the quote ends in a question mark and what it quotes is no question."""
    if not alignments or not quotation.text.rstrip(_CLOSING).endswith("?"):
        return False
    text, end = statement.document.text, alignments[-1].source.end
    last = sentence_at(text, end - 1, turn=statement.turn.span, language=_language(statement))
    return "?" not in text[alignments[-1].source.start : max(last.end, end + 2)]


_CLOSING = " \t\n”»\"’')]"


def _bracket_spans(quotation: Quotation) -> set[Span]:
    return {bracket.span for bracket in quotation.brackets}


def _support(quotation: Quotation, statement: Statement, alignments: Sequence[Alignment], allowance: bool) -> Reason:
    """The first of the reasons for `verified`, by precedence, that fits."""
    if quotation.omissions:
        return "ellipsis"
    if quotation.brackets or quotation.altered:
        return "bracketed"
    if allowance:
        return "press-allowance"
    if any(alignment.foldings for alignment in alignments):
        return "typographic"
    return "exact" if _whole_sentences(alignments[0], statement) else "fragment"


def _whole_sentences(alignment: Alignment, statement: Statement) -> bool:
    text, turn = statement.document.text, statement.turn.span
    first = sentence_at(text, alignment.source.start, turn=turn, language=_language(statement))
    last = sentence_at(text, alignment.source.end - 1, turn=turn, language=_language(statement))
    before, after = text[first.start : alignment.source.start], text[alignment.source.end : last.end]
    return not words(before).keys and not words(after).keys


def _meaning(
    claim: Claim,
    wording: _Wording,
    said: Covered | None,
    statement: Statement,
    thresholds: Thresholds,
    similarity: float,
) -> tuple[Reason | None, tuple[Reason, ...], Span]:
    """Under which reason this place supports the claim, what objects, and where it stands."""
    span = said.span if said else statement.within
    if wording.supports:
        return ("reported-speech" if not claim.direct else wording.supports), (), span
    if said is None or said.share < thresholds.loose:
        return None, wording.objections, span
    same_words = bool(wording.objections) or similarity >= thresholds.same_wording
    altering = tuple(reason for reason in wording.objections if reason not in ("altered-wording",))
    if claim.direct:
        near = said.share >= (thresholds.close if similarity >= thresholds.same_wording else thresholds.in_quotes)
        supports: Reason | None = "paraphrase-in-quotes" if near else None
        objections = wording.objections if same_words else said.objections
        return (supports, objections, span) if supports else (None, wording.objections, span)
    objections = (altering if similarity >= thresholds.reworded else ()) + said.objections
    supports = "close-paraphrase" if said.share >= thresholds.close else "loose-paraphrase"
    if similarity >= thresholds.reworded and not altering:
        supports = "reported-speech"
    return supports, objections, span


def _language(statement: Statement) -> str:
    return statement.document.language
