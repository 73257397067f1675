"""The gate for attributions: rules alone, and with the tagger, on pieces by two writers whom nobody chose anything by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.attribution_scores import TYPES, scores, speech_cued
from checker.export import extract_object
from checker.extract import Tagger, extract_attributions, load_tagger
from checker.types import Article
from training.attributions.corpus import read_corpus, split_of
from training.attributions.markup import Piece

FLOORS = Path(__file__).parent / "attribution_floors.json"
PIECES = tuple(piece for piece in read_corpus() if split_of(piece) == "test")
_NEAR = 0.1
"""Figures are compared as they are pinned, to a tenth of a point: processors round differently."""


def annotated(piece: Piece) -> dict[str, Any]:
    """A piece in the form of the benchmark; what lies within another's content is left out, as there."""
    marks = [
        {role: [[span.start, span.end] for span in getattr(each, role)] for role in ("source", "cue", "content")}
        for each in piece.attributions
        if not each.nested
    ]
    return {"id": piece.id, "text": piece.text, "attributions": marks}


def figures(tagger: Tagger | None) -> dict[str, float]:
    """F1 of triples by type, and how much of everyday speech is found, in per cent."""
    documents = [annotated(piece) for piece in PIECES]
    found: dict[str, Mapping[str, Any]] = {
        piece.id: extract_object(piece.id, extract_attributions(Article(piece.id, piece.text), tagger=tagger))
        for piece in PIECES
    }
    triples = scores(documents, found, cue=True)
    measured = {kind: triples[kind].f1 for kind in TYPES}
    measured["spoken"] = scores(speech_cued(documents), found, cue=False)["all"].recall
    return {name: round(value, 1) for name, value in measured.items()}


@pytest.mark.parametrize("system", ["rules", "tagger"])
def test_no_figure_is_under_its_floor(system: str) -> None:
    tagger = load_tagger() if system == "tagger" else None
    assert (tagger is not None) == (system == "tagger")
    measured = figures(tagger)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"][system]
    assert measured.keys() == floors.keys()
    assert not [(name, measured[name], floor) for name, floor in floors.items() if measured[name] < floor - _NEAR]


def test_nobody_moves_a_floor_by_editing_what_is_measured() -> None:
    texts = "\n".join(f"{piece.id}\n{piece.text}\n{piece.attributions}" for piece in PIECES)
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))["digest"]
    assert hashlib.sha256(texts.encode()).hexdigest() == pinned
