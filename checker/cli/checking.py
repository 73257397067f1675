"""extract, quote, quotes: single statements; and the options that they share with `check`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import TypeVar, cast

import click

from checker.cli.gate import Gate, Outcome, gated, run
from checker.cli.inputs import read_articles, read_claims, read_date
from checker.cli.unreadable import Unreadable
from checker.errors import CheckerError, InputError
from checker.export import error_object, extract_object, finding_html, finding_object, finding_text, json_line
from checker.export.claimreview import quote_reviews
from checker.export.contract import json_document
from checker.export.extracts import attributions_text
from checker.pipeline import attributions_of, check_quote
from checker.settings import Settings, load_settings
from checker.types import Claim, Finding
from corpus.collections import collection_address, open_searchable, valid_name
from corpus.types import PartialDate

Command = TypeVar("Command", bound=Callable[..., object])

corpus_option = click.option(
    "--corpus",
    "location",
    metavar="LOCATION",
    help="The corpus: a folder or postgresql://user@host:port/database (or ONRECORD_CORPUS).",
)


class _CollectionName(click.ParamType[str]):
    """The name of a private collection; anything else is wrong usage."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is."""
        if not valid_name(value):
            self.fail(f"{value!r} is no name for a collection; use lower-case letters, digits and hyphens, up to 24")
        return value


COLLECTION_NAME = _CollectionName()
collections_option = click.option(
    "--collection",
    "collections",
    type=COLLECTION_NAME,
    multiple=True,
    help="Search this private collection too; may be given several times.",
)
profile_option = click.option(
    "--profile", type=click.Choice(["press", "strict"]), help="What is allowed inside quotation marks."
)


def one_corpus(command: Command) -> Command:
    """--corpus, and --collection for one of its private collections instead; the command gets the location of either."""

    @corpus_option
    @click.option("--collection", type=COLLECTION_NAME, help="This private collection instead.")
    @wraps(command)
    def either(*, location: str | None, collection: str | None, **others: object) -> object:
        if collection is not None:
            location = collection_address(settings_of(location).corpus, collection)
        return command(location=location, **others)

    return cast(Command, either)


def format_option(*names: str) -> Callable[[Command], Command]:
    return click.option("--format", "shape", type=click.Choice(names), default=names[0], show_default=True)


def settings_of(location: str | None, profile: str | None = None) -> Settings:
    """Defaults, environment, then flags."""
    settings = load_settings()
    if location:
        settings = replace(settings, corpus=location)
    return replace(settings, profile=profile) if profile else settings  # type: ignore[arg-type]  # click checked it


def write(line: str) -> None:
    """Each result leaves at once, so that a reader of the pipe need not wait for the rest."""
    click.echo(line)
    sys.stdout.flush()


def fail(outcome: Outcome, id: str | None, error: Exception, shape: str) -> None:
    """Say that an input could not be checked; the rest goes on."""
    outcome.failed()
    if shape == "jsonl":
        write(json_line(error_object(id, getattr(error, "code", "error"), str(error))))
    else:
        click.echo(f"onrecord: {error}", err=True)


@click.command()
@click.argument("paths", nargs=-1)
@format_option("text", "json", "jsonl")
def extract(paths: tuple[str, ...], shape: str) -> None:
    """Who said what: the attributed statements of articles (files, links, or - for standard input)."""
    settings = load_settings()
    with run() as outcome:
        for given in read_articles(paths, lines=shape == "jsonl", settings=settings):
            if isinstance(given, Unreadable):
                fail(outcome, given.id, given.error, shape)
                continue
            article = given.article
            found = attributions_of(article, settings=settings)
            write(
                attributions_text(article, found) if shape == "text" else json_line(extract_object(article.id, found))
            )


@click.command()
@click.argument("text")
@click.option("--speaker", help="Who is said to have said it.")
@click.option("--date", help="When: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--document", help="The id of the document in which it is said to stand.")
@click.option("--indirect", is_flag=True, help="Only the meaning is claimed, not the wording.")
@corpus_option
@collections_option
@profile_option
@gated
@format_option("text", "json", "jsonl", "html", "claimreview")
def quote(
    text: str, speaker: str | None, date: str | None, document: str | None, indirect: bool,
    location: str | None, collections: tuple[str, ...], profile: str | None, gate: Gate, shape: str,
) -> None:  # fmt: skip
    """Check one quotation."""
    settings = settings_of(location, profile)
    when = date_option(date)
    claim = Claim(text, speaker=speaker, date=when, document_id=document, direct=not indirect)
    with run() as outcome, open_searchable(settings.corpus, collections) as held:
        try:
            finding = check_quote(claim, held, settings=settings)
        except CheckerError as error:
            fail(outcome, None, error, shape)
            return
        if gate.fails(finding):
            outcome.found()
        write(_FORMS[shape](finding))


def _line(finding: Finding) -> str:
    return json_line(finding_object(finding))


_FORMS: Mapping[str, Callable[[Finding], str]] = {
    "text": finding_text, "html": finding_html, "json": _line, "jsonl": _line,
    "claimreview": lambda finding: json_document(quote_reviews([finding])).rstrip("\n"),
}  # fmt: skip


def date_option(date: str | None, flag: str = "--date") -> PartialDate | None:
    """A date given as a flag; a wrong one is wrong usage."""
    try:
        return read_date(date, flag) if date else None
    except InputError as error:
        raise click.BadParameter(str(error), param_hint=flag) from error


@click.command()
@click.argument("path", default="-")
@corpus_option
@collections_option
@profile_option
@gated
@format_option("jsonl", "text", "claimreview")
def quotes(
    path: str, location: str | None, collections: tuple[str, ...], profile: str | None, gate: Gate, shape: str
) -> None:  # fmt: skip
    """Check many quotations: JSON Lines in, one finding a line out."""
    settings = settings_of(location, profile)
    found: list[Finding] = []
    with run() as outcome, open_searchable(settings.corpus, collections) as held:
        for item in read_claims(path):
            if isinstance(item, Unreadable):
                fail(outcome, item.id, item.error, shape)
                continue
            id, claim = item
            try:
                finding = replace(check_quote(claim, held, settings=settings), id=id)
            except CheckerError as error:
                fail(outcome, id, error, shape)
                continue
            if gate.fails(finding):
                outcome.found()
            if shape == "claimreview":
                found.append(finding)
            else:
                write(_FORMS[shape](finding) + ("\n" if shape == "text" else ""))
        if shape == "claimreview":
            click.echo(json_document(quote_reviews(found)), nl=False)
