"""Who works here: accounts with a role, and sessions that end.

Passwords are hashed with Argon2id; who comes through a provider of identities need not have one. A session's token is 256 random bits of which only the hash is kept; it ends after
twelve idle hours, after a week, and when the account's password or role changes.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from checker.tongue import worded
from web.store import audit
from web.store.clock import before_now, now, seconds_since
from web.store.database import Store
from web.store.errors import NotHere, Throttled, WrongEntry
from web.store.schema import account, attempt, session

Role = Literal["read-only", "reporter", "checker", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

_IDLE = 12 * 3600
_LONGEST = 7 * 24 * 3600
_FRESH = 60
"""Seconds after which a session's last use is written down again, so that not every page writes."""

_WINDOW = 15 * 60
_ATTEMPTS = 5
_ATTEMPTS_FROM = 30
"""Failed attempts within a quarter of an hour for one name, and from one address, behind which a whole newsroom may be."""

_NAME = re.compile(r"\w[\w.@' -]{0,58}\w\Z")
_LONGEST_WANTED = 54
_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; what they did stays under their name."""

    id: int
    name: str
    role: Role
    active: bool = True


def add(connection: Connection, name: str, password: str | None, *, role: str, by: str) -> Account:
    """Open an account; without a password it is entered through a provider only. Raises WrongEntry when the name is taken or a field unusable."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not _NAME.match(name):
        raise WrongEntry(
            "name", worded("A name has 2 to 60 letters or figures; dots, dashes, blanks and @ may stand between.")
        )
    if _row(connection, name) is not None:
        raise WrongEntry("name", worded("There is an account “%(name)s” already.", name=name))
    hashed = "" if password is None else _hash(password)
    values = {"name": name, "role": _role(role), "password": hashed, "active": True, "created_at": now()}
    connection.execute(insert(account).values(**values))
    audit.append(connection, "account-added", name, by=by, detail={"role": role})
    return named(connection, name)


def mentioned(connection: Connection, text: str) -> tuple[str, ...]:
    """The names of open accounts that stand in a text behind an @, whole: “@Annabel” is not for Ann, nor is “bob@ann.example”."""
    rows = sorted(connection.execute(select(account.c.name, account.c.active)), key=lambda row: -len(row.name))
    if not rows:
        return ()
    whole = "|".join(f"({re.escape(row.name)})" for row in rows)  # the longest first: “@Ann Lee” is not for Ann
    found = re.finditer(rf"(?<!\w)@(?:{whole})(?!\w|-\w)", unicodedata.normalize("NFC", text), re.IGNORECASE)
    meant = [rows[each.lastindex - 1] for each in found if each.lastindex]
    return tuple(dict.fromkeys(row.name for row in meant if row.active))


def change(connection: Connection, name: str, *, by: str, role: str | None = None, active: bool | None = None) -> None:
    """Give an account another role, or close or open it; whoever uses it must sign in again.

    Raises NotHere, and WrongEntry when nobody would be left who administers.
    """
    held = named(connection, name)
    changes = {"role": _role(role or held.role), "active": held.active if active is None else active}
    if held.role == "admin" and held.active and (changes["role"] != "admin" or not changes["active"]):
        admins = select(func.count()).select_from(account).where(account.c.role == "admin", account.c.active)
        if connection.execute(admins).scalar_one() < 2:
            raise WrongEntry(
                "role", worded("“%(name)s” is the last admin; make somebody else one first.", name=held.name)
            )
    connection.execute(update(account).where(account.c.id == held.id).values(**changes))
    end_sessions(connection, held)
    audit.append(connection, "account-changed", held.name, by=by, detail=changes)


def follow(connection: Connection, held: Account, role: Role, *, by: str) -> None:
    """Give an account the role that a provider says it has, be it the last admin's; its other sessions end."""
    if role == held.role:
        return
    connection.execute(update(account).where(account.c.id == held.id).values(role=role))
    end_sessions(connection, held)
    audit.append(connection, "account-changed", held.name, by=by, detail={"role": role, "active": held.active})


def set_password(connection: Connection, name: str, password: str, *, by: str) -> None:
    """Give an account another password; all its sessions end. Raises NotHere and WrongEntry."""
    held = named(connection, name)
    connection.execute(update(account).where(account.c.id == held.id).values(password=_hash(password)))
    end_sessions(connection, held)
    connection.execute(delete(attempt).where(attempt.c.name == held.name.lower()))
    audit.append(connection, "password-changed", held.name, by=by)


def named(connection: Connection, name: str) -> Account:
    """The account of a name, whatever its case; raises NotHere."""
    row = _row(connection, name)
    if row is None:
        raise NotHere(worded("There is no account “%(name)s”.", name=name))
    return _account(row)


def everyone(connection: Connection) -> tuple[Account, ...]:
    """All accounts by name."""
    return tuple(map(_account, connection.execute(select(account).order_by(func.lower(account.c.name)))))


def sign_in(store: Store, name: str, password: str, *, address: str, replacing: str = "") -> str:
    """Begin a session, and end the one that it replaces; gives its token. Raises Throttled, and WrongEntry that does not say what was wrong."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    with store.writing() as connection:
        _throttle(connection, name.lower(), address)
        row = _row(connection, name)
    # A name that is not there takes as long as one that is; and nobody waits for the hashing.
    matches = _matches(row.password if row is not None else "", password)
    if row is None or not matches or not row.active:
        raise WrongEntry("password", worded("This name and password do not belong together."))
    with store.writing() as connection:
        connection.execute(delete(attempt).where(attempt.c.name == name.lower()))
        leave(connection, replacing)
        return enter(connection, _account(row))


def enter(connection: Connection, held: Account, *, through: str = "") -> str:
    """Begin a session of somebody who has shown who they are, here or `through` a provider; gives its token."""
    token = secrets.token_urlsafe(32)
    connection.execute(delete(session).where(session.c.created_at < before_now(_LONGEST)))
    moment = now()
    connection.execute(
        insert(session).values(sha256=_fingerprint(token), account_id=held.id, created_at=moment, seen_at=moment)
    )
    audit.append(connection, "signed-in", held.name, by=held.name, detail={"through": through} if through else None)
    return token


def end_sessions(connection: Connection, held: Account) -> None:
    """Whoever uses this account must sign in again."""
    connection.execute(delete(session).where(session.c.account_id == held.id))


def signed_in(store: Store, token: str) -> Account | None:
    """Whose session this is; None when it is over or never was."""
    query = select(account, session.c.seen_at).join(session, session.c.account_id == account.c.id)
    current = (session.c.seen_at > before_now(_IDLE), session.c.created_at > before_now(_LONGEST), account.c.active)
    mine = session.c.sha256 == _fingerprint(token)
    with store.reading() as connection:
        row = connection.execute(query.where(mine, *current)).first()
    if row is None:
        return None
    if seconds_since(row.seen_at) > _FRESH:
        with store.writing() as connection:
            connection.execute(update(session).where(mine).values(seen_at=now()))
    return _account(row)


def sign_out(store: Store, token: str) -> None:
    """End a session."""
    with store.writing() as connection:
        leave(connection, token)


def leave(connection: Connection, token: str) -> None:
    """The same within a transaction, for the session that another one replaces."""
    connection.execute(delete(session).where(session.c.sha256 == _fingerprint(token)))


def has_password(connection: Connection, held: Account) -> bool:
    """Whether an account can be entered with a password."""
    return bool(connection.execute(select(account.c.password).where(account.c.id == held.id)).scalar())


def free_name(connection: Connection, wanted: str) -> str:
    """A name for a new account, as close as can be to what somebody is called; with a number where that is taken."""
    plain = " ".join(re.sub(r"[^\w.@' -]", " ", unicodedata.normalize("NFC", wanted)).split())[:_LONGEST_WANTED]
    plain = plain.strip(".@' -") if _NAME.match(plain.strip(".@' -")) else "account"
    number = 1
    while _row(connection, name := plain if number == 1 else f"{plain} {number}") is not None:
        number += 1
    return name


def right_password(connection: Connection, name: str, password: str) -> bool:
    """Whether this is somebody's password."""
    row = _row(connection, name)
    return row is not None and _matches(row.password, password)


def _throttle(connection: Connection, name: str, address: str) -> None:
    """Count this attempt, which a right password takes back; raises Throttled when there were too many."""
    connection.execute(delete(attempt).where(attempt.c.at < before_now(_WINDOW)))
    for column, value, most in ((attempt.c.name, name, _ATTEMPTS), (attempt.c.address, address, _ATTEMPTS_FROM)):
        times = connection.execute(select(attempt.c.at).where(column == value).order_by(attempt.c.at)).scalars().all()
        if len(times) >= most:
            raise Throttled(round(_WINDOW - seconds_since(times[-most])) + 1)
    connection.execute(insert(attempt).values(name=name, address=address, at=now()))


def _row(connection: Connection, name: str) -> Row | None:  # type: ignore[type-arg]
    return connection.execute(select(account).where(func.lower(account.c.name) == name.lower())).first()


def _account(row: Row) -> Account:  # type: ignore[type-arg]
    return Account(row.id, row.name, cast(Role, row.role), row.active)


def _role(role: str) -> Role:
    if role not in ROLES:
        raise WrongEntry("role", worded("A role is one of %(roles)s.", roles=", ".join(ROLES)))
    return role


def _hash(password: str) -> str:
    if not _SHORTEST <= len(password) <= 1000:
        raise WrongEntry(
            "password",
            worded("A password has at least %(least)s characters; a few words are a good one.", least=_SHORTEST),
        )
    return _hasher().hash(password)


def _matches(hashed: str, password: str) -> bool:
    try:
        # Where there is none, be it that nobody has this name, it takes as long and nothing fits.
        return _hasher().verify(hashed or _nobody(), password[:1000]) and bool(hashed)
    except VerifyMismatchError:
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
