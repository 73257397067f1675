"""What ASVS asks of sessions, passwords, caches and files, and no other test answers: see docs/asvs.md."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_access import ROUTES
from web.access import COOKIE
from web.batch.intake import Sent, items_of
from web.store import Store, accounts

LONG = "маяк Вессена и все его огни " * 35  # 980 characters, in letters that take two bytes each


@pytest.fixture
def store(app: Flask) -> Store:
    store: Store = app.extensions["desk"].store
    return store


@pytest.mark.parametrize("password", [LONG, "a  b  c  d  e", "🗼" * 12])
def test_a_long_password_in_any_script_counts_to_its_last_letter(
    client: FlaskClient, store: Store, password: str
) -> None:
    with store.writing() as connection:
        accounts.add(connection, "Ada", password, role="admin", by="test")
    shorter = {"name": "Ada", "password": password[:-1]}
    assert client.post("/sign-in", data=shorter).status_code == 401
    assert client.post("/sign-in", data=shorter | {"password": password}).status_code == 303


def test_a_session_is_in_its_cookie_and_in_no_address_or_page(client: FlaskClient, store: Store) -> None:
    with store.writing() as connection:
        accounts.add(connection, "Ada", LONG, role="admin", by="test")
    assert client.get("/sign-in", query_string={"name": "Ada", "password": LONG}).headers.get("Set-Cookie") is None
    answer = client.post("/sign-in", data={"name": "Ada", "password": LONG})
    token = re.search(f"{COOKIE}=([^;]+)", answer.headers["Set-Cookie"])
    assert token and len(token[1]) >= 43, "256 bits, six of them a letter"
    for page in ("/review", "/account", "/batches", "/accounts"):
        shown = client.get(page)
        assert token[1] not in shown.text + shown.headers.get("Location", ""), page


def test_nothing_that_is_shown_to_whoever_is_signed_in_is_kept_by_the_browser(
    app: Flask, as_role: Callable[[str], FlaskClient]
) -> None:
    client, shown = as_role("admin"), 0
    for rule, method in ROUTES:
        plain = method == "GET" and not rule.arguments and rule.endpoint.partition(".")[0] not in ("api", "provider")
        if plain and rule.endpoint not in ("static", "pages.desk_style", "accounts.sign_out"):
            answer = client.get(rule.rule)
            shown += answer.mimetype == "text/html"
            assert answer.headers.get("Cache-Control") == "no-store" or answer.mimetype != "text/html", rule.rule
    assert shown > 12


@pytest.mark.parametrize(
    "address", ["/static/", "/static", "/static/../serve.py", "/static/%2e%2e/serve.py", "/.git/config"]
)
def test_folders_are_not_listed_and_not_left(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 and "import" not in answer.text


def test_a_file_s_name_is_a_name_and_never_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["../../outside.txt", "/etc/outside.txt", "C:\\outside.txt"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "“We opened,” Ada Lorne said.")
    items = items_of([Sent("../a.zip", packed.getvalue()), Sent("../b.txt", b"One.")], "")
    assert len(items) == 4 and list(tmp_path.iterdir()) == [] and not (tmp_path.parent / "b.txt").exists()
