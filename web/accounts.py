"""Signing in and out, one's own password, and who works here."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from checker.tongue import worded
from web.access import COOKIE, begin, end, who
from web.desk import desk
from web.provider.errors import SignInFailed
from web.provider.terms import Terms
from web.schemas import without_unusable
from web.store import accounts as held
from web.store import identities
from web.store.accounts import ROLES, Account
from web.store.errors import NotNow, Throttled, WrongEntry
from web.store.identities import Identity

accounts = Blueprint("accounts", __name__)


@accounts.get("/sign-in")
def sign_in() -> str:
    """The door."""
    return door()


@accounts.post("/sign-in")
def enter() -> AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Begin a session."""
    _check_passwords()
    name, password = (without_unusable(request.form.get(field, "")) for field in ("name", "password"))
    there, present = request.remote_addr or "", request.cookies.get(COOKIE, "")
    try:
        token = held.sign_in(desk().store, name, password, address=there, replacing=present)
    except WrongEntry as error:
        return door(error), 401
    except Throttled as error:
        return door(error), 429, {"Retry-After": str(error.seconds)}
    response = redirect(ours(request.form.get("to", "")), 303)
    begin(response, token)
    return response


@accounts.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session; the provider's own goes on, so whoever may have come through it is told."""
    there = bool(_identities(who()))
    held.sign_out(desk().store, request.cookies.get(COOKIE, ""))
    response = redirect(url_for("accounts.sign_in", out=1) if there else url_for("pages.home"), 303)
    end(response)
    return response


@accounts.get("/account")
def mine() -> str:
    """One's own account."""
    return own_page()


@accounts.post("/account")
def set_password() -> AnyResponse | tuple[str, int]:
    """Choose another password; all sessions end."""
    _check_passwords()
    old, new = (without_unusable(request.form.get(field, "")) for field in ("old", "new"))
    store = desk().store
    try:
        with store.reading() as connection:
            if not held.right_password(connection, who().name, old):
                raise WrongEntry("old", worded("This is not your password."))
        with store.writing() as connection:
            held.set_password(connection, who().name, new, by=who().name)
    except WrongEntry as error:
        return own_page(error), 400
    response = redirect(url_for("accounts.sign_in"), 303)
    end(response)
    return response


@accounts.get("/accounts")
def everyone() -> str:
    """Who works here."""
    return _everyone()


@accounts.post("/accounts")
def add() -> AnyResponse | tuple[str, int]:
    """Open an account, for a password, for somebody at the provider, or for both."""
    name, password, role, subject = (
        without_unusable(request.form.get(field, "")) for field in ("name", "password", "role", "subject")
    )
    terms = provider_terms()
    try:
        with desk().store.writing() as connection:
            needed = passwords() and (password or not subject or terms is None)
            held.add(connection, name, password if needed else None, role=role, by=who().name)
            if terms is not None and (subject or not needed):
                identities.bind(connection, name, Identity(terms.issuer, subject), by=who().name)
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


def door(error: Exception | None = None, *, failed: SignInFailed | None = None) -> str:
    """The page at which people sign in, with what went wrong here or at the provider."""
    with desk().store.reading() as connection:
        nobody = not held.everyone(connection)
    return render_template(
        "accounts/sign-in.html", error=error, failed=failed, nobody=nobody, to=request.values.get("to", ""),
        name=request.form.get("name", ""), out="out" in request.args,
    )  # fmt: skip


def ours(to: str) -> str:
    """Where a reader wanted to go, if that is a page of this service."""
    parts = urlsplit(to)
    within = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return to if within and to.isprintable() and "\\" not in to else url_for("review.queue")


@accounts.app_template_global()
def provider_terms() -> Terms | None:
    """Through which provider people may sign in, if any."""
    found = current_app.extensions["provider"]
    return None if found is None else found.terms


@accounts.app_template_global()
def passwords() -> bool:
    """Whether anybody may sign in with a password of this service."""
    return desk().settings.local_passwords == "on"


def _check_passwords() -> None:
    if not passwords():
        raise NotNow(worded("Nobody signs in with a password of this service; use the provider."))


def own_page(error: WrongEntry | None = None) -> str:
    """One's own account, with what was wrong."""
    with desk().store.reading() as connection:
        has_password = held.has_password(connection, who())
    return render_template(
        "accounts/mine.html", error=error, has_password=has_password and passwords(), connected=_identities(who())
    )


def _identities(account: Account) -> tuple[Identity, ...]:
    """Who may enter an account through the provider that there is now."""
    terms = provider_terms()
    with desk().store.reading() as connection:
        return tuple(each for each in identities.of(connection, account) if terms and each.issuer == terms.issuer)


def _everyone(error: WrongEntry | None = None) -> str:
    with desk().store.reading() as connection:
        found = held.everyone(connection)
    return render_template("accounts/everyone.html", accounts=found, roles=ROLES, error=error, typed=request.form)
