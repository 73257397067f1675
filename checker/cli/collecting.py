"""corpus collections, collection, purge: which private collections there are, on what terms, and removing them."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from dataclasses import replace

import click

from checker.cli.checking import COLLECTION_NAME, corpus_option, settings_of
from checker.export import json_line
from checker.wording import count
from corpus.collections import Collection as Held
from corpus.collections import collections as collections_of
from corpus.collections import make_collection, set_terms, terms_of
from corpus.collections.probes import Search, Trace
from corpus.collections.purge import Plan, carry_out, elsewhere, plan_expired, plan_whole
from corpus.errors import CorpusUnavailable
from corpus.terms import Terms

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@corpus_option
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def collections(location: str | None, shape: str) -> None:
    """The private collections beside the corpus: what they hold, until when under embargo, how long it is kept."""
    found = collections_of(settings_of(location).corpus)
    if shape == "json":
        for each in found:
            click.echo(json_line(_object(each)))
    else:
        click.echo("\n".join(map(_line, found)) or "no private collections")


def _object(each: Held) -> dict[str, object]:
    until = each.terms.embargo_until
    return {
        "name": each.name, "documents": each.held.documents, "first": each.held.first, "last": each.held.last,
        "embargo_until": until.isoformat() if until else None, "keep_days": each.terms.keep_days,
    }  # fmt: skip


def _line(each: Held) -> str:
    held = f"{count(each.held.documents, 'document')}, {each.held.first or '?'} – {each.held.last or '?'}"
    return f"{each.name}: {held}; {_terms(each.terms)}"


def _terms(terms: Terms) -> str:
    until = f"under embargo until {terms.embargo_until}" if terms.embargo_until else "no embargo"
    return f"{until}; kept {'for good' if terms.keep_days is None else f'{terms.keep_days:,} days'}"


@click.command()
@click.argument("name", type=COLLECTION_NAME)
@click.option("--embargo-until", type=_DAY, help="The day on which the words are free: YYYY-MM-DD.")
@click.option("--no-embargo", is_flag=True, help="The words are free.")
@click.option("--keep-days", type=click.IntRange(1), help="Each document goes so many days after it was first stored.")
@click.option("--keep", is_flag=True, help="Documents are kept for good.")
@click.option(
    "--make", is_flag=True, help="Make it, empty, where there is none: its terms then hold before anything is in it."
)
@corpus_option
def collection(
    name: str, embargo_until: datetime.datetime | None, no_embargo: bool, keep_days: int | None, keep: bool,
    make: bool, location: str | None,
) -> None:  # fmt: skip
    """One private collection: set until when it is under embargo, and how long its documents are kept; say what holds."""
    if (embargo_until and no_embargo) or (keep_days and keep):
        raise click.UsageError("an embargo with --no-embargo, or days with --keep, is both one thing and the other")
    corpus = settings_of(location).corpus
    if make:
        make_collection(corpus, name)
    terms = terms_of(corpus, name)
    if embargo_until or no_embargo:
        terms = replace(terms, embargo_until=embargo_until.date() if embargo_until else None)
    if keep_days or keep:
        terms = replace(terms, keep_days=keep_days)
    if embargo_until or no_embargo or keep_days or keep:
        set_terms(corpus, name, terms)
    click.echo(_line(next(each for each in collections_of(corpus) if each.name == name)))


@click.command()
@click.argument("name", type=COLLECTION_NAME, required=False)
@click.option("--expired", is_flag=True, help="Only documents past their time: of NAME, or of every collection.")
@click.option("--yes", is_flag=True, help="Do it; without this, say what would go and where else its words stand.")
@corpus_option
def purge(name: str | None, expired: bool, yes: bool, location: str | None) -> None:
    """Remove a private collection, or what is past its time, and look whether any of it is left; exits with 4 if so."""
    if name is None and not expired:
        raise click.UsageError("name a collection to remove, or give --expired")
    corpus = settings_of(location).corpus
    today = datetime.datetime.now(tz=datetime.UTC).date()
    names = [name] if name else [each.name for each in collections_of(corpus)]
    plans = [plan_expired(corpus, each, today=today) if expired else plan_whole(corpus, each) for each in names]
    if not yes:
        for plan in plans:
            _foresee(plan, elsewhere(corpus, plan))
        click.echo("nothing was removed; --yes does it", err=True)
        sys.exit(2)
    found = [_say(plan, carry_out(corpus, plan)) for plan in plans]
    left = {trace.where for each in found for trace in each.traces} | {where for each in found for where in each.unread}
    if left:
        raise CorpusUnavailable(
            f"words of what was removed are still stored, or may be, in {count(len(left), 'place')} (above); remove them there too"
        )


def _foresee(plan: Plan, traces: Iterable[Trace]) -> None:
    click.echo(f"{plan.name}: {_what(plan)} would go; {len(plan.probes):,} probes tell their words")
    _list(traces, "elsewhere")


def _say(plan: Plan, found: Search) -> Search:
    if not plan.documents and not plan.whole:
        click.echo(f"{plan.name}: nothing is past its time")
        return found
    click.echo(f"{plan.name}: {_what(plan)} removed")
    click.echo(
        f"    {len(plan.probes):,} probes of their words and hashes, all of which were seen before, were looked for in "
        f"{count(found.places, 'place')} ({found.bytes:,} bytes, and {found.unpacked:,} bytes unpacked from them): "
        f"{len(found.seen):,} found"
    )
    _list(found.traces, "still there")
    for where in found.unread:
        click.echo(f"    not readable: {where}")
    return found


def _what(plan: Plan) -> str:
    documents = count(len(plan.documents), "document")
    return f"the collection with {documents}" if plan.whole else f"{documents} past their time"


def _list(traces: Iterable[Trace], label: str) -> None:
    for each in traces:
        click.echo(f"    {label}: {count(each.probes, 'probe')} of {each.document_id} in {each.where}")


COMMANDS = (collections, collection, purge)
