"""A service that is asked to stop finishes what it has begun to answer, leaves the rest of a batch to the next, and loses or repeats nothing."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from checker.settings import DEFAULTS
from corpus.store import Corpus
from corpus.types import Document, Span, Turn
from web.store import Store, accounts, jobs, store_of
from web.store.jobs import NewItem

ITEMS = 24
SAID = " ".join(f"Pier {number} of Vessen was mended in the spring of {2000 + number}." for number in range(ITEMS))
START = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("ENCODER", "MULTILINGUAL", "JUDGE", "TAGGER"):
        monkeypatch.setenv(f"ONRECORD_{name}", "none")
    said = Turn(0, "Edda Marlow", "speech", Span(0, len(SAID)))
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add([Document("vessen-1", "Harbour office of Vessen (invented)", "Address", SAID, (said,))]))
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """A desk that counts how often each item came to an end."""
    store = store_of(replace(DEFAULTS, corpus=str(folder)))
    with store.writing() as connection:
        accounts.add(connection, "Ada", "the lighthouse of Vessen", role="admin", by="test")
        connection.execute(text("CREATE TABLE counted (job TEXT, number INTEGER)"))
        connection.execute(
            text(
                "CREATE TRIGGER count AFTER UPDATE OF state ON item WHEN new.state IN ('done', 'failed') "
                "BEGIN INSERT INTO counted VALUES (new.job_id, new.number); END"
            )
        )
    yield store
    store.close()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A service, asked to stop at the end as a machine asks that shuts down; it must end by itself and without a word."""
    command = [*START, "--corpus", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+/", server.stdout.readline())
        assert found, "the server did not start"
        yield found.group()
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=40)
        assert (server.returncode, said) == (0, "")


def done(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM counted")).scalar_one())


def until(store: Store, number: int) -> None:
    end = time.monotonic() + 60
    while done(store) < number:
        assert time.monotonic() < end, f"{done(store)} items done"
        time.sleep(0.02)


def test_a_batch_over_a_service_that_was_stopped_has_each_item_once(folder: Path, store: Store) -> None:
    quotes = [
        {"quote": f"Pier {number} of Vessen was mended in the spring of {2000 + number}"} for number in range(ITEMS)
    ]
    items = [NewItem(f"q{number}", "quote", json.dumps(each)) for number, each in enumerate(quotes)]
    with store.writing() as connection:
        id = jobs.create(connection, "batch", items, by="Ada")
    with serving(folder):
        until(store, 5)
    assert 5 <= done(store) < ITEMS, "too fast to be stopped"
    with serving(folder):
        until(store, ITEMS)
    with store.reading() as connection:
        states = [each.state for each in jobs.items(connection, id)]
        counted = connection.execute(text("SELECT number, count(*) FROM counted GROUP BY number")).all()
    assert states == ["done"] * ITEMS
    assert len(counted) == ITEMS and {times for _, times in counted} == {1}


def test_what_was_asked_before_the_stop_is_answered(folder: Path) -> None:
    answers: list[str] = []
    quoted = "\n\n".join(
        f"“Pier {number} of Vessen was mended in spring,” Edda Marlow said." for number in range(ITEMS)
    )

    def ask(address: str) -> None:
        body = urllib.parse.urlencode({"text": quoted, "kind": "article"}).encode()
        with urllib.request.urlopen(f"{address}check", body, timeout=60) as answer:
            where = answer.url
        begun.set()
        with urllib.request.urlopen(f"{where}?whole=1", timeout=60) as answer:
            answers.append(answer.read().decode())

    begun = threading.Event()
    with serving(folder) as address:
        asking = threading.Thread(target=ask, args=(address,))
        asking.start()
        assert begun.wait(timeout=60)
        time.sleep(0.2)  # it is on its way
    asking.join()
    assert answers and answers[0].rstrip().endswith("</html>") and answers[0].count("<article") >= ITEMS
