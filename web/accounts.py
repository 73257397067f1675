"""Signing in and out, one's own password, and who works here."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from checker.tongue import worded
from web.access import COOKIE, begin, end, who
from web.desk import desk
from web.schemas import without_unusable
from web.store import accounts as held
from web.store.accounts import ROLES
from web.store.errors import Throttled, WrongEntry

accounts = Blueprint("accounts", __name__)


@accounts.get("/sign-in")
def sign_in() -> str:
    """The door."""
    return _door()


@accounts.post("/sign-in")
def enter() -> AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Begin a session."""
    name, password = (without_unusable(request.form.get(field, "")) for field in ("name", "password"))
    try:
        token = held.sign_in(desk().store, name, password, address=request.remote_addr or "")
    except WrongEntry as error:
        return _door(error), 401
    except Throttled as error:
        return _door(error), 429, {"Retry-After": str(error.seconds)}
    response = redirect(_ours(request.form.get("to", "")), 303)
    begin(response, token)
    return response


@accounts.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session."""
    held.sign_out(desk().store, request.cookies.get(COOKIE, ""))
    response = redirect(url_for("pages.home"), 303)
    end(response)
    return response


@accounts.get("/account")
def mine() -> str:
    """One's own account."""
    return render_template("accounts/mine.html", error=None)


@accounts.post("/account")
def set_password() -> AnyResponse | tuple[str, int]:
    """Choose another password; all sessions end."""
    old, new = (without_unusable(request.form.get(field, "")) for field in ("old", "new"))
    store = desk().store
    try:
        with store.reading() as connection:
            if not held.right_password(connection, who().name, old):
                raise WrongEntry("old", worded("This is not your password."))
        with store.writing() as connection:
            held.set_password(connection, who().name, new, by=who().name)
    except WrongEntry as error:
        return render_template("accounts/mine.html", error=error), 400
    response = redirect(url_for("accounts.sign_in"), 303)
    end(response)
    return response


@accounts.get("/accounts")
def everyone() -> str:
    """Who works here."""
    return _everyone()


@accounts.post("/accounts")
def add() -> AnyResponse | tuple[str, int]:
    """Open an account."""
    name, password, role = (without_unusable(request.form.get(field, "")) for field in ("name", "password", "role"))
    try:
        with desk().store.writing() as connection:
            held.add(connection, name, password, role=role, by=who().name)
    except WrongEntry as error:
        return _everyone(error), 400
    return redirect(url_for("accounts.everyone"), 303)


@accounts.post("/accounts/<name>")
def change(name: str) -> AnyResponse | tuple[str, int]:
    """Give somebody another role, or close or open the account."""
    active = {"yes": True, "no": False}.get(request.form.get("active", ""))
    try:
        with desk().store.writing() as connection:
            held.change(connection, name, by=who().name, role=request.form.get("role"), active=active)
    except WrongEntry as error:
        return _everyone(error), 400
    return redirect(url_for("accounts.everyone"), 303)


def _door(error: Exception | None = None) -> str:
    with desk().store.reading() as connection:
        nobody = not held.everyone(connection)
    return render_template(
        "accounts/sign-in.html", error=error, nobody=nobody, to=request.values.get("to", ""),
        name=request.form.get("name", ""),
    )  # fmt: skip


def _everyone(error: WrongEntry | None = None) -> str:
    with desk().store.reading() as connection:
        found = held.everyone(connection)
    return render_template("accounts/everyone.html", accounts=found, roles=ROLES, error=error, typed=request.form)


def _ours(to: str) -> str:
    """Where a reader wanted to go, if that is a page of this service."""
    parts = urlsplit(to)
    ours = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return to if ours and to.isprintable() and "\\" not in to else url_for("review.queue")
