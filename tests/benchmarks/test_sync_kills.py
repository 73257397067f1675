"""Killed while it syncs, a corpus has every statement once, and no half of another."""

from __future__ import annotations

from pathlib import Path

from benchmarks.sync_kills import Campaign, run


def test_a_killed_sync_loses_nothing_and_stores_nothing_twice(tmp_path: Path) -> None:
    outcome = run(Campaign(str(tmp_path / "corpus"), tmp_path / "log", statements=18, kills=3, verify_every=3, seed=5))
    assert outcome.problems == ()
    assert (outcome.kills, outcome.documents) == (3, 21)
