"""Backed up while documents are added and articles reviewed, a corpus and its desk come back whole: findings are the same, byte for byte.

A server runs over a corpus of invented documents; more are added one after another, and articles are put on the desk and decided about through
its API. Meanwhile the commands for backups run, and each backup is brought back to an empty place. Afterwards the corpus that came back is held
against one that was filled anew with the documents that it holds, which must be the first so and so many and all that were acknowledged before: quotes drawn by the
seed, as they stand and changed, are checked in both. The desk that came back must have every row as the desk has it that went on, all that was
acknowledged before, and a whole log.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import URL, select

from benchmarks.api_fuzz import PLAIN, key, served
from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from benchmarks.nightly.starter import documents as of_the_starter
from benchmarks.nightly.starter import judged
from benchmarks.sites.words import NAMES, paragraphs
from checker.export import finding_object, json_line
from checker.types import Claim
from corpus.read.turns import Said, lay_out
from corpus.store import Corpus
from corpus.types import Document, PartialDate
from web.api.shapes.reviews import Accept, ReviewSent
from web.client import Client, calls
from web.store import Store, articles, audit, reviews
from web.store.schema import metadata

QUOTES = 500
ROUNDS = 5
DOCUMENTS = 2_000

_PAUSE = 0.02
"""Seconds between two documents, and two articles, so that there are some left to add during the last backup."""

_CHANGES: tuple[Callable[[str], str], ...] = (
    lambda said: said,
    lambda said: said.rstrip("."),
    lambda said: said.replace(" the ", " ", 1),
    lambda said: (
        said.replace("will", "will not", 1).replace("Nobody", "Everybody", 1).replace("asked", "never asked", 1)
    ),
    lambda said: "".join("7" if each in "123456" else each for each in said),
    lambda said: f"{said[: len(said) // 3]}… {said[2 * len(said) // 3 :]}",
    lambda said: " ".join(reversed(said.split())),
)
"""Faithful, shortened, with a word, a negation or a figure changed, with something left out, and as nobody said it."""

_ADDED_TO = ("account", "audit", "decision", "sign_off", "basis")
"""Tables whose rows stay as they were written."""

_KEPT = ("article", "revision", "review", "comment")
"""Tables whose rows change as the work goes on, and never go."""


@dataclass
class Acknowledged:
    """What was said to be kept so far: how many documents, and the end of the desk's log."""

    documents: int = 0
    entries: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Backup:
    """One that was brought back, and what had been acknowledged before it began."""

    corpus: Path
    desk: Path
    documents: int
    entries: int
    meanwhile: int
    """Documents that were added while the backup was made."""


def invented(seed: int, number: int) -> Iterator[Document]:
    """Statements that nobody made, half of them in Russian."""
    rng = random.Random(f"{seed} documents")
    for at in range(number):
        language = ("en", "ru")[at % 2]
        names = NAMES[language]
        speaker = names.guests[at // 2 % len(names.guests)][0]
        first = {"en": f"This is statement number {at} of this office.", "ru": f"Это заявление ведомства номер {at}."}[
            language
        ]
        text, turns = lay_out([Said(speaker, each) for each in (first, *paragraphs(rng, language, most=4))])
        yield Document(
            id=f"marlo/{at:05d}", publisher="Marlo (invented)", title=f"Statement {at}", text=text, turns=turns,
            date=PartialDate(2031, 1 + at % 12, 1 + at % 28), language=language, kind="statement",
        )  # fmt: skip


def quotes(seed: int, documents: Sequence[Document], number: int) -> tuple[Claim, ...]:
    """Sentences of documents, as they stand and changed, by whom they are and by others."""
    rng = random.Random(f"{seed} quotes")
    found = []
    for at in range(number):
        document = rng.choice(documents)
        turn = rng.choice(document.turns)
        said = rng.choice(turn.span.of(document.text).split(". ")).strip()
        other = rng.choice([name for name, _ in NAMES[document.language].guests])
        speaker = turn.speaker if at % 5 else other
        date = document.date if at % 3 else None
        found.append(Claim(_CHANGES[at % len(_CHANGES)](said), speaker=speaker, date=date, language=document.language))
    return tuple(found)


def run(trial: Trial) -> Outcome:
    """Serve, add and review; back up and bring back; then hold what came back against what should be."""
    documents = tuple(invented(trial.seed, trial.times(DOCUMENTS)))
    before = of_the_starter()
    with served(trial.folder / "place") as (address, store):
        corpus, secret = trial.folder / "place" / "corpus", key(store)
        with working(
            corpus, documents, store, lambda stopped, known: _review(address, secret, store, stopped, known)
        ) as known:
            backups = [
                _backed_up(
                    trial.folder / f"round-{n}",
                    corpus,
                    known,
                    documents=len(documents),
                    share=(n + 1) / (trial.times(ROUNDS) + 1),
                )
                for n in range(trial.times(ROUNDS))
            ]
        problems = list(known.errors)
        asked = quotes(trial.seed, documents, trial.times(QUOTES))
        held = [compare(each, before, documents, asked, store, problems) for each in backups]
        entries, meanwhile = known.entries, sum(each.meanwhile for each in backups)
        store.close()
    if not meanwhile:
        problems.append("nothing was added while backups were made")
    figures = (
        ("backups, each brought back", counted(len(backups))),
        ("documents added", f"{known.documents:,}; in the backups {held[0]:,} to {held[-1]:,}"),
        ("… while backups were being made", counted(meanwhile)),
        ("entries of the desk’s log", counted(entries)),
        ("quotes checked in each, beside a corpus made anew", counted(len(asked))),
        ("findings that differ, or what was lost", counted(len(problems))),
    )
    return Outcome(figures, in_short(problems))


@contextmanager
def working(
    corpus: Path, documents: Sequence[Document], store: Store, review: Callable[[Event, Acknowledged], None]
) -> Iterator[Acknowledged]:
    """Add documents and review articles beside what happens meanwhile; gives what was acknowledged so far."""
    known, stopped = Acknowledged(), Event()

    def watched(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - it is told as what broke the promise
                known.errors.append(f"{type(error).__name__}: {error}"[:300])

        return run

    def add() -> None:
        with Corpus.open(corpus) as held:
            for each in documents:
                if stopped.is_set():
                    return
                list(held.add([each]))
                known.documents += 1
                stopped.wait(_PAUSE)

    threads = [Thread(target=watched(add)), Thread(target=watched(lambda: review(stopped, known)))]
    for each in threads:
        each.start()
    try:
        yield known
    finally:
        stopped.set()
        for each in threads:
            each.join()


def _review(address: str, secret: str, store: Store, stopped: Event, known: Acknowledged) -> None:
    """Put one article after another on the desk, through the API, and accept what it says of each statement."""
    with Client(address, secret) as onrecord:
        while not stopped.is_set():
            text = (
                "“We will not sign the water treaty today,” Ilse Corvane said.\n\n“Nobody here likes rain,” she added."
            )
            sent = onrecord.ask(calls.send_review(ReviewSent(text=text, title=f"Number {known.entries}")))
            for each in sent.statements:
                asked = Accept(decision="accept", statement=each.statement, basis=each.basis, seen=each.seen)
                onrecord.ask(calls.decide(sent.id, asked))
            with store.reading() as connection:
                known.entries = audit.head(connection).number
            stopped.wait(_PAUSE)


def write_to(store: Store) -> Callable[[Event, Acknowledged], None]:
    """The same without a server, for a quick trial."""

    def review(stopped: Event, known: Acknowledged) -> None:
        while not stopped.is_set():
            with store.writing() as connection:
                id = articles.create(connection, articles.Text("Words."), by="Ada")
                reviews.open_review(connection, id, by="Ada")
                reviews.say(connection, id, anchor="", text="Look.", by="Ada")
                known.entries = audit.head(connection).number
            stopped.wait(_PAUSE)

    return review


def _backed_up(folder: Path, corpus: Path, known: Acknowledged, *, documents: int, share: float) -> Backup:
    """Wait until so much is done, then run the commands, as somebody at the machine would."""
    while known.documents < share * documents and not known.errors:
        Event().wait(0.02)
    documents_before, entries_before = known.documents, known.entries
    desk_kept, corpus_kept = folder / "desk-kept.sqlite3", folder / "corpus-kept.sqlite3"
    desk, back = folder / "desk.sqlite3", folder / "corpus"
    folder.mkdir()
    _onrecord("desk", "backup", str(desk_kept), desk=corpus / "desk.sqlite3")  # first: what it rests on is there then
    _onrecord("corpus", "backup", str(corpus_kept), "--corpus", str(corpus))
    meanwhile = known.documents - documents_before
    _onrecord("desk", "restore", str(desk_kept), desk=desk)
    _onrecord("corpus", "restore", str(corpus_kept), "--corpus", str(back))
    return Backup(back, desk, documents_before, entries_before, meanwhile)


def _onrecord(*words: str, desk: Path | None = None) -> None:
    program = (
        "from web.commands import desk_group as main; import sys; del sys.argv[1]"
        if words[0] == "desk"
        else "from checker.cli import main"
    )
    environment = os.environ | PLAIN | ({"ONRECORD_DESK": str(desk)} if desk else {})
    subprocess.run(
        [sys.executable, "-c", f"{program}; main()", *words],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )


def compare(
    backup: Backup, before: Sequence[Document], documents: Sequence[Document], asked: Sequence[Claim], store: Store,
    problems: list[str],
) -> int:  # fmt: skip
    """Hold what came back against a corpus made anew and the desk that went on; gives how many of the documents were in the backup."""
    with Corpus.open(backup.corpus) as back, Corpus.open(backup.corpus.with_name("anew"), create=True) as anew:
        held = back.coverage().documents - len(before)
        if held < backup.documents:
            problems.append(f"{backup.documents} documents were acknowledged, and {held} came back")
        problems += back.verify()
        list(anew.add([*before, *documents[:held]]))
        if back.fingerprint() != anew.fingerprint():
            problems.append(f"{backup.corpus}: the first {held} documents have another fingerprint")
        for claim in asked:
            one, other = (json_line(finding_object(judged(claim, each))) for each in (back, anew))
            if one != other:
                problems.append(f"{claim.quote}: another finding")
    problems += _of_desk(backup, store)
    return held


def _of_desk(backup: Backup, store: Store) -> Iterator[str]:
    """What of a desk that came back is not as it was acknowledged, or not as it is where work went on."""
    back = Store(
        URL.create("sqlite", database=str(backup.desk)), witness=backup.desk.with_name(f"{backup.desk.name}-witness")
    )
    with back.reading() as connection, store.reading() as live:
        yield from audit.verify(connection, back.witnessed())
        entries = audit.head(connection).number
        if entries < backup.entries:
            yield f"{backup.entries} entries of the log were acknowledged, and {entries} came back"
        for name in (*_ADDED_TO, *_KEPT):
            table = metadata.tables[name]
            columns = table.columns if name in _ADDED_TO else table.primary_key.columns
            wanted = {tuple(row) for row in live.execute(select(*columns))}
            for row in connection.execute(select(*columns)):
                if tuple(row) not in wanted:
                    yield f"{name}: a row came back that there never was"
    back.close()


CAMPAIGN = Campaign(
    "backups",
    "Backed up while documents are added and articles reviewed, a corpus and its desk come back whole, with the same findings, byte for byte, on 500 quotes",
    ("tests/benchmarks/test_nightly.py", "tests/web/store/test_backup.py", "tests/corpus/test_copying.py"),
    run,
)
