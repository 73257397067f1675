"""Webhooks are made with a key that may know what they tell, seen by their owner alone, and told of what is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.api.conftest import ARTICLE, Program, Programs, problem
from web.review import steps
from web.store import Store, signing, webhooks
from web.store.schema import webhook

EVERYTHING = ["finding.ready", "review.decided", "signoff.voided", "source.changed"]
URL = "https://cms.example/told"


def begun(caller: Program, *events: str) -> dict[str, Any]:
    answer = caller("POST", "/webhooks", {"url": URL, "events": list(events or EVERYTHING)})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.get_json()
    return made


def told(caller: Program, id: str) -> list[tuple[str, dict[str, Any]]]:
    items = caller("GET", f"/webhooks/{id}/deliveries").get_json()["items"]
    return [(each["event"], each["body"]["data"]) for each in items]


def test_a_secret_is_shown_once_and_again_only_to_whoever_lost_the_answer(program: Programs, store: Store) -> None:
    caller = program()
    first, again = (
        caller("POST", "/webhooks", {"url": URL, "events": EVERYTHING}, Idempotency_Key="one") for _ in range(2)
    )
    made = first.get_json()
    assert made["secret"].startswith("whsec_") and first.data == again.data
    place = first.headers["Location"].removeprefix("/api/v1")
    for path in (place, "/webhooks", f"{place}/deliveries", "/audit"):
        assert made["secret"] not in caller("GET", path).text
    with store.reading() as connection:
        assert connection.execute(select(webhook.c.secret)).scalars().all() == [made["secret"]]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://cms.example/told", "https"),
        ("https://127.0.0.1/told", "public internet"),
        ("https://[::1]/told", "public internet"),
        ("https://169.254.169.254/", "public internet"),
        ("https://localhost/told", ""),
        ("https://user:word@cms.example/", ""),
    ],
)
def test_an_address_that_is_not_to_be_asked_is_refused(program: Programs, url: str, says: str) -> None:
    answer = program()("POST", "/webhooks", {"url": url, "events": EVERYTHING})
    assert problem(answer) == (403, "address-refused") and says in answer.get_json()["detail"]


def test_where_sending_is_switched_off_there_are_none(app: Flask, program: Programs) -> None:
    held = app.extensions["desk"]
    held.settings = replace(held.settings, egress="off")
    assert problem(program()("POST", "/webhooks", {"url": URL, "events": EVERYTHING})) == (403, "address-refused")


@pytest.mark.parametrize(
    ("event", "scope"), [("finding.ready", "check"), *((each, "review") for each in EVERYTHING[1:])]
)
def test_a_key_cannot_be_told_what_it_may_not_read(program: Programs, event: str, scope: Any) -> None:
    answer = program(scopes=("webhooks", "read"))("POST", "/webhooks", {"url": URL, "events": [event]})
    assert problem(answer) == (403, "scope-missing") and scope in answer.get_json()["detail"]
    begun(program(scopes=("webhooks", scope)), event)


def test_nobody_sees_or_ends_the_webhook_of_another(program: Programs) -> None:
    mine, other = program("editor"), program("admin")
    id = begun(mine)["id"]
    for method, path in (
        ("GET", ""), ("GET", "/deliveries"), ("DELETE", ""), ("POST", "/deliveries/none/replay"),
    ):  # fmt: skip
        assert problem(other(method, f"/webhooks/{id}{path}")) == (404, "not-found")
    assert other("GET", "/webhooks").get_json() == {"items": []}
    assert mine("DELETE", f"/webhooks/{id}").status_code == 204
    assert problem(mine("DELETE", f"/webhooks/{id}")) == (409, "not-now")
    assert mine("GET", f"/webhooks/{id}").get_json()["ended_because"]


def test_a_decision_and_a_void_sign_off_are_told_and_nothing_of_the_text(
    app: Flask, program: Programs, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, desk = program("editor"), app.extensions["desk"]
    hook = begun(caller)["id"]
    review = caller("POST", "/reviews", {"text": ARTICLE}).get_json()
    for each in review["statements"]:
        asked = {"decision": "accept", "statement": each["statement"], "basis": each["basis"], "seen": each["seen"]}
        assert caller("POST", f"/reviews/{review['id']}/decisions", asked).status_code == 201
    version = caller("GET", f"/reviews/{review['id']}").get_json()["version"]
    steps.sign(desk, review["id"], seen=version, by="Editor")
    with store.reading() as connection:
        document = next(iter(signing.sources_changed(connection, lambda *_: False).values()))
    monkeypatch.setattr(type(desk), "is_as_it_was", lambda *_: False)
    desk.sources_seen = None
    steps.look_at_sources(desk)
    found = told(caller, hook)
    assert sorted(event for event, _ in found) == [
        "review.decided",
        "review.decided",
        "signoff.voided",
        "source.changed",
    ]
    assert all(data["review"] == review["id"] for _, data in found)
    assert ("source.changed", {"document": document, "review": review["id"]}) in found
    assert "treaty" not in caller("GET", f"/webhooks/{hook}/deliveries").text


def test_an_article_that_was_checked_is_told(program: Programs, work: Callable[[], None]) -> None:
    caller = program("reporter")
    hook = begun(caller, "finding.ready")["id"]
    article = caller("POST", "/articles", {"text": ARTICLE}).get_json()["id"]
    assert told(caller, hook) == []
    work()
    assert told(caller, hook) == [("finding.ready", {"article": article, "item": 1, "state": "done"})]


def test_a_delivery_is_asked_for_again_once(program: Programs, store: Store) -> None:
    caller = program()
    hook = begun(caller)["id"]
    with store.writing() as connection:
        webhooks.tell(connection, "review.decided", {"review": "1"})
    path = f"/webhooks/{hook}/deliveries"
    (first,) = caller("GET", path).get_json()["items"]
    assert problem(caller("POST", f"{path}/{first['id']}/replay")) == (409, "not-now")
    with store.writing() as connection:
        due = webhooks.claim(connection)
        assert due is not None
        webhooks.settle(connection, due, status=204, error=None)
    one, two = (caller("POST", f"{path}/{first['id']}/replay", Idempotency_Key="again") for _ in range(2))
    assert one.status_code == 202 and one.data == two.data
    pages = [caller("GET", f"{path}?limit=1")]
    pages.append(caller("GET", pages[0].headers["Link"].partition("<")[2].partition(">")[0].removeprefix("/api/v1")))
    assert [each.get_json()["items"][0]["message_id"] for each in pages] == [first["message_id"]] * 2
    assert pages[1].get_json()["next"] is None
