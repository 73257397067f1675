"""The documents keep up with the program: every command, setting, reason and folding is described."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args

import click
import pytest

from checker.cli import onrecord
from checker.pipeline import check_quote
from checker.settings import Settings
from checker.types import Claim, Reason
from corpus.store import Corpus
from corpus.text import FOLDINGS

README_EXAMPLES = [
    (Claim("ask not what your country can do for you", speaker="John F. Kennedy"), "unsourced"),
    (Claim("A river does not ask who is drinking.", speaker="Ilse Corvane"), "unsourced"),
]

DOCS = Path(__file__).parent.parent / "docs"


def commands(group: click.Group, path: str = "onrecord") -> list[str]:
    found: list[str] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command, full = group.get_command(context, name), f"{path} {name}"
        found += commands(command, full) if isinstance(command, click.Group) else [full]
    return found


@pytest.mark.parametrize("command", commands(onrecord))
def test_every_command_is_described(command: str) -> None:
    assert command.removeprefix("onrecord ") in (DOCS / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [field.name for field in fields(Settings) if field.name != "thresholds"])
def test_every_setting_is_described(name: str) -> None:
    assert f"`ONRECORD_{name.upper()}`" in (DOCS / "cli.md").read_text(encoding="utf-8")


def test_every_reason_is_described_with_its_status_and_no_other_is() -> None:
    page = (DOCS / "how-a-verdict-is-reached.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([\w-]+)` \| (?:verified|paraphrased|unsourced) \|", page, re.MULTILINE)
    assert sorted(described) == sorted(get_args(Reason))


def test_every_folding_is_described_in_the_program_s_own_words() -> None:
    page = (DOCS / "folding.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \| (.+) \|$", page, re.MULTILINE) == list(FOLDINGS.items())


def test_every_test_that_a_page_names_is_there() -> None:
    named = {
        found
        for page in [*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]
        for found in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    for file, test in sorted(named):
        source = DOCS.parent / file
        assert source.is_file(), file
        assert not test or f"def {test}(" in source.read_text(encoding="utf-8"), f"{file}::{test}"


@pytest.mark.parametrize("page", sorted([*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]), ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize(("claim", "status"), README_EXAMPLES, ids=lambda value: str(value)[:30])
def test_the_examples_come_out_as_the_readme_says(claim: Claim, status: str, starter: Corpus) -> None:
    verdict = check_quote(claim, starter).verdict
    assert verdict.status == status
    assert verdict.reason in ("absent", "nested-quote")


@pytest.fixture(scope="module")
def starter(starter_folder: Path) -> Iterator[Corpus]:
    """The whole starter corpus."""
    with Corpus.open(starter_folder) as corpus:
        assert corpus.coverage().documents == 110
        yield corpus


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(1, len(pages) + 1))
    assert [int(page.read_text(encoding="utf-8").split(".")[0].lstrip("# ")) for page in pages] == numbers


def test_every_extra_that_is_named_can_be_installed() -> None:
    root = Path(__file__).parent.parent
    held = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pages = [root / "README.md", *(root / "docs").rglob("*.md")]
    named = {name for page in pages for name in re.findall(r"onrecord\[([a-z]+)\]", page.read_text(encoding="utf-8"))}
    assert named and named <= set(held)
