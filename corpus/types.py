"""The nouns of the corpus: documents, their turns and passages, and what retrieval takes and gives."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tier = Literal["primary", "agency", "secondary"]
Translation = Literal["official", "unofficial"]
TurnKind = Literal["speech", "question", "narration", "quoted", "readout", "letter"]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in an original text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words of `text` that this span covers.

        >>> Span(4, 9).of("Who, me? Yes.")
        ' me? '
        """
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def shift(self, by: int) -> Span:
        """The same range in a text that has `by` more code points before it."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, the month or only the year."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; raises ValueError for anything else.

        >>> str(PartialDate.parse("2016-12"))
        '2016-12'
        """
        found = _ISO.match(text.strip())
        if found is None:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        # Raises ValueError for a thirteenth month, and for a month or day 0, which is none.
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
        return cls(year, month, day)

    def shifted(self, days: int) -> PartialDate:
        """So many days later, or earlier, within the calendar; a month or a year stays as it is.

        >>> str(PartialDate(2014, 3, 1).shifted(-1)), str(PartialDate(2014, 3).shifted(-1))
        ('2014-02-28', '2014-03')
        """
        if self.day is None:
            return self
        first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
        day = datetime.date.fromordinal(min(max(self.to_date().toordinal() + days, first), last))
        return PartialDate(day.year, day.month, day.day)

    def to_date(self) -> datetime.date:
        """The first day that this date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def lies_between(date: str, first: str, last: str) -> bool:
    """Whether a date lies in a time, all as they are stored, compared at the coarser precision.

    >>> lies_between("2031", "2031-04-15", "2031-05"), lies_between("2031-06", "2031-04-15", "2031-05")
    (True, False)
    """
    return first[: len(date)] <= date and date[: len(last)] <= last[: len(date)]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next one does; an empty speaker is narration."""

    number: int
    speaker: str
    kind: TurnKind
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A primary source as it was published; every offset refers to `text`.

    `speakers` are the labels that the publisher gives; where there are no turns of named speakers and
    no speakers, the publisher itself speaks. `metadata` holds what the record said beyond our fields.
    """

    id: str
    publisher: str
    title: str
    text: str
    turns: tuple[Turn, ...]
    date: PartialDate | None = None
    url: str | None = None
    language: str = "en"
    kind: str = "statement"
    speakers: tuple[str, ...] = ()
    tier: Tier = "primary"
    translation: Translation | None = None
    licence: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)

    @property
    def printed(self) -> str:
        """The text as the file shows it: with the labels of its turns, where it has any."""
        shown = self.metadata.get("text")
        return shown if isinstance(shown, str) else self.text


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a document: its number (from 1), the hash of its text, and when it was stored."""

    number: int
    sha256: str
    added_at: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the corpus holds it: the words and the version they belong to."""

    document: Document
    version: Version
    also_at: tuple[str, ...] = ()
    """Ids of documents with the identical text."""


@dataclass(frozen=True, slots=True)
class SpeakerLabel:
    """A label under which somebody speaks: in how many turns or pages, and from when to when."""

    label: str
    statements: int
    first: PartialDate | None
    last: PartialDate | None


@dataclass(frozen=True, slots=True)
class Passage:
    """An overlapping window of one turn, the unit that retrieval finds."""

    id: int
    document_id: str
    version: int
    turn: int
    span: Span
    collection: str | None = None
    """The private collection in which it lies; None in the corpus itself."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: the parts of a quotation as plain words, and what narrows the search.

    `parts` are pieces between marked omissions, already freed of brackets; `loose` asks for passages
    that share telling words as well as word sequences (reported speech, paraphrase). `between` are the first and last
    day on which it may have been said: documents of that time are searched on their own too, and others not left out.
    `meaning` asks for passages that say the same in other words too, as far as the corpus has vectors. `labels` and
    `publishers` are those of whoever is said to speak: what stands in their documents is searched on its own too.
    """

    parts: tuple[str, ...]
    document_id: str | None = None
    loose: bool = False
    between: tuple[PartialDate, PartialDate] | None = None
    meaning: bool = False
    labels: frozenset[str] = frozenset()
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold what the query looks for; `score` ranks and never verifies.

    `cosine` is given where it was found by its meaning; only those of one document's language can be compared.
    """

    passage: Passage
    score: float
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched, for a finding that nothing was found."""

    documents: int
    passages: int
    publishers: tuple[str, ...]
    first: PartialDate | None
    last: PartialDate | None
    encoded_share: float
