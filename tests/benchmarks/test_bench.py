"""The benchmark measures what it says, on a tiny invented corpus, and its page and picture are whole."""

from __future__ import annotations

import argparse
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.bench.__main__ import measure, parser
from benchmarks.bench.material import Cut, Material, recall, stages
from benchmarks.bench.page import Run, page
from benchmarks.bench.plot import growth_plot
from benchmarks.bench.systems import Measured
from corpus.read.turns import Said, lay_out
from corpus.store import Corpus
from corpus.types import Document, PartialDate

WORKS = "mended painted measured swept opened closed sold rented raised lowered".split()


def speech(number: int) -> Document:
    said = " ".join(
        f"On pier {n} of the quay in province {number} our crew has {WORKS[n % 10]} the old iron bollard for lot {n * n + number} "
        f"before the {WORKS[(n + number) % 10]} gate of the {number}th harbour."
        for n in range(12)
    )
    text, turns = lay_out([Said("Ilse Corvane", said, "speech")])
    return Document(
        f"marlo-{number}", "Office of the President of Marlo", f"Speech {number}", text, turns, date=PartialDate(2031, 4, number + 1)
    )  # fmt: skip


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    with Corpus.open(folder, create=True) as corpus:
        list(corpus.add(speech(number) for number in range(8)))
    return folder


def asked(held: Path, *more: str) -> argparse.Namespace:
    given = [
        "--corpus",
        str(held),
        "--sizes",
        "--quotes",
        "6",
        "--articles",
        "0",
        "--starts",
        "0",
        "--encode",
        "0",
        *more,
    ]
    return parser().parse_args(given)


@pytest.fixture(scope="module")
def run(held: Path) -> Run:
    (found,) = measure(asked(held, "--systems", "substring", "fts5"))
    return found


def test_every_system_answers_over_all_documents(run: Run) -> None:
    whole = {each.name: each for each in run.measured if each.whole}
    assert {each.why for each in whole.values()} == {""}
    assert run.asked == (4, 2)
    assert [(each.found, each.taken) for each in whole.values()] == [(1.0, 0.0), (1.0, 0.0), (1.0, 1.0)], (
        "OnRecord and a plain search tell an exchanged word; likeness does not"
    )
    assert all(each.resident > 0 and len(each.times) == 6 for each in whole.values())


def test_a_larger_corpus_is_filled_with_variations_and_says_so(held: Path, tmp_path: Path) -> None:
    with Corpus.open(held) as corpus:
        material = Material.of(corpus, asked(held, "--sizes", "8"))
        small, whole, larger = stages(corpus, material, tmp_path, [8, corpus.coverage().passages + 20])
    assert [each.whole for each in (small, whole, larger)] == [False, True, False]
    assert [each.varied > 0 for each in (small, whole, larger)] == [False, False, True]
    assert 8 <= small.passages < whole.passages <= larger.passages - 20
    assert whole.recall == larger.recall == 1.0


def test_the_page_has_every_figure_and_the_picture_is_one(run: Run) -> None:
    told = page(run, picture="pictures/speed.svg")
    assert told.count("**OnRecord**") == 2
    assert "SQLite FTS5" in told
    assert f"| {run.stages[0].passages:,} | {run.stages[0].documents:,}, 0 |" in told
    picture = ElementTree.fromstring(growth_plot(run.measured))
    assert len(picture.findall("{*}polyline")) == 3


def test_what_could_not_be_started_is_named(run: Run) -> None:
    lost = Measured("tantivy", run.stages[0].passages, True, why="left out: there is no network")
    told = page(Run(**{**_fields(run), "measured": (*run.measured, lost)}), picture="p.svg")
    assert "tantivy + partial_ratio was left out: there is no network" in told
    assert "tantivy + partial_ratio" not in growth_plot([lost])


def _fields(run: Run) -> dict[str, object]:
    return {name: getattr(run, name) for name in Run.__slots__}


def test_a_quote_whose_document_is_not_among_the_candidates_is_a_miss(tmp_path: Path) -> None:
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add([speech(0), speech(1)]))
        sentence = "On pier 3 of the quay in province 1 our crew has closed the old iron bollard"
        cuts = [Cut("a", sentence, "Ilse Corvane", id, True) for id in ("marlo-1", "marlo-0")]
        assert recall(corpus, cuts[:1], limit=1) == 1.0
        assert recall(corpus, cuts, limit=1) == 0.5
