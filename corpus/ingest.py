"""Adding files to a corpus: streaming, with progress, and again from where it was after a kill.

What is stored already is known by its hashes and passed over, so running the same command again is how an
interrupted one is resumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.captures import Capture
from corpus.errors import RecordError
from corpus.read import NO_DEFAULTS, RECORDS, Defaults, read_file, read_records, readable
from corpus.store import Added, Corpus
from corpus.types import Document

_MANY = 2_000
"""After so many new documents the whole index is rewritten as one, since every search reads every segment."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is: documents read, and bytes of all the bytes there are."""

    documents: int
    bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the records."""

    added: int
    new_versions: int
    unchanged: int
    errors: int
    reverted: int = 0


def add_paths(
    corpus: Corpus,
    paths: Iterable[Path],
    *,
    defaults: Defaults = NO_DEFAULTS,
    on_error: Callable[[RecordError], None],
    on_progress: Callable[[Progress], None] = lambda progress: None,
    on_added: Callable[[Added], None] = lambda added: None,
) -> Summary:
    """Store every record of every file (folders are searched); a bad one is reported and the rest goes on."""
    counts: Counter[str] = Counter()

    def failed(error: RecordError) -> None:
        counts["errors"] += 1
        on_error(error)

    files = list(_files(paths, failed))
    whole: dict[str, Path] = {}
    for added in corpus.add(_documents(files, defaults, failed, on_progress, whole)):
        if (path := whole.pop(added.document_id, None)) is not None:
            _keep_bytes(corpus, added, path)
        counts[added.outcome] += 1
        on_added(added)
    if counts["added"] + counts["new-version"] >= _MANY:
        corpus.settle()
    return Summary(counts["added"], counts["new-version"], counts["unchanged"], counts["errors"], counts["reverted"])


def add_documents(corpus: Corpus, documents: Iterable[Document]) -> Summary:
    """Store documents that do not come from files."""
    counts = Counter(added.outcome for added in corpus.add(documents))
    return Summary(counts["added"], counts["new-version"], counts["unchanged"], 0, counts["reverted"])


def _keep_bytes(corpus: Corpus, added: Added, path: Path) -> None:
    """The file as it is; one that went away meanwhile was read, and only its bytes are not kept."""
    try:
        raw = path.read_bytes()
    except OSError:
        return
    now = datetime.now(UTC).isoformat(timespec="seconds")
    corpus.history.observed(
        added.document_id, added.version, found=Capture(path.absolute().as_uri(), "resource", raw, now)
    )


def _files(paths: Iterable[Path], failed: Callable[[RecordError], None]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file() and readable(each))
        elif not path.exists():
            failed(RecordError("no such file or folder", path=str(path)))
        else:
            yield path


def _documents(
    files: list[Path],
    defaults: Defaults,
    failed: Callable[[RecordError], None],
    on_progress: Callable[[Progress], None],
    whole: dict[str, Path],
) -> Iterator[Document]:
    total = sum(path.stat().st_size for path in files)
    done = count = 0
    for path in files:
        try:
            for document, error, position in _each(path, defaults):
                if error is not None:
                    failed(error)
                if document is not None:
                    count += 1
                    if not path.name.lower().endswith(RECORDS):
                        whole[document.id] = path
                    yield document
                on_progress(Progress(count, done + position, total))
        except RecordError as error:
            failed(error)
        done += path.stat().st_size


def _each(path: Path, defaults: Defaults) -> Iterator[tuple[Document | None, RecordError | None, int]]:
    if path.name.lower().endswith(RECORDS):
        for record in read_records(path):
            yield record.document, record.error, record.position
    else:
        yield read_file(path, defaults=defaults), None, path.stat().st_size
