"""Fit and judge the confidence: `python benchmarks/confidence.py --cases FILE --corpus FOLDER [--cases … --corpus …]`.

Cases as for benchmarks/thresholds.py (quotes) or with `claim` and `expect` (indirect statements). The weights are
fitted on all of them; what is reported is from ten-fold cross-validation: for each tenth of the confidence the share
that was right (the reliability chart), the expected calibration error and the area under the ROC curve.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from checker.confidence import Signs, signs
from checker.errors import QuoteError
from checker.pipeline import check_quote
from checker.query import readable_quotation
from checker.settings import load_settings
from checker.types import Claim, Status
from corpus.store import Corpus
from corpus.types import PartialDate

STATUSES: tuple[Status, ...] = ("verified", "paraphrased", "unsourced")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One labelled claim, checked: what the verdict hung on, and whether it was right."""

    source: str
    status: Status
    signs: Signs
    right: bool
    weight: float = 1.0


def main() -> None:
    """Print the weights and the chart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", required=True)
    parser.add_argument("--corpus", action="append", required=True)
    parser.add_argument(
        "--weight", type=float, action="append", help="how much each case of these counts; 1 by default"
    )
    parser.add_argument("--chart", type=Path, help="write the chart here for the about page: checker/reliability.json")
    options = parser.parse_args()
    weights = options.weight or [1.0] * len(options.cases)
    outcomes = [
        each
        for cases, corpus, weight in zip(options.cases, options.corpus, weights, strict=True)
        for each in _outcomes(cases, corpus, weight)
    ]  # fmt: skip
    right = np.array([each.right for each in outcomes])
    guessed = _cross_validated(outcomes, right)
    for status in STATUSES:
        some = [each for each in outcomes if each.status == status]
        names = sorted({name for each in some for name in each.signs} - {"always"})
        model = _fitted(some, names)
        weights = {"always": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
        print(f'"{status}": ' + str({name: round(float(weight), 2) for name, weight in weights.items()}) + ",")
    for source in dict.fromkeys(each.source for each in outcomes):
        mine = np.array([each.source == source for each in outcomes])
        print(f"\n{source}: {_report(guessed[mine], right[mine])}")
    print(f"\nall: {_report(guessed, right)}\n\n| confidence | cases | right |\n|---|---|---|")
    bins = _bins(guessed, right)
    for each in bins:
        print(f"| {each['low']:.1f}–{each['high']:.1f} | {each['cases']} | {100 * each['right']:.0f} % |")
    if options.chart:
        measured = "benchmarks/confidence.py --chart, cross-validated over labelled claims"
        options.chart.write_text(json.dumps({"measured": measured, "bins": bins}, indent=2) + "\n", encoding="utf-8")


def _bins(guessed: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    """How many claims got a confidence of each tenth, and what share of them was right."""
    found = []
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (guessed >= low) & ((guessed < low + 0.1) | (low >= 0.9))
        if inside.any():
            share = round(float(right[inside].mean()), 3)
            found.append(
                {"low": round(low, 1), "high": round(low + 0.1, 1), "cases": int(inside.sum()), "right": share}
            )
    return found


def _outcomes(path: Path, folder: str, weight: float) -> Iterator[Outcome]:
    settings = load_settings()
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines, Corpus.open(folder) as corpus:
        for line in lines:
            row = json.loads(line)
            claim = Claim(
                row.get("quote") or row["claim"], speaker=row.get("speaker"), language=row.get("language"),
                date=PartialDate.parse(row["date"]) if row.get("date") else None,
                direct=row.get("direct", True), context=row.get("context") or "",
            )  # fmt: skip
            accepted = {row.get("expected_status") or row["expect"], *row.get("also_acceptable", [])}
            try:
                finding = check_quote(claim, corpus, settings=settings)
            except QuoteError:
                continue
            verdict = finding.verdict
            found = signs(
                verdict.status, verdict.reason, claim, readable_quotation(claim),
                finding.evidence or finding.nearest, finding.searched,
            )  # fmt: skip
            yield Outcome(path.name, verdict.status, found, verdict.status in accepted, weight)


def _fitted(outcomes: Sequence[Outcome], names: Sequence[str]) -> LogisticRegression:
    rows = np.array([[each.signs.get(name, 0.0) for name in names] for each in outcomes])
    right = np.array([each.right for each in outcomes], dtype=int)
    weights = np.array([each.weight for each in outcomes])
    if right.min() == right.max():  # everything right: one wrong one is assumed, or the odds would be endless
        rows, right = np.vstack([rows, rows.mean(axis=0)]), np.append(right, 1 - right[0])
        weights = np.append(weights, 1.0)
    return LogisticRegression(C=1.0, max_iter=1000).fit(rows, right, sample_weight=weights)


def _cross_validated(outcomes: Sequence[Outcome], right: np.ndarray) -> np.ndarray:
    guessed = np.zeros(len(outcomes))
    folds = StratifiedKFold(10, shuffle=True, random_state=20261125)
    for training, held in folds.split(np.zeros(len(outcomes)), right):
        for status in STATUSES:
            some = [outcomes[at] for at in training if outcomes[at].status == status]
            wanted = [at for at in held if outcomes[at].status == status]
            if not some or not wanted:
                continue
            names = sorted({name for each in some for name in each.signs} - {"always"})
            rows = np.array([[outcomes[at].signs.get(name, 0.0) for name in names] for at in wanted])
            guessed[wanted] = _fitted(some, names).predict_proba(rows)[:, 1]
    return guessed


def _report(guessed: np.ndarray, right: np.ndarray) -> str:
    error = 0.0
    for low in np.arange(0.0, 1.0, 0.1):
        bin_ = (guessed >= low) & ((guessed < low + 0.1) | (low >= 0.9))
        if bin_.any():
            error += bin_.mean() * abs(guessed[bin_].mean() - right[bin_].mean())
    area = roc_auc_score(right, guessed) if 0 < right.mean() < 1 else float("nan")
    return f"{len(right)} claims, {100 * right.mean():.1f} % right, calibration error {error:.3f}, AUROC {area:.3f}"


if __name__ == "__main__":
    main()
