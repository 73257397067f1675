"""Reports as files: tables, lines, Word, and the forms of standards; for one article or for many, one after another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from flask import Response

from checker.export import error_object, finding_object, json_line, report_object
from checker.export.annotations import annotations_object
from checker.export.article import pieces, underline
from checker.export.card import Card, cards, web_address
from checker.export.claimreview import claim_reviews
from checker.export.contract import Object, json_document, reference
from checker.export.regions import Original
from checker.export.sarif import CheckedFile, Failure, sarif_object
from checker.types import Finding, Report
from web.exports.download import download
from web.exports.tables import csv_lines
from web.exports.word import Annotated, Remark, Stretch, word_document

Form = Literal["csv", "jsonl", "docx", "sarif", "claimreview", "annotations"]
FORMS: Mapping[Form, str] = {
    "docx": "Word", "csv": "CSV", "jsonl": "JSON Lines", "sarif": "SARIF", "claimreview": "ClaimReview",
    "annotations": "Web Annotation",
}  # fmt: skip
"""What readers know them as, in the order in which they are offered."""

COLUMNS = (
    "number", "quote", "speaker", "status", "reason", "confidence", "summary", "publisher", "document", "date", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reported:
    """What was checked under a name: its report, or why there is none; `quote` says that it is one quotation, and
    `lines` that its text is laid out as its sender has it."""

    name: str
    report: Report | None
    error_code: str = ""
    error: str = ""
    quote: bool = False
    lines: bool = True


def export(found: Iterable[Reported], title: str, form: Form) -> Response:
    """All of it as one file."""
    if form == "csv":
        return download(csv_lines(("name", *COLUMNS), (row for each in found for row in _rows(each))), title, form)
    if form == "jsonl":
        return download((json_line(_line_object(each)) + "\n" for each in found), title, form)
    if form == "docx":
        return download(word_document(map(_annotated, found)), title, form)
    return download(json_document(_STANDARDS[form](list(found))), title, form)


def _line_object(each: Reported) -> Object:
    """One object, as `quotes` and `check` give it."""
    if each.report is None:
        return error_object(each.name, each.error_code, each.error)
    found = finding_object(each.report.findings[0]) if each.quote else report_object(each.report)
    return {**found, "id": each.name}


def statement_row(finding: Finding, number: int) -> tuple[object, ...]:
    """The row of one finding, in `COLUMNS`."""
    claim, verdict = finding.claim, finding.verdict
    document = finding.evidence[0].document if finding.evidence else None
    place = (document.publisher, document.id, document.date, document.url) if document else (None,) * 4
    said = (claim.quote, claim.speaker, verdict.status, verdict.reason, verdict.confidence, verdict.summary)
    return (number, *said, *place)


def _annotated(each: Reported) -> Annotated:
    """The text with what was found as remarks in its margin."""
    if each.report is None:
        return Annotated(each.name, [each.error], [], [])
    article, found = each.report.article, cards(each.report)
    text = [
        Stretch(piece.text, piece.statement.anchor if piece.statement else "")
        for piece in pieces(article.text, [underline(one) for one in found])
    ]
    if each.quote:
        text = [Stretch(article.text, "1")]
    return Annotated(article.title or each.name, [], text, [_remark(one) for one in found])


def _rows(each: Reported) -> Iterator[tuple[object, ...]]:
    for number, finding in enumerate(each.report.findings if each.report else (), start=1):
        yield (each.name, *statement_row(finding, number))


def _remark(each: Card) -> tuple[str, Remark]:
    verdict = each.finding.verdict
    return each.anchor, Remark("OnRecord", f"{each.status}, {each.reason.short}. {verdict.summary}")


def _sarif(found: Sequence[Reported]) -> Object:
    files = [
        CheckedFile(each.report, _file(each), Original(each.report.article.text) if each.lines else None)
        for each in found
        if each.report
    ]
    failures = [Failure(_file(each), each.error) for each in found if each.report is None]
    return sarif_object(files, version=version("onrecord"), failures=failures)


def _file(each: Reported) -> str:
    return reference(each.name) or "article"


def _reviews(found: Sequence[Reported]) -> Object:
    return claim_reviews(each.report for each in found if each.report)


def _annotations(found: Sequence[Reported]) -> Object:
    return annotations_object([(each.report, _address(each.report)) for each in found if each.report])


def _address(report: Report) -> str:
    """An article's own address; without one its text's hash, since the address of a check is its reader's secret."""
    article = report.article
    return web_address(article.url) or f"urn:sha256:{hashlib.sha256(article.text.encode()).hexdigest()}"


_STANDARDS = {"sarif": _sarif, "claimreview": _reviews, "annotations": _annotations}
