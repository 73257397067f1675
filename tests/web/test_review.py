"""From an article on the desk to a sign-off, and what makes it void: nobody overwrites anybody, least of all the machine."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from checker.errors import QuoteError
from checker.tongue import worded
from checker.types import Finding
from corpus.types import StoredDocument
from web.review import steps
from web.store import audit

ONE, TWO = "We will raise the toll by 4.2 percent this year", "We opened the northern ferry in May."
TEXT = f"“{ONE}”, said Tosk.\n\n“{TWO}”, she added."

Roles = Callable[[str], FlaskClient]
Send = Callable[..., TestResponse]


@pytest.fixture
def case(as_role: Roles, send: Send, checker: Any) -> str:
    """The address of an article with two statements that a reporter put on the desk."""
    checker.attributed = (ONE, TWO)
    answer = send(as_role("reporter"), "/review", page="/review/new", text=TEXT, title="The ferry")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def anchors(client: FlaskClient, case: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'id="ruling-([^"]+)"', client.get(case).text)))


def accept_all(client: FlaskClient, case: str, send: Send) -> None:
    for anchor in anchors(client, case):
        answer = send(client, f"{case}/decisions/{anchor}", page=case, kind="accept")
        assert answer.status_code == 303, answer.text


def told(app: Flask, case: str) -> list[str]:
    with app.extensions["desk"].store.reading() as connection:
        return [entry.action for entry in audit.entries(connection, subject=case.rpartition("/")[2])]


def test_an_article_is_decided_about_signed_and_told_step_by_step(
    app: Flask, case: str, as_role: Roles, send: Send
) -> None:
    checker, editor = as_role("checker"), as_role("editor")
    assert "0 of 2" in checker.get(case).text
    accept_all(checker, case, send)
    assert "2 of 2" in editor.get(case).text
    assert send(editor, f"{case}/sign-off", page=case).status_code == 303
    page = editor.get(case).text
    assert "Signed off" in page and "Editor" in page
    assert told(app, case) == ["review-opened", "decide", "decide", "sign-off"]
    assert "sign off" in editor.get(f"{case}/history").text
    with app.extensions["desk"].store.reading() as connection:
        assert list(audit.verify(connection)) == []


def test_a_decision_stands_beside_the_machine_s_verdict_and_never_in_its_place(
    case: str, as_role: Roles, send: Send
) -> None:
    checker = as_role("checker")
    anchor = anchors(checker, case)[0]
    override = {"kind": "override", "status": "verified", "ground": "own-recording", "note": "I was there."}
    assert send(checker, f"{case}/decisions/{anchor}", page=case, **override).status_code == 303
    (_, first, _) = [json.loads(line) for line in checker.get(f"{case}/export/jsonl").text.splitlines()]
    assert first["status"] == "unsourced" and first["reason"] == "negation"
    assert first["decision"]["status"] == "verified" and first["decision"]["note"] == "I was there."


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "override", "status": "", "ground": "judgement", "note": "x"}, "Say what the statement is"),
        ({"kind": "override", "status": "true", "ground": "judgement", "note": "x"}, "Say what the statement is"),
        ({"kind": "override", "status": "verified", "ground": "hunch", "note": "x"}, "Say on what ground"),
        ({"kind": "override", "status": "verified", "ground": "judgement", "note": " "}, "Write a note"),
        ({"kind": "override", "status": "verified", "ground": "judgement", "note": "x" * 4001}, "Shorten this"),
        ({"kind": "delete"}, "Accept the verdict or override it"),
    ],
)  # fmt: skip
def test_an_override_needs_a_status_a_ground_and_a_note_and_keeps_what_was_typed(
    case: str, as_role: Roles, send: Send, fields: dict[str, str], says: str
) -> None:
    checker = as_role("checker")
    anchor = anchors(checker, case)[0]
    answer = send(checker, f"{case}/decisions/{anchor}", page=case, **fields)
    assert answer.status_code == 400 and says in answer.text
    assert fields.get("note", "").strip()[:20] in answer.text
    assert "0 of 2" in checker.get(case).text


def test_two_who_decide_at_once_lose_nothing(case: str, as_role: Roles, send: Send) -> None:
    ada, bea = as_role("checker"), as_role("editor")
    anchor = anchors(ada, case)[0]
    action = f"{case}/decisions/{anchor}"
    page = bea.get(case).text  # opened before Ada decides
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    basis = re.search(r'name="basis" value="([^"]+)"', page)
    assert token and basis
    assert send(ada, action, page=case, kind="accept").status_code == 303
    late = {"csrf_token": token[1], "basis": basis[1], "seen": "0", "kind": "override", "status": "verified",
            "ground": "judgement", "note": "A long note that must not be lost"}  # fmt: skip
    answer = bea.post(action, data=late)
    assert answer.status_code == 409
    assert "Checker decided about this statement since you opened it" in answer.text
    assert "A long note that must not be lost" in answer.text
    assert "Accepted" in bea.get(case).text and "Overridden" not in bea.get(case).text


def test_a_decision_is_undone_and_stays_in_the_history(case: str, as_role: Roles, send: Send) -> None:
    checker = as_role("checker")
    anchor = anchors(checker, case)[0]
    send(checker, f"{case}/decisions/{anchor}", page=case, kind="accept")
    assert send(checker, f"{case}/decisions/{anchor}/undo", page=case).status_code == 303
    page = checker.get(case).text
    assert "0 of 2" in page and "Decisions so far: 2" in page and "Decision undone" in page


def test_nobody_signs_before_everything_is_decided(case: str, as_role: Roles, send: Send) -> None:
    editor = as_role("editor")
    token = re.search(r'name="csrf_token" value="([^"]+)"', editor.get(case).text)
    assert token
    answer = editor.post(f"{case}/sign-off", data={"csrf_token": token[1], "seen": "1"})
    assert answer.status_code == 409 and "not decided yet: 2." in answer.text


def test_with_four_eyes_the_author_cannot_sign(app: Flask, as_role: Roles, send: Send, checker: Any) -> None:
    held = app.extensions["desk"]
    held.settings = replace(held.settings, four_eyes="on")
    checker.attributed = (ONE,)
    editor, admin = as_role("editor"), as_role("admin")
    case = send(editor, "/review", page="/review/new", text=f"“{ONE}”, said Tosk.").headers["Location"]
    accept_all(editor, case, send)
    answer = send(editor, f"{case}/sign-off", page=case)
    assert answer.status_code == 409 and "four eyes" in answer.text
    assert send(admin, f"{case}/sign-off", page=case).status_code == 303


@pytest.fixture
def signed(case: str, as_role: Roles, send: Send) -> str:
    editor = as_role("editor")
    accept_all(editor, case, send)
    assert send(editor, f"{case}/sign-off", page=case).status_code == 303
    return case


def test_a_later_text_makes_the_sign_off_void_for_all_to_see(signed: str, as_role: Roles, send: Send) -> None:
    reporter, editor = as_role("reporter"), as_role("editor")
    assert send(reporter, f"{signed}/text", page=f"{signed}/text", text=TEXT + " More.").status_code == 303
    page = editor.get(signed).text
    assert "The sign-off by" in page and "is void" in page and "revision 2" in page
    assert "Alerts for you: 1" in editor.get("/review").text
    assert "The sign-off is void" in editor.get("/review/alerts").text
    assert send(editor, "/review/alerts", page="/review/alerts").status_code == 303
    assert "Alerts for you" not in editor.get("/review").text


def test_a_text_that_stays_the_same_leaves_the_sign_off_alone(signed: str, as_role: Roles, send: Send) -> None:
    reporter = as_role("reporter")
    assert send(reporter, f"{signed}/text", page=f"{signed}/text").status_code == 303
    assert "Signed off" in reporter.get(signed).text


@pytest.mark.parametrize("other_words", [True, False])
def test_a_source_that_changes_makes_the_sign_off_void(
    app: Flask, signed: str, as_role: Roles, corpus: Any, monkeypatch: pytest.MonkeyPatch, other_words: bool
) -> None:
    """Be it in its words, or in who is said to have spoken them."""
    editor, original = as_role("editor"), corpus.document
    assert steps.look_at_sources(app.extensions["desk"]) == ()

    def changed(id: str, *, version: int | None = None) -> StoredDocument:
        stored: StoredDocument = original(id, version=version)
        sha256 = "cd" * 32 if other_words else stored.version.sha256
        spoken = replace(stored.document, speakers=("Somebody Else",))
        return (
            stored
            if version
            else replace(stored, document=spoken, version=replace(stored.version, number=3, sha256=sha256))
        )

    monkeypatch.setattr(corpus, "document", changed)
    page = editor.get(signed).text
    assert "is void" in page and "A source that it rests on was changed: quenland/briefing" in page
    assert "Alerts for you: 1" in editor.get("/review").text


def test_nobody_signs_over_a_source_that_changed_since_the_check(
    case: str, as_role: Roles, send: Send, corpus: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = as_role("editor")
    accept_all(editor, case, send)
    monkeypatch.setattr(app_desk(editor), "is_as_it_was", lambda *_: False)
    answer = send(editor, f"{case}/sign-off", page=case)
    assert answer.status_code == 409 and "Check again first" in answer.text


def app_desk(client: FlaskClient) -> Any:
    return client.application.extensions["desk"]


def test_decisions_stay_with_statements_that_stay_the_same(case: str, as_role: Roles, send: Send, checker: Any) -> None:
    editor = as_role("editor")
    accept_all(editor, case, send)
    send(editor, f"{case}/text", page=f"{case}/text", text="A new beginning.\n\n" + TEXT)
    assert "2 of 2" in editor.get(case).text
    checker.answer = replace(checker.answer, verdict=replace(checker.answer.verdict, reason="modality"))
    assert send(editor, f"{case}/check", page=case).status_code == 303
    page = editor.get(case).text
    assert "0 of 2" in page and "To be decided again" in page


def test_two_who_change_the_text_at_once_are_told(case: str, as_role: Roles, send: Send) -> None:
    reporter, editor = as_role("reporter"), as_role("editor")
    form = reporter.get(f"{case}/text").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token and 'name="seen" value="1"' in form
    send(editor, f"{case}/text", page=f"{case}/text", text=TEXT + " Bea's.")
    late = reporter.post(f"{case}/text", data={"csrf_token": token[1], "seen": "1", "text": TEXT + " Mine."})
    assert late.status_code == 409 and "Mine." in late.text and "was changed meanwhile" in late.text
    assert "Bea&#39;s." in editor.get(case).text


def test_what_cannot_be_checked_is_not_taken_for_passed(app: Flask, as_role: Roles, send: Send, checker: Any) -> None:
    def refuse(claim: object) -> Finding:
        raise QuoteError(worded("the quote is too long"))

    held = app.extensions["desk"]
    held._checks = replace(held._checks, quote=refuse)
    checker.attributed = (ONE,)
    answer = send(as_role("reporter"), "/review", page="/review/new", text=f"“{ONE}”, said Tosk.")
    assert answer.status_code == 303
    assert "was not checked: the quote is too long" in as_role("editor").get(answer.headers["Location"]).text


def test_a_check_that_somebody_made_is_sent_to_the_desk_under_its_address(
    client: FlaskClient, as_role: Roles, send: Send, checker: Any
) -> None:
    checker.attributed = (ONE,)
    made = client.post("/check", data={"text": f"“{ONE}”, said Tosk.", "kind": "article"}).headers["Location"]
    id = made.rpartition("/")[2]
    reporter = as_role("reporter")
    assert send(reporter, "/review", page=made, article=id).headers["Location"] == f"/review/{id}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', reporter.get("/review/new").text)
    assert token
    again = reporter.post("/review", data={"csrf_token": token[1], "article": id})
    assert again.status_code == 409 and "on the desk already" in again.text
    assert f'href="/review/{id}"' in client.get(made).text


def test_nobody_changes_an_article_under_review_behind_the_editors_backs(
    client: FlaskClient, as_role: Roles, case: str
) -> None:
    id = case.rpartition("/")[2]
    mark = {"kind": "added", "words": "The ferry", "occurrence": "1", "direct": "yes"}
    assert client.post(f"/checks/{id}", data={"text": "Another text.", "kind": "article"}).status_code == 409
    assert client.post(f"/checks/{id}/marks", data=mark).status_code == 302
    assert as_role("read-only").post(f"/checks/{id}/marks", data=mark).status_code == 403
    assert as_role("reporter").post(f"/checks/{id}/marks", data=mark).status_code in (303, 400)
    assert TEXT.split("”")[0].strip("“") in as_role("editor").get(case).text


def test_an_article_is_assigned_sent_back_and_reopened(case: str, as_role: Roles, send: Send) -> None:
    reporter, checker, editor = as_role("reporter"), as_role("checker"), as_role("editor")
    answer = send(editor, f"{case}/assignment", page=case, assignee="Checker", due="2031-05-04T18:00")
    assert answer.status_code == 303
    assert "2031-05-04 18:00" in checker.get("/review?mine=1").text
    assert "Editor gave this review to you" in checker.get("/review/alerts").text
    assert "Nothing lies here" in editor.get("/review?mine=1").text
    assert send(checker, f"{case}/send-back", page=case, note="Who is she?").status_code == 303
    page = reporter.get(case).text
    assert "sent back" in page and "Who is she?" in page
    assert "Checker sent this back: Who is she?" in reporter.get("/review/alerts").text
    assert send(reporter, f"{case}/reopen", page=case).status_code == 303
    assert "The ferry" in checker.get("/review?state=open").text


def test_a_step_on_a_page_that_is_out_of_date_changes_nothing(case: str, as_role: Roles, send: Send) -> None:
    editor = as_role("editor")
    send(editor, f"{case}/assignment", page=case, assignee="Editor")
    answer = send(editor, f"{case}/assignment", page=case, assignee="", seen="1")
    assert answer.status_code == 409 and "nothing of yours was saved" in answer.text
    assert "with <bdi>Editor</bdi>" in editor.get(case).text


@pytest.mark.parametrize(("assignee", "due"), [("Nobody", ""), ("", "tomorrow"), ("", "2031-02-30T10:00")])
def test_an_assignment_that_means_nothing_is_refused(
    case: str, as_role: Roles, send: Send, assignee: str, due: str
) -> None:
    answer = send(as_role("editor"), f"{case}/assignment", page=case, assignee=assignee, due=due)
    assert answer.status_code == 400
    field = "due" if due else "assignee"
    assert '<details class="sheet slim" open>' in answer.text and answer.text.count(f'id="{field}-problem"') == 1
    assert f'aria-describedby="{field}-problem"' in answer.text and f'value="{due}"' in answer.text


def test_what_is_to_be_done_is_said_at_its_field_and_kept(case: str, as_role: Roles, send: Send) -> None:
    checker, note = as_role("checker"), "Who is she? " * 400
    answer = send(checker, f"{case}/send-back", page=case, note=note)
    assert answer.status_code == 400 and answer.text.count('id="note-problem"') == 1 and note.strip() in answer.text
    assert send(checker, f"{case}/send-back", page=case, note="Who is she?").status_code == 303


def test_comments_reach_those_they_mention_and_are_resolved(case: str, as_role: Roles, send: Send) -> None:
    reporter, checker = as_role("reporter"), as_role("checker")
    anchor = anchors(checker, case)[0]
    send(reporter, f"{case}/comments", page=case, anchor=anchor, comment="@Checker, I have the tape.")
    assert "Reporter mentions you: @Checker, I have the tape." in checker.get("/review/alerts").text
    page = checker.get(case).text
    (resolve,) = re.findall(rf'action="({case}/comments/\d+/resolve)"', page)
    assert send(checker, resolve, page=case).status_code == 303
    assert "resolved by" in checker.get(case).text
    assert send(reporter, f"{case}/comments", page=case, anchor="", comment=" ").status_code == 400


def test_a_decision_is_remembered_when_the_words_come_again(
    case: str, as_role: Roles, send: Send, checker: Any
) -> None:
    editor = as_role("editor")
    anchor = anchors(editor, case)[0]
    override = {"kind": "override", "status": "verified", "ground": "own-recording", "note": "I was there."}
    send(editor, f"{case}/decisions/{anchor}", page=case, **override)
    checker.attributed = (ONE.upper(),)
    answer = send(as_role("reporter"), "/review", page="/review/new", text=f"“{ONE.upper()}”, said Tosk.")
    page = editor.get(answer.headers["Location"]).text
    assert "These words came before" in page and "I was there." in page and "The ferry" in page
    for text in (f"“{ONE}”, said Tosk.", f"“{ONE}”"):  # an article and a quotation, checked by anybody
        checker.attributed = (ONE,)
        result = editor.post("/check", data={"text": text}).headers["Location"]
        shown = editor.get(f"{result}?whole=1").text
        assert "These words came before" in shown and "I was there." in shown and "by <bdi>Editor</bdi>, <time" in shown
        public = as_role("").get(f"{result}?whole=1").text
        assert "card" in public and "came before" not in public and "I was there." not in public
    send(editor, f"{case}/decisions/{anchor}/undo", page=case)
    assert "These words came before" not in editor.get(answer.headers["Location"]).text


def test_exports_hold_verdict_decision_and_comments(signed: str, as_role: Roles, send: Send) -> None:
    editor = as_role("editor")
    anchor = anchors(editor, signed)[0]
    send(editor, f"{signed}/comments", page=signed, anchor=anchor, comment="=HYPERLINK(1)")
    page = editor.get(f"{signed}/export/html")
    assert (
        "Signed off by Editor" in page.text
        and "accepted" in page.text
        and "attachment" in page.headers["Content-Disposition"]
    )
    rows = list(csv.DictReader(io.StringIO(editor.get(f"{signed}/export/csv").get_data(as_text=True))))
    assert [row["decision"] for row in rows] == ["accept", "accept"] and rows[0]["machine_reason"] == "negation"
    head, *statements = [json.loads(line) for line in editor.get(f"{signed}/export/jsonl").text.splitlines()]
    assert head["state"] == "signed-off" and head["sign_off"]["by"] == "Editor" and len(statements) == 2
    word = docx.Document(io.BytesIO(editor.get(f"{signed}/export/docx").get_data()))
    comments = [(each.author, each.text) for each in word.comments]
    assert ("Editor", "accepted") in comments and ("Editor", "=HYPERLINK(1)") in comments
    assert TWO in "\n".join(each.text for each in word.paragraphs)


@pytest.mark.parametrize(
    "address", ["/review/none", "/review/none/text", "/review/none/history", "/review/none/export/csv"]
)
def test_what_is_not_there_is_not_found(as_role: Roles, address: str) -> None:
    assert as_role("editor").get(address).status_code == 404
