"""Whoever changes the log of who did what, or a stored document, is found out by `audit verify` or `corpus verify`.

Each tampering is made behind the program's back, in a copy of the file, with the triggers dropped: a log's entry is edited, removed,
doubled, exchanged with the next one, or the tail is cut off; half of the time all later hashes are worked out anew, as somebody
would who knows how they are made. Of documents anything on which a verdict can rest is changed: words, who spoke, date,
title, address, publisher, tier, where a turn or passage begins, entries of the index, and whole versions are removed.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from benchmarks.nightly.starter import fill
from corpus.database import FILE
from corpus.store import Corpus
from web.store import Store, audit
from web.store.audit import Entry, Head

ENTRIES = 60
_NAMES = ("number", "at", "by", "action", "subject", "detail", "previous", "sha256")
Rows = list[Entry]


def _edit(rows: Rows, chance: random.Random) -> Rows:
    at, name = chance.randrange(len(rows)), chance.choice(_NAMES[1:])
    old = getattr(rows[at], name)
    new = chance.choice((old[:-1], old + " ", old.swapcase() + "x", "", "{}x"))
    changed: dict[str, Any] = {name: new if new != old else old + "!"}
    return [*rows[:at], replace(rows[at], **changed), *rows[at + 1 :]]


def _remove(rows: Rows, chance: random.Random) -> Rows:
    at = chance.randrange(len(rows))
    return [*rows[:at], *rows[at + 1 :]]


def _double(rows: Rows, chance: random.Random) -> Rows:
    at = chance.randrange(len(rows))
    return [*rows[:at], rows[at], *(replace(each, number=each.number + 1) for each in rows[at:])]


def _exchange(rows: Rows, chance: random.Random) -> Rows:
    at = chance.randrange(len(rows) - 1)
    one, two = rows[at : at + 2]
    return [*rows[:at], replace(two, number=one.number), replace(one, number=two.number), *rows[at + 2 :]]


def _cut(rows: Rows, chance: random.Random) -> Rows:
    return rows[: chance.randrange(len(rows))]


def _anew(rows: Rows) -> Rows:
    changed, previous = [], "0" * 64
    for number, each in enumerate(rows, start=1):
        each = replace(each, number=number, previous=previous)
        changed.append(replace(each, sha256=each.expected))
        previous = each.expected
    return changed


LOG: tuple[Callable[[Rows, random.Random], Rows], ...] = (_edit, _remove, _double, _exchange, _cut)

_LETTER = "substr(text, 1, :at) || 'x' || substr(text, :at + 2)"
DOCUMENTS = (
    f"UPDATE version SET text = {_LETTER} WHERE id = :id",
    "UPDATE version SET text = text || ' No.' WHERE id = :id",
    "UPDATE version SET sha256 = substr(sha256, 2) || 'z' WHERE id = :id",
    "UPDATE version SET date = '1999-01-01' WHERE id = :id",
    "UPDATE version SET title = title || ' (amended)' WHERE id = :id",
    "UPDATE version SET url = 'https://elsewhere.example/' WHERE id = :id",
    "UPDATE version SET publisher = 'Somebody else' WHERE id = :id",
    "UPDATE version SET tier = CASE tier WHEN 'primary' THEN 'secondary' ELSE 'primary' END WHERE id = :id",
    "UPDATE version SET language = 'xx' WHERE id = :id",
    "UPDATE version SET document_id = document_id || '-2' WHERE id = :id",
    "UPDATE version SET current = 0 WHERE id = :id",
    "UPDATE version SET speakers = '[\"Nobody\"]' WHERE id = :id",
    "UPDATE turn SET speaker = 'Nobody' WHERE version_id = :id",
    "UPDATE turn SET kind = 'narration-x' WHERE version_id = :id",
    "UPDATE turn SET start = start + 1 WHERE version_id = :id",
    "DELETE FROM turn WHERE version_id = :id",
    "UPDATE passage SET start = start + 1 WHERE version_id = :id",
    "UPDATE passage SET turn = turn + 1 WHERE version_id = :id",
    "DELETE FROM passage WHERE version_id = :id",
    "DELETE FROM version WHERE id = :id",
    "DELETE FROM posting",
)


def run(trial: Trial) -> Outcome:
    """Change one thing at a time and ask whether anything is wrong."""
    chance = random.Random(trial.seed)
    unseen: list[str] = []
    logs, documents = trial.times(200), trial.times(200)
    log, witnessed = _log(trial.folder)
    whole = [f"an untouched log: {said}" for said in _told_of_log(log, witnessed)]
    for number in range(logs):
        unseen += _tampered_log(log, witnessed, LOG[number % len(LOG)], chance, anew=number // len(LOG) % 2 == 1)
    corpus = fill(trial.folder / "corpus")
    whole += [f"an untouched corpus: {said}" for said in _told_of_corpus(corpus)]
    for number in range(documents):
        unseen += _tampered_corpus(corpus, trial.folder / "tampered", DOCUMENTS[number % len(DOCUMENTS)], chance)
    figures = (
        ("tamperings of the log", counted(logs)),
        ("tamperings of stored documents", counted(documents)),
        ("not detected", counted(len(unseen))),
        ("false alarms", counted(len(whole))),
    )
    return Outcome(figures, in_short([*whole, *unseen]))


def _log(folder: Path) -> tuple[Path, list[Head]]:
    store = Store(URL.create("sqlite", database=str(folder / "desk.sqlite3")), witness=folder / "witness")
    for number in range(ENTRIES):
        with store.writing() as connection:
            by = ("Ada", "Bea")[number % 2]
            audit.append(connection, "commented", f"article-{number % 7}", by=by, detail={"text": f"No. {number}"})
    with store.reading() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return folder / "desk.sqlite3", list(audit.read_witness(folder / "witness"))


def _told_of_log(file: Path, witnessed: list[Head]) -> list[str]:
    store = Store(URL.create("sqlite", database=str(file)))
    try:
        with store.reading() as connection:
            return list(audit.verify(connection, witnessed))
    finally:
        store.close()


def _tampered_log(
    log: Path, witnessed: list[Head], tamper: Callable[[Rows, random.Random], Rows], chance: random.Random, *, anew: bool
) -> list[str]:  # fmt: skip
    file = log.with_name("tampered.sqlite3")
    shutil.copyfile(log, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        rows = [Entry(*row) for row in connection.execute(f"SELECT {', '.join(_NAMES)} FROM audit ORDER BY number")]
        changed = tamper(rows, chance)
        if anew:
            changed = _anew(changed)
            if changed == rows:  # only a hash was changed, and made good again
                changed = _anew(_remove(rows, chance))
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("DROP TRIGGER audit_no_delete")
        connection.execute("DELETE FROM audit")
        values = [[getattr(each, name) for name in _NAMES] for each in changed]
        marks = ", ".join("?" * len(_NAMES))
        connection.executemany(f"INSERT INTO audit ({', '.join(_NAMES)}) VALUES ({marks})", values)
    found = _told_of_log(file, witnessed)
    file.unlink()
    return [] if found else [f"log: {tamper.__name__.strip('_')}, hashes {'anew' if anew else 'as they were'}"]


def _told_of_corpus(folder: Path) -> list[str]:
    with Corpus.open(folder) as corpus:
        return list(corpus.verify())


def _tampered_corpus(folder: Path, copy: Path, statement: str, chance: random.Random) -> list[str]:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    with closing(sqlite3.connect(copy / FILE)) as connection, connection:
        before = connection.total_changes
        if "posting" in statement:
            held = connection.execute("SELECT size, bucket, segment FROM posting ORDER BY 1, 2, 3").fetchall()
            connection.execute("DELETE FROM posting WHERE size = ? AND bucket = ? AND segment = ?", chance.choice(held))
        else:
            numbers = [id for (id,) in connection.execute("SELECT version_id FROM turn GROUP BY 1 ORDER BY 1")]
            id = chance.choice(numbers)
            length = connection.execute("SELECT length(text) FROM version WHERE id = ?", (id,)).fetchone()[0]
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(statement, {"id": id, "at": chance.randrange(length - 1)})
        assert connection.total_changes > before, statement
    return [] if _told_of_corpus(copy) else [f"documents: {statement}"]


CAMPAIGN = Campaign(
    "audit",
    "Whoever changes the log of who did what, or a stored document, is found out",
    ("tests/web/store/test_audit.py", "tests/benchmarks/test_nightly.py"),
    run,
)
