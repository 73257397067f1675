"""Articles that are checked while their sender does something else: one item of a batch, worked through as those are."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

from flask import Response, request
from pydantic import BaseModel

from checker.tongue import worded
from checker.types import Report
from checker.wording import TONES
from web.api import found as shown
from web.api.again import made
from web.api.answering import Placed
from web.api.contract import operation
from web.api.embargoes import embargo_read, imposed, term
from web.api.entry import key
from web.api.problems import PREFIX, Problem
from web.api.shapes import findings as shapes
from web.api.shapes.articles import (
    ArticleAsked,
    ArticleLinks,
    ArticleState,
    ArticleStatus,
    EmbargoAsked,
    EmbargoRead,
    ItemProblem,
    ProgressEvent,
)
from web.api.shapes.findings import ArticleFinding, Unchecked
from web.desk import Desk, desk
from web.review import steps
from web.schemas import LARGEST_TEXT
from web.store import jobs
from web.store.errors import NotHere
from web.store.findings import load_finding, load_report
from web.store.jobs import Item, Job, NewItem

_TAG = "Articles"
_SHOWN = 120
"""Characters of an article without a title that name it."""

_MISSING = worded("Your account sent no article that is here; batches, and what others sent, are seen at the desk.")

_PAUSE = 0.3
"""Seconds between two looks for news."""

_LONGEST_STREAM = 60.0
"""Seconds after which a listener is asked to come again: each one keeps a thread."""


@operation("POST", "/articles", tag=_TAG, scope="check", like="batch.start", status=202, asks=ArticleAsked, answers=ArticleStatus, stores=True)  # fmt: skip
def send_article(asked: ArticleAsked) -> Placed:
    """Have an article checked: who says what in it, and each statement.

    It is checked in the background, also after a restart; `Location` is where its status is, for keys of the same account. It stands
    among the desk's batches, for whoever works there.

    With `embargo` only its sender, editors and admins see it there before that is over; nothing of it is exported, and no webhook is told of it.
    """
    if len(asked.text.encode()) > LARGEST_TEXT:
        raise Problem("too-large", f"At most {LARGEST_TEXT:,} bytes of text are checked at once; send it in parts.")
    content = {"text": asked.text, "title": asked.title, "date": asked.date or ""}
    title = asked.title.strip() or " ".join(asked.text.split())[:_SHOWN]
    item = NewItem(title, "article", json.dumps(content))
    embargo = term(asked.embargo, field="embargo/until") if asked.embargo else None
    with desk().store.writing() as connection:
        id = jobs.create(connection, title, [item], by=key().owner.name, id=made(), embargo=embargo)
    return Placed(_status(*_found(id)), f"{PREFIX}/articles/{id}")


@operation("GET", "/articles/<id>", tag=_TAG, scope="check", answers=ArticleStatus, problems=("not-found",), like="batch.job")  # fmt: skip
def read_article(id: str) -> ArticleStatus:
    """How far an article is."""
    return _status(*_found(id))


@operation("POST", "/articles/<id>/embargo", tag=_TAG, scope="check", like="batch.impose", asks=EmbargoAsked, answers=EmbargoRead, problems=("not-found", "not-now"), stores=True)  # fmt: skip
def set_article_embargo(id: str, asked: EmbargoAsked) -> EmbargoRead:
    """Put an article that your account sent under embargo, or change until when it is.

    What waits to be told of it to webhooks is given up. The log keeps who did it.
    """
    _found(id)
    return imposed(id, asked, of="batch")


@operation("DELETE", "/articles/<id>/embargo", tag=_TAG, scope="check", like="batch.lift", status=204, problems=("not-found", "not-now"), stores=True)  # fmt: skip
def lift_article_embargo(id: str) -> None:
    """End its embargo now; one with a moment ends by itself when that comes."""
    _found(id)
    steps.lift(desk(), id, of="batch", by=key().owner)


@operation("GET", "/articles/<id>/report", tag=_TAG, scope="check", answers=shapes.Report, problems=("not-found", "not-now"), like="batch.job")  # fmt: skip
def read_report(id: str) -> shapes.Report:
    """All findings of an article that is done."""
    return _shown(id, _report(id))


@operation("GET", "/articles/<id>/results", tag=_TAG, scope="check", media="application/x-ndjson", problems=("not-found", "not-now"), like="batch.job")  # fmt: skip
def read_results(id: str) -> Response:
    """The same, one JSON object a line: the findings in the order of the text, then the statements that could not be checked."""
    report = _report(id)
    lines = (each.model_dump_json(by_alias=True) + "\n" for each in _lines(report))
    response = Response("".join(lines), mimetype="application/x-ndjson")
    response.add_etag()
    response.make_conditional(request)
    return response


@operation("GET", "/articles/<id>/events", tag=_TAG, scope="check", media="text/event-stream", problems=("not-found", "busy"), like="batch.job")  # fmt: skip
def follow_article(id: str) -> Response:
    """Progress and findings as they come, as server-sent events.

    `progress` says how far it is, `finding` is one finding (its id is its number: with `Last-Event-ID` what was seen is not
    sent again), `unchecked` a statement that could not be checked, `done` the status at the end. After a minute the stream ends and
    is to be asked for again.
    """
    _found(id)
    end = desk().listens()
    if end is None:
        raise Problem("busy", headers={"Retry-After": "5"})
    seen = request.headers.get("Last-Event-ID", "")
    start = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0
    response = Response(_until(_events(desk(), id, start), end), mimetype="text/event-stream")
    response.call_on_close(end)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # proxies pass on what is there
    return response


def _until(events: Iterator[str], end: Callable[[], None]) -> Iterator[str]:
    yield from events
    end()


def _events(desk: Desk, id: str, seen: int) -> Iterator[str]:
    end = time.monotonic() + _LONGEST_STREAM
    told: BaseModel | None = None
    yield "retry: 2000\n\n"
    while time.monotonic() < end and not desk.stopping():
        job, item, report, news = _look(desk, id, seen)
        for number, finding in news:
            yield _event("finding", finding, id=number)
            seen = number
        progress = ProgressEvent(state=_state(item), statements=item.statements, findings=seen)
        if progress != told:
            yield _event("progress", progress)
            told = progress
        if progress.state in ("done", "failed", "cancelled"):
            yield from (_event("unchecked", each) for each in _unchecked(report))
            yield _event("done", _status(job, item, report))
            return
        time.sleep(_PAUSE)
    yield ": ask again\n\n"


def _look(desk: Desk, id: str, seen: int) -> tuple[Job, Item, Report | None, list[tuple[int, ArticleFinding]]]:
    """An article as it stands, and the findings that are new."""
    with desk.store.reading() as connection:
        job = jobs.job_of(connection, id)
        item, result = jobs.result(connection, id, 1)
        kept = jobs.found_so_far(connection, id, 1, after=seen) if result is None else ()
    report = load_report(result, desk.wording) if result else None
    if report is not None:
        found = list(enumerate(report.findings, start=1))[seen:]
    else:
        found = [(number, load_finding(content, desk.wording)) for number, content in kept]
    return job, item, report, [(number, shown.article_finding(each, id=str(number))) for number, each in found]


def _event(name: str, data: BaseModel, *, id: int | None = None) -> str:
    head = f"id: {id}\n" if id is not None else ""
    return f"{head}event: {name}\ndata: {data.model_dump_json(by_alias=True)}\n\n"


def _found(id: str) -> tuple[Job, Item, Report | None]:
    """An article that the key's account sent; raises NotHere, in the same words for what others sent and for what nobody did."""
    try:
        with desk().store.reading() as connection:
            job = jobs.job_of(connection, id)
            item, result = jobs.result(connection, id, 1)
    except NotHere as error:
        raise NotHere(_MISSING) from error
    if job.items != 1 or item.kind != "article" or job.created_by != key().owner.name:
        raise NotHere(_MISSING)
    return job, item, load_report(result, desk().wording) if result else None


def _report(id: str) -> Report:
    _, item, report = _found(id)
    if report is None:
        raise Problem("not-now", f"This article is {_state(item)}; there is no report of it.", headers={"Retry-After": "2"})  # fmt: skip
    return report


def _status(job: Job, item: Item, report: Report | None) -> ArticleStatus:
    links = {name: f"{PREFIX}/articles/{job.id}/{name}" for name in ("events", "report", "results")}
    return ArticleStatus(
        version=1, id=job.id, state=_state(item), title=job.title, created_at=job.created_at,
        created_by=job.created_by, ended_at=item.ended_at, statements=item.statements,
        findings=len(report.findings) if report else 0, tones={tone: item.counts[tone] for tone in TONES if item.counts.get(tone)},
        error=ItemProblem(code=item.error_code or "error", message=item.error) if item.error else None,
        embargo=embargo_read(job.embargo) if job.embargo else None,
        links=ArticleLinks(self=f"{PREFIX}/articles/{job.id}", **links),
    )  # fmt: skip


def _state(item: Item) -> ArticleState:
    return "running" if item.state == "leased" else item.state


def _shown(id: str, report: Report) -> shapes.Report:
    warned = (shapes.Warning(code=each.code, says=str(each.says)) for each in report.warnings)
    return shown.report(id, _findings(report), warned=warned, origin=report.provenance)


def _findings(report: Report) -> Iterator[ArticleFinding]:
    return (shown.article_finding(each, id=str(number)) for number, each in enumerate(report.findings, start=1))


def _lines(report: Report) -> Iterator[ArticleFinding | Unchecked]:
    yield from _findings(report)
    yield from _unchecked(report)


def _unchecked(report: Report | None) -> Iterator[Unchecked]:
    for each in report.warnings if report else ():
        yield shown.unchecked(None, "unchecked", str(each.says))
