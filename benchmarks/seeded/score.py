"""Findings against the key: a table by kind, the misses, and whether it is good enough."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.seeded.cases import Case, case_of, read_rows
from benchmarks.seeded.wording import folded

NEEDED_SHARE = 0.99
DIRTY = "dirty-"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and what the checker said of it."""

    case: Case
    status: str
    reason: str
    place: str
    exact: str
    warnings: tuple[str, ...]

    @property
    def judged(self) -> str:
        """good; or what is wrong: missing, error, unverified, elsewhere, verified, unwarned."""
        if self.status in ("missing", "error"):
            return self.status
        verified, warned = self.status == "verified", self.case.warning in self.warnings
        if self.case.expect == "not-verified":
            return "verified" if verified else "good"
        if self.case.expect == "warned":
            return "unwarned" if verified and not warned else "good"
        if not verified:
            return "unverified"
        if self.case.warning and not warned:
            return "unwarned"
        return "good" if self.at_right_place else "elsewhere"

    @property
    def at_right_place(self) -> bool:
        """In a document in which the true words stand, and at these words."""
        known = self.place in self.case.documents or self.place.removeprefix(DIRTY) in self.case.documents
        if self.place.startswith(DIRTY):
            return known
        return known and any(folded(part) in folded(self.exact) for part in self.case.parts)


def outcome_of(case: Case, finding: dict[str, Any] | None) -> Outcome:
    """What a finding, if there is one, says of the case."""
    if finding is None:
        return Outcome(case, "missing", "-", "-", "", ())
    if "status" not in finding:
        return Outcome(case, "error", str((finding.get("error") or {}).get("code", "-")), "-", "", ())
    evidence = finding.get("evidence") or []
    shown = evidence or finding.get("nearest") or [{}]
    place = str((shown[0].get("document") or {}).get("id", "-"))
    exact = " ".join(one.get("exact") or "" for one in shown if (one.get("document") or {}).get("id") == place)
    warnings = tuple(str(warning.get("code")) for warning in finding.get("warnings") or ())
    return Outcome(case, str(finding["status"]), str(finding.get("reason", "-")), place, exact, warnings)


def outcomes_of(key: Path, findings: Path) -> list[Outcome]:
    """Every case of the key with its finding."""
    by_id = {row.get("id"): row for row in read_rows(findings)}
    return [outcome_of(case, by_id.get(case.id)) for case in map(case_of, read_rows(key))]


def table(outcomes: Iterable[Outcome]) -> list[str]:
    """Good and all, by truth, kind and form, with what is wrong."""
    rows: dict[tuple[str, str, str], Counter[str]] = {}
    for outcome in outcomes:
        case = outcome.case
        for form in ("", case.form):
            rows.setdefault((case.truth, case.kind, form), Counter())[outcome.judged] += 1
    lines = [f"{'':6} {'kind':16} {'form':30} {'good':>6} {'of':>6}  what is wrong"]
    for (truth, kind, form), counted in sorted(rows.items()):
        wrong = ", ".join(f"{what} {number}" for what, number in sorted(counted.items()) if what != "good")
        lines.append(f"{truth:6} {kind:16} {form or 'all':30} {counted['good']:6d} {counted.total():6d}  {wrong}")
    return lines


def described(outcome: Outcome) -> str:
    """A miss for a person to read."""
    case = outcome.case
    return (
        f"{case.id} {case.truth}/{case.kind}/{case.form} [{case.language}] {outcome.judged}: "
        f"{outcome.status}/{outcome.reason} by {case.speaker}\n"
        f"    quote: {case.quote!r}\n    change: {case.change!r}; original: {case.original!r}\n"
        f"    at {outcome.place}, expected {', '.join(case.documents[:3]) or '-'}; exact: {outcome.exact[:300]!r}; "
        f"warnings: {', '.join(outcome.warnings) or '-'}"
    )


def figures(outcomes: list[Outcome]) -> dict[str, int]:
    """The four numbers that decide."""
    true = [outcome for outcome in outcomes if outcome.case.truth == "true"]
    flips = [outcome for outcome in outcomes if outcome.case.truth == "flip"]
    attacks = [outcome for outcome in outcomes if outcome.case.truth == "attack"]
    return {
        "true": len(true),
        "true_verified": sum(outcome.status == "verified" for outcome in true),
        "true_at_right_place": sum(outcome.judged == "good" for outcome in true),
        "flips": len(flips),
        "flips_verified": sum(outcome.judged == "verified" for outcome in flips),
        "attacks": len(attacks),
        "attacks_passed": sum(outcome.judged != "good" for outcome in attacks),
        "without_finding": sum(outcome.status in ("missing", "error") for outcome in outcomes),
    }


def is_good(numbers: dict[str, int]) -> bool:
    """No flip verified, no attack passed, every line answered, 99 % of the true quotes at their place."""
    failed = numbers["flips_verified"] or numbers["attacks_passed"] or numbers["without_finding"]
    return not failed and numbers["true_at_right_place"] >= NEEDED_SHARE * numbers["true"]


def score(key: Path, findings: Path, *, misses: int, out: Path | None) -> int:
    """Print the table and the misses; 0 if good enough."""
    outcomes = outcomes_of(key, findings)
    numbers = figures(outcomes)
    wrong = sorted(
        (outcome for outcome in outcomes if outcome.judged != "good"),
        key=lambda o: (o.case.truth, o.case.kind, o.case.id),
    )
    print("\n".join(table(outcomes)))
    print("; ".join(f"{name.replace('_', ' ')} {number}" for name, number in numbers.items()))
    for outcome in wrong[:misses]:
        print(described(outcome))
    if len(wrong) > misses:
        print(f"... and {len(wrong) - misses} more misses")
    if out:
        listed = [
            {
                "id": o.case.id,
                "kind": o.case.kind,
                "form": o.case.form,
                "wrong": o.judged,
                "status": o.status,
                "reason": o.reason,
            }
            for o in wrong
        ]
        out.write_text(
            json.dumps({"figures": numbers, "misses": listed}, ensure_ascii=False, indent=1), encoding="utf-8"
        )
    return 0 if is_good(numbers) else 1
