"""Names of statements that stay: the same after a check is run again, and wherever in its text a statement moves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from checker.types import Finding
from corpus.text import words


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """One name for each finding of an article: of its words, of whose they are said to be, and of which time they come.

    Neither the verdict nor the place is part of it, and typography is folded away.
    """
    met: Counter[str] = Counter()
    names = []
    for each in findings:
        name = _name(each)
        met[name] += 1
        names.append(f"{name}:{met[name]}")
    return tuple(names)


def _name(finding: Finding) -> str:
    claim = finding.claim
    parts = (
        *words(claim.quote).keys,
        "|",
        *words(claim.speaker or "").keys,
        "|",
        "direct" if claim.direct else "meant",
    )
    return hashlib.sha256(" ".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
