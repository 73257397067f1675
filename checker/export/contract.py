"""Findings as the objects that other people's scripts rely on (the JSON shapes of the contract)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from checker.export.card import foldings, warnings
from checker.types import (
    Attribution,
    Evidence,
    Finding,
    Provenance,
    Report,
    Searched,
    Speaker,
    Warning,
)
from corpus.relatives import Relative
from corpus.types import PartialDate, Span

Object = dict[str, object]

# What `json` would leave as it is although readers split lines there, or cannot encode it.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def json_line(value: Mapping[str, object]) -> str:
    """One object on one line, without its end.

    >>> json_line({"id": "1\\u2028"})
    '{"id": "1\\\\u2028"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(_escaped, text)


def json_document(value: Mapping[str, object]) -> str:
    """One object as a file of its own, laid out for readers, with its end."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    return _UNSAFE.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def reference(name: str) -> str:
    """What an input is called, as an address that may stand in other programs' files.

    >>> reference("née 7.md")
    'n%C3%A9e%207.md'
    """
    return quote(name, safe="/:?#[]@!$&'()*+,;=-._~%")


def finding_object(finding: Finding) -> Object:
    """One line of `quotes --format jsonl`."""
    verdict = finding.verdict
    return {
        "id": finding.id,
        "quote": finding.claim.quote,
        "speaker": finding.claim.speaker,
        "status": verdict.status,
        "reason": verdict.reason,
        "confidence": verdict.confidence,
        "summary": str(verdict.summary),
        "other_reasons": list(verdict.other_reasons),
        "warnings": _warnings(warnings(finding)),
        "foldings": list(foldings(finding)),
        "ambiguous": finding.ambiguous,
        "profile": finding.provenance.profile,
        "evidence": [evidence_object(evidence) for evidence in finding.evidence],
        "nearest": [evidence_object(evidence) for evidence in finding.nearest],
        "searched": _searched(finding.searched),
        "provenance": provenance_object(finding.provenance),
    }


def report_object(report: Report) -> Object:
    """One line of `check --format jsonl`: the findings of an article, each with its attribution."""
    return {
        "id": report.article.id,
        "findings": [_attributed(finding) for finding in report.findings],
        "warnings": _warnings(report.warnings),
        "provenance": provenance_object(report.provenance),
    }


def extract_object(id: str | None, attributions: Iterable[Attribution]) -> Object:
    """One line of `extract --format jsonl`."""
    return {"id": id, "attributions": [attribution_object(attribution) for attribution in attributions]}


def error_object(id: str | None, code: str, message: str) -> Object:
    """The line of an input that could not be checked."""
    return {"id": id, "error": {"code": code, "message": message}}


def attribution_object(attribution: Attribution) -> Object:
    """Who said what, as spans of the text."""
    return {
        "content": _pairs(attribution.content),
        "cue": _pairs(attribution.cue),
        "source": _pairs(attribution.source),
        "type": attribution.type,
        "quote": attribution.quote,
        "speaker": _speaker(attribution.speaker),
        "reported_by": _speaker(attribution.reported_by),
        "confidence": attribution.confidence,
        "said_on": _date(attribution.said_on),
        "date_words": _pair(attribution.date_words) if attribution.date_words else None,
        "channel": _pair(attribution.channel) if attribution.channel else None,
    }


def evidence_object(evidence: Evidence) -> Object:
    """A place in the record, with what differs there."""
    document = evidence.document
    return {
        "document": {
            "id": document.id,
            "publisher": document.publisher,
            "title": document.title,
            "date": _date(document.date),
            "url": document.url,
            "version": evidence.version.number,
            "sha256": evidence.version.sha256,
            "language": document.language,
            "kind": document.kind,
            "tier": document.tier,
            "translation": document.translation,
            "licence": document.licence,
        },
        "speaker": evidence.speaker,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "exact": evidence.quote.exact,
        "prefix": evidence.quote.prefix,
        "suffix": evidence.quote.suffix,
        "link": evidence.link,
        "edits": [
            {"kind": edit.kind, "quote": _pair(edit.quote), "source": _pair(edit.source), "allowed": edit.allowed}
            for edit in evidence.edits
        ],
        "features": {score.name: {"value": score.value, "says": str(score.says)} for score in evidence.features},
        "also_at": list(evidence.also_at),
        "related": [related_object(each) for each in evidence.related],
        "collection": evidence.collection,
        "warnings": _warnings(evidence.warnings),
    }


def related_object(each: Relative) -> Object:
    """Another document that belongs to the one of a place."""
    return {
        "relation": each.relation, "id": each.id, "title": each.title, "language": each.language,
        "date": _date(each.date), "publisher": each.publisher, "url": each.url,
    }  # fmt: skip


def provenance_object(provenance: Provenance) -> Object:
    """What is needed to get the same answer again."""
    return {
        "onrecord": provenance.onrecord,
        "schema": provenance.schema,
        "corpus_fingerprint": provenance.corpus_fingerprint,
        "encoder": provenance.encoder,
        "judge": provenance.judge,
        "encoded_share": provenance.encoded_share,
        "profile": provenance.profile,
        "collections": list(provenance.collections),
    }


def _attributed(finding: Finding) -> Object:
    attribution = finding.attribution
    return finding_object(finding) | {"attribution": attribution_object(attribution) if attribution else None}


def _searched(searched: Searched) -> Object:
    coverage = searched.coverage
    return {
        "documents": coverage.documents,
        "passages": coverage.passages,
        "publishers": list(coverage.publishers),
        "first": _date(coverage.first),
        "last": _date(coverage.last),
        "encoded_share": coverage.encoded_share,
        "speaker_documents_near_date": searched.speaker_documents_near_date,
        "speaker_nearest_dates": [str(date) for date in searched.speaker_nearest_dates],
    }


def _speaker(speaker: Speaker | None) -> Object | None:
    return {"name": speaker.name, "id": speaker.id, "mention": speaker.mention} if speaker else None


def _warnings(found: Iterable[Warning]) -> list[Object]:
    return [{"code": warning.code, "says": str(warning.says)} for warning in found]


def _date(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [_pair(span) for span in spans]
