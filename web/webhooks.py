"""Webhooks at the desk: what the API does for programs, for their owners: made, seen with what was sent, sent again, ended."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from checker.links import policy_of
from checker.tongue import Message, worded
from corpus.errors import EgressOff, LinkRefused
from corpus.fetch import addressee
from web.access import who
from web.desk import desk
from web.schemas import without_unusable
from web.store import keys
from web.store import webhooks as held
from web.store.errors import DeskError, NotNow, WrongEntry
from web.store.keys import Key
from web.store.webhooks import EVENTS, NEEDS

webhooks = Blueprint("webhooks", __name__, url_prefix="/account/webhooks")


@webhooks.get("")
def mine() -> str:
    """One's own webhooks."""
    return _page()


@webhooks.post("")
def make() -> str | tuple[str, int]:
    """Have an address told, and show the secret this once."""
    url = without_unusable(request.form.get("url", "")).strip()
    try:
        with desk().store.writing() as connection:
            key = _key(connection, request.form.get("key", ""))
            events = request.form.getlist("events")
            if missing := held.missing(key, events):
                raise WrongEntry(
                    "events", worded("For that the key needs the scope %(scopes)s as well.", scopes=", ".join(missing))
                )
            addressee(url, policy_of(desk().settings))
            _, secret = held.make(connection, key, url=url, events=events)
    except (EgressOff, LinkRefused) as error:
        return _page(error=WrongEntry("url", Message(f"{error}."))), 400
    except (WrongEntry, NotNow) as error:
        return _page(error=error), 400
    return _page(secret=secret)


@webhooks.get("/<id>")
def sent(id: str) -> str:
    """What was sent to one, or is to be, and how that went."""
    with desk().store.reading() as connection:
        hook = held.numbered(connection, id, owner=who())
        found = held.deliveries(connection, id)
    return render_template("accounts/deliveries.html", hook=hook, deliveries=found[:_SHOWN], more=len(found) > _SHOWN)


@webhooks.post("/<id>/end")
def end(id: str) -> AnyResponse:
    """Tell it nothing any more."""
    with desk().store.writing() as connection:
        held.numbered(connection, id, owner=who())
        held.end(connection, id, because="It was ended by its owner.", by=who().name)
    return redirect(url_for("webhooks.mine"), 303)


@webhooks.post("/<id>/deliveries/<delivery>")
def replay(id: str, delivery: str) -> AnyResponse:
    """Send a message again."""
    with desk().store.writing() as connection:
        held.numbered(connection, id, owner=who())
        held.replay(connection, id, delivery)
    return redirect(url_for("webhooks.sent", id=id), 303)


_SHOWN = 200
"""Deliveries of a page; the API has all of the last thirty days."""


def _key(connection: Connection, id: str) -> Key:
    """The key that was chosen; raises WrongEntry."""
    found = next((each for each in _fit(connection) if each.id == id), None)
    if found is None:
        raise WrongEntry("key", worded("Choose one of your keys that has the scope %(scope)s.", scope="webhooks"))
    return found


def _fit(connection: Connection) -> tuple[Key, ...]:
    """One's own keys that may have others told."""
    return tuple(
        each
        for each in keys.listed(connection, owner=who())
        if "webhooks" in each.scopes and not (each.test or each.revoked_at or each.expired)
    )


def _page(*, error: DeskError | None = None, secret: str = "") -> str:
    with desk().store.reading() as connection:
        found, usable = held.listed(connection, owner=who()), _fit(connection)
    return render_template(
        "accounts/webhooks.html", hooks=found, usable=usable, secret=secret, error=error, events=EVENTS, needs=NEEDS,
        typed=request.form, chosen=request.form.getlist("events"),
    )  # fmt: skip
