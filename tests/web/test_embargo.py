"""An article under embargo: whoever may not see it finds no word of it anywhere, and nothing of it leaves the desk."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.web.test_access import ROUTES
from web.access import RULES
from web.cases import cases
from web.exports.reports import FORMS
from web.review import steps
from web.store import audit, keys, webhooks
from web.store.clock import before_now
from web.store.schema import embargo

Roles = Callable[[str], FlaskClient]
Send = Callable[..., TestResponse]

TITLE, SAID = "Kestrel umbrella", "We will raise the toll by 4.2 percent this year"
TEXT = f"“{SAID}”, said Tosk of the walnut plan."
MARKS = (TITLE, "walnut", SAID)
UNTIL = {"embargo": "until", "embargo_until": "2999-05-04T18:00", "embargo_zone": "Europe/Berlin"}
AUTHOR, KEPT, PRIVY = "reporter", ("", "read-only", "checker"), ("reporter", "editor", "admin")


@pytest.fixture
def case(app: Flask, as_role: Roles, send: Send, checker: Any) -> str:
    """The address of an article that came to the desk under embargo."""
    checker.attributed = (SAID,)
    answer = send(as_role(AUTHOR), "/review", page="/review/new", text=TEXT, title=TITLE, **UNTIL)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def id_of(case: str) -> str:
    return case.rpartition("/")[2]


def holds(answer: TestResponse) -> list[str]:
    return [mark for mark in MARKS if mark in answer.text]


def addresses(app: Flask, case: str) -> list[tuple[str, str, str]]:
    """Every address of the desk with its method, those of an article leading to this one."""
    filled = {
        "id": id_of(case),
        "anchor": "none",
        "name": "none",
        "number": 1,
        "comment_id": 1,
        "delivery": "none",
    }
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule, method in ROUTES:
            for form in ("html", "csv", "jsonl", "docx", *FORMS) if "form" in rule.arguments else ("",):
                if form and rule.endpoint == "checks.keep" and form == "html":
                    continue
                values: dict[str, object] = {name: filled.get(name, form) for name in rule.arguments}
                try:
                    found.append((rule.endpoint, method, adapter.build(rule.endpoint, values)))
                except Exception:  # noqa: BLE001  # a form that this address does not have
                    assert form
    return found


def of_article(endpoint: str, address: str, case: str) -> bool:
    return id_of(case) in address and endpoint.partition(".")[0] in ("checks", "review", "sources")


@pytest.mark.parametrize("role", KEPT)
def test_whoever_may_not_see_it_finds_no_word_of_it_at_any_address(
    app: Flask, case: str, as_role: Roles, role: str
) -> None:
    client, refused = as_role(role), 0
    for endpoint, method, address in addresses(app, case):
        if endpoint in ("accounts.sign_out", "static"):
            continue
        answer = client.open(address, method=method)
        assert holds(answer) == [], (endpoint, method)
        if of_article(endpoint, address, case):
            to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in")
            assert answer.status_code == 403 or (to_sign_in and not role), (endpoint, method, answer.status_code)
            refused += "under embargo until 2999-05-04 16:00 UTC (2999-05-04 18:00 Europe/Berlin)" in answer.text
    assert refused >= 8


def test_its_author_editors_and_admins_see_it_marked_in_words(case: str, as_role: Roles) -> None:
    for role in PRIVY:
        client = as_role(role)
        for page in (case, f"/checks/{id_of(case)}", f"{case}/history", f"{case}/text", "/review"):
            assert TITLE in client.get(page).text, (role, page)
        for page in (case, f"/checks/{id_of(case)}", "/review"):
            assert "nder embargo" in client.get(page).text, (role, page)


def test_nothing_of_it_leaves_the_desk_and_the_refusal_says_how_it_ends(case: str, as_role: Roles) -> None:
    for role in PRIVY:
        client = as_role(role)
        files = [f"{case}/export/{form}" for form in ("csv", "jsonl", "docx")]
        files += [f"/checks/{id_of(case)}/report", *(f"/checks/{id_of(case)}/report.{form}" for form in FORMS)]
        for file in files:
            answer = client.get(file)
            assert answer.status_code == 403 and holds(answer) == [], file
            assert "under embargo until 2999-05-04 16:00 UTC" in answer.text and "can lift the embargo" in answer.text
        offered = re.findall(
            r'href="([^"]*/(?:export|report)[^"]*)"', client.get(case).text + client.get(f"/checks/{id_of(case)}").text
        )
        assert offered == [f"{case}/export/html"], "what is refused is not offered"
        printed = client.get(f"{case}/export/html").text
        assert "UNDER EMBARGO until 2999-05-04 16:00 UTC" in printed and "<title>UNDER EMBARGO" in printed


def test_lifting_it_opens_everything_at_once(app: Flask, case: str, as_role: Roles, send: Send) -> None:
    checker, author = as_role("checker"), as_role(AUTHOR)
    assert TITLE not in checker.get("/review").text
    assert send(author, f"{case}/embargo/lift", page=case).status_code == 303
    assert TITLE in checker.get("/review").text and TITLE in checker.get(case).text
    assert checker.get(f"{case}/export/csv").status_code == 200
    assert TITLE in as_role("").get(f"/checks/{id_of(case)}").text
    with app.extensions["desk"].store.reading() as connection:
        told = [(each.action, each.by) for each in audit.entries(connection, subject=id_of(case))]
    assert told == [("review-opened", "Reporter"), ("embargo-set", "Reporter"), ("embargo-lifted", "Reporter")]


def test_it_ends_by_itself(app: Flask, case: str, as_role: Roles) -> None:
    with app.extensions["desk"].store.writing() as connection:
        connection.execute(update(embargo).values(until=before_now(1)))
    page = as_role("checker").get(case).text
    assert TITLE in page and "nder embargo" not in page.replace("Put under embargo", "").replace("Under embargo?", "")


def test_a_checker_neither_sets_one_nor_is_given_the_work_while_one_stands(
    case: str, as_role: Roles, send: Send, checker: Any
) -> None:
    free = send(as_role(AUTHOR), "/review", page="/review/new", text=TEXT, title="Free").headers["Location"]
    other, editor = as_role("checker"), as_role("editor")
    assert f'action="{free}/embargo"' not in other.get(free).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', other.get(free).text)
    assert token
    answer = other.post(f"{free}/embargo", data={"csrf_token": token[1], "embargo": "lifted"})
    assert answer.status_code == 403 and "Only its author, an editor or an admin" in answer.text
    assert "<option>Checker" not in editor.get(case).text and "<option>Checker" in editor.get(free).text
    answer = send(editor, f"{case}/assignment", page=case, assignee="Checker")
    assert answer.status_code == 400 and "not shown this article" in answer.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"embargo": "until", "embargo_until": "2001-01-01T10:00"}, "This moment is over"),
        ({"embargo": "until", "embargo_until": "soon"}, "Write until when"),
        (UNTIL | {"embargo_zone": "Berlin"}, "Write the time zone as"),
        ({"embargo": "perhaps"}, "Say whether there is an embargo"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_keeps_what_was_typed(
    as_role: Roles, send: Send, checker: Any, fields: dict[str, str], says: str
) -> None:
    checker.attributed = (SAID,)
    author = as_role(AUTHOR)
    answer = send(author, "/review", page="/review/new", text=TEXT, title=TITLE, **fields)
    assert answer.status_code == 400 and says in answer.text and TITLE in answer.text
    assert TITLE not in author.get("/review").text, "nothing came to the desk without its embargo"
    case = send(author, "/review", page="/review/new", text=TEXT, title=TITLE).headers["Location"]
    answer = send(author, f"{case}/embargo", page=case, **fields)
    assert answer.status_code == 400 and says in answer.text


def test_a_check_can_be_sent_to_the_desk_under_embargo(as_role: Roles, send: Send, checker: Any) -> None:
    checker.attributed = (SAID,)
    author = as_role(AUTHOR)
    check = author.post("/check", data={"text": TEXT, "kind": "article"}).headers["Location"]
    assert send(author, "/review", page=check, embargo="lifted").status_code == 303
    for role in KEPT:
        answer = as_role(role).get(check)
        assert answer.status_code == 403 and "until somebody lifts that" in answer.text and holds(answer) == []


def test_words_decided_about_in_it_are_not_remembered_elsewhere(case: str, as_role: Roles, send: Send) -> None:
    editor = as_role("editor")
    anchor = re.findall(r'id="ruling-([^"]+)"', editor.get(case).text)[0]
    assert send(editor, f"{case}/decisions/{anchor}", page=case, kind="accept", note="Walnut.").status_code == 303
    again = send(editor, "/review", page="/review/new", text=f"Again. {TEXT}", title="Other").headers["Location"]
    for client, seen in ((editor, True), (as_role("checker"), False)):
        page = client.get(again).text
        assert ("Walnut." in page) is seen and (TITLE in page) is seen


def test_alerts_about_it_wait_for_those_who_may_not_see_it(case: str, as_role: Roles, send: Send) -> None:
    checker, editor, author = as_role("checker"), as_role("editor"), as_role(AUTHOR)
    assert (
        send(author, f"{case}/comments", page=case, comment="@Checker and @Editor, the walnut plan!").status_code == 303
    )
    assert "walnut" in editor.get("/review/alerts").text
    assert "walnut" not in checker.get("/review/alerts").text
    send(author, f"{case}/embargo/lift", page=case)
    assert "walnut" in checker.get("/review/alerts").text


def test_no_webhook_is_told_of_it_and_what_waited_is_given_up(
    app: Flask, case: str, as_role: Roles, send: Send
) -> None:
    editor, store = as_role("editor"), app.extensions["desk"].store
    with store.writing() as connection:
        key = keys.make(connection, "Editor", label="CMS", scopes=("review", "webhooks"), by="test")[0]
        hook, _ = webhooks.make(connection, key, url="https://cms.example/", events=["review.decided"])
    free = send(editor, "/review", page="/review/new", text=TEXT, title="Free").headers["Location"]
    for each in (case, free):
        anchor = re.findall(r'id="ruling-([^"]+)"', editor.get(each).text)[0]
        assert send(editor, f"{each}/decisions/{anchor}", page=each, kind="accept").status_code == 303
    with store.reading() as connection:
        (told,) = webhooks.deliveries(connection, hook.id)
    assert json.loads(told.body)["data"]["review"] == id_of(free) and told.state == "waiting"
    assert send(editor, f"{free}/embargo", page=free, **UNTIL).status_code == 303
    with store.writing() as connection:
        (told,) = webhooks.deliveries(connection, hook.id)
        assert (told.state, told.error) == ("failed", "It is under embargo.")
        assert webhooks.claim(connection) is None
        with pytest.raises(webhooks.UnderEmbargo):
            webhooks.replay(connection, hook.id, told.id)
    assert send(editor, f"{free}/embargo/lift", page=free).status_code == 303
    with store.writing() as connection:
        assert webhooks.replay(connection, hook.id, told.id).state == "waiting"


def test_the_log_the_metrics_and_the_command_of_cases_say_nothing_of_it(
    app: Flask, case: str, as_role: Roles, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, held = as_role("editor"), app.extensions["desk"]
    check = f"/checks/{id_of(case)}"
    anchor = re.search(r'name="anchor" value="([^"]+)"', editor.get(f"{check}?whole=1").text)
    assert anchor
    said = {"anchor": anchor[1], "expected": "verified", "note": "walnut"}
    assert editor.post(f"{check}/cases", data=said).status_code == 303
    done = CliRunner().invoke(cases, ["--desk", str(held.store.address.database)])
    assert done.exit_code == 0 and done.stdout == "" and "under embargo" in done.stderr
    with caplog.at_level(logging.DEBUG):
        for role in (*KEPT, *PRIVY):
            as_role(role).get(case)
        with held.store.writing() as connection:
            steps.signing.sign(
                connection, id_of(case), revision=1, sha256="", sources={"walnut-minutes": (1, "a")}, by="Editor"
            )
        held.sources_seen = ""
        assert steps.look_at_sources(held) == (id_of(case),)
    assert "is void" in caplog.text and not [mark for mark in MARKS if mark in caplog.text]


def test_every_address_of_an_article_is_behind_the_same_door() -> None:
    named = {endpoint for endpoint in RULES if endpoint.partition(".")[0] in ("checks", "review", "sources")}
    takes = {rule.endpoint for rule, _ in ROUTES if rule.endpoint in named and "id" in rule.arguments}
    assert named - takes == {
        "checks.ask_again", "checks.check", "review.queue", "review.alerts", "review.see", "review.begin", "review.send",
    }  # fmt: skip
    assert not any("article" in argument for rule, _ in ROUTES for argument in rule.arguments)
