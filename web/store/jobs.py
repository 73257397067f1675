"""Batches: items that are checked one after another by whoever is free, each exactly once, whatever is killed meanwhile.

An item is leased: whoever takes it writes a token of their own beside it and renews it while working. A result is only taken
from the holder of the lease, so that an item whose worker was thought dead has one result and not two. Leases of processes of
this machine that are gone are given up at once, others when they run out.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update

from checker.tongue import worded
from web.store import audit, embargoes, webhooks
from web.store.accounts import Account
from web.store.clock import after_now, now, parsed
from web.store.database import Store
from web.store.embargoes import Embargo, Term
from web.store.errors import NotHere, NotNow
from web.store.leases import is_gone, lease_token
from web.store.schema import item, item_finding, job

JobState = Literal["running", "done", "cancelled"]
ItemState = Literal["waiting", "leased", "done", "failed", "cancelled"]
ItemKind = Literal["quote", "article", "file"]

LEASE = 60
"""Seconds for which an item is taken, unless the lease is renewed."""

ATTEMPTS = 3
"""An item that so many workers died over is given up: it is what kills them."""

_LISTED = (
    item.c.number, item.c.name, item.c.kind, item.c.state, item.c.counts, item.c.error_code, item.c.error, item.c.ended_at,
    item.c.statements,
)  # fmt: skip
"""What a list shows of an item: its content and report may have megabytes."""

_RECENT = 50
"""Ended items from which the time that is left is told."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is to be checked: its name for people, and its content as JSON."""

    name: str
    kind: ItemKind
    content: str


@dataclass(frozen=True, slots=True)
class Leased:
    """An item that somebody works on."""

    job_id: str
    number: int
    kind: ItemKind
    name: str
    content: str
    lease: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an item: a report as JSON with how many findings of each tone, or an error; `content` replaces its own."""

    result: str | None = None
    counts: Mapping[str, int] | None = None
    content: str | None = None
    error_code: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a batch."""

    number: int
    name: str
    kind: ItemKind
    state: ItemState
    counts: Mapping[str, int]
    error_code: str | None
    error: str | None
    ended_at: str | None
    statements: int | None = None
    """How many statements there are to check, once an article was read."""


@dataclass(frozen=True, slots=True)
class Job:
    """A batch and how far it is; `seconds_left` is None where nothing tells it, `embargo` is one that stands."""

    id: str
    title: str
    state: JobState
    created_at: str
    created_by: str
    ended_at: str | None
    items: int
    done: int
    failed: int
    cancelled: int
    seconds_left: int | None = None
    embargo: Embargo | None = None

    @property
    def left(self) -> int:
        """How many items are still to be checked."""
        return self.items - self.done - self.failed - self.cancelled


def create(
    connection: Connection, title: str, items: Sequence[NewItem], *, by: str, id: str | None = None,
    embargo: Term | None = None,
) -> str:  # fmt: skip
    """Begin a batch, at once under embargo where one is given; gives its id. One that was begun under a given id is not begun again."""
    if id is not None and connection.execute(select(job.c.id).where(job.c.id == id)).first():
        return id
    id = id or secrets.token_urlsafe(9)
    connection.execute(insert(job).values(id=id, title=title, state="running", created_at=now(), created_by=by))
    rows = [
        {"job_id": id, "number": number, "name": each.name, "kind": each.kind, "content": each.content,
         "state": "waiting", "attempts": 0}
        for number, each in enumerate(items, start=1)
    ]  # fmt: skip
    connection.execute(insert(item), rows)
    audit.append(connection, "batch-begun", id, by=by, detail={"items": len(rows), "title": title})
    if embargo is not None:
        embargoes.begin(connection, id, embargo, of="batch", by=by)
    return id


def claim(store: Store, *, gave_up: Callable[[Outcome], None] = lambda outcome: None) -> Leased | None:
    """Take the next item that nobody works on; None when there is none. `gave_up` hears of each that was given up on the way."""
    given_up: list[Outcome] = []
    leased = _claimed(store, given_up)
    for outcome in given_up:
        gave_up(outcome)
    return leased


def _claimed(store: Store, given_up: list[Outcome]) -> Leased | None:
    with store.reading() as connection:
        if connection.execute(select(item.c.number).join(job).where(_free()).limit(1)).first() is None:
            return None  # nobody else waits for a lock while there is nothing to do
    with store.writing() as connection:
        first = select(item).join(job).where(_free()).order_by(job.c.created_at, item.c.number).limit(1)
        while row := connection.execute(first).first():
            mine = and_(item.c.job_id == row.job_id, item.c.number == row.number)
            if row.attempts >= ATTEMPTS:
                message = f"The check ended without a result {ATTEMPTS} times; this item is given up."
                given_up.append(Outcome(error_code="gave-up", error=message))
                _end(connection, mine, row.job_id, given_up[-1])
                continue
            lease = lease_token()
            _drop_found(connection, row.job_id, row.number)
            values = {"state": "leased", "lease": lease, "lease_until": after_now(LEASE), "attempts": row.attempts + 1}
            connection.execute(update(item).where(mine).values(**values, started_at=now()))
            kind = cast(ItemKind, row.kind)
            return Leased(row.job_id, row.number, kind, row.name, row.content, lease, row.attempts + 1)
    return None


def renew(store: Store, leased: Leased) -> bool:
    """Keep an item for longer; False when it is not ours any more: it was cancelled, or another's."""
    with store.writing() as connection:
        changed = connection.execute(update(item).where(_held(leased)).values(lease_until=after_now(LEASE)))
        return changed.rowcount == 1


def finish(store: Store, leased: Leased, outcome: Outcome) -> bool:
    """Write an item's result down, if it is still ours."""
    with store.writing() as connection:
        return _end(connection, _held(leased), leased.job_id, outcome)


def note_statements(store: Store, leased: Leased, statements: int) -> None:
    """Write down how many statements there are to check in an article that is ours."""
    with store.writing() as connection:
        connection.execute(update(item).where(_held(leased)).values(statements=statements))


def note_found(store: Store, leased: Leased, number: int, content: str) -> None:
    """Write a finding of an article down as soon as it is there, for whoever looks on; its result takes their place."""
    with store.writing() as connection:
        if connection.execute(select(item.c.number).where(_held(leased))).first():
            mine = {"job_id": leased.job_id, "item": leased.number}
            connection.execute(insert(item_finding).values(**mine, number=number, content=content))


def found_so_far(connection: Connection, id: str, number: int, *, after: int = 0) -> tuple[tuple[int, str], ...]:
    """The findings of an item that is being checked, as JSON with their numbers from 1, behind one of them."""
    mine = (item_finding.c.job_id == id, item_finding.c.item == number, item_finding.c.number > after)
    query = select(item_finding.c.number, item_finding.c.content).where(*mine).order_by(item_finding.c.number)
    return tuple((row.number, row.content) for row in connection.execute(query))


def give_back(store: Store, leased: Leased, *, counted: bool = True) -> None:
    """Let somebody else take an item at once, since its worker is gone; the attempt is `counted` unless nobody died over it."""
    attempts = item.c.attempts if counted else item.c.attempts - 1
    values = {"state": "waiting", "lease": None, "lease_until": None, "attempts": attempts}
    with store.writing() as connection:
        connection.execute(update(item).where(_held(leased)).values(values))


def give_up_dead_leases(store: Store) -> int:
    """Free the items of processes of this machine that are gone; gives how many."""
    with store.reading() as connection:
        leases = connection.execute(select(item.c.lease).where(item.c.state == "leased")).scalars().all()
    dead = [lease for lease in leases if lease and is_gone(lease)]
    if not dead:
        return 0
    with store.writing() as connection:
        mine = and_(item.c.state == "leased", item.c.lease.in_(dead))
        return connection.execute(update(item).where(mine).values(state="waiting", lease=None)).rowcount


def cancel(connection: Connection, id: str, *, by: str) -> None:
    """Stop a batch; what is done stays. Raises NotHere and NotNow."""
    if _row(connection, id).state != "running":
        raise NotNow(worded("This batch is not running."))
    connection.execute(update(job).where(job.c.id == id).values(state="cancelled", ended_at=now()))
    open_items = and_(item.c.job_id == id, item.c.state.in_(("waiting", "leased")))
    connection.execute(update(item).where(open_items).values(state="cancelled", lease=None, lease_until=None))
    connection.execute(delete(item_finding).where(item_finding.c.job_id == id))
    audit.append(connection, "batch-cancelled", id, by=by)


def go_on(connection: Connection, id: str, *, by: str) -> None:
    """Check what was cancelled or failed; raises NotHere, and NotNow when there is nothing of it."""
    if _row(connection, id).state == "running":
        raise NotNow(worded("This batch is running."))
    again = and_(item.c.job_id == id, item.c.state.in_(("cancelled", "failed")))
    fresh = {"state": "waiting", "attempts": 0, "error": None, "error_code": None, "ended_at": None}
    if not connection.execute(update(item).where(again).values(**fresh)).rowcount:
        raise NotNow(worded("Everything in this batch was checked."))
    connection.execute(update(job).where(job.c.id == id).values(state="running", ended_at=None))
    audit.append(connection, "batch-continued", id, by=by)


def jobs(connection: Connection, *, reader: Account | None, limit: int = 50) -> tuple[Job, ...]:
    """The newest batches, without those that an embargo keeps from the reader."""
    seen = select(job).where(embargoes.open_to(job.c.id, reader))
    rows = connection.execute(seen.order_by(job.c.created_at.desc()).limit(limit)).all()
    counts, kept = _counts(connection, [row.id for row in rows]), embargoes.withheld(connection)
    return tuple(_job(row, counts.get(row.id, {}), embargo=kept.get(row.id)) for row in rows)


def job_of(connection: Connection, id: str) -> Job:
    """A batch, with the time that it will still take; raises NotHere."""
    row = _row(connection, id)
    found = _job(row, _counts(connection, [id]).get(id, {}), embargo=embargoes.standing(connection, id))
    return replace(found, seconds_left=_seconds_left(connection, found))


def items(connection: Connection, id: str, *, since: str = "", limit: int | None = None) -> tuple[Item, ...]:
    """A batch's items in order; with `since` those that ended at that moment or after it."""
    query = select(*_LISTED).where(item.c.job_id == id).order_by(item.c.number).limit(limit)
    if since:
        query = query.where(item.c.ended_at >= since)
    return tuple(map(_item, connection.execute(query)))


def tones(connection: Connection, id: str) -> Mapping[str, int]:
    """How many findings of each tone a batch has so far."""
    total: Counter[str] = Counter()
    for counts in connection.execute(
        select(item.c.counts).where(item.c.job_id == id, item.c.counts.is_not(None))
    ).scalars():
        total.update(json.loads(counts))
    return total


def results(connection: Connection, id: str) -> Iterator[tuple[Item, str | None]]:
    """Every item with its report as JSON, one after another."""
    query = select(*_LISTED, item.c.result).where(item.c.job_id == id).order_by(item.c.number)
    for row in connection.execution_options(yield_per=20).execute(query):
        yield _item(row), row.result


def result(connection: Connection, id: str, number: int) -> tuple[Item, str | None]:
    """One item with its report as JSON; raises NotHere."""
    mine = (item.c.job_id == id, item.c.number == number)
    row = connection.execute(select(*_LISTED, item.c.result).where(*mine)).first()
    if row is None:
        raise NotHere(worded("There is no such item in this batch."))
    return _item(row), row.result


def _free() -> ColumnElement[bool]:
    """True of items that may be taken now."""
    expired = and_(item.c.state == "leased", item.c.lease_until < now())
    return and_(job.c.state == "running", or_(item.c.state == "waiting", expired))


def _held(leased: Leased) -> ColumnElement[bool]:
    return and_(
        item.c.job_id == leased.job_id, item.c.number == leased.number, item.c.state == "leased",
        item.c.lease == leased.lease,
    )  # fmt: skip


def _end(connection: Connection, which: ColumnElement[bool], id: str, outcome: Outcome) -> bool:
    values: dict[str, object] = {
        "state": "failed" if outcome.error else "done", "result": outcome.result, "error": outcome.error,
        "counts": json.dumps(dict(outcome.counts)) if outcome.counts else None, "error_code": outcome.error_code,
        "lease": None, "lease_until": None, "ended_at": now(),
    }  # fmt: skip
    if outcome.content is not None:
        values["content"] = outcome.content
    number = connection.execute(update(item).where(which).values(**values).returning(item.c.number)).scalar()
    if number is None:
        return False
    _drop_found(connection, id, number)
    _tell(connection, id, number)
    left = and_(item.c.job_id == id, item.c.state.in_(("waiting", "leased")))
    if connection.execute(select(item.c.number).where(left).limit(1)).first() is None:
        ended = and_(job.c.id == id, job.c.state == "running")
        connection.execute(update(job).where(ended).values(state="done", ended_at=now()))
    return True


def _tell(connection: Connection, id: str, number: int) -> None:
    """Tell whoever sent an article that it was checked, or could not be."""
    mine = and_(item.c.job_id == id, item.c.number == number, item.c.kind == "article")
    row = connection.execute(select(item.c.state, job.c.created_by).join(job).where(mine)).first()
    if row is not None:
        told = {"article": id, "item": number, "state": row.state}
        webhooks.tell(connection, "finding.ready", told, only=row.created_by)


def _drop_found(connection: Connection, id: str, number: int) -> None:
    connection.execute(delete(item_finding).where(item_finding.c.job_id == id, item_finding.c.item == number))


def _counts(connection: Connection, ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    query = (
        select(item.c.job_id, item.c.state, func.count().label("number"))
        .where(item.c.job_id.in_(ids))
        .group_by(item.c.job_id, item.c.state)
    )
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        found.setdefault(row.job_id, {})[row.state] = row.number
    return found


def _seconds_left(connection: Connection, found: Job) -> int | None:
    """Told from how fast the last items went, however many work at once."""
    if found.state != "running":
        return None
    query = (
        select(item.c.started_at, item.c.ended_at)
        .where(item.c.job_id == found.id, item.c.ended_at.is_not(None), item.c.started_at.is_not(None))
        .order_by(item.c.ended_at.desc())
        .limit(_RECENT)
    )
    ended = connection.execute(query).all()
    if not ended:
        return None
    seconds = (parsed(ended[0].ended_at) - min(parsed(row.started_at) for row in ended)).total_seconds()
    return max(1, round(found.left * seconds / len(ended)))


def _row(connection: Connection, id: str) -> Row:  # type: ignore[type-arg]
    row = connection.execute(select(job).where(job.c.id == id)).first()
    if row is None:
        raise NotHere(worded("There is no batch at this address."))
    return row


def _job(row: Row, counts: Mapping[str, int], *, embargo: Embargo | None) -> Job:  # type: ignore[type-arg]
    return Job(
        row.id, row.title, cast(JobState, row.state), row.created_at, row.created_by, row.ended_at,
        sum(counts.values()), counts.get("done", 0), counts.get("failed", 0), counts.get("cancelled", 0), embargo=embargo,
    )  # fmt: skip


def _item(row: Row) -> Item:  # type: ignore[type-arg]
    return Item(
        row.number, row.name, cast(ItemKind, row.kind), cast(ItemState, row.state),
        json.loads(row.counts) if row.counts else {}, row.error_code, row.error, row.ended_at,
        row.statements,
    )  # fmt: skip
