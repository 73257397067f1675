"""The nouns of a check: from the attribution in an article to the finding in a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.tongue import Message
from corpus.relatives import Relative
from corpus.text import Words
from corpus.types import Candidate, Coverage, Document, PartialDate, Span, Turn, Version

AttributionType = Literal["direct", "indirect", "mixed"]
Status = Literal["verified", "paraphrased", "unsourced"]
Profile = Literal["press", "strict"]
Reason = Literal[
    "exact", "typographic", "ellipsis", "bracketed", "press-allowance", "fragment",
    "reported-speech", "close-paraphrase", "loose-paraphrase", "paraphrase-in-quotes", "translation",
    "absent", "not-covered", "secondary-only", "altered-number", "altered-entity", "altered-date",
    "negation", "modality", "quantifier", "altered-wording", "spliced", "out-of-context",
    "ellipsis-abuse", "bracket-abuse", "misattributed", "wrong-date", "wrong-document",
    "nested-quote", "chance-match",
]  # fmt: skip
EditKind = Literal[
    "typographic", "spelling", "inflection", "function-word", "content-word", "number", "date",
    "name", "negation", "modality", "quantifier", "filler", "order",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is named: the fullest name the article gives, the register's id, and the words that name them."""

    name: str
    id: str | None = None
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody is said to have said something (PARC's source, cue and content, as spans of the article).

    `said_on` is the day that the words beside the cue certainly give, `date_words` and `channel` where the article
    says when and in what ("on Saturday night", "in a statement").
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    type: AttributionType
    quote: str
    speaker: Speaker | None = None
    reported_by: Speaker | None = None
    confidence: float = 1.0
    said_on: PartialDate | None = None
    date_words: Span | None = None
    channel: Span | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be checked."""

    id: str
    text: str
    title: str = ""
    date: PartialDate | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be checked: words, and who is said to have said them, when and where.

    `direct` claims the very wording; otherwise only the meaning is claimed. `context` is the text
    around the quotation in the article.
    """

    quote: str
    speaker: str | None = None
    date: PartialDate | None = None
    document_id: str | None = None
    language: str | None = None
    direct: bool = True
    article_date: PartialDate | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """An editor's insertion in a quote; it stands before word number `before` of its part."""

    span: Span
    text: str
    before: int


@dataclass(frozen=True, slots=True)
class QuotePart:
    """What stands between two marked omissions: its words, and the bracketed insertions among them."""

    number: int
    words: Words
    brackets: tuple[Bracket, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote as it is compared: its parts in order, and where the marks of omission stand.

    `altered` are words with brackets inside them ("[T]he", "walk[ed]"); every offset refers to `text`.
    """

    text: str
    parts: tuple[QuotePart, ...]
    omissions: tuple[Span, ...] = ()
    altered: tuple[Span, ...] = ()

    @property
    def brackets(self) -> tuple[Bracket, ...]:
        """All bracketed insertions, in order."""
        return tuple(bracket for part in self.parts for bracket in part.brackets)

    @property
    def length(self) -> int:
        """How many words are quoted, insertions left out."""
        return sum(len(part.words) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference between quote and source, named; empty spans stand where the words are missing."""

    kind: EditKind
    quote: Span
    source: Span
    allowed: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """One part of a quote laid against one statement: where it stands and what differs.

    `quote` and `source` are spans of the quote and of the document's stored text; `similarity` (0 to 1)
    is the share of the part's words that the source has in this order; it ranks and never verifies.
    """

    part: int
    quote: Span
    source: Span
    edits: tuple[Edit, ...]
    similarity: float
    foldings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of one speaker's turn in which a quote may stand, as retrieval found it."""

    document: Document
    version: Version
    turn: Turn
    within: Span
    score: float
    also_at: tuple[str, ...] = ()
    collection: str | None = None


@dataclass(frozen=True, slots=True)
class Information:
    """How much a quote says about where it comes from: telling words, and their summed rarity.

    `rarity` maps each telling word to its weight, the natural logarithm of how rare it is; `coined` says that one of them
    stands almost nowhere else in a corpus that is large enough to tell.
    """

    rarity: Mapping[str, float]
    names: int
    telling: int
    coined: bool = False


@dataclass(frozen=True, slots=True)
class TextQuote:
    """Evidence that a reader can find without our offsets (W3C TextQuoteSelector)."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class FeatureScore:
    """One feature's value (1 speaks for the claim, 0 against) and a sentence for an editor."""

    name: str
    value: float
    says: Message


@dataclass(frozen=True, slots=True)
class Warning:
    """Something an editor should know that does not decide."""

    code: str
    says: Message


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the record, what differs there, and what that speaks for or against.

    `objections` are the reasons for which this place does not support the claim, most telling first;
    `supports` is the reason under which it does.
    """

    document: Document
    version: Version
    turn: Turn
    speaker: str
    span: Span
    quote: TextQuote
    link: str
    alignments: tuple[Alignment, ...]
    features: tuple[FeatureScore, ...]
    foldings: tuple[str, ...]
    score: float
    supports: Reason | None
    objections: tuple[Reason, ...] = ()
    warnings: tuple[Warning, ...] = ()
    also_at: tuple[str, ...] = ()
    related: tuple[Relative, ...] = ()
    collection: str | None = None
    """The private collection in which it lies; None in the corpus itself."""

    @property
    def held_as(self) -> tuple[str | None, str]:
        """Which document it is; a collection may have one of the same id as the corpus."""
        return self.collection, self.document.id

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All differences, in the order of the quote."""
        return tuple(edit for alignment in self.alignments for edit in alignment.edits)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The machine's answer about one claim."""

    status: Status
    reason: Reason
    confidence: float
    summary: Message
    other_reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through, so that `absent` can be weighed."""

    coverage: Coverage
    speaker_documents_near_date: int | None
    speaker_nearest_dates: tuple[PartialDate, ...] = ()
    """Where none is near: of the speaker's last document before that date and the first after it."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is needed to get the same answer again."""

    onrecord: str
    corpus_fingerprint: str
    encoder: str | None
    encoded_share: float
    profile: Profile
    schema: int = 1
    judge: str | None = None
    tagger: str | None = None
    """What bounded the statements of an article; None for a single quote, and where rules alone did."""
    collections: tuple[str, ...] = ()
    """The private collections that were searched beside the corpus."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one claim with all that it rests on."""

    claim: Claim
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    nearest: tuple[Evidence, ...]
    searched: Searched
    provenance: Provenance
    warnings: tuple[Warning, ...] = ()
    ambiguous: bool = False
    id: str | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one article, in the order of its text."""

    article: Article
    findings: tuple[Finding, ...]
    provenance: Provenance
    warnings: tuple[Warning, ...] = field(default=())


__all__ = [
    "Alignment", "Article", "Attribution", "AttributionType", "Bracket", "Candidate", "Claim", "Edit",
    "EditKind", "Evidence", "FeatureScore", "Finding", "Information", "Profile", "Provenance", "Quotation", "QuotePart", "Reason", "Report",
    "Searched", "Speaker", "Statement", "Status", "TextQuote", "Verdict", "Warning",
]  # fmt: skip
