"""corpus encode: what goes to which stream, and what a stop leaves behind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from checker.cli import onrecord
from corpus.embed import Encoders, Vectors
from corpus.read.records import document_of
from corpus.store import Corpus


class Counting:
    """An encoder that may be stopped after so many batches."""

    name, dimensions, by_sentence = "counting@1", 64, False

    def __init__(self, stop_at: int | None = None) -> None:
        self.batches = 0
        self._stop_at = stop_at

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.batches += 1
        if self.batches == self._stop_at:
            raise KeyboardInterrupt
        return np.full((len(texts), 64), 0.125, np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        records = [{"id": f"d{n}", "publisher": "Marlo", "title": "Note", "text": f"Words w{n}."} for n in range(60)]
        list(corpus.add(document_of(record) for record in records))
    return str(tmp_path / "corpus")


def _run(monkeypatch: pytest.MonkeyPatch, embedder: Counting, *arguments: str) -> Result:
    encoders = Encoders.of(english=embedder)
    monkeypatch.setattr("checker.cli.corpora.encoders_of", lambda settings: encoders)
    return CliRunner().invoke(onrecord, ["corpus", *arguments], catch_exceptions=False)


def test_it_encodes_what_is_left_and_says_so_on_standard_error(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, Counting(), "encode", "--corpus", folder, "--limit", "30")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "english: 30 of 30 passages" in done.stderr
    assert "30 passages encoded; 50.0% of the corpus" in done.stderr
    done = _run(monkeypatch, Counting(), "encode", "--corpus", folder, "d59", "d58")
    assert "50.0%" in done.stderr or "53.3%" in done.stderr
    assert "100.0% of the corpus" in _run(monkeypatch, Counting(), "encode", "--corpus", folder).stderr
    stats = json.loads(_run(monkeypatch, Counting(), "stats", "--corpus", folder, "--format", "json").stdout)
    assert stats["encoded_share"] == 1.0
    assert "0 passages encoded" in _run(monkeypatch, Counting(), "encode", "--corpus", folder).stderr


def test_a_stop_keeps_what_was_done(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = _run(monkeypatch, Counting(stop_at=2), "encode", "--corpus", folder)
    assert stopped.exit_code == 130
    assert "goes on from here" in stopped.stderr
    assert "16 passages encoded" in stopped.stderr
    assert "44 passages encoded; 100.0%" in _run(monkeypatch, Counting(), "encode", "--corpus", folder).stderr


def test_beginning_again_names_no_documents(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(monkeypatch, Counting(), "encode", "--corpus", folder, "--again", "d1").exit_code == 2
    again = _run(monkeypatch, Counting(), "encode", "--corpus", folder, "--again")
    assert "60 passages encoded; 100.0%" in again.stderr
