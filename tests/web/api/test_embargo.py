"""Embargoes through a key: set, read and lifted by those who may, and in no list for anybody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api.conftest import ARTICLE, Program, Programs, problem
from web.api.contract import OPERATIONS
from web.store.keys import Scope

UNTIL = "2999-05-04T18:00:00+02:00"
SENT = {"text": f"{ARTICLE} Walnut.", "title": "Kestrel umbrella"}
MARKS = ("Kestrel", "Walnut", "Nobody here likes rain")


@pytest.fixture
def review(program: Programs) -> dict[str, Any]:
    answer = program("reporter")("POST", "/reviews", SENT | {"embargo": {"until": UNTIL}})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def everything(caller: Program, id: str) -> str:
    """All that a key reads, of every list and of this article."""
    found = []
    for operation in OPERATIONS.values():
        if operation.method == "GET" and operation.name != "follow_article":
            found.append(caller("GET", operation.path.replace("<path:id>", id).replace("<id>", id)).text)
    return "".join(found)


def test_it_is_read_back_as_it_was_sent(program: Programs, review: dict[str, Any]) -> None:
    assert review["embargo"]["until"] == "2999-05-04T16:00:00.000000Z"
    assert (review["embargo"]["local"], review["embargo"]["set_by"]) == (UNTIL, "Reporter")
    path = f"/reviews/{review['id']}"
    for role in ("reporter", "editor", "admin"):
        assert program(role)("GET", path).get_json()["embargo"] == review["embargo"]
    assert program("editor")("POST", f"{path}/embargo", {"until": None}).get_json()["until"] is None
    assert program("reporter")("DELETE", f"{path}/embargo").status_code == 204
    assert program("checker")("GET", path).get_json()["embargo"] is None
    assert problem(program("reporter")("DELETE", f"{path}/embargo")) == (409, "not-now")


@pytest.mark.parametrize("role", ["read-only", "checker"])
def test_others_keys_read_no_word_of_it(program: Programs, review: dict[str, Any], role: str) -> None:
    caller, path = program(role), f"/reviews/{review['id']}"
    for each in (path, f"{path}/decisions"):
        answer = caller("GET", each)
        assert problem(answer) == (403, "under-embargo") and "can lift the embargo" in answer.get_json()["detail"]
    if role == "checker":
        asked = {"statement": "none", "basis": "", "seen": 0, "decision": "accept"}
        for body, each in ((asked, "decisions"), ({"until": None}, "embargo")):
            assert problem(caller("POST", f"{path}/{each}", body)) == (403, "under-embargo")
        assert problem(caller("DELETE", f"{path}/embargo")) == (403, "under-embargo")
    read = everything(caller, review["id"])
    assert [mark for mark in MARKS if mark in read] == []


@pytest.mark.parametrize("role", ["reporter", "editor", "admin"])
def test_it_stands_in_no_list_whoever_asks(program: Programs, review: dict[str, Any], role: str) -> None:
    caller = program(role)
    for query in ("", "?mine=yes", "?state=open"):
        assert caller("GET", f"/reviews{query}").get_json()["items"] == []
    if role != "reporter":
        program("reporter")  # its account is there already
        log = caller("GET", f"/audit?subject={review['id']}").get_json()["items"]
        assert {each["action"] for each in log} == {"review-opened", "embargo-set"}
        assert all(each["detail"] == {"withheld": "under embargo"} for each in log)
    program("reporter")("DELETE", f"/reviews/{review['id']}/embargo")
    assert [each["id"] for each in caller("GET", "/reviews").get_json()["items"]] == [review["id"]]


def test_a_decision_that_is_asked_for_twice_is_not_answered_from_memory_to_whoever_may_not_see_it(
    program: Programs, review: dict[str, Any]
) -> None:
    author, checker, path = program("reporter"), program("checker"), f"/reviews/{review['id']}"
    author("DELETE", f"{path}/embargo")
    statement = checker("GET", path).get_json()["statements"][0]
    body = {name: statement[name] for name in ("statement", "basis", "seen")} | {"decision": "accept"}
    assert checker("POST", f"{path}/decisions", body, Idempotency_Key="one").status_code == 201
    assert author("POST", f"{path}/embargo", {"until": UNTIL}).status_code == 200
    assert problem(checker("POST", f"{path}/decisions", body, Idempotency_Key="one")) == (403, "under-embargo")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"until": "2001-01-01T00:00:00Z"}, (409, "not-now")),
        ({"until": "9999-12-31T23:59:59-14:00"}, (409, "not-now")),
        ({"until": "2999-05-04T18:00:00"}, (422, "invalid-request")),
        ({"until": "2999-02-30T18:00:00Z"}, (422, "invalid-request")),
        ({"until": "tomorrow"}, (422, "invalid-request")),
        ({}, (422, "invalid-request")),
        ({"until": None, "zone": "UTC"}, (422, "invalid-request")),
    ],
)
def test_a_moment_that_cannot_be_is_refused_and_nothing_is_kept(
    program: Programs, body: Any, found: tuple[int, str]
) -> None:
    author = program("reporter")
    assert problem(author("POST", "/reviews", SENT | {"embargo": body})) == found
    assert author("GET", "/reviews").get_json()["items"] == []
    free = author("POST", "/reviews", SENT).get_json()
    assert free["embargo"] is None
    assert problem(author("POST", f"/reviews/{free['id']}/embargo", body)) == found


def test_whoever_may_not_set_one_is_told_who_may(program: Programs) -> None:
    free = program("reporter")("POST", "/reviews", SENT).get_json()
    answer = program("checker")("POST", f"/reviews/{free['id']}/embargo", {"until": None})
    assert problem(answer) == (403, "role-missing") and "Only its author" in answer.get_json()["detail"]


def test_a_key_needs_the_scope_of_reviews(program: Programs, review: dict[str, Any]) -> None:
    scopes: tuple[Scope, ...] = ("check", "read")
    caller = program("editor", scopes=scopes)
    assert problem(caller("POST", f"/reviews/{review['id']}/embargo", {"until": None})) == (403, "scope-missing")


def test_an_article_that_is_only_checked_comes_under_embargo_as_one_on_the_desk_does(
    program: Programs, as_role: Any
) -> None:
    author, editor = program("reporter"), program("editor")
    sent = author("POST", "/articles", SENT | {"embargo": {"until": UNTIL}})
    assert sent.status_code == 202 and sent.get_json()["embargo"]["until"] == "2999-05-04T16:00:00.000000Z"
    id = sent.get_json()["id"]
    assert author("GET", f"/articles/{id}").status_code == 200, "its sender sees what became of it"
    for part in ("", "/report", "/results", "/events"):
        for other in (program("checker"), editor):
            assert problem(other("GET", f"/articles/{id}{part}")) == (404, "not-found")
    (begun, imposed) = editor("GET", f"/audit?subject={id}").get_json()["items"]
    assert begun["detail"] == imposed["detail"] == {"withheld": "under embargo"}
    assert [mark for mark in MARKS if mark in everything(program("checker"), id)] == []
    checker = as_role("checker")
    assert checker.get(f"/batches/{id}").status_code == 403 and "Kestrel" not in checker.get("/batches").text
    assert author("POST", f"/articles/{id}/embargo", {"until": None}).get_json()["until"] is None
    assert problem(editor("DELETE", f"/articles/{id}/embargo")) == (404, "not-found")
    assert author("DELETE", f"/articles/{id}/embargo").status_code == 204
    assert author("GET", f"/articles/{id}").get_json()["embargo"] is None
    assert problem(author("DELETE", f"/articles/{id}/embargo")) == (409, "not-now")
    assert checker.get(f"/batches/{id}").status_code == 200


@pytest.mark.parametrize(
    ("until", "found"), [("2001-01-01T00:00:00Z", (409, "not-now")), ("tomorrow", (422, "invalid-request"))]
)
def test_an_article_whose_embargo_cannot_be_is_not_checked(
    program: Programs, as_role: Any, until: str, found: tuple[int, str]
) -> None:
    author = program("reporter")
    assert problem(author("POST", "/articles", SENT | {"embargo": {"until": until}})) == found
    assert "Kestrel" not in as_role("reporter").get("/batches").text
