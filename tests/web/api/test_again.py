"""A request with an Idempotency-Key is done once, and answered in the same way each time, through whatever dies meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.web.api.conftest import ARTICLE, TRUE, Programs, problem
from web.api import articles
from web.store import Store, repeats
from web.store.clock import before_now
from web.store.schema import article, decision, job, repeat


def count(store: Store, table: Any) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.parametrize(
    ("path", "body", "made"),
    [("/articles", {"text": ARTICLE}, job), ("/reviews", {"text": ARTICLE}, article)],
)
def test_the_same_request_is_done_once(program: Programs, store: Store, path: str, body: object, made: Any) -> None:
    caller = program()
    first, second = (caller("POST", path, body, Idempotency_Key="one") for _ in range(2))
    assert (first.status_code, first.data) == (second.status_code, second.data)
    assert second.headers["Idempotent-Replayed"] == "true" and "Idempotent-Replayed" not in first.headers
    assert first.headers.get("Location") == second.headers.get("Location")
    assert second.mimetype == "application/json"
    other = caller("POST", path, body, Idempotency_Key="two")
    assert "Idempotent-Replayed" not in other.headers
    assert count(store, made) == 2 and first.headers["Location"] != other.headers["Location"]


@pytest.mark.parametrize(("path", "body"), [("/quotes", {"quotes": {"a": TRUE}}), ("/reports", {"text": ARTICLE})])
def test_what_is_not_to_be_kept_is_done_again_and_no_answer_to_it_is_kept(
    program: Programs, store: Store, path: str, body: object
) -> None:
    caller = program()
    answers = [caller("POST", path, body, Idempotency_Key="one") for _ in range(2)]
    assert {each.status_code for each in answers} == {200}
    assert all("Idempotent-Replayed" not in each.headers for each in answers) and count(store, repeat) == 0


def test_the_same_name_for_another_request_is_refused(program: Programs) -> None:
    caller = program()
    assert caller("POST", "/articles", {"text": ARTICLE}, Idempotency_Key="one").status_code == 202
    for path, text in (("/articles", "Another text."), ("/reviews", ARTICLE)):
        assert problem(caller("POST", path, {"text": text}, Idempotency_Key="one")) == (409, "idempotency-key-reused")
    assert program()("POST", "/articles", {"text": "Another text."}, Idempotency_Key="one").status_code == 202


def test_what_broke_is_done_when_it_is_sent_again(
    program: Programs, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    caller = program()
    with monkeypatch.context() as patch:
        patch.setattr(articles, "_status", broken)
        assert problem(caller("POST", "/articles", {"text": ARTICLE}, Idempotency_Key="one")) == (500, "internal")
    assert caller("POST", "/articles", {"text": ARTICLE}, Idempotency_Key="one").status_code == 202
    assert count(store, job) == 1


def test_of_two_at_once_one_is_done_and_the_other_told_to_wait(program: Programs, store: Store) -> None:
    caller = program()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(caller, "POST", "/articles", {"text": ARTICLE}, Idempotency_Key="one") for _ in range(4)]
        answers = [each.result() for each in asked]
    assert count(store, job) == 1
    done = {each.data for each in answers if each.status_code == 202}
    assert len(done) == 1
    for each in answers:
        if each.status_code != 202:
            assert problem(each) == (409, "repeat-running") and each.headers["Retry-After"]


class Death(BaseException):
    """The process ends here; nothing is tidied up."""


def die(*_: object) -> None:
    raise Death


@pytest.mark.parametrize(("path", "made"), [("/articles", job), ("/reviews", article)])
def test_whoever_repeats_after_a_death_gets_what_the_dead_one_made(
    program: Programs, store: Store, monkeypatch: pytest.MonkeyPatch, path: str, made: Any
) -> None:
    caller = program()
    with monkeypatch.context() as patch:
        patch.setattr(repeats, "keep", die)
        with pytest.raises(Death):
            caller("POST", path, {"text": ARTICLE}, Idempotency_Key="one")
    assert count(store, made) == 1
    assert problem(caller("POST", path, {"text": ARTICLE}, Idempotency_Key="one")) == (409, "repeat-running")
    with store.writing() as connection:
        connection.execute(update(repeat).values(lease_until=before_now(1)))
    answer = caller("POST", path, {"text": ARTICLE}, Idempotency_Key="one")
    assert answer.status_code in (201, 202) and count(store, made) == 1
    assert answer.headers["Location"].endswith(answer.get_json()["id"])


@pytest.mark.parametrize("kind", ["accept", "override", "withdraw"])
def test_a_decision_that_was_saved_before_a_death_is_answered_for_and_not_refused(
    program: Programs, store: Store, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    caller = program()
    sent = caller("POST", "/reviews", {"text": ARTICLE}).get_json()
    about, path = sent["statements"][0], f"/reviews/{sent['id']}/decisions"
    asked = {name: about[name] for name in ("statement", "basis", "seen")} | {"decision": kind}
    if kind == "override":
        asked |= {"status": "unsourced", "ground": "judgement", "note": " Nobody said so. "}
    elif kind == "withdraw":
        asked["seen"] = caller("POST", path, asked | {"decision": "accept"}).get_json()["seen"]
    before = count(store, decision)
    with monkeypatch.context() as patch:
        patch.setattr(repeats, "keep", die)
        with pytest.raises(Death):
            caller("POST", path, asked, Idempotency_Key="one")
    with store.writing() as connection:
        connection.execute(update(repeat).values(lease_until=before_now(1)))
    answer = caller("POST", path, asked, Idempotency_Key="one")
    assert answer.status_code == 201 and count(store, decision) == before + 1
    assert problem(caller("POST", path, asked, Idempotency_Key="two")) == (409, "overtaken")
    other = asked | {"decision": "override", "status": "verified", "ground": "judgement", "note": "Another."}
    for _ in range(2):
        assert problem(caller("POST", path, other, Idempotency_Key="three")) == (409, "overtaken")


@pytest.mark.parametrize("name", ["", " ", "a b", "é", "x" * 201])
def test_a_name_that_cannot_be_used_is_refused(program: Programs, name: str) -> None:
    answer = program()("POST", "/articles", {"text": ARTICLE}, Idempotency_Key=name)
    assert problem(answer) == (400, "malformed-idempotency-key")
