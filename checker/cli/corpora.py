"""corpus add, encode, stats, list, speakers, show: what is held, and putting more in; the rest has rooms of its own."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Self, get_args

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from checker.cli.changes import captures, changes, diff, refresh
from checker.cli.checking import COLLECTION_NAME, corpus_option, date_option, one_corpus, settings_of
from checker.cli.collecting import COMMANDS as COLLECTING
from checker.cli.coverage import coverage
from checker.cli.keeping import COMMANDS as KEEPING
from checker.cli.sources import connectors, sync, try_out
from checker.export import json_line
from checker.export.changes import in_words
from checker.export.contract import related_object
from checker.links import arrived_at
from checker.searched import encoders_of
from checker.settings import Settings
from checker.speakers import is_role, load_register
from checker.wording import count, relation, tier, translation
from corpus.collections import make_collection
from corpus.connectors.starter import starter_documents
from corpus.embed import SPACES, Space
from corpus.encode import Encoding
from corpus.encode import encode as encode_passages
from corpus.errors import FetchError
from corpus.export import record_of
from corpus.fetch import is_link
from corpus.ingest import Progress as Reached
from corpus.ingest import Summary, add_documents, add_paths
from corpus.read import Defaults
from corpus.relatives import Relative
from corpus.store import Added, Corpus, Stats
from corpus.types import StoredDocument, Tier


@click.group()
def corpus() -> None:
    """The primary sources that quotes are checked against."""


for _command in (captures, changes, connectors, coverage, diff, refresh, sync, try_out, *COLLECTING, *KEEPING):
    corpus.add_command(_command)


@corpus.command()
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER|LINK]...")
@click.option(
    "--starter", is_flag=True, help="Add the starter corpus: State of the Union messages, and invented samples."
)
@click.option("--publisher", help="Who published the files (records say it themselves).")
@click.option("--speaker", help="Who speaks in the files.")
@click.option("--date", help="The files' date: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--language", help="The files' language, as a two-letter code.")
@click.option("--kind", help="What the files are: statement, readout, transcript …")
@click.option("--licence", help="The files' licence line.")
@click.option("--tier", type=click.Choice(get_args(Tier)), help="How close they are to what was said.")
@corpus_option
@click.option(
    "--collection",
    type=COLLECTION_NAME,
    help="Into this private collection, made where there is none.",
)
def add(
    paths: tuple[str, ...], starter: bool, publisher: str | None, speaker: str | None, date: str | None,
    language: str | None, kind: str | None, licence: str | None, tier: Tier | None, location: str | None,
    collection: str | None,
) -> None:  # fmt: skip
    """Add files, folders (.jsonl .jsonl.gz .txt .md .html .docx .pdf) or links; running it again goes on where it stopped."""
    if not paths and not starter:
        raise click.UsageError("name files, folders or links to add, or --starter")
    defaults = Defaults(publisher, speaker, date_option(date), language, kind, licence, tier)
    settings = settings_of(location)
    links = [path for path in paths if is_link(path)]
    files = tuple(Path(path) for path in paths if not is_link(path))
    into = make_collection(settings.corpus, collection) if collection else settings.corpus
    with Corpus.open(into, create=True) as held:
        failed = False
        if starter:
            _say(add_documents(held, starter_documents(on_missing=_complain)), 0.0)
        if files:
            failed = _add_files(held, files, defaults).errors > 0
        if links:
            failed = _add_links(held, links, settings, defaults).errors > 0 or failed
    if failed:
        sys.exit(3)


def _add_files(held: Corpus, paths: tuple[Path, ...], defaults: Defaults) -> Summary:
    begun = time.monotonic()
    console = Console(stderr=True)
    bar = Progress(
        BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.fields[count]:,} documents"),
        TextColumn("{task.fields[rate]:,.0f}/s"), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
        console=console, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=None, count=0, rate=0.0)

        def moved(reached: Reached) -> None:
            rate = reached.documents / max(time.monotonic() - begun, 0.001)
            bar.update(task, total=reached.total_bytes, completed=reached.bytes, count=reached.documents, rate=rate)

        summary = add_paths(
            held,
            paths,
            defaults=defaults,
            on_error=_complain,
            on_progress=moved,
            on_added=partial(_mention_version, held),
        )
    _say(summary, time.monotonic() - begun)
    return summary


def _add_links(held: Corpus, links: list[str], settings: Settings, defaults: Defaults) -> Summary:
    counts: Counter[str] = Counter()
    for link in links:
        try:
            arrived = arrived_at(link, settings, defaults=defaults)
        except FetchError as error:
            counts["errors"] += 1
            _complain(error)
            continue
        document = arrived.document
        for added in held.add([document]):
            held.history.observed(added.document_id, added.version, found=arrived.capture)
            counts[added.outcome] += 1
            _mention_version(held, added)
            dated = document.date or "no date found; give --date"
            click.echo(f"{added.document_id}: {document.title} ({document.publisher}, {dated})", err=True)
    summary = Summary(counts["added"], counts["new-version"], counts["unchanged"], counts["errors"], counts["reverted"])
    _say(summary, 0.0)
    return summary


def _complain(error: Exception) -> None:
    click.echo(f"onrecord: {error}", err=True)


def _mention_version(held: Corpus, added: Added) -> None:
    if added.outcome not in ("new-version", "reverted") or added.before is None:
        return
    what = "another text under this id"
    if added.corrected:
        described = held.history.described(added.document_id, added.before, added.version)
        what = f"the same text, described otherwise ({'; '.join(map(in_words, described))})"
    elif added.outcome == "reverted":
        what = "it is as it was before"
    became = (
        f"version {added.version} is current again"
        if added.outcome == "reverted"
        else f"stored as version {added.version}"
    )
    click.echo(f"{added.document_id}: {what}; {became}", err=True)


def _say(summary: Summary, seconds: float) -> None:
    parts = [f"{summary.added:,} added", f"{summary.unchanged:,} already there"]
    if summary.new_versions:
        parts.append(f"{summary.new_versions:,} new versions")
    if summary.reverted:
        parts.append(f"{summary.reverted:,} as they were before")
    if summary.errors:
        parts.append(f"{summary.errors:,} could not be read")
    rate = f" in {seconds:,.0f} s" if seconds >= 1 else ""
    click.echo(", ".join(parts) + rate, err=True)


@corpus.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--limit", type=click.IntRange(1), help="At most so many passages.")
@click.option(
    "--space", type=click.Choice(SPACES), help="Only these vectors; named documents go there in any language."
)
@click.option("--again", is_flag=True, help="Drop what the space holds, of another encoder too, and begin anew.")
@one_corpus
def encode(ids: tuple[str, ...], limit: int | None, space: Space | None, again: bool, location: str | None) -> None:
    """Give vectors to the passages that have none, for searching by meaning: all, or those of some documents.

    It may be stopped at any time and goes on where it was; the most useful documents come first.
    """
    settings = settings_of(location)
    if again and ids:
        raise click.UsageError("--again begins a whole space anew; name no documents with it")
    with Corpus.open(settings.corpus) as held, _EncodingShown() as shown:
        try:
            encode_passages(
                held, encoders_of(settings), ids=ids, space=space, limit=limit, again=again, on_progress=shown.moved
            )
        except KeyboardInterrupt:
            shown.close()
            click.echo("stopped; the same command goes on from here", err=True)
            sys.exit(130)
        finally:
            shown.close()
            click.echo(
                f"{count(shown.done, 'passage')} encoded; {held.coverage().encoded_share:.1%} of the corpus", err=True
            )


class _EncodingShown:
    """Progress on standard error: a bar on a terminal, and a line now and then in a log."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,} of {task.total:,} passages"),
            TextColumn("{task.fields[rate]:,.0f}/s"), TextColumn("left"), TextColumn("{task.fields[left]}"),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip
        self._log = not console.is_terminal
        self._tasks: dict[str, TaskID] = {}
        self._done: dict[str, int] = {}
        self._begun: dict[str, tuple[float, int]] = {}
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the last state on the screen."""
        self._bar.stop()

    @property
    def done(self) -> int:
        """Passages encoded in this run."""
        return sum(self._done.values())

    def moved(self, reached: Encoding) -> None:
        """Say how far it is; the first batch, while the model warms up, does not count for the speed."""
        now = time.monotonic()
        began, before = self._begun.setdefault(reached.space, (now, reached.done))
        rate = (reached.done - before) / (now - began) if now > began else 0.0
        left = _duration((reached.total - reached.done) / rate) if rate else "?"
        self._done[reached.space] = reached.done
        if reached.space not in self._tasks:
            self._tasks[reached.space] = self._bar.add_task(reached.space, total=reached.total, rate=0.0, left="?")
        self._bar.update(self._tasks[reached.space], completed=reached.done, rate=rate, left=left)
        if self._log and (now - self._said >= _LOG_SECONDS or reached.done == reached.total):
            self._said = now
            click.echo(
                f"{reached.space}: {reached.done:,} of {reached.total:,} passages, {rate:,.0f}/s, {left} left", err=True
            )


_LOG_SECONDS = 30


def _duration(seconds: float) -> str:
    """
    >>> _duration(59), _duration(3_700)
    ('1 min', '1 h 2 min')
    """
    minutes = max(1, round(seconds / 60))
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


@corpus.command()
@one_corpus
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def stats(location: str | None, shape: str) -> None:
    """What the corpus holds, by publisher."""
    with Corpus.open(settings_of(location).corpus) as held:
        found = held.stats()
    click.echo(json_line(asdict(found)) if shape == "json" else _stats_text(found))


def _stats_text(found: Stats) -> str:
    lines = [
        f"{count(found.documents, 'document')}, {count(found.versions, 'version')}, {count(found.passages, 'passage')}",
        f"{found.bytes / 1e6:,.0f} MB; {found.first or 'no date'} to {found.last or 'no date'}",
        f"{found.encoded_share:.0%} encoded for semantic search",
    ]
    lines += [
        f"{each.documents:>8,}  {each.first or '?'} – {each.last or '?'}  {each.name}" for each in found.publishers
    ]
    return "\n".join(lines)


@corpus.command("list")
@one_corpus
@click.option("--publisher", help="Only publishers whose name contains this.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def list_documents(location: str | None, publisher: str | None, limit: int | None, shape: str) -> None:
    """The documents held, by date."""
    with Corpus.open(settings_of(location).corpus) as held:
        for each in held.documents(publisher=publisher, limit=limit):
            if shape == "jsonl":
                click.echo(json_line(asdict(each)))
            else:
                click.echo(f"{each.date or '?':10}  {each.id}  {each.title}  ({each.publisher})")


@corpus.command()
@click.argument("name", required=False)
@one_corpus
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def speakers(name: str | None, location: str | None, limit: int | None, shape: str) -> None:
    """Under which labels somebody speaks, most often first; with NAME, only those that can be that person's.

    [role] marks labels that leave open who spoke: an office without a name ("THE PRESIDENT"), a part ("Question", "Moderator").
    """
    settings = settings_of(location)
    register = load_register(settings.speakers)
    with Corpus.open(settings.corpus) as held:
        found = sorted(held.speaker_labels(), key=lambda each: (-each.statements, each.label))
    if name:
        named = register.labels(name, [each.label for each in found])
        found = [each for each in found if each.label in named]
    for each in found[:limit]:
        known = register.identify(each.label)
        first, last = (str(date) if date else None for date in (each.first, each.last))
        if shape == "jsonl":
            row: dict[str, object] = {"label": each.label, "id": known, "role": is_role(each.label, register)}
            row |= {"statements": each.statements, "first": first, "last": last}
            click.echo(json_line(row))
        else:
            meant = f"  ({known})" if known else "  [role]" if is_role(each.label, register) else ""
            click.echo(f"{each.statements:>8,}  {first or '?'} – {last or '?'}  {each.label}{meant}")


@corpus.command()
@click.argument("id")
@one_corpus
@click.option("--version", type=click.IntRange(1), help="An earlier version instead of the current one.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(id: str, location: str | None, version: int | None, shape: str) -> None:
    """One document: what is known of it, then its turns."""
    with Corpus.open(settings_of(location).corpus) as held:
        found, related = held.document(id, version=version), held.relatives(id)
    if shape == "json":
        click.echo(json_line(_record(found) | {"related": [related_object(each) for each in related]}))
    else:
        click.echo(_document_text(found, related))


def _record(found: StoredDocument) -> dict[str, object]:
    """A stored document as a record that `corpus add` would take again."""
    return {
        **record_of(found.document), "text": found.document.text,
        "version": found.version.number, "sha256": found.version.sha256, "added_at": found.version.added_at,
        "also_at": list(found.also_at),
    }  # fmt: skip


def _document_text(found: StoredDocument, related: tuple[Relative, ...]) -> str:
    document = found.document
    facts = [
        ("id", document.id), ("publisher", document.publisher), ("date", str(document.date or "not given")),
        ("kind", document.kind), ("language", document.language), ("address", document.url or "none"),
        ("licence", document.licence or "not given"),
        ("version", f"{found.version.number} of {found.version.added_at}, SHA-256 {found.version.sha256[:16]}…"),
    ]  # fmt: skip
    if document.translation:
        facts.append(("translated", translation(document.translation)))
    if document.tier != "primary":
        facts.append(("tier", tier(document.tier)))
    if "date_from" in document.metadata:
        facts.append(("dated", "by its own first lines or title"))
    if "garbled" in document.metadata:
        facts.append(
            ("garbled", f"{count(int(str(document.metadata['garbled'])), 'place')} may be in a wrong encoding")
        )
    if found.also_at:
        facts.append(("also at", ", ".join(found.also_at)))
    facts += [("related", f"{relation(each.relation, each.language)}: {each.id} ({each.title})") for each in related]
    lines = [document.title, *(f"  {name:10}{value}" for name, value in facts)]
    for turn in document.turns:
        label = turn.speaker or turn.kind
        lines += ["", f"[{label}]", turn.span.of(document.text)]
    return "\n".join(lines)
