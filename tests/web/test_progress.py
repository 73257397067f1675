"""Findings come in order, as many as there is time for, and memory forgets the oldest first."""

from __future__ import annotations

import threading
import time

import pytest

from checker.errors import QuoteError
from checker.tongue import worded
from checker.types import Attribution, Claim, Finding
from corpus.types import Span
from web.answers import Answers
from web.drafts import Statement
from web.progress import checked, underlines


def said(number: int) -> Statement:
    span = Span(10 * number, 10 * number + 5)
    return Statement(number, f"s{number}", Attribution((span,), (), (), "direct", f"quote {number}"))


STATEMENTS = [said(number) for number in range(1, 7)]
CLAIMS = [Claim(each.attribution.quote) for each in STATEMENTS]


def test_all_come_in_the_order_of_the_text_whoever_is_ready_first(findings: list[Finding]) -> None:
    def check(claim: Claim) -> Finding:
        time.sleep(0.03 if claim.quote.endswith(("1", "3")) else 0)
        return findings[0]

    found = list(checked(STATEMENTS, claims=CLAIMS, check=check, seconds=None))
    assert [each.statement for each in found] == STATEMENTS
    assert [each.card.anchor for each in found if each.card] == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert all(each.finding and each.finding.attribution == each.statement.attribution for each in found)


def test_without_time_there_is_one_at_the_least(findings: list[Finding]) -> None:
    found = list(checked(STATEMENTS, claims=CLAIMS, check=lambda _: findings[0], seconds=0, at_once=1))
    assert [each.statement.number for each in found] == [1]


def test_no_more_are_checked_at_once_than_is_said(findings: list[Finding]) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def check(claim: Claim) -> Finding:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
        return findings[0]

    assert len(list(checked(STATEMENTS, claims=CLAIMS, check=check, seconds=None, at_once=2))) == 6
    assert most <= 2


def test_a_statement_that_cannot_be_checked_stops_no_other(findings: list[Finding]) -> None:
    def check(claim: Claim) -> Finding:
        if claim.quote == "quote 2":
            raise QuoteError(worded("too long"))
        return findings[0]

    found = list(checked(STATEMENTS, claims=CLAIMS, check=check, seconds=None))
    assert [each.problem and str(each.problem) for each in found] == [None, "too long", None, None, None, None]
    shown = underlines(STATEMENTS, found[:3])
    assert [each.state for each in shown] == ["verified", "unchecked", "verified", "waiting", "waiting", "waiting"]


def test_memory_forgets_what_was_asked_longest_ago() -> None:
    held: Answers[str] = Answers(most=2)
    assert [held.answer(each, each.upper) for each in "ab"] == ["A", "B"]
    assert held.find("a") == "A"
    held.answer("c", lambda: "C")
    assert [held.find(each) for each in "abc"] == ["A", None, "C"]


def test_what_two_ask_at_once_is_found_once() -> None:
    held: Answers[str] = Answers()
    begun, go = threading.Event(), threading.Event()
    found: list[str] = []

    def find() -> str:
        found.append("found")
        begun.set()
        assert go.wait(timeout=30)
        return "answer"

    first = threading.Thread(target=held.answer, args=("a", find))
    first.start()
    assert begun.wait(timeout=30)
    second = threading.Thread(target=lambda: found.append(held.answer("a", find)))
    second.start()
    go.set()
    first.join()
    second.join()
    assert found == ["found", "answer"]


def test_what_could_not_be_found_is_looked_for_again() -> None:
    held: Answers[str] = Answers()

    def fail() -> str:
        raise QuoteError(worded("There are no words in it."))

    with pytest.raises(QuoteError):
        held.answer("a", fail)
    assert held.answer("a", lambda: "found") == "found"
