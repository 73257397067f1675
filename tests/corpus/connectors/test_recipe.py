"""Recipes: what is read, and that whatever is wrong is said before anything is fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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


def test_the_recipe_of_the_documentation_is_read(request: pytest.FixtureRequest) -> None:
    docs = (request.config.rootpath / "docs" / "connectors.md").read_text(encoding="utf-8")
    shown = re.search(r"```toml\n(name = .*?)```", docs, re.DOTALL)
    assert shown is not None
    assert read_recipe(shown[1], name="docs").page.drop == (".share", "figure")
