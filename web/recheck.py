"""The command that looks, after the record has grown, which findings on the desk come out otherwise now."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from checker.errors import SettingsError
from checker.export import json_line
from checker.settings import load_settings
from corpus.errors import CorpusError
from corpus.store import Corpus
from web.desk import Desk
from web.review.growth import Looked, look_at_findings
from web.store import embargoes, store_of
from web.store.errors import StoreUnavailable


@click.command()
@click.option("--corpus", metavar="LOCATION", help="The corpus (or ONRECORD_CORPUS).")
@click.option("--desk", metavar="LOCATION", help="The desk's database (or ONRECORD_DESK).")
@click.option("--dry-run", is_flag=True, help="Tell nobody at the desk.")
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def recheck(corpus: str | None, desk: str | None, dry_run: bool, shape: str) -> None:
    """Check those findings under review again that a grown record could change, and tell editors what comes out otherwise."""
    try:
        settings = load_settings()
        settings = replace(settings, corpus=corpus or settings.corpus, desk=desk or settings.desk)
        looked = again = otherwise = 0
        with Corpus.open(settings.corpus) as held:
            store = store_of(settings)
            with store.reading() as connection:
                kept = embargoes.withheld(connection)
            for each in look_at_findings(Desk(settings, held, store, checks=None), tell=not dry_run):
                looked += 1
                again += each.why is not None
                otherwise += each.otherwise
                if shape == "jsonl":
                    click.echo(json_line(_object(each, kept=each.article_id in kept)))
                elif each.otherwise:
                    click.echo(_line(each, kept=each.article_id in kept))
    except (CorpusError, StoreUnavailable) as error:
        _fail(error, 4)
    except SettingsError as error:
        _fail(error, 2)
    click.echo(f"{looked:,} findings, {again:,} checked again, {otherwise:,} come out otherwise", err=True)


def _line(looked: Looked, *, kept: bool) -> str:
    before, after = looked.held.finding.verdict, looked.now.verdict if looked.now else None
    now = f"{after.status} ({after.reason})" if after else ""
    return f"{looked.article_id}: {before.status} ({before.reason}) → {now}: {_quote(looked, kept=kept)}"


def _quote(looked: Looked, *, kept: bool) -> str:
    """What is quoted, where that may leave the desk."""
    return "(under embargo)" if kept else looked.held.finding.claim.quote


def _object(looked: Looked, *, kept: bool) -> dict[str, object]:
    before, after = looked.held.finding.verdict, looked.now.verdict if looked.now else None
    return {
        "article": looked.article_id,
        "statement": looked.held.anchor,
        "quote": _quote(looked, kept=kept),
        "why": looked.why,
        "otherwise": looked.otherwise,
        "before": {"status": before.status, "reason": before.reason},
        "now": {"status": after.status, "reason": after.reason} if after else None,
    }


def _fail(error: Exception, code: int) -> None:
    click.echo(f"onrecord: {error}", err=True)
    sys.exit(code)
