"""What becomes of each entry of a list: passed over, fetched and stored with its bytes, gone, barred, or failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from corpus.adding import Added, Arrival
from corpus.captures import Capture
from corpus.connectors.connector import ALWAYS, Connector, Entry, Page, Window, takes
from corpus.errors import (
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
from corpus.history import note_gone
from corpus.sync import log
from corpus.sync.local import is_local, local_page
from corpus.sync.log import NOTHING, Counts, EntryOutcome, Known
from corpus.sync.reading import document_of, told
from corpus.types import Document

if TYPE_CHECKING:
    from corpus.store import Corpus
    from corpus.sync.manners import Visitor

_AT_ONCE = 200
"""Documents of one list, as of a table, that are stored in one transaction."""

_MOVED = 5
"""Pages in a row that are not built as their connector says, after which a run ends: the site was rebuilt."""


ATTEMPTS = 10
"""Runs in which an entry that fails is tried; then only another mark in the list makes it worth a try, or a full run."""

_AGAIN = "; asked again after "
"""Between what a page refused us with and the day until which it is left alone."""

_PAUSES = 5
"""A page that refuses us is left alone for a day, then for 2, 4, 8 … days, doubled so often: asking each hour changes no mind."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is asked for.

    `limit` counts pages that are fetched, or documents of a list that holds them. What is held and has a mark in the list is
    fetched where it is another one. What has none is fetched again for `recheck` days after its day; `full` does so with the
    whole window. `again` fetches all of the window, whatever its mark or its server says, since it is to be read otherwise.
    """

    window: Window = ALWAYS
    limit: int | None = None
    full: bool = False
    recheck: int = 0
    again: bool = False

    def looks_again(self, day: date | None) -> bool:
        """True for the day of a document that is fetched again although nothing says that it changed."""
        if self.full or self.again:
            return True
        return bool(self.recheck) and day is not None and day >= datetime.now(UTC).date() - timedelta(days=self.recheck)


class LimitReached(Exception):
    """As much was done as was asked for."""


@dataclass(slots=True)
class Entries:
    """A run's way through entries; everything that it tells is on disk before it is counted."""

    corpus: Corpus
    connector: Connector
    visitor: Visitor
    wanted: Wanted
    run: int
    on_entry: Callable[[Entry, str], None]
    on_problem: Callable[[str], None]
    counts: Counts = NOTHING
    met: set[str] = field(default_factory=set)
    done: int = 0
    moved: int = 0

    @property
    def source(self) -> str:
        """The connector's name."""
        return self.connector.name

    def take(self, entries: Sequence[Entry], page: Page | None) -> frozenset[str]:
        """Do what is to be done for each entry; gives the ids of those that were inside the window.

        `page` is the list that they stand in. Raises LimitReached, SourceResting, EgressOff, and MarkupMoved where page after
        page is not built as it should be: then the rest was not touched.
        """
        known = self.corpus.look_up(lambda open: log.known(open, self.source, {each.id for each in entries}))
        inside = [each for each in entries if self._inside(each, known.get(each.id))]
        fresh = [each for each in inside if each.id not in self.met]
        self.met.update(each.id for each in fresh)
        self.counts += Counts(seen=len(fresh))
        whole: list[Entry] = []
        for each in fresh:
            before = known.get(each.id)
            if not self._is_due(each, before):
                self.counts += _passed_over(each, before)
                continue
            self._spend(whole, page)
            if each.document is None:
                self._fetch(_marked(each, before), before)
            else:
                whole.append(each)
            if len(whole) >= _AT_ONCE:
                self._store_whole(whole, page)
        self._store_whole(whole, page)
        return frozenset(each.id for each in inside)

    def day(self, entry: Entry, known: Known | None) -> date | None:
        """The day of a document, by its list or by what was read before."""
        return entry.published or (known.entry.published if known else None)

    def drop(self, ids: Sequence[str]) -> None:
        """Note that these are not in a list any more that names everything."""

        def write(connection: Connection) -> Counts:
            for each in log.known(connection, self.source, ids).values():
                log.note(connection, self.source, each.entry, "gone")
            counts = self.counts + Counts(gone=sum(note_gone(connection, id) for id in ids))
            log.count(connection, self.run, counts)
            return counts

        self.counts = self.corpus.note(write)

    def leave_out(self) -> tuple[Known, ...]:
        """Note that what could not be had is not wanted any more, where the connector takes it no longer; gives what that was.

        What is stored stays as it is, also where its latest wording could not be had.
        """
        missing = self.corpus.look_up(lambda open: log.noted_as(open, self.source, (*log.FAILURES, "barred")))
        denied = tuple(each for each in missing if not takes(self.connector, each.entry.url))

        def write(connection: Connection) -> None:
            for each in denied:
                log.note(connection, self.source, each.entry, "denied")

        if denied:
            self.corpus.note(write)
        return denied

    # Whether anything is to be done

    def _inside(self, entry: Entry, known: Known | None) -> bool:
        window = self.wanted.window
        if not window.holds(self.day(entry, known)):
            return False
        changed = _day_in(entry.updated)
        # What was changed last before the window begins was not published in it.
        return not (entry.published is None and window.since and changed and changed < window.since)

    def _is_due(self, entry: Entry, known: Known | None) -> bool:
        if known is None or self.wanted.again or entry.updated not in ("", known.entry.updated):
            return True
        if known.outcome == "failed":
            return self.wanted.full or known.attempts < ATTEMPTS
        if known.outcome == "refused":
            return self.wanted.full or datetime.now(UTC) >= asked_again(known.noted_at, known.attempts)
        if known.outcome == "outside":  # its own day may lie in this window
            return self.wanted.window.holds(known.entry.published)
        if known.outcome in ("gone", "barred", "denied"):
            return True  # it is listed, so it may be there again; robots.txt is asked for anyway
        return not entry.updated and self.wanted.looks_again(self.day(entry, known))

    def _spend(self, whole: list[Entry], page: Page | None) -> None:
        if self.wanted.limit is not None and self.done >= self.wanted.limit:
            self._store_whole(whole, page)
            raise LimitReached
        self.done += 1

    # Doing it

    def _fetch(self, entry: Entry, known: Known | None) -> None:
        held = known is not None and known.outcome == "held" and not self.wanted.again
        again = known.validators if known is not None and held else NONE
        try:
            found, document = self._read(entry, again)
        except SourceGone as error:
            self._gone(entry, known, error)
        except RobotsRefused as error:
            self._barred(entry, known, error)
        except (SourceResting, EgressOff):
            raise
        except (FetchError, RecordError) as error:
            self._failed(entry, known, error)
        else:
            self.moved = 0
            if document is None:
                self._unchanged(entry, again)
            else:
                self._store(entry, document, found)

    def _read(self, entry: Entry, again: Validators) -> tuple[_Found, Document | None]:
        """The page behind an entry as a document; none where it is the one that is held. Raises FetchError, RecordError."""
        if is_local(entry.url):
            if not all(is_local(each) for each in self.connector.starts(self.wanted.window)):
                raise RecordError(
                    "a list of the internet names a file of this machine, which is not read", path=entry.url
                )
            at = local_page(entry.url, lists=False)
            capture = Capture(entry.url, "resource", at.raw, log.now())
            return _Found(capture, NONE), document_of(self.connector, at, entry)
        found = self.visitor.visit(entry.url, lists=False, held=again)
        if isinstance(found, NotModified):
            return _Found(None, again), None
        at = Page(found.link, found.raw, found.content.suffix, found.content.charset)
        if found.content.suffix == ".html" and found.raw.count(b"<") > self.visitor.limits.tags:
            raise RecordError("the page is too large to tell its text from the rest", path=found.link)
        capture = Capture(found.link, "response", found.raw, found.fetched_at, found.headers)
        return _Found(capture, found.validators), document_of(self.connector, at, entry)

    def _store(self, entry: Entry, document: Document, found: _Found) -> None:
        entry = replace(entry, published=_day(document, entry), title=document.title)
        if not self.wanted.window.holds(entry.published):
            self._noted(entry, "outside", NOTHING, validators=NONE)
            return

        def beside(connection: Connection, added: Sequence[Added]) -> None:
            log.note(connection, self.source, entry, "held", validators=found.validators)
            log.count(connection, self.run, self.counts + _became(added[0].outcome))

        (added,) = self.corpus.arrive([Arrival(document, found.capture)], beside=beside)
        self.counts += _became(added.outcome)
        self.on_entry(entry, added.outcome)

    def _store_whole(self, entries: list[Entry], page: Page | None) -> None:
        """Store documents that stand in a list; a feed's bytes are kept, a table is a copy already."""
        batch = [(each, each.document) for each in entries if each.document is not None]
        entries.clear()
        if not batch:
            return
        capture = None
        if page is not None and page.raw.lstrip()[:1] == b"<":
            capture = Capture(page.url, "resource" if is_local(page.url) else "response", page.raw, log.now())
        now = self.counts

        def beside(connection: Connection, added: Sequence[Added]) -> None:
            nonlocal now
            for entry, document in batch:
                log.note(connection, self.source, replace(entry, published=_day(document, entry)), "held")
            for each in added:
                now = now + _became(each.outcome)
            log.count(connection, self.run, now)

        stored = self.corpus.arrive([Arrival(document, capture) for _, document in batch], beside=beside)
        self.counts = now
        for (entry, _), added in zip(batch, stored, strict=True):
            self.on_entry(entry, added.outcome)

    def _unchanged(self, entry: Entry, again: Validators) -> None:
        self._noted(entry, "held", Counts(unchanged=1), validators=again)

    def _gone(self, entry: Entry, known: Known | None, error: SourceGone) -> None:
        """A document that is held is gone at its source; one that never was here has failed."""
        if not self.corpus.history.editions(entry.id):
            self._failed(entry, known, error)
            return

        def write(connection: Connection) -> Counts:
            log.note(connection, self.source, entry, "gone")
            counts = self.counts + Counts(gone=int(note_gone(connection, entry.id)))
            log.count(connection, self.run, counts)
            return counts

        self.counts = self.corpus.note(write)
        self.on_entry(entry, "gone")

    def _failed(self, entry: Entry, known: Known | None, error: FetchError | RecordError) -> None:
        refused = isinstance(error, SourceBlocked) and error.status is not None
        outcome: EntryOutcome = "refused" if refused else "failed"
        attempts = (known.attempts if known is not None and known.outcome == outcome else 0) + 1
        says = told(error)
        news = known is None or known.outcome not in log.FAILURES or known.error.partition(_AGAIN)[0] != says
        if refused:
            says = f"{says}{_AGAIN}{asked_again(log.now(), attempts):%Y-%m-%d}"
        self._noted(
            entry,
            outcome,
            Counts(failed=1) if news else NOTHING,
            validators=NONE,
            attempts=attempts,
            error=says,
            news=news,
        )
        self.moved = self.moved + 1 if isinstance(error, MarkupMoved) else 0
        if self.moved >= _MOVED:
            raise MarkupMoved(f"{self.moved} pages in a row are not built as they should be; the last one: {error}")

    def _barred(self, entry: Entry, known: Known | None, error: RobotsRefused) -> None:
        """Robots.txt asks programs not to read it, which is kept to and is no failure; it is told once."""
        self.done -= 1  # nothing was asked for
        self._noted(entry, "barred", Counts(barred=1), validators=NONE, error=str(error))
        if known is None or known.outcome != "barred":
            self.on_problem(f"{told(error)}; it is left out")

    def _noted(
        self, entry: Entry, outcome: EntryOutcome, counts: Counts,
        *, validators: Validators, attempts: int = 0, error: str = "", news: bool = True,
    ) -> None:  # fmt: skip
        def write(connection: Connection) -> None:
            log.note(connection, self.source, entry, outcome, validators=validators, attempts=attempts, error=error)
            log.count(connection, self.run, self.counts + counts)

        self.corpus.note(write)
        self.counts += counts
        if outcome in log.FAILURES:
            self.on_entry(entry, f"failed: {error}" if news else f"still fails: {error}")
        else:
            self.on_entry(entry, "unchanged" if outcome == "held" else outcome)


@dataclass(frozen=True, slots=True)
class _Found:
    """The bytes of a page, and how its server can be asked whether they are still the same."""

    capture: Capture | None
    validators: Validators


def asked_again(refused_at: str, times: int) -> datetime:
    """When a page that refused us so many times in a row is asked for again.

    >>> str(asked_again("2031-06-03T06:00:00+00:00", 1)), str(asked_again("2031-06-03T06:00:00+00:00", 3))
    ('2031-06-04 06:00:00+00:00', '2031-06-07 06:00:00+00:00')
    """
    return datetime.fromisoformat(refused_at) + timedelta(days=2 ** min(times - 1, _PAUSES))


def _passed_over(entry: Entry, known: Known | None) -> Counts:
    """How an entry counts that is not fetched; a failure that is left alone is counted with the known ones."""
    if known is not None and known.outcome in log.FAILURES:
        return NOTHING
    return (
        Counts(unchanged=1)
        if known is not None and known.outcome == "held" and entry.updated
        else Counts(not_looked_at=1)
    )


def _marked(entry: Entry, known: Known | None) -> Entry:
    """The entry with the mark that is known, where this list gives none: another list of the source may."""
    return entry if entry.updated or known is None else replace(entry, updated=known.entry.updated)


def _day(document: Document, entry: Entry) -> date | None:
    """A document's own day, where it is known to the day; else the one of its list."""
    return document.date.to_date() if document.date is not None and document.date.day else entry.published


def _became(outcome: str) -> Counts:
    return {"added": Counts(new=1), "new-version": Counts(changed=1), "reverted": Counts(changed=1)}.get(
        outcome, Counts(unchanged=1)
    )


def _day_in(mark: str) -> date | None:
    """The day of a mark that is a time in ISO form; any other mark says nothing."""
    try:
        return datetime.fromisoformat(mark).date() if mark[:2] in ("19", "20") else None
    except ValueError:
        return None
