"""What a run comes to: which findings fail it, and the exit code, which is known only at its end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar, cast, get_args

import click

from checker.types import Finding, Reason, Status

Command = TypeVar("Command", bound=Callable[..., object])

ORDER: tuple[Status, ...] = ("verified", "paraphrased", "unsourced")
"""From best to worst."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Which findings fail a run: those of a status or a worse one, but for the reasons that are allowed."""

    fail_on: Status | None = None
    allowed: frozenset[Reason] = field(default_factory=frozenset)

    def fails(self, finding: Finding) -> bool:
        """Whether a finding fails the run."""
        verdict = finding.verdict
        bad = self.fail_on is not None and ORDER.index(verdict.status) >= ORDER.index(self.fail_on)
        return bad and verdict.reason not in self.allowed


def gated(command: Command) -> Command:
    """--fail-on and --allow; the command gets the gate that they make."""

    @click.option("--fail-on", type=click.Choice(ORDER), help="Exit with 1 when a finding is that bad or worse.")
    @click.option(
        "--allow", type=click.Choice(get_args(Reason)), multiple=True, metavar="REASON",
        help="With --fail-on: this reason fails no run (absent, not-covered …); may be given several times.",
    )  # fmt: skip
    @wraps(command)
    def with_gate(*, fail_on: Status | None, allow: tuple[Reason, ...], **others: object) -> object:
        return command(gate=Gate(fail_on, frozenset(allow)), **others)

    return cast(Command, with_gate)


@dataclass(slots=True)
class Outcome:
    """The exit code so far: an input that could not be checked outweighs what was found in others."""

    code: int = 0

    def found(self) -> None:
        """A finding fails the run."""
        self.code = self.code or 1

    def failed(self) -> None:
        """An input could not be checked."""
        self.code = 3


@contextmanager
def run() -> Iterator[Outcome]:
    """A run, which ends with its exit code."""
    outcome = Outcome()
    yield outcome
    sys.stdout.flush()
    if outcome.code:
        sys.exit(outcome.code)
