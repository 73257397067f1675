"""What whoever keeps the service running asks it: does it live, and can it do its work now?

Ready is not fresh: a record whose sources have not been looked at for a week answers as it did, and says so on its pages and to
`onrecord corpus connectors --alarm`. A balancer that took it away would take away everything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Literal

from flask import Blueprint, Response, current_app, jsonify

from corpus.database import is_current
from corpus.errors import CorpusError
from web.batch.running import Runner
from web.desk import Desk, desk
from web.store.database import HEAD
from web.store.errors import StoreUnavailable
from web.telling import Teller

_LOG = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that each database may take to answer: whoever asks gives up after a few."""

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
    here = desk()
    yield from _soon(partial(_corpus, here), otherwise="corpus-unavailable")
    yield from _soon(partial(_desk, here), otherwise="desk-unavailable")
    yield from _threads()


def _soon(ask: Callable[[], Iterator[Reason]], *, otherwise: Reason) -> tuple[Reason, ...]:
    """What a database says, or the reason that it does not say anything in time: one that is locked makes its askers wait for 20 seconds."""
    answers = SimpleQueue[tuple[Reason, ...]]()

    def answer() -> None:
        try:
            answers.put(tuple(ask()))
        except Exception:  # noqa: BLE001  # somebody waits, and the log has the rest
            _LOG.exception("it cannot be told whether this process is ready")
            answers.put((otherwise,))

    Thread(target=answer, name="ready", daemon=True).start()
    try:
        return answers.get(timeout=PATIENCE)
    except Empty:
        return (otherwise,)


def _corpus(here: Desk) -> Iterator[Reason]:
    try:
        current = here.corpus.is_current()
    except CorpusError:
        yield "corpus-unavailable"
        return
    if not current:
        yield "corpus-schema"


def _desk(here: Desk) -> Iterator[Reason]:
    try:
        with here.store.reading() as connection:
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
