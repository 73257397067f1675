"""What was sent becomes items. Files are only unpacked here; they are read where they are checked.

A zip can be small and hold more than any machine can keep, so its table of contents is weighed before anything is unpacked,
and what is unpacked is weighed again, since the table may lie.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from checker.tongue import Message, worded
from corpus.errors import RecordError
from corpus.read import PAGES, decoded
from web.schemas import LARGEST_TEXT, plain_lines, without_unusable
from web.store.errors import WrongEntry
from web.store.jobs import NewItem

LARGEST_UPLOAD = 64_000_000
"""Bytes that are sent at once."""

MOST_FILES = 500
"""Files that are sent at once."""

MOST_ITEMS = 5_000
_LARGEST_FILE = 20_000_000
_LARGEST_UNPACKED = 60_000_000
_RATIO = 100
_SMALL = 100_000
"""Bytes up to which a part may be packed as tightly as it likes: a few thousand equal lines are no attack."""

_SHOWN = 120
"""Characters of a pasted quotation that name its item."""

_LINES = (".jsonl", ".ndjson")
_FIELDS = (
    "id",
    "quote",
    "text",
    "speaker",
    "date",
    "title",
    "article_date",
    "context",
    "direct",
    "document",
    "language",
)
LIMITS = (
    f"at most {MOST_ITEMS:,} items, {MOST_FILES:,} files, {LARGEST_UPLOAD // 1_000_000} MB sent, "
    f"{_LARGEST_FILE // 1_000_000} MB a file, {_LARGEST_UNPACKED // 1_000_000} MB unpacked"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    name: str
    raw: bytes


def items_of(files: Iterable[Sent], lines: str) -> list[NewItem]:
    """Everything that is to be checked, in order; raises WrongEntry that names the file and the limit."""
    found: list[NewItem] = []
    for each in (*_of_lines(lines), *(one for sent in files for one in _of_file(sent))):
        found.append(each)
        if len(found) > MOST_ITEMS:
            raise WrongEntry(
                "files", worded("These are more than %(most)s items; send them in parts.", most=MOST_ITEMS)
            )
    if not found:
        raise WrongEntry("files", worded("Choose files, or paste quotations, one a line."))
    return found


def _of_lines(lines: str) -> Iterator[NewItem]:
    for number, line in enumerate(plain_lines(without_unusable(lines)).split("\n"), start=1):
        if line.strip():
            name = f"{number}: {line.strip()[:_SHOWN]}"
            yield NewItem(name, "quote", json.dumps({"quote": line.strip()}, ensure_ascii=False))


def _of_file(sent: Sent) -> Iterator[NewItem]:
    name = sent.name.lower()
    if len(sent.raw) > (_LARGEST_FILE if not name.endswith(".zip") else LARGEST_UPLOAD):
        raise WrongEntry(
            "files", worded("%(name)s is larger than %(most)s MB.", name=sent.name, most=_LARGEST_FILE // 1_000_000)
        )
    if name.endswith(".zip"):
        yield from _of_zip(sent)
    elif name.endswith(_LINES):
        yield from _of_objects(sent)
    elif name.endswith((".csv", ".tsv")):
        yield from _of_table(sent)
    elif name.endswith(PAGES):
        content = {"name": sent.name, "data": base64.b64encode(sent.raw).decode()}
        yield NewItem(sent.name, "file", json.dumps(content))
    else:
        kinds = ", ".join((*PAGES, *_LINES, ".csv", ".zip"))
        raise WrongEntry(
            "files", worded("%(name)s is of a kind that cannot be read; send %(kinds)s.", name=sent.name, kinds=kinds)
        )


def _of_zip(sent: Sent) -> Iterator[NewItem]:
    try:
        with zipfile.ZipFile(io.BytesIO(sent.raw)) as packed:
            parts = _checked_parts(packed.infolist(), sent.name)
            for part in parts:
                raw = _unpacked(packed, part, sent.name)
                yield from _of_file(Sent(f"{sent.name}/{part.filename}", raw))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        # RuntimeError is what zipfile says of an encrypted part, NotImplementedError of an unknown packing.
        raise WrongEntry(
            "files", worded("%(name)s cannot be unpacked (%(error)s).", name=sent.name, error=str(error))
        ) from error


def _checked_parts(parts: list[zipfile.ZipInfo], name: str) -> list[zipfile.ZipInfo]:
    """The files of a zip, weighed by what its table says, without folders and what systems add; raises WrongEntry."""
    files = [part for part in parts if not part.is_dir() and not _is_litter(part.filename)]
    if len(parts) > MOST_FILES:
        raise WrongEntry(
            "files",
            worded("%(name)s holds more than %(most)s files; send it in parts.", name=name, most=MOST_FILES),
        )
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise WrongEntry(
            "files",
            worded("%(name)s would unpack to more than %(most)s MB.", name=name, most=_LARGEST_UNPACKED // 1_000_000),
        )
    for part in parts:
        _check_part(part, name)
    return files


def _check_part(part: zipfile.ZipInfo, name: str) -> None:
    if part.filename.lower().endswith(".zip"):
        raise WrongEntry(
            "files", worded("%(name)s holds another zip, %(part)s; unpack that first.", name=name, part=part.filename)
        )
    if part.file_size > _LARGEST_FILE:
        raise WrongEntry(
            "files",
            worded(
                "%(name)s: %(part)s is larger than %(most)s MB.",
                name=name,
                part=part.filename,
                most=_LARGEST_FILE // 1_000_000,
            ),
        )
    if part.file_size > max(_SMALL, _RATIO * part.compress_size):
        raise WrongEntry(
            "files",
            worded(
                "%(name)s: %(part)s is packed over %(ratio)s to 1, as no text is.",
                name=name,
                part=part.filename,
                ratio=_RATIO,
            ),
        )


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    with packed.open(part) as stream:
        raw = stream.read(part.file_size + 1)
    if len(raw) > part.file_size:
        raise WrongEntry("files", worded("%(name)s: %(part)s is larger than it says.", name=name, part=part.filename))
    return raw


def _is_litter(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parts[:1] == ("__MACOSX",) or path.name.startswith((".", "~$")) or path.name == "Thumbs.db"


def _of_objects(sent: Sent) -> Iterator[NewItem]:
    """One JSON object a line; what is none becomes an item all the same, so that its error stands in its place."""
    for number, line in enumerate(sent.raw.split(b"\n"), start=1):
        if line.strip():
            yield _of_object(f"{sent.name}:{number}", line)


def _of_object(name: str, line: bytes) -> NewItem:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    return _item(name, value if isinstance(value, dict) else {})


def _of_table(sent: Sent) -> Iterator[NewItem]:
    """A table with its columns' names in the first line; raises WrongEntry when none of them can be checked."""
    try:
        text = decoded(sent.raw, path=sent.name, html=False, charset="")
    except RecordError as error:
        raise WrongEntry("files", Message(str(error))) from error
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    if not {"quote", "text"} & set(names):
        raise WrongEntry(
            "files", worded("%(name)s needs a column “quote” or “text” in its first line.", name=sent.name)
        )
    try:
        for row in rows:
            values = {field: row[names[field]] for field in _FIELDS if field in names and row[names[field]]}
            if values:
                yield _item(f"{sent.name}:{rows.line_num}", values)
    except csv.Error as error:
        raise WrongEntry(
            "files", worded("%(name)s, line %(line)s: %(error)s.", name=sent.name, line=rows.line_num, error=str(error))
        ) from error


def _item(name: str, value: Mapping[str, object]) -> NewItem:
    kept = {field: value[field] for field in _FIELDS if value.get(field) not in (None, "")}
    shown = f"{kept['id']}" if isinstance(kept.get("id"), str | int) else name
    content = json.dumps(kept, ensure_ascii=True)
    if len(content) > 8 * LARGEST_TEXT:
        raise WrongEntry(
            "files", worded("%(name)s is larger than %(most)s MB of text.", name=name, most=LARGEST_TEXT // 1_000_000)
        )
    return NewItem(without_unusable(shown)[:300] or name, "quote" if "quote" in kept else "article", content)
