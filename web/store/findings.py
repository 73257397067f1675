"""A finding as it is kept: everything but the documents' texts, which the corpus keeps in every version."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter

from checker.types import Evidence, Finding
from corpus.text import words
from corpus.types import Document

FindDocument = Callable[[str, int], Document | None]
"""The document of an id in a version; None when the corpus has it no more."""


def dump_finding(finding: Finding) -> str:
    """JSON that `load_finding` reads."""
    bare = replace(finding, evidence=_bare(finding.evidence), nearest=_bare(finding.nearest))
    return _adapter().dump_json(bare).decode()


def load_finding(content: str, find: FindDocument) -> Finding:
    """The finding as it was, with its documents in the versions that it rests on."""
    finding = _adapter().validate_json(content)
    return replace(
        finding,
        evidence=tuple(_filled(place, find) for place in finding.evidence),
        nearest=tuple(_filled(place, find) for place in finding.nearest),
    )


def anchors(findings: Iterable[Finding]) -> Iterator[str]:
    """Names that last: made of a statement's words and of how often they came before in the text."""
    seen = Counter[str]()
    for finding in findings:
        name = words_of(finding.claim.quote)[:8]
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def words_of(quote: str) -> str:
    """The hash of a quote's words as they are compared, by which it is known when it comes again."""
    return hashlib.sha256(" ".join(words(quote).keys).encode()).hexdigest()[:32]


def basis_of(finding: Finding) -> str:
    """The hash of what an editor decides about: claim, verdict and evidence; a decision holds while it is the same."""
    claim, verdict = finding.claim, finding.verdict
    places = sorted((place.document.id, place.version.sha256, place.span) for place in finding.evidence)
    facts = (claim.quote, claim.speaker, str(claim.date), claim.direct, verdict.status, verdict.reason, places)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def sources_of(findings: Iterable[Finding]) -> dict[str, tuple[int, str]]:
    """The documents that findings rest on: version and hash by id."""
    return {
        place.document.id: (place.version.number, place.version.sha256)
        for finding in findings
        for place in finding.evidence
    }


@cache
def _adapter() -> TypeAdapter[Finding]:
    return TypeAdapter(Finding)


def _bare(places: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(replace(place, document=replace(place.document, text="", turns=(), metadata={})) for place in places)


def _filled(place: Evidence, find: FindDocument) -> Evidence:
    document = find(place.document.id, place.version.number)
    return replace(place, document=document or replace(place.document, text=_around(place)))


def _around(place: Evidence) -> str:
    """Where the document is gone, what was kept of it, at its old offsets."""
    quote = place.quote
    return quote.prefix.rjust(place.span.start)[-place.span.start or len(quote.prefix) :] + quote.exact + quote.suffix
