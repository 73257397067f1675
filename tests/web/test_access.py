"""Every address asks who is there: the table is whole, and what it says is what happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from checker.settings import DEFAULTS
from web import create_app
from web.access import RULES, allowed
from web.store.accounts import ROLES

SITE = create_app(replace(DEFAULTS, desk="/nowhere/desk.sqlite3"))
EVERYBODY = ("", *ROLES)
_FILLED = {
    "id": "none",
    "anchor": "none",
    "name": "none",
    "form": "csv",
    "number": 1,
    "comment_id": 1,
    "filename": "none",
}

ROUTES = [
    (rule, method)
    for rule in SITE.url_map.iter_rules()
    for method in sorted(rule.methods or ())
    if method in ("GET", "POST") and not rule.endpoint.startswith("api.")
]
"""Those of the API are opened by keys and have a test of their own (tests/web/api/test_access.py)."""


def address(app: Flask, rule: Rule) -> str:
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: _FILLED[name] for name in rule.arguments}, method=None)


def test_every_address_is_in_the_table_and_the_table_has_no_other() -> None:
    assert {rule.endpoint for rule, _ in ROUTES} == set(RULES)


def test_an_address_that_is_not_in_the_table_is_refused_to_everybody(
    app: Flask, as_role: Callable[[str], FlaskClient]
) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    for role in EVERYBODY:
        answer = as_role(role).get("/forgotten")
        assert answer.status_code == 403 and "secret" not in answer.text


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("require_sign_in", [False, True])
def test_every_route_lets_in_whom_the_table_says(
    app: Flask, as_role: Callable[[str], FlaskClient], role: str, require_sign_in: bool
) -> None:
    held = app.extensions["desk"]
    held.settings = replace(held.settings, require_sign_in="on" if require_sign_in else "off")
    client = as_role(role)
    for rule, method in ROUTES:
        if rule.endpoint == "accounts.sign_out":
            continue  # ends the session that the rest needs
        may = allowed(RULES[rule.endpoint], role or None, require_sign_in=require_sign_in)  # type: ignore[arg-type]
        answer = client.open(address(app, rule), method=method)
        where = answer.headers.get("Location", "")
        if may:
            # A form without its token is refused for that reason; what is not there is not there.
            assert "Your role does not include this" not in answer.text and not where.startswith("/sign-in"), rule
            if method == "POST" and isinstance(RULES[rule.endpoint], frozenset):
                assert answer.status_code == 403 and "This page was too old" in answer.text, rule
        elif role:
            assert answer.status_code == 403 and "Your role does not include this" in answer.text, rule
        else:
            assert answer.status_code == 302 and where.startswith("/sign-in"), rule


def test_roles_may_do_what_their_names_promise() -> None:
    def may(endpoint: str) -> list[str]:
        return [role for role in EVERYBODY if allowed(RULES[endpoint], role or None, require_sign_in=False)]  # type: ignore[arg-type]

    assert may("pages.home") == list(EVERYBODY)
    assert may("review.case") == list(ROLES)
    assert may("review.send") == ["reporter", "checker", "editor", "admin"]
    assert may("review.decide") == ["checker", "editor", "admin"]
    assert may("review.sign") == ["editor", "admin"]
    assert may("accounts.add") == ["admin"]


def test_a_form_of_another_session_is_refused(app: Flask, as_role: Callable[[str], FlaskClient]) -> None:
    one, other = as_role("editor"), as_role("editor")
    token = one.get("/account").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert one.post("/sign-out", data={"csrf_token": token}).status_code == 303
    assert other.post("/sign-out", data={"csrf_token": token}).status_code == 403
    assert other.post("/sign-out", data={}).status_code == 403
    assert other.get("/account").status_code == 200


def test_another_site_cannot_send_a_form_in_an_editor_s_name(as_role: Callable[[str], FlaskClient]) -> None:
    client = as_role("editor")
    token = client.get("/account").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post("/sign-out", data={"csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
