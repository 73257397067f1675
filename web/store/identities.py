"""Who an account belongs to at a provider of identities, and who is on the way there and back.

Somebody is known by the provider's name for them (the subject) together with the provider (the issuer), which never change
and never come again; never by an e-mail address or a name, which other people can get. What goes with a reader to the provider
(state, nonce, the verifier of PKCE) is kept here, once for each journey, for ten minutes, and bound to the browser by a cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from checker.tongue import worded
from web.store import accounts, audit
from web.store.accounts import Account
from web.store.clock import before_now, now
from web.store.errors import WrongEntry
from web.store.schema import account, identity, journey

LONGEST_SUBJECT = 255
"""Characters, as OpenID Connect says."""

MINUTES = 10
"""That a journey may take; somebody may have to find a second factor."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at a provider."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody's way to a provider: what must come back, where to, and whose account is to be connected, if any."""

    issuer: str
    nonce: str
    verifier: str
    address: str
    leads_to: str
    account_id: int | None


@dataclass(frozen=True, slots=True)
class Tokens:
    """What goes with a reader: the state in the address, and the browser's own half in a cookie."""

    state: str
    browser: str


def bind(connection: Connection, name: str, who: Identity, *, by: str) -> None:
    """Let an account be entered by whoever this is at the provider; raises NotHere and WrongEntry."""
    held = accounts.named(connection, name)
    if not 0 < len(who.subject) <= LONGEST_SUBJECT or not who.subject.isprintable():
        raise WrongEntry(
            "subject", worded("An identifier at the provider has 1 to %(most)s characters.", most=LONGEST_SUBJECT)
        )
    if (owner := bound(connection, who)) is not None:
        raise WrongEntry("subject", worded("This identifier belongs to the account “%(name)s”.", name=owner.name))
    values = {"issuer": who.issuer, "subject": who.subject, "account_id": held.id, "bound_at": now(), "bound_by": by}
    connection.execute(insert(identity).values(**values))
    audit.append(connection, "identity-bound", held.name, by=by, detail=_told(who))


def unbind(connection: Connection, name: str, *, by: str) -> tuple[Identity, ...]:
    """Let nobody enter an account through a provider, and end its sessions; gives who could. Raises NotHere."""
    held = accounts.named(connection, name)
    found = of(connection, held)
    connection.execute(delete(identity).where(identity.c.account_id == held.id))
    accounts.end_sessions(connection, held)
    for each in found:
        audit.append(connection, "identity-unbound", held.name, by=by, detail=_told(each))
    return found


def bound(connection: Connection, who: Identity) -> Account | None:
    """The account of whoever this is, open or closed; None when there is none."""
    query = select(account.c.name).join(identity, identity.c.account_id == account.c.id)
    mine = (identity.c.issuer == who.issuer, identity.c.subject == who.subject)
    name = connection.execute(query.where(*mine)).scalar()
    return None if name is None else accounts.named(connection, name)


def of(connection: Connection, held: Account) -> tuple[Identity, ...]:
    """Who may enter an account through a provider."""
    rows = connection.execute(select(identity).where(identity.c.account_id == held.id).order_by(identity.c.bound_at))
    return tuple(Identity(row.issuer, row.subject) for row in rows)


def depart(
    connection: Connection,
    *,
    issuer: str,
    nonce: str,
    verifier: str,
    address: str,
    leads_to: str,
    account_id: int | None,
) -> Tokens:
    """Write down that somebody is sent to the provider; only hashes of what comes back are kept."""
    connection.execute(delete(journey).where(journey.c.begun_at < before_now(MINUTES * 60)))
    tokens = Tokens(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    connection.execute(
        insert(journey).values(
            state=_hash(tokens.state), browser=_hash(tokens.browser), issuer=issuer, nonce=nonce, verifier=verifier,
            address=address, leads_to=leads_to, account_id=account_id, begun_at=now(),
        )
    )  # fmt: skip
    return tokens


def arrive(connection: Connection, tokens: Tokens) -> Journey | None:
    """The journey that ends here, which is over with that; None for one that never began, in this browser or at all."""
    mine = journey.c.state == _hash(tokens.state)
    row = connection.execute(select(journey).where(mine, journey.c.begun_at >= before_now(MINUTES * 60))).first()
    if row is None or not hmac.compare_digest(row.browser, _hash(tokens.browser)):
        return None
    connection.execute(delete(journey).where(mine))
    return Journey(row.issuer, row.nonce, row.verifier, row.address, row.leads_to, row.account_id)


def _told(who: Identity) -> dict[str, object]:
    return {"issuer": who.issuer, "subject": who.subject}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
