"""The results of a batch as files: written as they are read, so that a large batch fits into memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Literal

from flask import Response, render_template

from checker.export.card import Card, card
from checker.export.html import style
from checker.types import Report
from web.desk import Desk
from web.exports.download import download
from web.exports.reports import COLUMNS, Form, Reported, export, statement_row
from web.exports.tables import csv_lines
from web.store import jobs
from web.store.findings import load_report
from web.store.jobs import Item, Job

Format = Form | Literal["html"]

HEADER = ("item", "name", "state", "error", *COLUMNS)


def export_of(desk: Desk, job: Job, form: Format) -> Response:
    """A batch as a file."""
    if form == "html":
        page = render_template("batch/print.html", job=job, shown=_numbered(_reports(desk, job)), style=style())
        return download(page, job.title, form)
    if form == "csv":
        return download(csv_lines(HEADER, _rows(desk, job)), job.title, form)
    return export((_reported(*each) for each in _reports(desk, job)), job.title, form)


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
    """A table shows every item, also one without a statement."""
    for item, report in _reports(desk, job):
        first = (item.number, item.name, item.state, item.error)
        for number, finding in enumerate(report.findings if report else (), start=1):
            yield (*first, *statement_row(finding, number))
        if report is None or not report.findings:
            yield (*first, *[None] * len(COLUMNS))


def _reported(item: Item, report: Report | None) -> Reported:
    """An item; of a file only the text that was read from it is kept, whose lines are not the file's."""
    code, error = item.error_code or item.state, item.error or f"This item is {item.state}."
    return Reported(item.name, report, code, error, quote=item.kind == "quote", lines=item.kind != "file")
