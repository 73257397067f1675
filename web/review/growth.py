"""After the record has grown: which findings on the desk come out otherwise now, and who is told.

Only those are checked again that what came or went could change (`checker.recheck`). What an editor decided about stays as it was seen: the finding on
the desk is not replaced by another one, a comment and an alert say that there is one, and “check again” takes it over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from checker.errors import QuoteError
from checker.recheck import Recheck, Why, same_basis
from checker.types import Finding
from web.desk import Desk
from web.store import articles, reviews, signing
from web.store.articles import StoredArticle, StoredFinding
from web.store.schema import review

_LOG = logging.getLogger(__name__)

_SHOWN = 80
"""Characters of a quote in a comment."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A finding on the desk; `why` it was checked again and what came of it, both None where nothing could have changed."""

    article_id: str
    held: StoredFinding
    why: Why | None
    now: Finding | None

    @property
    def otherwise(self) -> bool:
        """Whether an editor would decide about something else now."""
        return self.now is not None and not same_basis(self.held.finding, self.now)


def look_at_findings(
    desk: Desk, *, leave: frozenset[Why] = frozenset(), tell: bool = True, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Looked]:
    """Every finding of the newest texts under review, checked again where that is needed; reasons to `leave` are no reasons.

    Unless `tell` is false, editors are told of those that come out otherwise.
    """
    recheck = Recheck(desk.corpus, desk.settings)
    with desk.store.reading() as connection:
        ids = connection.execute(select(review.c.article_id).order_by(review.c.article_id)).scalars().all()
    for id in ids:
        with desk.store.reading() as connection:
            stored = articles.stored(connection, id)
            held = articles.findings(connection, id, stored.revision, desk.wording)
        looked = []
        for each in held:
            if stopped():
                return
            looked.append(_looked(desk, recheck, id, each, leave))
        if tell:
            _tell(desk, stored, looked)
        yield from looked


def look_once(desk: Desk, *, stopped: Callable[[], bool]) -> None:
    """What the service does beside its batches: the same, once for each state of the record.

    A new program's other answers are not for it to find: that may be all of them.
    """
    fingerprint = desk.fingerprint
    if fingerprint == desk.findings_seen:
        return
    for each in look_at_findings(desk, leave=frozenset(("program",)), stopped=stopped):
        if each.otherwise:
            _LOG.warning("a finding of article %s comes out otherwise now (%s)", each.article_id, each.why)
    desk.findings_seen = fingerprint


def _looked(desk: Desk, recheck: Recheck, id: str, held: StoredFinding, leave: frozenset[Why]) -> Looked:
    why = recheck.why(held.finding)
    if why is None or why in leave:
        return Looked(id, held, None, None)
    try:
        now = desk.check(held.finding.claim)
    except QuoteError:
        return Looked(id, held, why, None)
    return Looked(id, held, why, replace(now, attribution=held.finding.attribution))


def _tell(desk: Desk, stored: StoredArticle, looked: list[Looked]) -> None:
    """Leave a comment and alerts about what comes out otherwise, once; keep what comes out the same as found today."""
    found = [each for each in looked if each.now is not None]
    if not found:
        return
    with desk.store.writing() as connection:
        if articles.stored(connection, stored.id).revision != stored.revision:
            return  # somebody was faster, and their text was checked
        for each in found:
            if not each.otherwise and each.now is not None:
                articles.refresh(connection, stored.id, stored.revision, each.held, each.now)
        news = [said for said in map(_said, found) if said and reviews.note(connection, stored.id, said)]
        if not news:
            return
        case = reviews.review_of(connection, stored.id)
        signed = signing.last(connection, stored.id)
        for name in sorted({case.author, case.assignee or case.author, signed.by if signed else case.author}):
            signing.tell(connection, name, stored.id, " ".join(news))


def _said(looked: Looked) -> str:
    """What an editor reads; empty for a finding that comes out the same."""
    if looked.now is None or not looked.otherwise:
        return ""
    quote, before, after = looked.held.finding.claim.quote, looked.held.finding.verdict, looked.now.verdict
    shown = f"{quote[:_SHOWN].rstrip()}…" if len(quote) > _SHOWN else quote
    where = looked.now.evidence[0].document.id if looked.now.evidence else ""
    return (
        f"The record has changed: “{shown}” was {before.status} ({before.reason}) and is {after.status} ({after.reason}) now"
        f"{f', by {where}' if where else ''}. Check again."
    )
