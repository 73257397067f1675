"""A source that fails, is not looked at, or is silent for longer than it usually is gives an alarm, and no other does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from corpus.sync.freshness import freshness, usual_silence
from corpus.sync.log import NOTHING, Run, RunOutcome

TODAY = date(2031, 6, 30)


def run(days_ago: int, outcome: RunOutcome = "done") -> Run:
    return Run(1, "marlo", f"{TODAY - timedelta(days_ago)}T06:00:00+00:00", None, outcome, NOTHING, "why")


def every(days: int, *, newest: int, times: int = 30) -> list[date]:
    return [TODAY - timedelta(newest + days * n) for n in range(times)]


def alarms(days: list[date], *, last: Run, last_good: Run | None) -> list[str]:
    found = freshness("marlo", days, last=last, last_good=last_good, today=TODAY, documents=len(days))
    return [each.kind for each in found.alarms]


@pytest.mark.parametrize(
    ("days", "last", "good", "expected"),
    [
        (every(1, newest=0), run(0), run(0), []),
        (every(1, newest=3), run(0), run(0), []),
        (every(1, newest=4), run(0), run(0), ["silent"]),
        (every(14, newest=25), run(0), run(0), []),
        (every(14, newest=29), run(0), run(0), ["silent"]),
        (every(1, newest=40, times=5), run(0), run(0), []),  # too few to tell
        ([], run(0), run(0), []),
        (every(1, newest=0), run(0, "failed"), run(1), ["failed"]),
        (every(1, newest=0), run(0, "blocked"), run(1), ["failed"]),
        (every(1, newest=0), run(0, "moved"), run(1), ["failed"]),
        (every(1, newest=0), run(0, "interrupted"), run(1), ["failed"]),
        (every(1, newest=0), run(0, "running"), run(1), []),
        (every(1, newest=0), run(0, "limit"), run(0, "limit"), []),
        (every(1, newest=10), run(9), run(9), ["unwatched"]),  # silent since nobody looks
        (every(1, newest=20), run(0, "failed"), run(9), ["failed", "unwatched", "silent"]),
        ([], run(0, "failed"), None, ["failed", "unwatched"]),
        (every(30, newest=20), run(19), run(19), []),  # who speaks each month need not be watched each week
    ],
)
def test_alarms(days: list[date], last: Run, good: Run | None, expected: list[str]) -> None:
    assert alarms(days, last=last, last_good=good) == expected


def test_a_summer_break_does_not_change_what_is_usual() -> None:
    days = every(1, newest=0, times=30)
    assert usual_silence([*days, *(day - timedelta(40) for day in days)]) == usual_silence(days) == 3
