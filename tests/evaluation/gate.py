"""The quality gate: our own labelled cases against pinned floors. Run it with `make gate`.

The cases are sixty single quotes and one article over the invented documents of the starter corpus, and 320
quotes over forty further invented documents, labelled by people who had not read the checker. A floor may be raised with `--update`; lowering one
is refused unless `--allow-lower` is given, and belongs in the changelog. The digest covers cases and
documents, so that nobody moves a floor by editing what is measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from importlib import resources
from pathlib import Path

from checker.pipeline import check_article, check_quote
from checker.speakers import same_name
from checker.types import Article, Claim, Finding
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.text import words
from corpus.types import PartialDate

DATA = Path(__file__).parent.parent / "data"
FLOORS = Path(__file__).parent / "floors.json"
STARTER = resources.files("corpus").joinpath("starter")


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares of the labelled cases, 0 to 1; `false_verified` is a count, and its floor is a ceiling of none."""

    quotes_right: float
    true_verified: float
    false_verified: int
    reasons_right: float
    statements_found: float
    speakers_right: float
    statements_right: float
    statements_false_verified: int
    wide_right: float
    wide_true_verified: float
    wide_false_verified: int
    wide_reasons_right: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A case that came out otherwise than labelled."""

    id: str
    expected: str
    found: str
    quote: str


def measure() -> tuple[Measured, tuple[Miss, ...]]:
    """Check every labelled case against the invented documents."""
    with tempfile.TemporaryDirectory() as folder, Corpus.open(folder, create=True) as corpus:
        lines = STARTER.joinpath("invented.jsonl").read_text(encoding="utf-8").splitlines()
        list(corpus.add(document_of(json.loads(line)) for line in lines))
        quotes = [(case, check_quote(_claim(case), corpus)) for case in _cases("starter-quotes.jsonl")]
        text = STARTER.joinpath("sample-article.txt").read_text(encoding="utf-8")
        report = check_article(Article("sample", text), corpus)
    statements = [(case, _answer(case, report.findings)) for case in _cases("sample-article-expected.jsonl")]
    wide = _wide()
    misses = (*_quote_misses(quotes), *_statement_misses(statements), *_quote_misses(wide))
    return _measured(quotes, statements, wide), misses


def _wide() -> list[tuple[dict, Finding]]:
    """The 320 quotes over documents of their own, with all that they claim."""
    with tempfile.TemporaryDirectory() as folder, Corpus.open(folder, create=True) as corpus:
        list(corpus.add(document_of(record) for record in _cases("gate-documents.jsonl")))
        found = []
        for case in _cases("gate-quotes.jsonl"):
            article_date = PartialDate.parse(case["article_date"]) if case.get("article_date") else None
            claim = replace(
                _claim(case),
                document_id=case.get("document"),
                context=case.get("context") or "",
                article_date=article_date,
            )
            found.append((case, check_quote(claim, corpus)))
    return found


def _cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def _claim(case: dict) -> Claim:
    date = PartialDate.parse(case["date"]) if case.get("date") else None
    return Claim(case["quote"], speaker=case["speaker"], date=date, direct=case["direct"], language=case["language"])


def _answer(case: dict, findings: tuple[Finding, ...]) -> Finding | None:
    wanted = " ".join(words(case["content_contains"]).keys)
    return next((f for f in findings if wanted in " ".join(words(f.claim.quote).keys)), None)


def _statuses(case: dict) -> list[str]:
    return [case.get("expected_status") or case["status"], *case.get("also_acceptable", [])]


def _measured(
    quotes: list[tuple[dict, Finding]],
    statements: list[tuple[dict, Finding | None]],
    wide: list[tuple[dict, Finding]],
) -> Measured:
    found = [(case, finding) for case, finding in statements if finding is not None]
    right, true, false, reasons = _shares(quotes)
    wide_right, wide_true, wide_false, wide_reasons = _shares(wide)
    return Measured(
        quotes_right=right,
        true_verified=true,
        false_verified=false,
        reasons_right=reasons,
        statements_found=len(found) / len(statements),
        speakers_right=sum(_speaker_right(case, f) for case, f in found) / len(statements),
        statements_right=sum(f.verdict.status in _statuses(case) for case, f in found) / len(statements),
        statements_false_verified=sum(
            f.verdict.status == "verified" and "verified" not in _statuses(case) for case, f in found
        ),
        wide_right=wide_right,
        wide_true_verified=wide_true,
        wide_false_verified=wide_false,
        wide_reasons_right=wide_reasons,
    )


def _shares(quotes: list[tuple[dict, Finding]]) -> tuple[float, float, int, float]:
    """Share with the right status, of the true ones verified, number of others verified, share of right reasons."""
    right = [(case, finding) for case, finding in quotes if finding.verdict.status in _statuses(case)]
    true = [finding for case, finding in quotes if case["expected_status"] == "verified"]
    bad = [finding for case, finding in quotes if "verified" not in _statuses(case)]
    return (
        len(right) / len(quotes),
        sum(f.verdict.status == "verified" for f in true) / len(true),
        sum(f.verdict.status == "verified" for f in bad),
        sum(f.verdict.reason in case["expected_reasons"] for case, f in right) / len(right),
    )


def _speaker_right(case: dict, finding: Finding) -> bool:
    return finding.claim.speaker is not None and same_name(finding.claim.speaker, case["speaker"])


def _quote_misses(quotes: list[tuple[dict, Finding]]) -> Iterator[Miss]:
    for case, finding in quotes:
        if finding.verdict.status not in _statuses(case) or finding.verdict.reason not in case["expected_reasons"]:
            yield _miss(case["id"], case["expected_reasons"], case, finding)


def _statement_misses(statements: list[tuple[dict, Finding | None]]) -> Iterator[Miss]:
    for number, (case, finding) in enumerate(statements, start=1):
        if finding is None:
            yield Miss(f"statement {number}", case["speaker"], "not extracted", case["content_contains"])
        elif finding.verdict.status not in _statuses(case) or not _speaker_right(case, finding):
            yield _miss(f"statement {number} ({case['speaker']})", case["reasons"], case, finding)


def _miss(id: str, reasons: list[str], case: dict, finding: Finding) -> Miss:
    verdict = finding.verdict
    found = f"{verdict.status} {verdict.reason} ({finding.claim.speaker})"
    return Miss(id, f"{_statuses(case)[0]} {'/'.join(reasons)}", found, finding.claim.quote[:80])


def digest() -> str:
    """SHA-256 over the cases and the documents that they are checked against."""
    hashed = hashlib.sha256()
    for name in ("starter-quotes.jsonl", "sample-article-expected.jsonl", "gate-documents.jsonl", "gate-quotes.jsonl"):
        hashed.update((DATA / name).read_bytes())
    for name in ("invented.jsonl", "sample-article.txt"):
        hashed.update(STARTER.joinpath(name).read_bytes())
    return hashed.hexdigest()


def shortfalls(measured: Measured, floors: dict[str, float]) -> list[str]:
    """Every figure that is worse than its floor; counts of false verdicts have ceilings."""
    found = []
    for name, value in asdict(measured).items():
        floor = floors.get(name, 0.0 if "false" not in name else math.inf)
        worse = value > floor if "false" in name else value < floor - 1e-9
        if worse:
            found.append(f"{name}: {value:.3f}, pinned {floor:.3f}")
    return found


def main() -> int:
    """Measure, print, compare; the exit code says whether the gate is open."""
    parser = argparse.ArgumentParser(description="the quality gate")
    parser.add_argument("--update", action="store_true", help="pin what was measured")
    parser.add_argument("--allow-lower", action="store_true", help="even where it is worse")
    options = parser.parse_args()
    measured, misses = measure()
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else None
    for miss in misses:
        print(f"{miss.id}: expected {miss.expected}, found {miss.found}: {miss.quote}")
    for name, value in asdict(measured).items():
        print(f"{name:28}{value:.3f}")
    worse = shortfalls(measured, pinned["floors"]) if pinned else []
    if options.update and (not worse or options.allow_lower):
        content = {
            "digest": digest(),
            "floors": {name: math.floor(v * 1000) / 1000 for name, v in asdict(measured).items()},
        }
        FLOORS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        return 0
    if pinned and pinned["digest"] != digest():
        worse.append("the cases or their documents changed: run with --update and say why in the changelog")
    print(*worse, sep="\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
