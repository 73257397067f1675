"""The pages: a box to paste into, what was found, a stored document, and what this service is."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from checker import wording
from checker.export import finding_html, report_html
from checker.export.article import pieces
from checker.export.card import card, cards, tally, web_address
from checker.export.coverage import calendar, days_since, gap_words, one_gap
from checker.export.html import style
from checker.query import without_marks
from checker.types import Article, Claim, Evidence
from corpus.errors import CorpusUnavailable
from corpus.text import FOLDINGS
from corpus.types import Coverage
from web.desk import desk, one_quote
from web.reading import read_turns
from web.schemas import AddressError, CheckForm, Typed, read_address, read_check, read_coverage, read_id

pages = Blueprint("pages", __name__)

_DAY = 86_400
_HEADLINE = 140


@pages.get("/")
def home() -> str:
    """One box for a quotation or an article."""
    return render_template("home.html", typed=Typed(), error=None, coverage=_coverage())


@pages.get("/check")
def ask_again() -> AnyResponse:
    """A result has no address of its own, since nothing is stored: reloading leads to the box."""
    return redirect(url_for("pages.home"))


@pages.post("/check")
def check() -> str | Response:
    """Check what was pasted, as one quotation or as an article."""
    form = read_check(request.form)
    checks = desk().checks
    if form.kind == "quote" or (form.kind == "decide" and one_quote(form.text, checks)):
        return _quote(form)
    return _article(form)


@pages.get("/documents")
def documents() -> AnyResponse:
    """Without an id there is only what can be said of all documents."""
    return redirect(url_for("pages.about", _anchor="corpus"))


@pages.get("/documents/<path:id>")
def document(id: str) -> str:
    """A stored document, opened at a passage."""
    address = read_address(request.args)
    stored = desk().document(read_id(id), address.version)
    passage = address.passage
    if passage is not None and passage.end > len(stored.document.text):
        raise AddressError("The passage ends after the document.")
    return render_template(
        "document.html", stored=stored, document=stored.document, turns=read_turns(stored.document, passage),
        passage=passage, original=web_address(stored.document.url),
        related=[(wording.relation(each.relation, each.language), each) for each in desk().relatives(stored)],
    )  # fmt: skip


@pages.get("/document")
def document_by_parameter() -> str:
    """The same for an id that a browser or a proxy would tidy up if it were part of the path."""
    return document(request.args.get("id", ""))


@pages.get("/about")
def about() -> str:
    """How a verdict is reached, and what the corpus holds."""
    return render_template("about.html", coverage=desk().corpus.coverage(), foldings=FOLDINGS, groups=wording.GROUPS)


@pages.get("/coverage")
def coverage() -> str:
    """What is held of each publisher and speaker over time, and where there are gaps."""
    asked = read_coverage(request.args)
    everything = not asked.publisher and not asked.speaker
    return render_template(
        "coverage.html",
        asked=asked,
        publishers=desk().corpus.publisher_holdings(asked.publisher) if asked.publisher or everything else (),
        speakers=desk().speakers(asked.speaker or None) if asked.speaker or everything else (),
        today=datetime.datetime.now(tz=datetime.UTC).date(),
        days_since=days_since, gap_words=gap_words, one_gap=one_gap, calendar=calendar,
    )  # fmt: skip


@pages.get("/desk.css")
def desk_style() -> Response:
    """The style of cards and marked articles, which the report carries inside itself."""
    response = Response(style(), mimetype="text/css")
    response.cache_control.max_age = _DAY
    return response


@pages.app_template_global()
def document_address(id: str, **passage: str | int) -> str:
    """The address of a document's page; an id with empty or dotted steps travels as a parameter."""
    tidied = any(step in ("", ".", "..") for step in id.split("/"))
    endpoint = "pages.document_by_parameter" if tidied else "pages.document"
    return url_for(endpoint, id=id, **passage)  # type: ignore[arg-type]  # whatever is left becomes a parameter


@pages.app_template_global()
def passage_address(evidence: Evidence) -> str:
    """Where a passage opens on our own page."""
    span, version = evidence.span, evidence.version.number
    return document_address(evidence.document.id, start=span.start, end=span.end, version=version, _anchor="passage")


def _quote(form: CheckForm) -> str | Response:
    finding = desk().checks.quote(Claim(quote=without_marks(form.text), speaker=form.speaker, date=form.date))
    if form.output == "report":
        return _download(finding_html(finding))
    return render_template("quote.html", shown=card(finding), typed=form.typed)


def _article(form: CheckForm) -> str | Response:
    report = desk().checks.article(Article("article", form.text, title=_title(form.text), date=form.date))
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


def _coverage() -> Coverage | None:
    """What the corpus holds; the start page opens without it, and checking will say what is wrong."""
    try:
        return desk().corpus.coverage()
    except CorpusUnavailable:
        return None
