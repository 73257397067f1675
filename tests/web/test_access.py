"""Every address asks who is there: the table is whole, and what it says is what happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from checker.settings import DEFAULTS
from tests.web.conftest import FakeChecker
from web import create_app
from web.access import RULES, allowed
from web.store.accounts import ROLES

SITE = create_app(replace(DEFAULTS, desk="/nowhere/desk.sqlite3"))
EVERYBODY = ("", *ROLES)
_FILLED = {
    "id": "none",
    "delivery": "none",
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
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    if not rule.endpoint.startswith("api.")
]
"""Those of the API are opened by keys and have a test of their own (tests/web/api/test_access.py)."""

LEAST = {
    # everybody
    "": """static health.lives health.is_ready metrics.read pages.desk_style accounts.sign_in accounts.enter appearance.choose provider.depart provider.arrive provider.leave""",
    # everybody too, unless the service asks everybody to sign in
    "page": """
        pages.home pages.documents pages.document pages.document_by_parameter pages.surroundings pages.about pages.coverage shelf.page
        checks.ask_again checks.check checks.page checks.findings checks.keep
        changes.listed changes.followed changes.versions changes.versions_by_parameter
    """,
    # the same, without those who are signed in only to read
    "form": """checks.change checks.mark checks.undo checks.report_wrong checks.delete sources.add""",
    "read-only": """
        accounts.sign_out accounts.mine accounts.set_password provider.connect keys.mine keys.make keys.revoke webhooks.mine webhooks.sent
        review.queue review.alerts review.see review.case review.history review.export
        batch.listed batch.job batch.progress batch.item batch.export
    """,
    "reporter": """
        review.begin review.send review.text review.revise review.comment review.resolve review.reopen review.impose review.lift
        batch.start batch.cancel batch.go_on batch.impose batch.lift webhooks.make webhooks.end webhooks.replay
    """,
    "checker": """review.assign review.decide review.withdraw review.send_back review.check_again""",
    "editor": """review.sign""",
    "admin": """accounts.everyone accounts.add accounts.change""",
}  # fmt: skip
"""What the desk promises, written down a second time: the least that somebody must be. A route that is not here fails a test."""

EXPECTED = {endpoint: least for least, endpoints in LEAST.items() for endpoint in endpoints.split()}


WRITES = ["", "/marks", "/undo", "/cases", "/sources", "/delete"]
"""Where a check's forms go that change it, or the record."""


def promised(endpoint: str, role: str, *, require_sign_in: bool) -> bool:
    """Whether somebody of a role, or nobody in particular, may use an address."""
    least = EXPECTED[endpoint]
    if least == "form" and (role or require_sign_in):
        least = "reporter"
    elif least in ("page", "form"):
        least = "read-only" if require_sign_in else ""
    return EVERYBODY.index(role) >= EVERYBODY.index(least)


def address(app: Flask, rule: Rule) -> str:
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: _FILLED[name] for name in rule.arguments}, method=None)


def test_every_address_is_in_both_tables_and_they_have_no_other() -> None:
    assert {rule.endpoint for rule, _ in ROUTES} == set(RULES) == set(EXPECTED)
    assert {method for _, method in ROUTES} == {"GET", "POST"}


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("require_sign_in", [False, True])
def test_the_table_says_what_is_promised_here(role: str, require_sign_in: bool) -> None:
    for endpoint, rule in RULES.items():
        given = allowed(rule, role or None, require_sign_in=require_sign_in)  # type: ignore[arg-type]
        assert given == promised(endpoint, role, require_sign_in=require_sign_in), endpoint


def test_an_address_that_is_not_in_the_table_is_refused_to_everybody(
    app: Flask, as_role: Callable[[str], FlaskClient]
) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    for role in EVERYBODY:
        answer = as_role(role).get("/forgotten")
        assert answer.status_code == 403 and "secret" not in answer.text


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("require_sign_in", [False, True])
def test_every_route_lets_in_whom_it_should(
    app: Flask, as_role: Callable[[str], FlaskClient], role: str, require_sign_in: bool
) -> None:
    held = app.extensions["desk"]
    held.settings = replace(held.settings, require_sign_in="on" if require_sign_in else "off")
    client = as_role(role)
    for rule, method in ROUTES:
        if rule.endpoint == "accounts.sign_out":
            continue  # ends the session that the rest needs
        may = promised(rule.endpoint, role, require_sign_in=require_sign_in)
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


def test_who_only_reads_checks_but_is_offered_no_form_that_changes(
    app: Flask, checker: FakeChecker, as_role: Callable[[str], FlaskClient]
) -> None:
    held = app.extensions["desk"]
    held.settings = replace(held.settings, require_sign_in="on", adding="on")
    reader, writer = as_role("read-only"), as_role("reporter")
    words = "Nobody said that"
    checker.attributed = (words,)
    for kind in ("article", "quote"):
        made = reader.post("/check", data={"text": f"“{words}”, said Tosk.", "kind": kind}).headers["Location"]
        writer.post(f"{made}/marks", data={"kind": "added", "words": "said Tosk", "occurrence": "1", "direct": "yes"})
        for client, offered in ((reader, []), (writer, WRITES)):
            page = client.get(made).text
            assert [rule for rule in WRITES if f'action="{made}{rule}"' in page] == offered, kind
        assert 'action="/check"' in reader.get(made).text
        assert reader.post(f"{made}/delete").status_code == 403 and reader.get(made).status_code == 200


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
