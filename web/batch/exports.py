"""The results of a batch as files: written as they are read, so that a large batch fits into memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Literal

from flask import Response, render_template

from checker.export import error_object, finding_object, json_line, report_object
from checker.export.article import pieces, underline
from checker.export.card import Card, card, cards
from checker.export.html import style
from checker.types import Finding, Report
from web.desk import Desk
from web.exports.download import download
from web.exports.tables import csv_lines
from web.exports.word import Annotated, Remark, Stretch, word_document
from web.store import jobs
from web.store.findings import load_report
from web.store.jobs import Item, Job

Format = Literal["html", "csv", "jsonl", "docx"]

HEADER = (
    "item", "name", "state", "error", "number", "quote", "speaker", "status", "reason", "confidence", "summary",
    "publisher", "document", "date", "url",
)  # fmt: skip


def export_of(desk: Desk, job: Job, form: Format) -> Response:
    """A batch as a file."""
    if form == "csv":
        return download(csv_lines(HEADER, _rows(desk, job)), job.title, form)
    if form == "jsonl":
        return download((json_line(each) + "\n" for each in _objects(desk, job)), job.title, form)
    if form == "docx":
        return download(word_document(_annotated(*each) for each in _reports(desk, job)), job.title, form)
    page = render_template("batch/print.html", job=job, shown=_numbered(_reports(desk, job)), style=style())
    return download(page, job.title, form)


def _reports(desk: Desk, job: Job) -> Iterator[tuple[Item, Report | None]]:
    with desk.store.reading() as connection:
        for item, result in jobs.results(connection, job.id):
            yield item, load_report(result, desk.wording) if result else None


def _numbered(reports: Iterable[tuple[Item, Report | None]]) -> Iterator[tuple[Item, tuple[Card, ...]]]:
    """Every item with its cards, numbered through the whole page, where no two may have the same name."""
    number = count(1)
    for item, report in reports:
        yield item, tuple(card(each, number=next(number)) for each in (report.findings if report else ()))


def _rows(desk: Desk, job: Job) -> Iterator[tuple[object, ...]]:
    for item, report in _reports(desk, job):
        first = (item.number, item.name, item.state, item.error)
        for number, finding in enumerate(report.findings if report else (), start=1):
            yield (*first, number, *_row(finding))
        if report is None or not report.findings:
            yield (*first, *[None] * (len(HEADER) - len(first)))


def _row(finding: Finding) -> tuple[object, ...]:
    claim, verdict = finding.claim, finding.verdict
    document = finding.evidence[0].document if finding.evidence else None
    place = (document.publisher, document.id, document.date, document.url) if document else (None,) * 4
    return (claim.quote, claim.speaker, verdict.status, verdict.reason, verdict.confidence, verdict.summary, *place)


def _objects(desk: Desk, job: Job) -> Iterator[dict[str, object]]:
    """One object an item, as `quotes` and `check` give it."""
    for item, report in _reports(desk, job):
        if report is None:
            yield error_object(item.name, item.error_code or item.state, item.error or f"This item is {item.state}.")
        elif item.kind == "quote":
            yield {**finding_object(report.findings[0]), "id": item.name}
        else:
            yield {**report_object(report), "id": item.name}


def _annotated(item: Item, report: Report | None) -> Annotated:
    if report is None:
        return Annotated(item.name, [item.error or f"This item is {item.state}."], [], [])
    found = cards(report)
    text = [
        Stretch(each.text, each.statement.anchor if each.statement else "")
        for each in pieces(report.article.text, [underline(one) for one in found])
    ]
    if item.kind == "quote":
        text = [Stretch(report.article.text, "1")]
    return Annotated(report.article.title or item.name, [], text, [_remark(each) for each in found])


def _remark(each: Card) -> tuple[str, Remark]:
    verdict = each.finding.verdict
    return each.anchor, Remark("OnRecord", f"{each.status}, {each.reason.short}. {verdict.summary}")
