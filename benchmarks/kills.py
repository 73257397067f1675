"""Adding documents while the program is killed again and again: is every acknowledged document there afterwards?

    python -m benchmarks.kills RECORDS.jsonl.gz... [--documents 5000] [--kills 100] [--batch 25] [--server]

A writer adds the first so many records and writes into a log, through SQLAlchemy's events, when a writing transaction
begins and when it is about to commit, and each document that `Corpus.add` has acknowledged. It is ended with SIGKILL at a
random moment after a transaction began, and started again some documents before the first that it has not acknowledged, so many times, evenly over the documents; then it may finish. After each kill every
acknowledged document must be held in the text that was added; `verify` runs after every tenth kill and at the end, and the
corpus must then have the fingerprint of one that was filled without a kill. A kill counts as inside an open write when
the log's last transaction has begun and not yet come to its commit. With `--server`, in a private PostgreSQL.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.cluster import binaries, running
from benchmarks.killing import (
    KillCampaign,
    KillOutcome,
    Log,
    arguments,
    ended,
    killed,
    note_transactions,
    noting,
    started,
    tell,
)
from corpus import store
from corpus.read import read_records
from corpus.store import Corpus
from corpus.types import Document

_AGAIN = 20
"""Documents that are held and added again after a start."""


@dataclass(frozen=True, slots=True)
class Campaign(KillCampaign):
    """Documents out of a file are added, so many a transaction."""

    location: str
    records: Path
    log: Path
    batch: int


@dataclass(frozen=True, slots=True)
class Outcome(KillOutcome):
    """With the documents that are held."""

    documents: int


def main() -> None:
    """Run the campaign."""
    parser = arguments(__doc__, delay=0.2)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--batch", type=int, default=25, help="documents a transaction")
    parser.add_argument("--server", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        records = folder / "records.jsonl"
        records.write_bytes(b"".join(islice(_lines(asked.records), asked.documents)))
        location = str(folder / "corpus")
        if asked.server:
            found = binaries() or sys.exit("no PostgreSQL server is installed")
            location = stack.enter_context(running(found)).location("kills")
        begun = time.monotonic()
        outcome = run(
            Campaign(
                location, records, folder / "log", asked.batch, kills=asked.kills, delay=asked.delay, seed=asked.seed
            )
        )
    held = "every acknowledged document is held, verify is clean, the fingerprint is that of an undisturbed add"
    tell(outcome, f"{outcome.documents:,} documents in the end", begun=begun, held=held)


def _lines(paths: Sequence[Path]) -> Iterator[bytes]:
    for path in paths:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            yield from lines


def write(location: str, records: Path, log: Path, *, batch: int) -> None:
    """Add the records and keep the log; each entry is one write to the file, so that a kill takes none of it."""
    store.BATCH_DOCUMENTS = batch
    acknowledged = {each.split()[1] for each in Log(log).entries() if each.startswith("ack ")}
    note = noting(log)
    with Corpus.open(location, create=True) as corpus:
        note_transactions(corpus, note)
        for added in corpus.add(islice(_documents(records), max(0, len(acknowledged) - _AGAIN), None)):
            note(f"ack {added.document_id} {added.version} {added.outcome}")
    note("done")


def _documents(records: Path) -> Iterator[Document]:
    return (record.document for record in read_records(records) if record.document is not None)


def run(campaign: Campaign) -> Outcome:
    """Kill the writer so often, looking after each kill, then let it finish."""
    chance = random.Random(campaign.seed)
    problems: list[str] = []
    ends = inside = 0
    log = Log(campaign.log)
    documents = campaign.records.read_bytes().count(b"\n")
    while ends < campaign.kills:
        stored = ends * documents // (campaign.kills + 1)
        if not killed(_writer(campaign), log, chance, stored=stored, delay=campaign.delay):
            problems.append(f"the writer came to its end after {ends} kills; give it more documents or smaller delays")
            break
        ends += 1
        inside += log.inside()
        problems += _lost(campaign)
        if ends % campaign.verify_every == 0:
            with Corpus.open(campaign.location) as corpus:
                problems += corpus.verify()
                print(
                    f"{ends} kills, {inside} inside, {corpus.coverage().documents:,} documents, {len(problems)} problems",
                    file=sys.stderr,
                )
    ended(_writer(campaign))
    problems += _lost(campaign)
    with Corpus.open(campaign.location) as corpus:
        problems += [*corpus.verify(), *_unlike_undisturbed(corpus, campaign)]
        return Outcome(corpus.coverage().documents, kills=ends, inside=inside, problems=tuple(problems))


def _writer(campaign: Campaign) -> BaseProcess:
    return started(write, campaign.location, campaign.records, campaign.log, batch=campaign.batch)


def _lost(campaign: Campaign) -> Iterator[str]:
    """Acknowledged documents that are not held in that version."""
    with Corpus.open(campaign.location) as corpus:
        held = {each.id: each.versions for each in corpus.documents()}
    for entry in Log(campaign.log).entries():
        if entry.startswith("ack "):
            id, version, _ = entry.removeprefix("ack ").rsplit(" ", 2)
            if held.get(id, 0) < int(version):
                yield f"{id} version {version} was acknowledged and is not there"


def _unlike_undisturbed(corpus: Corpus, campaign: Campaign) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, Corpus.open(folder, create=True) as undisturbed:
        for _ in undisturbed.add(_documents(campaign.records)):
            pass
        if undisturbed.fingerprint() != corpus.fingerprint():
            yield f"the fingerprint is {corpus.fingerprint()} and not {undisturbed.fingerprint()}"
        if undisturbed.coverage() != corpus.coverage():
            yield f"the corpus holds {corpus.coverage()} and not {undisturbed.coverage()}"


if __name__ == "__main__":
    main()
