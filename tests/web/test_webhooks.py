"""Webhooks at the desk: made with one's own key, shown once, followed and ended by their owner alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from web.store import keys, webhooks
from web.store.keys import Key, Scope
from web.store.schema import delivery
from web.store.webhooks import Webhook

Roles = Callable[[str], FlaskClient]
Send = Callable[..., TestResponse]
PAGE = "/account/webhooks"
URL = "https://cms.example/told"


def key(app: Flask, owner: str = "Editor", *scopes: Scope, test: bool = False) -> Key:
    with app.extensions["desk"].store.writing() as connection:
        wanted = scopes or ("webhooks", "check", "review")
        return keys.make(connection, owner, label="Our CMS", scopes=wanted, by="test", test=test)[0]


def held(app: Flask, owner: Key) -> tuple[Webhook, ...]:
    with app.extensions["desk"].store.reading() as connection:
        return webhooks.listed(connection, owner=owner.owner)


@pytest.fixture
def editor(as_role: Roles) -> FlaskClient:
    return as_role("editor")


def test_the_secret_of_a_new_one_is_shown_once(app: Flask, editor: FlaskClient, send: Send) -> None:
    mine = key(app)
    made = send(editor, PAGE, page=PAGE, url=f" {URL} ", events=["finding.ready", "review.decided"], key=mine.id)
    assert made.status_code == 200 and (secret := re.search(r"whsec_[\w+/=]+", made.text))
    (hook,) = held(app, mine)
    assert (hook.url, hook.events) == (URL, ("finding.ready", "review.decided"))
    again = editor.get(PAGE).text
    assert secret.group() not in again and URL in again and "in force" in again


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"url": "http://cms.example/told"}, "https"),
        ({"url": "https://169.254.169.254/"}, "public internet"),
        ({"url": "https://127.0.0.1:9/"}, "ONRECORD_PRIVATE_HOSTS"),
        ({"url": ""}, "begin with http"),
        ({"events": []}, "one or more of"),
        ({"events": ["all"]}, "one or more of"),
        ({"events": ["review.decided"]}, "needs the scope review as well"),
        ({"key": "none"}, "has the scope webhooks"),
    ],
)
def test_what_a_webhook_cannot_be_is_said_beside_its_field(
    app: Flask, editor: FlaskClient, send: Send, fields: dict[str, object], says: str
) -> None:
    mine = key(app, "Editor", "webhooks", "check")
    typed = {"url": URL, "events": ["finding.ready"], "key": mine.id} | fields
    answer = send(editor, PAGE, page=PAGE, **typed)
    assert answer.status_code == 400 and says in answer.text and 'aria-invalid="true"' in answer.text
    assert held(app, mine) == ()


def test_only_a_key_of_one_s_own_that_is_in_force_and_may_have_others_told_is_offered(
    app: Flask, as_role: Roles, editor: FlaskClient, send: Send
) -> None:
    as_role("admin")
    assert "Make one" in editor.get(PAGE).text
    others = [key(app, "Admin"), key(app, "Editor", "check"), key(app, test=True), key(app)]
    with app.extensions["desk"].store.writing() as connection:
        keys.revoke(connection, others[-1].id, by="test")
    mine = key(app)
    page = editor.get(PAGE).text
    assert mine.id in page and not any(each.id in page for each in others)
    for each in others:
        assert send(editor, PAGE, page=PAGE, url=URL, events=["finding.ready"], key=each.id).status_code == 400


def test_where_nothing_may_be_sent_none_is_made(app: Flask, editor: FlaskClient, send: Send) -> None:
    mine, desk = key(app), app.extensions["desk"]
    desk.settings = replace(desk.settings, egress="off")
    answer = send(editor, PAGE, page=PAGE, url=URL, events=["finding.ready"], key=mine.id)
    assert answer.status_code == 400 and "ONRECORD_EGRESS" in answer.text and held(app, mine) == ()


def test_what_was_sent_is_followed_and_sent_again_by_its_owner_alone(
    app: Flask, as_role: Roles, editor: FlaskClient, send: Send
) -> None:
    mine, admin, store = key(app), as_role("admin"), app.extensions["desk"].store
    with store.writing() as connection:
        hook, _ = webhooks.make(connection, mine, url=URL, events=["review.decided"])
        webhooks.tell(connection, "review.decided", {"review": "1"})
        (one,) = webhooks.deliveries(connection, hook.id)
    page, again = f"{PAGE}/{hook.id}", f"{PAGE}/{hook.id}/deliveries/{one.id}"
    assert "waiting" in editor.get(page).text and again not in editor.get(page).text
    with store.writing() as connection:
        connection.execute(update(delivery).values(state="failed", attempts=10, status=500, error="It was <b>."))
    shown = editor.get(page).text
    assert "given up" in shown and "It was &lt;b&gt;." in shown
    assert send(editor, again, page=page).status_code == 303
    with store.reading() as connection:
        assert {each.state for each in webhooks.deliveries(connection, hook.id)} == {"failed", "waiting"}
    assert admin.get(page).status_code == 404 and URL not in admin.get(PAGE).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', admin.get(PAGE).text)
    assert token is not None
    for address in (again, f"{page}/end"):
        assert admin.post(address, data={"csrf_token": token.group(1)}).status_code == 404
    assert send(editor, f"{page}/end", page=PAGE).status_code == 303
    assert "ended" in editor.get(PAGE).text and again not in editor.get(page).text


def test_who_only_reads_sees_them_and_makes_none(app: Flask, as_role: Roles) -> None:
    reader = as_role("read-only")
    key(app, "Read-only")
    assert "<form" not in reader.get(PAGE).text.partition("<main")[2]
