"""The campaigns of `make nightly` at a small scale, and the page that is made of their figures."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from benchmarks.nightly import backups, hidden, inputs, load, mutants, record, tampering, users
from benchmarks.nightly.campaign import Outcome, Trial
from benchmarks.nightly.campaigns import CAMPAIGNS
from benchmarks.nightly.record import Run
from corpus import backup as corpus_backup
from corpus.errors import CorpusError
from corpus.read import NO_DEFAULTS, read_bytes
from corpus.store import Corpus
from web.store import Store
from web.store import backup as store_backup

ROOT = Path(__file__).parents[2]


def test_some_tamperings_of_each_kind_are_found(tmp_path: Path) -> None:
    outcome = tampering.run(Trial(tmp_path, 0.05, seed=3))
    assert outcome.problems == ()
    assert dict(outcome.figures)["tamperings of the log"] == "10"


def test_a_tampering_that_nobody_sees_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tampering, "DOCUMENTS", ("UPDATE version SET title = title WHERE id = :id",))
    outcome = tampering.run(Trial(tmp_path, 0.005))
    assert outcome.problems == ("documents: UPDATE version SET title = title WHERE id = :id",)


def test_what_is_backed_up_while_others_work_comes_back_with_the_same_findings(tmp_path: Path) -> None:
    documents = tuple(backups.invented(3, 24))
    asked = backups.quotes(3, documents, 7)
    corpus = tmp_path / "corpus"
    with Corpus.open(corpus, create=True):
        pass
    store = Store(URL.create("sqlite", database=str(corpus / "desk.sqlite3")), witness=corpus / "desk.sqlite3-witness")
    problems: list[str] = []
    with backups.working(corpus, documents, store, backups.write_to(store)) as known:
        while known.documents < 5 or not known.entries:
            time.sleep(0.01)
        before = known.documents, known.entries
        store_backup.back_up(store, tmp_path / "desk-kept.sqlite3")
        corpus_backup.back_up(corpus, tmp_path / "corpus-kept.sqlite3")
    back = Store(
        URL.create("sqlite", database=str(tmp_path / "back.sqlite3")), witness=tmp_path / "back.sqlite3-witness"
    )
    store_backup.restore(tmp_path / "desk-kept.sqlite3", back)
    corpus_backup.restore(tmp_path / "corpus-kept.sqlite3", tmp_path / "back")
    backup = backups.Backup(tmp_path / "back", tmp_path / "back.sqlite3", *before, 0)
    assert backups.compare(backup, (), documents, asked, store, problems) >= 5
    assert (known.errors, problems) == ([], [])
    lost = replace(backup, documents=1_000, entries=10_000, corpus=tmp_path / "back")
    (tmp_path / "anew").rename(tmp_path / "anew-before")
    backups.compare(lost, (), documents[1:], asked[:1], store, problems)
    assert len(problems) >= 3, "what is lost, and another record, is told"


def test_a_few_invisible_characters_and_look_alikes_change_no_verdict_unseen(tmp_path: Path) -> None:
    assert len(hidden.invisible()) > 4_000
    assert hidden.run(Trial(tmp_path, 0.003, seed=5)).problems == ()


@pytest.mark.parametrize("suffix", inputs.SUFFIXES)
def test_broken_files_are_read_or_refused(suffix: str) -> None:
    seeds = inputs.seeds_of_binaries()
    for number in range(40):
        raw = inputs.file_of(suffix, random.Random(f"{suffix} {number}"), seeds)
        try:
            read_bytes(raw, suffix, name=f"a{suffix}", defaults=NO_DEFAULTS)
        except CorpusError as error:
            assert str(error)


@pytest.mark.parametrize(("power", "ratio"), [(1, 2.0), (2, 4.0)])
def test_time_that_grows_faster_than_the_text_is_told(power: int, ratio: float) -> None:
    spent = [0.0]

    def scan(text: str) -> None:
        spent[0] += len(text) ** power

    assert inputs.ratio_of(scan, "a", longest=3_000, clock=lambda: spent[0]) == ratio


NAMES = [
    f"{module}.x_{number}__mutmut_1"
    for module in ("checker.align.edits", "checker.features.guards", "checker.decide", "checker.compare")
    for number in range(40)
]


def test_a_seed_draws_the_same_share_of_the_mutants_of_each_module(tmp_path: Path) -> None:
    drawn = mutants.sample(NAMES, Trial(tmp_path, 0.1, seed=3))
    assert drawn == mutants.sample(NAMES[::-1], Trial(tmp_path, 0.1, seed=3))
    assert drawn != mutants.sample(NAMES, Trial(tmp_path, 0.1, seed=4))
    assert [mutants.module_of(name) for name in drawn] == [
        *("align",) * 4, *("guards",) * 4, *("decide",) * 4, *("compare",) * 4,
    ]  # fmt: skip
    assert set(mutants.sample(NAMES, Trial(tmp_path))) == set(NAMES)


@pytest.mark.parametrize("status", ["survived", "no tests", "suspicious", "not checked"])
def test_a_module_in_which_more_than_one_mutant_in_ten_goes_unnoticed_is_told(status: str) -> None:
    told = "".join(f"    {name}: {status if name in NAMES[40:44] else 'killed'}\n" for name in NAMES)
    fine = mutants.outcome(mutants.statuses(told), 160)
    assert fine.problems == ()
    assert dict(fine.figures)["guards: tried, noticed"] == f"40, 90.0% (36 killed, 4 {status})"
    worse = mutants.outcome(mutants.statuses(told.replace("killed", status, 41)), 160)
    assert [each.split(":")[0] for each in worse.problems] == ["align", "guards"]


def test_mutants_are_made_of_a_whole_copy(tmp_path: Path) -> None:
    mutants.copy(tmp_path / "project")
    assert (tmp_path / "project" / "checker" / "decide.py").exists()
    assert not list((tmp_path / "project").rglob("__pycache__"))


def test_a_refusal_that_comes_late_is_told() -> None:
    assert list(load.slow(load.Wave(refused=[0.1] * 98 + [1.2] * 2))) == [
        "1 % of refusals took 1.20 s or longer; promised is 1"
    ]
    assert list(load.slow(load.Wave(refused=[0.1] * 99, probes=[0.3]))) == []


def test_slow_quotes_and_memory_that_grows_are_told() -> None:
    steady = [(float(second), 100_000) for second in range(300)]
    growing = [(second, held + 40 * round(second)) for second, held in steady]
    met = users.Met()
    met.seconds |= {"quote": [0.1] * 99 + [0.2], "page quote": [0.1] * 98 + [0.4] * 2}
    assert list(users.late(met, steady)) == ["page quote: 1 % took 400 ms or longer; promised are 250"]
    assert list(users.late(met, growing))[1:] == ["memory grew by 12 MB in the second half, of 98"]
    assert round(users.slope(growing)) == 40 * 3600


def test_the_page_has_the_figures_of_the_last_runs() -> None:
    written = record.PAGE.read_text(encoding="utf-8")
    assert record.page(written, CAMPAIGNS.values(), record.read()) == written


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_every_promise_has_its_quick_tests(name: str) -> None:
    assert all((ROOT / file).exists() for file in CAMPAIGNS[name].quick)


def test_a_run_is_kept_as_it_was(tmp_path: Path) -> None:
    run = Run("2031-05-04", 0.5, 7, 12, "2 cores", (("inputs", "1,000"),), ("U+200B at 3",))
    record.write({"inputs": run}, tmp_path / "last.json")
    assert record.read(tmp_path / "last.json") == {"inputs": run}


def test_a_broken_promise_stands_on_the_page() -> None:
    outcome = Outcome((("inputs", "5"),), ("a\u202eb",))
    run = Run("2031-05-04", 1.0, 1, 2, "2 cores", outcome.figures, outcome.problems)
    page = record.page(f"{record.BEGIN}\n{record.END}", CAMPAIGNS.values(), {"inputs": run})
    assert "1 problems" in page and "`a\\u202eb`" in page
