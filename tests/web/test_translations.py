"""The interface in other languages is whole, and what is compiled is what is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from checker import wording
from checker.export.contract import finding_object, json_line
from checker.pipeline import check_quote
from checker.settings import DEFAULTS
from checker.tongue import Message, Tongue, is_told, speaking
from checker.types import Claim, Finding
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.types import Document
from web import create_app
from web.translations import LANGUAGES, catalogue, compiled, messages
from web.translations.verdicts import FILES, verdicts

FOLDER = Path(__file__).parents[2] / "web" / "translations"
DATA = Path(__file__).parents[1] / "data"
STARTER = resources.files("corpus").joinpath("starter", "invented.jsonl")
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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_editors_elsewhere_call_verdicts_what_the_desk_calls_them(file: Path) -> None:
    read = file.read_text(encoding="utf-8")
    assert read == verdicts(FILES[file], {each: catalogue(each) for each in LANGUAGES}), (
        "run python -m web.translations"
    )
    assert read.count('{ tone: "') == len(wording.REASONS)
    for line in (
        '"altered": { sign: "≠", en: "Unsourced, wording differs", ru: "Без источника, слова другие" }',
        '"negation": { tone: "altered", en: "a “not” differs", ru: "отличается «не»" }',
        '"misattributed": { tone: "unsourced", en: "another speaker said it", ru: "сказал другой" }',
        '"not-covered": { tone: "uncovered", en: "sources not held", ru: "нет источников" }',
        '[0.95, { en: "very high", ru: "очень высокая" }]',
    ):
        assert f"  {line},\n" in read


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "messages.mo"
    compiled(catalogue(language), fresh)
    assert fresh.read_bytes() == (FOLDER / language / "LC_MESSAGES" / "messages.mo").read_bytes()


def test_the_browser_s_language_is_spoken(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"}).text
    assert '<html lang="ru"' in page and "Они это сказали?" in page and "12 документов" in page
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "fr"}).text


def test_a_finding_is_said_in_russian_and_what_nobody_translated_is_marked(client: FlaskClient) -> None:
    asked = {"headers": {"Accept-Language": "ru"}, "follow_redirects": True}
    page = client.post("/check", data={"text": "“quoted”"}, **asked).text
    assert "отличается «не»" in page and ">НЕ</span>" in page and "4 мая 2031" in page
    assert '<span lang="en" dir="ltr">90 % of the words stand here.</span>' in page
    assert '<p class="summary"><span lang="en" dir="ltr">Summary of negation.</span></p>' in page


def test_everything_that_the_checker_finds_is_said_in_russian_and_exported_in_english(tmp_path: Path) -> None:
    quotes = map(json.loads, (DATA / "starter-quotes.jsonl").read_text("utf-8").splitlines()[::3])
    lines = STARTER.read_text("utf-8").splitlines()
    held = {message.id: message.string for message in catalogue("ru") if isinstance(message.id, str)}
    russian = Tongue("ru", lambda text: held.get(text, text), lambda one, many, number: many)
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add(document_of(json.loads(line)) for line in lines))
        settings = replace(DEFAULTS, encoder="none", multilingual="none", judge="none")
        claims = [Claim(each["quote"], speaker=each["speaker"], direct=each["direct"]) for each in quotes]
        found = [check_quote(claim, corpus, settings=settings) for claim in claims]
    said = {message for each in found for message in sentences_of(each)}
    assert len({message.text for message in said}) > 25
    english = [json_line(finding_object(each)) for each in found]
    with speaking(russian):
        assert [message for message in said if not is_told(message)] == []
        assert [json_line(finding_object(each)) for each in found] == english


def sentences_of(finding: Finding) -> Iterator[Message]:
    """Every sentence that a finding holds."""
    yield finding.verdict.summary
    yield from (warning.says for warning in finding.warnings)
    for place in (*finding.evidence, *finding.nearest):
        yield from (each.says for each in (*place.features, *place.warnings))


def test_the_page_and_the_feed_of_changes_are_said_in_russian(document: Document, tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "held", create=True) as corpus:
        list(corpus.add([replace(document, text="The ferry costs 14 crowns.", turns=())]))
        list(corpus.add([replace(document, text="The ferry costs 40 crowns.", turns=())]))
        client = create_app(DEFAULTS, corpus).test_client()
        client.set_cookie("language", "ru")
        page, versions = client.get("/changes").text, client.get(f"/documents/{quote(document.id)}/versions").text
        assert "Изменено: добавлено 1 слово, удалено 1 слово" in page and "/changes.atom?speak=ru" in page
        assert "От версии 1 к версии 2" in versions and "(текущая)" in versions
        feed = create_app(DEFAULTS, corpus).test_client().get("/changes.atom?speak=ru").text
        assert 'xml:lang="ru"' in feed and "«14» → «40»" in feed


def test_errors_are_said_in_russian(client: FlaskClient) -> None:
    client.set_cookie("language", "ru")
    assert "Такой страницы нет" in client.get("/nowhere").text
    assert "Вставьте цитату или статью" in client.post("/check", data={"text": ""}).text
