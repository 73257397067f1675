"""Requests with an Idempotency-Key: whoever sends one twice, since an answer was lost, gets the same answer and one deed.

The answer is kept for a day under the API key and the name that its sender chose. While a request runs its row is leased, as a batch's items
are: if its process dies, the next one with the same name takes over, at once on the same machine, and makes what the first one made under the same id.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from web.store.clock import after_now, before_now, now
from web.store.leases import is_gone, lease_token
from web.store.schema import repeat

KEPT = 24 * 3600
"""Seconds for which an answer is kept."""

LEASE = 600
"""Seconds that a request may take before another one takes over: a hundred quotations take a minute or two."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A request that is to be done now; what it makes is to have the id `made`, and may be there already if it was begun `again`."""

    key_id: str
    name: str
    made: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What was answered before."""

    status: int
    headers: Mapping[str, str]
    body: str


class OtherRequest(Exception):
    """The same name came with another request before."""


class StillRunning(Exception):
    """The same request is being done at this moment."""


def begin(connection: Connection, key_id: str, name: str, *, request: str) -> Begun | Kept:
    """Begin a request of that name, whose content has that hash; raises OtherRequest and StillRunning."""
    connection.execute(delete(repeat).where(repeat.c.begun_at < before_now(KEPT)))
    mine = and_(repeat.c.key_id == key_id, repeat.c.name == name)
    row = connection.execute(select(repeat).where(mine)).first()
    if row is None:
        made = secrets.token_urlsafe(9)
        connection.execute(
            insert(repeat).values(
                key_id=key_id, name=name, request=request, made=made, begun_at=now(), lease_until=after_now(LEASE),
                lease=lease_token(),
            )
        )  # fmt: skip
        return Begun(key_id, name, made)
    if row.request != request:
        raise OtherRequest
    if row.status is not None:
        return Kept(row.status, json.loads(row.headers), row.body)
    if row.lease_until > now() and not (row.lease and is_gone(row.lease)):
        raise StillRunning
    connection.execute(update(repeat).where(mine).values(lease_until=after_now(LEASE), lease=lease_token()))
    return Begun(key_id, name, row.made, again=True)


def keep(connection: Connection, begun: Begun, answer: Kept) -> None:
    """Keep the answer for whoever asks again."""
    values = {"status": answer.status, "headers": json.dumps(dict(answer.headers)), "body": answer.body}
    connection.execute(update(repeat).where(_mine(begun)).values(**values))


def give_up(connection: Connection, begun: Begun) -> None:
    """Let the same request be sent again at once, since it came to nothing, or to nothing that its sender knows of."""
    connection.execute(update(repeat).where(_mine(begun), repeat.c.status.is_(None)).values(lease_until=before_now(1)))


def _mine(begun: Begun) -> ColumnElement[bool]:
    return and_(repeat.c.key_id == begun.key_id, repeat.c.name == begun.name)
