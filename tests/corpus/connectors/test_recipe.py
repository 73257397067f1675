"""Recipes: what is read, and that whatever is wrong is said before anything is fetched."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from corpus.connectors.connector import Page
from corpus.connectors.kit import Promise, Sample, problems
from corpus.connectors.recipe import Selector, load_recipe, read_recipe
from corpus.errors import ConnectorError

MARLO = """
name = "marlo"
title = "Government of Marlo (invented)"
facts = "invented"
[documents]
publisher = "Government of Marlo"
[list]
start = "https://marlo.example/news"
entry = "li.item"
link = ["a.title@href", "a@href"]
"""


def test_a_selector_is_a_text_or_several_or_a_table() -> None:
    more = MARLO + 'date = { css = ".meta", take = "on (.+)" }\ntitle = "a.title"\n'
    found = read_recipe(more, name="marlo.toml").list
    assert found.link == Selector(("a.title@href", "a@href"))
    assert found.date == Selector((".meta",), "on (.+)")
    assert found.title == Selector(("a.title",))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("nxt = 'a'", "list.nxt: there is no such key"),
        ("next = 'a[['", "list.next: 'a[[' is not a CSS selector"),
        ("next = 3", "list.next: write a CSS selector"),
        ("id = '/news/'", "list.id: the pattern needs one group"),
        ("allow = '('", "list.allow: '(' is not a regular expression"),
        ("date = { css = 'i', take = 'x' }", "list.date.take: the pattern needs one group"),
        ("pages = 'https://marlo.example/2'", "list.pages: {page} must stand"),
        ("pages = 'https://marlo.example/{page}'", "list.container: with “pages” it is needed"),
        ("type = 'html'", "list.type: Input should be"),
        ("[page]\ndrop = 'a[['", "page.drop"),
        ("[manners]\npace = -1", "manners.pace"),
        ("[pages]\nbody = 'p'", "pages: there is no such key"),
        ("= 1", "not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_key(lines: str, says: str) -> None:
    with pytest.raises(ConnectorError, match=re.escape(says)):
        read_recipe(MARLO + lines, name="marlo.toml")


@pytest.mark.parametrize(
    ("taken", "says"),
    [
        ('name = "marlo"', "name: it is needed"),
        ('entry = "li.item"', "needs “entry” and “link”"),
        ('publisher = "Government of Marlo"', "documents.publisher: it is needed"),
    ],
)
def test_what_is_missing_is_named(taken: str, says: str) -> None:
    with pytest.raises(ConnectorError, match=re.escape(says)):
        read_recipe(MARLO.replace(taken, ""), name="marlo.toml")


def test_a_name_is_one_that_ids_can_begin_with() -> None:
    with pytest.raises(ConnectorError, match="name: small letters"):
        read_recipe(MARLO.replace('"marlo"', '"Marlo news"'), name="marlo.toml")


def test_a_folder_stands_beside_its_recipe(tmp_path: Path) -> None:
    recipe = tmp_path / "own.toml"
    recipe.write_text(MARLO.replace("https://marlo.example/news", "statements") + 'type = "folder"\n', encoding="utf-8")
    assert load_recipe(recipe).list.start == ((tmp_path / "statements").as_uri(),)


def blocks(request: pytest.FixtureRequest, language: str) -> list[str]:
    docs = (request.config.rootpath / "docs" / "connectors.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", docs, re.DOTALL)


def test_the_recipes_of_the_documentation_are_read(request: pytest.FixtureRequest) -> None:
    read = [read_recipe(each, name="docs") for each in blocks(request, "toml") if each.startswith("name =")]
    assert [each.list.type for each in read] == ["page", "feed", "page"]
    assert read[2].page.drop == (".share", "figure")


def test_the_connector_of_the_documentation_conforms(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "marlo_harbour.py").write_text(blocks(request, "python")[0], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    harbour = import_module("marlo_harbour").HARBOUR
    at = "https://harbour.marlo.example/notices"
    notice = {"number": 12, "address": f"{at}/12.json", "day": "2031-06-03", "changed": "1"}
    words = {
        "title": "Ferries",
        "day": "2031-06-03",
        "statements": [{"who": "Ada Lorne", "words": "It leaves at noon."}],
    }
    sample = Sample(
        lists=(Page(f"{at}/latest.json", json.dumps({"notices": [notice]}).encode(), ".json"),),
        pages=(Page(f"{at}/12.json", json.dumps(words).encode(), ".json"),),
        promises={"marlo-harbour-12": Promise(date="2031-06-03", speakers=("Ada Lorne",))},
    )
    assert problems(harbour, sample) == ()
