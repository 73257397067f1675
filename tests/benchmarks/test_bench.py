"""The benchmark measures what it says, on a tiny invented corpus, and its page and picture are whole."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.bench.__main__ import measure, parser
from benchmarks.bench.kept import WrongFile
from benchmarks.bench.material import Cut, Material, made, recall
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
        full, seen = corpus.coverage().passages, []
        for size in (8, full, full + 20):
            with made(corpus, material, tmp_path, size) as stage:
                seen.append(stage)
    small, whole, larger = seen
    assert [each.whole for each in (small, whole, larger)] == [False, True, False]
    assert [each.varied > 0 for each in (small, whole, larger)] == [False, False, True]
    assert 8 <= small.passages < whole.passages <= larger.passages - 20
    assert whole.recall == larger.recall == 1.0
    assert [each.added for each in seen] == [small.passages, 0, larger.passages - whole.passages]
    assert whole.folder == held
    assert list(tmp_path.iterdir()) == [], "corpora that were made are gone again"


def test_the_page_has_every_figure_and_the_picture_is_one(run: Run) -> None:
    told = page(run, picture="pictures/speed.svg")
    assert told.count("**OnRecord**") == 2
    assert "SQLite FTS5" in told
    assert f"| {run.stages[0].passages:,} | {run.stages[0].documents:,}, 0 |" in told
    picture = ElementTree.fromstring(growth_plot(run.measured))
    assert len(picture.findall("{*}polyline")) == 3


def test_what_could_not_be_started_is_named(run: Run) -> None:
    lost = Measured("tantivy", run.stages[0].passages, True, why="left out: there is no network")
    told = page(
        replace(run, parts=(*run.parts[:-1], replace(run.parts[-1], measured=(*run.measured, lost)))), picture="p.svg"
    )
    assert "tantivy + partial_ratio was left out: there is no network" in told
    assert "tantivy + partial_ratio" not in growth_plot([lost])


def test_a_stopped_run_goes_on_where_it_was(held: Path, tmp_path: Path) -> None:
    keep = tmp_path / "kept.jsonl"
    given = asked(held, "--systems", "substring", "--keep", str(keep))
    (first,) = measure(given)
    lines = keep.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(lines) == 8, "what it is of, the corpus, two systems, the starts and rates that nobody asked for"
    keep.write_text("".join(lines[:3]), encoding="utf-8")  # stopped after the first system
    (again,) = measure(given)
    assert again.parts[0].stage == first.parts[0].stage
    assert again.measured[0] == first.measured[0], "not measured a second time"
    assert again.measured[1].walls != first.measured[1].walls
    assert (*again.sittings[:2],) == (*first.sittings[:2],)
    with pytest.raises(WrongFile, match="name another file with --keep"):
        list(measure(asked(held, "--keep", str(keep), "--seed", "8")))
    keep.write_text(lines[0] + "{}\n", encoding="utf-8")
    with pytest.raises(WrongFile, match="no file of measurements"):
        list(measure(given))


def test_a_quote_whose_document_is_not_among_the_candidates_is_a_miss(tmp_path: Path) -> None:
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add([speech(0), speech(1)]))
        sentence = "On pier 3 of the quay in province 1 our crew has closed the old iron bollard"
        cuts = [Cut("a", sentence, "Ilse Corvane", id, True) for id in ("marlo-1", "marlo-0")]
        assert recall(corpus, cuts[:1], limit=1) == 1.0
        assert recall(corpus, cuts, limit=1) == 0.5
