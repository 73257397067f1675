"""Reports about invented articles, with every reason that there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from checker import wording
from checker.tongue import worded
from checker.types import (
    Alignment,
    Article,
    Attribution,
    Claim,
    Edit,
    Evidence,
    Finding,
    Provenance,
    Reason,
    Report,
    Searched,
    Speaker,
    TextQuote,
    Verdict,
    Warning,
)
from corpus.types import Coverage, Document, PartialDate, Span, Turn, Version

SAID = "The tunnel will not open before the autumn."
SOURCE = f"Good evening. {SAID} Thank you."
PROVENANCE = Provenance("0.1.0", "f00dfeedcafe", None, 0.0, "press")


def place(collection: str | None = None, source: str | None = "https://roads.example/1") -> Evidence:
    """The minister's words in the record, where “not” stands."""
    span, turn = Span(14, 14 + len(SAID)), Turn(0, "Oda Brim", "speech", Span(0, len(SOURCE)))
    edit = Edit("negation", Span(16, 16), Span(30, 33), False)
    return Evidence(
        document=Document(
            "brim-1", "Ministry of Roads of Askel (invented)", "Evening address", SOURCE, (turn,),
            date=PartialDate(2030, 9, 2), url=source, licence="CC0",
        ),
        version=Version(1, "c" * 64, "2030-09-02T00:00:00Z"), turn=turn, speaker="Oda Brim", span=span,
        quote=TextQuote(SAID, "Good evening. ", " Thank you."),
        link=f"{source}#:~:text=The%20tunnel" if source else "", alignments=(Alignment(0, Span(0, 39), span, (edit,), 0.9),),
        features=(), foldings=(), score=0.9, supports=None, objections=("negation",), collection=collection,
    )  # fmt: skip


def finding(quote: str, reason: Reason = "negation", *, start: int = 0, **given: object) -> Finding:
    """A finding about words that stand at a place of an article; `given` goes to the place in the record."""
    status = next(status for status, reasons in wording.GROUPS.items() if reason in reasons)
    without = reason in ("absent", "not-covered")
    return Finding(
        claim=Claim(quote, speaker="Oda Brim", article_date=PartialDate(2030, 9)),
        verdict=Verdict(status, reason, 0.9, worded("A summary of %(reason)s.", reason=reason)),
        evidence=() if without else (place(**given),),  # type: ignore[arg-type]
        nearest=(),
        searched=Searched(Coverage(5, 50, (), None, None, 0.0), 2),
        provenance=PROVENANCE,
        attribution=Attribution((Span(start, start + len(quote)),), (), (), "direct", quote, Speaker("Oda Brim")),
    )


@pytest.fixture
def report_of() -> Callable[..., Report]:
    """Makes a report about an article whose statements are given with their reasons, in the order of the text."""

    def make(text: str, *statements: tuple[str, Reason], url: str | None = None, **given: object) -> Report:
        found, after = [], 0
        for quote, reason in statements:
            start = text.index(quote, after)
            after = start + len(quote)
            found.append(finding(quote, reason, start=start, **given))
        article = Article("a1", text, title="Roads", date=PartialDate(2030, 9, 3), url=url)
        return Report(article, tuple(found), PROVENANCE)

    return make


@pytest.fixture
def every_reason(report_of: Callable[..., Report]) -> Report:
    """An article with one statement for every reason, and one that could not be checked."""
    quotes = [(f"We said “it” {reason} 𝕏.", reason) for reason in get_args(Reason)]
    text = "\n\n".join(f"She said: «{quote}»" for quote, _ in quotes)
    report: Report = report_of(text, *quotes, url="https://paper.example/a?b=c")
    return Report(report.article, report.findings, PROVENANCE, (Warning("unchecked", worded("One was too long.")),))
