"""The straight line: a text in, a report out.

extract_attributions -> read_quotation -> build_query -> retrieve -> gather -> align -> compare -> decide
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version

from checker.align import align
from checker.compare import compare
from checker.dateline import later, published
from checker.decide import VERIFIED, Decision, decide
from checker.errors import QuoteError
from checker.extract import extract_attributions
from checker.query import build_query, read_quotation
from checker.settings import DEFAULTS, Settings
from checker.speakers import load_register
from checker.statements import gather
from checker.types import (
    Article,
    Attribution,
    Claim,
    Evidence,
    Finding,
    Information,
    Provenance,
    Quotation,
    Report,
    Searched,
    Statement,
    Warning,
)
from corpus.store import Corpus
from corpus.text import FUNCTION_WORDS, words
from corpus.types import PartialDate

_MARKED = re.compile('[“"«„]([^“”"«»„]+)(?:[”"»]|$)')

_EQUAL = 0.9
"""A statement that shares under nine tenths of what the found one shares cannot hold the same words."""

_ENOUGH = 10_000
"""A smaller corpus cannot tell how rare a word is; it is taken for one of so many passages."""

LONGEST = 5000
"""Code points of one quote; a longer text is an article."""


def check_article(article: Article, corpus: Corpus, *, settings: Settings = DEFAULTS) -> Report:
    """Find every attributed statement of an article and check each against the corpus."""
    findings: list[Finding] = []
    warnings: list[Warning] = []
    for each in check_attributions(article, corpus, settings=settings):
        if isinstance(each, Finding):
            findings.append(each)
        else:
            warnings.append(each)
    return Report(article, tuple(findings), provenance(corpus, settings), tuple(warnings))


def check_attributions(
    article: Article, corpus: Corpus, *, settings: Settings = DEFAULTS
) -> Iterator[Finding | Warning]:
    """The findings of an article one by one, in the order of its text; a warning for a statement that cannot be checked."""
    for attribution in extract_attributions(article):
        if attribution.type == "indirect" and attribution.confidence < settings.least_confidence:
            continue
        try:
            yield check_quote(claim_of(attribution, article), corpus, settings=settings, attribution=attribution)
        except QuoteError as error:
            yield Warning("unchecked", f"“{attribution.quote[:60]}…” was not checked: {error}.")


def check_quote(
    claim: Claim, corpus: Corpus, *, settings: Settings = DEFAULTS, attribution: Attribution | None = None
) -> Finding:
    """Check one claim: are these the words, of this speaker, at that time? Raises QuoteError for an unusable quote."""
    quotation = _readable(claim)
    information = weigh(quotation, corpus)
    candidates = corpus.retrieve(build_query(claim, quotation), limit=settings.candidates)
    statements = gather(candidates, quotation, corpus, limit=settings.statements)
    evidence = _weighed(claim, quotation, statements, information, settings)
    searched = _searched(claim, corpus, settings)
    decision = decide(
        claim, quotation, evidence, information=information, searched=searched, thresholds=settings.thresholds
    )
    return _finding(claim, decision, searched, provenance(corpus, settings), attribution)


def _weighed(
    claim: Claim, quotation: Quotation, statements: Sequence[Statement], information: Information, settings: Settings
) -> list[Evidence]:
    """Each statement aligned and compared, most likely first; once the words are found, only their equals matter."""
    register = load_register()
    evidence: list[Evidence] = []
    enough = 0.0
    for statement in statements:
        if statement.score < enough:
            break
        if claim.article_date and later(statement.document.date, claim.article_date):
            continue  # nobody quotes what has not been said yet
        alignments = align(quotation, statement.document.text, within=statement.within, profile=settings.profile)
        place = compare(
            claim, quotation, statement, alignments,
            information=information, register=register, thresholds=settings.thresholds,
        )  # fmt: skip
        evidence.append(place)
        if place.supports in VERIFIED and not place.objections:
            enough = _EQUAL * statement.score
    return evidence


def claim_of(attribution: Attribution, article: Article) -> Claim:
    """What an attribution claims: wording inside quotation marks, meaning otherwise."""
    start, end = attribution.content[0].start, attribution.content[-1].end
    quote, direct = _claimed_words(attribution)
    return Claim(
        quote=quote,
        speaker=attribution.speaker.name if attribution.speaker else None,
        direct=direct,
        article_date=article.date or published(article.text),
        context=article.text[max(0, start - 300) : end + 300],
    )


def _claimed_words(attribution: Attribution) -> tuple[str, bool]:
    """What is claimed of a statement, and whether its wording is.

    Where most words of a mixed statement stand inside quotation marks, those are claimed as they stand, the
    rest as left out between them; otherwise the whole is claimed as meaning. A direct one may hold a word or
    two of narration, which nobody claims.
    """
    if attribution.type == "indirect":
        return attribution.quote, False
    pieces = [match.group(1).strip() for match in _MARKED.finditer(attribution.quote)]
    marked = sum(len(words(piece)) for piece in pieces)
    if 2 * marked >= len(words(attribution.quote)):
        return " … ".join(pieces), True
    return attribution.quote, attribution.type == "direct"


def weigh(quotation: Quotation, corpus: Corpus) -> Information:
    """How telling a quote's words are, by the natural logarithm of their rarity over the corpus' passages."""
    keys = [key for part in quotation.parts for key in part.words.keys if key not in FUNCTION_WORDS]
    distinct = tuple(dict.fromkeys(keys))
    total = max(corpus.coverage().passages, _ENOUGH)
    counts = corpus.document_frequency(distinct)
    rarity = {key: math.log((total + 1) / (count + 1)) for key, count in zip(distinct, counts, strict=True)}
    return Information(rarity, _names(quotation), len(distinct))


def _names(quotation: Quotation) -> int:
    """Capitalised words inside the quote, and figures: what alone may identify a statement."""
    found = 0
    for part in quotation.parts:
        for index, key in enumerate(part.words.keys):
            raw = part.words.span(index).of(quotation.text)
            inside = index > 0 and raw[:1].isupper() and key not in FUNCTION_WORDS
            found += inside or raw[:1].isdigit()
    return found


def _readable(claim: Claim) -> Quotation:
    if len(claim.quote) > LONGEST:
        raise QuoteError(
            f"the quote has {len(claim.quote):,} characters; check a text of over {LONGEST:,} as an article"
        )
    quotation = read_quotation(claim.quote, direct=claim.direct)
    if not quotation.parts or not words(claim.quote):
        raise QuoteError("there are no words in the quote; paste the words that are said to have been spoken")
    return quotation


def _searched(claim: Claim, corpus: Corpus, settings: Settings) -> Searched:
    near = None
    if claim.speaker:
        near = _documents_near(
            claim.speaker, claim.date or claim.article_date, settings.near_days, corpus, corpus.fingerprint()
        )
    return Searched(corpus.coverage(), near)


@lru_cache(maxsize=4096)
def _documents_near(speaker: str, date: PartialDate | None, days: int, corpus: Corpus, _fingerprint: str) -> int:
    """How many documents of a speaker lie around a date; an article asks the same many times over."""
    register = load_register()
    first, last = _window(date, days)
    labels = register.labels(speaker, corpus.speaker_labels())
    return corpus.speaker_documents(labels, register.publishers(speaker), first, last)


def _window(date: PartialDate | None, days: int) -> tuple[PartialDate | None, PartialDate | None]:
    """What counts as around a date, at the date's own precision; everything when there is none."""
    if date is None:
        return None, None
    if date.day is None:
        return date, date
    around = [date.to_date() + datetime.timedelta(days=sign * days) for sign in (-1, 1)]
    first, last = (PartialDate(day.year, day.month, day.day) for day in around)
    return first, last


def provenance(corpus: Corpus, settings: Settings) -> Provenance:
    """What is needed to get the same answers again."""
    coverage = corpus.coverage()
    return Provenance(version("onrecord"), corpus.fingerprint(), None, coverage.encoded_share, settings.profile)


def _finding(
    claim: Claim, decision: Decision, searched: Searched, origin: Provenance, attribution: Attribution | None
) -> Finding:
    places = decision.evidence or decision.nearest
    return Finding(
        claim, decision.verdict, decision.evidence, decision.nearest, searched, origin,
        places[0].warnings if places else (), decision.ambiguous, attribution=attribution,
    )  # fmt: skip
