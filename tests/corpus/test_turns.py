"""Who came first writes first, whoever dies, is stopped or is in a hurry meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import URL

from corpus.database import connect, writing
from corpus.database.turns import SUFFIX, Turn, take

LONG = 20.0


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    return tmp_path / f"desk.sqlite3{SUFFIX}"


def taken(queue: Path) -> Turn:
    turn = take(queue, seconds=LONG)
    assert turn is not None
    return turn


def drawn(queue: Path) -> int:
    return int.from_bytes(queue.read_bytes()[:8], "big")


@contextmanager
def another(queue: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has its turn and keeps it."""
    code = f"from pathlib import Path; from corpus.database.turns import take; t = take(Path({str(queue)!r}), seconds=9); print('mine', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mine\n"
        try:
            yield process
        finally:
            process.kill()


def test_they_are_served_in_the_order_in_which_they_came(queue: Path) -> None:
    first, served = taken(queue), list[int]()

    def write(number: int) -> None:
        turn = taken(queue)
        served.append(number)
        turn.pass_on()

    threads = []
    for number in range(12):
        before = drawn(queue)
        threads.append(Thread(target=write, args=(number,)))
        threads[-1].start()
        while drawn(queue) == before:
            sleep(0.001)
    assert served == []
    first.pass_on()
    for each in threads:
        each.join()
    assert served == list(range(12))


def test_a_turn_ends_with_its_process_however_that_ends(queue: Path) -> None:
    with another(queue) as process:
        with pytest.raises(TimeoutError):
            take(queue, seconds=0.05)
        process.send_signal(signal.SIGKILL)
        taken(queue).pass_on()


def test_who_has_waited_in_vain_lets_nobody_in_before_the_one_who_writes(queue: Path) -> None:
    first = taken(queue)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            take(queue, seconds=0.02)
    with pytest.raises(TimeoutError):
        take(queue, seconds=0.02)
    first.pass_on()
    first.pass_on()
    taken(queue).pass_on()


def test_a_turn_is_passed_on_though_a_process_was_forked_meanwhile(queue: Path) -> None:
    turn = taken(queue)
    held = os.dup(turn._queue or 0)  # what a fork leaves: the same open file under another number
    turn.pass_on()
    taken(queue).pass_on()
    os.close(held)


def test_where_no_queue_can_be_kept_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert take(tmp_path / "file" / "queue", seconds=LONG) is None
    (tmp_path / "folder").mkdir()
    assert take(tmp_path / "folder", seconds=LONG) is None


def test_a_writer_is_patient_once_and_then_told_and_the_next_one_may_write(tmp_path: Path) -> None:
    def locked(error: BaseException) -> Exception:
        return RuntimeError(str(error))

    address = URL.create("sqlite", database=str(tmp_path / "desk.sqlite3"))
    patient, hasty = connect(address, unavailable=locked), connect(address, unavailable=locked, patience=1)
    with writing(patient) as one, one.begin():
        began = monotonic()
        with pytest.raises(RuntimeError, match="locked"), writing(hasty) as two, two.begin():
            pass
        assert 0.9 < monotonic() - began < 1.9
        one.exec_driver_sql("CREATE TABLE mark (a)")
    with writing(hasty) as two, two.begin():
        two.exec_driver_sql("INSERT INTO mark VALUES (1)")
    for engine in (patient, hasty):
        engine.dispose()
    assert not list(tmp_path.glob("*-wal"))


def test_one_who_is_stopped_in_the_queue_keeps_nobody_from_a_database_that_is_free(tmp_path: Path) -> None:
    address = URL.create("sqlite", database=str(tmp_path / "desk.sqlite3"))
    with another(tmp_path / f"desk.sqlite3{SUFFIX}") as process:
        process.send_signal(signal.SIGSTOP)
        engine = connect(address, unavailable=lambda error: RuntimeError(str(error)), patience=0)
        with writing(engine) as connection, connection.begin():
            connection.exec_driver_sql("CREATE TABLE mark (a)")
        engine.dispose()
