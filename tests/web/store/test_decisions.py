"""What editors decided is guarded twice: by the database, and by the log that tells of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from checker.types import Finding
from web.store import Store, articles, audit, decisions, reviews
from web.store.articles import StoredFinding, Text
from web.store.decisions import Ruling
from web.store.errors import NotNow, Overtaken
from web.store.findings import basis_of, words_of


@pytest.fixture
def about(make_finding: Callable[..., Finding]) -> StoredFinding:
    finding = make_finding("unsourced", "absent", "We opened the ferry")
    return StoredFinding("a1", 1, words_of(finding.claim.quote), basis_of(finding), finding)


@pytest.fixture
def decided(store: Store, about: StoredFinding) -> str:
    with store.writing() as connection:
        id = articles.create(connection, Text("“We opened the ferry,” said Tosk."))
        reviews.open_review(connection, id, by="Ada")
        decisions.decide(connection, id, about, Ruling("accept"), revision=1, seen=0, by="Bea")
    return id


@pytest.mark.parametrize("statement", ["DELETE FROM decision", "UPDATE decision SET kind = 'override'"])
def test_the_database_refuses_to_change_a_decision(store: Store, decided: str, statement: str) -> None:
    with pytest.raises(IntegrityError, match="only ever added to"), store.writing() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE decision SET kind = 'override'", "decision 1 is not what the log says"),
        ("UPDATE decision SET note = 'never said'", "decision 1 is not what the log says"),
        ("DELETE FROM decision", "decision 1, which is in the log, is gone"),
        ("UPDATE decision SET id = 7", "decision 7 is not in the log"),
    ],
)
def test_a_decision_that_was_changed_past_the_guard_is_found(
    store: Store, decided: str, statement: str, says: str
) -> None:
    with store.writing() as connection:
        assert list(audit.verify(connection)) == []
        for event in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER decision_no_{event}"))
        connection.execute(text(statement))
        assert says in list(audit.verify(connection))


def test_a_decision_counts_while_what_it_is_about_is_the_same(store: Store, decided: str, about: StoredFinding) -> None:
    with store.reading() as connection:
        history = decisions.histories(connection, decided)["a1"]
    assert decisions.in_force(history, about.basis) == history[-1]
    assert decisions.in_force(history, "another") is None
    assert decisions.in_force((), about.basis) is None


def test_the_second_of_two_is_told_and_nothing_to_undo_is_said(
    store: Store, decided: str, about: StoredFinding
) -> None:
    with store.writing() as connection:
        with pytest.raises(Overtaken, match="Bea decided"):
            decisions.decide(connection, decided, about, Ruling("accept"), revision=1, seen=0, by="Cleo")
        decisions.withdraw(connection, decided, about, revision=1, seen=1, by="Bea")
        with pytest.raises(NotNow, match="no decision to undo"):
            decisions.withdraw(connection, decided, about, revision=1, seen=2, by="Bea")
