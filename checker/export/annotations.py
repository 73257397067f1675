"""Findings as W3C Web Annotations in JSON-LD: the verdict as the body, the statement in the article as the target.

Positions are what the Web Annotation Data Model asks for and what we use everywhere: code points of the text that a reader
sees, counted from 0, the end behind the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from checker.export.card import Card, Place, cards, web_address
from checker.export.contract import Object
from checker.export.fingerprints import fingerprints
from checker.types import Report
from corpus.types import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_AROUND = 32
"""Code points before and after a statement that find it again when its place has moved; Hypothesis takes as many."""


def annotations_object(reports: Sequence[tuple[Report, str]]) -> Object:
    """All findings as one collection with one page; each report comes with the address of its article."""
    items = [item for report, address in reports for item in _annotations(report, address)]
    name = "urn:onrecord:annotations"
    return {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "Quotations checked by OnRecord",
        "total": len(items),
        "first": {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items},
    }


def _annotations(report: Report, address: str) -> list[Object]:
    found = zip(cards(report), fingerprints(report.findings), strict=True)
    return [_annotation(card, report, address, name) for card, name in found if card.finding.attribution]


def _annotation(card: Card, report: Report, address: str, name: str) -> Object:
    attribution = card.finding.attribution
    targets = [_target(span, report.article.text, address) for span in attribution.content] if attribution else []
    places = [*([card.best] if card.best else ()), *card.more]
    return {
        "id": f"urn:onrecord:statement:{name}@{quote(address, safe='')}",
        "type": "Annotation",
        "motivation": "assessing",
        "generator": {"type": "Software", "name": f"OnRecord {report.provenance.onrecord}"},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "assessing",
                "format": "text/plain",
                "language": "en",
                "value": f"{card.status}: {card.reason.short}. {card.finding.verdict.summary}",
            },
            *({"type": "TextualBody", "purpose": "tagging", "value": each} for each in _tags(card)),
            *(_source(each) for each in places if each.url),
        ],
        "target": targets,
    }


def _tags(card: Card) -> tuple[str, str]:
    verdict = card.finding.verdict
    return verdict.status, verdict.reason


def _target(span: Span, text: str, address: str) -> Object:
    return {
        "type": "SpecificResource",
        "source": address,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _source(place: Place) -> Object:
    """A place in the record; by its words only, since our offsets are those of the stored text and not of that page."""
    evidence = place.evidence
    words = {"exact": evidence.quote.exact, "prefix": evidence.quote.prefix, "suffix": evidence.quote.suffix}
    return {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": web_address(evidence.document.url) or place.url,
        "selector": {"type": "TextQuoteSelector", **words},
    }
