"""The scorer: what counts as good, and when it says 1."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.seeded.cases import Case, write_rows
from benchmarks.seeded.score import outcome_of, score

TRUE = Case("q1", "whole", "whole", "true", "verified", "", "en", "The boats came back late.", "Ilse Corvane",
            ("velmoria-1",), ("The boats came back late.",), "The boats came back late.", "")  # fmt: skip
FLIP = replace(TRUE, id="q2", kind="number", truth="flip", expect="not-verified")
HIDDEN = replace(TRUE, id="q3", kind="hidden-in-true", truth="attack", warning="hidden-characters")
ALIKE = replace(TRUE, id="q4", kind="look-alike", truth="attack", expect="warned", warning="look-alike-letters")


def finding(case: Case, status: str, *, place: str = "velmoria-1", exact: str = "The boats came back late.",
            warnings: tuple[str, ...] = ()) -> dict[str, Any]:  # fmt: skip
    evidence = [{"document": {"id": place}, "exact": exact}] if status == "verified" else []
    return {"id": case.id, "status": status, "reason": "exact", "evidence": evidence,
            "warnings": [{"code": code, "says": ""} for code in warnings]}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "answer", "judged"),
    [
        (TRUE, finding(TRUE, "verified"), "good"),
        (TRUE, finding(TRUE, "verified", place="dirty-velmoria-1"), "good"),
        (TRUE, finding(TRUE, "verified", place="velmoria-2"), "elsewhere"),
        (TRUE, finding(TRUE, "verified", exact="Another sentence of the document."), "elsewhere"),
        (TRUE, finding(TRUE, "paraphrased"), "unverified"),
        (TRUE, {"id": "q1", "error": {"code": "timeout"}}, "error"),
        (TRUE, None, "missing"),
        (FLIP, finding(FLIP, "verified"), "verified"),
        (FLIP, finding(FLIP, "unsourced"), "good"),
        (HIDDEN, finding(HIDDEN, "verified"), "unwarned"),
        (HIDDEN, finding(HIDDEN, "verified", warnings=("hidden-characters",)), "good"),
        (HIDDEN, finding(HIDDEN, "unsourced", warnings=("hidden-characters",)), "unverified"),
        (ALIKE, finding(ALIKE, "verified"), "unwarned"),
        (ALIKE, finding(ALIKE, "verified", warnings=("look-alike-letters",)), "good"),
        (ALIKE, finding(ALIKE, "unsourced"), "good"),
    ],
)
def test_each_outcome(case: Case, answer: dict[str, Any] | None, judged: str) -> None:
    assert outcome_of(case, answer).judged == judged


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        (("verified", "unsourced"), 0),
        (("verified", "verified"), 1),
        (("unsourced", "unsourced"), 1),
    ],
)
def test_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], statuses: tuple[str, str], code: int
) -> None:
    write_rows(tmp_path / "key.jsonl", map(asdict, (TRUE, FLIP)))
    write_rows(tmp_path / "findings.jsonl", [finding(TRUE, statuses[0]), finding(FLIP, statuses[1])])
    assert score(tmp_path / "key.jsonl", tmp_path / "findings.jsonl", misses=5, out=tmp_path / "out.json") == code
    assert "flips 1" in capsys.readouterr().out
    assert (tmp_path / "out.json").is_file()
