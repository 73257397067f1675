"""Reviews through a key: the desk's own steps, with the desk's own rules."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.web.api.conftest import ARTICLE, Program, Programs, problem
from web.api.shapes.reviews import Ground
from web.store import Store, audit, decisions
from web.store.decisions import GROUNDS

SENT = {"text": ARTICLE, "title": "Bridge first"}


@pytest.fixture
def review(program: Programs) -> dict[str, Any]:
    answer = program("reporter")("POST", "/reviews", SENT)
    assert answer.status_code == 201
    found: dict[str, Any] = answer.get_json()
    assert answer.headers["Location"] == f"/api/v1/reviews/{found['id']}"
    return found


def decide(caller: Program, review: dict[str, Any], number: int = 0, **changes: object) -> Any:
    about = review["statements"][number]
    body = {name: about[name] for name in ("statement", "basis", "seen")} | {"decision": "accept"} | changes
    return caller("POST", f"/reviews/{review['id']}/decisions", body)


def test_a_review_is_sent_decided_and_read_as_the_desk_has_it(
    program: Programs, review: dict[str, Any], store: Store
) -> None:
    checker = program("checker")
    assert [each["finding"]["status"] for each in review["statements"]] == ["verified", "unsourced"]
    accepted = decide(checker, review)
    assert accepted.status_code == 201 and accepted.get_json()["decision"]["by"] == "Checker"
    overridden = decide(checker, review, 1, decision="override", status="verified", ground="own-recording", note="We have a tape.")  # fmt: skip
    assert overridden.get_json()["decision"]["status"] == "verified"
    assert overridden.get_json()["finding"]["status"] == "unsourced"
    read = checker("GET", f"/reviews/{review['id']}").get_json()
    assert (read["decided"], read["state"], read["author"]) == (2, "open", "Reporter")
    history = checker("GET", f"/reviews/{review['id']}/decisions").get_json()["items"]
    assert [(each["decision"], each["by"]) for each in history] == [("accept", "Checker"), ("override", "Checker")]
    with store.reading() as connection:
        assert len(decisions.histories(connection, review["id"])) == 2
        assert [each.action for each in audit.entries(connection, subject=review["id"])][-2:] == ["decide", "decide"]


def test_a_decision_about_something_else_is_not_made(program: Programs, review: dict[str, Any]) -> None:
    checker, editor = program("checker"), program("editor")
    assert decide(checker, review).status_code == 201
    assert problem(decide(editor, review)) == (409, "overtaken")
    assert problem(decide(editor, review, 1, basis="other")) == (409, "overtaken")
    assert problem(decide(editor, review, 1, statement="none")) == (404, "not-found")
    assert problem(decide(editor, review, 1, decision="withdraw")) == (409, "not-now")


def test_a_decision_is_taken_back_and_stays_in_the_history(program: Programs, review: dict[str, Any]) -> None:
    checker = program("checker")
    made = decide(checker, review).get_json()
    undone = decide(checker, review, seen=made["seen"], decision="withdraw").get_json()
    assert undone["decision"] is None
    history = checker("GET", f"/reviews/{review['id']}/decisions").get_json()["items"]
    assert [each["decision"] for each in history] == ["accept", "withdraw"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"decision": "override", "ground": "judgement", "note": "x"}, "/status"),
        ({"decision": "override", "status": "verified", "note": "x"}, "/ground"),
        ({"decision": "override", "status": "verified", "ground": "judgement"}, "/note"),
        ({"decision": "override", "status": "verified", "ground": "judgement", "note": " \n"}, "/note"),
        ({"decision": "approve"}, ""),
        ({"status": "verified"}, "/status"),
        ({"decision": "override", "status": "verified", "ground": "hearsay", "note": "x"}, "/ground"),
        ({"seen": -1}, "/seen"),
    ],
)
def test_what_a_decision_lacks_is_named(program: Programs, review: dict[str, Any], changes: Any, pointer: str) -> None:
    answer = decide(program("checker"), review, **changes)
    assert problem(answer) == (422, "invalid-request") and answer.get_json()["errors"][0]["pointer"] == pointer


def test_the_grounds_are_those_of_the_desk() -> None:
    assert set(get_args(Ground)) == set(GROUNDS)


def test_the_queue_is_narrowed_and_paged(program: Programs, review: dict[str, Any]) -> None:
    reporter = program("reporter")
    other = program("editor")("POST", "/reviews", SENT | {"title": "Second"}).get_json()["id"]
    mine = reporter("GET", "/reviews?mine=yes").get_json()["items"]
    assert [each["id"] for each in mine] == [review["id"]] and mine[0]["statements"] == 2
    first = reporter("GET", "/reviews?limit=1").get_json()
    second = reporter("GET", f"/reviews?limit=1&cursor={first['next']}").get_json()
    assert {first["items"][0]["id"], second["items"][0]["id"]} == {review["id"], other} and second["next"] is None
    assert reporter("GET", "/reviews?state=void").get_json()["items"] == []
    assert problem(reporter("GET", "/reviews?state=lost")) == (422, "invalid-request")


def test_what_is_not_under_review_is_not_found(program: Programs) -> None:
    caller = program()
    for path in ("/reviews/none", "/reviews/none/decisions"):
        assert problem(caller("GET", path)) == (404, "not-found")
    assert problem(caller("POST", "/reviews", {"text": ""})) == (422, "invalid-request")
    assert problem(caller("POST", "/reviews", {"text": "я" * 600_000})) == (413, "too-large")
