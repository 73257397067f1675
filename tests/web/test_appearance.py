"""How the pages look and speak is the reader's choice, and nobody is led elsewhere by choosing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_a_choice_stays_until_another_is_made(client: FlaskClient) -> None:
    answer = client.post("/appearance", data={"theme": "dark", "back": "/about?x=1"})
    assert answer.status_code == 303 and answer.headers["Location"] == "/about?x=1"
    assert 'data-theme="dark"' in client.get("/").text
    client.post("/appearance", data={"language": "ru"})
    page = client.get("/").text
    assert 'data-theme="dark"' in page and '<html lang="ru"' in page
    client.post("/appearance", data={"language": "en", "theme": "system"})
    assert '<html lang="en" data-theme="system">' in client.get("/", headers={"Accept-Language": "ru"}).text


def test_the_choice_is_kept_in_a_cookie_that_no_script_and_no_other_site_reads(client: FlaskClient) -> None:
    cookie = client.post("/appearance", data={"theme": "light"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


@pytest.mark.parametrize(("field", "value"), [("theme", "purple"), ("language", "xx"), ("theme", "dark\r\nX: y")])
def test_what_cannot_be_chosen_changes_nothing(client: FlaskClient, field: str, value: str) -> None:
    assert "Set-Cookie" not in client.post("/appearance", data={field: value}).headers


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "",
        "/a\r\nSet-Cookie: x", "evil", "/\t/evil.example", "///evil.example",
    ],
)  # fmt: skip
def test_the_way_back_stays_within_these_pages(client: FlaskClient, back: str) -> None:
    assert client.post("/appearance", data={"theme": "dark", "back": back}).headers["Location"] == "/"
