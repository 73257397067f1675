"""Killed at a thousand points, most of them inside an open write, corpus and desk have all that they acknowledged, once, and verify.

Four parts, each with its share of the points, run one after another: documents are added (`benchmarks/kills.py`), passages given vectors
(`encode_kills.py`), a source synced (`sync_kills.py`), and the desk's server used for batches and reviews (`desk_kills.py`). Their docstrings say what is
done, and what must hold after each kill and in the end. A kill is inside an open write when the log of transactions, which each writer
keeps through SQLAlchemy's events, ends with one that has begun and not yet come to its commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks import desk_kills, encode_kills, kills, sync_kills
from benchmarks.nightly.backups import invented
from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from checker.export import json_line
from corpus.export import record_of

INGEST, ENCODE, SYNC, DESK = 250, 300, 200, 250
_EACH = 10
"""Documents a kill, in transactions of five."""
_SPARE = 5
"""One kill in so many comes late, when a writer has added more than its share."""
_MOST_OUTSIDE = 0.5


def run(trial: Trial) -> Outcome:
    """Kill, part by part."""
    figures, problems = list[tuple[str, str]](), list[str]()
    ends = inside = 0
    for name, told, one, within, found in _parts(trial):
        ends, inside = ends + one, inside + within
        figures.append((f"… {name}", f"{one:,}, {within:,} inside; {told}"))
        problems += (f"{name}: {each}" for each in found)
    if inside <= _MOST_OUTSIDE * ends:
        problems.append(f"only {inside} of {ends} kills were inside an open write")
    lost = len(problems)
    figures = [
        ("kills", counted(ends)),
        ("… inside an open write", f"{inside:,} ({inside / max(1, ends):.0%})"),
        *figures,
        ("acknowledged things lost or doubled, or damage", counted(lost)),
    ]
    return Outcome(tuple(figures), in_short(problems))


Part = tuple[str, str, int, int, tuple[str, ...]]


def _parts(trial: Trial) -> Iterator[Part]:
    """What came of each: its name, what was there in the end, kills, those inside an open write, problems."""
    number, records = trial.times(INGEST), trial.folder / "records.jsonl"
    _write(records, trial.seed, _EACH * (number + number // _SPARE + 2))
    ingest = kills.run(
        kills.Campaign(
            str(trial.folder / "ingest"),
            records,
            trial.folder / "ingest-log",
            _EACH // 2,
            kills=number,
            seed=trial.seed,
        )
    )
    yield "while documents are added", f"{ingest.documents:,} documents", ingest.kills, ingest.inside, ingest.problems
    encode = encode_kills.run(
        encode_kills.Campaign(
            trial.folder / "encode",
            trial.folder / "encode-log",
            kills=trial.times(ENCODE),
            delay=0.008,
            seed=trial.seed,
        )
    )
    yield "while passages are encoded", f"{encode.passages:,} passages", encode.kills, encode.inside, encode.problems
    number = trial.times(SYNC)
    sync = sync_kills.run(
        sync_kills.Campaign(
            str(trial.folder / "sync"),
            trial.folder / "sync-log",
            2 * number + 10,
            kills=number,
            delay=0.008,
            seed=trial.seed,
        )
    )
    told = f"{sync.documents:,} documents in {sync.versions:,} versions"
    yield "while a source is synced", told, sync.kills, sync.inside, sync.problems
    (trial.folder / "desk").mkdir()
    desk = desk_kills.run(
        desk_kills.Campaign(trial.folder / "desk", kills=trial.times(DESK), delay=0.006, seed=trial.seed)
    )
    told = f"{desk.items:,} items of batches, {desk.given_up:,} of them given up for a time, {desk.reviews:,} reviews, {desk.decisions:,} decisions; {desk.whole:,} of the whole service"
    yield "while the desk takes batches and reviews", told, desk.kills, desk.inside, desk.problems


def _write(records: Path, seed: int, number: int) -> None:
    """Invented statements as a file to add."""
    with records.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{json_line(record_of(each))}\n" for each in invented(seed, number))


CAMPAIGN = Campaign(
    "crash",
    "Killed at a thousand points while documents are added, encoded and synced, batches taken and articles reviewed, it has all that it acknowledged, once",
    (
        "tests/benchmarks/test_kills.py",
        "tests/benchmarks/test_encode_kills.py",
        "tests/benchmarks/test_sync_kills.py",
        "tests/web/store/test_jobs.py",
        "tests/web/store/test_repeats.py",
    ),
    run,
)
