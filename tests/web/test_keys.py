"""Keys are made on the account's page, shown once, and revoked by their owner or an admin."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.store import keys
from web.store.keys import Key

Roles = Callable[[str], FlaskClient]
Send = Callable[..., TestResponse]
PAGE = "/account/keys"


def held(app: Flask) -> tuple[Key, ...]:
    with app.extensions["desk"].store.reading() as connection:
        return keys.listed(connection)


def secret_on(answer: TestResponse) -> str:
    found = re.search(r"onr_(?:live|test)_[0-9a-f]{12}_[0-9a-f]{64}", answer.text)
    return found.group() if found else ""


def test_a_key_is_shown_once_and_opens_the_api(app: Flask, as_role: Roles, send: Send) -> None:
    client = as_role("reporter")
    made = send(client, PAGE, page=PAGE, label="Our CMS", scopes=["check", "read"], days="30")
    secret = secret_on(made)
    assert made.status_code == 200 and secret and made.headers["Cache-Control"] == "no-store"
    (key,) = held(app)
    assert (key.label, key.scopes, key.test, key.owner.name) == ("Our CMS", ("check", "read"), False, "Reporter")
    again = client.get(PAGE)
    assert not secret_on(again) and key.prefix in again.text and "Our CMS" in again.text
    answer = app.test_client().get("/api/v1/keys", headers={"Authorization": f"Bearer {secret}"})
    assert answer.get_json()["items"][0]["label"] == "Our CMS"


def test_a_test_key_is_one(app: Flask, as_role: Roles, send: Send) -> None:
    assert secret_on(send(as_role("reporter"), PAGE, page=PAGE, label="Try", kind="test")).startswith("onr_test_")
    assert held(app)[0].test


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"label": ""}, "what the key is for"),
        ({"label": "x", "scopes": []}, "one or more of the scopes"),
        ({"label": "x", "scopes": ["all"]}, "one or more of the scopes"),
        ({"label": "x", "days": "731"}, "1 to 730 days"),
        ({"label": "x", "days": "-1"}, "1 to 730 days"),
        ({"label": "x", "days": "two"}, "1 to 730 days"),
    ],
)
def test_what_a_key_cannot_be_is_said_beside_the_form(
    app: Flask, as_role: Roles, send: Send, fields: dict[str, object], says: str
) -> None:
    client = as_role("reporter")
    answer = send(client, PAGE, page=PAGE, **fields)
    assert answer.status_code == 400 and says in answer.text and held(app) == ()
    assert 'aria-invalid="true"' in answer.text
    client.set_cookie("language", "ru")
    assert says not in (russian := send(client, PAGE, page=PAGE, **fields).text) and "▲" in russian


def test_an_admin_sees_and_revokes_all_keys_others_their_own(app: Flask, as_role: Roles, send: Send) -> None:
    reporter, editor, admin = as_role("reporter"), as_role("editor"), as_role("admin")
    for client in (reporter, editor):
        send(client, PAGE, page=PAGE, label="Our CMS")
    theirs = {each.owner.name: each for each in held(app)}
    assert theirs["Editor"].prefix not in reporter.get(PAGE).text and theirs["Editor"].prefix in admin.get(PAGE).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', reporter.get(PAGE).text)
    assert token is not None
    foreign = reporter.post(f"{PAGE}/{theirs['Editor'].id}/revoke", data={"csrf_token": token.group(1)})
    assert foreign.status_code == 404
    assert send(admin, f"{PAGE}/{theirs['Editor'].id}/revoke", page=PAGE).status_code == 303
    assert send(reporter, f"{PAGE}/{theirs['Reporter'].id}/revoke", page=PAGE).status_code == 303
    assert all(each.revoked_at for each in held(app))
    assert "revoked" in reporter.get(PAGE).text
