"""On what terms a private collection is held: until when its words are under embargo, and how long they are kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from corpus import rows
from corpus.schema import setting

_EMBARGO, _KEPT = "embargo until", "kept days"


@dataclass(frozen=True, slots=True)
class Terms:
    """`embargo_until` is the day on which the words are free; a document is kept `keep_days` days after it was first stored."""

    embargo_until: datetime.date | None = None
    keep_days: int | None = None

    def stored_before(self, today: datetime.date) -> datetime.date | None:
        """Documents first stored before this day are past their time; None where they are kept for good.

        >>> Terms(keep_days=30).stored_before(datetime.date(2031, 5, 31))
        datetime.date(2031, 5, 1)
        """
        return today - datetime.timedelta(days=self.keep_days) if self.keep_days is not None else None


def read_terms(connection: Connection) -> Terms:
    """The terms of a corpus; none for one that never got any."""
    wanted = select(setting.c.name, setting.c.value).where(setting.c.name.in_((_EMBARGO, _KEPT)))
    held = {row.name: row.value for row in connection.execute(wanted)}
    until, days = held.get(_EMBARGO), held.get(_KEPT)
    return Terms(datetime.date.fromisoformat(until) if until else None, int(days) if days else None)


def put_terms(connection: Connection, terms: Terms) -> None:
    """Set the terms of a corpus."""
    until = terms.embargo_until.isoformat() if terms.embargo_until else None
    for name, value in ((_EMBARGO, until), (_KEPT, terms.keep_days)):
        if value is None:
            connection.execute(delete(setting).where(setting.c.name == name))
        else:
            rows.put_setting(connection, name, str(value))
