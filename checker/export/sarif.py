"""Findings as SARIF 2.1.0, which code hosts, editors and build servers show beside the lines of a file.

The standard is OASIS' Static Analysis Results Interchange Format, version 2.1.0 with errata 01. Verified statements are
counted and not listed, since viewers take every result for a problem, whatever its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from checker import wording
from checker.export.card import Card, Place, cards
from checker.export.contract import Object, provenance_object
from checker.export.fingerprints import fingerprints
from checker.export.regions import Original, Places, Region
from checker.types import Reason, Report, Status

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[Status, str] = {"verified": "none", "paraphrased": "warning", "unsourced": "error"}
REASONS: tuple[Reason, ...] = get_args(Reason)
_STATUS_OF = {reason: status for status, reasons in wording.GROUPS.items() for reason in reasons}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A report with the address of its article's file, the file's characters where lines can be given, and which of its
    statements were accepted before: by their fingerprint and reason, with why. `accepted` is None where nobody says so.
    """

    report: Report
    address: str
    original: Original | None = None
    accepted: Mapping[tuple[str, Reason], str] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be checked, and why."""

    address: str
    says: str


@dataclass(slots=True)
class _Run:
    """What is counted while results are written."""

    statuses: Counter[str] = field(default_factory=Counter)
    results: list[Object] = field(default_factory=list)
    notes: list[Object] = field(default_factory=list)


def sarif_object(files: Sequence[CheckedFile], *, version: str, failures: Sequence[Failure] = ()) -> Object:
    """One log with one run over all files; `version` is the program's."""
    run = _Run()
    for index, each in enumerate(files):
        _add(run, each, index)
    run.notes += [_note(each.says, each.address) for each in failures]
    properties: Object = {"statements": {status: run.statuses[status] for status in LEVELS}}
    if files:
        properties["provenance"] = provenance_object(files[0].report.provenance)
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(version)},
                "automationDetails": {"id": _category(files)},
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n"],
                "invocations": [
                    {"executionSuccessful": not run.notes, "toolExecutionNotifications": run.notes},
                ],
                "artifacts": [_artifact(each) for each in files],
                "results": run.results,
                "properties": properties,
            }
        ],
    }


def _category(files: Sequence[CheckedFile]) -> str:
    """Runs of one profile are compared with each other; the state of the corpus names the run."""
    if not files:
        return "onrecord/"
    origin = files[0].report.provenance
    return f"onrecord/{origin.profile}/{origin.corpus_fingerprint[:16]}"


def _driver(version: str) -> Object:
    return {
        "name": "OnRecord",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(each) for each in REASONS],
    }


def _rule(reason: Reason) -> Object:
    words, status = wording.REASONS[reason], _STATUS_OF[reason]
    name = "".join(part.capitalize() for part in reason.split("-"))
    return {
        "id": reason,
        "name": name,
        "shortDescription": {"text": f"{wording.STATUSES[status].short}: {words.short}"},
        "fullDescription": {"text": words.long},
        "help": {"text": f"{words.long} {wording.STATUSES[status].long}"},
        "defaultConfiguration": {"level": LEVELS[status]},
        "properties": {"tags": ["quotation", status], "status": status},
    }


def _artifact(checked: CheckedFile) -> Object:
    return {"location": {"uri": checked.address}, "roles": ["analysisTarget"]}


def _add(run: _Run, checked: CheckedFile, index: int) -> None:
    report = checked.report
    places = Places(report.article.text, checked.original) if checked.original else None
    for card, name in zip(cards(report), fingerprints(report.findings), strict=True):
        status = card.finding.verdict.status
        run.statuses[status] += 1
        if status != "verified":
            run.results.append(_result(card, name, checked, index, places.region_of(card.finding) if places else None))
    run.notes += [_note(str(each.says), checked.address) for each in report.warnings if each.code == "unchecked"]


def _result(card: Card, name: str, checked: CheckedFile, index: int, region: Region | None) -> Object:
    finding, verdict = card.finding, card.finding.verdict
    place: Object = {"artifactLocation": {"uri": checked.address, "index": index}}
    if region is not None and checked.original is not None:
        place["region"] = _region_object(region, checked.original)
    return {
        "ruleId": verdict.reason,
        "ruleIndex": REASONS.index(verdict.reason),
        "kind": "fail",
        "level": LEVELS[verdict.status],
        "message": {"text": _message(card)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"onrecordStatement/v1": name, "primaryLocationLineHash": name},
        "relatedLocations": _sources(card),
        **_baseline(checked, name, verdict.reason),
        "properties": {
            "status": verdict.status,
            "confidence": verdict.confidence,
            "quote": finding.claim.quote,
            "speaker": finding.claim.speaker,
            "otherReasons": list(verdict.other_reasons),
        },
    }


def _baseline(checked: CheckedFile, name: str, reason: Reason) -> Object:
    if checked.accepted is None:
        return {}
    why = checked.accepted.get((name, reason))
    if why is None:
        return {"baselineState": "new"}
    suppression = {"kind": "external", "status": "accepted", "justification": why or "accepted in the baseline"}
    return {"baselineState": "unchanged", "suppressions": [suppression]}


def _region_object(region: Region, original: Original) -> Object:
    return {
        "startLine": region.start_line,
        "startColumn": region.start_column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
        "charOffset": region.span.start,
        "charLength": len(region.span),
        "snippet": {"text": region.span.of(original.text)},
    }


def _message(card: Card) -> str:
    """What was found, whose words it is about, and what differs; the first sentence stands alone where space is short."""
    claim = card.finding.claim
    said = f"{claim.speaker}: “{claim.quote}”" if claim.speaker else f"“{claim.quote}”"
    lines = [f"{card.status}: {card.reason.short}. {card.finding.verdict.summary}", said]
    # Of a paraphrase nearly every word differs, and none of them matters.
    for each in card.best.differences if card.best and claim.direct else ():
        if not each.allowed:
            lines.append(f"{each.name}: quoted “{each.quoted or '–'}”, source “{each.source or '–'}”")
    return "\n".join(lines)


def _sources(card: Card) -> list[Object]:
    """The places in the record, those that a reader can open with their addresses."""
    places = [*([card.best] if card.best else ()), *card.more]
    return [_source(each, number) for number, each in enumerate(places, start=1)]


def _source(place: Place, number: int) -> Object:
    document = place.evidence.document
    date = f", {document.date}" if document.date else ""
    about = f"{place.speaker} in “{document.title or document.id}” ({document.publisher}{date}): “{place.evidence.quote.exact}”"
    found: Object = {"id": number, "message": {"text": about}}
    if place.url:
        found["physicalLocation"] = {"artifactLocation": {"uri": place.url}}
    return found


def _note(says: str, address: str) -> Object:
    location = {"physicalLocation": {"artifactLocation": {"uri": address}}}
    return {"level": "error", "message": {"text": says}, "locations": [location]}
