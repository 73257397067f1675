"""Items are checked in a process of their own, and what one of them does to it harms no other."""

from __future__ import annotations

import base64
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from checker.pipeline import tagger_name
from checker.settings import DEFAULTS, Settings
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn
from web.batch.checking import check_item
from web.batch.running import Runner
from web.desk import Desk
from web.meter import Meter
from web.store import jobs, store_of
from web.store.findings import load_report
from web.store.jobs import ItemKind, Leased, NewItem, Outcome

SAID = "We did not ask the fishermen for a single coin, and we repaired 14 windows before the storm."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with Corpus.open(tmp_path, create=True) as corpus:
        turns = (Turn(0, "Edda Marlow", "speech", Span(0, len(SAID))),)
        list(
            corpus.add(
                [Document("vessen-1", "Harbour office (invented)", "Address", SAID, turns, date=PartialDate(2032))]
            )
        )
    return replace(DEFAULTS, corpus=str(tmp_path), encoder="none", multilingual="none", judge="none")


def leased(kind: str, content: str) -> Leased:
    return Leased("none", 1, cast(ItemKind, kind), "an item", content, "", 1)


@pytest.mark.parametrize(
    ("kind", "content", "counts"),
    [
        ("quote", {"quote": "“We did not ask the fishermen for a single coin”", "speaker": "Edda Marlow"}, {"verified": 1}),
        ("quote", {"quote": "we repaired 40 windows before the storm", "direct": "true"}, {"altered": 1}),
        ("article", {"text": "“We repaired 14 windows before the storm,” Edda Marlow said.", "date": "2032"}, {"verified": 1}),
        ("file", {"name": "a.md", "data": base64.b64encode(b"Nobody is quoted here.").decode()}, {}),
    ],
)  # fmt: skip
def test_every_kind_of_item_becomes_a_report(settings: Settings, kind: str, content: object, counts: object) -> None:
    outcome = check_item(settings, leased(kind, json.dumps(content)))
    assert (outcome.error, outcome.counts) == (None, counts)
    assert outcome.result is not None
    report = load_report(outcome.result, lambda id, version: None)
    assert report.article.id == "an item"
    # What bounded an article's statements is named, in the report as in its findings; nothing bounded a single quotation.
    assert report.provenance.tagger == (None if kind == "quote" else tagger_name(settings))
    assert {each.provenance for each in report.findings} <= {report.provenance}


@pytest.mark.parametrize(
    ("kind", "content", "code", "says"),
    [
        ("quote", {"quote": "…"}, "input", "no quotation"),
        ("quote", {"quote": 7}, "input", "must be a text"),
        ("quote", {"quote": "a\x00b"}, "input", "no text"),
        ("quote", {"quote": "a b c", "date": "May"}, "input", "YYYY"),
        ("quote", {"quote": "word " * 2000}, "quote", "as an article"),
        ("article", {}, "input", "no “quote” and no “text”"),
        ("article", {"text": "x" * 1_000_001}, "input", "at most 1 MB"),
        ("file", {"name": "a.pdf", "data": base64.b64encode(b"no pdf").decode()}, "unreadable", "a.pdf"),
        ("file", {"name": "a.docx", "data": base64.b64encode(b"no docx").decode()}, "unreadable", "a.docx"),
        ("file", {"name": "a.txt", "data": 7}, "input", "must be a text"),
    ],
)
def test_what_is_wrong_with_an_item_is_said_in_its_place(
    settings: Settings, kind: str, content: object, code: str, says: str
) -> None:
    outcome = check_item(settings, leased(kind, json.dumps(content)))
    assert outcome.error_code == code and says in (outcome.error or "")


def test_a_fault_of_ours_is_no_finding_and_names_nothing_of_this_machine(settings: Settings) -> None:
    broken = check_item(settings, leased("quote", "no json"))
    assert broken.error_code == "internal" and "says nothing about the text" in (broken.error or "")
    lost = check_item(replace(settings, corpus="/nowhere/secret"), leased("quote", '{"quote": "a b c"}'))
    assert lost.error_code == "corpus" and "secret" not in (lost.error or "")


def check(settings: Settings, leased: Leased) -> Outcome:
    """Does what its name says, in the other process."""
    name = leased.name
    if name == "die":
        os._exit(9)
    if name == "sleep":
        time.sleep(60)
    return Outcome(result="{}", counts={name: 1})


@pytest.fixture
def runner(settings: Settings) -> Iterator[Runner]:
    desk = Desk(settings, None, store_of(settings), checks=None)
    runner = Runner(desk, check=check, longest=4.0)  # a busy machine takes a second over nothing
    runner.desk = desk  # type: ignore[attr-defined]
    yield runner
    runner.stop()


def run(runner: Runner, *names: str) -> list[tuple[str, str | None]]:
    store = runner._desk.store
    with store.writing() as connection:
        id = jobs.create(connection, "batch", [NewItem(name, "quote", "{}") for name in names], by="Ada")
    while runner.once():
        pass
    with store.reading() as connection:
        return [(each.state, each.error_code) for each in jobs.items(connection, id)]


class Heard(Meter):
    """What a runner tells whoever counts."""

    def __init__(self) -> None:
        self.errors: list[str | None] = []

    def ended(self, outcome: Outcome) -> None:
        self.errors.append(outcome.error_code)


def test_an_item_that_kills_its_process_is_given_up_and_counted_and_the_rest_goes_on(runner: Runner) -> None:
    runner._desk.meter = heard = Heard()
    assert run(runner, "fine", "die", "fine") == [("done", None), ("failed", "gave-up"), ("done", None)]
    assert heard.errors == [None, "gave-up", None]


def test_an_item_that_takes_too_long_is_ended(runner: Runner) -> None:
    assert run(runner, "sleep", "fine") == [("failed", "too-slow"), ("done", None)]


def test_an_item_over_which_the_service_was_stopped_again_and_again_is_not_given_up(settings: Settings) -> None:
    desk = Desk(settings, None, store_of(settings), checks=None)
    with desk.store.writing() as connection:
        id = jobs.create(connection, "batch", [NewItem("sleep", "quote", "{}")], by="Ada")
    for _ in range(jobs.ATTEMPTS + 1):
        runner = Runner(desk, check=check)
        runner.start()
        assert _comes_to(desk, id, "leased")
        runner.stop()
        assert _comes_to(desk, id, "waiting")
    desk.store.close()


def _comes_to(desk: Desk, id: str, state: str) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with desk.store.reading() as connection:
            if jobs.items(connection, id)[0].state == state:
                return True
        time.sleep(0.02)
    return False
