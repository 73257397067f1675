"""Many quotations at once."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from web.api.shapes.base import Answered, Asked, Date, Id, Name, text
from web.api.shapes.findings import Finding, Unchecked

MOST_QUOTES = 100
LONGEST_QUOTE = 10_000
LONGEST_CONTEXT = 4_000


class QuoteAsked(Asked):
    """A quotation, and who is said to have said it, when and where."""

    quote: Annotated[str, text(LONGEST_QUOTE, shortest=1), Field(description="The words, with or without their marks")]
    speaker: Name | None = None
    date: Annotated[Date | None, Field(description="When it is said to have been said")] = None
    direct: Annotated[bool, Field(description="False where only the meaning is claimed: reported speech")] = True
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")] | None = None
    document: Annotated[Id | None, Field(description="The document in which it is said to stand")] = None
    article_date: Annotated[Date | None, Field(description="When the article appeared; nothing later was quoted")] = (
        None
    )
    context: Annotated[str, text(LONGEST_CONTEXT), Field(description="The article's words around it")] = ""


class QuotesAsked(Asked):
    """Quotations, each under a key of the sender's own."""

    quotes: Annotated[
        dict[Annotated[str, StringConstraints(min_length=1, max_length=200)], QuoteAsked],
        Field(min_length=1, max_length=MOST_QUOTES, description=f"1 to {MOST_QUOTES}; the keys come back"),
    ]


class QuotesFound(Answered):
    """What was found of each, under the same keys; an error of one is no error of the others."""

    version: Literal[1]
    quotes: dict[str, Finding | Unchecked]
