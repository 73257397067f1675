"""Embargoes as a program sets and reads them: the same for articles on the desk and for those that are only checked."""

from __future__ import annotations

from checker.tongue import worded
from web.api.entry import key
from web.api.shapes.articles import EmbargoAsked, EmbargoRead
from web.desk import desk
from web.review import steps
from web.store import embargoes
from web.store.embargoes import UNTIL_LIFTED, Embargo, Kind, Term, at_moment
from web.store.errors import NotNow


def term(asked: EmbargoAsked, *, field: str) -> Term:
    """Until when; raises WrongEntry, and NotNow when that is over."""
    return UNTIL_LIFTED if asked.until is None else at_moment(asked.until, field=field)


def imposed(id: str, asked: EmbargoAsked, *, of: Kind) -> EmbargoRead:
    """Set what is asked and read it back; raises NotHere, NotNow, NotYours and WrongEntry."""
    steps.impose(desk(), id, term(asked, field="until"), of=of, by=key().owner)
    with desk().store.reading() as connection:
        held = embargoes.standing(connection, id)
    if held is None:  # it was lifted, or its moment came, since
        raise NotNow(worded("This is under no embargo."))
    return embargo_read(held)


def embargo_read(each: Embargo) -> EmbargoRead:
    """One that stands, in the shape of the API."""
    return EmbargoRead(until=each.term.until, local=each.term.local, set_at=each.set_at, set_by=each.set_by)
