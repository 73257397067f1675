"""Sign-offs: which text was signed, on which sources it rests, and what made it void."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from web.store import audit, embargoes, webhooks
from web.store.accounts import Account
from web.store.clock import now
from web.store.schema import alert, basis, review, sign_off

StillIs = Callable[[str, int, str], bool]
"""Whether a document is what it was in the version of that number, with that hash of its text."""
"""The hash of a document's current text; None when the corpus has it no more."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Somebody answered for a text with their name."""

    id: int
    article_id: str
    revision: int
    sha256: str
    at: str
    by: str
    void_at: str | None
    void_because: str | None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that somebody should know."""

    id: int
    article_id: str
    says: str
    at: str
    seen_at: str | None


def sign(
    connection: Connection, id: str, *, revision: int, sha256: str, sources: Mapping[str, tuple[int, str]], by: str
) -> None:
    """Lock a text's hash and those of the sources that it rests on."""
    values = {"article_id": id, "revision": revision, "sha256": sha256, "at": now(), "by": by}
    (number,) = connection.execute(insert(sign_off).values(**values)).inserted_primary_key or (None,)
    rows = [
        {"sign_off_id": number, "document_id": document, "version": version, "sha256": hash}
        for document, (version, hash) in sources.items()
    ]
    if rows:
        connection.execute(insert(basis), rows)
    detail = {"revision": revision, "sha256": sha256, "sources": {each: hash for each, (_, hash) in sources.items()}}
    audit.append(connection, "sign-off", id, by=by, detail=detail)


def last(connection: Connection, id: str) -> SignOff | None:
    """The newest sign-off of an article, void or not."""
    query = select(sign_off).where(sign_off.c.article_id == id).order_by(sign_off.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return SignOff(**row._mapping) if row else None


def text_changed(connection: Connection, id: str, *, because: str) -> None:
    """A newer text: what was seen of the review is out of date, and a sign-off is void."""
    case = connection.execute(select(review).where(review.c.article_id == id)).first()
    if case is None or void(connection, id, because=because):
        return
    state = "open" if case.state == "sent-back" else case.state
    _move(connection, id, state, case.version)


def void(connection: Connection, id: str, *, because: str) -> bool:
    """Make an article's sign-off void and tell everybody whose it is; False when there is none in force."""
    signed = last(connection, id)
    if signed is None or signed.void_at is not None:
        return False
    connection.execute(update(sign_off).where(sign_off.c.id == signed.id).values(void_at=now(), void_because=because))
    case = connection.execute(select(review).where(review.c.article_id == id)).one()
    _move(connection, id, "void", case.version)
    audit.append(connection, "void", id, by="", detail={"sign_off": signed.id, "because": because})
    webhooks.tell(connection, "signoff.voided", {"review": id, "because": because})
    for name in sorted({signed.by, case.author, case.assignee or signed.by}):
        tell(connection, name, id, f"The sign-off is void. {because}")
    return True


def _move(connection: Connection, id: str, state: str, version: int) -> None:
    values = {"state": state, "version": version + 1, "changed_at": now()}
    connection.execute(update(review).where(review.c.article_id == id).values(**values))


def sources_changed(connection: Connection, still_is: StillIs) -> Mapping[str, str]:
    """The articles whose sign-off rests on a source that reads or is described otherwise now, each with that source's id."""
    query = (
        select(sign_off.c.article_id, basis.c.document_id, basis.c.version, basis.c.sha256)
        .join(basis, basis.c.sign_off_id == sign_off.c.id)
        .where(sign_off.c.void_at.is_(None))
    )
    rows = connection.execute(query).all()
    bases = {tuple(row[1:]) for row in rows}
    moved = {each for each in bases if not still_is(*each)}
    return {row.article_id: row.document_id for row in rows if tuple(row[1:]) in moved}


def tell(connection: Connection, name: str, id: str, says: str) -> None:
    """Leave somebody an alert."""
    connection.execute(insert(alert).values(name=name, article_id=id, says=says, at=now()))


def alerts(connection: Connection, reader: Account) -> tuple[Alert, ...]:
    """What somebody has not seen yet, newest first; what an embargo keeps from them waits until it is over."""
    query = select(alert).where(_unseen(reader)).order_by(alert.c.id.desc())
    return tuple(Alert(row.id, row.article_id, row.says, row.at, row.seen_at) for row in connection.execute(query))


def see(connection: Connection, reader: Account) -> None:
    """Mark somebody's alerts as seen, those that they are shown."""
    connection.execute(update(alert).where(_unseen(reader)).values(seen_at=now()))


def _unseen(reader: Account) -> ColumnElement[bool]:
    mine = and_(alert.c.name == reader.name, alert.c.seen_at.is_(None))
    return and_(mine, embargoes.open_to(alert.c.article_id, reader))
