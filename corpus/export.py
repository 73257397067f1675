"""Writing documents out in the contract's shape, so that `corpus add` of the file gives the same documents again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from sqlalchemy import select

from corpus.errors import RecordError
from corpus.read.records import document_of
from corpus.schema import version
from corpus.store import Corpus
from corpus.types import Document


def record_of(document: Document) -> dict[str, object]:
    """A document as a record: its own fields above those of its metadata, except a `text` beside the turns."""
    turns = [{"speaker": t.speaker, "kind": t.kind, "text": t.span.of(document.text)} for t in document.turns]
    return {
        **document.metadata, "id": document.id, "publisher": document.publisher, "title": document.title,
        "date": str(document.date) if document.date else None, "url": document.url, "language": document.language,
        "kind": document.kind, "speakers": list(document.speakers), "tier": document.tier,
        "translation": document.translation, "licence": document.licence, "turns": turns,
        "text": document.metadata.get("text", document.text),
    }  # fmt: skip


def export(
    corpus: Corpus, path: Path, *, all_versions: bool = False, on_unlike: Callable[[str], None] = lambda message: None
) -> int:
    """Write the current documents, or every version in the order in which they came; returns how many.

    The file (.jsonl, or .jsonl.gz) has its name only once it is whole. Each record is read again before it is written;
    a document that would come back otherwise is written and told. Raises RecordError when the file cannot be written.
    """
    count = 0
    with _whole(path) as lines:
        for id, number in _wanted(corpus, all_versions):
            document = corpus.document(id, version=number).document
            record = record_of(document)
            if not _comes_back(record, document):
                on_unlike(f"{id} version {number}: this document would come back otherwise than it is")
            lines.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
            count += 1
    return count


def _comes_back(record: dict[str, object], document: Document) -> bool:
    try:
        return document_of(record) == document
    except RecordError:
        return False


def _wanted(corpus: Corpus, all_versions: bool) -> list[tuple[str, int]]:
    wanted = select(version.c.document_id, version.c.number).order_by(version.c.id)
    with corpus.vectors.connect() as connection:
        found = connection.execute(wanted if all_versions else wanted.where(version.c.current))
        return [(id, number) for id, number in found]


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as raw:
            if path.name.endswith(".gz"):
                with gzip.open(raw, "wb") as packed:
                    yield cast(IO[bytes], packed)
            else:
                yield raw
        part.rename(path)
    except OSError as error:
        raise RecordError(f"cannot be written ({error.strerror})", path=str(path)) from error
    finally:
        with suppress(OSError):  # there is none where none could be written
            part.unlink()
