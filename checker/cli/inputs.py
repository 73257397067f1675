"""From files, links and standard input to articles and claims; one bad item never stops the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from checker.cli.files import address_of, expanded
from checker.cli.unreadable import Unreadable
from checker.errors import InputError
from checker.export.contract import reference
from checker.export.regions import Markup, Original
from checker.links import article_at, article_of
from checker.settings import Settings
from checker.types import Article, Claim
from corpus.errors import FetchError, RecordError
from corpus.fetch import is_link
from corpus.read import read_file
from corpus.read.text import characters
from corpus.types import PartialDate

Item = TypeVar("Item")

LONGEST_LINE = 16_000_000
"""Bytes of one input line; a longer one is refused rather than read into memory."""


@dataclass(frozen=True, slots=True)
class Given:
    """An article, and the file that it was read from, if it is one file's."""

    article: Article
    path: Path | None = None

    @property
    def address(self) -> str:
        """Where it is, as a relative address from the current folder where it lies there, else as a whole one."""
        if self.path is not None:
            return address_of(self.path, folder=Path())
        return self.article.url or reference(self.article.id) or "article"


def read_articles(paths: tuple[str, ...], *, lines: bool, settings: Settings) -> Iterator[Given | Unreadable]:
    """Every article of the given files, folders, patterns and links (`-` is standard input), in order.

    `lines` says that standard input holds one JSON object a line; files that end in .jsonl always do.
    """
    for path in expanded(paths):
        if isinstance(path, Unreadable):
            yield path
        elif is_link(path):
            yield _from_link(path, settings)
        elif (path == "-" and lines) or path.endswith(".jsonl"):
            yield from read_objects(path, _given)
        elif path == "-":
            yield _from_standard_input()
        else:
            yield _from_file(Path(path))


def original_of(given: Given) -> Original | None:
    """The characters that an article's lines are counted in: its file's, where that is a text, or its own.

    None for a Word document or a PDF, and for a page that was fetched.
    """
    if given.path is None:
        return None if given.article.url else Original(given.article.text)
    markup = _MARKUP.get(given.path.suffix.lower())
    if markup is None:
        return None
    try:
        return Original(characters(given.path.read_bytes(), path=str(given.path), html=markup == "html"), markup)
    except (OSError, RecordError):
        return None  # it was read a moment ago; whoever took it away since knows


_MARKUP: Mapping[str, Markup] = {
    ".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
}  # fmt: skip


def _from_link(link: str, settings: Settings) -> Given | Unreadable:
    try:
        return Given(article_at(link, settings))
    except FetchError as error:
        return Unreadable(link, error)


def _from_standard_input() -> Given | Unreadable:
    """Standard input as one article; unlike a file it must be UTF-8, since nothing says what else it could be."""
    raw = sys.stdin.buffer.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Unreadable("-", InputError(f"-: not UTF-8 text (byte {error.start}); convert it or pass it as a file"))
    return Given(Article("-", text.replace("\r\n", "\n").replace("\r", "\n")))


def _from_file(path: Path) -> Given | Unreadable:
    if not path.exists():
        return Unreadable(str(path), InputError(f"{path}: no such file"))
    try:
        document = read_file(path)
    except RecordError as error:
        return Unreadable(str(path), InputError(str(error)))
    return Given(article_of(document, id=str(path)), path)


def read_claims(path: str) -> Iterator[tuple[str | None, Claim] | Unreadable]:
    """The claims of a JSON Lines file or of standard input, each with its id."""
    yield from read_objects(path, _identified_claim)


def read_objects(path: str, build: Callable[[Mapping[str, object]], Item]) -> Iterator[Item | Unreadable]:
    """One item a line, in order; a line that cannot be read gives an `Unreadable` in its place."""
    try:
        with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as stream:
            yield from _each_line(stream, path, build)
    except OSError as error:
        yield Unreadable(path, InputError(f"{path}: cannot be read ({error.strerror})"))


def _each_line(
    stream: IO[bytes], path: str, build: Callable[[Mapping[str, object]], Item]
) -> Iterator[Item | Unreadable]:
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
                pass  # read past the rest of it
        if raw.strip():
            yield _one(raw, f"{path}:{number}", build)


def _one(raw: bytes, place: str, build: Callable[[Mapping[str, object]], Item]) -> Item | Unreadable:
    id: str | None = None
    try:
        if len(raw) > LONGEST_LINE:
            raise InputError(f"{place}: the line has over {LONGEST_LINE:,} bytes")
        value = _object(raw, place)
        id = _id(value)
        return build(value)
    except InputError as error:
        message = str(error) if str(error).startswith(place) else f"{place}: {error}"
        return Unreadable(id, InputError(message))


def _object(raw: bytes, place: str) -> Mapping[str, object]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not a JSON object on one line ({error})") from error
    if not isinstance(value, dict):
        raise InputError(f"{place}: not a JSON object but {type(value).__name__}")
    return value


def _given(value: Mapping[str, object]) -> Given:
    return Given(_article(value))


def _article(value: Mapping[str, object]) -> Article:
    return Article(
        id=_id(value) or "",
        text=_text(value, "text", required=True) or "",
        title=_text(value, "title") or "",
        date=_date(value, "date"),
        url=_text(value, "url"),
    )


def _identified_claim(value: Mapping[str, object]) -> tuple[str | None, Claim]:
    direct = value.get("direct", True)
    if not isinstance(direct, bool):
        raise InputError(f"“direct” must be true or false, not {direct!r}")
    claim = Claim(
        quote=_text(value, "quote", required=True) or "",
        speaker=_text(value, "speaker"),
        date=_date(value, "date"),
        document_id=_text(value, "document"),
        language=_text(value, "language"),
        direct=direct,
        article_date=_date(value, "article_date"),
        context=_text(value, "context") or "",
    )
    return _id(value), claim


def _id(value: Mapping[str, object]) -> str | None:
    """What a line is called, as text: a text or a number, 0 too; None for a line without one."""
    found = value.get("id")
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise InputError("“id” must be a text or a number")
    return str(found)


def _text(value: Mapping[str, object], key: str, *, required: bool = False) -> str | None:
    found = value.get(key)
    if found is None and not required:
        return None
    if not isinstance(found, str) or (required and not found.strip()):
        raise InputError(f"“{key}” must be a text that is not empty")
    if "\x00" in found or any("\ud800" <= letter <= "\udfff" for letter in found):
        raise InputError(f"“{key}” holds a character that is no text (NUL or half of a pair)")
    return found


def _date(value: Mapping[str, object], key: str) -> PartialDate | None:
    found = _text(value, key)
    return read_date(found, key) if found else None


def read_date(text: str, name: str) -> PartialDate:
    """A date as typed; raises InputError that says which forms there are."""
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise InputError(f"“{name}” must be YYYY, YYYY-MM or YYYY-MM-DD, not {text!r}") from error
