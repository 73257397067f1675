"""A press office on this machine, and a way to sync from it without waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from benchmarks.office import Office, connector_of, open_office
from corpus.connectors.connector import Connector
from corpus.fetch import Policy, PrivateHost
from corpus.fetch.limits import LIMITS
from corpus.store import Corpus
from corpus.sync.entries import Wanted
from corpus.sync.log import Run
from corpus.sync.manners import Manners, Visitor
from corpus.sync.walk import sync

MakeSource = Callable[..., Connector]


@pytest.fixture
def office() -> Iterator[Office]:
    """The press office of Marlo, with the statements 14 to 25, five a page."""
    with open_office(range(14, 26), per_page=5) as serving:
        yield serving


@pytest.fixture
def source(office: Office) -> MakeSource:
    """The office as a connector; the list's and the page's lines can be others."""
    return partial(connector_of, office.address)


@pytest.fixture
def visitor(office: Office) -> Callable[..., Visitor]:
    """A visitor without patience, that may ask the office and nobody else."""

    def make(**manners: float) -> Visitor:
        quick = {"pace": 0.0, "first_wait": 0.01, "refused": 0.01, "longest_wait": 5.0}
        policy = Policy(True, (PrivateHost.parse(f"localhost:{office.port}"),))
        limits = replace(LIMITS, seconds=3.0, quiet_seconds=0.5)
        return Visitor(policy, Manners(**{**quick, **manners}), limits=limits, list_limits=limits)  # type: ignore[arg-type]

    return make


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "synced", create=True) as opened:
        yield opened


@pytest.fixture
def run(held: Corpus, source: MakeSource, visitor: Callable[..., Visitor]) -> Callable[..., Run]:
    """Sync the office once."""

    def go(connector: Connector | None = None, *, manners: dict[str, float] | None = None, **wanted: object) -> Run:
        return sync(
            held,
            connector or source(),
            visitor(**(manners or {})),
            wanted=Wanted(**wanted),  # type: ignore[arg-type]
        )

    return go
