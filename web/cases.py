"""The command that hands out the verdicts which readers called wrong, as labelled cases for the evaluation."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from checker.errors import SettingsError
from checker.settings import load_settings
from web.drafts import Case, Drafts
from web.store import embargoes, store_of
from web.store.errors import StoreUnavailable


class _NoDesk(click.ClickException):
    """The desk's database cannot be read."""

    exit_code = 4


class _Misused(click.ClickException):
    """A setting has a value that it cannot have."""

    exit_code = 2


@click.command()
@click.option("--corpus", metavar="LOCATION", help="Folder of the corpus beside which the desk's file lies.")
@click.option("--desk", metavar="LOCATION", help="The desk's database (or ONRECORD_DESK).")
def cases(corpus: str | None, desk: str | None) -> None:
    """Verdicts that readers called wrong, one JSON object a line, in the shape that the evaluation reads.

    Those about articles under embargo are left out.
    """
    try:
        settings = load_settings()
        settings = replace(settings, corpus=corpus or settings.corpus, desk=desk or settings.desk)
        store = store_of(settings)
        with store.reading() as connection:
            kept = embargoes.withheld(connection)
        for number, case in enumerate(Drafts(store).cases(), start=1):
            if case.draft_id in kept:
                click.echo(f"desk-{number} is left out: its article is under embargo", err=True)
                continue
            click.echo(json.dumps(case_object(case, id=f"desk-{number}"), ensure_ascii=False))
    except SettingsError as error:
        raise _Misused(str(error)) from error
    except StoreUnavailable as error:
        raise _NoDesk(str(error)) from error


def case_object(case: Case, *, id: str) -> dict[str, object]:
    """A case as a labelled claim; `machine` is what was answered, over the record of that fingerprint."""
    claim, verdict = case.claim, case.finding
    return {
        "id": id,
        "quote": claim.quote,
        "speaker": claim.speaker,
        "date": str(claim.date) if claim.date else None,
        "direct": claim.direct,
        "language": claim.language,
        "document": claim.document_id,
        "article_date": str(claim.article_date) if claim.article_date else None,
        "context": claim.context,
        "expected_status": case.expected,
        "why": case.note,
        "machine": {name: verdict.get(name) for name in ("status", "reason", "confidence")},
        "fingerprint": case.fingerprint,
        "reported_at": case.at,
    }
