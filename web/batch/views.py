"""The pages of batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from checker import wording
from checker.export.card import cards
from web.access import may, who
from web.batch.exports import Format, export_of
from web.batch.intake import LARGEST_UPLOAD, LIMITS, MOST_FILES, Sent, items_of
from web.desk import desk
from web.exports.download import in_english
from web.exports.reports import FORMS
from web.review.embargo import add_embargo_forms
from web.review.forms import ZONES, read_embargo
from web.schemas import LARGEST_FORM, without_unusable
from web.store import embargoes, jobs
from web.store.clock import before_now
from web.store.errors import WrongEntry
from web.store.findings import load_report

batch = Blueprint("batch", __name__, url_prefix="/batches")

_SHOWN = 1000
"""Items that a page lists; the files hold them all."""

_GRACE = 5
"""Seconds that two looks for news overlap, since moments are written down before they can be seen."""


def widen() -> None:
    """Let a batch be larger than a form; asked before anybody reads it."""
    if request.endpoint == "batch.start":
        request.max_content_length = LARGEST_UPLOAD + LARGEST_FORM
        request.max_form_parts = MOST_FILES + 20


@batch.get("")
def listed() -> str:
    """The batches so far, and a box for another."""
    return _jobs()


@batch.post("")
def start() -> AnyResponse | tuple[str, int]:
    """Begin a batch."""
    sent = _sent()
    title = without_unusable(request.form.get("title", "")).strip()[:200]
    try:
        embargo = read_embargo(request.form)
        items = items_of(sent, request.form.get("lines", ""))
    except WrongEntry as error:
        return _jobs(error), 400
    with desk().store.writing() as connection:
        id = jobs.create(connection, title or _title(sent, len(items)), items, by=who().name, embargo=embargo)
    return redirect(url_for("batch.job", id=id), 303)


@batch.get("/<id>")
def job(id: str) -> str:
    """A batch with its items, as far as it is."""
    return _job(id)


def _job(id: str, error: WrongEntry | None = None) -> str:
    with desk().store.reading() as connection:
        found = jobs.job_of(connection, id)
        items = jobs.items(connection, id, limit=_SHOWN)
        bars = _bars(jobs.tones(connection, id))
    return render_template(
        "batch/job.html", job=found, items=items, since=before_now(_GRACE), bars=bars, error=error, typed=request.form,
        zones=ZONES, imposes=may("batch.impose") and embargoes.is_privy(who(), found.created_by),
    )  # fmt: skip


@batch.get("/<id>/progress")
def progress(id: str) -> str:
    """What changed since a moment, for our script."""
    now = before_now(_GRACE)
    with desk().store.reading() as connection:
        found = jobs.job_of(connection, id)
        items = jobs.items(connection, id, since=request.args.get("since", "") or now, limit=_SHOWN)
        bars = _bars(jobs.tones(connection, id))
    return render_template("batch/progress.html", job=found, items=items, since=now, bars=bars)


@batch.get("/<id>/items/<int:number>")
def item(id: str, number: int) -> str:
    """What was found in one item."""
    with desk().store.reading() as connection:
        job = jobs.job_of(connection, id)
        found, result = jobs.result(connection, id, number)
    report = load_report(result, desk().wording) if result else None
    shown = cards(report) if report else ()
    return render_template("batch/item.html", job=job, item=found, report=report, cards=shown)


@batch.post("/<id>/cancel")
def cancel(id: str) -> AnyResponse:
    """Stop a batch."""
    with desk().store.writing() as connection:
        jobs.cancel(connection, id, by=who().name)
    return redirect(url_for("batch.job", id=id), 303)


@batch.post("/<id>/go-on")
def go_on(id: str) -> AnyResponse:
    """Check what was cancelled or failed."""
    with desk().store.writing() as connection:
        jobs.go_on(connection, id, by=who().name)
    return redirect(url_for("batch.job", id=id), 303)


@batch.get(f"/<id>/export/<any(html, {', '.join(FORMS)}):form>")
def export(id: str, form: Format) -> Response:
    """The results as a file."""
    with desk().store.reading() as connection:
        found = jobs.job_of(connection, id)
        if form != "html":  # the page to print says in large letters that it is under embargo
            embargoes.keep_here(connection, id)
    with in_english():
        return export_of(desk(), found, form)


def _jobs(error: WrongEntry | None = None) -> str:
    with desk().store.reading() as connection:
        found = jobs.jobs(connection, reader=who())
    return render_template(
        "batch/jobs.html", jobs=found, limits=LIMITS, error=error, typed=request.form, zones=ZONES
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind of finding in the summary: how many, and where its bar lies between 0 and 100."""

    tone: str
    count: int
    start: float
    width: float


def _bars(tones: Mapping[str, int]) -> list[Bar]:
    """The summary of a batch as bars side by side, best first."""
    whole, start = sum(tones.values()), 0.0
    bars = []
    for tone in (each for each in wording.TONES if tones.get(each)):
        width = 100 * tones[tone] / whole
        bars.append(Bar(tone, tones[tone], round(start, 2), round(width, 2)))
        start += width
    return bars


def _sent() -> list[Sent]:
    """The files of a form, each read and let go of."""
    found = []
    for each in request.files.getlist("files"):
        with each.stream as stream:
            if each.filename:
                found.append(Sent(without_unusable(each.filename), stream.read()))
    return found


def _title(sent: list[Sent], items: int) -> str:
    return sent[0].name if len(sent) == 1 else wording.count(items, "item")


add_embargo_forms(batch, of="batch", page="batch.job", rejected=_job)
