"""Reviews: an article on somebody's desk, from being sent to being signed off.

    open ──▶ signed-off ──▶ void (the text or a source was changed)
     ▲ │                     │
     │ ▼                     │
   sent-back                 │
     ▲───────── reopen ◀─────┘

Every step says which version of the review its maker saw; one that is out of date changes nothing and is told so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from sqlalchemy import Connection, Row, func, insert, select, update

from checker.tongue import Message, worded
from web.store import audit, embargoes, signing
from web.store.accounts import Account, mentioned, named
from web.store.clock import now
from web.store.embargoes import Embargo
from web.store.errors import NotHere, NotNow, Overtaken, WrongEntry
from web.store.schema import account, article, comment, decision, finding, review, revision

State = Literal["open", "sent-back", "signed-off", "void"]
LONGEST_NOTE = 4000
MACHINE = "OnRecord"

_CLOSED: Mapping[State, Message] = MappingProxyType(
    {
        "sent-back": worded("This review was sent back. Reopen it first."),
        "signed-off": worded("This review was signed off. Reopen it first."),
        "void": worded("The sign-off of this review is void. Reopen it first."),
    }
)


@dataclass(frozen=True, slots=True)
class Review:
    """Where an article stands; `version` grows with each step."""

    article_id: str
    state: State
    version: int
    author: str
    assignee: str | None
    due: str | None
    created_at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A review as the queue shows it: the headline, how many statements there are and how many are decided."""

    review: Review
    title: str
    statements: int
    decided: int
    embargo: Embargo | None


@dataclass(frozen=True, slots=True)
class Comment:
    """Somebody's remark on a statement, or on the whole article when `anchor` is empty."""

    id: int
    anchor: str
    text: str
    at: str
    by: str
    resolved_at: str | None
    resolved_by: str | None


def open_review(connection: Connection, id: str, *, by: str) -> None:
    """Put an article on the desk; raises NotNow when it is there already."""
    if _row(connection, id) is not None:
        raise NotNow(worded("This article is on the desk already."))
    moment = now()
    values = {"article_id": id, "state": "open", "version": 1, "author": by, "created_at": moment, "changed_at": moment}
    connection.execute(insert(review).values(**values))
    audit.append(connection, "review-opened", id, by=by)


def review_of(connection: Connection, id: str) -> Review:
    """The review of an article; raises NotHere."""
    row = _row(connection, id)
    if row is None:
        raise NotHere(worded("No article of this address is under review."))
    return _review(row)


def is_under_review(connection: Connection, id: str) -> bool:
    """Whether an article is, or was, on the desk."""
    return _row(connection, id) is not None


def assign(connection: Connection, id: str, *, assignee: str | None, due: str | None, seen: int, by: str) -> None:
    """Say who works on it and until when (`YYYY-MM-DDTHH:MM`); raises Overtaken, NotHere and WrongEntry."""
    if due and not _is_minute(due):
        raise WrongEntry("due", worded("Write the due time as 2031-05-04T18:00."))
    if assignee:
        found = connection.execute(select(account.c.name).where(account.c.name == assignee, account.c.active)).scalar()
        if found is None:
            raise WrongEntry(
                "assignee", worded("There is no account “%(assignee)s” that could do it.", assignee=assignee)
            )
        if not embargoes.sees(embargoes.standing(connection, id), named(connection, found)):
            raise WrongEntry(
                "assignee",
                worded(
                    "“%(assignee)s” is not shown this article while it is under embargo. Choose an editor, or lift the embargo first.",
                    assignee=found,
                ),
            )
    held = _seen(connection, id, seen)
    _step(connection, held, assignee=assignee or None, due=due or None)
    audit.append(connection, "assigned", id, by=by, detail={"assignee": assignee, "due": due})
    if assignee and assignee not in (by, held.assignee):
        signing.tell(connection, assignee, id, f"{by} gave this review to you.")


def send_back(connection: Connection, id: str, *, note: str, seen: int, by: str) -> None:
    """Return it to its author with what is to be done; raises Overtaken, NotNow and WrongEntry."""
    text = usable(note, "note", worded("Say what is to be done."))
    held = _seen(connection, id, seen)
    _in_hand(held)
    _step(connection, held, state="sent-back")
    _comment(connection, id, "", text, by)
    audit.append(connection, "sent-back", id, by=by, detail={"note": text})
    signing.tell(connection, held.author, id, f"{by} sent this back: {text}")


def reopen(connection: Connection, id: str, *, seen: int, by: str) -> None:
    """Put it back on the desk after it was sent back, signed off or became void; raises Overtaken and NotNow."""
    held = _seen(connection, id, seen)
    if held.state == "open":
        raise NotNow(worded("This review is open already."))
    signing.void(connection, id, because=f"{by} reopened the review.")
    _step(connection, review_of(connection, id), state="open")
    audit.append(connection, "reopened", id, by=by, detail={"from": held.state})


def signed(connection: Connection, id: str, *, seen: int) -> None:
    """Move an open review to signed off; raises Overtaken and NotNow."""
    held = _seen(connection, id, seen)
    _in_hand(held)
    _step(connection, held, state="signed-off")


def checked_again(connection: Connection, id: str, *, seen: int, by: str) -> None:
    """Note that the machine looked again; raises Overtaken and NotNow."""
    held = _seen(connection, id, seen)
    _in_hand(held)
    _step(connection, held)
    audit.append(connection, "checked-again", id, by=by)


def is_open(connection: Connection, id: str) -> None:
    """Raises NotNow unless the review is open."""
    _in_hand(review_of(connection, id))


def say(connection: Connection, id: str, *, anchor: str, text: str, by: str) -> None:
    """Comment on a statement, or with an empty anchor on the article; raises NotHere and WrongEntry.

    Accounts that are named with an @ are told.
    """
    review_of(connection, id)
    words = usable(text, "comment", worded("Write a comment."))
    _comment(connection, id, anchor, words, by)
    audit.append(connection, "commented", id, by=by, detail={"anchor": anchor, "text": words})
    for name in mentioned(connection, words):
        if name != by:
            signing.tell(connection, name, id, f"{by} mentions you: {words[:200]}")


def note(connection: Connection, id: str, text: str) -> bool:
    """Leave a comment of the machine's own on an article, once; False when it stands there already."""
    mine = (comment.c.article_id == id, comment.c.by == MACHINE, comment.c.text == text)
    if connection.execute(select(comment.c.id).where(*mine)).first() is not None:
        return False
    _comment(connection, id, "", text, MACHINE)
    return True


def resolve(connection: Connection, id: str, number: int, *, by: str) -> None:
    """Mark a comment as dealt with; raises NotHere."""
    mine = (comment.c.id == number, comment.c.article_id == id)
    if connection.execute(select(comment.c.id).where(*mine)).first() is None:
        raise NotHere(worded("There is no such comment."))
    values = {"resolved_at": now(), "resolved_by": by}
    connection.execute(update(comment).where(*mine, comment.c.resolved_at.is_(None)).values(**values))
    audit.append(connection, "resolved", id, by=by, detail={"comment": number})


def comments(connection: Connection, id: str) -> tuple[Comment, ...]:
    """All comments on an article, oldest first."""
    query = select(comment).where(comment.c.article_id == id).order_by(comment.c.id)
    return tuple(
        Comment(row.id, row.anchor, row.text, row.at, row.by, row.resolved_at, row.resolved_by)
        for row in connection.execute(query)
    )


def queue(
    connection: Connection, *, reader: Account | None, state: str | None = None, of: str | None = None
) -> tuple[Queued, ...]:
    """What lies on the desk, what is due first on top; of one state, or what somebody wrote or works on.

    What an embargo keeps from the reader is left out; without one everything that is under embargo.
    """
    statements = (
        select(func.count())
        .where(finding.c.article_id == article.c.id, finding.c.revision == article.c.revision)
        .scalar_subquery()
    )
    newest = select(func.max(decision.c.id)).group_by(decision.c.article_id, decision.c.anchor)
    decided = (
        select(func.count())
        .select_from(decision)
        .join(
            finding,
            (finding.c.article_id == decision.c.article_id)
            & (finding.c.anchor == decision.c.anchor)
            & (finding.c.basis == decision.c.basis),
        )
        .where(
            decision.c.article_id == article.c.id,
            finding.c.revision == article.c.revision,
            decision.c.kind != "withdraw",
            decision.c.id.in_(newest),
        )
        .scalar_subquery()
    )
    query = (
        select(review, revision.c.title, statements.label("statements"), decided.label("decided"))
        .join(article, article.c.id == review.c.article_id)
        .join(revision, (revision.c.article_id == article.c.id) & (revision.c.number == article.c.revision))
        .where(embargoes.open_to(review.c.article_id, reader))
        .order_by(review.c.due.is_(None), review.c.due, review.c.created_at.desc())
    )
    if state:
        query = query.where(review.c.state == state)
    if of:
        query = query.where((review.c.assignee == of) | (review.c.author == of))
    kept = embargoes.withheld(connection)
    return tuple(
        Queued(_review(row), row.title, row.statements, row.decided, kept.get(row.article_id))
        for row in connection.execute(query)
    )


def usable(text: str, field: str, wanted: Message) -> str:
    """A note without blanks around it; raises WrongEntry when there is none, or too much."""
    text = text.strip()
    if not text:
        raise WrongEntry(field, wanted)
    if len(text) > LONGEST_NOTE:
        raise WrongEntry(field, worded("Shorten this to %(most)s characters.", most=LONGEST_NOTE))
    return text


def _comment(connection: Connection, id: str, anchor: str, text: str, by: str) -> None:
    connection.execute(insert(comment).values(article_id=id, anchor=anchor, text=text, at=now(), by=by))


def _seen(connection: Connection, id: str, seen: int) -> Review:
    held = review_of(connection, id)
    if held.version != seen:
        raise Overtaken(
            worded("This review was changed since you opened it; nothing of yours was saved. Look and try again.")
        )
    return held


def _in_hand(held: Review) -> None:
    if held.state != "open":
        raise NotNow(_CLOSED[held.state])


def _step(connection: Connection, held: Review, **changes: object) -> None:
    values = {"version": held.version + 1, "changed_at": now(), **changes}
    connection.execute(update(review).where(review.c.article_id == held.article_id).values(**values))


def _row(connection: Connection, id: str) -> Row | None:  # type: ignore[type-arg]
    return connection.execute(select(review).where(review.c.article_id == id)).first()


def _review(row: Row) -> Review:  # type: ignore[type-arg]
    return Review(
        row.article_id, cast(State, row.state), row.version, row.author, row.assignee, row.due, row.created_at, row.changed_at
    )  # fmt: skip


def _is_minute(written: str) -> bool:
    try:
        datetime.datetime.strptime(written, "%Y-%m-%dT%H:%M")
    except ValueError:
        return False
    return True
