"""There and back: a reader is sent to the provider, and comes back with a code or without."""

from __future__ import annotations

import logging
import secrets

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from checker.tongue import worded
from web.access import COOKIE, begin, who, whoever
from web.accounts import door, ours, own_page, passwords
from web.desk import desk
from web.provider import errors
from web.provider.entering import connect as connected
from web.provider.entering import enter
from web.provider.errors import JourneyUnknown, NotAdmitted, NotTrusted, ProviderUnreachable, SignInFailed
from web.provider.known import Provider
from web.provider.tokens import person_of
from web.schemas import without_unusable
from web.store import accounts, identities
from web.store.errors import NotHere, WrongEntry
from web.store.identities import MINUTES, Journey, Tokens

provider = Blueprint("provider", __name__)

JOURNEY = "onrecord_journey"
"""The cookie that binds a journey to its browser; only the page of the return gets it."""

_LONGEST = 4_096
"""Characters of a code."""

_LOG = logging.getLogger(__name__)


@provider.get("/sign-in/provider")
def depart() -> AnyResponse | tuple[str, int]:
    """Go to the provider."""
    there = _provider()
    try:
        address, tokens = _departure(there, leads_to=ours(request.args.get("to", "")), account_id=None)
    except SignInFailed as error:
        return _failed(there, error)
    response = redirect(address, 303)
    _remember(response, tokens)
    return response


@provider.get("/sign-in/provider/back")
def arrive() -> AnyResponse:
    """Come back, and begin a session or connect an account."""
    there = _provider()
    try:
        response = _arrived(there)
    except SignInFailed as error:
        response = current_app.make_response(_failed(there, error))
    response.delete_cookie(
        JOURNEY, path=url_for("provider.arrive"), httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


@provider.post("/account/provider")
def connect() -> AnyResponse | tuple[str, int]:
    """Begin to connect one's account with who one is at the provider; asks for the password, as another password does."""
    there, account = _provider(), who()
    with desk().store.reading() as connection:
        right = accounts.right_password(connection, account.name, without_unusable(request.form.get("mine", "")))
    if not right or not passwords():
        return own_page(WrongEntry("mine", worded("This is not your password."))), 400
    try:
        address, tokens = _departure(there, leads_to=url_for("accounts.mine"), account_id=account.id)
    except SignInFailed as error:
        return _failed(there, error)
    # A form may not lead to another site (web/headers.py), so the last step is a link.
    response = current_app.make_response(
        render_template("accounts/depart.html", address=address, label=there.terms.label)
    )
    _remember(response, tokens)
    return response


@provider.get("/sign-out/provider")
def leave() -> AnyResponse:
    """Go to where the provider ends its own session, if it has such a page."""
    there = _provider()
    try:
        page = there.metadata.end_session_endpoint
    except ProviderUnreachable as error:
        _LOG.warning("the provider cannot be asked: %s", error)
        page = None
    home = url_for("pages.home", _external=True)
    return redirect(_with(page, client_id=there.terms.client, post_logout_redirect_uri=home) if page else home, 303)


def _departure(there: Provider, *, leads_to: str, account_id: int | None) -> tuple[str, Tokens]:
    """Where the reader goes, and what goes along; raises ProviderUnreachable."""
    metadata, terms = there.metadata, there.terms
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    address = url_for("provider.arrive", _external=True)
    with desk().store.writing() as connection:
        tokens = identities.depart(
            connection, issuer=terms.issuer, nonce=nonce, verifier=verifier, address=address, leads_to=leads_to,
            account_id=account_id,
        )  # fmt: skip
    found: str = prepare_grant_uri(
        metadata.authorization_endpoint, terms.client, "code", redirect_uri=address, scope=" ".join(terms.scopes),
        state=tokens.state, nonce=nonce, code_challenge=create_s256_code_challenge(verifier), code_challenge_method="S256",
    )  # fmt: skip
    return found, tokens


def _arrived(there: Provider) -> AnyResponse:
    journey = _journey(there)
    if _given("error"):
        raise NotAdmitted(f"the provider says {_given('error')[:60]!r}", errors.REFUSED)
    code = _given("code")
    if not 0 < len(code) <= _LONGEST:
        raise NotTrusted("the provider gave no code")
    person = person_of(there.grant(code, journey), there, nonce=journey.nonce)
    if journey.account_id is not None:
        account = whoever()
        if account is None or account.id != journey.account_id:
            raise JourneyUnknown("whoever began to connect an account is not signed in any more")
        connected(desk().store, there.terms, person, account)
        return redirect(url_for("accounts.mine"), 303)
    token = enter(desk().store, there.terms, person, replacing=request.cookies.get(COOKIE, ""))
    response = redirect(ours(journey.leads_to), 303)
    begin(response, token)
    return response


def _journey(there: Provider) -> Journey:
    """The journey that ends here, once; raises JourneyUnknown, and NotTrusted for an answer of another provider."""
    state, browser = _given("state"), request.cookies.get(JOURNEY, "")
    with desk().store.writing() as connection:
        found = identities.arrive(connection, Tokens(state, browser)) if state and browser else None
    if found is None or found.issuer != there.terms.issuer:
        raise JourneyUnknown("no such journey")
    issuer = _given("iss")
    if issuer != there.terms.issuer and (issuer or there.metadata.authorization_response_iss_parameter_supported):
        raise NotTrusted(f"the answer says that it comes from {issuer[:200]!r}")
    return found


def _given(name: str) -> str:
    """A parameter of the return; raises NotTrusted for one that is given twice, of which each side may read another."""
    found = request.args.getlist(name)
    if len(found) > 1:
        raise NotTrusted(f"the answer has two parameters {name}")
    return found[0] if found else ""


def _provider() -> Provider:
    found: Provider | None = current_app.extensions["provider"]
    if found is None:
        raise NotHere(worded("Nobody signs in through a provider here."))
    return found


def _failed(there: Provider, error: SignInFailed) -> tuple[str, int]:
    _LOG.warning("nobody was signed in through %s: %s: %s", there.terms.issuer, type(error).__name__, error)
    return door(failed=error), error.status


def _remember(response: AnyResponse, tokens: Tokens) -> None:
    response.set_cookie(
        JOURNEY, tokens.browser, max_age=MINUTES * 60, path=url_for("provider.arrive"), httponly=True, samesite="Lax",
        secure=request.is_secure,
    )  # fmt: skip


def _with(page: str, **parameters: str) -> str:
    found: str = add_params_to_uri(page, list(parameters.items()))
    return found
