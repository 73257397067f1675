"""The primary sources, to be looked through and read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from checker.export.contract import related_object
from checker.export.coverage import coverage_object
from corpus.shelf import FACETS, Hit, Shelved, narrowed
from corpus.types import StoredDocument
from web.api.asking import Place, cut, position
from web.api.contract import operation
from web.api.shapes.findings import Related
from web.api.shapes.record import (
    CoverageAsked,
    CoverageFound,
    DocumentLine,
    DocumentRead,
    Documents,
    DocumentWanted,
    Narrowed,
    PassageFound,
    Passages,
    Sought,
    SpeakerLine,
    Speakers,
    SpeakersAsked,
    TurnRead,
    VersionLine,
    Versions,
)
from web.desk import desk

_TAG = "The record"
_FOUND = 400
"""Passages among which those that are looked for are, as on the page of the record."""


@operation("GET", "/documents", tag=_TAG, scope="read", query=Narrowed, answers=Documents)
def list_documents(query: Narrowed) -> Documents:
    """Documents, the latest first, narrowed to a publisher, speaker, language, kind or year."""
    found = list(narrowed(desk().corpus.shelf(), {facet: getattr(query, facet) for facet in FACETS}))
    left = found[_behind(found, position(query, of="documents")) :]
    shown, following = cut(left, query, of="documents", place=lambda each: (each.date, each.id))
    return Documents(items=[_line(each) for each in shown], next=following)


@operation("GET", "/documents/<path:id>", tag=_TAG, scope="read", query=DocumentWanted, answers=DocumentRead, problems=("not-found",))  # fmt: skip
def read_document(id: str, query: DocumentWanted) -> DocumentRead:
    """A document with its whole text, as it stands now or as it stood in a version.

    Ids are percent-encoded, `/` as `%2F`.
    """
    return _document(desk().document(id, query.version))


@operation("GET", "/documents/<path:id>/versions", tag=_TAG, scope="read", answers=Versions, problems=("not-found",))
def list_versions(id: str) -> Versions:
    """Every wording of a document that was ever stored; nothing is overwritten."""
    desk().document(id, None)
    return Versions(
        items=[
            VersionLine(
                version=each.number, sha256=each.sha256, added_at=each.added_at, current=each.current, url=each.url
            )
            for each in desk().corpus.history.editions(id)
        ]
    )


@operation("GET", "/passages", tag=_TAG, scope="read", query=Sought, answers=Passages)
def search_passages(query: Sought) -> Passages:
    """Search the record by words: of each document the passage that has most of them, the best first.

    This is for looking around; whether somebody said something is asked with `/quotes`.
    """
    held = narrowed(desk().corpus.shelf(), {facet: getattr(query, facet) for facet in FACETS})
    lines = {each.id: each for each in held}
    hits = [each for each in desk().corpus.search(query.q, limit=_FOUND) if each.document_id in lines]
    start = _number(position(query, of="passages"))
    shown, following = cut(hits[start:], query, of="passages", place=lambda each: (start + query.limit,))
    return Passages(items=[_passage(lines[each.document_id], each) for each in shown], next=following)


@operation("GET", "/speakers", tag=_TAG, scope="read", query=SpeakersAsked, answers=Speakers)
def list_speakers(query: SpeakersAsked) -> Speakers:
    """The names under which somebody speaks in the record."""
    wanted = query.q.casefold()
    after = position(query, of="speakers")
    last = str(after[0]) if after else None
    found = sorted(desk().corpus.speaker_labels(), key=lambda each: each.label)
    left = [each for each in found if wanted in each.label.casefold() and (last is None or each.label > last)]
    shown, following = cut(left, query, of="speakers", place=lambda each: (each.label,))
    return Speakers(
        items=[
            SpeakerLine(
                name=each.label, statements=each.statements,
                first=str(each.first) if each.first else None, last=str(each.last) if each.last else None,
            )
            for each in shown
        ],
        next=following,
    )  # fmt: skip


@operation("GET", "/coverage", tag=_TAG, scope="read", query=CoverageAsked, answers=CoverageFound)
def read_coverage(query: CoverageAsked) -> CoverageFound:
    """What is held of whom over time, and where there are gaps: what “absent” and “not-covered” rest on."""
    everything = not query.publisher and not query.speaker
    publishers = desk().corpus.publisher_holdings(query.publisher) if query.publisher or everything else ()
    speakers = desk().speakers(query.speaker or None) if query.speaker or everything else ()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return CoverageFound.model_validate(coverage_object(publishers, speakers, today=today))


def _behind(found: Sequence[Shelved], last: Place | None) -> int:
    """Where the list goes on behind a document, which may be gone meanwhile."""
    if not last:
        return 0
    date, id = str(last[0] or ""), str(last[-1])
    held = next((number for number, each in enumerate(found) if each.id == id), None)
    if held is not None:
        return held + 1
    return next((number for number, each in enumerate(found) if (each.date or "") < date), len(found))


def _number(place: Place | None) -> int:
    return place[0] if place and isinstance(place[0], int) and place[0] >= 0 else 0


def _line(each: Shelved) -> DocumentLine:
    return DocumentLine(
        id=each.id, title=each.title, publisher=each.publisher, date=each.date, language=each.language, kind=each.kind,
        speakers=list(each.speakers),
    )  # fmt: skip


def _passage(line: Shelved, hit: Hit) -> PassageFound:
    document = desk().corpus.document(hit.document_id, version=hit.version).document
    turn = next((each for each in document.turns if each.span.overlaps(hit.span)), None)
    return PassageFound(
        document=_line(line), version=hit.version, start=hit.span.start, end=hit.span.end, text=hit.span.of(document.text),
        speaker=turn.speaker if turn else "",
    )  # fmt: skip


def _document(stored: StoredDocument) -> DocumentRead:
    document, version = stored.document, stored.version
    return DocumentRead(
        id=document.id, title=document.title, publisher=document.publisher,
        date=str(document.date) if document.date else None, url=document.url, language=document.language,
        kind=document.kind, speakers=list(document.speakers), tier=document.tier, translation=document.translation,
        licence=document.licence, version=version.number, sha256=version.sha256, added_at=version.added_at,
        text=document.text,
        turns=[
            TurnRead(speaker=each.speaker, kind=each.kind, start=each.span.start, end=each.span.end)
            for each in document.turns
        ],
        also_at=list(stored.also_at),
        related=[Related.model_validate(related_object(each)) for each in desk().relatives(stored)],
    )  # fmt: skip
