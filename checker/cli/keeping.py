"""corpus copy, spread, backup, restore, export, verify, reindex: keeping a corpus, and moving it to where others can use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from checker.cli.checking import COLLECTION_NAME, corpus_option, one_corpus, settings_of
from checker.wording import count
from corpus.backup import back_up
from corpus.backup import restore as restore_backup
from corpus.copying import Copying, copy_corpus
from corpus.database import place_at
from corpus.errors import CorpusUnavailable
from corpus.export import export as export_documents
from corpus.reindex import Reindexing
from corpus.reindex import reindex as reindex_corpus
from corpus.store import Corpus


@contextmanager
def _shown(noun: str) -> Iterator[Callable[[Copying | Reindexing], None]]:
    """A bar on a terminal's standard error."""
    console = Console(stderr=True)
    with Progress(
        BarColumn(), TextColumn("{task.completed:,} of {task.total:,} " + noun), TimeRemainingColumn(),
        console=console, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=0)
        yield lambda reached: bar.update(task, completed=reached.done, total=reached.total)


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy a corpus to an empty place, from a folder to a server or back; run again, it goes on where it stopped."""
    with _shown("rows") as moved:
        fingerprint = copy_corpus(source, target, on_progress=moved)
    click.echo(f"{place_at(target).name} is equal to {place_at(source).name}: fingerprint {fingerprint}", err=True)


@click.command()
@click.argument("whole", metavar="ADDRESS")
@click.argument("parts", metavar="SERVER...", nargs=-1, required=True)
def spread(whole: str, parts: tuple[str, ...]) -> None:
    """Make an empty corpus at a PostgreSQL address whose documents will lie on other servers; fill it with “corpus copy” or “corpus add”."""
    from corpus.spreading import spread_corpus  # loads the library of the server

    spread_corpus(whole, parts)
    click.echo(f"{place_at(whole).name} lies on {len(parts)} servers; nothing is in it yet", err=True)


@click.command()
@click.argument("target", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@one_corpus
def backup(target: Path, location: str | None) -> None:
    """Write the whole corpus to a file, or to a folder that can be used at once; others may write meanwhile."""
    with _shown("rows") as moved:
        file = back_up(settings_of(location).corpus, target, on_progress=moved)
    click.echo(f"{file}: {file.stat().st_size / 1e6:,.0f} MB", err=True)


@click.command()
@click.argument("backup_", metavar="FILE|FOLDER", type=click.Path(exists=True, path_type=Path))
@corpus_option
@click.option("--collection", type=COLLECTION_NAME, help="As this private collection, which must not be there yet.")
def restore(backup_: Path, location: str | None, collection: str | None) -> None:
    """Bring a backup to an empty place."""
    corpus = settings_of(location).corpus
    target = place_at(corpus).collection(collection).address if collection else corpus
    with _shown("rows") as moved:
        fingerprint = restore_backup(backup_, target, on_progress=moved)
    click.echo(f"{place_at(target).name} holds what the backup holds: fingerprint {fingerprint}", err=True)


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--all-versions", is_flag=True, help="Earlier versions too, each before the one that followed it.")
@one_corpus
def export(path: Path, all_versions: bool, location: str | None) -> None:
    """Write the documents as JSON Lines (.jsonl, .jsonl.gz) that “corpus add” takes again."""
    with Corpus.open(settings_of(location).corpus) as held:
        number = export_documents(
            held,
            path,
            all_versions=all_versions,
            on_unlike=lambda message: click.echo(f"onrecord: {message}", err=True),
        )
    click.echo(f"{path}: {count(number, 'document')}", err=True)


@click.command()
@one_corpus
def verify(location: str | None) -> None:
    """Check every stored text, offset, passage, word of the index and vector; exits with 4 when something is wrong."""
    with Corpus.open(settings_of(location).corpus) as held:
        problems = 0
        for problem in held.verify():
            problems += 1
            click.echo(problem)
    if problems:
        raise CorpusUnavailable(f"{problems:,} problems found; restore a backup or add the documents again")
    click.echo("all sound")


@click.command()
@one_corpus
def reindex(location: str | None) -> None:
    """Cut and index every stored text anew; the old index answers until the end, and also if this is killed."""
    with _shown("documents") as moved:
        changed = reindex_corpus(settings_of(location).corpus, on_progress=moved)
    click.echo(f"indexed anew; documents that are cut otherwise than before: {changed:,}", err=True)


COMMANDS = (copy, spread, backup, restore, export, verify, reindex)
