"""Killed while it adds, a corpus has every acknowledged document and no half of another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.cluster import Cluster
from benchmarks.kills import Campaign, run


def _records(path: Path) -> Path:
    """Invented statements of a state that does not exist."""
    lines = [
        json.dumps({"id": f"marlo-{n}", "text": f"Statement {n} about the harbour of Marlo. " * (1 + n % 7)})
        for n in range(160)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_a_killed_add_loses_nothing_that_was_acknowledged_and_goes_on(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    location = str(tmp_path / "corpus")
    if kind == "server":
        cluster: Cluster = request.getfixturevalue("cluster")
        location = cluster.location("kills")
    records = _records(tmp_path / "records.jsonl")
    outcome = run(Campaign(location, records, tmp_path / "log", kills=2, batch=10, delay=0.02, seed=7))
    assert outcome.problems == ()
    assert (outcome.kills, outcome.documents) == (2, 160)
