"""What a corpus knows of its sources: their runs, their entries, and how far back their lists were walked.

Each function is given a connection and is part of somebody's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal, cast

from sqlalchemy import Connection, Table, case, delete, func, insert, select, update

from corpus import rows
from corpus.connectors.connector import Entry
from corpus.database import insert_rows
from corpus.fetch.asking import NONE, Validators
from corpus.schema import source_entry, source_list, source_page, source_run, source_walked, version

RunOutcome = Literal["running", "done", "limit", "stopped", "blocked", "moved", "failed", "interrupted"]
EntryOutcome = Literal["held", "outside", "gone", "failed", "refused", "barred", "denied"]

FAILURES: tuple[EntryOutcome, ...] = ("failed", "refused")
"""What is known of an entry that could not be had although it may be asked for."""

DENIED: tuple[EntryOutcome, ...] = ("denied",)
"""What is known of an entry that could not be had, and that its connector takes no longer."""

ALL = date.min.isoformat()
"""The floor of a list that was walked to its end."""

_AT_ONCE = 500
"""Ids in one question: databases limit how many."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of a run's entries: `seen` in lists, and of these new, changed, unchanged, gone and failed.

    `unchanged` are those of which the publisher's mark or the page itself says so; `not_looked_at` are held already, have no
    mark in the list, and were not fetched again. `barred` are those that robots.txt asks programs not to read. What turned out
    to lie outside the time that was asked for is seen, and no more.

    `failed` are news: they could be had before, or were not known, or fail otherwise now. `known_failures` are all of the source
    that could not be had before either, whether they were tried again or left alone; they are counted when the run ends.
    """

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    not_looked_at: int = 0
    barred: int = 0
    known_failures: int = 0

    def __add__(self, more: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(more, name) for name in self.__slots__))


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a source."""

    id: int
    source: str
    started_at: str
    ended_at: str | None
    outcome: RunOutcome
    counts: Counts
    error: str

    @property
    def good(self) -> bool:
        """True for a run that did all, or as much as it was allowed."""
        return self.outcome in ("done", "limit")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entry since `noted_at`: the mark of the wording that was stored last, or why none was stored."""

    entry: Entry
    outcome: EntryOutcome
    validators: Validators
    attempts: int
    error: str
    noted_at: str


@dataclass(frozen=True, slots=True)
class Place:
    """How far back a list was walked; `floor` is the day down to which all of it is done."""

    reached: str
    floor: str


Days = tuple[date, date] | None
"""The newest and the oldest day of some entries; None where none is known."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A list page all of whose entries were done: where it led, and the first and last of its days."""

    validators: Validators
    next: str | None
    others: tuple[str, ...]
    days: Days = None


def now() -> str:
    """The moment, as it is stored."""
    return datetime.now(UTC).isoformat(timespec="seconds")


# Runs


def begin(connection: Connection, source: str) -> int:
    """Open a run; those that were never closed were interrupted."""
    open_runs = (source_run.c.source == source) & (source_run.c.outcome == "running")
    connection.execute(update(source_run).where(open_runs).values(outcome="interrupted"))
    id = rows.next_id(connection, source_run)
    row = {"id": id, "source": source, "started_at": now(), "outcome": "running", "error": "", **asdict(NOTHING)}
    connection.execute(insert(source_run), row)
    return id


def count(connection: Connection, run: int, counts: Counts) -> None:
    """Note how far a run is."""
    connection.execute(update(source_run).where(source_run.c.id == run).values(**asdict(counts)))


def end(connection: Connection, run: int, outcome: RunOutcome, counts: Counts, error: str) -> Run:
    """Close a run, with the number of those that could not be had before it either."""
    mine = source_run.c.id == run
    source = connection.execute(select(source_run.c.source).where(mine)).scalar_one()
    counts = replace(counts, known_failures=max(0, failures(connection, source) - counts.failed))
    values = {"ended_at": now(), "outcome": outcome, "error": error, **asdict(counts)}
    connection.execute(update(source_run).where(mine).values(**values))
    return _run(connection.execute(select(source_run).where(mine)).one())


def runs(connection: Connection, source: str, *, limit: int) -> tuple[Run, ...]:
    """A source's runs, latest first."""
    wanted = select(source_run).where(source_run.c.source == source).order_by(source_run.c.id.desc()).limit(limit)
    return tuple(_run(row) for row in connection.execute(wanted))


def last_runs(connection: Connection, *, good: bool = False) -> dict[str, Run]:
    """The last run of every source, or its last good one."""
    numbers = select(func.max(source_run.c.id)).group_by(source_run.c.source)
    if good:
        numbers = numbers.where(source_run.c.outcome.in_(("done", "limit")))
    found = (_run(row) for row in connection.execute(select(source_run).where(source_run.c.id.in_(numbers))))
    return {each.source: each for each in found}


def _run(row: object) -> Run:
    id, source, started, ended, outcome, *counted, error = cast("Sequence[object]", row)
    counts = Counts(*cast("list[int]", counted))
    return Run(
        cast(int, id), cast(str, source), cast(str, started), cast("str | None", ended), cast(RunOutcome, outcome),
        counts, cast(str, error),
    )  # fmt: skip


# Entries


def known(connection: Connection, source: str, ids: Collection[str]) -> dict[str, Known]:
    """What is known of these entries of a source."""
    found: dict[str, Known] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = source_entry.c.document_id.in_(wanted[start : start + _AT_ONCE])
        for row in connection.execute(select(source_entry).where(source_entry.c.source == source, some)).mappings():
            found[row["document_id"]] = _known(row)
    return found


def failed(connection: Connection, source: str, *, attempts: int) -> tuple[Known, ...]:
    """The entries that could not be had: those that failed less often than that, were refused, or are barred."""
    outcome = source_entry.c.outcome
    again = outcome.in_(("refused", "barred")) | ((outcome == "failed") & (source_entry.c.attempts < attempts))
    wanted = select(source_entry).where(source_entry.c.source == source, again).order_by(source_entry.c.document_id)
    return tuple(_known(row) for row in connection.execute(wanted).mappings())


def noted_as(connection: Connection, source: str, outcomes: Collection[EntryOutcome]) -> tuple[Known, ...]:
    """The entries of a source of which this is known, by id."""
    wanted = select(source_entry).where(source_entry.c.source == source, source_entry.c.outcome.in_(outcomes))
    found = connection.execute(wanted.order_by(source_entry.c.document_id)).mappings()
    return tuple(_known(row) for row in found)


def failures(connection: Connection, source: str) -> int:
    """How many entries of a source could not be had when they were tried last, given up ones too."""
    mine = (source_entry.c.source == source) & source_entry.c.outcome.in_(FAILURES)
    return connection.execute(select(func.count()).where(mine)).scalar_one()


def held(connection: Connection, source: str) -> tuple[str, ...]:
    """The ids of the documents that came from a source and are there, as far as is known."""
    wanted = select(source_entry.c.document_id).where(source_entry.c.source == source, source_entry.c.outcome == "held")
    return tuple(connection.execute(wanted.order_by(source_entry.c.document_id)).scalars())


def documents(connection: Connection, source: str) -> tuple[int, int]:
    """How many documents came from a source, and how many of them are gone there; all of them are kept."""
    held = (version.c.document_id == source_entry.c.document_id) & version.c.current
    gone = func.sum(case((source_entry.c.outcome == "gone", 1), else_=0))
    wanted = select(func.count(), gone).select_from(source_entry.join(version, held))
    found = connection.execute(wanted.where(source_entry.c.source == source)).one()
    return int(found[0]), int(found[1] or 0)


def days(connection: Connection, source: str, *, limit: int) -> tuple[date, ...]:
    """The latest days of which a source has documents, latest first."""
    mine = (
        (source_entry.c.source == source) & source_entry.c.published.is_not(None) & (source_entry.c.outcome == "held")
    )
    wanted = select(source_entry.c.published).where(mine).distinct().order_by(source_entry.c.published.desc())
    return tuple(date.fromisoformat(day) for day in connection.execute(wanted.limit(limit)).scalars())


def note(
    connection: Connection, source: str, entry: Entry, outcome: EntryOutcome,
    *, validators: Validators = NONE, attempts: int = 0, error: str = "",
) -> None:  # fmt: skip
    """Write down what became of an entry."""
    values = {
        "url": entry.url, "title": entry.title, "published": entry.published.isoformat() if entry.published else None,
        "mark": entry.updated, "etag": validators.etag, "modified": validators.modified, "outcome": outcome,
        "attempts": attempts, "error": error, "noted_at": now(),
    }  # fmt: skip
    _put(connection, source_entry, {"source": source, "document_id": entry.id}, values)


def _known(row: object) -> Known:
    found = cast("dict[str, str]", row)
    published = date.fromisoformat(found["published"]) if found["published"] else None
    entry = Entry(found["document_id"], found["url"], published, found["mark"], found["title"])
    return Known(
        entry, cast(EntryOutcome, found["outcome"]), Validators(found["etag"], found["modified"]),
        cast(int, found["attempts"]), found["error"], found["noted_at"],
    )  # fmt: skip


# Lists


def place(connection: Connection, source: str, list: str) -> Place | None:
    """How far back a list was walked; None for one that was not begun."""
    mine = (source_list.c.source == source) & (source_list.c.list == list)
    found = connection.execute(select(source_list.c.reached, source_list.c.floor).where(mine)).first()
    return Place(*found) if found else None


def put_place(connection: Connection, source: str, list: str, reached: Place) -> None:
    """Note how far back a list was walked."""
    _put(connection, source_list, {"source": source, "list": list}, asdict(reached))


def walked(connection: Connection, source: str, list: str, ids: Collection[str]) -> frozenset[str]:
    """Those of the ids that lie in the part of the list that was walked without a gap."""
    mine = (source_walked.c.source == source) & (source_walked.c.list == list)
    wanted, found = sorted(ids), set[str]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = source_walked.c.document_id.in_(wanted[start : start + _AT_ONCE])
        found.update(connection.execute(select(source_walked.c.document_id).where(mine, some)).scalars())
    return frozenset(found)


def put_walked(connection: Connection, source: str, list: str, ids: Iterable[str]) -> None:
    """Add entries to that part."""
    wanted = dict.fromkeys(ids)
    there = walked(connection, source, list, wanted)
    missing = [id for id in wanted if id not in there]
    insert_rows(connection, source_walked, [{"source": source, "list": list, "document_id": id} for id in missing])


def settled(connection: Connection, source: str, url: str) -> Settled | None:
    """A list page of which nothing was left to do, if its server said how to tell that it is the same."""
    mine = (source_page.c.source == source) & (source_page.c.url == url)
    row = connection.execute(select(source_page).where(mine)).mappings().first()
    if row is None:
        return None
    days = (date.fromisoformat(row["newest"]), date.fromisoformat(row["oldest"])) if row["newest"] else None
    return Settled(
        Validators(row["etag"], row["modified"]), row["next"] or None, tuple(json.loads(row["others"])), days
    )


def put_settled(connection: Connection, source: str, url: str, page: Settled | None) -> None:
    """Note that nothing is left to do of a list page; None where something is, or its server does not help to tell."""
    if page is None or page.validators == NONE:
        mine = (source_page.c.source == source) & (source_page.c.url == url)
        connection.execute(delete(source_page).where(mine))
        return
    values = {
        "etag": page.validators.etag, "modified": page.validators.modified, "next": page.next or "",
        "others": json.dumps(page.others), "newest": page.days[0].isoformat() if page.days else None,
        "oldest": page.days[1].isoformat() if page.days else None,
    }  # fmt: skip
    _put(connection, source_page, {"source": source, "url": url}, values)


def _put(connection: Connection, table: Table, key: Mapping[str, str], values: Mapping[str, object]) -> None:
    """Change a row, or make it; whoever writes is alone."""
    mine = [table.c[name] == value for name, value in key.items()]
    if not connection.execute(update(table).where(*mine).values(**values)).rowcount:
        connection.execute(insert(table), {**key, **values})
