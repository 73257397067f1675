"""The gate is open, and it would close."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    path = Path(__file__).parent / "gate.py"
    spec = importlib.util.spec_from_file_location("evaluation_gate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluation_gate"] = module
    spec.loader.exec_module(module)
    return module


def test_no_figure_is_under_its_floor(gate: ModuleType) -> None:
    measured, misses = gate.measure()
    pinned = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert pinned["digest"] == gate.digest()
    assert gate.shortfalls(measured, pinned["floors"]) == [], misses


def test_a_worse_figure_and_a_false_verified_close_the_gate(gate: ModuleType) -> None:
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))["floors"]
    perfect = gate.Measured(**{name: 0 if "false" in name else 1 for name in floors})
    assert gate.shortfalls(perfect, floors) == []
    assert gate.shortfalls(replace(perfect, false_verified=1), floors)
    assert gate.shortfalls(replace(perfect, quotes_right=0.1), floors)
