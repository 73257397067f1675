"""Keys for other programs: made here by their owner, shown once, and revoked by them or an admin."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from web.access import may, who
from web.desk import desk
from web.schemas import without_unusable
from web.store import keys as held
from web.store.errors import WrongEntry
from web.store.keys import DAYS, LONGEST_DAYS, SCOPES

keys = Blueprint("keys", __name__, url_prefix="/account/keys")


@keys.get("")
def mine() -> str:
    """One's own keys; for admins everybody's."""
    return _page()


@keys.post("")
def make() -> str | tuple[str, int]:
    """Make a key, and show it this once."""
    label = without_unusable(request.form.get("label", ""))
    days = request.form.get("days", "")
    try:
        with desk().store.writing() as connection:
            _, secret = held.make(
                connection, who().name, label=label, scopes=request.form.getlist("scopes"), by=who().name,
                days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
                test=request.form.get("kind") == "test",
            )  # fmt: skip
    except WrongEntry as error:
        return _page(error=error), 400
    return _page(secret=secret)


@keys.post("/<id>/revoke")
def revoke(id: str) -> AnyResponse:
    """Make a key worthless."""
    with desk().store.writing() as connection:
        held.numbered(connection, id, owner=None if may("accounts.everyone") else who())
        held.revoke(connection, id, by=who().name)
    return redirect(url_for("keys.mine"), 303)


def _page(*, error: WrongEntry | None = None, secret: str = "") -> str:
    with desk().store.reading() as connection:
        found = held.listed(connection, owner=None if may("accounts.everyone") else who())
    return render_template(
        "accounts/keys.html", keys=found, secret=secret, error=error, scopes=SCOPES, days=DAYS, most=LONGEST_DAYS,
        typed=request.form, chosen=request.form.getlist("scopes"),
    )  # fmt: skip
