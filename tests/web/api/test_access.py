"""Every operation of the API asks for a key, and lets in whom the table says: every route × every scope, role and kind of key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.web.api.conftest import Program, Programs, problem
from tests.web.test_access import EXPECTED as EXPECTED_AT_THE_DESK
from tests.web.test_access import ROUTES, address
from web.access import RULES
from web.api.contract import OPERATIONS, Operation
from web.api.entry import OPEN, roles_of
from web.store import Store, accounts, keys
from web.store.accounts import ROLES
from web.store.clock import before_now
from web.store.keys import SCOPES
from web.store.schema import api_key

EXPECTED = {
    # who may, at the least: scope (None: any key), roles
    "check_quotes": ("check", ROLES),
    "check_report": ("check", ROLES),
    "send_article": ("check", ROLES[1:]),
    "read_article": ("check", ROLES),
    "set_article_embargo": ("check", ROLES[1:]),
    "lift_article_embargo": ("check", ROLES[1:]),
    "read_report": ("check", ROLES),
    "read_results": ("check", ROLES),
    "follow_article": ("check", ROLES),
    "list_documents": ("read", ROLES),
    "read_document": ("read", ROLES),
    "list_versions": ("read", ROLES),
    "search_passages": ("read", ROLES),
    "list_speakers": ("read", ROLES),
    "read_coverage": ("read", ROLES),
    "list_reviews": ("review", ROLES),
    "send_review": ("review", ROLES[1:]),
    "read_review": ("review", ROLES),
    "list_decisions": ("review", ROLES),
    "decide": ("review", ROLES[2:]),
    "set_embargo": ("review", ROLES[1:]),
    "lift_embargo": ("review", ROLES[1:]),
    "list_webhooks": ("webhooks", ROLES),
    "make_webhook": ("webhooks", ROLES[1:]),
    "read_webhook": ("webhooks", ROLES),
    "end_webhook": ("webhooks", ROLES[1:]),
    "list_deliveries": ("webhooks", ROLES),
    "replay_delivery": ("webhooks", ROLES[1:]),
    "read_log": ("audit", ROLES[3:]),
    "list_keys": (None, ROLES),
    "read_key": (None, ROLES),
    "revoke_key": (None, ROLES),
}
"""What this API promises, written down a second time: a route that is not here fails the test below."""


def test_the_table_says_what_is_promised_here_and_covers_every_route(app: Flask) -> None:
    served = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api")}
    assert served == set(OPERATIONS) | OPEN
    assert {each.name: (each.scope, roles_of(each)) for each in OPERATIONS.values()} == {
        name: (scope, frozenset(roles)) for name, (scope, roles) in EXPECTED.items()
    }
    assert not set(RULES) & served


def asked(program: Program, operation: Operation) -> tuple[int, str]:
    """How a request to an operation is met, which would otherwise fail for having no body or leading nowhere."""
    answer = program(operation.method, filled(operation), {} if operation.asks else None)
    return problem(answer) if answer.status_code >= 400 else (answer.status_code, "")


def filled(operation: Operation) -> str:
    """The path of an operation to something that is not there."""
    return re.sub("<[^>]+>", "none", operation.path)


REFUSED = {"scope-missing", "role-missing", "test-key", "key-missing", "key-unknown", "key-expired", "key-revoked"}


@pytest.mark.parametrize("role", ROLES)
def test_every_route_lets_in_the_scopes_and_roles_of_the_table(program: Programs, role: str) -> None:
    for scope in SCOPES:
        for test in (False, True):
            caller = program(role, scopes=(scope,), test=test)
            for operation in OPERATIONS.values():
                wanted, roles = EXPECTED[operation.name]
                status, kind = asked(caller, operation)
                place = (operation.name, scope, role, test)
                if wanted not in (None, scope):
                    assert (status, kind) == (403, "scope-missing"), place
                elif role not in roles:
                    assert (status, kind) == (403, "role-missing"), place
                elif operation.stores and test:
                    assert (status, kind) == (403, "test-key"), place
                else:
                    assert kind not in REFUSED | {"internal"}, place


def test_nobody_gets_in_without_a_key_that_is_in_force(app: Flask, program: Programs, store: Store) -> None:
    def changed(secret: str, **values: object) -> None:
        with store.writing() as connection:
            mine = api_key.c.id == keys.of(connection, secret).id
            connection.execute(update(api_key).where(mine).values(**values))

    expired, revoked, client = program(), program(), app.test_client()
    changed(expired.secret, expires_at=before_now(1))
    changed(revoked.secret, revoked_at=before_now(1))
    unknown = replace(expired, secret=expired.secret[:-4] + "0000")
    for operation in OPERATIONS.values():
        for caller, kind in ((expired, "key-expired"), (revoked, "key-revoked"), (unknown, "key-unknown")):
            assert asked(caller, operation) == (401, kind), operation.name
        for header in ("", "Bearer", "Bearer ", f"Basic {expired.secret}", expired.secret):
            answer = client.open(
                f"/api/v1{filled(operation)}", method=operation.method, headers={"Authorization": header}
            )
            assert problem(answer) == (401, "key-missing") and answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", ROLES)
def test_a_session_of_the_desk_is_no_key(as_role: Callable[[str], FlaskClient], role: str) -> None:
    client = as_role(role)
    for operation in OPERATIONS.values():
        answer = client.open(f"/api/v1{filled(operation)}", method=operation.method, json={})
        assert problem(answer) == (401, "key-missing"), operation.name


@pytest.mark.parametrize("role", ROLES)
def test_a_key_is_no_session_of_the_desk(app: Flask, program: Programs, role: str) -> None:
    caller = program(role)
    for rule, method in ROUTES:
        if EXPECTED_AT_THE_DESK[rule.endpoint] not in ("", "page", "form"):
            headers = {"Authorization": f"Bearer {caller.secret}"}
            answer = caller.client.open(address(app, rule), method=method, headers=headers)
            assert answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in"), rule


def test_a_route_that_is_in_no_table_is_refused_to_everybody(app: Flask, program: Programs) -> None:
    app.add_url_rule("/api/v1/forgotten", "api.forgotten", lambda: "secret")
    answer = program("admin")("GET", "/forgotten")
    assert problem(answer) == (403, "role-missing") and "secret" not in answer.text


def test_the_description_needs_no_key(app: Flask) -> None:
    client = app.test_client()
    for path in ("openapi.json", "docs", "problems/overtaken"):
        assert client.get(f"/api/v1/{path}").status_code == 200
    assert problem(client.get("/api/v1/problems/none")) == (404, "not-found")


def test_a_role_that_is_taken_away_is_taken_from_the_key(program: Programs, store: Store) -> None:
    caller = program("editor")
    assert asked(caller, OPERATIONS["api.read_log"]) == (200, "")
    with store.writing() as connection:
        accounts.change(connection, "Editor", by="test", role="reporter")
    assert asked(caller, OPERATIONS["api.read_log"]) == (403, "role-missing")


def test_another_site_s_page_may_send_a_key_of_its_own(program: Programs) -> None:
    answer = program()("GET", "/keys", Origin="https://cms.example", Sec_Fetch_Site="cross-site")
    assert answer.status_code == 200 and "Access-Control-Allow-Origin" not in answer.headers


def test_a_key_knows_and_ends_itself_alone_unless_its_scope_says_more(program: Programs) -> None:
    lost, same, keeper = (program(scopes=scopes) for scopes in (("check", "read", "review"), ("check",), ("keys",)))

    def id_of(each: Program) -> str:
        return each.secret.split("_")[2]

    assert [each["id"] for each in lost("GET", "/keys").get_json()["items"]] == [id_of(lost)]
    assert len(keeper("GET", "/keys").get_json()["items"]) == 3
    for method in ("GET", "DELETE"):
        for other in (same, keeper):
            assert problem(lost(method, f"/keys/{id_of(other)}")) == (404, "not-found")
    assert same("GET", f"/keys/{id_of(same)}").status_code == keeper("GET", f"/keys/{id_of(same)}").status_code == 200
    for one, other in ((lost, lost), (keeper, same), (keeper, keeper)):
        assert one("DELETE", f"/keys/{id_of(other)}").status_code == 204
        assert problem(other("GET", "/keys")) == (401, "key-revoked")
