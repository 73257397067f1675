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
from checker.types import Claim, Finding
from web.drafts import Statement

_AT_ONCE = 2
"""Statements that are checked at the same time for one page; the encoder and the database let other threads run."""

FIRST, NEXT = 0.12, 0.5
"""Seconds after which a page is sent with what is found, and after which each further piece is."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement with what was found, or why it cannot be checked."""

    statement: Statement
    finding: Finding | None
    problem: str = ""

    @classmethod
    def of(cls, statement: Statement, finding: Finding) -> Checked:
        """The finding as that of this statement: the same claim may have been made elsewhere before."""
        return cls(statement, replace(finding, attribution=statement.attribution))

    @property
    def card(self) -> Card | None:
        """The finding as it is shown."""
        if self.finding is None:
            return None
        return card(self.finding, number=self.statement.number, anchor=self.statement.anchor)


def checked(
    found: Sequence[Statement], *, claims: Sequence[Claim], check: Callable[[Claim], Finding], seconds: float | None
) -> Iterator[Checked]:
    """Check statements in their order until the time is up, at least one; without a limit all of them."""
    end = None if seconds is None else time.monotonic() + seconds
    todo = iter(zip(found, claims, strict=True))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        running: deque[Future[Checked]] = deque(pool.submit(_check, *each, check) for each in islice(todo, _AT_ONCE))
        while running:
            yield running.popleft().result()
            if (end is None or time.monotonic() < end) and (following := next(todo, None)):
                running.append(pool.submit(_check, *following, check))


def _check(statement: Statement, claim: Claim, check: Callable[[Claim], Finding]) -> Checked:
    try:
        finding = check(claim)
    except QuoteError as error:
        return Checked(statement, None, str(error))
    return Checked.of(statement, finding)


def underlines(found: Sequence[Statement], known: Sequence[Checked]) -> list[Underline]:
    """The underlines of all statements: of those that are known as they were found, of the others as waiting."""
    shown = {each.statement.anchor: _underline(each) for each in known}
    return [shown.get(each.anchor) or _waiting(each) for each in found]


def _underline(each: Checked) -> Underline:
    shown = each.card
    return underline(shown) if shown else replace(_waiting(each.statement), state="unchecked", says=each.problem)


def _waiting(each: Statement) -> Underline:
    return Underline(each.number, each.anchor, "waiting", "", each.attribution.content)
