"""The files between generator, checker and scorer: quotes.jsonl and key.jsonl."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A line of key.jsonl: what a quote is, and what a checker owes it."""

    id: str
    kind: str
    form: str
    truth: str
    expect: str
    warning: str
    language: str
    quote: str
    speaker: str
    documents: tuple[str, ...]
    parts: tuple[str, ...]
    original: str
    change: str
    date: str | None = None
    document: str | None = None

    def question(self) -> dict[str, Any]:
        """The line for `onrecord quotes`."""
        asked = {"id": self.id, "quote": self.quote, "speaker": self.speaker, "date": self.date,
                 "document": self.document, "language": self.language, "direct": True}  # fmt: skip
        return {name: value for name, value in asked.items() if value is not None}


def case_of(row: dict[str, Any]) -> Case:
    """A case from its line."""
    known = {field.name for field in fields(Case)}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name in known}
    return Case(**values)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """A JSON Lines file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_cases(folder: Path, cases: Iterable[Case]) -> None:
    """quotes.jsonl for the checker and key.jsonl for the scorer."""
    cases = list(cases)
    write_rows(folder / "quotes.jsonl", (case.question() for case in cases))
    write_rows(folder / "key.jsonl", (asdict(case) for case in cases))
