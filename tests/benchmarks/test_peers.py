"""The comparison with other systems reads their verdicts and scores them as it says; no peer is needed here."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def peers() -> ModuleType:
    return loaded("peers")


@pytest.fixture(scope="module")
def answering() -> ModuleType:
    return loaded("peers_answer")


def case(id: str, expected: str, *also: str, cls: str = "verbatim") -> dict[str, Any]:
    return {
        "id": id,
        "cls": cls,
        "quote": f"The ferry {id} sails.",
        "expected_status": expected,
        "also_acceptable": also,
    }


CASES = [
    case("true1", "verified"),
    case("true2", "verified", "unsourced"),
    case("meant", "paraphrased", cls="paraphrase"),
    case("either", "unsourced", "verified", cls="number"),
    case("false1", "unsourced", cls="number"),
    case("false2", "unsourced", "paraphrased", cls="number"),
]


@pytest.mark.parametrize(
    ("system", "verdict", "status"),
    [
        ("onrecord", "paraphrased", "paraphrased"),
        ("substring", "found", "verified"),
        ("similarity", "not found", "unsourced"),
        ("buddie", "FOUND", "verified"),
        ("buddie", "FOUND_NORMALIZED", "verified"),
        ("buddie", "NOT_FOUND", "unsourced"),
        ("buddie", "UNCERTAIN", "unsourced"),
        ("buddie", "SOURCE_UNAVAILABLE", "error"),
        ("krokai", "VERIFIED", "verified"),
        ("krokai", "PUNCTUATION", "verified"),
        ("krokai", "OPERATOR", "paraphrased"),
        ("krokai", "TRUNCATED_CONDITION", "paraphrased"),
        ("krokai", "NOT_FOUND", "unsourced"),
        ("krokai", "NO_SOURCE_ON_DISK", "error"),
        ("krokai", "A_VERDICT_OF_TOMORROW", "error"),
    ],
)
def test_a_verdict_is_read_as_a_status(peers: ModuleType, system: str, verdict: str, status: str) -> None:
    assert peers.SYSTEMS[system].status(verdict) == status


def test_every_system_that_is_read_can_be_asked(peers: ModuleType, answering: ModuleType) -> None:
    assert list(peers.SYSTEMS) == list(answering.SYSTEMS)


def test_shares_count_what_they_say(peers: ModuleType) -> None:
    statuses = {
        "true1": "verified",
        "true2": "unsourced",  # accepted, but not verified
        "meant": "unsourced",
        "either": "verified",  # accepted, and no false one
        "false1": "verified",
        "false2": "paraphrased",
    }
    found = peers.score(CASES, statuses)
    assert found["right"] == {"share": 66.7, "count": 4, "of": 6}
    assert found["verified_or_not"] == {"share": 83.3, "count": 5, "of": 6}
    assert found["true_verified"] == {"share": 50.0, "count": 1, "of": 2}
    assert found["false_verified"] == {"share": 33.3, "count": 1, "of": 3}
    assert found["false_unsourced"] == {"share": 50.0, "count": 1, "of": 2}
    assert found["errors"] == 0
    assert found["right_by_class"] == {
        "number": {"share": 66.7, "count": 2, "of": 3},
        "paraphrase": {"share": 0.0, "count": 0, "of": 1},
        "verbatim": {"share": 100.0, "count": 2, "of": 2},
    }


def test_an_error_is_never_right(peers: ModuleType) -> None:
    found = peers.score(CASES, {"false1": "error"})  # the others have no status at all
    assert (found["right"]["count"], found["verified_or_not"]["count"], found["errors"]) == (0, 0, 6)


def test_no_case_gives_no_share(peers: ModuleType) -> None:
    assert peers.score([], {})["right"]["share"] is None


SYSTEM_THAT_FAILS = """
import json, sys, time
print(json.dumps({"version": "1.2", "documents": 3}), flush=True)
for line in sys.stdin:
    id = json.loads(line)["id"]
    if id == "true2":
        time.sleep(60)
    if id == "meant":
        sys.exit('sank')
    print(json.dumps({"error": "odd"} if id == "either" else {"verdict": "found", "ms": 2.0}), flush=True)
"""


def test_a_system_that_raises_hangs_or_ends_has_errors_and_goes_on(peers: ModuleType) -> None:
    command = [sys.executable, "-c", SYSTEM_THAT_FAILS]
    run = peers.run(peers.SYSTEMS["substring"], CASES, peers.Answering(command, timeout=1, to_prepare=60))
    assert (run.version, run.documents) == ("1.2", 3)
    assert [run.statuses[each["id"]] for each in CASES] == ["verified", *["error"] * 3, *["verified"] * 2]
    assert run.errors == {"true2": "no answer in 1 s", "meant": "ended: sank", "either": "odd"}
    printed = "\n".join(peers.report([peers.figures("substring", run, CASES, 4.0)], {}, documents=3, nearest=False))
    assert "| 3 | 0.5x |" in printed
    assert "true2 (no answer in 1 s), meant (ended: sank), either (odd)" in printed


def test_a_system_that_cannot_be_prepared_is_left_out(peers: ModuleType) -> None:
    command = [sys.executable, "-c", 'print(\'{"error": "not here"}\')']
    with pytest.raises(peers.Stopped, match="not here"):
        peers.run(peers.SYSTEMS["krokai"], CASES, peers.Answering(command, timeout=1, to_prepare=60))
    printed = "\n".join(peers.report([], {"krokai": "not here"}, documents=3, nearest=False))
    assert "krokai could not be run: not here" in printed


def test_no_label_leaves_a_case(peers: ModuleType) -> None:
    assert not {"cls", "expected_status", "also_acceptable", "document_hint", "source_documents"} & set(peers.GIVEN)


def test_the_baselines_answer(answering: ModuleType, tmp_path: Path) -> None:
    documents = [{"id": "a", "text": "“The harbour – all of it – is\n\nfree of ice,” she said, and the ferry sailed."}]
    for name in ("substring", "similarity"):
        answer, searched = answering.SYSTEMS[name][0](documents, tmp_path)
        assert searched == 1
        assert answer({"quote": "the harbour — all of it — is free of ice."}) == "found"
        assert answer({"quote": "Nobody asked the lighthouse keeper about any of this."}) == "not found"
    assert answering.substring(documents, tmp_path)[0]({"quote": "arbour all"}) == "not found"


def test_the_whole_run_without_peers(
    peers: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The ferry true1 sails at noon from the northern harbour, whatever the weather may be."
    document = {"id": "d", "publisher": "Harbour Office", "title": "Sailings", "date": "2024-03-01", "language": "en",
                "kind": "statement", "speakers": None, "text": text}  # fmt: skip
    (tmp_path / "documents.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
    cases = [{**CASES[0], "quote": "sails at noon from the northern harbour"}, {**CASES[4], "quote": "sails at dawn"}]
    (tmp_path / "cases.jsonl").write_text("".join(json.dumps(each) + "\n" for each in cases), encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv",
        ["peers.py", "--cases", str(tmp_path / "cases.jsonl"), "--documents", str(tmp_path / "documents.jsonl"),
         "--systems", "onrecord", "substring", "--json", str(tmp_path / "out.json")],
    )  # fmt: skip
    peers.main()
    assert "| OnRecord " in capsys.readouterr().out
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [each["right"]["count"] for each in written["systems"]] == [2, 2]
    assert written["documents"] == 1
