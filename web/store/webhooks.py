"""Webhooks: who wants to be told of what, what is to be sent, and how that went.

What happened and that it is to be told are written down in one transaction, so that nothing is told that did not happen and
nothing that happened is forgotten; sending is somebody else's (`web/telling.py`). A message says which thing changed and where it
is, never what stands in it: whoever is told fetches that with a key. Its secret signs each message and so cannot be kept as
a hash, as a key is; it is shown once and opens nothing here. A webhook is worth no more than the key that made it: when that
is revoked or its time is over, nothing is told any more.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from checker.tongue import worded
from web.store import audit, embargoes
from web.store.accounts import Account, Role
from web.store.clock import after_now, before_now, now
from web.store.errors import NotHere, NotNow, UnderEmbargo, WrongEntry
from web.store.keys import Key, Scope
from web.store.schema import account, api_key, delivery, webhook

Event = Literal["finding.ready", "review.decided", "signoff.voided", "source.changed"]
EVENTS: tuple[Event, ...] = get_args(Event)
DeliveryState = Literal["waiting", "delivered", "failed"]

NEEDS: Mapping[Event, Scope] = MappingProxyType(
    {"finding.ready": "check", "review.decided": "review", "signoff.voided": "review", "source.changed": "review"}
)
"""The scope that a key has who may know of it."""

MOST = 20
"""Webhooks of one account that are in force."""

AGAIN = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds to the next attempt after the first, the second and so on, as Standard Webhooks recommends: some three days in all."""

KEPT = 30 * 86_400
"""Seconds for which it is kept what was sent."""

_LEASE = 120
"""Seconds after which a delivery whose process died is tried again; one attempt takes 15 at the most."""

_LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """Somebody's wish to be told, without its secret."""

    id: str
    owner: Account
    url: str
    events: tuple[Event, ...]
    created_at: str
    ended_at: str | None
    ended_because: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one webhook and how it went; `status` and `error` are those of the last attempt."""

    id: str
    message_id: str
    event: Event
    body: str
    made_at: str
    state: DeliveryState
    attempts: int
    next_at: str
    status: int | None
    error: str | None
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is to be sent now, by whoever holds the lease."""

    delivery: Delivery
    url: str
    secret: str
    lease: str


def missing(key: Key, events: Sequence[str]) -> tuple[Scope, ...]:
    """The scopes that a key would need as well to be told of all that; of what is no event none."""
    return tuple(sorted({NEEDS[each] for each in EVENTS if each in events} - set(key.scopes)))


def make(
    connection: Connection, key: Key, *, url: str, events: Sequence[str], id: str | None = None
) -> tuple[Webhook, str]:
    """Begin to tell somebody; gives the webhook and its secret, which is shown once. Raises WrongEntry and NotNow.

    One that was made under a given id is not made again.
    """
    if id is not None and (row := connection.execute(_JOINED.where(webhook.c.id == id)).first()):
        return _webhook(row), row.secret
    wanted = tuple(each for each in EVENTS if each in events)
    if not wanted or set(events) - set(EVENTS):
        raise WrongEntry("events", worded("A webhook is told of one or more of %(events)s.", events=", ".join(EVENTS)))
    if len(url) > _LONGEST_URL:
        raise WrongEntry("url", worded("An address has at most %(most)s characters.", most=_LONGEST_URL))
    if len([each for each in listed(connection, owner=key.owner) if each.ended_at is None]) >= MOST:
        raise NotNow(worded("An account has at most %(most)s webhooks; end one first.", most=MOST))
    id = id or secrets.token_urlsafe(9)
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    values = {
        "id": id,
        "account_id": key.owner.id,
        "key_id": key.id,
        "url": url,
        "events": " ".join(wanted),
        "secret": secret,
        "created_at": now(),
    }
    connection.execute(insert(webhook).values(**values))
    audit.append(
        connection,
        "webhook-made",
        key.owner.name,
        by=key.owner.name,
        detail={"webhook": id, "key": key.id, "url": url, "events": list(wanted)},
    )
    return numbered(connection, id, owner=key.owner), secret


def end(connection: Connection, id: str, *, because: str, by: str) -> None:
    """Tell it nothing any more, also nothing that waits; raises NotHere and NotNow."""
    row = connection.execute(_JOINED.where(webhook.c.id == id)).first()
    if row is None:
        raise NotHere(worded("There is no such webhook."))
    if row.ended_at is not None:
        raise NotNow(worded("This webhook was ended already."))
    connection.execute(update(webhook).where(webhook.c.id == id).values(ended_at=now(), ended_because=because))
    left = and_(delivery.c.webhook_id == id, delivery.c.state == "waiting")
    connection.execute(update(delivery).where(left).values(state="failed", lease=None, error=because, ended_at=now()))
    audit.append(connection, "webhook-ended", row.name, by=by, detail={"webhook": id, "because": because})


def numbered(connection: Connection, id: str, *, owner: Account) -> Webhook:
    """The webhook of an id and owner; raises NotHere."""
    row = connection.execute(_JOINED.where(webhook.c.id == id, webhook.c.account_id == owner.id)).first()
    if row is None:
        raise NotHere(worded("There is no such webhook."))
    return _webhook(row)


def listed(connection: Connection, *, owner: Account) -> tuple[Webhook, ...]:
    """The webhooks of an account, the newest first."""
    query = _JOINED.where(webhook.c.account_id == owner.id).order_by(webhook.c.created_at.desc(), webhook.c.id)
    return tuple(map(_webhook, connection.execute(query)))


def tell(connection: Connection, event: Event, data: Mapping[str, object], *, only: str | None = None) -> None:
    """Write down that whoever wants to know is to be told, in the transaction in which it happens; `only` is one account's name.

    Of an article or a batch under embargo nothing is told, now or later.
    """
    if embargoes.standing(connection, _subject_of(data)) is not None:
        return
    wanted = _JOINED.where(webhook.c.ended_at.is_(None), _in_force())
    if only is not None:
        wanted = wanted.where(account.c.name == only)
    moment, message = now(), f"msg_{secrets.token_urlsafe(12)}"
    body = json.dumps({"type": event, "timestamp": moment, "data": dict(data)}, ensure_ascii=False)
    rows = [_row(each.id, message, event, body) for each in connection.execute(wanted) if event in each.events.split()]
    if rows:
        connection.execute(insert(delivery), rows)


def claim(connection: Connection) -> Due | None:
    """Take the message that is due first; None when none is. What nobody may be told any more is given up."""
    free = and_(delivery.c.state == "waiting", delivery.c.next_at <= now())
    first = select(delivery.c.id, delivery.c.webhook_id, _in_force().label("in_force")).select_from(
        delivery.join(webhook, webhook.c.id == delivery.c.webhook_id)
        .join(account, account.c.id == webhook.c.account_id)
        .join(api_key, api_key.c.id == webhook.c.key_id)
    )
    while row := connection.execute(first.where(free).order_by(delivery.c.next_at, delivery.c.id).limit(1)).first():
        if not row.in_force:
            end(
                connection,
                row.webhook_id,
                because="The key that made it, or its account, is no longer in force.",
                by="",
            )
            continue
        lease, mine = secrets.token_hex(8), delivery.c.id == row.id
        values = {"attempts": delivery.c.attempts + 1, "next_at": after_now(_LEASE), "lease": lease}
        connection.execute(update(delivery).where(mine).values(**values))
        sent = _delivery(connection.execute(select(delivery).where(mine)).one())
        to = connection.execute(select(webhook).where(webhook.c.id == row.webhook_id)).one()
        return Due(sent, to.url, to.secret, lease)
    return None


def is_due(connection: Connection) -> bool:
    """Whether anything is to be sent now."""
    free = and_(delivery.c.state == "waiting", delivery.c.next_at <= now())
    return connection.execute(select(delivery.c.id).where(free).limit(1)).first() is not None


def settle(connection: Connection, due: Due, *, status: int | None, error: str | None) -> DeliveryState | None:
    """Write down how an attempt went: done, to be tried again later, or given up; 410 ends the webhook.

    Gives what became of the message; None when somebody else had taken it over meanwhile.
    """
    values: dict[str, object] = {"status": status, "error": error, "lease": None}
    if error is None:
        values |= {"state": "delivered", "ended_at": now()}
    elif due.delivery.attempts > len(AGAIN):
        values |= {"state": "failed", "ended_at": now()}
    else:
        values["next_at"] = after_now(AGAIN[due.delivery.attempts - 1] * (1 + secrets.randbelow(100) / 1000))
    connection.execute(delete(delivery).where(delivery.c.state != "waiting", delivery.c.made_at < before_now(KEPT)))
    held = and_(delivery.c.id == due.delivery.id, delivery.c.lease == due.lease)
    found = connection.execute(update(delivery).where(held).values(**values).returning(delivery.c.webhook_id)).scalar()
    if found is None:
        return None
    if status == 410:
        end(connection, found, because="It said that it is gone (410).", by="")
        return "failed"
    return cast(DeliveryState, values.get("state", "waiting"))


def withhold(connection: Connection, id: str) -> None:
    """Give up what waits to be told of an article or a batch that has come under embargo."""
    waiting = select(delivery.c.id, delivery.c.body).where(delivery.c.state == "waiting")
    of_it = [row.id for row in connection.execute(waiting) if _subject_of(json.loads(row.body)["data"]) == id]
    values = {"state": "failed", "lease": None, "error": "It is under embargo.", "ended_at": now()}
    connection.execute(update(delivery).where(delivery.c.id.in_(of_it)).values(**values))


def _subject_of(data: Mapping[str, object]) -> str:
    """The id of the article on the desk, or of the batch, that a message is about; empty for other messages."""
    return str(data.get("review") or data.get("article") or "")


def deliveries(connection: Connection, id: str) -> tuple[Delivery, ...]:
    """What was sent to a webhook, or is to be, the newest first."""
    query = select(delivery).where(delivery.c.webhook_id == id).order_by(delivery.c.made_at.desc(), delivery.c.id)
    return tuple(map(_delivery, connection.execute(query)))


def replay(connection: Connection, id: str, number: str, *, made: str | None = None) -> Delivery:
    """Send a message again, as a delivery of its own with the message's id; raises NotHere, NotNow and UnderEmbargo."""
    query = select(delivery, webhook.c.ended_at.label("gone")).join(webhook, webhook.c.id == delivery.c.webhook_id)
    row = connection.execute(query.where(delivery.c.id == number, delivery.c.webhook_id == id)).first()
    if row is None:
        raise NotHere(worded("There is no such delivery to this webhook."))
    if row.gone is not None:
        raise NotNow(worded("This webhook was ended; nothing is sent to it."))
    if row.state == "waiting":
        raise NotNow(worded("This message is being sent still."))
    held = embargoes.standing(connection, _subject_of(json.loads(row.body)["data"]))
    if held is not None:
        raise UnderEmbargo(held.says)
    again = _row(id, row.message_id, row.event, row.body, made=made)
    if connection.execute(select(delivery.c.id).where(delivery.c.id == again["id"])).first() is None:
        connection.execute(insert(delivery).values(**again))
    return _delivery(connection.execute(select(delivery).where(delivery.c.id == again["id"])).one())


_JOINED = (
    select(webhook, account.c.name, account.c.role, account.c.active)
    .join(account, account.c.id == webhook.c.account_id)
    .join(api_key, api_key.c.id == webhook.c.key_id)
)


def _in_force() -> ColumnElement[bool]:
    """Of a webhook's key and account: as when somebody asks with that key."""
    return and_(account.c.active, api_key.c.revoked_at.is_(None), api_key.c.expires_at > now())


def _row(id: str, message: str, event: str, body: str, *, made: str | None = None) -> dict[str, object]:
    moment = now()
    return {
        "id": made or secrets.token_urlsafe(9), "webhook_id": id, "message_id": message, "event": event, "body": body,
        "made_at": moment, "state": "waiting", "attempts": 0, "next_at": moment,
    }  # fmt: skip


def _webhook(row: Row) -> Webhook:  # type: ignore[type-arg]
    owner = Account(row.account_id, row.name, cast(Role, row.role), row.active)
    events = tuple(cast(Event, each) for each in row.events.split())
    return Webhook(row.id, owner, row.url, events, row.created_at, row.ended_at, row.ended_because)


def _delivery(row: Row) -> Delivery:  # type: ignore[type-arg]
    return Delivery(
        row.id, row.message_id, row.event, row.body, row.made_at, row.state, row.attempts, row.next_at, row.status, row.error,
        row.ended_at,
    )  # fmt: skip
