"""Syncing from a source while the program is killed again and again: is everything that it published there, once?

    python -m benchmarks.sync_kills [--statements 300] [--kills 100] [--server]

A press office on this machine (`benchmarks/office.py`) publishes statements; a writer syncs them and writes into a log, through
SQLAlchemy's events, when a writing transaction begins and when it is about to commit, and each document that the run has
told of. It is ended with SIGKILL at a random moment after a transaction began, and started again, so many times, evenly over
the statements. After each kill the office publishes a statement, and edits one that is held. After each kill every document
that was told of must be held; `verify` runs after every tenth kill and at the end. In the end the corpus must hold every
statement in its present wording, with no version that the office never published or that stands there twice, the bytes of
each version once, and no page may have been asked for more often than once for each of its wordings and once for each kill in all.
With `--server`, in a private PostgreSQL.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
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
from benchmarks.office import Office, connector_of, open_office
from corpus.fetch import Policy, PrivateHost
from corpus.store import Corpus
from corpus.sync import log
from corpus.sync.manners import Manners, Visitor
from corpus.sync.walk import Reached, sync


@dataclass(frozen=True, slots=True)
class Campaign(KillCampaign):
    """So many statements are synced."""

    location: str
    log: Path
    statements: int


@dataclass(frozen=True, slots=True)
class Outcome(KillOutcome):
    """With what is held; `asked` counts requests for statements."""

    documents: int
    versions: int
    asked: int


def main() -> None:
    """Run the campaign."""
    parser = arguments(__doc__, delay=0.05)
    parser.add_argument("--statements", type=int, default=300)
    parser.add_argument("--server", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        location = str(folder / "corpus")
        if asked.server:
            found = binaries() or sys.exit("no PostgreSQL server is installed")
            location = stack.enter_context(running(found)).location("kills")
        begun = time.monotonic()
        outcome = run(
            Campaign(location, folder / "log", asked.statements, kills=asked.kills, delay=asked.delay, seed=asked.seed)
        )
    there = f"{outcome.documents:,} documents in {outcome.versions:,} versions in the end, {outcome.asked:,} pages asked for"
    held = "every statement is held once in each wording that was met, with its bytes, and verify is clean"
    tell(outcome, there, begun=begun, held=held)


def write(location: str, address: str, path: Path) -> None:
    """Sync once and keep the log; each entry is one write to the file, so that a kill takes none of it."""
    note = noting(path)

    def told(reached: Reached) -> None:
        note(f"ack {reached.url.rpartition('/')[2]} {reached.says}")

    visitor = Visitor(Policy(True, (PrivateHost.parse(address.partition("://")[2]),)), Manners(pace=0))
    with Corpus.open(location, create=True) as corpus:
        note_transactions(corpus, note)
        done = sync(corpus, connector_of(address), visitor, on_progress=told)
    note(f"done {done.outcome}")


def run(campaign: Campaign) -> Outcome:
    """Kill the writer so often, looking after each kill, then let it finish."""
    chance = random.Random(campaign.seed)
    problems: list[str] = []
    ends = inside = 0
    log = Log(campaign.log)
    with open_office(range(1, campaign.statements + 1)) as office:
        wordings = {number: [each.words] for number, each in office.statements.items()}
        while ends < campaign.kills:
            stored = ends * campaign.statements // (campaign.kills + 1)
            writer = _writer(campaign, office.address)
            if not killed(writer, log, chance, stored=stored, delay=campaign.delay):
                problems.append(f"the writer came to its end after {ends} kills; give it more statements")
                break
            ends += 1
            inside += log.inside()
            problems += _lost(campaign)
            _news(office, wordings, chance)
            if ends % campaign.verify_every == 0:
                with Corpus.open(campaign.location) as corpus:
                    problems += corpus.verify()
                    print(f"{ends} kills, {inside} inside, {corpus.coverage().documents:,} documents", file=sys.stderr)
        ended(_writer(campaign, office.address))
        asked = len(office.pages())
        with Corpus.open(campaign.location) as corpus:
            problems += [*_lost(campaign), *corpus.verify(), *_unlike_the_office(corpus, office, wordings, ends)]
            versions = sum(each.versions for each in corpus.documents())
            return Outcome(
                corpus.coverage().documents, versions, asked, kills=ends, inside=inside, problems=tuple(problems)
            )


def _news(office: Office, wordings: dict[int, list[str]], chance: random.Random) -> None:
    """The office publishes a statement, and edits one of the latest."""
    number = max(office.statements) + 1
    office.publish(number)
    wordings[number] = [office.statements[number].words]
    edited = number - chance.randrange(1, 8)
    words = f"The ferry number {edited} is late for the {len(wordings[edited])}. time, says the harbour."
    office.edit(edited, words, f"mark {len(wordings[edited])}")
    wordings[edited].append(words)


def _writer(campaign: Campaign, address: str) -> BaseProcess:
    return started(write, campaign.location, address, campaign.log)


def _told(campaign: Campaign) -> Counter[str]:
    """How often each document was told to be stored, new or with other words."""
    return Counter(
        entry.split()[1] for entry in Log(campaign.log).entries() if entry.endswith((" added", " new-version"))
    )


def _lost(campaign: Campaign) -> Iterator[str]:
    """Documents that were told of more often than there are versions of them."""
    if not _told(campaign):
        return
    with Corpus.open(campaign.location) as corpus:
        held = {each.id.removeprefix("marlo-"): each.versions for each in corpus.documents()}
    for number, times in _told(campaign).items():
        if held.get(number, 0) < times:
            yield f"statement {number} was told of {times} times and has {held.get(number, 0)} versions"


def _unlike_the_office(corpus: Corpus, office: Office, wordings: dict[int, list[str]], kills: int) -> Iterator[str]:
    """What the corpus holds otherwise than the office published it, and what was asked for too often."""
    captures = Counter((each.document_id, each.version) for each in corpus.history.captures())
    held = {each.id: each.versions for each in corpus.documents()}
    for id in held.keys() - {f"marlo-{number}" for number in wordings}:
        yield f"{id} was never published"
    for number, words in wordings.items():
        id = f"marlo-{number}"
        texts = [corpus.document(id, version=n + 1).document.text for n in range(held.get(id, 0))]
        published = [next((each for each in words if each in text), None) for text in texts]
        if not texts or words[-1] not in corpus.document(id).document.text:
            yield f"statement {number} is not held in its present wording"
        if None in published or len(set(published)) < len(published):
            yield f"statement {number} is held in a wording that was never published, or twice in one"
        for version in range(1, len(texts) + 1):
            if captures[id, version] != 1:
                yield f"{id} version {version}: its bytes are kept {captures[id, version]} times"
    again = sum(
        (Counter(office.pages()) - Counter({f"/news/{n}": len(words) for n, words in wordings.items()})).values()
    )
    if again > kills:
        yield f"{again} pages were asked for again after {kills} kills"
    last = corpus.look_up(lambda open: log.last_runs(open))["marlo"]
    if last.outcome != "done" or last.counts.failed:
        yield f"the last run ended as {last.outcome} ({last.error}), {last.counts.failed} failed"


if __name__ == "__main__":
    main()
