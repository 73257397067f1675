"""Backups: one SQLite file, made while others write, from a corpus anywhere; and bringing one back to an empty place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.copying import Copying, copy_corpus
from corpus.database import FILE, Location, open_database, place_at
from corpus.database.sqlite import SqliteFolder
from corpus.errors import CorpusUnavailable, RecordError


def back_up(source: Location, target: Path, *, on_progress: Callable[[Copying], None] = lambda progress: None) -> Path:
    """Write a backup to a file, or into a folder that is then a corpus itself; returns the file.

    The file has its name only once it is whole. Raises CorpusUnavailable when there is one of that name, and RecordError
    when it cannot be written.
    """
    file = target / FILE if target.is_dir() or not target.suffix else target
    if file.exists():
        raise CorpusUnavailable(f"{file}: there is a file already; name another for this backup")
    place, engine = place_at(source), open_database(source, create=False)
    try:
        with _beside(file) as folder:
            if not place.snapshot(engine, folder / FILE):
                copy_corpus(source, folder, on_progress=on_progress)
            with _told(file):
                (folder / FILE).rename(file)
    finally:
        engine.dispose()
    return file


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder beside a file to be, for as long as it is written."""
    with _told(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent)
    with folder as name:
        yield Path(name)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """What the system refuses, as an error that names the file."""
    try:
        yield
    except OSError as error:
        raise RecordError(f"cannot be written ({error.strerror})", path=str(file)) from error


def restore(backup: Path, target: Location, *, on_progress: Callable[[Copying], None] = lambda progress: None) -> str:
    """Bring a backup to an empty place; returns the fingerprint. Raises CorpusUnavailable when it holds a corpus."""
    file = backup / FILE if backup.is_dir() else backup
    return copy_corpus(SqliteFolder(file.parent, file.name), target, on_progress=on_progress)
