"""Falsifications by hand: edits of stored text, guarded against drift."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.seeded.cases import read_rows
from benchmarks.seeded.scripts import quotes_from_scripts

RECORD = {"id": "velmoria-1", "publisher": "Office", "title": "Talk", "date": "2030-05-02", "language": "en",
          "kind": "transcript", "summary": "A talk.",
          "turns": [{"speaker": "Q", "text": "Will they come back?"},
                    {"speaker": "Ilse Corvane", "text": "The boats will come back before the winter."}]}  # fmt: skip
STORED = "A talk.\n\nWill they come back?\n\nThe boats will come back before the winter."
START = STORED.index("The boats")
PASSAGE = STORED[START:]


def script(**other: Any) -> dict[str, Any]:
    place = STORED.index("will come")
    return {"document": "velmoria-1", "start": START, "end": len(STORED), "kind": "negation", "expect": "not-verified",
            "edits": [[place + 4, place + 4, " not"]], "check": hashlib.sha256(PASSAGE.encode()).hexdigest()[:8],
            **other}  # fmt: skip


def run(tmp_path: Path, *scripts: dict[str, Any]) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]]]:
    (tmp_path / "corpus.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    (tmp_path / "edits.jsonl").write_text("".join(json.dumps(row) + "\n" for row in scripts), encoding="utf-8")
    code = quotes_from_scripts(tmp_path / "edits.jsonl", [tmp_path / "corpus.jsonl"], tmp_path / "out")
    return code, read_rows(tmp_path / "out" / "quotes.jsonl"), read_rows(tmp_path / "out" / "key.jsonl")


def test_a_script_becomes_a_quote_and_a_key(tmp_path: Path) -> None:
    code, [quote], [key] = run(tmp_path, script())
    assert code == 0
    assert quote == {"id": "e00001", "quote": "The boats will not come back before the winter.",
                     "speaker": "Ilse Corvane", "language": "en", "direct": True}  # fmt: skip
    assert (key["truth"], key["expect"], key["documents"]) == ("flip", "not-verified", ["velmoria-1"])


def test_the_speaker_may_be_overridden_and_a_true_quote_keeps_its_parts(tmp_path: Path) -> None:
    code, [quote], [key] = run(tmp_path, script(speaker="Tomas Belgrave", edits=[], expect="verified"))
    assert (code, quote["speaker"], quote["quote"]) == (0, "Tomas Belgrave", PASSAGE)
    assert (key["truth"], key["parts"]) == ("true", [PASSAGE])


@pytest.mark.parametrize(
    "drifted",
    [
        {"check": "00000000"}, {"document": "velmoria-9"}, {"version_sha256": "0" * 64}, {"expect": "maybe"},
        {"edits": [[0, 3, "x"]]}, {"start": None},
    ],
)  # fmt: skip
def test_a_script_that_does_not_fit_is_named_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], drifted: dict[str, Any]
) -> None:
    code, quotes, _ = run(
        tmp_path, script(**drifted), script(version_sha256=hashlib.sha256(STORED.encode()).hexdigest())
    )
    assert code == 1
    assert [quote["id"] for quote in quotes] == ["e00002"]
    assert "line 1" in capsys.readouterr().err
