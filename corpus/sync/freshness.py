"""Which sources are fresh: looked at lately, without failing, and not silent for longer than they usually are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Literal

from sqlalchemy import Connection

from corpus.sync import log
from corpus.sync.log import Run

AlarmKind = Literal["failed", "silent", "unwatched"]

_DAYS = 61
"""Days with documents that are looked at: two months of a daily publisher."""

_FEWEST = 8
"""Gaps between such days below which nobody can tell what is usual."""

_SHARE = 0.95
_TIMES = 2
_LEAST = 3
"""A source is silent after twice the gap that 95 of 100 of its gaps do not exceed, and after three days at the least: one that
publishes on weekdays after six days, one that speaks each fortnight after four weeks."""

_UNWATCHED = 7
"""Days without a good run, where what is usual is not known or shorter."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why an editor cannot rely on a source: in a word, and in a sentence."""

    kind: AlarmKind
    says: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a source stands: documents of it that are held, and how many of these it shows no more.

    `failing` are entries that could not be had when they were tried last. `patience` is the silence in days that is still usual, None where that cannot be told.
    """

    source: str
    documents: int
    gone: int
    failing: int
    newest: date | None
    patience: int | None
    last: Run | None
    last_good: Run | None
    alarms: tuple[Alarm, ...]


def sources(connection: Connection, *, today: date) -> tuple[Freshness, ...]:
    """How every source stands that was ever synced, by name."""
    last, good = log.last_runs(connection), log.last_runs(connection, good=True)
    kept = {name: log.documents(connection, name) for name in last}
    return tuple(
        freshness(
            name, log.days(connection, name, limit=_DAYS), last=last[name], last_good=good.get(name), today=today,
            documents=kept[name][0], gone=kept[name][1], failing=log.failures(connection, name),
        )
        for name in sorted(last)
    )  # fmt: skip


def freshness(
    source: str,
    days: Sequence[date],
    *,
    last: Run,
    last_good: Run | None,
    today: date,
    documents: int,
    gone: int = 0,
    failing: int = 0,
) -> Freshness:
    """How one source stands; `days` are the latest of which it has documents, latest first.

    >>> run = Run(1, "marlo", "2031-06-30T06:00:00+00:00", "2031-06-30T06:01:00+00:00", "done", log.NOTHING, "")
    >>> daily = [date(2031, 6, day) for day in range(20, 0, -1)]
    >>> found = freshness("marlo", daily, last=run, last_good=run, today=date(2031, 6, 30), documents=20)
    >>> found.patience, [alarm.kind for alarm in found.alarms]
    (3, ['silent'])
    """
    patience = usual_silence(days)
    newest = days[0] if days else None
    alarms = []
    if not last.good and last.outcome != "running":
        alarms.append(
            Alarm(
                "failed",
                f"the last run ({last.started_at[:10]}) ended as “{last.outcome}”: {last.error or 'it was ended from outside'}",
            )
        )
    looked = date.fromisoformat(last_good.started_at[:10]) if last_good else None
    if looked is None or (today - looked).days > max(_UNWATCHED, patience or 0):
        since = f"for {(today - looked).days:,} days" if looked else "yet"
        alarms.append(Alarm("unwatched", f"it was not looked at {since} without failing"))
    # While nobody looks, nobody knows whether it was silent.
    silent = (looked - newest).days if looked and newest else 0
    if patience is not None and silent > patience:
        alarms.append(
            Alarm(
                "silent",
                f"no new document for {silent:,} days; so far hardly ever more than {ceil(patience / _TIMES):,}",
            )
        )
    return Freshness(source, documents, gone, failing, newest, patience, last, last_good, tuple(alarms))


def usual_silence(days: Sequence[date]) -> int | None:
    """For how many days a source may be silent before it is unusual; None where there are too few to tell.

    >>> weekdays = [day for day in (date.fromordinal(740_000 - n) for n in range(40)) if day.weekday() < 5]
    >>> usual_silence(weekdays), usual_silence(weekdays[:5])
    (6, None)
    """
    gaps = sorted((later - earlier).days for later, earlier in pairwise(days))
    if len(gaps) < _FEWEST:
        return None
    return max(_LEAST, _TIMES * gaps[ceil(_SHARE * len(gaps)) - 1])
