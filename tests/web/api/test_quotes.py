"""Many quotations at once: a map in, a map out, and an error of one is no error of the others."""

from __future__ import annotations

from typing import Any

import pytest

from checker.export import finding_object
from checker.types import Claim
from tests.web.api.conftest import ALTERED, ARTICLE, TRUE, Programs, problem
from web.api.shapes.findings import Finding
from web.api.shapes.quotes import MOST_QUOTES


def test_each_key_comes_back_with_its_finding(program: Programs) -> None:
    answer = program()("POST", "/quotes", {"quotes": {"b / \u0000é": TRUE, "a": ALTERED}})
    assert answer.status_code == 200
    found = answer.get_json()
    assert found["version"] == 1 and set(found["quotes"]) == {"b / \u0000é", "a"}
    verified, altered = found["quotes"]["b / \u0000é"], found["quotes"]["a"]
    assert (verified["status"], verified["id"]) == ("verified", "b / \u0000é")
    assert (altered["status"], altered["reason"]) == ("unsourced", "negation")
    assert verified["provenance"]["schema"] == 1 and verified["evidence"][0]["document"]["sha256"]


def test_a_finding_is_the_one_of_the_command_line(program: Programs, app: Any) -> None:
    answer = program()("POST", "/quotes", {"quotes": {"a": ALTERED}}).get_json()["quotes"]["a"]
    direct = app.extensions["desk"].check(Claim(ALTERED["quote"], speaker=ALTERED["speaker"]))
    assert answer == {**finding_object(direct), "id": "a"}
    assert set(Finding.model_json_schema(mode="serialization")["properties"]) == set(finding_object(direct))


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        ({"quote": "…"}, "quote", "no words"),
        ({"quote": "word " * 1500}, "quote", "as an article"),
    ],
)
def test_what_cannot_be_checked_is_an_error_of_its_item(program: Programs, asked: object, code: str, says: str) -> None:
    found = program()("POST", "/quotes", {"quotes": {"bad": asked, "good": TRUE}}).get_json()["quotes"]
    assert found["bad"]["error"]["code"] == code and says in found["bad"]["error"]["message"]
    assert found["good"]["status"] == "verified"


@pytest.mark.parametrize(
    ("body", "pointer", "says"),
    [
        ({"quotes": {"a": TRUE | {"qoute": "We sign."}}}, "/quotes/a/qoute", "there are quote, speaker, date"),
        ({"quotes": {"a": TRUE}, "lang": "en"}, "/lang", "there are quotes"),
        ({"quotes": {"a": {"quote": 7}}}, "/quotes/a/quote", "string"),
        ({"quotes": {"a/b~": {"quote": ""}}}, "/quotes/a~1b~0/quote", "at least 1 character"),
        ({"quotes": {"a": {"quote": "x" * 10_001}}}, "/quotes/a/quote", "at most 10000 characters"),
        ({"quotes": {"a": {"quote": "x\u0000"}}}, "/quotes/a/quote", "pattern"),
        ({"quotes": {"a": TRUE | {"direct": "yes"}}}, "/quotes/a/direct", "boolean"),
        ({"quotes": {"a": TRUE | {"date": "31 March"}}}, "/quotes/a/date", "pattern"),
        ({"quotes": {"a": TRUE | {"article_date": "2031-02-29"}}}, "/quotes/a/article_date", "pattern"),
        ({"quotes": {str(number): TRUE for number in range(MOST_QUOTES + 1)}}, "/quotes", "at most 100 items"),
        ({"quotes": {}}, "/quotes", "at least 1 item"),
        ({}, "/quotes", "required"),
        ([], "", "dictionary"),
    ],
)
def test_a_request_that_is_not_as_documented_is_refused_with_the_place(
    program: Programs, body: object, pointer: str, says: str
) -> None:
    answer = program()("POST", "/quotes", body)
    assert problem(answer) == (422, "invalid-request")
    (error,) = answer.get_json()["errors"]
    assert error["pointer"] == pointer and says in error["says"]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b'{"quotes": {"a": {"quote": "x"}, "a": {"quote": "y"}}}', (400, "malformed-json")),
        (b'{"quotes": NaN}', (400, "malformed-json")),
        (b"[" * 100_000, (400, "malformed-json")),
        (b"1" * 5_000, (400, "malformed-json")),
        (b'{"quotes": "\xff"}', (400, "malformed-json")),
        (b"", (400, "malformed-json")),
        (b'{"quotes": {"a": {"quote": "\\ud800"}}}', (422, "invalid-request")),
        (b" " * 4_000_001, (413, "too-large")),
    ],
)
def test_a_body_that_is_no_json_or_too_much_of_it_is_refused(program: Programs, raw: bytes, kind: object) -> None:
    who = program()
    answer = who.client.post(
        "/api/v1/quotes", data=raw, content_type="application/json", headers={"Authorization": f"Bearer {who.secret}"}
    )
    assert problem(answer) == kind
    assert "4,000,000 bytes" in answer.text or kind != (413, "too-large")


def test_a_body_of_another_kind_is_refused(program: Programs) -> None:
    who = program()
    answer = who.client.post("/api/v1/quotes", data="{}", headers={"Authorization": f"Bearer {who.secret}"})
    assert problem(answer) == (415, "unsupported-media-type")


def test_a_test_key_checks(program: Programs) -> None:
    assert program(test=True)("POST", "/quotes", {"quotes": {"a": TRUE}}, Idempotency_Key="x").status_code == 200


def test_a_short_article_is_checked_while_one_waits(program: Programs) -> None:
    found = program(test=True)("POST", "/reports", {"text": ARTICLE, "date": "2026-03-31"}).get_json()
    assert [each["status"] for each in found["findings"]] == ["verified", "unsourced"]
    assert found["findings"][0]["attribution"]["speaker"]["name"] == "Ilse Corvane"
    assert problem(program()("POST", "/reports", {"text": "x" * 50_001})) == (422, "invalid-request")
