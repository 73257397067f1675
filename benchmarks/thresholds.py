"""The run that chooses the numbers: every tuned value tried at several settings on labelled quotes, one at a time.

    python benchmarks/thresholds.py --cases CASES.jsonl[.gz] --corpus FOLDER [--cases … --corpus …] [--only NAME]

Each value stands beside the shares that it gives: right status, true quotes verified, others verified. The value that
the program has is marked. Choose the one with no wrong verified, then with most right; where several are as good,
the middle one. `--cases` and `--corpus` may be given several times, in pairs, for cases of different kinds.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from checker.errors import QuoteError
from checker.pipeline import check_quote
from checker.settings import DEFAULTS, Settings
from checker.types import Claim
from corpus.store import Corpus
from corpus.types import PartialDate


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled quote: what is claimed, and which statuses are right."""

    claim: Claim
    expected: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tuned:
    """A number that was tuned: a field of Thresholds, or a constant of a module (`module:NAME`)."""

    name: str
    tried: tuple[float, ...]


TUNED = (
    Tuned("same_wording", (0.4, 0.5, 0.6)),
    Tuned("same_wording_words", (2, 3, 4)),
    Tuned("related", (0.2, 0.3, 0.4)),
    Tuned("that_passage", (0.7, 0.8, 0.9)),
    Tuned("close", (0.65, 0.72, 0.8)),
    Tuned("loose", (0.4, 0.5, 0.6)),
    Tuned("in_quotes", (0.75, 0.85, 0.95)),
    Tuned("reworded", (0.5, 0.6, 0.7)),
    Tuned("information", (3.5, 4.5, 5.5)),
    Tuned("commonplace", (4, 6, 8)),
    Tuned("identifying", (3, 4, 5)),
    Tuned("sentence", (6, 8, 10)),
    Tuned("equal", (0.8, 0.9, 0.97)),
    Tuned("checker.align:OPEN", (0.5, 0.7, 0.9)),
    Tuned("checker.align.fit:EXTEND", (0.1, 0.15, 0.2)),
    Tuned("checker.align.fit:EXTRA", (0.8, 0.9, 1.0)),
    Tuned("checker.align.edits:_ALIKE", (0.45, 0.55, 0.65)),
    Tuned("checker.features.guards:_JOINED", (3, 4, 6)),
    Tuned("checker.features.insertions:_NEAR", (400, 700, 1000)),
    Tuned("checker.features.insertions:_DATE_NEAR", (200, 400, 800)),
    Tuned("checker.features.coverage:_SENTENCES", (2, 3, 4)),
    Tuned("checker.features.coverage:_AROUND", (200, 400, 800)),
    Tuned("checker.features.coverage:_LONGER", (0.02, 0.05, 0.1)),
    Tuned("checker.features.governors:_NEAR", (3, 4, 5)),
    Tuned("checker.statements:_MARGIN", (600, 1200, 2400)),
)


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", required=True)
    parser.add_argument("--corpus", action="append", required=True)
    parser.add_argument("--only", action="append", help="only these values")
    options = parser.parse_args()
    rounds = [(tuple(_read(cases)), corpus) for cases, corpus in zip(options.cases, options.corpus, strict=True)]
    names = " | ".join(f"{cases.name} right / true verified / others verified" for cases in options.cases)
    print(f"| value | tried | {names} |\n|---|---|{'---|' * len(rounds)}")
    for tuned in TUNED:
        if not options.only or tuned.name in options.only:
            for value in tuned.tried:
                mark = " (chosen)" if value == _current(tuned.name) else ""
                shares = " | ".join(_shares(cases, corpus, tuned.name, value) for cases, corpus in rounds)
                print(f"| {tuned.name} | {value:g}{mark} | {shares} |", flush=True)


def _read(path: Path) -> Iterator[Case]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            date = PartialDate.parse(row["date"]) if row.get("date") else None
            claim = Claim(
                row["quote"], speaker=row.get("speaker"), date=date, language=row.get("language"),
                direct=row.get("direct", True), context=row.get("context") or "",
                document_id=row.get("document") if "document_hint" in row else None,
            )  # fmt: skip
            right = frozenset([row["expected_status"], *row.get("also_acceptable", [])])
            yield Case(claim, row["expected_status"], right)


def _current(name: str) -> float:
    if ":" not in name:
        return float(getattr(DEFAULTS.thresholds, name))
    module, constant = name.split(":")
    return float(getattr(importlib.import_module(module), constant))


@contextmanager
def _set(name: str, value: float) -> Iterator[Settings]:
    """The settings with one value changed; a module's constant is put back afterwards."""
    kept = _current(name)
    number: float = int(value) if float(value).is_integer() and value >= 2 else value
    if ":" not in name:
        yield replace(DEFAULTS, thresholds=replace(DEFAULTS.thresholds, **{name: number}))
        return
    module, constant = name.split(":")
    home = importlib.import_module(module)
    original = getattr(home, constant)
    setattr(home, constant, number)
    try:
        yield DEFAULTS
    finally:
        setattr(home, constant, original)
        assert _current(name) == kept


def _shares(cases: Sequence[Case], folder: str, name: str, value: float) -> str:
    with Corpus.open(folder) as corpus, _set(name, value) as settings:
        found = [(case, _status(case.claim, corpus, settings)) for case in cases]
    true = [status == "verified" for case, status in found if case.expected == "verified"]
    others = [status == "verified" for case, status in found if "verified" not in case.right]
    right = [status in case.right for case, status in found]
    return f"{100 * sum(right) / len(right):.1f} / {sum(true)} of {len(true)} / {sum(others)} of {len(others)}"


def _status(claim: Claim, corpus: Corpus, settings: Settings) -> str:
    try:
        return check_quote(claim, corpus, settings=settings).verdict.status
    except QuoteError:
        return "error"


if __name__ == "__main__":
    main()
