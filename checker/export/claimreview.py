"""Findings as schema.org ClaimReviews in JSON-LD, to be published beside a fact check.

What is reviewed is that somebody said something, where it appears, and the review rates that in words: no figure on a scale
from false to true, on which “not found in what was searched” has no place. A machine's finding is marked as a draft; who
stands for it adds `author`, `url` and `datePublished` and sets the status to `Published`.
"""

from __future__ import annotations

from collections.abc import Iterable

from checker import wording
from checker.export.card import web_address
from checker.export.contract import Object
from checker.types import Article, Evidence, Finding, Report
from corpus.types import PartialDate

CONTEXT = "https://schema.org"


def claim_reviews(reports: Iterable[Report]) -> Object:
    """The findings of articles as one graph."""
    return _graph(_review(finding, report.article) for report in reports for finding in report.findings)


def quote_reviews(findings: Iterable[Finding]) -> Object:
    """Findings about quotations that stand in no article."""
    return _graph(_review(finding, None) for finding in findings)


def _graph(reviews: Iterable[Object]) -> Object:
    return {"@context": CONTEXT, "@graph": list(reviews)}


def _review(finding: Finding, article: Article | None) -> Object:
    claim, verdict = finding.claim, finding.verdict
    said = f"{claim.speaker} said: “{claim.quote}”" if claim.speaker else f"Somebody said: “{claim.quote}”"
    rating = f"{wording.STATUSES[verdict.status].short}: {wording.REASONS[verdict.reason].short}"
    return {
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "description": f"Drafted by OnRecord {finding.provenance.onrecord}; no editor has confirmed it yet.",
        "inLanguage": "en",
        "claimReviewed": said,
        "itemReviewed": _item(finding, article),
        "reviewAspect": "wording and speaker" if claim.direct else "meaning and speaker",
        "reviewRating": {"@type": "Rating", "alternateName": rating, "ratingExplanation": _explanation(finding)},
        "citation": [_citation(each) for each in _public(finding)],
    }


def _item(finding: Finding, article: Article | None) -> Object:
    """The claim: that these words are somebody's; it appears in the article."""
    claim = finding.claim
    item: Object = {"@type": "Claim", "text": claim.quote}
    if claim.speaker:
        item["about"] = {"@type": "Thing", "name": claim.speaker}
    work: Object = {"@type": "CreativeWork"}
    if article is not None and article.title:
        work["headline"] = article.title
    if article is not None and (address := web_address(article.url)):
        work["url"] = address
    return item | ({"appearance": work | _published(claim.article_date)} if len(work) > 1 else {})


def _explanation(finding: Finding) -> str:
    """The finding in a sentence; one that rests on a private collection does not name what is in it."""
    verdict = finding.verdict
    places = (*finding.evidence, *finding.nearest)
    return wording.REASONS[verdict.reason].long if any(each.collection for each in places) else str(verdict.summary)


def _public(finding: Finding) -> list[Evidence]:
    """What may be cited: a review is published, and private collections are not."""
    places = finding.evidence or finding.nearest
    return [each for each in places if each.collection is None]


def _citation(place: Evidence) -> Object:
    document = place.document
    cited: Object = {
        "@type": "CreativeWork",
        "name": document.title or document.id,
        "publisher": {"@type": "Organization", "name": document.publisher},
        "inLanguage": document.language,
        "text": place.quote.exact,
    }
    if address := web_address(document.url):
        cited["url"] = address
    return cited | _published(document.date)


def _published(date: PartialDate | None) -> Object:
    """The day, where a whole day is known: the vocabulary has no other dates."""
    return {"datePublished": str(date)} if date is not None and date.day is not None else {}
