"""Who is there and what they may do: one table for every address; one that is not in it is refused.

A signed-in reader's cookie holds a random token; what it means is in the desk's database. Forms of signed-in readers carry a
second token that is signed with the first, so that no other page can make them; `web/origin.py` refuses other sites' forms
before that.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from flask import Flask, Response, g, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from checker.tongue import worded
from web.desk import desk
from web.store import accounts, embargoes, reviews
from web.store.accounts import ROLES, Account, Role
from web.store.embargoes import Embargo
from web.store.errors import NotNow

COOKIE = "onrecord_session"
FIELD = "csrf_token"

_WEEK = 7 * 24 * 3600

Rule = Literal["open", "page", "form"] | frozenset[Role]
"""`open` to everybody; a `page` is open unless the service asks everybody to sign in; so is a `form`, which writes, but never to those
who are signed in only to read; or the roles that may."""

_ALL = frozenset(ROLES)
_WRITERS = _ALL - {"read-only"}
_CHECKERS = _WRITERS - {"reporter"}
_EDITORS = _CHECKERS - {"checker"}
_ADMINS: frozenset[Role] = frozenset({"admin"})

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "static": "open",
        "pages.desk_style": "open",
        "health.lives": "open",
        "health.is_ready": "open",
        "metrics.read": "open",
        "accounts.sign_in": "open",
        "accounts.enter": "open",
        "provider.depart": "open",
        "provider.arrive": "open",
        "provider.leave": "open",
        "appearance.choose": "open",
        "pages.home": "page",
        "checks.ask_again": "page",
        "checks.check": "page",
        "checks.page": "page",
        "checks.findings": "page",
        "checks.keep": "page",
        "checks.change": "form",
        "checks.mark": "form",
        "checks.undo": "form",
        "checks.report_wrong": "form",
        "checks.delete": "form",
        "shelf.page": "page",
        "pages.documents": "page",
        "pages.document": "page",
        "pages.document_by_parameter": "page",
        "pages.surroundings": "page",
        "pages.about": "page",
        "pages.coverage": "page",
        "changes.listed": "page",
        "changes.followed": "page",
        "changes.versions": "page",
        "changes.versions_by_parameter": "page",
        "sources.add": "form",
        "accounts.sign_out": _ALL,
        "accounts.mine": _ALL,
        "accounts.set_password": _ALL,
        "provider.connect": _ALL,
        "keys.mine": _ALL,
        "keys.make": _ALL,
        "keys.revoke": _ALL,
        "webhooks.mine": _ALL,
        "webhooks.sent": _ALL,
        "webhooks.make": _WRITERS,
        "webhooks.end": _WRITERS,
        "webhooks.replay": _WRITERS,
        "accounts.everyone": _ADMINS,
        "accounts.add": _ADMINS,
        "accounts.change": _ADMINS,
        "review.queue": _ALL,
        "review.alerts": _ALL,
        "review.see": _ALL,
        "review.case": _ALL,
        "review.history": _ALL,
        "review.export": _ALL,
        "review.begin": _WRITERS,
        "review.send": _WRITERS,
        "review.text": _WRITERS,
        "review.revise": _WRITERS,
        "review.comment": _WRITERS,
        "review.resolve": _WRITERS,
        "review.assign": _CHECKERS,
        "review.decide": _CHECKERS,
        "review.withdraw": _CHECKERS,
        "review.send_back": _CHECKERS,
        "review.reopen": _WRITERS,
        "review.impose": _WRITERS,
        "review.lift": _WRITERS,
        "review.check_again": _CHECKERS,
        "review.sign": _EDITORS,
        "batch.listed": _ALL,
        "batch.job": _ALL,
        "batch.progress": _ALL,
        "batch.item": _ALL,
        "batch.export": _ALL,
        "batch.start": _WRITERS,
        "batch.cancel": _WRITERS,
        "batch.go_on": _WRITERS,
        "batch.impose": _WRITERS,
        "batch.lift": _WRITERS,
    }
)


DRAFTS = ("checks.mark", "checks.undo")
"""What anybody may do to a draft, but only those who write to one that is under review; its text is changed there."""


_MAY_BE_KEPT = ("checks", "sources", "review", "batch")
"""Blueprints whose addresses with an `id` are those of an article or a batch, which may be under embargo."""


class NotAllowed(Exception):
    """This role may not do that."""


class StaleForm(Exception):
    """A form without a valid token: its page is from another session, or too old."""


def allowed(rule: Rule | None, role: Role | None, *, require_sign_in: bool) -> bool:
    """Whether somebody of this role, or nobody in particular, may use an address of that rule."""
    if rule is None:
        return False
    if rule == "open":
        return True
    if role is None:
        return rule in ("page", "form") and not require_sign_in
    return rule == "page" or role in (_WRITERS if rule == "form" else rule)


def may(endpoint: str) -> bool:
    """Whether the reader of this page may go there or send that form."""
    account = whoever()
    require = desk().settings.require_sign_in == "on"
    return allowed(RULES.get(endpoint), account.role if account else None, require_sign_in=require)


def whoever() -> Account | None:
    """Who is signed in, if anybody."""
    if "account" not in g:
        g.account = None  # also where the desk cannot be asked: the page that says so has a head as well
        token = request.cookies.get(COOKIE, "")
        if token:
            g.account = accounts.signed_in(desk().store, token)
    found: Account | None = g.account
    return found


def who() -> Account:
    """Who is signed in, where nobody comes without."""
    account = whoever()
    assert account is not None
    return account


def guard_access(app: Flask) -> None:
    """Ask the table before every answer."""
    app.jinja_env.globals.update(
        whoever=whoever, may=may, csrf_token=csrf_token, on_desk=_on_desk, embargo_on=_embargo_on
    )

    @app.before_request
    def check() -> AnyResponse | None:
        if request.endpoint is None:  # no such address: that has a page of its own
            return None
        if RULES.get(request.endpoint) == "open":  # whoever it is: the desk may be away, and is not asked
            return None
        if request.blueprint == "api":  # keys decide there, by a table of its own (web/api/entry.py)
            return None
        if not may(request.endpoint):
            return _to_the_door(request.endpoint)
        _check_embargo(request.endpoint)
        if _kept_from(request.endpoint):
            return _to_the_door(request.endpoint)
        if request.method == "POST" and isinstance(RULES[request.endpoint], frozenset) and not _token_fits():
            raise StaleForm
        return None


def _to_the_door(endpoint: str) -> AnyResponse:
    """Ask whoever is not signed in to do so; raises NotAllowed for everybody else, and where there is no such rule."""
    if whoever() is not None or endpoint not in RULES:
        raise NotAllowed
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", to=back))


def _kept_from(endpoint: str) -> bool:
    """Whether this would change an article that is under review behind the back of those who review it."""
    if endpoint not in (*DRAFTS, "checks.change") or not _on_desk((request.view_args or {}).get("id", "")):
        return False
    if endpoint == "checks.change":
        raise NotNow(worded("This article is under review; its text is changed there."))
    return not may("review.revise")


def _check_embargo(endpoint: str) -> None:
    """Keep what is under embargo from whoever may not see it, at every address that names it; raises UnderEmbargo."""
    id = (request.view_args or {}).get("id")
    if id is not None and endpoint.partition(".")[0] in _MAY_BE_KEPT:
        with desk().store.reading() as connection:
            embargoes.check(connection, id, whoever())


def _on_desk(id: str) -> bool:
    with desk().store.reading() as connection:
        return reviews.is_under_review(connection, id)


def _embargo_on(id: str) -> Embargo | None:
    with desk().store.reading() as connection:
        return embargoes.standing(connection, id)


def begin(response: AnyResponse, token: str) -> None:
    """Give the browser its session; scripts cannot read it, and other sites' forms do not carry it."""
    response.set_cookie(COOKIE, token, max_age=_WEEK, httponly=True, samesite="Lax", secure=request.is_secure)


def end(response: Response | AnyResponse) -> None:
    """Take it back."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)


def csrf_token() -> str:
    """What the forms of this session carry; empty where nobody is signed in."""
    account = whoever()
    return _signer().dumps(account.id) if account else ""


def _token_fits() -> bool:
    given = request.form.get(FIELD, "") or request.headers.get("X-CSRF-Token", "")
    try:
        number = _signer().loads(given, max_age=_WEEK)
    except BadSignature:
        return False
    return hmac.compare_digest(str(number), str(who().id))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.cookies.get(COOKIE, ""), salt="form")
