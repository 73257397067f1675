"""Giving vectors to passages while the program is killed again and again: has every passage its vector afterwards, once?

    python -m benchmarks.encode_kills [--kills 100]

A corpus of invented statements is filled undisturbed; a writer encodes it with vectors that are worked out of the words, few passages a
transaction, and writes into a log when a writing transaction begins, when it is about to commit, and how many passages each has been told of. It is
ended with SIGKILL at a random moment after a transaction began, and started again, so many times; then it may finish. After each kill at least so
many passages as were told of must have vectors; `verify` runs after every tenth kill and at the end, and the vectors must then be those of a corpus that was
encoded without a kill.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

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
from corpus import encode as encoding
from corpus.embed import Encoders, Vectors
from corpus.postings import Numbers
from corpus.read.turns import Said, lay_out
from corpus.store import Corpus
from corpus.types import Document
from corpus.vectors import rows

_TURNS = 20
_BATCH = 16
"""Passages a transaction; the first of a run is never smaller."""


@dataclass(frozen=True, slots=True)
class Campaign(KillCampaign):
    """The passages of invented statements are encoded."""

    folder: Path
    log: Path


@dataclass(frozen=True, slots=True)
class Outcome(KillOutcome):
    """With the passages that are held."""

    passages: int


@dataclass(frozen=True, slots=True)
class Directions:
    """An encoder whose vectors are worked out of the letters, the same in every process."""

    name: str = "directions@1"
    dimensions: int = 64
    by_sentence: bool = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        seeds = (int.from_bytes(blake2b(each.encode(), digest_size=8).digest(), "little") for each in texts)
        found = np.array([np.random.default_rng(seed).standard_normal(self.dimensions) for seed in seeds], np.float32)
        scaled: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return scaled


def main() -> None:
    """Run the campaign."""
    asked = arguments(__doc__, delay=0.01).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        outcome = run(
            Campaign(Path(folder, "corpus"), Path(folder, "log"), kills=asked.kills, delay=asked.delay, seed=asked.seed)
        )
    held = "every passage has its vector, once, and verify is clean"
    tell(outcome, f"{outcome.passages:,} passages in the end", begun=begun, held=held)


def documents(kills: int) -> Iterator[Document]:
    """Statements of a state that does not exist, with passages for so many kills and to spare."""
    for number in range(1 + kills * 4 * _BATCH // _TURNS):
        said = (Said("Ada Lorne", f"The ferry {number} leaves pier {at} of Marlo at noon.") for at in range(_TURNS))
        text, turns = lay_out(list(said))
        title = f"Ferries {number} (invented)"
        yield Document(id=f"marlo-{number}", publisher="Marlo", title=title, text=text, turns=turns, language="en")


def write(folder: Path, path: Path) -> None:
    """Encode and keep the log; each entry is one write to the file, so that a kill takes none of it."""
    encoding._LARGEST = _BATCH
    note, told = noting(path), 0

    def tell(reached: encoding.Encoding) -> None:
        nonlocal told
        note(f"ack {reached.done - told} added")
        told = reached.done

    with Corpus.open(folder) as corpus:
        note_transactions(corpus, note)
        encoding.encode(corpus, Encoders.of(english=Directions()), on_progress=tell)
    note("done")


def run(campaign: Campaign) -> Outcome:
    """Fill the corpus, kill the writer so often, looking after each kill, then let it finish."""
    chance, log = random.Random(campaign.seed), Log(campaign.log)
    problems: list[str] = []
    ends = inside = 0
    with Corpus.open(campaign.folder, create=True) as corpus:
        list(corpus.add(documents(campaign.kills)))
    while ends < campaign.kills:
        stored = log.count(b" added\n") + 1
        if not killed(_writer(campaign), log, chance, stored=stored, delay=campaign.delay):
            problems.append(f"the writer came to its end after {ends} kills; give it smaller delays")
            break
        ends += 1
        inside += log.inside()
        with Corpus.open(campaign.folder) as corpus:
            problems += _lost(corpus, log)
            problems += corpus.verify() if ends % campaign.verify_every == 0 else ()
    ended(_writer(campaign))
    with Corpus.open(campaign.folder) as corpus:
        problems += [*_lost(corpus, log), *corpus.verify(), *_unlike_undisturbed(corpus, campaign)]
        return Outcome(corpus.stats().passages, kills=ends, inside=inside, problems=tuple(problems))


def _writer(campaign: Campaign) -> BaseProcess:
    return started(write, campaign.folder, campaign.log)


def _lost(corpus: Corpus, log: Log) -> Iterator[str]:
    """Passages that were told of and have no vector."""
    told = sum(int(each.split()[1]) for each in log.entries() if each.startswith("ack "))
    held = len(corpus.vectors.numbers("english"))
    if held < told:
        yield f"{told} passages were told of and {held} have a vector"


def _unlike_undisturbed(corpus: Corpus, campaign: Campaign) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, Corpus.open(folder, create=True) as undisturbed:
        list(undisturbed.add(documents(campaign.kills)))
        encoding.encode(undisturbed, Encoders.of(english=Directions()))
        (numbers, vectors), (wanted, same) = _vectors(corpus), _vectors(undisturbed)
        if len(numbers) != len(wanted) or (numbers != wanted).any():
            yield f"{len(numbers)} vectors are held and not {len(wanted)}, or of other passages"
        elif not np.array_equal(vectors, same):
            yield "a passage has another vector than it has by its words"


def _vectors(corpus: Corpus) -> tuple[Numbers, Vectors]:
    """All vectors in the order of their passages; one that is held twice stands there twice."""
    with corpus.vectors.connect() as connection:
        (held,) = rows.read_spaces(connection).values()
        numbers = np.sort(rows.read_numbers(connection, held))
        return numbers, rows.read_vectors(connection, held, np.unique(numbers))[1]


if __name__ == "__main__":
    main()
