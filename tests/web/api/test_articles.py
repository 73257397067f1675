"""Articles are checked in the background; their findings are followed as they come, and had at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from werkzeug.test import TestResponse

from checker.types import Claim
from tests.web.api.conftest import ARTICLE, TRUE, Program, Programs, problem
from web.api import articles
from web.desk import LISTENERS
from web.store import Store, audit, jobs
from web.store.findings import dump_finding
from web.store.jobs import NewItem

Work = Callable[[], None]


def events(answer: TestResponse) -> Iterator[tuple[str, dict[str, object]]]:
    """What a stream of server-sent events says."""
    for block in answer.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if "event" in fields:
            yield fields["event"], json.loads(fields["data"]) | ({"at": fields["id"]} if "id" in fields else {})


def test_an_article_is_taken_checked_and_reported(program: Programs, work: Work, store: Store) -> None:
    caller = program("reporter")
    sent = caller("POST", "/articles", {"text": ARTICLE, "title": "Bridge first", "date": "2026-04-01"})
    assert sent.status_code == 202 and sent.headers["Location"] == sent.get_json()["links"]["self"]
    place = sent.headers["Location"].removeprefix("/api/v1")
    waiting = caller("GET", place).get_json()
    assert (waiting["state"], waiting["statements"], waiting["title"]) == ("waiting", None, "Bridge first")
    early = caller("GET", f"{place}/report")
    assert problem(early) == (409, "not-now") and early.headers["Retry-After"]
    work()
    done = caller("GET", place).get_json()
    assert (done["state"], done["statements"], done["tones"]) == ("done", 2, {"verified": 1, "unsourced": 1})
    report = caller("GET", f"{place}/report").get_json()
    assert [each["status"] for each in report["findings"]] == ["verified", "unsourced"]
    lines = caller("GET", f"{place}/results")
    assert lines.mimetype == "application/x-ndjson"
    assert [json.loads(line) for line in lines.text.splitlines()] == report["findings"]
    with store.reading() as connection:
        (begun,) = audit.entries(connection, subject=done["id"])
        assert (begun.action, begun.by) == ("batch-begun", "Reporter")
        assert jobs.found_so_far(connection, done["id"], 1) == ()


def test_an_article_is_read_by_the_account_that_sent_it_and_by_no_other(program: Programs, work: Work) -> None:
    sender, colleague, boss = program("reporter"), program("editor"), program("admin")
    place = sender("POST", "/articles", {"text": ARTICLE}).headers["Location"].removeprefix("/api/v1")
    work()
    for part in ("", "/report", "/results", "/events"):
        assert program("reporter")("GET", place + part).status_code == 200  # another key of the same account
        for other in (colleague, boss):
            theirs, nobodys = other("GET", place + part), other("GET", "/articles/none" + part)
            assert problem(theirs) == problem(nobodys) == (404, "not-found")
            assert theirs.get_json()["detail"] == nobodys.get_json()["detail"]


def test_findings_are_followed_as_they_come_and_not_sent_twice(program: Programs, work: Work) -> None:
    caller = program()
    place = caller("POST", "/articles", {"text": ARTICLE}).headers["Location"].removeprefix("/api/v1")
    work()
    answer = caller("GET", f"{place}/events")
    assert answer.mimetype == "text/event-stream" and answer.headers["Cache-Control"] == "no-store"
    told = list(events(answer))
    assert [name for name, _ in told] == ["finding", "finding", "progress", "done"]
    assert [each["at"] for name, each in told if name == "finding"] == ["1", "2"]
    again = events(caller("GET", f"{place}/events", Last_Event_ID="1"))
    assert [each.get("at") for _, each in again] == ["2", None, None]


def test_what_was_found_is_told_while_the_rest_is_looked_for(
    program: Programs, work: Work, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = program()
    place = caller("POST", "/articles", {"text": ARTICLE}).headers["Location"].removeprefix("/api/v1")
    leased = jobs.claim(store)
    assert leased is not None
    jobs.note_statements(store, leased, 2)
    with store.reading() as connection:
        assert jobs.found_so_far(connection, leased.job_id, 1) == ()
    finding = kept_finding(caller)
    jobs.note_found(store, leased, 1, finding)
    monkeypatch.setattr(articles, "_LONGEST_STREAM", 0.5)
    told = list(events(caller("GET", f"{place}/events")))
    assert [name for name, _ in told] == ["finding", "progress"]
    assert told[1][1] == {"state": "running", "statements": 2, "findings": 1}
    jobs.give_back(store, leased)
    jobs.note_found(store, leased, 2, finding)  # a worker that was thought dead says nothing more
    with store.reading() as connection:
        assert len(jobs.found_so_far(connection, leased.job_id, 1)) == 1


def kept_finding(caller: Program) -> str:
    """A finding as the desk keeps it."""
    desk = caller.client.application.extensions["desk"]
    return dump_finding(desk.check(Claim(TRUE["quote"], speaker=TRUE["speaker"])))


def test_no_more_listen_than_leave_threads_for_the_others(program: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = program()
    place = caller("POST", "/articles", {"text": ARTICLE}).headers["Location"].removeprefix("/api/v1")
    monkeypatch.setattr(articles, "_LONGEST_STREAM", 0.0)
    for _ in range(LISTENERS + 1):
        caller("GET", f"{place}/events").close()
    listening = [caller("GET", f"{place}/events") for _ in range(LISTENERS)]
    refused = caller("GET", f"{place}/events")
    assert problem(refused) == (503, "busy") and refused.headers["Retry-After"] == "5"
    assert ": ask again" in listening[0].text
    assert caller("GET", f"{place}/events").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"text": ""}, (422, "invalid-request")),
        ({"text": "x", "date": "2031-02-29"}, (422, "invalid-request")),
        ({"text": "я" * 600_000}, (413, "too-large")),
        ({"text": "x", "url": "https://paper.example"}, (422, "invalid-request")),
    ],
)
def test_what_cannot_be_checked_is_refused_at_once(program: Programs, body: object, kind: object) -> None:
    assert problem(program()("POST", "/articles", body)) == kind


def test_a_batch_of_the_desk_is_no_article(program: Programs, store: Store) -> None:
    with store.writing() as connection:
        two = jobs.create(connection, "two", [NewItem("a", "quote", "{}")] * 2, by="Ada")
    assert problem(program()("GET", f"/articles/{two}")) == (404, "not-found")
    assert problem(program()("GET", "/articles/none")) == (404, "not-found")


def test_what_went_wrong_with_an_article_is_its_state(program: Programs, store: Store) -> None:
    caller = program()
    place = caller("POST", "/articles", {"text": ARTICLE}).headers["Location"].removeprefix("/api/v1")
    leased = jobs.claim(store)
    assert leased is not None
    jobs.finish(store, leased, jobs.Outcome(error_code="too-slow", error="This took too long."))
    failed = caller("GET", place).get_json()
    assert failed["state"] == "failed" and failed["error"] == {"code": "too-slow", "message": "This took too long."}
    assert problem(caller("GET", f"{place}/results")) == (409, "not-now")
    assert [name for name, _ in events(caller("GET", f"{place}/events"))] == ["progress", "done"]
