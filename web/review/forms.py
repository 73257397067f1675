"""What an editor sends, read once and typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from werkzeug.datastructures import MultiDict

from checker.tongue import worded
from checker.types import Status
from corpus.types import PartialDate
from web.schemas import LARGEST_TEXT, TextTooLarge, plain_lines, without_unusable
from web.store.articles import Text
from web.store.decisions import Ruling
from web.store.embargoes import UNTIL_LIFTED, Term, in_zone
from web.store.errors import WrongEntry

Format = Literal["html", "csv", "jsonl", "docx"]

ZONES = (
    "UTC", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin", "Europe/Kyiv",
    "Europe/Moscow", "Asia/Jerusalem", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
"""Time zones that a form offers; every other one may be written."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the sender's page showed: the last decision, and what the statement rested on."""

    last: int
    basis: str


def line(form: MultiDict[str, str], name: str) -> str:
    """One field without what cannot be text."""
    return without_unusable(form.get(name, "")).strip()


def lines(form: MultiDict[str, str], name: str) -> str:
    """One field of several lines."""
    return plain_lines(line(form, name))


def number(form: MultiDict[str, str], name: str) -> int:
    """A count that a page carries; what no page of ours carries is 0."""
    written = form.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def read_text(form: MultiDict[str, str]) -> Text:
    """An article for the desk; raises WrongEntry and TextTooLarge."""
    text, title, date = lines(form, "text"), line(form, "title"), line(form, "date")
    if not any(map(str.isalnum, text)):
        raise WrongEntry("text", worded("Paste the article that is to be reviewed."))
    if len(text.encode()) > LARGEST_TEXT:
        raise TextTooLarge
    if len(title) > 400:
        raise WrongEntry("title", worded("Shorten the headline to 400 characters."))
    try:
        return Text(text, title=title, date=PartialDate.parse(date) if date else None)
    except ValueError as error:
        raise WrongEntry("date", worded("Write the date as 2026, 2026-03 or 2026-03-31; it must exist.")) from error


def read_embargo(form: MultiDict[str, str]) -> Term | None:
    """Until when what is sent is to be under embargo, if at all; raises WrongEntry."""
    kind = line(form, "embargo")
    if kind in ("", "none"):
        return None
    if kind not in ("until", "lifted"):
        raise WrongEntry("embargo", worded("Say whether there is an embargo, and until when."))
    if kind == "lifted":
        return UNTIL_LIFTED
    return in_zone(line(form, "embargo_until"), line(form, "embargo_zone"))


def read_term(form: MultiDict[str, str]) -> Term:
    """Until when something that is there is to be under embargo; raises WrongEntry."""
    term = read_embargo(form)
    if term is None:
        raise WrongEntry("embargo", worded("Say whether there is an embargo, and until when."))
    return term


def read_ruling(form: MultiDict[str, str]) -> tuple[Ruling, Seen]:
    """A decision; what it lacks is said when it is made."""
    kind = form.get("kind")
    if kind not in ("accept", "override"):
        raise WrongEntry("kind", worded("Accept the verdict or override it."))
    status = cast(Status, line(form, "status")) or None
    ruling = Ruling("accept" if kind == "accept" else "override", status, line(form, "ground"), lines(form, "note"))
    return ruling, read_seen(form)


def read_seen(form: MultiDict[str, str]) -> Seen:
    """What the page showed when the form was filled in."""
    return Seen(number(form, "seen"), line(form, "basis"))
