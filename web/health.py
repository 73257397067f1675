"""What whoever keeps the service running asks it: does it live, and can it do its work now?

Ready is not fresh: a record whose sources have not been looked at for a week answers as it did, and says so on its pages and to
`onrecord corpus connectors --alarm`. A balancer that took it away would take away everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from flask import Blueprint, Response, current_app, jsonify

from corpus.database import is_current
from corpus.errors import CorpusError
from web.batch.running import Runner
from web.desk import desk
from web.store.database import HEAD
from web.store.errors import StoreUnavailable
from web.telling import Teller

health = Blueprint("health", __name__)

Reason = Literal[
    "corpus-unavailable",
    "corpus-schema",
    "desk-unavailable",
    "desk-schema",
    "batches-not-running",
    "webhooks-not-running",
]
"""Why a process is not ready; the names stay, since alarms are built on them. They name no place and no person."""


@health.get("/healthz")
def lives() -> Response:
    """This process answers; nothing else is asked, so that a database that is away does not get it killed."""
    return _unstored(jsonify(status="alive"))


@health.get("/readyz")
def is_ready() -> Response:
    """This process can check, keep and work through batches now, or status 503 with every reason why not."""
    reasons = tuple(_reasons())
    answer = _unstored(jsonify(status="not-ready" if reasons else "ready", reasons=reasons))
    if reasons:
        answer.status_code = 503
        answer.headers["Retry-After"] = "5"
    return answer


def _unstored(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _reasons() -> Iterator[Reason]:
    for ask in (_corpus, _desk, _threads):
        yield from ask()


def _corpus() -> Iterator[Reason]:
    try:
        current = desk().corpus.is_current()
    except CorpusError:
        yield "corpus-unavailable"
        return
    if not current:
        yield "corpus-schema"


def _desk() -> Iterator[Reason]:
    try:
        with desk().store.reading() as connection:
            current = is_current(connection, head=HEAD)
    except StoreUnavailable:
        yield "desk-unavailable"
        return
    if not current:
        yield "desk-schema"


def _threads() -> Iterator[Reason]:
    """Both are started by `onrecord serve`; where something else runs the pages, nobody works through what was sent."""
    batches: Runner | None = current_app.extensions.get("batches")
    webhooks: Teller | None = current_app.extensions.get("webhooks")
    if batches is None or not batches.works:
        yield "batches-not-running"
    if webhooks is None or not webhooks.works:
        yield "webhooks-not-running"
