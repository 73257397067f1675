"""JSON Lines records in the contract's shape, streamed; a bad one is an error of its own and the rest goes on."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from corpus.errors import RecordError
from corpus.language import language_of
from corpus.read.turns import Said, lay_out, whole
from corpus.types import Document, PartialDate, Tier, Translation

LONGEST_LINE = 64_000_000
"""Bytes of one record; a longer line is refused rather than read into memory."""

_FIELDS = frozenset(
    "id publisher title date url language kind speakers text turns licence summary tier translation".split()
)
_HALVES = re.compile("[\ud800-\udfff]")
_TIERS = ("primary", "agency", "secondary")
_TRANSLATIONS = ("official", "unofficial")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is said of files that do not say it themselves."""

    publisher: str | None = None
    speaker: str | None = None
    date: PartialDate | None = None
    language: str | None = None
    kind: str | None = None
    licence: str | None = None
    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a file: a document or what is wrong with it, and how far into the file it reaches."""

    document: Document | None
    error: RecordError | None
    position: int


def read_records(path: Path) -> Iterator[Record]:
    """Every record of a .jsonl or .jsonl.gz file; raises RecordError when the file itself cannot be read.

    `position` is in bytes of the file as it lies on disk, for progress.
    """
    try:
        with path.open("rb") as raw:
            # gzip reads ahead, so the position runs a little before the record; good enough for progress.
            stream = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if path.name.lower().endswith(".gz") else raw
            for number, line in enumerate(_lines(stream, path), start=1):
                if line.strip():
                    yield _record(line, path, number, raw.tell())
    except (OSError, EOFError, zlib.error) as error:
        raise RecordError(f"cannot be read ({error})", path=str(path)) from error


def _lines(stream: IO[bytes], path: Path) -> Iterator[bytes]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            raise RecordError(f"the line has over {LONGEST_LINE // 1_000_000} MB", path=str(path), line=number)
        yield line


def _record(line: bytes, path: Path, number: int, position: int) -> Record:
    try:
        return Record(document_of(_parsed(line)), None, position)
    except RecordError as error:
        return Record(None, RecordError(str(error.args[0]), path=str(path), line=number), position)


def _parsed(line: bytes) -> Mapping[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not a JSON object on one line ({error})") from error
    if not isinstance(value, dict):
        raise RecordError(f"not a JSON object but {type(value).__name__}")
    return value


def document_of(record: Mapping[str, object]) -> Document:
    """A document from a record in the contract's shape; raises RecordError that names the field."""
    id = _text(record, "id", required=True)
    kind = _text(record, "kind") or "statement"
    speakers = _speakers(record)
    turns = _turns(record)
    given = _text(record, "text", blank=True)
    said = turns or whole(given, speakers, kind=kind)
    text, laid = lay_out(said, summary=_text(record, "summary", blank=True))
    if not text:
        raise RecordError(f"{id}: there is no text")
    extra = {name: value for name, value in record.items() if name not in _FIELDS}
    if turns and given and given.strip() != text:
        extra["text"] = given
    return Document(
        id=id,
        publisher=_text(record, "publisher") or "unknown publisher",
        title=_text(record, "title") or id,
        text=text,
        turns=laid,
        date=_date(record),
        url=_text(record, "url") or None,
        language=_text(record, "language") or language_of(text),
        kind=kind,
        speakers=speakers,
        tier=cast(Tier, _one_of(record, "tier", _TIERS) or "primary"),
        translation=_translation(record),
        licence=_text(record, "licence") or None,
        metadata=extra,
    )


def _text(record: Mapping[str, object], field: str, *, required: bool = False, blank: bool = False) -> str:
    value = record.get(field)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise RecordError(f"“{field}” must be a text{' that is not empty' if required else ''}, not {value!r:.60}")
    _printable(value, field)
    return value if blank else value.strip()


def _printable(value: str, field: str) -> None:
    if "\x00" in value or not (value.isascii() or _HALVES.search(value) is None):
        raise RecordError(f"“{field}” holds a character that is no text (NUL or half of a pair)")


def _date(record: Mapping[str, object]) -> PartialDate | None:
    value = _text(record, "date")
    if not value:
        return None
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise RecordError(f"“date” must be YYYY, YYYY-MM or YYYY-MM-DD, not {value!r:.60}") from error


def _speakers(record: Mapping[str, object]) -> tuple[str, ...]:
    value = record.get("speakers")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RecordError("“speakers” must be a list of texts")
    for each in value:
        _printable(each, "speakers")
    return tuple(each.strip() for each in value if each.strip())


def _turns(record: Mapping[str, object]) -> list[Said]:
    value = record.get("turns")
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RecordError("“turns” must be a list of objects")
    turns = [
        Said(_text(each, "speaker"), _text(each, "text", blank=True), _text(each, "kind") or None) for each in value
    ]
    return [each for each in turns if each.text.strip()]


def _one_of(record: Mapping[str, object], field: str, allowed: tuple[str, ...]) -> str | None:
    value = _text(record, field)
    if value and value not in allowed:
        raise RecordError(f"“{field}” must be one of {', '.join(allowed)}, not {value!r:.60}")
    return value or None


def _translation(record: Mapping[str, object]) -> Translation | None:
    if record.get("translated_machine_or_volunteer") is True:
        return "unofficial"
    return cast("Translation | None", _one_of(record, "translation", _TRANSLATIONS))
