"""A batch under embargo: the same door, lists and files as of an article on the desk."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from checker.types import Article, Finding, Report
from tests.web.test_access import ROUTES
from web.exports.reports import FORMS
from web.store import audit, jobs, keys, webhooks
from web.store.clock import before_now
from web.store.findings import dump_report
from web.store.jobs import NewItem, Outcome
from web.store.schema import embargo

Roles = Callable[[str], FlaskClient]
Send = Callable[..., TestResponse]

TITLE, SAID = "Kestrel umbrella", "We opened the walnut ferry in May."
MARKS = (TITLE, "walnut")
UNTIL = {"embargo": "until", "embargo_until": "2999-05-04T18:00", "embargo_zone": "Europe/Berlin"}
AUTHOR, KEPT, PRIVY = "reporter", ("read-only", "checker"), ("reporter", "editor", "admin")


@pytest.fixture
def batch(app: Flask, as_role: Roles, send: Send, findings: list[Finding]) -> str:
    """The address of a batch that was handed in under embargo; one of its two quotations is checked."""
    client = as_role(AUTHOR)
    answer = send(client, "/batches", page="/batches", lines=f"{SAID}\nWe closed.", title=TITLE, **UNTIL)
    assert answer.status_code == 303, answer.text
    store = app.extensions["desk"].store
    leased = jobs.claim(store)
    report = Report(Article("1", SAID, title=TITLE), (findings[0],), findings[0].provenance)
    assert leased and jobs.finish(store, leased, Outcome(dump_report(report), {"verified": 1}, "{}"))
    return str(answer.headers["Location"])


def addresses(app: Flask, batch: str) -> list[tuple[str, str]]:
    """Every address about this batch with its method, as the map has them."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule, method in ROUTES:
            if rule.endpoint.startswith("batch.") and "id" in rule.arguments:
                for form in ("html", *FORMS) if "form" in rule.arguments else ("",):
                    values = {"id": batch.rpartition("/")[2], "number": 1, "form": form}
                    taken = {name: values[name] for name in rule.arguments}
                    found.append((method, adapter.build(rule.endpoint, taken)))
    return found


@pytest.mark.parametrize("role", KEPT)
def test_whoever_may_not_see_it_finds_no_word_of_it(app: Flask, batch: str, as_role: Roles, role: str) -> None:
    client = as_role(role)
    all_of_it = addresses(app, batch)
    assert len(all_of_it) >= 13
    for method, address in all_of_it:
        answer = client.open(address, method=method)
        assert answer.status_code == 403, (method, address)
        assert not [mark for mark in MARKS if mark in answer.text], (method, address)
    assert "This batch is under embargo until 2999-05-04 16:00 UTC" in client.get(batch).text
    assert TITLE not in client.get("/batches").text


def test_its_author_editors_and_admins_see_it_marked_and_no_file_of_it(batch: str, as_role: Roles) -> None:
    for role in PRIVY:
        client = as_role(role)
        for page in (batch, "/batches", f"{batch}/items/1"):
            shown = client.get(page).text
            assert TITLE in shown and "nder embargo" in shown, (role, page)
        assert "1 of 2 checked" in client.get(f"{batch}/progress").text
        for form in FORMS:
            answer = client.get(f"{batch}/export/{form}")
            assert answer.status_code == 403 and "can lift the embargo" in answer.text, form
            assert f"{batch}/export/{form}" not in client.get(batch).text, "what is refused is not offered"
        printed = client.get(f"{batch}/export/html").text
        assert "UNDER EMBARGO until 2999-05-04 16:00 UTC" in printed and "<title>UNDER EMBARGO" in printed


def test_it_is_lifted_set_again_and_ends_by_itself_and_the_log_says_so(
    app: Flask, batch: str, as_role: Roles, send: Send
) -> None:
    author, checker, store = as_role(AUTHOR), as_role("checker"), app.extensions["desk"].store
    assert send(author, f"{batch}/embargo/lift", page=batch).status_code == 303
    assert TITLE in checker.get(batch).text and checker.get(f"{batch}/export/csv").status_code == 200
    assert f'action="{batch}/embargo"' not in checker.get(batch).text, "a checker sets none"
    assert send(as_role("editor"), f"{batch}/embargo", page=batch, embargo="lifted").status_code == 303
    assert "until somebody lifts that" in checker.get(batch).text
    with store.writing() as connection:
        told = [(each.action, each.by) for each in audit.entries(connection, subject=batch.rpartition("/")[2])]
        connection.execute(update(embargo).values(until=before_now(1)))
    assert told == [
        ("batch-begun", "Reporter"), ("embargo-set", "Reporter"), ("embargo-lifted", "Reporter"), ("embargo-set", "Editor"),
    ]  # fmt: skip
    assert TITLE in checker.get(batch).text and TITLE in checker.get("/batches").text


def test_a_checker_who_makes_the_form_is_refused(batch: str, as_role: Roles, send: Send) -> None:
    assert send(as_role(AUTHOR), f"{batch}/embargo/lift", page=batch).status_code == 303
    checker = as_role("checker")
    answer = send(checker, f"{batch}/cancel", page=batch)
    assert answer.status_code == 303
    token = checker.get(batch).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = checker.post(f"{batch}/embargo", data={"csrf_token": token, "embargo": "lifted"})
    assert answer.status_code == 403 and "Only its author, an editor or an admin" in answer.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"embargo": "until", "embargo_until": "2001-01-01T10:00"}, "This moment is over"), ({"embargo": "perhaps"}, "Say whether")],
)  # fmt: skip
def test_what_is_wrong_with_it_stands_at_its_field_and_nothing_is_begun(
    batch: str, as_role: Roles, send: Send, fields: dict[str, str], says: str
) -> None:
    author = as_role(AUTHOR)
    answer = send(author, "/batches", page="/batches", lines="One more.", title="Second", **fields)
    assert answer.status_code == 400 and says in answer.text and "One more." in answer.text
    assert 'id="files-problem"' not in answer.text and "Second</a>" not in author.get("/batches").text
    answer = send(author, f"{batch}/embargo", page=batch, **fields)
    assert answer.status_code == 400 and says in answer.text


def test_no_webhook_is_told_of_it_and_what_waited_is_given_up(app: Flask, as_role: Roles, send: Send) -> None:
    as_role(AUTHOR)
    store = app.extensions["desk"].store
    with store.writing() as connection:
        key = keys.make(connection, "Reporter", label="CMS", scopes=("check", "webhooks"), by="test")[0]
        hook, _ = webhooks.make(connection, key, url="https://cms.example/", events=["finding.ready"])
        for name in ("free", "kept"):
            jobs.create(connection, name, [NewItem("a", "article", "{}")], by="Reporter", id=name)
    author = as_role(AUTHOR)
    assert send(author, "/batches/kept/embargo", page="/batches/kept", **UNTIL).status_code == 303
    while leased := jobs.claim(store):
        assert jobs.finish(store, leased, Outcome(error_code="input", error="no"))
    with store.reading() as connection:
        (told,) = webhooks.deliveries(connection, hook.id)
    assert json.loads(told.body)["data"]["article"] == "free" and told.state == "waiting"
    assert send(author, "/batches/free/embargo", page="/batches/free", **UNTIL).status_code == 303
    with store.writing() as connection:
        (told,) = webhooks.deliveries(connection, hook.id)
        assert (told.state, told.error) == ("failed", "It is under embargo.")
        with pytest.raises(webhooks.UnderEmbargo):
            webhooks.replay(connection, hook.id, told.id)


def test_the_embargo_of_a_batch_is_not_set_at_the_address_of_an_article(batch: str, as_role: Roles, send: Send) -> None:
    author, id = as_role(AUTHOR), batch.rpartition("/")[2]
    token = author.get(batch).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = author.post(f"/review/{id}/embargo/lift", data={"csrf_token": token})
    assert answer.status_code == 404
    assert "nder embargo" in author.get(batch).text
