"""corpus coverage: what is held of each publisher and speaker, from when to when, and what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import click

from checker.cli.checking import one_corpus, settings_of
from checker.export import json_line
from checker.export.coverage import coverage_object, days_since, gap_words
from checker.export.sources import freshness_lines, freshness_object
from checker.held import speakers_held
from checker.wording import count
from corpus.holdings import Holdings
from corpus.store import Corpus
from corpus.sync.freshness import Freshness, sources


@click.command()
@one_corpus
@click.option("--publisher", help="Only publishers whose name contains this.")
@click.option("--speaker", help="Only this speaker, under all their labels.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def coverage(location: str | None, publisher: str | None, speaker: str | None, shape: str) -> None:
    """What is held of each publisher and speaker by month, and where there are gaps."""
    settings = settings_of(location)
    with Corpus.open(settings.corpus) as held:
        publishers = held.publisher_holdings(publisher) if publisher or not speaker else ()
        speakers = speakers_held(held, settings, speaker=speaker) if speaker or not publisher else ()
        today = datetime.datetime.now(tz=datetime.UTC).date()
        synced = () if publisher or speaker else held.look_up(lambda open: sources(open, today=today))
    if shape == "json":
        found = coverage_object(publishers, speakers, today=today)
        click.echo(json_line(found | {"sources": [{"name": each.source, **freshness_object(each)} for each in synced]}))
    else:
        lines = [*_lines(publishers, today), *_lines(speakers, today), *_sources(synced)]
        click.echo("\n".join(lines) or "nothing is held of that name")


def _sources(synced: Iterable[Freshness]) -> Iterable[str]:
    for each in synced:
        yield f"source {each.source}"
        yield from (f"    {line}" for line in freshness_lines(each))


def _lines(found: Iterable[Holdings], today: datetime.date) -> Iterable[str]:
    for each in found:
        age = days_since(each.last, today)
        excerpts = f", {each.excerpts:,} of them excerpts" if each.excerpts else ""
        undated = f", {each.undated:,} undated" if each.undated else ""
        yield f"{each.name} ({each.language}): {count(each.documents, 'document')}{excerpts}{undated}"
        since = f", {count(age, 'day')} ago" if age is not None else ""
        yield f"    {each.first or '?'} to {each.last or '?'}{since}; last added {(each.added_at or '?')[:10]}"
        yield f"    gaps: {gap_words(each)}"
