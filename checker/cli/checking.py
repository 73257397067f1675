"""extract, quote, quotes, check: what an editor or a script asks for most."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import TypeVar, cast

import click

from checker.cli.inputs import Unreadable, read_articles, read_claims, read_date
from checker.errors import CheckerError, InputError
from checker.export import (
    error_object,
    extract_object,
    finding_html,
    finding_object,
    finding_text,
    json_line,
    report_html,
    report_object,
    report_text,
)
from checker.export.extracts import attributions_text
from checker.pipeline import attributions_of, check_article, check_quote
from checker.settings import Settings, load_settings
from checker.types import Article, Claim, Finding, Report
from corpus.collections import Searchable, collection_address, open_searchable, valid_name
from corpus.types import PartialDate

Command = TypeVar("Command", bound=Callable[..., object])

ORDER = ("verified", "paraphrased", "unsourced")

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
_collections = click.option(
    "--collection",
    "collections",
    type=COLLECTION_NAME,
    multiple=True,
    help="Search this private collection too; may be given several times.",
)
_profile = click.option(
    "--profile", type=click.Choice(["press", "strict"]), help="What is allowed inside quotation marks."
)
_fail_on = click.option("--fail-on", type=click.Choice(ORDER), help="Exit with 1 when a finding is that bad or worse.")


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


def _format(*names: str) -> Callable[[Command], Command]:
    return click.option("--format", "shape", type=click.Choice(names), default=names[0], show_default=True)


def settings_of(location: str | None, profile: str | None = None) -> Settings:
    """Defaults, environment, then flags."""
    settings = load_settings()
    if location:
        settings = replace(settings, corpus=location)
    return replace(settings, profile=profile) if profile else settings  # type: ignore[arg-type]  # click checked it


class _Outcome:
    """What the run comes to: the exit code is known only at its end."""

    def __init__(self, fail_on: str | None) -> None:
        self.fail_on = fail_on
        self.code = 0

    def saw(self, finding: Finding) -> None:
        if self.fail_on and ORDER.index(finding.verdict.status) >= ORDER.index(self.fail_on) and not self.code:
            self.code = 1

    def failed(self, id: str | None, error: Exception, shape: str) -> None:
        self.code = 3
        if shape == "jsonl":
            _write(json_line(error_object(id, getattr(error, "code", "error"), str(error))))
        else:
            click.echo(f"onrecord: {error}", err=True)


@contextmanager
def _run(fail_on: str | None = None) -> Iterator[_Outcome]:
    outcome = _Outcome(fail_on)
    yield outcome
    sys.stdout.flush()
    if outcome.code:
        sys.exit(outcome.code)


def _write(line: str) -> None:
    """Each result leaves at once, so that a reader of the pipe need not wait for the rest."""
    click.echo(line)
    sys.stdout.flush()


@click.command()
@click.argument("paths", nargs=-1)
@_format("text", "json", "jsonl")
def extract(paths: tuple[str, ...], shape: str) -> None:
    """Who said what: the attributed statements of articles (files, links, or - for standard input)."""
    settings = load_settings()
    with _run() as outcome:
        for article in read_articles(paths, lines=shape == "jsonl", settings=settings):
            if isinstance(article, Unreadable):
                outcome.failed(article.id, article.error, shape)
                continue
            found = attributions_of(article, settings=settings)
            _write(
                attributions_text(article, found) if shape == "text" else json_line(extract_object(article.id, found))
            )


@click.command()
@click.argument("text")
@click.option("--speaker", help="Who is said to have said it.")
@click.option("--date", help="When: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--document", help="The id of the document in which it is said to stand.")
@click.option("--indirect", is_flag=True, help="Only the meaning is claimed, not the wording.")
@corpus_option
@_collections
@_profile
@_fail_on
@_format("text", "json", "jsonl", "html")
def quote(
    text: str, speaker: str | None, date: str | None, document: str | None, indirect: bool,
    location: str | None, collections: tuple[str, ...], profile: str | None, fail_on: str | None, shape: str,
) -> None:  # fmt: skip
    """Check one quotation."""
    settings = settings_of(location, profile)
    when = date_option(date)
    claim = Claim(text, speaker=speaker, date=when, document_id=document, direct=not indirect)
    with _run(fail_on) as outcome, open_searchable(settings.corpus, collections) as held:
        try:
            finding = check_quote(claim, held, settings=settings)
        except CheckerError as error:
            outcome.failed(None, error, shape)
            return
        outcome.saw(finding)
        _write({"text": finding_text, "html": finding_html}.get(shape, _finding_line)(finding))


def _finding_line(finding: Finding) -> str:
    return json_line(finding_object(finding))


def date_option(date: str | None) -> PartialDate | None:
    """A date given as a flag; a wrong one is wrong usage."""
    try:
        return read_date(date, "--date") if date else None
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--date") from error


@click.command()
@click.argument("path", default="-")
@corpus_option
@_collections
@_profile
@_fail_on
@_format("jsonl", "text")
def quotes(
    path: str, location: str | None, collections: tuple[str, ...], profile: str | None, fail_on: str | None, shape: str
) -> None:  # fmt: skip
    """Check many quotations: JSON Lines in, one finding a line out."""
    settings = settings_of(location, profile)
    with _run(fail_on) as outcome, open_searchable(settings.corpus, collections) as held:
        for item in read_claims(path):
            if isinstance(item, Unreadable):
                outcome.failed(item.id, item.error, shape)
                continue
            id, claim = item
            try:
                finding = replace(check_quote(claim, held, settings=settings), id=id)
            except CheckerError as error:
                outcome.failed(id, error, shape)
                continue
            outcome.saw(finding)
            _write(_finding_line(finding) if shape == "jsonl" else finding_text(finding) + "\n")


@click.command()
@click.argument("paths", nargs=-1)
@corpus_option
@_collections
@_profile
@_fail_on
@_format("text", "json", "jsonl", "html")
def check(
    paths: tuple[str, ...], location: str | None, collections: tuple[str, ...], profile: str | None,
    fail_on: str | None, shape: str,
) -> None:  # fmt: skip
    """Check articles: find every attributed statement, then check each (files, links, or - for standard input)."""
    settings = settings_of(location, profile)
    with _run(fail_on) as outcome, open_searchable(settings.corpus, collections) as held:
        for report in _reports(
            read_articles(paths, lines=shape == "jsonl", settings=settings), held, settings, outcome, shape
        ):
            for finding in report.findings:
                outcome.saw(finding)
            if any(warning.code == "unchecked" for warning in report.warnings):
                outcome.code = 3
            _write({"text": report_text, "html": report_html}.get(shape, _report_line)(report))


def _reports(
    articles: Iterable[Article | Unreadable], held: Searchable, settings: Settings, outcome: _Outcome, shape: str
) -> Iterator[Report]:
    for article in articles:
        if isinstance(article, Unreadable):
            outcome.failed(article.id, article.error, shape)
            continue
        try:
            yield check_article(article, held, settings=settings)
        except CheckerError as error:
            outcome.failed(article.id, error, shape)


def _report_line(report: Report) -> str:
    return json_line(report_object(report))
