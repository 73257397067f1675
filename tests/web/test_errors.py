"""Every error has its status, says what happened, and judges nobody's text."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from checker.errors import QuoteError
from checker.settings import Settings
from checker.tongue import worded
from corpus.errors import CorpusUnavailable, EncoderUnavailable
from web import create_app
from web.schemas import LARGEST_FORM, LARGEST_TEXT


def raising(error: Exception) -> Callable[..., object]:
    def raises(*_: object, **__: object) -> object:
        raise error

    return raises


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"text": ""}, "text", "Paste the quotation"),
        ({}, "text", "Paste the quotation"),
        ({"text": " \n“…” "}, "text", "Paste the quotation"),
        ({"text": "typed by me", "date": "31 March"}, "date", "Write the date as"),
        ({"text": "typed by me", "date": "2031-02-30"}, "date", "exist in the calendar"),
        ({"text": "typed by me", "date": "2031-13"}, "date", "exist in the calendar"),
        ({"text": "typed by me", "speaker": "x" * 201}, "speaker", "Shorten the name"),
        ({"text": "typed by me\x00"}, "text", "not text"),
        ({"text": "typed by me", "speaker": "a\x00b"}, "speaker", "not text"),
        ({"text": "typed by me", "date": "2031\x00"}, "date", "not text"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_what_was_typed_is_kept(
    client: FlaskClient, fields: dict[str, str], field: str, says: str
) -> None:
    answer = client.post("/check", data=fields, follow_redirects=True)
    assert answer.status_code == 400
    assert f'id="{field}-problem"' in answer.text and says in answer.text and 'aria-invalid="true"' in answer.text
    assert ("typed by me" in answer.text) == ("typed by me" in fields.get("text", ""))
    assert "\x00" not in answer.text


def test_half_a_surrogate_pair_never_reaches_the_checker(client: FlaskClient, checker: object) -> None:
    answer = client.post(
        "/check", data=b"text=half%ED%A0%80", content_type="application/x-www-form-urlencoded", follow_redirects=True
    )
    assert answer.status_code in (200, 400)
    assert not any("\ud800" in each.quote for each in checker.asked)  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [LARGEST_TEXT + 1, LARGEST_FORM + 1], ids=["text", "form"])
def test_a_text_that_is_too_long_is_refused(client: FlaskClient, size: int) -> None:
    answer = client.post("/check", data={"text": "x" * size}, follow_redirects=True)
    assert answer.status_code == 413 and "At most 1 MB" in answer.text


def test_a_text_of_one_megabyte_in_another_script_is_taken(client: FlaskClient, checker: object) -> None:
    assert (
        client.post(
            "/check", data={"text": "ж" * (LARGEST_TEXT // 2), "kind": "article"}, follow_redirects=True
        ).status_code
        == 200
    )


def test_a_multipart_form_is_read_too(client: FlaskClient) -> None:
    body = "--x\r\nContent-Disposition: form-data; name=text\r\n\r\n" + "“quoted” " * 60_000 + "\r\n--x--\r\n"
    answer = client.post(
        "/check", data=body.encode(), content_type="multipart/form-data; boundary=x", follow_redirects=True
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address", ["/documents/nothing", "/documents/nothing?start=1&end=2", "/document", "/document?id="]
)
def test_an_unknown_document_is_not_found(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 and "No such document" in answer.text


def test_an_unknown_document_comes_with_ids_that_look_like_it(client: FlaskClient) -> None:
    page = client.get("/documents/quenland/briefing%208").text
    assert 'href="/documents/quenland/briefing%207' in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("start=5", 400), ("end=5", 400), ("start=5&end=5", 400), ("start=6&end=5", 400), ("start=-1&end=5", 400),
        ("start=a&end=5", 400), ("start=1&end=99999", 400), ("start=1&end=9999999999", 400), ("start=%C2%B2&end=3", 400),
        ("version=1", 404), ("version=x", 400), ("version=2&start=0&end=4", 200),
    ],
)  # fmt: skip
def test_an_address_that_means_nothing_says_so(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/documents/quenland/briefing%207%3F%23%C3%A4?{query}").status_code == status


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("id=quenland/briefing%207%3F%23%C3%A4&start=0&end=5", 200), ("id=nothing&start=0&end=5", 404), ("", 404),
        ("id=quenland/briefing%207%3F%23%C3%A4", 400), ("id=quenland/briefing%207%3F%23%C3%A4&start=0&end=99999", 400),
    ],
)  # fmt: skip
def test_surroundings_are_those_of_a_passage(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/around?{query}").status_code == status


def test_a_nul_in_an_address_is_refused(client: FlaskClient) -> None:
    assert client.get("/documents/a%00b").status_code == 400


@pytest.mark.parametrize("address", ["/nothing", "/check/x", "/static/none.css", "/%00"])
def test_an_unknown_page_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_page_that_only_answers_forms_says_so(client: FlaskClient) -> None:
    assert client.put("/check").status_code == 405


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (CorpusUnavailable("a secret path: no corpus"), 503, "The record cannot be read"),
        (EncoderUnavailable("a secret path: no model"), 503, "The record cannot be read"),
        (QuoteError(worded("the quote is too long")), 400, "the quote is too long"),
        (RuntimeError("a secret path"), 500, "Something broke on our side"),
    ],
)
def test_what_goes_wrong_in_a_check_has_a_page(
    client: FlaskClient, checker: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    error: Exception, status: int, says: str,
) -> None:  # fmt: skip
    checks = client.application.extensions["desk"].checks
    monkeypatch.setattr(type(checks), "quote", property(lambda _: raising(error)), raising=True)
    with caplog.at_level(logging.CRITICAL):
        answer = client.post("/check", data={"text": "“quoted”"}, follow_redirects=True)
    assert answer.status_code == status and says in answer.text
    assert "secret" not in answer.text


def test_without_a_corpus_the_start_page_opens_and_checking_says_why(tmp_path: object) -> None:
    client = create_app(Settings(corpus=f"{tmp_path}/none")).test_client()
    assert client.get("/").status_code == 200
    for answer in (
        client.post("/check", data={"text": "“quoted”"}, follow_redirects=True),
        client.get("/about"),
        client.get("/documents/x"),
    ):
        assert answer.status_code == 503
        assert (
            "not judged" in answer.text
            and str(tmp_path) not in answer.text
            and "Content-Security-Policy" in answer.headers
        )
