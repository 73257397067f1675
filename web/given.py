"""The sources that a reader gives beside the findings, read once and typed; each card has fields of its own number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast, get_args

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from corpus.fetch import is_link
from corpus.read import Defaults
from corpus.types import PartialDate, Tier
from web.schemas import LARGEST_TEXT, TextTooLarge, plain_lines, without_unusable

FIELDS = ("link", "text", "publisher", "date", "speaker", "tier")
_NUMBERED = re.compile(r"(link|text)-([1-9][0-9]{0,4})\Z", re.ASCII)
_MOST = 10
"""Sources that are added at once: each of them may be a link that takes its time."""

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Given:
    """One source as it was typed, and beside which finding."""

    number: int
    link: str = ""
    text: str = ""
    publisher: str = ""
    date: str = ""
    speaker: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A source that can be stored: a link to fetch, or a text with where it is said to stand."""

    link: str | None
    text: str | None
    defaults: Defaults


class GivenError(Exception):
    """One field of a source cannot be used as it is; the message says what to write."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def read_sources(form: MultiDict[str, str]) -> tuple[Given, ...]:
    """Read the sources that were filled in on a result page; raises TextTooLarge."""
    filled = {int(found.group(2)) for name, value in form.items() if value.strip() and (found := _NUMBERED.match(name))}
    sent = form.get("number", "")
    if not filled and sent.isascii() and sent.isdigit() and len(sent) <= 5:
        filled = {int(sent)}  # nothing is filled in where the button is; the reader is told so there
    return tuple(_given(form, number) for number in sorted(filled)[:_MOST])


def source_of(given: Given) -> Source:
    """Check one source's fields; raises GivenError that names the field."""
    for field in ("link", "publisher", "date", "speaker"):
        if len(getattr(given, field)) > (4_000 if field == "link" else _LONGEST):
            raise GivenError(field, _("This is too long; shorten it."))
    if not (given.link or given.text):
        raise GivenError("link", _("Give the link of the source, or paste its text."))
    if given.link and not is_link(given.link):
        raise GivenError("link", _("Write the whole link, with https:// at its beginning."))
    if given.text and not given.publisher:
        raise GivenError("publisher", _("Say who published the text; a source without a publisher proves nothing."))
    if given.tier not in get_args(Tier):
        # Nothing is chosen beforehand: a report that was taken for the statement would prove what it only repeats.
        raise GivenError("tier", _("Say whether this is the statement itself or a report about it."))
    defaults = Defaults(
        publisher=given.publisher or None,
        speaker=given.speaker or None,
        date=_date(given.date),
        tier=cast(Tier, given.tier),
    )
    return Source(given.link or None, given.text or None, defaults)


def _given(form: MultiDict[str, str], number: int) -> Given:
    typed = {field: without_unusable(form.get(f"{field}-{number}", "").strip()) for field in FIELDS}
    given = replace(Given(number, **typed), text=plain_lines(typed["text"]))
    if len(given.text.encode()) > LARGEST_TEXT:
        raise TextTooLarge
    return given


def _date(written: str) -> PartialDate | None:
    try:
        return PartialDate.parse(written) if written else None
    except ValueError as error:
        message = _("Write the date as 2026, 2026-03 or 2026-03-31; it must exist in the calendar.")
        raise GivenError("date", message) from error
