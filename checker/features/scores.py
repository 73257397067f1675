"""What each feature found at one place of the record, in an editor's words: for (1), against (0) or between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.dateline import same_date
from checker.features.context import Governed
from checker.features.coverage import Covered
from checker.speakers import Bearing
from checker.tongue import Message, noted, together, worded
from checker.types import Alignment, Claim, Edit, EditKind, FeatureScore, Quotation, Reason, Statement
from corpus.read.turns import EXCERPT

_GUARDS: tuple[tuple[str, EditKind, str, str], ...] = (
    (
        "numbers", "number", noted("Another figure: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("The figures are the source’s."),
    ),
    (
        "dates", "date", noted("Another date: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("Days and months are the source’s."),
    ),
    (
        "names", "name", noted("Another name: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("The names are the source’s."),
    ),
    (
        "negation", "negation", noted("Another “not”: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("What is denied and what is affirmed is the same."),
    ),
    (
        "modality", "modality", noted("Another commitment: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("It is as certain and as binding as in the source."),
    ),
    (
        "quantifiers", "quantifier", noted("Another quantity: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("“All”, “some” and “none” are the source’s."),
    ),
    (
        "content", "content-word", noted("Another word: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("The words that carry the sense are the source’s."),
    ),
    (
        "order", "order", noted("Another order of words: the quote has “%(ours)s”, the source “%(theirs)s”."),
        noted("The words stand in the source’s order."),
    ),
)  # fmt: skip
"""Name of the feature, the edits that it looks at, what is said of one of them, and what when none differs."""

_SHOWN = 3
"""So many differences of one kind are spelled out."""


def scores(
    claim: Claim, quotation: Quotation, statement: Statement, alignments: Sequence[Alignment], *,
    similarity: float, said: Covered | None, bearing: Bearing, governed: Governed, objections: Sequence[Reason],
) -> tuple[FeatureScore, ...]:  # fmt: skip
    """Every feature of a place, in the order in which an editor asks: the words, what differs, the sense, who and when."""
    share = worded("%(share)s of the quoted words stand here in this order.", share=f"{similarity:.0%}")
    found = [FeatureScore("wording", round(similarity, 3), share)]
    if alignments:
        found += _guards(quotation.text, statement.document.text, alignments)
        found += _pieces(quotation, objections)
        found.append(_context(governed))
    if said is not None:
        says = worded("%(share)s of the telling words, weighed by rarity, stand here.", share=f"{said.share:.0%}")
        found.append(FeatureScore("coverage", round(said.share, 3), says))
    return (*found, *_circumstances(claim, statement, bearing))


def meaning_scores(
    claim: Claim, statement: Statement, said: Covered, *, likeness: float, bearing: Bearing
) -> tuple[FeatureScore, ...]:
    """The features of a passage that was read for its meaning."""
    share = worded("%(share)s of the telling words stand here.", share=f"{said.share:.0%}")
    says = worded(
        "Read for its meaning, this passage says what is claimed with a likelihood of %(share)s.",
        share=f"{likeness:.0%}",
    )
    return (
        FeatureScore("coverage", round(said.share, 3), share),
        FeatureScore("meaning", round(likeness, 3), says),
        *_circumstances(claim, statement, bearing),
    )


def _circumstances(claim: Claim, statement: Statement, bearing: Bearing) -> Iterator[FeatureScore]:
    """Who speaks, and when."""
    if claim.speaker:
        yield _speaker(claim.speaker, statement, bearing)
    if claim.date and statement.document.date:
        there, claimed = str(statement.document.date), str(claim.date)
        if same_date(claim.date, statement.document.date):
            yield FeatureScore("date", 1.0, worded("The source is dated %(date)s.", date=there))
        else:
            says = worded("The source is dated %(date)s, the claim %(claimed)s.", date=there, claimed=claimed)
            yield FeatureScore("date", 0.0, says)


def _guards(quote: str, text: str, alignments: Sequence[Alignment]) -> Iterator[FeatureScore]:
    edits = [edit for alignment in alignments for edit in alignment.edits if not edit.allowed]
    for name, kind, another, agreed in _GUARDS:
        differing = [_difference(edit, quote, text, another) for edit in edits if edit.kind == kind]
        if differing:
            yield FeatureScore(name, 0.0, together(differing[:_SHOWN]))
        else:
            yield FeatureScore(name, 1.0, worded(agreed))


def _difference(edit: Edit, quote: str, text: str, another: str) -> Message:
    ours, theirs = edit.quote.of(quote), edit.source.of(text)
    if ours and theirs:
        return worded(another, ours=ours, theirs=theirs)
    if ours:
        return worded("The quote has “%(ours)s”, the source has not.", ours=ours)
    return worded("The source has “%(theirs)s”, the quote has not.", theirs=theirs)


def _pieces(quotation: Quotation, objections: Sequence[Reason]) -> Iterator[FeatureScore]:
    """How marked omissions and brackets fared, where there are any, and whether pieces are joined without a mark."""
    if quotation.omissions:
        fair = "ellipsis-abuse" not in objections
        governs = worded("What is left out governs what is left.")
        says = worded("What is left out governs nothing that is left.") if fair else governs
        yield FeatureScore("omission", float(fair), says)
    if quotation.brackets:
        borne = "bracket-abuse" not in objections
        more = worded("The brackets say more than the source does here.")
        yield FeatureScore("brackets", float(borne), worded("The brackets only explain.") if borne else more)
    if "spliced" in objections:
        yield FeatureScore("joined", 0.0, worded("Pieces that stand apart are joined without a mark."))


def _context(governed: Governed) -> FeatureScore:
    if governed.objections:
        return FeatureScore("context", 0.0, governed.says or worded("What governs these words was left out."))
    if governed.warnings:
        return FeatureScore("context", 0.5, governed.warnings[0].says)
    return FeatureScore("context", 1.0, worded("Nothing that was left out of the sentence changes the sense."))


def _speaker(claimed: str, statement: Statement, bearing: Bearing) -> FeatureScore:
    who = statement.turn.speaker or statement.document.publisher
    other = worded("Here %(who)s speaks, not %(claimed)s.", who=who, claimed=claimed)
    if not statement.turn.speaker and statement.document.kind == EXCERPT:
        other = worded("The excerpt does not name who speaks here.")
    says = {
        "same": worded("These are words of %(claimed)s.", claimed=claimed),
        "reported": worded("The publisher reports %(claimed)s here.", claimed=claimed),
        "other": other,
        "unknown": worded("The source does not say who speaks here."),
    }[bearing]
    return FeatureScore("speaker", {"same": 1.0, "reported": 0.9, "unknown": 0.5, "other": 0.0}[bearing], says)
