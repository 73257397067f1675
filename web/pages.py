"""The pages: a box to paste into, what was found, a stored document, and what this service is."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from checker import wording
from checker.export.card import web_address
from checker.export.coverage import calendar, days_since, gap_words, one_gap
from checker.export.html import style
from checker.reliability import reliability
from checker.tongue import noted
from checker.types import Evidence
from corpus.errors import CorpusUnavailable
from corpus.sync.freshness import Freshness, sources
from corpus.text import FOLDINGS
from corpus.types import Coverage
from web.bookmarklet import bookmarklet
from web.charts import coverage_timeline, reliability_points
from web.desk import desk
from web.reading import around, read_turns
from web.samples import SAMPLES
from web.schemas import AddressError, FormError, Typed, read_address, read_coverage, read_id
from web.shelf import spans_of

pages = Blueprint("pages", __name__)

_DAY = 86_400
_PUBLISHERS = 8
"""Publishers whose newest document the start page names; the rest is on the page of what is held."""

_ALARMS = {"failed": noted("the last run failed"), "silent": noted("silent"), "unwatched": noted("not looked at")}


@pages.get("/")
def home() -> str:
    """One box for a quotation or an article."""
    return start_page(Typed(), None)


def start_page(typed: Typed, error: FormError | None) -> str:
    """The box as it was filled in, with what is wrong with it, and what the record holds."""
    coverage = _coverage()
    invented = coverage is not None and any("(invented)" in publisher for publisher in coverage.publishers)
    return render_template(
        "home.html", typed=typed, error=error, coverage=coverage, samples=SAMPLES if invented else {},
        holdings=desk().corpus.publisher_holdings()[:_PUBLISHERS] if coverage else (), today=_today(),
        alarms=[each.source for each in _sources() if each.alarms] if coverage else (),
        days_since=days_since,
    )  # fmt: skip


@pages.get("/documents")
def documents() -> AnyResponse:
    """Without an id there is only what can be said of all documents."""
    return redirect(url_for("shelf.page"))


@pages.get("/documents/<path:id>")
def document(id: str) -> str:
    """A stored document, opened at a passage."""
    address = read_address(request.args)
    stored = desk().document(read_id(id), address.version)
    passage = address.passage
    if passage is not None and passage.end > len(stored.document.text):
        raise AddressError(_("The passage ends after the document."))
    return render_template(
        "document.html", stored=stored, document=stored.document,
        turns=read_turns(stored.document, passage, found=spans_of(stored.document.text, address.words)),
        words=address.words, passage=passage, original=web_address(stored.document.url),
        related=[(wording.relation(each.relation, each.language), each) for each in desk().relatives(stored)],
    )  # fmt: skip


@pages.get("/document")
def document_by_parameter() -> str:
    """The same for an id that a browser or a proxy would tidy up if it were part of the path."""
    return document(request.args.get("id", ""))


@pages.get("/around")
def surroundings() -> str:
    """Some paragraphs around a passage, for a card that is open."""
    address, id = read_address(request.args), read_id(request.args.get("id", ""))
    stored = desk().document(id, address.version)
    passage = address.passage
    if passage is None or passage.end > len(stored.document.text):
        raise AddressError(_("The passage ends after the document."))
    whole = document_address(id, start=passage.start, end=passage.end, version=stored.version.number, _anchor="passage")
    return render_template(
        "around.html", document=stored.document, paragraphs=around(stored.document, passage), address=whole
    )


@pages.get("/about")
def about() -> str:
    """How a verdict is reached, and what the corpus holds."""
    return render_template(
        "about.html", coverage=desk().corpus.coverage(), foldings=FOLDINGS, groups=wording.GROUPS,
        bins=reliability(), points=reliability_points(reliability()),
        bookmarklet=bookmarklet(url_for("pages.home", _external=True)), server=url_for("pages.home", _external=True),
    )  # fmt: skip


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
        sources=_sources() if everything else (), alarms=_ALARMS,
        today=_today(), days_since=days_since, gap_words=gap_words, one_gap=one_gap, calendar=calendar,
        timeline=coverage_timeline,
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
def around_address(evidence: Evidence) -> str:
    """Where more of a passage's surroundings is had."""
    span, version = evidence.span, evidence.version.number
    return url_for("pages.surroundings", id=evidence.document.id, start=span.start, end=span.end, version=version)


@pages.app_template_global()
def passage_address(evidence: Evidence) -> str:
    """Where a passage opens on our own page."""
    span, version = evidence.span, evidence.version.number
    return document_address(evidence.document.id, start=span.start, end=span.end, version=version, _anchor="passage")


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date()


def _sources() -> tuple[Freshness, ...]:
    """How the sources stand that come by themselves."""
    return desk().corpus.look_up(lambda connection: sources(connection, today=_today()))


def _coverage() -> Coverage | None:
    """What the corpus holds; the start page opens without it, and checking will say what is wrong."""
    try:
        return desk().corpus.coverage()
    except CorpusUnavailable:
        return None
