"""Signing in: who may, how often it may be tried, and what the cookie is like."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.store import Store, accounts

PASSWORD = "the lighthouse of Vessen"


@pytest.fixture
def store(app: Flask) -> Store:
    store: Store = app.extensions["desk"].store
    with store.writing() as connection:
        accounts.add(connection, "Ada", PASSWORD, role="admin", by="test")
    return store


def sign_in(client: FlaskClient, name: str = "Ada", password: str = PASSWORD, to: str = "") -> TestResponse:
    return client.post("/sign-in", data={"name": name, "password": password, "to": to})


def test_whoever_signs_in_comes_to_the_page_that_was_asked_for(client: FlaskClient, store: Store) -> None:
    asked = client.get("/review?mine=1")
    assert asked.status_code == 302 and asked.headers["Location"] == "/sign-in?to=/review?mine%3D1"
    answer = sign_in(client, name="ada", to="/review?mine=1")
    assert answer.status_code == 303 and answer.headers["Location"] == "/review?mine=1"
    assert client.get("/review").status_code == 200


@pytest.mark.parametrize(
    "to",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "review", "/a\nb"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(client: FlaskClient, store: Store, to: str) -> None:
    assert sign_in(client, to=to).headers["Location"] == "/review"


def test_scripts_and_other_sites_cannot_use_the_cookie_and_it_is_another_one_each_time(
    client: FlaskClient, store: Store
) -> None:
    first = sign_in(client).headers["Set-Cookie"]
    second = client.post("/sign-in", data={"name": "Ada", "password": PASSWORD}, base_url="https://localhost").headers[
        "Set-Cookie"
    ]
    assert "HttpOnly" in first and "SameSite=Lax" in first and "Secure" not in first
    assert "Secure" in second and first.split(";")[0] != second.split(";")[0]


@pytest.mark.parametrize(("name", "password"), [("Ada", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Ada\x00", "\x00")])
def test_what_was_wrong_is_not_said(client: FlaskClient, store: Store, name: str, password: str) -> None:
    answer = sign_in(client, name, password)
    assert answer.status_code == 401 and "do not belong together" in answer.text


def test_a_name_is_closed_for_a_while_after_five_wrong_passwords_even_to_the_right_one(
    client: FlaskClient, store: Store
) -> None:
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == 401
    answer = sign_in(client)
    assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= 901
    assert sign_in(client, name="Nobody").status_code == 401


def test_a_right_password_takes_wrong_ones_back(client: FlaskClient, store: Store) -> None:
    for _ in range(3):
        for _ in range(4):
            sign_in(client, password="wrong")
        assert sign_in(client).status_code == 303


def test_signing_out_ends_the_session_for_whoever_copied_the_cookie(
    app: Flask, client: FlaskClient, store: Store, send: Callable[..., TestResponse]
) -> None:
    copied = sign_in(client).headers["Set-Cookie"].split(";")[0]
    assert send(client, "/sign-out", page="/account").status_code == 303
    thief = app.test_client()
    assert thief.get("/review", headers={"Cookie": copied}).status_code == 302


@pytest.mark.parametrize(
    ("act", "by_admin"),
    [
        ({"role": "reporter"}, True),
        ({"active": "no"}, True),
    ],
)
def test_a_change_of_an_account_ends_its_sessions(
    app: Flask,
    as_role: Callable[[str], FlaskClient],
    send: Callable[..., TestResponse],
    act: dict[str, str],
    by_admin: bool,
) -> None:
    editor, admin = as_role("editor"), as_role("admin")
    assert editor.get("/review").status_code == 200
    assert send(admin, "/accounts/Editor", page="/accounts", **act).status_code == 303
    assert editor.get("/review").status_code == 302


def test_another_password_ends_all_sessions(
    client: FlaskClient, store: Store, send: Callable[..., TestResponse]
) -> None:
    sign_in(client)
    wrong = send(client, "/account", page="/account", old="no", new="another long password")
    assert wrong.status_code == 400 and "not your password" in wrong.text
    short = send(client, "/account", page="/account", old=PASSWORD, new="short")
    assert short.status_code == 400 and "at least 12" in short.text
    assert send(client, "/account", page="/account", old=PASSWORD, new="another long password").status_code == 303
    assert client.get("/review").status_code == 302
    assert sign_in(client, password="another long password").status_code == 303


def test_the_last_admin_stays_one(client: FlaskClient, store: Store, send: Callable[..., TestResponse]) -> None:
    sign_in(client)
    answer = send(client, "/accounts/Ada", page="/accounts", role="reporter")
    assert answer.status_code == 400 and "last admin" in answer.text


@pytest.mark.parametrize(
    ("name", "password", "role", "says"),
    [
        ("Ada", PASSWORD, "editor", "already"),
        ("ADA", PASSWORD, "editor", "already"),
        ("x", PASSWORD, "editor", "2 to 60"),
        ("<b>", PASSWORD, "editor", "2 to 60"),
        ("Bea", "short", "editor", "at least 12"),
        ("Bea", PASSWORD, "king", "A role is one of"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why(
    client: FlaskClient, store: Store, send: Callable[..., TestResponse], name: str, password: str, role: str, says: str
) -> None:
    sign_in(client)
    answer = send(client, "/accounts", page="/accounts", name=name, password=password, role=role)
    assert answer.status_code == 400 and says in answer.text


def test_passwords_and_tokens_are_not_kept_as_they_are(client: FlaskClient, store: Store) -> None:
    token = sign_in(client).headers["Set-Cookie"].split(";")[0].partition("=")[2]
    with store.reading() as connection:
        dump = "\n".join(
            str(row)
            for table in ("account", "session", "audit")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        )
    assert PASSWORD not in dump and token not in dump and "$argon2id$" in dump


def test_a_desk_that_cannot_be_used_says_so_to_whoever_is_signed_in_too(
    app: Flask, as_role: Callable[[str], FlaskClient]
) -> None:
    client = as_role("editor")
    held = app.extensions["desk"]
    held.store = Store(held.store.address.set(database="/nowhere/desk.sqlite3"))
    for address in ("/", "/review"):
        answer = client.get(address)
        assert (
            answer.status_code == 503 and "database is not available" in answer.text and "/nowhere" not in answer.text
        )


def test_the_first_account_is_asked_for_where_there_is_none(client: FlaskClient) -> None:
    assert "onrecord users add" in client.get("/sign-in").text


def test_what_cannot_be_used_is_said_in_the_language_of_the_page(app: Flask) -> None:
    client = app.test_client()
    answer = client.post("/sign-in", data={"name": "Ada", "password": "wrong"}, headers={"Accept-Language": "ru"})
    assert answer.status_code == 401 and "Имя и пароль не подходят друг к другу." in answer.text
