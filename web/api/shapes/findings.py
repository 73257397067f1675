"""A finding, as `quotes --format jsonl` gives it on the command line."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from checker.types import AttributionType, EditKind, Profile, Reason, Status
from corpus.relatives import Relation
from corpus.types import Tier, Translation
from web.api.shapes.base import Answered, Pair


class Provenance(Answered):
    """What is needed to get the same answer again; `schema` is the version of the shape of findings."""

    onrecord: str
    schema_: int = Field(alias="schema")
    corpus_fingerprint: str
    encoder: str | None
    judge: str | None
    tagger: str | None
    encoded_share: float
    profile: Profile
    collections: list[str]


class Warning(Answered):
    """Something an editor should know that does not decide."""

    code: str
    says: str


class SourceDocument(Answered):
    """The document in which a place lies, in the version that was looked at."""

    id: str
    publisher: str
    title: str
    date: str | None
    url: str | None
    version: int
    sha256: str
    language: str
    kind: str
    tier: Tier
    translation: Translation | None
    licence: str | None


class Related(Answered):
    """Another document that belongs to one."""

    relation: Relation
    id: str
    title: str
    language: str
    date: str | None
    publisher: str
    url: str | None


class EditFound(Answered):
    """One difference between quote and source, named, with its place in each."""

    kind: EditKind
    quote: Pair
    source: Pair
    allowed: bool


class Feature(Answered):
    """What one feature says for (1) or against (0) the claim."""

    value: float
    says: str


class Place(Answered):
    """A place in the record; `start` and `end` are code points of the document's stored text."""

    document: SourceDocument
    speaker: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    link: str
    edits: list[EditFound]
    features: dict[str, Feature]
    also_at: list[str]
    related: list[Related]
    collection: str | None
    warnings: list[Warning]


class SearchedThrough(Answered):
    """What was looked through."""

    documents: int
    passages: int
    publishers: list[str]
    first: str | None
    last: str | None
    encoded_share: float
    speaker_documents_near_date: int | None
    speaker_nearest_dates: list[str]


class Finding(Answered):
    """The verdict on one claim with all that it rests on."""

    id: str | None
    quote: str
    speaker: str | None
    status: Status
    reason: Reason
    confidence: float
    summary: str
    other_reasons: list[Reason]
    warnings: list[Warning]
    foldings: list[str]
    ambiguous: bool
    profile: Profile
    evidence: list[Place]
    nearest: list[Place]
    searched: SearchedThrough
    provenance: Provenance


class Person(Answered):
    """Who is named."""

    name: str
    id: str | None
    mention: str


class AttributionFound(Answered):
    """Who said what in an article, as places of its text."""

    content: list[Pair]
    cue: list[Pair]
    source: list[Pair]
    type: AttributionType
    quote: str
    speaker: Person | None
    reported_by: Person | None
    confidence: float
    said_on: str | None
    date_words: Pair | None
    channel: Pair | None


class ArticleFinding(Finding):
    """A finding about a statement of an article."""

    attribution: AttributionFound | None


class ItemError(Answered):
    """Why one item was not checked; the others were."""

    code: Literal["quote", "unchecked"]
    message: str


class Unchecked(Answered):
    """What stands in a finding's place when there is none."""

    id: str | None
    error: ItemError


class Report(Answered):
    """All findings of an article, as `check --format jsonl` gives them."""

    version: Literal[1]
    id: str
    findings: list[ArticleFinding]
    warnings: list[Warning]
    provenance: Provenance
