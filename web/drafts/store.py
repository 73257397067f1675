"""Where drafts, corrections and reported verdicts are kept: the desk's database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from checker.types import Claim
from corpus.types import PartialDate
from web.drafts.types import Case, Draft, Kind, Mark, UnderReview, UnknownDraft
from web.store import Store, articles
from web.store.clock import before_now, now
from web.store.errors import NotHere
from web.store.schema import article, correction, finding, review, revision, wrong_verdict

_DAY = 86_400


class Drafts:
    """The checks that readers made, each under its own address."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, new: Draft, *, days: int) -> Draft:
        """Store a draft under a new name, and drop those that nobody changed or reviews for so many days."""
        with self._store.writing() as connection:
            _drop_older(connection, days)
            return _read(connection, articles.create(connection, _text(new), kind=new.kind))

    def read(self, id: str) -> Draft:
        """The draft of that name with its corrections; raises UnknownDraft."""
        with self._store.reading() as connection:
            return _read(connection, id)

    def change(self, changed: Draft) -> None:
        """Store a new text under the same name; corrections stay with the words that they are about.

        Raises Overtaken when the draft was changed by somebody else after it was read.
        """
        with self._store.writing() as connection:
            articles.revise(connection, changed.id, _text(changed), seen=changed.revision)

    def mark(self, id: str, mark: Mark) -> None:
        """Add a correction; raises UnknownDraft."""
        with self._store.writing() as connection:
            _read(connection, id)
            connection.execute(
                insert(correction).values(
                    article_id=id, kind=mark.kind, anchor=mark.anchor, words=mark.words, occurrence=mark.occurrence,
                    speaker=mark.speaker, direct=mark.direct, created_at=now(),
                )
            )  # fmt: skip

    def undo(self, id: str) -> None:
        """Take the last correction back."""
        with self._store.writing() as connection:
            last = select(func.max(correction.c.id)).where(_valid(id)).scalar_subquery()
            connection.execute(update(correction).where(correction.c.id == last).values(undone_at=now()))

    def forget(self, id: str) -> None:
        """Delete a draft with its corrections; raises UnderReview where a review rests on it.

        Reported verdicts stay: they were given for keeping.
        """
        with self._store.writing() as connection:
            if connection.execute(select(review.c.article_id).where(review.c.article_id == id)).first():
                raise UnderReview
            _forget(connection, [id])

    def report(self, case: Case) -> None:
        """Keep a verdict that somebody calls wrong; a second report about the same one takes the first one's place."""
        mine = (wrong_verdict.c.article_id == case.draft_id) & (wrong_verdict.c.anchor == case.anchor)
        with self._store.writing() as connection:
            connection.execute(delete(wrong_verdict).where(mine))
            connection.execute(
                insert(wrong_verdict).values(
                    article_id=case.draft_id, anchor=case.anchor, claim=json.dumps(_claim_row(case.claim)),
                    finding=json.dumps(case.finding), status=case.expected, reason=None, note=case.note,
                    fingerprint=case.fingerprint, created_at=now(),
                )
            )  # fmt: skip

    def cases(self, draft_id: str | None = None) -> Iterator[Case]:
        """The verdicts that were called wrong, oldest first: all of them, or those of one draft."""
        wanted = select(wrong_verdict).order_by(wrong_verdict.c.id)
        if draft_id is not None:
            wanted = wanted.where(wrong_verdict.c.article_id == draft_id)
        with self._store.reading() as connection:
            found = connection.execute(wanted).mappings().all()
        yield from map(_case, found)


def _valid(id: str) -> Any:
    return (correction.c.article_id == id) & correction.c.undone_at.is_(None)


def _read(connection: Connection, id: str) -> Draft:
    try:
        held = articles.stored(connection, id)
    except NotHere as error:
        raise UnknownDraft(id) from error
    marks = connection.execute(select(correction).where(_valid(id)).order_by(correction.c.id)).mappings()
    text = held.text
    return Draft(
        id, _kind(held.kind), text.text, text.title, text.speaker or "", text.date, text.url or "",
        tuple(map(_mark, marks)), held.revision,
    )  # fmt: skip


def _kind(stored: str) -> Kind:
    return "quote" if stored == "quote" else "article"


def _mark(row: RowMapping) -> Mark:
    return Mark(
        row["kind"], row["anchor"], row["words"], row["occurrence"], row["speaker"] or "", row["direct"],
        row["created_at"],
    )  # fmt: skip


def _text(draft: Draft) -> articles.Text:
    return articles.Text(draft.text, draft.title, draft.speaker or None, draft.date, draft.link or None)


def _drop_older(connection: Connection, days: int) -> None:
    changed = select(func.max(revision.c.created_at)).where(revision.c.article_id == article.c.id).scalar_subquery()
    reviewed = select(review.c.article_id).where(review.c.article_id == article.c.id).exists()
    old = select(article.c.id).where(changed < before_now(days * _DAY), ~reviewed)
    _forget(connection, connection.execute(old).scalars().all())


def _forget(connection: Connection, ids: Collection[str]) -> None:
    connection.execute(update(wrong_verdict).where(wrong_verdict.c.article_id.in_(ids)).values(article_id=None))
    for table in (correction, finding, revision):
        connection.execute(delete(table).where(table.c.article_id.in_(ids)))
    connection.execute(delete(article).where(article.c.id.in_(ids)))


def _claim_row(claim: Claim) -> Mapping[str, object]:
    return {
        "quote": claim.quote, "speaker": claim.speaker, "date": str(claim.date) if claim.date else None,
        "document": claim.document_id, "language": claim.language, "direct": claim.direct,
        "article_date": str(claim.article_date) if claim.article_date else None, "context": claim.context,
    }  # fmt: skip


def _case(row: RowMapping) -> Case:
    claim = json.loads(row["claim"])
    return Case(
        row["article_id"] or "", row["anchor"],
        Claim(
            claim["quote"], claim["speaker"], _date(claim["date"]), claim["document"], claim["language"],
            claim["direct"], _date(claim["article_date"]), claim["context"],
        ),
        json.loads(row["finding"]), row["status"], row["note"], row["fingerprint"], row["created_at"],
    )  # fmt: skip


def _date(written: str | None) -> PartialDate | None:
    return PartialDate.parse(written) if written else None
