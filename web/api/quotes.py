"""Many quotations at once, and a short article while its sender waits: nothing of either is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from checker.errors import QuoteError
from checker.query import without_marks
from checker.types import Claim
from corpus.types import PartialDate
from web.api import found as shown
from web.api.contract import operation
from web.api.shapes.articles import ReportAsked
from web.api.shapes.findings import Finding, Report, Unchecked, Warning
from web.api.shapes.quotes import QuoteAsked, QuotesAsked, QuotesFound
from web.desk import Desk, desk
from web.drafts import Draft
from web.progress import AT_ONCE


@operation("POST", "/quotes", tag="Checking", scope="check", asks=QuotesAsked, answers=QuotesFound)
def check_quotes(asked: QuotesAsked) -> QuotesFound:
    """Check many quotations: a map in, a map out, under the same keys.

    What cannot be checked (nothing but punctuation, far too many words) is an error of that item; the others are checked. Nothing is kept.
    """
    here = desk()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda item: _answer(here, *item), asked.quotes.items())
        return QuotesFound(version=1, quotes=dict(zip(asked.quotes, answers, strict=True)))


@operation("POST", "/reports", tag="Checking", scope="check", asks=ReportAsked, answers=Report)
def check_report(asked: ReportAsked) -> Report:
    """Check a short article while you wait: who says what in it, and each statement.

    Longer ones, and those that somebody should look at later, are sent to `/articles`. Nothing is kept.
    """
    draft = Draft("", "article", asked.text, asked.title, date=date_of(asked.date))
    found = desk().found(draft)
    findings = (shown.article_finding(each, id=anchor) for anchor, each in found.findings)
    warned = (Warning(code="unchecked", says=each) for each in found.problems)
    return shown.report("", findings, warned=warned, origin=desk().provenance)


def date_of(written: str | None) -> PartialDate | None:
    """A date, if one was given."""
    return PartialDate.parse(written) if written else None


def _answer(here: Desk, id: str, asked: QuoteAsked) -> Finding | Unchecked:
    try:
        return shown.finding(here.check(_claim(asked)), id=id)
    except QuoteError as error:
        return shown.unchecked(id, "quote", str(error.says))


def _claim(asked: QuoteAsked) -> Claim:
    return Claim(
        quote=without_marks(asked.quote), speaker=asked.speaker or None, date=date_of(asked.date),
        document_id=asked.document, language=asked.language, direct=asked.direct,
        article_date=date_of(asked.article_date), context=asked.context,
    )  # fmt: skip
