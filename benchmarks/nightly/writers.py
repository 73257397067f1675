"""Eight programs write to one desk and add to one corpus at once: nobody is told that the database is locked, nothing is lost, and few wait long.

Each writer is a process of its own. On the desk it makes entries in the log, one transaction each; into the corpus it adds documents
of its own. Afterwards everything that was acknowledged is there, the log's chain is whole and the corpus verifies.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL

from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from corpus.store import Corpus
from corpus.types import Document, Span, Turn
from web.store import Store, audit

_SHARE = 0.99
PROMISED = 0.1
"""Seconds within which all but a hundredth of the writes to the desk are done; asked at full scale, on a machine of its own."""
WRITERS = 8
EACH = 1_000
ADDED = 100


def run(trial: Trial) -> Outcome:
    """Start the writers together, wait, and look at what they left."""
    each, added = trial.times(EACH), trial.times(ADDED)
    store = _store(trial.folder)
    with store.writing() as connection:
        audit.append(connection, "opened", "campaign", by="campaign")
    with Corpus.open(trial.folder / "corpus", create=True):
        pass
    told = _together(trial.folder, each, added)
    problems = [error for one in told for error in one["errors"]]
    with store.reading() as connection:
        problems += audit.verify(connection, audit.read_witness(trial.folder / "witness"))
        entries = audit.head(connection).number
    store.close()
    if entries != WRITERS * each + 1:
        problems.append(f"the log has {entries} entries and not {WRITERS * each + 1}")
    with Corpus.open(trial.folder / "corpus") as corpus:
        problems += corpus.verify()
        held = corpus.coverage().documents
    if held != WRITERS * added:
        problems.append(f"the corpus has {held} documents and not {WRITERS * added}")
    writes = sorted(float(second) for one in told for second in one["writes"])
    adds = sorted(float(second) for one in told for second in one["adds"])
    figures = (
        ("writers", counted(WRITERS)),
        ("writes to the desk", counted(len(writes))),
        ("… p50, p99, longest", _spread(writes)),
        ("additions to the corpus", counted(len(adds))),
        ("… p50, p99, longest", _spread(adds)),
        ("“database is locked”", counted(sum("locked" in each for each in problems))),
        ("lost, doubled or damaged", counted(len(problems))),
    )
    slow = writes[int(len(writes) * _SHARE)] if trial.scale >= 1 and writes else 0.0
    if slow > PROMISED:
        problems.append(
            f"of the writes to the desk 1 % took {1000 * slow:,.0f} ms or longer; promised are {1000 * PROMISED:.0f}"
        )
    return Outcome(figures, in_short(problems))


def _spread(seconds: list[float]) -> str:
    at = [seconds[min(len(seconds) - 1, int(len(seconds) * share))] for share in (0.5, 0.99, 1.0)] if seconds else []
    return ", ".join(f"{1000 * each:,.1f} ms" for each in at)


def _store(folder: Path) -> Store:
    return Store(URL.create("sqlite", database=str(folder / "desk.sqlite3")), witness=folder / "witness")


def _together(folder: Path, each: int, added: int) -> list[dict[str, list[str]]]:
    command = [sys.executable, "-m", "benchmarks.nightly.writers", str(folder), str(each), str(added)]
    started = [subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True) for n in range(WRITERS)]
    while sum(1 for _ in folder.glob("ready-*")) < WRITERS and all(one.poll() is None for one in started):
        time.sleep(0.05)
    (folder / "go").touch()
    return [_told(one) for one in started]


def _told(writer: subprocess.Popen[str]) -> dict[str, list[str]]:
    said, _ = writer.communicate()
    if writer.returncode:
        return {"errors": [f"a writer ended with {writer.returncode}"], "writes": [], "adds": []}
    found: dict[str, list[str]] = json.loads(said)
    return found


def write(folder: Path, each: int, added: int, number: int) -> None:
    """Be a writer: tell how long each write took, and what went wrong."""
    store, errors = _store(folder), list[str]()
    (folder / f"ready-{number}").touch()
    while not (folder / "go").exists():
        time.sleep(0.01)

    def entry(at: int) -> None:
        with store.writing() as connection:
            audit.append(connection, "commented", f"article-{number}", by=f"writer {number}", detail={"text": f"{at}"})

    writes = [_timed(entry, at, errors) for at in range(each)]
    with Corpus.open(folder / "corpus") as corpus:
        adds = [_timed(lambda at: list(corpus.add([_document(number, at)])), at, errors) for at in range(added)]
    print(json.dumps({"errors": errors, "writes": writes, "adds": adds}))


def _timed(act: Callable[[int], object], at: int, errors: list[str]) -> float:
    began = time.perf_counter()
    try:
        act(at)
    except Exception as error:  # noqa: BLE001 - each is counted and told
        errors.append(f"{type(error).__name__}: {error}"[:300])
    return time.perf_counter() - began


def _document(number: int, at: int) -> Document:
    """An invented statement, with words of its own."""
    text = (
        f"Statement {at} of office {number}: the ferry number {number * 1000 + at} leaves the harbour of Marlo at noon."
    )
    id = f"marlo-{number}-{at}"
    turns = (Turn(0, "Ada Lorne", "speech", Span(0, len(text))),)
    return Document(id=id, publisher="Marlo (invented)", title=id, text=text, turns=turns)


CAMPAIGN = Campaign(
    "concurrency",
    "Eight programs write to one desk and one corpus at once; none is told that the database is locked, and of the writes to the desk 99 in 100 take at most 100 ms",
    ("tests/web/store/test_database.py", "tests/corpus/test_store.py", "tests/benchmarks/test_nightly.py"),
    run,
)

if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
