"""corpus changes, diff, refresh, captures: what became of documents at their sources."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from checker.cli.checking import date_option, one_corpus, settings_of
from checker.export import json_line
from checker.export.changes import (
    described_objects,
    difference_object,
    event_object,
    events_text,
    feed,
    happened,
    in_a_line,
    in_words,
    passages,
)
from checker.links import arrived_at
from checker.settings import Settings
from corpus.errors import DocumentNotFound, RecordError
from corpus.history import Event
from corpus.read import Defaults
from corpus.refresh import Refreshed
from corpus.refresh import refresh as refresh_documents
from corpus.store import Corpus

if TYPE_CHECKING:
    from corpus.fetch.documents import Arrived


@click.command()
@one_corpus
@click.option(
    "--since", metavar="DATE", help="Only what was noticed on this day or later: YYYY, YYYY-MM or YYYY-MM-DD."
)
@click.option("--document", "id", metavar="ID", help="Only this document.")
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="At most so many, the latest.")
@click.option("--format", "shape", type=click.Choice(["text", "json", "atom"]), default="text", show_default=True)
def changes(location: str | None, since: str | None, id: str | None, limit: int, shape: str) -> None:
    """What became of documents at their sources, latest first: changed, corrected, gone, back; with what differs."""
    day = str(date_option(since, "--since")) if since else None
    with Corpus.open(settings_of(location).corpus) as held:
        if id is not None:
            held.document(id)  # an unknown id is an error, and not a document without changes
        events = [happened(held, event) for event in held.history.events(since=day, document_id=id, limit=limit)]
    if shape == "atom":
        click.echo(feed(events, own="urn:onrecord:changes", page=_page, updated="1970-01-01T00:00:00+00:00").decode())
    elif shape == "json":
        for each in events:
            click.echo(json_line(event_object(each)))
    else:
        click.echo(events_text(events) or "nothing changed, as far as is known")


def _page(event: Event) -> str:
    return event.url or f"urn:onrecord:document:{quote(event.document_id, safe='')}"


@click.command()
@click.argument("id")
@one_corpus
@click.option("--from", "before", type=click.IntRange(1), help="The earlier version; without it the one before --to.")
@click.option("--to", "after", type=click.IntRange(1), help="The later version; without it the current one.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(id: str, location: str | None, before: int | None, after: int | None, shape: str) -> None:
    """What differs between two versions of a document, word by word."""
    with Corpus.open(settings_of(location).corpus) as held:
        later = held.document(id, version=after).version.number
        earlier = before or max(1, later - 1)
        found = passages(held, id, earlier, later)
        described = held.history.described(id, earlier, later)
    if shape == "json":
        row = {"document": id, "from_version": earlier, "to_version": later}
        click.echo(
            json_line(
                row
                | {
                    "differences": [difference_object(each) for each in found],
                    "described": described_objects(described),
                }
            )
        )
        return
    click.echo(f"{id}: version {earlier} → version {later}")
    for line in map(in_words, described):
        click.echo(f"  {line}")
    for each in found:
        click.echo(f"  at {each.difference.after.start:,}: {in_a_line(each)}")
    if not found:
        click.echo("  the same words")


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@one_corpus
@click.option(
    "--limit", type=click.IntRange(1), help="At most so many; those that were not looked at longest come first."
)
def refresh(ids: tuple[str, ...], location: str | None, limit: int | None) -> None:
    """Fetch documents again that came from the web, all or those named, and store what changed or is gone."""
    settings = settings_of(location)
    counts: Counter[str] = Counter()
    with Corpus.open(settings.corpus) as held:
        wanted = (ids or held.history.from_the_web())[:limit]
        for done in refresh_documents(held, wanted, arrive=partial(_arrive, settings)):
            counts[done.outcome] += 1
            _mention(done)
    named = {"same": "the same", "changed": "changed", "gone": "gone at the source and kept here"}
    parts = [f"{counts[each]:,} {says}" for each, says in named.items() if counts[each] or each == "same"]
    failed = counts["failed"] + counts["no-address"] + counts["synced"]
    click.echo(", ".join([*parts, *([f"{failed:,} could not be looked at"] if failed else [])]), err=True)
    if failed:
        sys.exit(3)


def _arrive(settings: Settings, link: str, defaults: Defaults) -> Arrived:
    return arrived_at(link, settings, defaults=defaults)


def _mention(done: Refreshed) -> None:
    if done.outcome == "changed":
        click.echo(f"{done.document_id}: reads otherwise now; version {done.version}")
    elif done.outcome != "same":
        click.echo(f"{done.document_id}: {done.outcome}: {done.says}", err=done.outcome != "gone")


@click.command()
@click.argument("id", required=False)
@one_corpus
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write them as a WARC file (.warc.gz).")
def captures(id: str | None, location: str | None, output: Path | None) -> None:
    """What bytes are kept of one document, or of all: when they were met, their hash, and where they were."""
    with Corpus.open(settings_of(location).corpus) as held:
        found = held.history.captures(id)
        if id is not None and not found:
            held.document(id)
            raise DocumentNotFound(
                f"{id}: no bytes are kept of this document; it came as a record, or before they were kept"
            )
        if output is not None:
            _write(output, held.history.warc(id))
    for each in found:
        click.echo(f"{each.fetched_at}  {each.sha256}  {each.document_id} version {each.version}  {each.url}")


def _write(path: Path, records: Iterable[bytes]) -> None:
    try:
        with path.open("wb") as stream:
            for record in records:
                stream.write(record)
    except OSError as error:
        raise RecordError(f"cannot be written ({error.strerror})", path=str(path)) from error
