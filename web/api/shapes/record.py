"""The primary sources: documents, their versions, passages, speakers, and what is held of whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from corpus.types import Tier, Translation, TurnKind
from web.api.shapes.base import Answered, Name, Number, Page, Paged, Parameters, text
from web.api.shapes.findings import Related


class Narrowed(Paged):
    """What a list of documents is narrowed to; each value stands as it is in the documents."""

    publisher: Name = ""
    speaker: Name = ""
    language: Name = ""
    kind: Name = ""
    year: Annotated[str, Field(pattern="^([0-9]{4})?$")] = ""


class Sought(Narrowed):
    """What is looked for in the record."""

    q: Annotated[str, text(1000, shortest=1), Field(description="Words, in whatever order")]


class DocumentLine(Answered):
    """A document in a list."""

    id: str
    title: str
    publisher: str
    date: str | None
    language: str
    kind: str
    speakers: list[str]


class Documents(Page):
    """Documents, the latest first."""

    items: list[DocumentLine]


class DocumentWanted(Parameters):
    """Which wording of a document is wanted."""

    version: Annotated[Number | None, Field(description="The current one, if none is named")] = None


class TurnRead(Answered):
    """What one speaker says before the next one does; without a name it is narration."""

    speaker: str
    kind: TurnKind
    start: int
    end: int


class DocumentRead(Answered):
    """A document as it is stored; all places are code points of `text`."""

    id: str
    title: str
    publisher: str
    date: str | None
    url: str | None
    language: str
    kind: str
    speakers: list[str]
    tier: Tier
    translation: Translation | None
    licence: str | None
    version: int
    sha256: str
    added_at: str
    text: str
    turns: list[TurnRead]
    also_at: list[str]
    related: list[Related]


class VersionLine(Answered):
    """One wording of a document."""

    version: int
    sha256: str
    added_at: str
    current: bool
    url: str | None


class Versions(Answered):
    """Every wording of a document, the oldest first."""

    items: list[VersionLine]


class PassageFound(Answered):
    """The passage of a document that has most of what is looked for."""

    document: DocumentLine
    version: int
    start: int
    end: int
    text: str
    speaker: str


class Passages(Page):
    """Passages, the best first."""

    items: list[PassageFound]


class SpeakersAsked(Paged):
    """Which speakers are wanted."""

    q: Annotated[Name, Field(description="A part of the name")] = ""


class SpeakerLine(Answered):
    """A name under which somebody speaks: in how many turns or pages, from when to when."""

    name: str
    statements: int
    first: str | None
    last: str | None


class Speakers(Page):
    """Speakers by name."""

    items: list[SpeakerLine]


class CoverageAsked(Parameters):
    """Whose holdings are wanted; without a name those of all publishers and of whoever speaks most."""

    publisher: Annotated[Name, Field(description="A part of the name")] = ""
    speaker: Name = ""


class GapFound(Answered):
    """Months or years of which hardly anything is held."""

    first: str
    last: str
    documents: int


class Held(Answered):
    """What is held under a name, by month or year."""

    name: str
    language: str
    documents: int
    excerpts: int
    undated: int
    first: str | None
    last: str | None
    days_since_last: int | None
    last_added: str | None
    unit: Literal["month", "year"]
    counts: dict[str, int]
    gaps: list[GapFound]


class CoverageFound(Answered):
    """What is held of whom over time, as `corpus coverage --format json` gives it."""

    publishers: list[Held]
    speakers: list[Held]
