"""The scorers of the benchmarks: what agrees is right, and what does not is not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
TEXT = "“It rained,” Ann Cole said. Bo Reed told her that it “snowed” in May."


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


SCORES = _module("attribution_scores")
SPEAKERS = _module("speakers")


def marked(*parts: tuple[str, str, str]) -> dict[str, Any]:
    """A document in which content, cue and source are given by their words."""

    def spans(words: str) -> list[list[int]]:
        at = TEXT.index(words)
        return [[at, at + len(words)]]

    attributions = [dict(zip(("content", "cue", "source"), map(spans, each), strict=True)) for each in parts]
    return {"id": "a", "text": TEXT, "attributions": attributions}


DIRECT = ("“It rained,”", "said", "Ann Cole")
MIXED = ("that it “snowed” in May", "told", "Bo Reed")


def test_an_annotation_agrees_with_itself() -> None:
    gold = marked(DIRECT, MIXED)
    found = SCORES.scores([gold], {"a": gold}, cue=True)
    assert {kind: found[kind].f1 for kind in ("all", "direct", "mixed", "indirect")} == {
        "all": 100, "direct": 100, "mixed": 100, "indirect": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("other", "triple", "attributed"),
    [
        (("It rained", "said", "Ann Cole"), 100, 100),
        (("“It rained,”", "said", "Cole"), 100, 100),
        (("“It rained,”", "said", "Bo Reed"), 0, 0),
        (("“It rained,”", "told", "Ann Cole"), 0, 100),
        (("“It rained,” Ann Cole", "said", "Ann Cole"), 0, 0),
    ],
)
def test_content_source_and_cue_must_agree(other: tuple[str, str, str], triple: float, attributed: float) -> None:
    gold, found = marked(DIRECT), {"a": marked(other)}
    assert SCORES.scores([gold], found, cue=True)["all"].f1 == triple
    assert SCORES.scores([gold], found, cue=False)["all"].recall == attributed


def test_a_document_without_an_answer_counts_as_missed() -> None:
    assert SCORES.scores([marked(DIRECT)], {}, cue=True)["all"].recall == 0


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a “b” c", ["“b”"]),
        ("a “b\n“c” d", ["“b", "“c”"]),
        ("“a “b” c", ["“a ", "“b”"]),
        ('a "b" it\'s "c', ['"b"', '"c']),
        ("the boys' ‘b’ 'n' ``c'' d", ["‘b’", "``c''"]),
        ("she said 'so it is' and", ["'so it is'"]),
    ],
)
def test_quotation_marks_are_read_by_plain_rules(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in SCORES.quoted_stretches(text)] == inside


def test_names_are_compared_by_their_words() -> None:
    assert SPEAKERS.folded("the Prime Minister’s  Office") == SPEAKERS.folded("Prime Minister's office")
    assert SPEAKERS.folded("Cole") != SPEAKERS.folded("Ann Cole")


def test_a_label_is_right_only_by_a_labelled_name() -> None:
    label = {"id": "a", "content": [0, 12], "source": [13, 21], "speaker": [13, 21], "also": [], "kind": "full-name"}
    (answer,) = SPEAKERS.answers({"a": TEXT}, [label])
    assert answer.right and answer.named == "Ann Cole"
    (wrong,) = SPEAKERS.answers({"a": TEXT}, [{**label, "speaker": [28, 35]}])
    assert not wrong.right
