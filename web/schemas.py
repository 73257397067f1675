"""What a reader sends us, read once and typed: no other module looks at raw input."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, cast

from werkzeug.datastructures import MultiDict

from checker.types import Article
from corpus.fetch import is_link
from corpus.types import PartialDate, Span

Kind = Literal["decide", "quote", "article"]
Output = Literal["page", "report"]

LARGEST_TEXT = 1_000_000
"""Bytes of text that are checked at once: some thousand printed pages."""

LARGEST_FORM = 4_000_000
"""Bytes of a form: percent-encoding makes up to three of one, and the other fields need a little."""

_LONGEST_NAME = 200
_LONGEST_LINE = 4_000
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as it was typed, so that it can be shown again."""

    text: str = ""
    speaker: str = ""
    date: str = ""
    kind: Kind = "decide"
    title: str = ""
    link: str = ""
    """The title and the address of an article that was fetched; a reader does not see these fields."""


@dataclass(frozen=True, slots=True)
class CheckForm:
    """What is to be checked, and how the answer is wanted."""

    text: str
    speaker: str | None
    date: PartialDate | None
    kind: Kind
    output: Output
    typed: Typed

    @property
    def is_link(self) -> bool:
        """True when nothing but a link was pasted."""
        return is_link(self.text) and len(self.text.split()) == 1


@dataclass(frozen=True, slots=True)
class DocumentAddress:
    """Which wording of a document, and which passage of it."""

    version: int | None
    passage: Span | None


@dataclass(frozen=True, slots=True)
class VersionsAddress:
    """Two versions of a document to compare; without them the current one with the one before it."""

    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class CoverageAddress:
    """Whose holdings are wanted; empty for all."""

    publisher: str
    speaker: str


class FormError(Exception):
    """One field cannot be used as it is; the message says what to write."""

    def __init__(self, field: str, message: str, typed: Typed) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.typed = typed


class TextTooLarge(Exception):
    """The text is larger than what is checked at once."""


class AddressError(Exception):
    """A part of the address means nothing."""


def read_check(form: MultiDict[str, str]) -> CheckForm:
    """Read the form of the start page; raises FormError and TextTooLarge."""
    title, link = (without_unusable(form.get(field, "").strip())[:_LONGEST_LINE] for field in ("title", "link"))
    speaker, date = (form.get(field, "").strip() for field in ("speaker", "date"))
    typed = Typed(plain_lines(form.get("text", "")), speaker, date, _kind(form), title, link)
    _usable(typed)
    if not any(map(str.isalnum, typed.text)):
        raise FormError("text", "Paste the quotation or the article that you want to check.", typed)
    if len(typed.speaker) > _LONGEST_NAME:
        raise FormError("speaker", f"Shorten the name to {_LONGEST_NAME} characters.", typed)
    output: Output = "report" if form.get("output") == "report" else "page"
    return CheckForm(typed.text, typed.speaker or None, _date(typed), typed.kind, output, typed)


def with_article(form: CheckForm, article: Article) -> CheckForm:
    """The form as if the article that was fetched had been pasted; raises TextTooLarge."""
    if len(article.text.encode()) > LARGEST_TEXT:
        raise TextTooLarge
    date = form.date or article.date
    typed = Typed(article.text, form.typed.speaker, str(date or ""), "article", article.title, article.url or "")
    return replace(form, text=article.text, date=date, kind="article", typed=typed)


def read_address(arguments: MultiDict[str, str]) -> DocumentAddress:
    """Read which passage is wanted; raises AddressError."""
    version, start, end = (_number(arguments, name) for name in ("version", "start", "end"))
    if (start is None) != (end is None):
        raise AddressError("A passage needs both a start and an end.")
    if start is None or end is None:
        return DocumentAddress(version, None)
    if start >= end:
        raise AddressError("A passage must end after its start.")
    return DocumentAddress(version, Span(start, end))


def read_coverage(arguments: MultiDict[str, str]) -> CoverageAddress:
    """Read whose holdings are wanted; raises AddressError."""
    publisher, speaker = (arguments.get(name, "").strip() for name in ("publisher", "speaker"))
    if _UNUSABLE.search(publisher + speaker) or max(len(publisher), len(speaker)) > _LONGEST_NAME:
        raise AddressError(f"A name has at most {_LONGEST_NAME} characters, all of them text.")
    return CoverageAddress(publisher, speaker)


def read_versions(arguments: MultiDict[str, str]) -> VersionsAddress:
    """Read which two versions are compared; raises AddressError."""
    return VersionsAddress(_number(arguments, "from"), _number(arguments, "to"))


def read_id(written: str) -> str:
    """The id of a document as it stands in an address; raises AddressError."""
    if _UNUSABLE.search(written):
        raise AddressError("The id contains a character that no id can have.")
    return written


def without_unusable(text: str) -> str:
    """The text without what cannot be text."""
    return _UNUSABLE.sub("", text)


def plain_lines(text: str) -> str:
    """Browsers send line ends as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _kind(form: MultiDict[str, str]) -> Kind:
    kind = form.get("kind", "decide")
    return cast(Kind, kind) if kind in ("quote", "article") else "decide"


def _usable(typed: Typed) -> None:
    """Refuse what cannot be text, and what is too much of it."""
    for field in ("text", "speaker", "date"):
        if _UNUSABLE.search(getattr(typed, field)):
            text, speaker, date = map(without_unusable, (typed.text, typed.speaker, typed.date))
            message = "There is a character in it that is not text (NUL or half a pair); it is left out here."
            raise FormError(field, message, replace(typed, text=text, speaker=speaker, date=date))
    if len(typed.text.encode()) > LARGEST_TEXT:
        raise TextTooLarge


def _date(typed: Typed) -> PartialDate | None:
    if not typed.date:
        return None
    try:
        return PartialDate.parse(typed.date)
    except ValueError as error:
        message = "Write the date as 2026, 2026-03 or 2026-03-31; it must exist in the calendar."
        raise FormError("date", message, typed) from error


def _number(arguments: MultiDict[str, str], name: str) -> int | None:
    written = arguments.get(name)
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= 9):
        raise AddressError(f"“{name}” must be a whole number.")
    return int(written)
