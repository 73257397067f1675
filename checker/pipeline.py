"""The straight line: a text in, a report out.

extract_attributions -> claim_of -> readable_quotation -> build_query
    -> Search.by_words: retrieve -> gather -> align -> compare; where the words are another's, or of another time, the same among
       the claimed speaker's and date's own
    -> where the wording leaves it open, Search.by_meaning: retrieve by meaning -> read_meaning
    -> decide
    -> what became of the words since: with_changes; where nothing is verified, the same among earlier versions
    -> what may not be printed yet: with_embargo

The corpus may be one corpus, or one with private collections: `corpus.within` leads from a place to where it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.changed import CHANGED, EMBARGO, reads_otherwise, with_changes, with_embargo
from checker.claims import claim_of, unchecked
from checker.decide import Decision, decide, had_before
from checker.errors import QuoteError
from checker.extract import Tagger, extract_attributions, load_tagger
from checker.meaning import settles
from checker.query import readable_quotation
from checker.search import Search
from checker.searched import misnamed, provenance, searched
from checker.settings import DEFAULTS, Settings
from checker.types import (
    Article,
    Attribution,
    Claim,
    Evidence,
    Finding,
    Provenance,
    Quotation,
    Report,
    Searched,
    Warning,
)
from corpus.collections import Searchable
from corpus.relatives import Relative


def check_article(article: Article, corpus: Searchable, *, settings: Settings = DEFAULTS) -> Report:
    """Find every attributed statement of an article and check each against the corpus."""
    findings: list[Finding] = []
    warnings: list[Warning] = []
    for each in check_attributions(article, corpus, settings=settings):
        if isinstance(each, Finding):
            findings.append(each)
        else:
            warnings.append(each)
    return report_of(article, findings, warnings, corpus, settings=settings)


def report_of(
    article: Article,
    findings: Iterable[Finding],
    warnings: Iterable[Warning],
    corpus: Searchable,
    *,
    settings: Settings,
) -> Report:
    """The report of an article whose statements were checked one by one, with all that is needed to get it again."""
    return Report(article, tuple(findings), article_provenance(corpus, settings), tuple(warnings))


def article_provenance(corpus: Searchable, settings: Settings) -> Provenance:
    """What is needed to get the findings of an article again: the tagger that bounded its statements too."""
    return provenance(corpus, settings, tagger=tagger_name(settings))


def check_attributions(
    article: Article,
    corpus: Searchable,
    *,
    settings: Settings = DEFAULTS,
    attributions: Iterable[Attribution] | None = None,
) -> Iterator[Finding | Warning]:
    """The findings of an article one by one, in the order of its text; a warning for a statement that cannot be checked.

    Attributions that were found before are not looked for again.
    """
    for attribution in attributions_to_check(article, settings=settings) if attributions is None else attributions:
        try:
            yield check_quote(claim_of(attribution, article), corpus, settings=settings, attribution=attribution)
        except QuoteError as error:
            yield unchecked(attribution, error.says)


def attributions_of(article: Article, *, settings: Settings = DEFAULTS) -> tuple[Attribution, ...]:
    """Who said what in an article, attitudes too."""
    return extract_attributions(article, tagger=_tagger(settings))


def tagger_name(settings: Settings) -> str | None:
    """What bounds the statements of an article, for reports; None where rules alone do."""
    tagger = _tagger(settings)
    return tagger.name if tagger else None


def _tagger(settings: Settings) -> Tagger | None:
    return load_tagger() if settings.tagger == "own" else None


def attributions_to_check(article: Article, *, settings: Settings = DEFAULTS) -> tuple[Attribution, ...]:
    """Who said what in an article, without attitudes that are hardly statements."""
    return tuple(
        each
        for each in attributions_of(article, settings=settings)
        if each.type != "indirect" or each.confidence >= settings.least_confidence
    )


def check_quote(
    claim: Claim, corpus: Searchable, *, settings: Settings = DEFAULTS, attribution: Attribution | None = None
) -> Finding:
    """Check one claim: are these the words, of this speaker, at that time? Raises QuoteError for an unusable quote."""
    with corpus.still():
        return _checked(claim, readable_quotation(claim), corpus, settings, attribution)


def _checked(
    claim: Claim, quotation: Quotation, corpus: Searchable, settings: Settings, attribution: Attribution | None
) -> Finding:
    """The straight line itself, over one state of the corpus."""
    search = Search.of(claim, quotation, corpus, settings)
    evidence = search.by_words()
    open_ = not any(settles(place, claim, settings.thresholds) for place in evidence)
    if open_:
        evidence = search.by_meaning(evidence)
    coverage = searched(claim, corpus, settings, by_meaning=open_)
    decision = decide(
        claim, quotation, evidence,
        information=search.information, searched=coverage, thresholds=settings.thresholds,
    )  # fmt: skip
    decision = _with_changes(_with_relatives(_with_earlier(decision, search), corpus), corpus)
    decision = _with_embargo(_with_later(decision, search), corpus)
    origin = provenance(corpus, settings, tagger=tagger_name(settings) if attribution else None)
    return _finding(claim, decision, coverage, origin, attribution, misnamed(claim, corpus))


_SHOWN = 3
"""Places of a finding that are shown, as evidence and as nearest."""


def _with_earlier(decision: Decision, search: Search) -> Decision:
    """With the place, first among the nearest, where an earlier version had the very words.

    The verdict stays: what a source has corrected or withdrawn verifies nothing.
    """
    if decision.verdict.status == "verified" or decision.verdict.reason == "chance-match":
        return decision
    had = search.in_earlier_versions()
    if not had:
        return decision
    return replace(had_before(decision, had[0], search.claim), nearest=(had[0], *decision.nearest)[:_SHOWN])


def _with_later(decision: Decision, search: Search) -> Decision:
    """With the place, first among the nearest, where the very words stand in what came after the article."""
    if decision.verdict.reason not in ("absent", "not-covered"):
        return decision
    return replace(decision, nearest=(*search.in_later_documents(), *decision.nearest)[:_SHOWN])


def _with_changes(decision: Decision, corpus: Searchable) -> Decision:
    """The places that are shown, with what became of their words at the source; of one document that is said once."""
    told = {place.held_as for place in decision.nearest if reads_otherwise(place)}
    evidence, nearest = (
        tuple(place if place.held_as in told else with_changes(place, corpus) for place in places[:_SHOWN])
        for places in (decision.evidence, decision.nearest)
    )
    return replace(decision, evidence=evidence, nearest=nearest)


def _with_relatives(decision: Decision, corpus: Searchable) -> Decision:
    """The places that are shown as evidence with what belongs to their documents: other languages, copies, the whole."""
    shown = (replace(place, related=_relatives(place, corpus)) for place in decision.evidence[:_RELATED])
    return replace(decision, evidence=(*shown, *decision.evidence[_RELATED:]))


def _relatives(place: Evidence, corpus: Searchable) -> tuple[Relative, ...]:
    return corpus.within(place.collection).relatives(place.document.id)


def _with_embargo(decision: Decision, corpus: Searchable) -> Decision:
    """The places with what an editor must know before printing their words."""
    evidence, nearest = (
        tuple(with_embargo(place, corpus) for place in places) for places in (decision.evidence, decision.nearest)
    )
    return replace(decision, evidence=evidence, nearest=nearest)


_RELATED = 3
"""Places of a finding whose relatives are looked up, some thirty milliseconds each."""


def _finding(
    claim: Claim, decision: Decision, coverage: Searched, origin: Provenance, attribution: Attribution | None,
    warnings: tuple[Warning, ...],
) -> Finding:  # fmt: skip
    places = decision.evidence or decision.nearest
    first = places[0].warnings if places else ()
    earlier = tuple(warning for place in decision.nearest for warning in place.warnings if warning.code == CHANGED)
    private = tuple(
        warning for place in (*places, *decision.nearest) for warning in place.warnings if warning.code == EMBARGO
    )
    return Finding(
        claim, decision.verdict, decision.evidence, decision.nearest, coverage, origin,
        tuple(dict.fromkeys((*first, *earlier, *private, *warnings))), decision.ambiguous, attribution=attribution,
    )  # fmt: skip
