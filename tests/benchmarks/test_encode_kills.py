"""Killed while it encodes, a corpus has a vector for every passage, and none twice."""

from __future__ import annotations

from pathlib import Path

from benchmarks.encode_kills import Campaign, run


def test_a_killed_encode_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    outcome = run(Campaign(tmp_path / "corpus", tmp_path / "log", kills=2, verify_every=2, seed=3))
    assert outcome.problems == ()
    assert (outcome.kills, outcome.passages) == (2, 140)
