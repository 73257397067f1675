"""The findings of a draft as they come: so many as can be had in a moment, in the order of the text.

Nothing runs on by itself: whoever still looks asks for the next ones, and whoever has left costs nothing.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from checker.errors import QuoteError
from checker.export.article import Underline, underline
from checker.export.card import Card, card
from checker.tongue import Message, told
from checker.types import Claim, Finding
from web.drafts import Statement

FIRST, NEXT = 0.2, 0.4
"""Seconds after which a page is sent with what is found, its text read and its first statement checked in any case, and after
which each further piece is."""

AT_ONCE = 2
"""Statements that are checked at the same time once the page is there, one of them in a second process when that is ready."""

MANY = 12
"""Statements from which on a second process is worth its start, which takes some seconds of a processor."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement with what was found and how that is shown, or why it cannot be checked."""

    statement: Statement
    finding: Finding | None
    card: Card | None
    problem: Message | None = None

    @classmethod
    def of(cls, statement: Statement, answer: Finding | QuoteError) -> Checked:
        """What was found as that of this statement: the same claim may have been made elsewhere before."""
        if isinstance(answer, QuoteError):
            return cls(statement, None, None, answer.says)
        finding = replace(answer, attribution=statement.attribution)
        return cls(statement, finding, card(finding, number=statement.number, anchor=statement.anchor))


def checked(
    found: Sequence[Statement],
    *,
    claims: Sequence[Claim],
    check: Callable[[Claim], Finding],
    seconds: float | None,
    at_once: int = AT_ONCE,
) -> Iterator[Checked]:
    """Check statements in their order until the time is up, at least one; without a limit all of them."""
    end = None if seconds is None else time.monotonic() + seconds
    todo = iter(zip(found, claims, strict=True))
    with ThreadPoolExecutor(at_once) as pool:

        def begin(statement: Statement, claim: Claim) -> tuple[Statement, Future[Finding | QuoteError]]:
            return statement, pool.submit(_answer, claim, check)

        running = deque(begin(*each) for each in islice(todo, at_once))
        while running:
            statement, answer = running.popleft()
            yield Checked.of(statement, answer.result())  # put into words here: the threads know no reader
            if (end is None or time.monotonic() < end) and (following := next(todo, None)):
                running.append(begin(*following))


def _answer(claim: Claim, check: Callable[[Claim], Finding]) -> Finding | QuoteError:
    try:
        return check(claim)
    except QuoteError as error:
        return error


def underlines(found: Sequence[Statement], known: Sequence[Checked]) -> list[Underline]:
    """The underlines of all statements: of those that are known as they were found, of the others as waiting."""
    shown = {each.statement.anchor: _underline(each) for each in known}
    return [shown.get(each.anchor) or _waiting(each) for each in found]


def _underline(each: Checked) -> Underline:
    if each.card:
        return underline(each.card)
    return replace(_waiting(each.statement), state="unchecked", says=told(each.problem) if each.problem else "")


def _waiting(each: Statement) -> Underline:
    return Underline(each.number, each.anchor, "waiting", "", each.attribution.content)
