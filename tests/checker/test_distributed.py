"""Articles on the workers of a scheduler: each once, in order, as without one, whoever dies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.workers import Workers, scheduler
from checker import distributed
from checker.cli import onrecord
from checker.distributed import check_articles
from checker.errors import SchedulerError
from checker.settings import DEFAULTS, Settings
from checker.types import Article, Report
from corpus.errors import CorpusUnavailable

QUOTED = "“{}”, said Teva Orlan, the mayor. It rained all day."

FRAGILE = """
import os
from checker import distributed

check = getattr(distributed.check_article, "itself", distributed.check_article)  # it is run twice

def check_or_die(article, *others, **settings):
    if article.id == "deadly":
        os._exit(1)
    if article.id == "broken":
        raise RecursionError("round and round")
    return check(article, *others, **settings)

check_or_die.itself = check
distributed.check_article = check_or_die
"""
"""What workers load first: one article ends the process that checks it."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    # One death condemns what a worker held, so that what happens then is seen without killing three.
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    folder = tmp_path_factory.mktemp("workers")
    (folder / "fragile.py").write_text(FRAGILE)
    with scheduler(folder, workers=2, settings=settings, preload=folder / "fragile.py") as running:
        yield running


@pytest.fixture
def at(starter_folder: Path) -> Settings:
    return replace(DEFAULTS, corpus=str(starter_folder), tagger="none", judge="none")


def articles(number: int) -> list[Article]:
    return [
        Article(f"a{each}", QUOTED.format(f"We have counted {each} boats in the harbour")) for each in range(number)
    ]


def test_the_command_says_the_same_as_without_it(
    cluster: Workers, starter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_TAGGER", "none")
    lines = [json.dumps({"id": each.id, "text": each.text}) for each in articles(9)]
    file = tmp_path / "wire.jsonl"
    file.write_text("\n".join(["{broken", *lines[:5], '{"id": "no text"}', *lines[5:], "[]"]))
    command = ["check", str(file), "--format", "jsonl", "--corpus", str(starter_folder)]
    alone = CliRunner().invoke(onrecord, command)
    there = CliRunner().invoke(onrecord, [*command, "--scheduler", cluster.address])
    assert alone.exit_code == there.exit_code == 3
    assert there.stdout == alone.stdout and there.stdout.count("\n") == 12


def test_when_a_worker_dies_the_others_do_its_work_and_nothing_comes_twice(cluster: Workers, at: Settings) -> None:
    wanted = articles(40)
    found = []
    for number, each in enumerate(check_articles(wanted, scheduler=cluster.address, settings=at, chunk=2)):
        if number == 4:
            cluster.start()
            cluster.kill(0)
        found.append(each)
    reports = [each for each in found if isinstance(each, Report)]
    assert [each.article.id for each in reports] == [each.id for each in wanted] and len(found) == len(wanted)


def test_an_article_that_takes_its_worker_with_it_is_named_and_the_rest_goes_on(cluster: Workers, at: Settings) -> None:
    deadly = Article("deadly", "x")
    found = list(check_articles([*articles(3), deadly, *articles(2)], scheduler=cluster.address, settings=at, chunk=1))
    # Where one death condemns, an article beside it may fall with it; Dask allows three deaths unless told otherwise.
    assert len(found) == 6 and sum(isinstance(each, Report) for each in found) >= 3
    assert "deadly: each worker that checked it died" in str(found[3])


def test_a_corpus_that_a_worker_cannot_open_is_said(cluster: Workers, tmp_path: Path) -> None:
    missing = replace(DEFAULTS, corpus=str(tmp_path / "nothing"))
    with pytest.raises(CorpusUnavailable, match="nothing"):
        list(check_articles(articles(1), scheduler=cluster.address, settings=missing))


def test_what_breaks_on_a_worker_is_raised_with_its_name(cluster: Workers, at: Settings) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)^tcp://127.*round and round"):
        list(check_articles([Article("broken", "x")], scheduler=cluster.address, settings=at))


def test_workers_with_different_corpora_are_refused(cluster: Workers, at: Settings, tmp_path: Path) -> None:
    checked = distributed.Checked((), "tcp://one", "f" * 64)
    run = distributed._Run(None, cluster.address, distributed.Workplace(at, (), "0"), 1)  # type: ignore[arg-type]
    run._compare(checked)
    run._compare(replace(checked, worker="tcp://two"))
    with pytest.raises(SchedulerError, match=r"tcp://one and tcp://other have different corpora"):
        run._compare(distributed.Checked((), "tcp://other", "0" * 64))


def test_nobody_there_and_nobody_working_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: Settings
) -> None:
    monkeypatch.setattr(distributed, "_PATIENCE", 1.0)
    with pytest.raises(SchedulerError, match=r"tcp://127.0.0.1:9: no scheduler answers here"):
        list(check_articles(articles(1), scheduler="tcp://127.0.0.1:9", settings=at))
    with scheduler(tmp_path) as empty, pytest.raises(SchedulerError, match="no worker has been there"):
        list(check_articles(articles(1), scheduler=empty.address, settings=at))


def test_what_is_wrong_with_the_input_is_raised_where_it_is_read(cluster: Workers, at: Settings) -> None:
    def broken() -> Iterator[Article]:
        yield from articles(1)
        raise OSError("the wire is cut")

    with pytest.raises(OSError, match="the wire is cut"):
        list(check_articles(broken(), scheduler=cluster.address, settings=at))
