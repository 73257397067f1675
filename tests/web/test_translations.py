"""The interface in other languages is whole, and what is compiled is what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.translations import LANGUAGES, catalogue, compiled, messages

FOLDER = Path(__file__).parents[2] / "web" / "translations"
_VALUE = re.compile(r"%\(\w+\)s")


def test_there_is_russian() -> None:
    assert LANGUAGES == ("ru",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_no_other_is(language: str) -> None:
    held = {message.id: message for message in catalogue(language) if message.id}
    wanted = {message.id for message in messages() if message.id}
    assert wanted == set(held), "run python -m web.translations"
    for message in held.values():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), f"not translated: {message.id!r}"
        assert not message.fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_values_of_their_messages(language: str) -> None:
    for message in catalogue(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for said in message.string if isinstance(message.string, tuple) else (message.string,):
            if message.id:
                assert sorted(_VALUE.findall(said)) == sorted(_VALUE.findall(ids[-1])), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "messages.mo"
    compiled(catalogue(language), fresh)
    assert fresh.read_bytes() == (FOLDER / language / "LC_MESSAGES" / "messages.mo").read_bytes()


def test_the_browser_s_language_is_spoken(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"}).text
    assert '<html lang="ru"' in page and "Они это сказали?" in page and "12 документов" in page
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "fr"}).text


def test_a_finding_is_said_in_russian_and_the_machine_s_own_words_stay_english(client: FlaskClient) -> None:
    asked = {"headers": {"Accept-Language": "ru"}, "follow_redirects": True}
    page = client.post("/check", data={"text": "“quoted”"}, **asked).text
    assert "отличается «не»" in page and ">НЕ</span>" in page and "4 мая 2031" in page
    assert '<td lang="en">90 % of the words stand here.</td>' in page
    assert '<p lang="en" dir="ltr">Summary of negation.</p>' in page


def test_errors_are_said_in_russian(client: FlaskClient) -> None:
    client.set_cookie("language", "ru")
    assert "Такой страницы нет" in client.get("/nowhere").text
    assert "Вставьте цитату или статью" in client.post("/check", data={"text": ""}).text
