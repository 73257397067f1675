"""Keys: what other programs sign in with, in the name of an account.

A key is 256 random bits behind its public id, and is shown once. Only its SHA-256 is kept: whoever reads the database cannot
use it, and a slow hash as for passwords would add nothing, since nobody can try 2^256 values as they try a million words; it
would cost every request a tenth of a second. A key is worth no more than its account: a role that is taken away is taken from
the keys too, and a closed account's keys open nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from sqlalchemy import Connection, Row, case, insert, select, update

from checker.tongue import worded
from web.store import accounts, audit
from web.store.accounts import Account, Role
from web.store.clock import after_now, now, seconds_since
from web.store.errors import NotHere, NotNow, WrongEntry
from web.store.schema import account, api_key

Scope = Literal["check", "read", "review", "audit", "webhooks", "keys"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
Refusal = Literal["unknown", "revoked", "expired"]

WINDOW = 60
"""Seconds for which requests are counted together."""

LONGEST_DAYS = 730
DAYS = 365
_DAY = 86_400
_WRITTEN = re.compile(r"onr_(live|test)_([0-9a-f]{12})_[0-9a-f]{64}\Z", re.ASCII)
_LONGEST_LABEL = 100
_FRESH = 60
"""Seconds after which a key's last use is written down again."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret; `prefix` is how it begins, by which its owner knows it."""

    id: str
    owner: Account
    label: str
    scopes: tuple[Scope, ...]
    test: bool
    created_at: str
    expires_at: str
    used_at: str | None
    revoked_at: str | None

    @property
    def prefix(self) -> str:
        """The public part."""
        return f"onr_{'test' if self.test else 'live'}_{self.id}"

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return seconds_since(self.expires_at) >= 0


@dataclass(frozen=True, slots=True)
class Usage:
    """How many requests of this minute are left to a key after this one, and in how many seconds it ends; below 0 is too many."""

    limit: int
    left: int
    seconds: int


class KeyRefused(Exception):
    """This key opens nothing."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(f"this key is {why}")
        self.why = why


def make(
    connection: Connection, owner: str, *, label: str, scopes: Sequence[str], by: str, days: int = DAYS,
    test: bool = False,
) -> tuple[Key, str]:  # fmt: skip
    """Make a key; gives it and what is shown once. Raises NotHere, and WrongEntry that names the field."""
    held = accounts.named(connection, owner)
    label = " ".join(label.split())
    if not 0 < len(label) <= _LONGEST_LABEL or not label.isprintable():
        raise WrongEntry("label", worded("Say in 1 to %(most)s characters what the key is for.", most=_LONGEST_LABEL))
    wanted = tuple(each for each in SCOPES if each in scopes)
    if not wanted or set(scopes) - set(SCOPES):
        raise WrongEntry("scopes", worded("A key has one or more of the scopes %(scopes)s.", scopes=", ".join(SCOPES)))
    if not 1 <= days <= LONGEST_DAYS:
        raise WrongEntry("days", worded("A key is valid for 1 to %(most)s days.", most=LONGEST_DAYS))
    id = secrets.token_hex(6)
    secret = f"onr_{'test' if test else 'live'}_{id}_{secrets.token_hex(32)}"
    connection.execute(
        insert(api_key).values(
            id=id, account_id=held.id, label=label, sha256=_fingerprint(secret), scopes=" ".join(wanted), test=test,
            created_at=now(), created_by=by, expires_at=after_now(days * _DAY), minute=0, requests=0,
        )
    )  # fmt: skip
    detail = {"key": id, "label": label, "scopes": list(wanted), "days": days, "test": test}
    audit.append(connection, "key-made", held.name, by=by, detail=detail)
    return numbered(connection, id), secret


def of(connection: Connection, secret: str) -> Key:
    """The key that this is the secret of; raises KeyRefused, which tells more only to whoever has the secret."""
    written = _WRITTEN.match(secret)
    row = _row(connection, written.group(2)) if written else None
    if row is None or not hmac.compare_digest(row.sha256, _fingerprint(secret)):
        raise KeyRefused("unknown")
    key = _key(row)
    if key.revoked_at is not None or not key.owner.active:
        raise KeyRefused("revoked")
    if key.expired:
        raise KeyRefused("expired")
    return key


def used(connection: Connection, key: Key, *, limit: int) -> Usage:
    """Count a request of this key, for all processes together."""
    moment = time.time()
    minute = int(moment // WINDOW)
    count = case((api_key.c.minute == minute, api_key.c.requests + 1), else_=1)
    values: dict[str, object] = {"requests": count, "minute": minute}
    if key.used_at is None or seconds_since(key.used_at) > _FRESH:
        values["used_at"] = now()
    counted = update(api_key).where(api_key.c.id == key.id).values(**values).returning(api_key.c.requests)
    requests = int(connection.execute(counted).scalar_one())
    return Usage(limit, limit - requests, max(1, round(WINDOW * (minute + 1) - moment)))


def revoke(connection: Connection, id: str, *, by: str) -> None:
    """Make a key worthless from now on; raises NotHere and NotNow."""
    key = numbered(connection, id)
    if key.revoked_at is not None:
        raise NotNow(worded("This key was revoked already."))
    connection.execute(update(api_key).where(api_key.c.id == id).values(revoked_at=now(), revoked_by=by))
    audit.append(connection, "key-revoked", key.owner.name, by=by, detail={"key": id})


def numbered(connection: Connection, id: str, *, owner: Account | None = None) -> Key:
    """The key of an id, or of an id and owner; raises NotHere."""
    row = _row(connection, id)
    if row is None or (owner is not None and row.account_id != owner.id):
        raise NotHere(worded("There is no such key."))
    return _key(row)


def listed(connection: Connection, *, owner: Account | None = None) -> tuple[Key, ...]:
    """All keys, or those of one account, newest first."""
    query = _JOINED.order_by(api_key.c.created_at.desc(), api_key.c.id)
    if owner is not None:
        query = query.where(api_key.c.account_id == owner.id)
    return tuple(map(_key, connection.execute(query)))


_JOINED = select(api_key, account.c.name, account.c.role, account.c.active).join(
    account, account.c.id == api_key.c.account_id
)


def _row(connection: Connection, id: str) -> Row | None:  # type: ignore[type-arg]
    return connection.execute(_JOINED.where(api_key.c.id == id)).first()


def _key(row: Row) -> Key:  # type: ignore[type-arg]
    owner = Account(row.account_id, row.name, cast(Role, row.role), row.active)
    scopes = tuple(cast(Scope, each) for each in row.scopes.split())
    return Key(
        row.id, owner, row.label, scopes, row.test, row.created_at, row.expires_at, row.used_at, row.revoked_at
    )  # fmt: skip


def _fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
