"""The record grows: editors are told which findings under review come out otherwise, once, and nothing of theirs is replaced."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.settings import DEFAULTS, Settings
from checker.types import Finding
from corpus.read.turns import Said, lay_out
from corpus.store import Corpus
from corpus.types import Document, PartialDate
from web.desk import Desk
from web.recheck import recheck
from web.review import steps
from web.review.growth import look_once
from web.store import articles, reviews, signing, store_of
from web.store.accounts import Account
from web.store.articles import Text

ROAD = "The coastal road will be closed until the cliffs above it have been made safe."
FERRY = "We opened the northern ferry in May, and it has not missed a single crossing since."


def speech(id: str, *said: str) -> Document:
    """Invented words."""
    text, turns = lay_out([Said("Mirela Tosk", each) for each in said])
    return Document(
        id=id, publisher="Chancery of Quenland (invented)", title="Briefing", text=text, turns=turns,
        date=PartialDate(2031, 5, 4), url=None, language="en", kind="speech", speakers=(),
    )  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(
        DEFAULTS, corpus=str(tmp_path / "corpus"), desk=str(tmp_path / "desk.sqlite3"), encoder="none",
        multilingual="none", judge="none", tagger="none",
    )  # fmt: skip


@pytest.fixture
def desk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An article with two statements under review, of which the record holds one."""
    for name in ("encoder", "multilingual", "judge", "tagger"):
        monkeypatch.setenv(f"ONRECORD_{name.upper()}", "none")
    corpus = Corpus.open(settings.corpus, create=True)
    others = [
        f"Number {n} of the islands has a pier of its own, {n * 7} metres long and built of oak." for n in range(60)
    ]
    list(corpus.add([speech("ferry", FERRY), speech("others", *others)]))
    desk = Desk(settings, corpus, store_of(settings), checks=None)
    text = f"“{FERRY[:-1]},” Mirela Tosk said.\n\n“{ROAD[:-1]},” she added."
    steps.send(desk, Text(text, title="Roads and ferries"), by=Account(0, "Ada", "editor"), id="roads")
    return desk


@pytest.fixture
def run(settings: Settings) -> Callable[..., Result]:
    def command(*words: str) -> Result:
        return CliRunner().invoke(recheck, [*words, "--corpus", settings.corpus, "--desk", settings.desk])

    return command


def comments(desk: Desk) -> list[str]:
    with desk.store.reading() as connection:
        return [each.text for each in reviews.comments(connection, "roads")]


def alerts(desk: Desk, name: str = "Ada") -> list[str]:
    with desk.store.reading() as connection:
        return [each.says for each in signing.alerts(connection, Account(0, name, "editor"))]


def sentence(quote: str) -> str:
    """As the record has it."""
    return quote.rstrip(",.") + "."


def held(desk: Desk) -> dict[str, Finding]:
    with desk.store.reading() as connection:
        return {
            sentence(each.finding.claim.quote): each.finding
            for each in articles.findings(connection, "roads", 1, desk.wording)
        }


def test_what_is_said_now_is_told_once_and_replaces_nothing(desk: Desk, run: Callable[..., Result]) -> None:
    assert {quote: each.verdict.status for quote, each in held(desk).items()} == {FERRY: "verified", ROAD: "unsourced"}
    nothing = run()
    assert (nothing.exit_code, nothing.stdout) == (0, "") and "2 findings, 0 checked again" in nothing.stderr
    list(desk.corpus.add([speech("road", ROAD)]))
    tried = run("--dry-run", "--format", "jsonl")
    rows = {sentence(row["quote"]): row for row in map(json.loads, tried.stdout.splitlines())}
    assert rows[ROAD]["why"] == "words" and rows[ROAD]["otherwise"] and rows[ROAD]["now"]["status"] == "verified"
    assert not rows[FERRY]["otherwise"] and comments(desk) == alerts(desk) == []
    done = run()
    assert done.exit_code == 0 and "unsourced (absent) → verified (" in done.stdout
    (said,) = comments(desk)
    assert "was unsourced (absent) and is verified (" in said and said.endswith(") now, by road. Check again.")
    assert alerts(desk) == [said]
    assert held(desk)[ROAD].verdict.status == "unsourced"
    assert run().exit_code == 0 and len(comments(desk)) == len(alerts(desk)) == 1
    steps.check_again(desk, "roads", seen=1, by="Ada")
    assert held(desk)[ROAD].verdict.status == "verified"
    assert "0 come out otherwise" in run().stderr


def test_what_comes_out_the_same_is_kept_as_found_today(desk: Desk, run: Callable[..., Result]) -> None:
    """So that it is not checked again with every document to come."""
    before = held(desk)[ROAD].provenance.corpus_fingerprint
    list(
        desk.corpus.add(
            [speech("piers", *(f"Pier {n} of Tarn was painted green in the year {n + 1900}." for n in range(20)))]
        )
    )
    rows = list(map(json.loads, run("--format", "jsonl").stdout.splitlines()))
    assert [(row["why"], row["otherwise"]) for row in rows] == [("statistics", False)] * 2
    assert held(desk)[ROAD].provenance.corpus_fingerprint == desk.fingerprint != before
    assert [json.loads(line)["why"] for line in run("--format", "jsonl").stdout.splitlines()] == [None, None]
    assert alerts(desk) == []


def test_the_service_looks_by_itself_once_for_each_state_of_the_record(desk: Desk) -> None:
    list(desk.corpus.add([speech("road", ROAD)]))
    look_once(desk, stopped=lambda: False)
    assert len(alerts(desk)) == 1 and desk.findings_seen == desk.fingerprint
    with desk.store.writing() as connection:
        signing.see(connection, Account(0, "Ada", "editor"))
    look_once(desk, stopped=lambda: False)
    assert alerts(desk) == []


def test_a_corpus_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(recheck, ["--corpus", str(tmp_path / "none")])
    assert done.exit_code == 4 and "no corpus here" in done.stderr
