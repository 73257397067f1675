"""What was found, as a page or as a report to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, render_template

from checker.export import finding_html, report_html
from checker.export.article import pieces
from checker.export.card import card, cards, tally, web_address
from checker.query import without_marks
from checker.types import Article, Claim
from corpus.store import Added
from corpus.types import Document
from web.desk import desk, one_quote
from web.given import Given
from web.schemas import CheckForm

_HEADLINE = 140


@dataclass(frozen=True, slots=True)
class Stored:
    """A source that a reader gave, and whether the record changed by it."""

    document: Document
    outcome: Added


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a source that a reader gave was not stored, at which field, and what was typed."""

    given: Given
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What a result says of the reader's own sources: whether they can be added, what was, and what could not be."""

    allowed: bool
    stored: tuple[Stored, ...] = ()
    problems: Mapping[int, Problem] = field(default_factory=dict)


def answer(form: CheckForm, sources: Sources) -> str | Response:
    """Check what a form holds, as one quotation or as an article, and show what was found."""
    checks = desk().checks
    if form.kind == "quote" or (form.kind == "decide" and one_quote(form.text, checks)):
        return _quote(form, sources)
    return _article(form, sources)


def _quote(form: CheckForm, sources: Sources) -> str | Response:
    finding = desk().checks.quote(Claim(quote=without_marks(form.text), speaker=form.speaker, date=form.date))
    if form.output == "report":
        return _download(finding_html(finding))
    return render_template("quote.html", shown=card(finding), typed=form.typed, sources=sources)


def _article(form: CheckForm, sources: Sources) -> str | Response:
    title = form.typed.title or _title(form.text)
    article = Article("article", form.text, title=title, date=form.date, url=form.typed.link or None)
    report = desk().checks.article(article)
    if form.output == "report":
        return _download(report_html(report))
    found = cards(report)
    return render_template(
        "article.html",
        report=report,
        cards=found,
        tally=tally(found),
        pieces=pieces(form.text, found),
        typed=form.typed,
        sources=sources,
        link=web_address(article.url),
    )


def _title(text: str) -> str:
    """The first line of an article, when it is short enough to be a headline."""
    first = text.strip().partition("\n")[0].strip()
    return first if 0 < len(first) <= _HEADLINE else ""


def _download(page: str) -> Response:
    response = Response(page, mimetype="text/html")
    response.headers["Content-Disposition"] = "attachment; filename=onrecord-report.html"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
