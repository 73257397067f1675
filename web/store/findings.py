"""A finding as it is kept: everything but the documents' texts, which the corpus keeps in every version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from checker.types import Evidence, Finding, Report
from corpus.text import words
from corpus.types import Document

Kept = TypeVar("Kept")
FindDocument = Callable[[str, int], Document | None]
"""The document of an id in a version; None when the corpus has it no more."""


def dump_finding(finding: Finding) -> str:
    """JSON that `load_finding` reads."""
    return _findings().dump_json(_without_texts(finding)).decode()


def load_finding(content: str, find: FindDocument) -> Finding:
    """The finding as it was, with its documents in the versions that it rests on."""
    return _with_texts(_read(_findings(), content), find)


def dump_report(report: Report) -> str:
    """JSON of a whole report, which `load_report` reads."""
    return _reports().dump_json(replace(report, findings=tuple(map(_without_texts, report.findings)))).decode()


def load_report(content: str, find: FindDocument) -> Report:
    """The report as it was, with its documents in the versions that it rests on."""
    report = _read(_reports(), content)
    return replace(report, findings=tuple(_with_texts(each, find) for each in report.findings))


def words_of(quote: str) -> str:
    """The hash of a quote's words as they are compared, by which it is known when it comes again."""
    return hashlib.sha256(" ".join(words(quote).keys).encode()).hexdigest()[:32]


def basis_of(finding: Finding) -> str:
    """The hash of what an editor decides about: claim, verdict and evidence; a decision holds while it is the same."""
    claim, verdict = finding.claim, finding.verdict
    places = sorted((place.document.id, place.version.sha256, place.span) for place in finding.evidence)
    facts = (claim.quote, claim.speaker, str(claim.date), claim.direct, verdict.status, verdict.reason, places)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


@cache
def _findings() -> TypeAdapter[Finding]:
    return TypeAdapter(Finding)


@cache
def _reports() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def _read(kept: TypeAdapter[Kept], content: str) -> Kept:
    try:
        return kept.validate_json(content)
    except ValidationError:  # kept before sentences could be said in other languages
        return kept.validate_python(json.loads(content, object_hook=_with_messages))


def _with_messages(found: dict[str, object]) -> dict[str, object]:
    """The sentences of a finding that was kept as English text, as messages without values."""
    return found | {name: {"text": found[name]} for name in ("summary", "says") if isinstance(found.get(name), str)}


def _without_texts(finding: Finding) -> Finding:
    return replace(finding, evidence=_bare(finding.evidence), nearest=_bare(finding.nearest))


def _with_texts(finding: Finding, find: FindDocument) -> Finding:
    return replace(
        finding,
        evidence=tuple(_filled(place, find) for place in finding.evidence),
        nearest=tuple(_filled(place, find) for place in finding.nearest),
    )


def _bare(places: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(replace(place, document=replace(place.document, text="", turns=(), metadata={})) for place in places)


def _filled(place: Evidence, find: FindDocument) -> Evidence:
    document = find(place.document.id, place.version.number)
    return replace(place, document=document or replace(place.document, text=_around(place)))


def _around(place: Evidence) -> str:
    """Where the document is gone, what was kept of it, at its old offsets."""
    quote = place.quote
    return quote.prefix.rjust(place.span.start)[-place.span.start or len(quote.prefix) :] + quote.exact + quote.suffix
