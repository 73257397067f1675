"""Along a source's lists, from the newest page back: what is new first, then on with what was not reached before.

A list is walked down from its top. Once a page was done whose entries all lie in the part that earlier runs walked without
a gap, are some days older than the newest that is known, and are not so young that they are looked at again, there is nothing new below it; the walk then
goes on at the last page that was reached, which is read once more, since entries that were taken off the list move those behind them up. Only when the way from the top has met that part are the
entries on it added to it: a run that is killed on the way leaves no gap that a later one would pass over. Where a run passes over an entry because of its day, a run with
a wider window begins again at that page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast
from urllib.parse import urlsplit

from sqlalchemy import Connection

from corpus.connectors.connector import Connector, Entry, Page, Window, takes
from corpus.errors import (
    CorpusError,
    EgressOff,
    FetchError,
    MarkupMoved,
    RecordError,
    RobotsRefused,
    SourceBlocked,
    SourceGone,
    SourceResting,
)
from corpus.fetch.asking import NONE, Validators
from corpus.fetch.fetching import NotModified
from corpus.store import Corpus
from corpus.sync import log
from corpus.sync.entries import ATTEMPTS, Entries, LimitReached, Wanted
from corpus.sync.local import is_local, local_page
from corpus.sync.log import ALL, Counts, Days, Place, Run, RunOutcome, Settled
from corpus.sync.manners import Visitor
from corpus.sync.reading import listing_of, told

EVERYTHING = Wanted()

_LATE = timedelta(days=3)
"""So much before the newest document that is known a list is looked through each time: transcripts are published days after
their occasion, under its day, below what is known already."""

_NAMED = 10
"""So many entries that are left out from now on are named; the rest are counted."""

_NEVER = date.max.isoformat()
"""The floor of a list of which nothing is said to be done."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a run is: what it did so far, and what it came to last."""

    counts: Counts
    url: str
    says: str


def sync(
    corpus: Corpus,
    connector: Connector,
    visitor: Visitor,
    *,
    wanted: Wanted = EVERYTHING,
    on_progress: Callable[[Reached], None] = lambda reached: None,
    on_problem: Callable[[str], None] = lambda problem: None,
) -> Run:
    """Bring what a corpus holds of a source up to date; gives the run as it is logged, whatever became of it.

    It may be stopped or killed at any time: what was counted is on disk, and the next run goes on from there.
    """
    run = corpus.note(lambda open: log.begin(open, connector.name))
    walk = _Walk(corpus, connector, visitor, wanted, run, on_progress, on_problem)
    try:
        outcome, error = walk.run()
    except (KeyboardInterrupt, CorpusError) as broken:
        says, how = str(broken) or "stopped by hand", "failed" if isinstance(broken, CorpusError) else "stopped"
        corpus.note(lambda open: log.end(open, run, cast(RunOutcome, how), walk.entries.counts, says))
        raise
    return corpus.note(lambda open: log.end(open, run, outcome, walk.entries.counts, error))


@dataclass(frozen=True, slots=True)
class _Done:
    """A list page that was done: where it leads, and what it tells of the way.

    `listed` are the ids that stand on it, `settled` those of which nothing is left to do. `passed` are the days of the others, unless
    they lie in the part that was walked before; `known` says that all lie there, `before` that all are older than the window.
    `days` are those of the page, `walked` the newest in that part; `again` says that a document of it is looked at again for its day.
    """

    url: str
    next: str | None = None
    others: tuple[str, ...] = ()
    listed: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    passed: tuple[date | None, ...] = ()
    known: bool = False
    before: bool = False
    again: bool = False
    days: Days = None
    walked: date | None = None
    left: Settled | None = None

    @property
    def empty(self) -> bool:
        """True for a page that names nothing."""
        return not (self.listed or self.others or self.known)


class _Walk:
    """One run along all lists of a source."""

    def __init__(
        self, corpus: Corpus, connector: Connector, visitor: Visitor, wanted: Wanted, run: int,
        on_progress: Callable[[Reached], None], on_problem: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._corpus = corpus
        self._connector = connector
        self._visitor = visitor
        self._wanted = wanted
        self._on_progress = on_progress
        self._on_problem = on_problem
        self._worst: tuple[RunOutcome, str] = ("done", "")
        self.entries = Entries(corpus, connector, visitor, wanted, run, self._entry, on_problem)

    @property
    def _source(self) -> str:
        return self._connector.name

    def run(self) -> tuple[RunOutcome, str]:
        """Walk every list, then try again what failed before; what one list fails with does not end the others."""
        try:
            self._leave_out()
            for name, start in _named(self._connector.starts(self._wanted.window)):
                self._one(name, start)
            self._again()
        except LimitReached:
            return self._worst if self._worst[0] != "done" else ("limit", "")
        except (EgressOff, SourceResting, MarkupMoved) as error:
            return _outcome(error), told(error, of="list")
        return self._worst

    # Lists

    def _one(self, name: str, start: str) -> None:
        try:
            self._list(name, start)
        except (EgressOff, SourceResting):
            raise
        except (FetchError, RecordError) as error:
            self._on_problem(told(error, of="list"))
            if self._worst[0] == "done":
                self._worst = _outcome(error), told(error, of="list")

    def _list(self, name: str, start: str) -> None:
        place = self._corpus.look_up(lambda open: log.place(open, self._source, name))
        if place is None:
            self._down(name, start)
            return
        since, way, end = self._wanted.window.since, list[_Done](), False
        newest: date | None = None
        for done in self._pages(name, start):
            way.append(done)
            newest = newest or done.walked
            if done.known and not done.again and not _is_late(done.days, newest):
                break
            if done.before:
                return  # the window ends above what was walked before
        else:
            end = not way[-1].empty
        if not any(done.passed for done in way):
            place = replace(place, floor=ALL) if end else place
            self._corpus.note(lambda open: self._join(open, name, way, place))
        if place.floor <= (since or date.min).isoformat():
            return
        try:
            self._down(name, place.reached, again=True)
        except SourceGone:  # the list became shorter
            self._down(name, start)

    def _down(self, name: str, start: str, *, again: bool = False) -> None:
        """Walk down from a page that follows what was walked without a gap, to the end of the window or of the list.

        `again` says that an earlier run was here: an empty page is the end of a list only where two runs meet one.
        """
        window, reached, floor = self._wanted.window, start, ALL
        for done in self._pages(name, start):
            if done.empty and not again:
                # It may be the end, or a page that only looks like it; the next run goes on here and believes it.
                return
            if (
                floor == ALL and not done.empty
            ):  # a page on which something was passed over is where a wider window begins
                reached = done.url
            floor = max([floor, *(_floor(day, window) for day in done.passed)])
            place = Place(reached, max(floor, (window.since or date.min).isoformat()) if done.before else _NEVER)
            self._corpus.note(lambda open, done=done, place=place: self._join(open, name, [done], place))  # type: ignore[misc]  # bound now
            if done.before:
                return
        self._corpus.note(lambda open: log.put_place(open, self._source, name, Place(reached, floor)))

    def _join(self, connection: Connection, name: str, way: list[_Done], place: Place) -> None:
        """Add pages to the part of a list that was walked without a gap."""
        log.put_walked(connection, self._source, name, (id for done in way for id in done.settled))
        log.put_place(connection, self._source, name, place)
        for done in way:
            if not done.known or done.listed:
                log.put_settled(connection, self._source, done.url, done.left)

    def _pages(self, name: str, start: str) -> Iterator[_Done]:
        """One page after another, each done, with the lists that it names; a page that repeats the last one is the end."""
        url: str | None = start
        seen, listed = set[str](), frozenset[str]()
        while url is not None and url not in seen:
            seen.add(url)
            try:
                done = self._page(name, url)
            except SourceGone:
                if url == start:
                    raise
                return  # behind the last page
            if done.listed and done.listed == listed:
                return
            for other in done.others:
                if other not in seen:
                    self._one(other, other)
            yield done
            url, listed = done.next, done.listed

    def _page(self, name: str, url: str) -> _Done:
        """Do everything on a list page."""
        source, since = self._source, self._wanted.window.since
        again = self._wanted.full or self._wanted.recheck or self._wanted.again
        settled = None if again else self._corpus.look_up(lambda open: log.settled(open, source, url))
        self._on_progress(Reached(self.entries.counts, url, "list"))
        page, validators = self._fetched(url, settled)
        if page is None:
            assert settled is not None
            newest = settled.days[0] if settled.days else None
            return _Done(url, settled.next, settled.others, known=not settled.others, days=settled.days, walked=newest)
        listing = listing_of(self._connector, page)
        for problem in listing.problems:
            self._on_problem(problem)
        inside = self.entries.take(listing.entries, page)
        listed = frozenset(each.id for each in listing.entries)
        if listing.complete:
            self._drop(name, listed)
        walked = self._corpus.look_up(lambda open: log.walked(open, source, name, listed))
        known = self._corpus.look_up(lambda open: log.known(open, source, listed))
        outcomes = {id: known[id].outcome if id in known else "" for id in listed}
        finished = frozenset(id for id in inside if outcomes[id] != "outside")
        days = {each.id: self.entries.day(each, known.get(each.id)) for each in listing.entries}
        dated = sorted(day for day in days.values() if day)
        span = (dated[-1], dated[0]) if dated and len(dated) == len(days) else None
        whole = bool(listed) and all(outcome == "held" for outcome in outcomes.values())
        return _Done(
            url, listing.next, listing.others, listed, finished,
            passed=tuple(days[id] for id in listed - finished - walked),
            known=bool(listed) and walked == listed,
            before=since is not None and bool(days) and all(day is not None and day < since for day in days.values()),
            again=any(map(self._wanted.looks_again, days.values())),
            days=span,
            walked=max((day for id in walked if (day := days[id])), default=None),
            left=Settled(validators, listing.next, listing.others, span) if whole or listing.others else None,
        )  # fmt: skip

    def _fetched(self, url: str, settled: Settled | None) -> tuple[Page | None, Validators]:
        """A list page; None where it is the same as when everything on it was done."""
        if is_local(url):
            return local_page(url, lists=True), NONE
        found = self._visitor.visit(url, lists=True, held=settled.validators if settled else NONE)
        if isinstance(found, NotModified):
            return None, NONE
        return Page(found.link, found.raw, found.content.suffix, found.content.charset), found.validators

    def _drop(self, name: str, listed: frozenset[str]) -> None:
        """What this list named before and names no more is gone."""
        held = self._corpus.look_up(lambda open: log.held(open, self._source))
        mine = self._corpus.look_up(lambda open: log.walked(open, self._source, name, held))
        missing = self._corpus.look_up(lambda open: log.known(open, self._source, mine - listed))
        # What is left out on purpose is not gone.
        if gone := sorted(id for id, each in missing.items() if takes(self._connector, each.entry.url)):
            self.entries.drop(gone)

    # What failed before

    def _leave_out(self) -> None:
        """What is denied by now fails no longer; it is told once."""
        denied = self.entries.leave_out()
        for each in denied[:_NAMED]:
            self._on_problem(
                f"{each.entry.url}: could not be had, and is left out now, since the source takes it no longer"
            )
        if len(denied) > _NAMED:
            self._on_problem(f"so are {len(denied) - _NAMED:,} more that could not be had")

    def _again(self) -> None:
        failed = self._corpus.look_up(lambda open: log.failed(open, self._source, attempts=ATTEMPTS))
        denied = self._corpus.look_up(lambda open: log.noted_as(open, self._source, log.DENIED))
        wanted = [each for each in denied if takes(self._connector, each.entry.url)]
        self.entries.take([each.entry for each in (*failed, *wanted)], None)

    def _entry(self, entry: Entry, says: str) -> None:
        self._on_progress(Reached(self.entries.counts, entry.url, says))


def _is_late(days: Days, newest: date | None) -> bool:
    """True for a page that reaches no further back than documents may be filed late, before the newest one of earlier runs."""
    return days is not None and newest is not None and days[1] >= newest - _LATE


def _floor(day: date | None, window: Window) -> str:
    """Down to which day a list is done on which an entry of this day was passed over: it was too old for the window, or else unknown."""
    return window.since.isoformat() if window.since and day and day < window.since else _NEVER


def _named(starts: tuple[str, ...]) -> list[tuple[str, str]]:
    """A name for each list that stays the same although its address may hold the days that are asked for."""
    seen = Counter[str]()
    named = []
    for start in starts:
        parts = urlsplit(start)
        name = f"{parts.scheme}://{parts.netloc}{parts.path}"
        seen[name] += 1
        named.append((name if seen[name] == 1 else f"{name} ({seen[name]})", start))
    return named


def _outcome(error: CorpusError) -> RunOutcome:
    if isinstance(error, SourceResting):
        return "blocked" if error.blocked else "failed"
    if isinstance(error, SourceBlocked | RobotsRefused):
        return "blocked"
    return "moved" if isinstance(error, MarkupMoved) else "failed"
