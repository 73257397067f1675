"""Each item of a batch is done exactly once, whoever dies over it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import URL, text

from web.store import Store, jobs
from web.store.errors import NotNow
from web.store.jobs import Leased, NewItem, Outcome

ITEMS = [NewItem(f"item {number}", "quote", "{}") for number in range(1, 7)]
DONE = Outcome(result="{}", counts={"verified": 1})


@pytest.fixture
def job(store: Store) -> str:
    with store.writing() as connection:
        return jobs.create(connection, "six", ITEMS, by="Ada")


def claimed(store: Store) -> Leased:
    found = jobs.claim(store)
    assert found is not None
    return found


def states(store: Store, job: str) -> list[str]:
    with store.reading() as connection:
        return [each.state for each in jobs.items(connection, job)]


def test_items_are_taken_in_order_and_a_batch_ends_with_its_last(store: Store, job: str) -> None:
    numbers = []
    while leased := jobs.claim(store):
        numbers.append(leased.number)
        assert jobs.finish(store, leased, Outcome(error_code="input", error="no") if leased.number == 2 else DONE)
    assert numbers == [1, 2, 3, 4, 5, 6]
    with store.reading() as connection:
        found = jobs.job_of(connection, job)
    assert (found.state, found.done, found.failed, found.left) == ("done", 5, 1, 0)


def test_several_who_work_at_once_take_every_item_once(store: Store, job: str) -> None:
    taken: list[int] = []

    def work() -> None:
        while leased := jobs.claim(store):
            taken.append(leased.number)
            jobs.finish(store, leased, DONE)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [1, 2, 3, 4, 5, 6]


def test_a_result_counts_once_and_only_from_who_holds_the_lease(store: Store, job: str) -> None:
    late = claimed(store)
    expire(store)
    fresh = claimed(store)
    assert fresh.number == late.number and fresh.attempts == 2
    assert jobs.finish(store, fresh, DONE)
    assert not jobs.finish(store, late, Outcome(error_code="late", error="late"))
    assert not jobs.finish(store, fresh, DONE)
    assert states(store, job)[0] == "done"


def expire(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE item SET lease_until = '2000' WHERE state = 'leased'"))


def test_a_lease_that_is_renewed_is_kept(store: Store, job: str) -> None:
    first = claimed(store)
    expire(store)
    assert jobs.renew(store, first)
    assert claimed(store).number == 2


def test_an_item_that_kills_who_checks_it_is_given_up(store: Store, job: str) -> None:
    for _ in range(jobs.ATTEMPTS):
        assert claimed(store).number == 1
        expire(store)
    assert claimed(store).number == 2
    with store.reading() as connection:
        first = jobs.items(connection, job)[0]
    assert first.state == "failed" and first.error_code == "gave-up"


def test_a_batch_that_is_cancelled_takes_no_result_and_goes_on_later(store: Store, job: str) -> None:
    jobs.finish(store, claimed(store), DONE)
    running = claimed(store)
    with store.writing() as connection:
        jobs.cancel(connection, job, by="Ada")
        with pytest.raises(NotNow):
            jobs.cancel(connection, job, by="Ada")
    assert jobs.claim(store) is None
    assert not jobs.renew(store, running) and not jobs.finish(store, running, DONE)
    assert states(store, job) == ["done", *["cancelled"] * 5]
    with store.writing() as connection:
        jobs.go_on(connection, job, by="Ada")
    assert claimed(store).number == 2


def test_what_failed_is_checked_again_when_somebody_asks(store: Store, job: str) -> None:
    while leased := jobs.claim(store):
        jobs.finish(store, leased, DONE if leased.number != 3 else Outcome(error_code="corpus", error="gone"))
    with store.writing() as connection:
        jobs.go_on(connection, job, by="Ada")
    again = claimed(store)
    assert again.number == 3 and again.content == "{}"
    jobs.finish(store, again, DONE)
    with store.writing() as connection, pytest.raises(NotNow, match="Everything"):
        jobs.go_on(connection, job, by="Ada")


def test_the_time_that_is_left_is_told_from_the_last_items(store: Store, job: str) -> None:
    with store.reading() as connection:
        assert jobs.job_of(connection, job).seconds_left is None
    jobs.finish(store, claimed(store), DONE)
    with store.writing() as connection:
        connection.execute(
            text(
                "UPDATE item SET started_at = '2031-01-01T00:00:00.000000Z', ended_at = '2031-01-01T00:00:04.000000Z' WHERE number = 1"
            )
        )
    with store.reading() as connection:
        assert jobs.job_of(connection, job).seconds_left == 20


_WORKER = """
import sys, time
from sqlalchemy import URL
from web.store import Store, jobs
from web.store.jobs import Outcome
store = Store(URL.create("sqlite", database=sys.argv[1]))
print("ready", flush=True)
while True:
    jobs.give_up_dead_leases(store)
    leased = jobs.claim(store)
    if leased is None:
        break
    time.sleep(0.004)
    if jobs.finish(store, leased, Outcome(result="{}")):
        with open(sys.argv[2], "a") as done:
            done.write(f"{leased.number}\\n")
"""


def test_workers_that_are_killed_at_any_moment_leave_every_item_done_once(store: Store, tmp_path: Path) -> None:
    total, kills, done = 120, 4, tmp_path / "done"
    with store.writing() as connection:
        job = jobs.create(connection, "many", [NewItem(str(n), "quote", "{}") for n in range(total)], by="Ada")
        # Each result that is written down is counted by the database itself.
        connection.execute(text("CREATE TABLE counted (number INTEGER)"))
        connection.execute(
            text(
                "CREATE TRIGGER count AFTER UPDATE OF state ON item WHEN new.state = 'done' "
                "BEGIN INSERT INTO counted VALUES (new.number); END"
            )
        )
    file = str(URL.create("sqlite", database=str(store.address.database)).database)
    for kill in range(kills + 1):
        with subprocess.Popen(
            [sys.executable, "-c", _WORKER, file, str(done)], stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None and worker.stdout.readline() == "ready\n"
            if kill < kills:
                time.sleep(0.03 + 0.03 * kill)
                os.kill(worker.pid, signal.SIGKILL)
            worker.wait(timeout=60)
    with store.reading() as connection:
        assert jobs.job_of(connection, job).done == total
        counted = connection.execute(text("SELECT number, count(*) FROM counted GROUP BY number")).all()
    assert sorted(number for number, _ in counted) == list(range(1, total + 1))
    assert {times for _, times in counted} == {1}
