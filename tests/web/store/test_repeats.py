"""A request that is sent twice is done once."""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import update

from web.store import Store, accounts, keys, repeats
from web.store.clock import before_now
from web.store.repeats import Begun, Kept, OtherRequest, StillRunning
from web.store.schema import repeat


@pytest.fixture
def key(store: Store) -> str:
    with store.writing() as connection:
        accounts.add(connection, "Ada", "a long enough password", role="admin", by="test")
        return keys.make(connection, "Ada", label="CMS", scopes=["check"], by="Ada")[0].id


def begun(store: Store, key: str, request: str = "a") -> Begun | Kept:
    with store.writing() as connection:
        return repeats.begin(connection, key, "one", request=request)


def test_the_same_request_gets_the_same_answer_and_another_is_refused(store: Store, key: str) -> None:
    first = begun(store, key)
    assert isinstance(first, Begun)
    with pytest.raises(StillRunning):
        begun(store, key)
    answer = Kept(202, {"Location": "/x"}, '{"é": 1}')
    with store.writing() as connection:
        repeats.keep(connection, first, answer)
    assert begun(store, key) == answer
    with pytest.raises(OtherRequest):
        begun(store, key, "b")


def test_whoever_takes_over_from_a_process_that_died_makes_the_same_thing(store: Store, key: str) -> None:
    first = begun(store, key)
    with store.writing() as connection:
        connection.execute(update(repeat).values(lease_until=before_now(1)))
    assert isinstance(first, Begun)
    assert begun(store, key) == replace(first, again=True)
    with pytest.raises(StillRunning):
        begun(store, key)


def test_nobody_waits_for_a_process_of_this_machine_that_is_gone(store: Store, key: str) -> None:
    first = begun(store, key)
    assert isinstance(first, Begun)
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with store.writing() as connection:
        lease = f"{socket.gethostname()}:{gone.pid}:token"
        connection.execute(update(repeat).values(lease=lease))
    assert begun(store, key) == replace(first, again=True)
    with pytest.raises(StillRunning):
        begun(store, key)


def test_what_came_to_nothing_may_be_tried_again_at_once(store: Store, key: str) -> None:
    first = begun(store, key)
    assert isinstance(first, Begun)
    with store.writing() as connection:
        repeats.give_up(connection, first)
    assert begun(store, key) == replace(first, again=True)
    with pytest.raises(OtherRequest):
        begun(store, key, "b")


def test_answers_are_kept_for_a_day(store: Store, key: str) -> None:
    begun(store, key)
    with store.writing() as connection:
        connection.execute(update(repeat).values(begun_at=before_now(repeats.KEPT + 1)))
    assert isinstance(begun(store, key, "b"), Begun)
