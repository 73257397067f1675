"""Embargoes: until when an article on the desk, or a batch, is only shown to its author, editors and admins.

    none ──impose──▶ stands ──lift──▶ none
                       │
                       ▼ its moment comes: over by itself, nobody need do anything

While one stands, nothing of it leaves the desk. Who set and lifted one, and until when it was to stand, is in the log. This
module says who is kept from what; everything that lists, shows, tells or exports articles and batches asks it. Both are named by their
ids, of which no two are the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select, true

from checker.tongue import Message, worded
from web.store import audit
from web.store.accounts import Account
from web.store.clock import now, written
from web.store.errors import NotHere, NotNow, NotYours, Overtaken, UnderEmbargo, WrongEntry
from web.store.schema import embargo, job, review

Kind = Literal["article", "batch"]
"""What can be under embargo: an article on the desk, or a batch with all that is in it."""

_ABOVE = ("editor", "admin")
"""Roles that see everything."""


@dataclass(frozen=True, slots=True)
class Term:
    """Until when an embargo stands: a moment of UTC, None until somebody lifts it; `local` is how it was written, with its zone."""

    until: str | None
    local: str = ""


UNTIL_LIFTED = Term(None)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(0\d|1[0-4]):?([0-5]\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Embargo:
    """An embargo that stands."""

    subject: str
    kind: Kind
    author: str
    term: Term
    set_at: str
    set_by: str

    @property
    def says(self) -> Message:
        """What it means and how it ends, for whoever is refused something because of it."""
        if self.kind == "batch":
            return self._says_of_batch
        if self.term.until is None:
            return worded(
                "This article is under embargo until somebody lifts that. Until then only its author, editors and admins see it, and "
                "nothing of it leaves the desk. Any of them can lift the embargo on the review’s page."
            )
        return worded(
            "This article is under embargo until %(until)s. Until then only its author, editors and admins see it, and nothing of it "
            "leaves the desk. Any of them can lift the embargo on the review’s page.",
            until=self.ends,
        )

    @property
    def _says_of_batch(self) -> Message:
        if self.term.until is None:
            return worded(
                "This batch is under embargo until somebody lifts that. Until then only its author, editors and admins see it, and "
                "nothing of it leaves the desk. Any of them can lift the embargo on the batch’s page."
            )
        return worded(
            "This batch is under embargo until %(until)s. Until then only its author, editors and admins see it, and nothing of it "
            "leaves the desk. Any of them can lift the embargo on the batch’s page.",
            until=self.ends,
        )

    @property
    def ends(self) -> str:
        """Its moment, in UTC and as it was written; empty where it stands until somebody lifts it."""
        until, local = self.term.until, self.term.local
        if until is None:
            return ""
        utc = f"{until[:10]} {until[11:16]} UTC"
        return f"{utc} ({local})" if local and local != utc else utc


def in_zone(day_and_time: str, zone: str) -> Term:
    """A term as a form has it: `YYYY-MM-DDTHH:MM` on the clocks of a place (`Europe/Berlin`) or of an offset (`+02:00`).

    An hour that comes twice, when clocks are put back, is the later one. Raises WrongEntry.
    """
    zone = zone.strip() or "UTC"
    try:
        local = datetime.strptime(day_and_time.strip(), "%Y-%m-%dT%H:%M")
    except ValueError as error:
        raise WrongEntry("embargo_until", worded("Write until when as 2031-05-04T18:00.")) from error
    clocks = _clocks(zone)
    moment = local.replace(tzinfo=clocks, fold=1)
    if trouble := _trouble(moment):
        raise WrongEntry("embargo_until", trouble)
    utc = moment.astimezone(UTC)
    if utc.astimezone(clocks).replace(tzinfo=None) != local:
        raise WrongEntry(
            "embargo_until",
            worded("On the clocks of %(zone)s there is no such time: they are put forward then.", zone=zone),
        )
    return Term(written(utc), f"{local:%Y-%m-%d %H:%M} {zone}")


def at_moment(moment: str, *, field: str) -> Term:
    """A term as a program has it: a moment with its offset (RFC 3339), or Z; raises WrongEntry, and NotNow when it is over."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError as error:
        raise WrongEntry(field, worded("Write until when as 2031-05-04T18:00:00+02:00.")) from error
    if found.tzinfo is None:
        raise WrongEntry(field, worded("Write until when as 2031-05-04T18:00:00+02:00."))
    if trouble := _trouble(found):
        raise NotNow(trouble)
    return Term(written(found.astimezone(UTC)), moment)


def begin(connection: Connection, id: str, term: Term, *, of: Kind, by: str) -> None:
    """Put something under embargo in the transaction in which its author makes it, so that it is shown to nobody before."""
    _set(connection, id, term, of=of, author=by, by=by, before=None)


def impose(connection: Connection, id: str, term: Term, *, of: Kind, by: Account, seen: str | None = None) -> None:
    """Put it under embargo, or change until when it is; `seen` is when the embargo was set that the maker saw, if any.

    Raises NotHere, NotYours and Overtaken.
    """
    author = _author(connection, id, of)
    held = _seen(connection, id, seen)
    if not is_privy(by, author):
        raise NotYours(worded("Only its author, an editor or an admin puts this under embargo."))
    before = held.term.until or "lifted" if held else None
    _set(connection, id, term, of=of, author=author, by=by.name, before=before)


def lift(connection: Connection, id: str, *, of: Kind, by: Account, seen: str | None = None) -> None:
    """End an embargo now; raises NotHere, NotNow, NotYours and Overtaken."""
    author = _author(connection, id, of)
    held = _seen(connection, id, seen)
    if held is None:
        raise NotNow(worded("This is under no embargo."))
    if not is_privy(by, author):
        raise NotYours(worded("Only its author, an editor or an admin lifts an embargo."))
    connection.execute(delete(embargo).where(embargo.c.subject == id))
    audit.append(connection, "embargo-lifted", id, by=by.name, detail={"until": held.term.until or "lifted"})


def standing(connection: Connection, id: str) -> Embargo | None:
    """The embargo under which an article or a batch is now, if any."""
    row = connection.execute(select(embargo).where(embargo.c.subject == id, in_force())).first()
    return None if row is None else _embargo(row)


def withheld(connection: Connection) -> Mapping[str, Embargo]:
    """All that is under embargo now, by its id."""
    return {row.subject: _embargo(row) for row in connection.execute(select(embargo).where(in_force()))}


def open_to(id: ColumnElement[str], reader: Account | None) -> ColumnElement[bool]:
    """A condition on the id of an article or a batch: what may be shown to a reader; to nobody in particular only what is under no embargo."""
    if reader is not None and reader.role in _ABOVE:
        return true()
    kept = select(embargo.c.subject).where(in_force())
    if reader is not None:
        kept = kept.where(embargo.c.author != reader.name)
    return id.not_in(kept)


def sees(held: Embargo | None, reader: Account | None) -> bool:
    """Whether a reader is shown what is under that embargo, or under none."""
    return held is None or (reader is not None and is_privy(reader, held.author))


def is_privy(reader: Account, author: str) -> bool:
    """Whether somebody sees what is under embargo, and may set and lift that: its author, editors and admins."""
    return reader.role in _ABOVE or reader.name == author


def check(connection: Connection, id: str, reader: Account | None) -> None:
    """Raises UnderEmbargo when an article or a batch is under an embargo that keeps this reader from it."""
    held = standing(connection, id)
    if held is not None and not sees(held, reader):
        raise UnderEmbargo(held.says)


def keep_here(connection: Connection, id: str) -> None:
    """Raises UnderEmbargo when nothing of an article or a batch may leave the desk, whoever asks."""
    held = standing(connection, id)
    if held is not None:
        raise UnderEmbargo(held.says)


def in_force() -> ColumnElement[bool]:
    """Of a row of the table: that it stands now."""
    return or_(embargo.c.until.is_(None), embargo.c.until > now())


def _set(connection: Connection, id: str, term: Term, *, of: Kind, author: str, by: str, before: str | None) -> None:
    connection.execute(delete(embargo).where(embargo.c.subject == id))
    values = {"until": term.until, "local": term.local, "set_at": now(), "set_by": by}
    connection.execute(insert(embargo).values(subject=id, kind=of, author=author, **values))
    detail = {"until": term.until or "lifted", "local": term.local, "before": before}
    audit.append(connection, "embargo-set", id, by=by, detail=detail)


def _author(connection: Connection, id: str, of: Kind) -> str:
    wanted = select(review.c.author).where(review.c.article_id == id)
    if of == "batch":
        wanted = select(job.c.created_by).where(job.c.id == id)
    author: str | None = connection.execute(wanted).scalar()
    if author is None and of == "batch":
        raise NotHere(worded("There is no batch at this address."))
    if author is None:
        raise NotHere(worded("No article of this address is under review."))
    return author


def _embargo(row: Row) -> Embargo:  # type: ignore[type-arg]
    return Embargo(row.subject, cast(Kind, row.kind), row.author, Term(row.until, row.local), row.set_at, row.set_by)


def _seen(connection: Connection, id: str, seen: str | None) -> Embargo | None:
    """What stands, if it is what its maker saw (empty for none; None where that was not asked)."""
    held = standing(connection, id)
    if seen is not None and (held.set_at if held else "") != seen:
        raise Overtaken(
            worded("The embargo was changed since you opened this; nothing of yours was saved. Look and try again.")
        )
    return held


def _trouble(moment: datetime) -> Message | None:
    """Why an embargo cannot stand until then."""
    try:
        over = moment.astimezone(UTC) <= datetime.now(tz=UTC)
    except OverflowError:
        return worded("There is no such moment; choose another one.")
    return worded("This moment is over; choose a later one.") if over else None


def _clocks(zone: str) -> tzinfo:
    """The clocks of a place or of an offset; raises WrongEntry."""
    found = _OFFSET.fullmatch(zone)
    if found:
        sign, hours, minutes = found.groups(default="00")
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-ahead if sign == "-" else ahead)
    try:
        return ZoneInfo(zone)
    except (ValueError, KeyError, OSError) as error:  # a path, no such place, or a folder of places
        raise WrongEntry(
            "embargo_zone", worded("Write the time zone as UTC, as Europe/Berlin or as +02:00.")
        ) from error
