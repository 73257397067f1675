"""corpus sync, connectors, try: the sources that come by themselves."""

from __future__ import annotations

import calendar
import datetime
import sys
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Self

import click
from rich.console import Console
from rich.status import Status
from rich.text import Text

from checker.cli.checking import date_option, one_corpus, settings_of
from checker.export import json_line
from checker.export.sources import (
    failure_line,
    failure_object,
    freshness_lines,
    freshness_object,
    synced_object,
    synced_text,
)
from checker.links import policy_of
from checker.settings import Settings
from corpus.connectors.connector import Connector, Window
from corpus.connectors.registry import connector as connector_named
from corpus.connectors.registry import connectors as every_connector
from corpus.errors import ConnectorError, CorpusError, CorpusUnavailable
from corpus.store import Corpus
from corpus.sync.freshness import Freshness, sources
from corpus.sync.log import FAILURES, documents, noted_as
from corpus.sync.reading import told
from corpus.terms import Terms
from corpus.types import Document, PartialDate

if TYPE_CHECKING:
    from corpus.sync.manners import Visitor
    from corpus.sync.walk import Reached

_since = click.option("--since", metavar="DATE", help="Nothing older: YYYY, YYYY-MM or YYYY-MM-DD.")
_until = click.option("--until", metavar="DATE", help="Nothing newer.")
_pace = click.option(
    "--pace", type=click.FloatRange(0), help="Seconds between requests of a host; robots.txt may ask for more."
)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="CONNECTOR...")
@one_corpus
@_since
@_until
@click.option("--limit", type=click.IntRange(1), help="At most so many documents; the next run goes on from there.")
@click.option(
    "--full",
    is_flag=True,
    help="Look again at every document of the window: by its mark in the list, or else by fetching it.",
)
@click.option(
    "--recheck",
    type=click.IntRange(0),
    default=0,
    metavar="DAYS",
    help="Fetch documents again that are so young and have no mark in the list, as far back as they are listed.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Fetch and read every document of the window anew, whatever its mark or server says: for a mended recipe.",
)
@_pace
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def sync(
    names: tuple[str, ...], location: str | None, since: str | None, until: str | None, limit: int | None, full: bool,
    recheck: int, again: bool, pace: float | None, shape: str,
) -> None:  # fmt: skip
    """Bring the corpus up to date from sources: by name, or recipes by their path (NAME.toml).

    What is new or changed is fetched and stored with its bytes. It may be stopped at any time and goes on where it was. Where a
    list has no mark of a document's wording (when it was changed last), an edit is only found with --recheck or --full; what was
    not fetched again is counted as not looked at.

    Exit code 0: the run came to its end, and nothing failed that did not fail before; 3: something failed for the first time
    or otherwise than before, or a run did not come to its end.
    """
    # Imported here because the HTTP library takes a fifth of a second, and few runs fetch anything.
    from corpus.sync.entries import Wanted
    from corpus.sync.walk import sync as sync_source

    settings = settings_of(location)
    chosen = [connector_named(name) for name in names]
    good = True
    with Corpus.open(settings.corpus, create=True) as held:
        wanted = Wanted(_kept(_window(since, until), held.terms()), limit, full, recheck, again)
        for each in chosen:
            with _Shown(each.name) as shown:
                try:
                    run = sync_source(
                        held, each, _visitor(settings, each, pace), wanted=wanted,
                        on_progress=shown.moved, on_problem=shown.problem,
                    )  # fmt: skip
                except KeyboardInterrupt:
                    shown.close()
                    click.echo("stopped; the same command goes on from here", err=True)
                    sys.exit(130)
            kept, _ = held.look_up(partial(documents, source=each.name))
            click.echo(json_line(synced_object(run, kept)) if shape == "jsonl" else synced_text(run, kept))
            good = good and run.good and not run.counts.failed
        held.settle(most=8)
    if not good:
        sys.exit(3)


class _Shown:
    """Progress on standard error: a line that changes on a terminal, one now and then in a log."""

    def __init__(self, name: str) -> None:
        console = Console(stderr=True)
        self._name = name
        self._status = Status(name, console=console)
        self._log = not console.is_terminal
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        if not self._log:
            self._status.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the screen as it was."""
        self._status.stop()

    def moved(self, reached: Reached) -> None:
        """Say how far it is."""
        counts = reached.counts
        line = f"{self._name}: {counts.new:,} new, {counts.changed:,} changed, {counts.unchanged:,} unchanged; {reached.url}"
        if not self._log:
            self._status.update(Text(line))  # an address may hold brackets, which are no markup
        elif time.monotonic() - self._said >= _LOG_SECONDS:
            self._said = time.monotonic()
            click.echo(line, err=True)
        if reached.says.startswith("failed"):
            self.problem(reached.says.removeprefix("failed: "))

    def problem(self, says: str) -> None:
        """Say what could not be read; the rest goes on."""
        click.echo(f"onrecord: {says}", err=True)


_LOG_SECONDS = 30


@click.command()
@one_corpus
@click.option("--alarm", is_flag=True, help="Only sources in trouble; exit with 1 when there is one.")
@click.option("--failures", is_flag=True, help="Only what could not be had, each with its address and the reason.")
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def connectors(location: str | None, alarm: bool, failures: bool, shape: str) -> None:
    """The sources that can be synced: what they are, where their facts come from, how the last run went, and alarms."""
    if alarm and failures:
        raise click.UsageError("--alarm is about sources, --failures about their pages; name one of them")
    found = {each.source: each for each in freshness_of(settings_of(location))}
    if failures:
        _tell_failures(settings_of(location), tuple(found), shape)
        return
    known: dict[str, Connector] = {}
    for each in every_connector():
        if isinstance(each, ConnectorError):
            click.echo(f"onrecord: {each}", err=True)
        else:
            known[each.name] = each
    trouble = False
    for name in sorted({*known, *found}):
        state = found.get(name)
        trouble = trouble or bool(state and state.alarms)
        if alarm and not (state and state.alarms):
            continue
        about = known.get(name)
        if shape == "jsonl":
            row = {"name": name, "title": about.title if about else None, "facts": about.facts if about else None}
            click.echo(json_line(row | freshness_object(state)))
        else:
            click.echo(f"{name}: {about.title if about else 'a recipe of your own'}")
            lines = [*([about.facts] if about else []), *freshness_lines(state)]
            click.echo("\n".join(f"    {line}" for line in lines))
    if alarm and trouble:
        sys.exit(1)


def _tell_failures(settings: Settings, names: tuple[str, ...], shape: str) -> None:
    if not names:
        return
    with Corpus.open(settings.corpus) as held:
        for name in names:
            for each in held.look_up(partial(noted_as, source=name, outcomes=FAILURES)):
                if shape == "jsonl":
                    click.echo(json_line({"source": name} | failure_object(each)))
                else:
                    click.echo(f"{name}: {failure_line(each)}")


def freshness_of(settings: Settings) -> tuple[Freshness, ...]:
    """How the sources of a corpus stand; none where there is no corpus yet."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    try:
        with Corpus.open(settings.corpus) as held:
            return held.look_up(lambda open: sources(open, today=today))
    except CorpusUnavailable:
        return ()


@click.command("try")
@click.argument("name", metavar="CONNECTOR")
@_since
@_until
@click.option("--limit", type=click.IntRange(1), default=3, show_default=True, help="So many documents are read.")
@_pace
def try_out(name: str, since: str | None, until: str | None, limit: int, pace: float | None) -> None:
    """Show what a connector or a recipe (NAME.toml) would take, without storing anything."""
    from corpus.sync.trial import Tried, trial

    settings = settings_of(None)
    connector = connector_named(name)
    click.echo(f"{connector.name}: {connector.title}\n    {connector.facts}")
    failed = False
    # Somebody is waiting: what fails is said at once.
    for found in trial(
        connector, _visitor(settings, connector, pace, attempts=1), window=_window(since, until), limit=limit
    ):
        if isinstance(found, CorpusError):
            failed = True
            click.echo(f"  ! {told(found)}")
        elif isinstance(found, Tried):
            click.echo("\n".join(f"  {line}" for line in _document_lines(found.document)))
        else:
            click.echo(found)
    if failed:
        sys.exit(3)


def _document_lines(document: Document) -> list[str]:
    named = list(dict.fromkeys(turn.speaker for turn in document.turns if turn.speaker))
    turns = f"{len(document.turns):,} turn{'s' if len(document.turns) > 1 else ''}"
    said = f"{turns}; speakers: {', '.join(named)}" if named else f"nobody is named: {document.publisher} speaks"
    text = " ".join(document.text.split())
    return [
        f"{document.id}: {document.title}",
        f"    {document.date or 'NO DATE'}, {document.kind}, {document.language}; {len(document.text):,} characters; {said}",
        f"    {text[:160]}{'…' if len(text) > 160 else ''}",
    ]


def _visitor(settings: Settings, connector: Connector, pace: float | None, *, attempts: int | None = None) -> Visitor:
    from corpus.sync.manners import ATTEMPTS, PACE, Manners, Visitor

    own = getattr(connector, "pace", PACE)
    return Visitor(
        policy_of(settings),
        Manners(pace=own if pace is None else pace, attempts=attempts or ATTEMPTS),
        contact=settings.contact,
    )


def _window(since: str | None, until: str | None) -> Window:
    first, last = date_option(since, "--since"), date_option(until, "--until")
    return Window(first.to_date() if first else None, _last_day(last) if last else None)


def _kept(window: Window, terms: Terms) -> Window:
    """What a collection may still hold: a document that is removed for its age must not come back with the next run."""
    first = terms.stored_before(datetime.datetime.now(tz=datetime.UTC).date())
    return replace(window, since=max(first, window.since or first)) if first is not None else window


def _last_day(date: PartialDate) -> datetime.date:
    """
    >>> str(_last_day(PartialDate(2031, 2))), str(_last_day(PartialDate(2031)))
    ('2031-02-28', '2031-12-31')
    """
    month = date.month or 12
    return datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1])
