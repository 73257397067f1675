"""What each feature found at one place of the record, in an editor's words: for (1), against (0) or between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.dateline import same_date
from checker.features.context import Governed
from checker.features.coverage import Covered
from checker.speakers import Bearing
from checker.types import Alignment, Claim, Edit, EditKind, FeatureScore, Quotation, Reason, Statement

_GUARDS: tuple[tuple[str, EditKind, str, str], ...] = (
    ("numbers", "number", "figure", "The figures are the source’s."),
    ("dates", "date", "date", "Days and months are the source’s."),
    ("names", "name", "name", "The names are the source’s."),
    ("negation", "negation", "“not”", "What is denied and what is affirmed is the same."),
    ("modality", "modality", "commitment", "It is as certain and as binding as in the source."),
    ("quantifiers", "quantifier", "quantity", "“All”, “some” and “none” are the source’s."),
    ("content", "content-word", "word", "The words that carry the sense are the source’s."),
    ("order", "order", "order of words", "The words stand in the source’s order."),
)
"""Name of the feature, the edits that it looks at, what one of them is called, and what is said when none differs."""

_SHOWN = 3
"""So many differences of one kind are spelled out."""


def scores(
    claim: Claim, quotation: Quotation, statement: Statement, alignments: Sequence[Alignment], *,
    similarity: float, said: Covered | None, bearing: Bearing, governed: Governed, objections: Sequence[Reason],
) -> tuple[FeatureScore, ...]:  # fmt: skip
    """Every feature of a place, in the order in which an editor asks: the words, what differs, the sense, who and when."""
    found = [
        FeatureScore("wording", round(similarity, 3), f"{similarity:.0%} of the quoted words stand here in this order.")
    ]
    if alignments:
        found += _guards(quotation.text, statement.document.text, alignments)
        found += _pieces(quotation, objections)
        found.append(_context(governed))
    if said is not None:
        says = f"{said.share:.0%} of the telling words, weighed by rarity, stand here."
        found.append(FeatureScore("coverage", round(said.share, 3), says))
    return (*found, *_circumstances(claim, statement, bearing))


def meaning_scores(
    claim: Claim, statement: Statement, said: Covered, *, likeness: float, bearing: Bearing
) -> tuple[FeatureScore, ...]:
    """The features of a passage that was read for its meaning."""
    says = f"Read for its meaning, this passage says what is claimed with a likelihood of {likeness:.0%}."
    return (
        FeatureScore("coverage", round(said.share, 3), f"{said.share:.0%} of the telling words stand here."),
        FeatureScore("meaning", round(likeness, 3), says),
        *_circumstances(claim, statement, bearing),
    )


def _circumstances(claim: Claim, statement: Statement, bearing: Bearing) -> Iterator[FeatureScore]:
    """Who speaks, and when."""
    if claim.speaker:
        yield _speaker(claim.speaker, statement, bearing)
    if claim.date and statement.document.date:
        same = same_date(claim.date, statement.document.date)
        says = f"The source is dated {statement.document.date}" + ("." if same else f", the claim {claim.date}.")
        yield FeatureScore("date", float(same), says)


def _guards(quote: str, text: str, alignments: Sequence[Alignment]) -> Iterator[FeatureScore]:
    edits = [edit for alignment in alignments for edit in alignment.edits if not edit.allowed]
    for name, kind, called, agreed in _GUARDS:
        differing = [edit for edit in edits if edit.kind == kind]
        if differing:
            yield FeatureScore(
                name, 0.0, " ".join(_difference(edit, quote, text, called) for edit in differing[:_SHOWN])
            )
        else:
            yield FeatureScore(name, 1.0, agreed)


def _difference(edit: Edit, quote: str, text: str, called: str) -> str:
    ours, theirs = edit.quote.of(quote), edit.source.of(text)
    if ours and theirs:
        return f"Another {called}: the quote has “{ours}”, the source “{theirs}”."
    return f"The quote has “{ours}”, the source has not." if ours else f"The source has “{theirs}”, the quote has not."


def _pieces(quotation: Quotation, objections: Sequence[Reason]) -> Iterator[FeatureScore]:
    """How marked omissions and brackets fared, where there are any, and whether pieces are joined without a mark."""
    if quotation.omissions:
        fair = "ellipsis-abuse" not in objections
        says = "What is left out governs nothing that is left." if fair else "What is left out governs what is left."
        yield FeatureScore("omission", float(fair), says)
    if quotation.brackets:
        borne = "bracket-abuse" not in objections
        says = "The brackets only explain." if borne else "The brackets say more than the source does here."
        yield FeatureScore("brackets", float(borne), says)
    if "spliced" in objections:
        yield FeatureScore("joined", 0.0, "Pieces that stand apart are joined without a mark.")


def _context(governed: Governed) -> FeatureScore:
    if governed.objections:
        return FeatureScore("context", 0.0, governed.says or "What governs these words was left out.")
    if governed.warnings:
        return FeatureScore("context", 0.5, governed.warnings[0].says)
    return FeatureScore("context", 1.0, "Nothing that was left out of the sentence changes the sense.")


def _speaker(claimed: str, statement: Statement, bearing: Bearing) -> FeatureScore:
    says = {
        "same": f"These are words of {claimed}.",
        "reported": f"The publisher reports {claimed} here.",
        "other": f"Here {statement.turn.speaker or statement.document.publisher} speaks, not {claimed}.",
        "unknown": "The source does not say who speaks here.",
    }[bearing]
    return FeatureScore("speaker", {"same": 1.0, "reported": 0.9, "unknown": 0.5, "other": 0.0}[bearing], says)
