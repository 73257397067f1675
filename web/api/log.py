"""The log of who did what, and the keys of whoever asks. Keys are made at the desk: a key cannot make another."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from checker.tongue import worded
from web.api.asking import cut, position
from web.api.contract import operation
from web.api.entry import key
from web.api.shapes.desk import KeyRead, Keys, Log, LogAsked, LogEntry
from web.desk import desk
from web.store import audit, embargoes, keys
from web.store.audit import Entry
from web.store.errors import NotHere
from web.store.keys import Key


@operation("GET", "/audit", tag="The desk", scope="audit", like="review.sign", query=LogAsked, answers=Log)
def read_log(query: LogAsked) -> Log:
    """The audit log in the order in which it was written, or what it says of one subject.

    While an article is under embargo, the `detail` of its entries is `{"withheld": "under embargo"}`; their hashes are those of the whole.
    """
    last = position(query, of="audit")
    after = last[0] if last and isinstance(last[0], int) else 0
    with desk().store.reading() as connection:
        found = list(
            audit.entries(connection, subject=query.subject or None, after=after, limit=query.limit + 1)
        )  # fmt: skip
        kept = embargoes.withheld(connection)
    shown, following = cut(found, query, of="audit", place=lambda each: (each.number,))
    return Log(items=[_entry(each, kept=each.subject in kept) for each in shown], next=following)


@operation("GET", "/keys", tag="The desk", scope=None, answers=Keys)
def list_keys() -> Keys:
    """This key, or with the scope `keys` all keys of its owner, without their secrets."""
    with desk().store.reading() as connection:
        found = keys.listed(connection, owner=key().owner)
    return Keys(items=[_key(each) for each in found if _may_see(each)])


@operation("GET", "/keys/<id>", tag="The desk", scope=None, answers=KeyRead, problems=("not-found",))
def read_key(id: str) -> KeyRead:
    """One of these keys."""
    with desk().store.reading() as connection:
        return _key(_seen(connection, id))


@operation("DELETE", "/keys/<id>", tag="The desk", scope=None, status=204, problems=("not-found", "not-now"), stores=True)  # fmt: skip
def revoke_key(id: str) -> None:
    """Revoke this key, or with the scope `keys` any of its owner.

    Without that scope a key that was lost can end nothing but itself.
    """
    with desk().store.writing() as connection:
        keys.revoke(connection, _seen(connection, id).id, by=key().owner.name)


def _seen(connection: Connection, id: str) -> Key:
    """A key that this one may know of; raises NotHere."""
    found = keys.numbered(connection, id, owner=key().owner)
    if not _may_see(found):
        raise NotHere(worded("There is no such key."))
    return found


def _may_see(each: Key) -> bool:
    return each.id == key().id or "keys" in key().scopes


def _entry(each: Entry, *, kept: bool) -> LogEntry:
    return LogEntry(
        number=each.number, at=each.at, by=each.by, action=each.action, subject=each.subject,
        detail={"withheld": "under embargo"} if kept else json.loads(each.detail), previous=each.previous, sha256=each.sha256,
    )  # fmt: skip


def _key(each: Key) -> KeyRead:
    return KeyRead(
        id=each.id, prefix=each.prefix, label=each.label, owner=each.owner.name, scopes=list(each.scopes), test=each.test,
        created_at=each.created_at, expires_at=each.expires_at, used_at=each.used_at, revoked_at=each.revoked_at,
    )  # fmt: skip
