"""What a reader sends us, read once and typed: no other module looks at raw input."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal, cast, get_args

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from checker.links import article_of
from checker.types import Article, Status
from corpus.errors import RecordError
from corpus.fetch import is_link
from corpus.read import PAGES, read_bytes
from corpus.types import PartialDate, Span
from web.drafts import Draft, Mark, MarkKind
from web.selection import SELECTIONS, Selection

Kind = Literal["decide", "quote", "article"]

LARGEST_TEXT = 1_000_000
"""Bytes of text that are checked at once: some thousand printed pages."""

LARGEST_FORM = 4_000_000
"""Bytes of a form's fields: percent-encoding makes up to three of one, and the other fields need a little."""

LARGEST_UPLOAD = 20_000_000
"""Bytes of a form with a file in it: a Word document or a PDF may hold pictures."""

_LONGEST_NAME = 200
_LONGEST_ANCHOR = 40
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
    words: str = ""
    """What was looked for when it was found."""


@dataclass(frozen=True, slots=True)
class Objection:
    """A verdict that a reader calls wrong: of which statement, what would be right, and why."""

    anchor: str
    expected: Status
    note: str


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in the record, and how it is narrowed; `page` counts from 1."""

    words: str
    publisher: str
    speaker: str
    language: str
    kind: str
    year: str
    page: int

    def narrowed(self, **changes: str | int) -> dict[str, str | int]:
        """The address' parameters with changes; going to another narrowing begins at the first page."""
        parameters = {
            "q": self.words, "publisher": self.publisher, "speaker": self.speaker, "language": self.language,
            "kind": self.kind, "year": self.year,
        }  # fmt: skip
        return {name: value for name, value in (parameters | changes).items() if value}


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


class CorrectionError(Exception):
    """A correction cannot be made as it is; the message says what to write, and `typed` is what was written."""

    def __init__(self, message: str, typed: Mark) -> None:
        super().__init__(message)
        self.message = message
        self.typed = typed


class TextTooLarge(Exception):
    """The text is larger than what is checked at once."""


class AddressError(Exception):
    """A part of the address means nothing."""


def read_check(form: MultiDict[str, str], upload: FileStorage | None = None) -> CheckForm:
    """Read the form of the start page; raises FormError and TextTooLarge."""
    title, link = (without_unusable(form.get(field, "").strip())[:_LONGEST_LINE] for field in ("title", "link"))
    speaker, date = (form.get(field, "").strip() for field in ("speaker", "date"))
    typed = Typed(plain_lines(form.get("text", "")), speaker, date, _kind(form), title, link)
    _usable(typed)
    if len(typed.speaker) > _LONGEST_NAME:
        raise FormError("speaker", _("Shorten the name to %(most)s characters.", most=_LONGEST_NAME), typed)
    said = CheckForm(typed.text, typed.speaker or None, _date(typed), typed.kind, typed)
    if upload is not None and upload.filename:
        return _uploaded(said, upload)
    if not any(map(str.isalnum, typed.text)):
        raise FormError("text", _("Paste the quotation or the article that you want to check."), typed)
    return said


def _uploaded(form: CheckForm, upload: FileStorage) -> CheckForm:
    """The form as if the file's text had been pasted; raises FormError that says why it cannot be read."""
    name = without_unusable(PurePath(upload.filename or "").name)[:_LONGEST_NAME]
    suffix = PurePath(name).suffix.lower()
    if suffix not in PAGES:
        message = _("Files of this kind cannot be read; use %(kinds)s.", kinds=", ".join(PAGES))
        raise FormError("file", message, form.typed)
    with closing(upload):  # a large one lies in a temporary file
        raw = upload.stream.read()
    try:
        document = read_bytes(raw, suffix, name=name)
    except RecordError as error:
        raise FormError("file", f"{name}: {error}", form.typed) from error
    return with_article(form, article_of(document, id=name))


def with_article(form: CheckForm, article: Article) -> CheckForm:
    """The form as if the article that was fetched had been pasted; raises TextTooLarge."""
    if len(article.text.encode()) > LARGEST_TEXT:
        raise TextTooLarge
    date = form.date or article.date
    typed = Typed(article.text, form.typed.speaker, str(date or ""), "article", article.title, article.url or "")
    return replace(form, text=article.text, date=date, kind="article", typed=typed)


def draft_of(form: CheckForm, kind: Literal["quote", "article"]) -> Draft:
    """What is kept of a form."""
    typed = form.typed
    return Draft("", kind, without_unusable(form.text), typed.title, typed.speaker, form.date, typed.link)


def read_mark(form: MultiDict[str, str]) -> Mark:
    """Read a correction; raises CorrectionError and AddressError."""
    kind, anchor = form.get("kind", ""), form.get("anchor", "")
    if kind not in get_args(MarkKind) or len(anchor) > _LONGEST_ANCHOR or _UNUSABLE.search(anchor):
        raise AddressError(_("This correction means nothing."))
    # The article is shown with visible signs for what cannot be seen; whoever selects there takes plain line ends along.
    words, speaker = plain_lines(form.get("words", "")).strip(), form.get("speaker", "").strip()
    occurrence = _number(form, "occurrence") or 1
    mark = Mark(
        cast(MarkKind, kind), anchor, words, min(occurrence, 10_000), speaker, direct=form.get("direct") != "no"
    )
    for value, most in ((words, _LONGEST_LINE), (speaker, _LONGEST_NAME)):
        if _UNUSABLE.search(value) or len(value) > most:
            shown = replace(mark, words=without_unusable(words), speaker=without_unusable(speaker))
            raise CorrectionError(_("Write at most %(most)s characters, all of them text.", most=most), shown)
    return mark


def read_objection(form: MultiDict[str, str]) -> Objection:
    """Read why a verdict is called wrong; raises AddressError."""
    expected, anchor = form.get("expected", ""), form.get("anchor", "")
    if expected not in get_args(Status) or len(anchor) > _LONGEST_ANCHOR:
        raise AddressError(_("Say what the verdict should be."))
    return Objection(anchor, cast(Status, expected), without_unusable(form.get("note", "").strip())[:_LONGEST_LINE])


def read_place(arguments: MultiDict[str, str]) -> int:
    """From which statement on findings are wanted, counted from 0; raises AddressError."""
    return _number(arguments, "from") or 0


def read_selection(arguments: MultiDict[str, str]) -> Selection:
    """Which findings of an article are to be shown; all, where the address says nothing that there is."""
    return next((each for each in SELECTIONS if each == arguments.get("show")), "all")


def read_search(arguments: MultiDict[str, str]) -> Search:
    """Read what is looked for in the record; raises AddressError."""
    words, publisher, speaker, language, kind, year = (
        arguments.get(name, "").strip() for name in ("q", "publisher", "speaker", "language", "kind", "year")
    )
    if any(
        _UNUSABLE.search(each) or len(each) > _LONGEST_LINE
        for each in (words, publisher, speaker, language, kind, year)
    ):
        raise AddressError(_("What is looked for is too long, or holds what is no text."))
    return Search(words, publisher, speaker, language, kind, year, max(1, _number(arguments, "page") or 1))


def read_address(arguments: MultiDict[str, str]) -> DocumentAddress:
    """Read which passage is wanted; raises AddressError."""
    version, start, end = (_number(arguments, name) for name in ("version", "start", "end"))
    words = without_unusable(arguments.get("q", ""))[:_LONGEST_LINE]
    if (start is None) != (end is None):
        raise AddressError(_("A passage needs both a start and an end."))
    if start is None or end is None:
        return DocumentAddress(version, None, words)
    if start >= end:
        raise AddressError(_("A passage must end after its start."))
    return DocumentAddress(version, Span(start, end), words)


def read_coverage(arguments: MultiDict[str, str]) -> CoverageAddress:
    """Read whose holdings are wanted; raises AddressError."""
    publisher, speaker = (arguments.get(name, "").strip() for name in ("publisher", "speaker"))
    if _UNUSABLE.search(publisher + speaker) or max(len(publisher), len(speaker)) > _LONGEST_NAME:
        raise AddressError(_("A name has at most %(most)s characters, all of them text.", most=_LONGEST_NAME))
    return CoverageAddress(publisher, speaker)


def read_versions(arguments: MultiDict[str, str]) -> VersionsAddress:
    """Read which two versions are compared; raises AddressError."""
    return VersionsAddress(_number(arguments, "from"), _number(arguments, "to"))


def read_id(written: str) -> str:
    """The id of a document as it stands in an address; raises AddressError."""
    if _UNUSABLE.search(written):
        raise AddressError(_("The id contains a character that no id can have."))
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
            message = _("There is a character in it that is not text (NUL or half a pair); it is left out here.")
            raise FormError(field, message, replace(typed, text=text, speaker=speaker, date=date))
    if len(typed.text.encode()) > LARGEST_TEXT:
        raise TextTooLarge


def _date(typed: Typed) -> PartialDate | None:
    if not typed.date:
        return None
    try:
        return PartialDate.parse(typed.date)
    except ValueError as error:
        message = _("Write the date as 2026, 2026-03 or 2026-03-31; it must exist in the calendar.")
        raise FormError("date", message, typed) from error


def _number(arguments: MultiDict[str, str], name: str) -> int | None:
    written = arguments.get(name)
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= 9):
        raise AddressError(_("“%(name)s” must be a whole number.", name=name))
    return int(written)
