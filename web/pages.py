"""The pages: a box to paste into, what was found, a stored document, and what this service is."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from checker import wording
from checker.export.card import web_address
from checker.export.coverage import calendar, days_since, gap_words, one_gap
from checker.export.html import style
from checker.types import Evidence
from corpus.errors import CorpusUnavailable, FetchError
from corpus.text import FOLDINGS
from corpus.types import Coverage
from web.desk import desk
from web.origin import is_here
from web.reading import read_turns
from web.results import Sources, answer
from web.schemas import (
    AddressError,
    CheckForm,
    FormError,
    Typed,
    read_address,
    read_check,
    read_coverage,
    read_id,
    with_article,
)

pages = Blueprint("pages", __name__)

_DAY = 86_400


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
    """Check what was pasted, as one quotation or as an article; a link stands for the article that it leads to."""
    form = read_check(request.form)
    return answer(_fetched(form) if form.is_link else form, Sources(desk().adds(here=is_here())))


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


def _fetched(form: CheckForm) -> CheckForm:
    """The same with the article that its link leads to; raises FormError, which keeps the link in its box."""
    try:
        article = desk().article_at(form.typed.text.strip())
    except FetchError as error:
        raise FormError("text", str(error), form.typed) from error
    return with_article(form, article)


def _coverage() -> Coverage | None:
    """What the corpus holds; the start page opens without it, and checking will say what is wrong."""
    try:
        return desk().corpus.coverage()
    except CorpusUnavailable:
        return None
