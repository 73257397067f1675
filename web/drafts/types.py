"""The nouns: a draft, a correction in it, and a verdict that somebody calls wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from checker.types import Article, Claim, Status
from corpus.types import PartialDate

Kind = Literal["quote", "article"]
MarkKind = Literal["speaker", "added", "removed", "asked"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One correction by a reader: another speaker, a statement added or none, or that the press office was asked.

    `anchor` names the statement; of an added one `words` are what stands in the text, for the `occurrence`-th time.
    """

    kind: MarkKind
    anchor: str = ""
    words: str = ""
    occurrence: int = 1
    speaker: str = ""
    direct: bool = True
    at: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is checked under one address; its text may change, its address does not."""

    id: str
    kind: Kind
    text: str
    title: str = ""
    speaker: str = ""
    date: PartialDate | None = None
    link: str = ""
    marks: tuple[Mark, ...] = ()
    revision: int = 1
    """How many texts it has had."""

    @property
    def article(self) -> Article:
        """The draft as the checker takes it."""
        return Article("article", self.text, title=self.title, date=self.date, url=self.link or None)


@dataclass(frozen=True, slots=True)
class Case:
    """A verdict that a reader calls wrong: the claim, what the machine said (as in JSON), and what would be right."""

    draft_id: str
    anchor: str
    claim: Claim
    finding: Mapping[str, object]
    expected: Status
    note: str
    fingerprint: str
    at: str = ""


class UnknownDraft(Exception):
    """There is no check of this name; it may have been deleted, or its time is over."""


class UnderReview(Exception):
    """A review rests on this draft; it cannot be deleted."""
