"""The straight line: a text in, a report out.

extract_attributions -> claim_of -> readable_quotation -> build_query -> retrieve -> gather -> align -> compare
    -> where the words are another's, or of another time: the same among the claimed speaker's and date's own
    -> where the wording leaves it open: retrieve by meaning -> read_meaning -> decide
    -> what became of the words since: with_changes; where nothing is verified, the same among earlier versions
    -> what may not be printed yet: with_embargo

The corpus may be one corpus, or one with private collections: `corpus.within` leads from a place to where it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from checker.align import align
from checker.changed import CHANGED, EMBARGO, reads_otherwise, with_changes, with_embargo
from checker.claims import claim_of, unchecked
from checker.compare import compare
from checker.dateline import later
from checker.decide import VERIFIED, Decision, decide, had_before
from checker.errors import QuoteError
from checker.extract import Tagger, extract_attributions, load_tagger
from checker.features.translation import language_of
from checker.information import weigh
from checker.meaning import by_wording, likeliest, passages_of, read_meaning, settles, unless_exchanged
from checker.query import between, build_query, readable_quotation
from checker.searched import encoders_of, misnamed, provenance, readers_of, register_of, searched
from checker.settings import DEFAULTS, Settings
from checker.speakers import Register
from checker.statements import gather
from checker.tongue import worded
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
from corpus.collections import Searchable
from corpus.relatives import Relative
from corpus.types import Candidate, Query


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
    information = weigh(quotation, corpus)
    query = build_query(claim, quotation)
    candidates = corpus.retrieve(query, limit=settings.candidates)
    register = register_of(corpus, settings)
    evidence = _weighed(claim, quotation, candidates, corpus, information, register, settings)
    evidence = _with_own(claim, quotation, query, corpus, evidence, information, register, settings)
    by_meaning = not any(settles(place, claim, settings.thresholds) for place in evidence)
    if by_meaning:
        evidence = _read(claim, quotation, query, corpus, evidence, information, register, settings)
    coverage = searched(claim, corpus, settings, by_meaning=by_meaning)
    decision = decide(
        claim, quotation, evidence, information=information, searched=coverage, thresholds=settings.thresholds
    )
    if decision.verdict.status != "verified" and decision.verdict.reason != "chance-match":
        decision = _with_earlier(decision, claim, quotation, query, corpus, information, register, settings)
    decision = _with_changes(_with_relatives(decision, corpus), corpus)
    decision = _with_embargo(decision, corpus)
    origin = provenance(corpus, settings, tagger=tagger_name(settings) if attribution else None)
    decision = _with_later(decision, claim, quotation, query, corpus, information, register, settings)
    return _finding(claim, decision, coverage, origin, attribution, misnamed(claim, corpus))


def _too_late(statement: Statement, claim: Claim) -> bool:
    """Nobody quotes what has not been said yet."""
    return claim.article_date is not None and later(statement.document.date, claim.article_date)


def _weighed(
    claim: Claim, quotation: Quotation, candidates: Sequence[Candidate], corpus: Searchable,
    information: Information, register: Register, settings: Settings,
    *, without: Callable[[Statement, Claim], bool] = _too_late,
) -> list[Evidence]:  # fmt: skip
    """Each statement aligned and compared, most likely first; once the words are found, only their equals matter."""
    evidence: list[Evidence] = []
    enough = 0.0

    def least() -> float:
        return enough

    for statement in gather(candidates, quotation, corpus, limit=settings.statements, least=least):
        if without(statement, claim):
            continue
        alignments = align(quotation, statement.document.text, within=statement.within, profile=settings.profile)
        place = compare(
            claim, quotation, statement, alignments,
            information=information, register=register, thresholds=settings.thresholds,
        )  # fmt: skip
        evidence.append(place)
        if place.supports in VERIFIED and not place.objections:
            enough = settings.thresholds.equal * statement.score
    return evidence


def _with_own(
    claim: Claim, quotation: Quotation, query: Query, corpus: Searchable, evidence: list[Evidence],
    information: Information, register: Register, settings: Settings,
) -> list[Evidence]:  # fmt: skip
    """With the places of the claimed speaker, or of the claimed time, where the words were found in others only.

    Words that many say fill every place of a ranking, and who is asked for may be the next.
    """
    found = [place for place in evidence if place.supports in VERIFIED]
    if not found or any(not place.objections for place in found):
        return evidence
    objections = {objection for place in found for objection in place.objections}
    narrower: list[Query] = []
    if claim.speaker and "misattributed" in objections:
        labels = register.labels(claim.speaker, [each.label for each in corpus.speaker_labels()])
        narrower.append(replace(query, labels=labels, publishers=register.publishers(claim.speaker)))
    if objections & _OF_TIME:
        narrower.append(replace(query, between=between(claim)))
    known = {(place.held_as, place.turn.number) for place in evidence}
    for each in narrower:
        candidates = corpus.retrieve(each, limit=settings.candidates)
        places = _weighed(claim, quotation, candidates, corpus, information, register, settings)
        evidence += [place for place in places if (place.held_as, place.turn.number) not in known]
    return evidence


_OF_TIME = frozenset(["wrong-date", "misattributed"])
"""What a place of the claimed date could lift."""


def _read(
    claim: Claim, quotation: Quotation, query: Query, corpus: Searchable, evidence: Sequence[Evidence],
    information: Information, register: Register, settings: Settings,
) -> list[Evidence]:  # fmt: skip
    """What the wording left open, read for its meaning: passages found by it too, each read beside the claim."""
    readers = readers_of(corpus, settings)
    if readers.judge is None and readers.multilingual is None:
        return list(evidence)
    wider = replace(query, loose=True, meaning=True, between=between(claim))
    candidates = corpus.retrieve(wider, limit=settings.candidates, encoders=encoders_of(settings))
    found = (each for each in passages_of(candidates, corpus, limit=settings.considered) if not _too_late(each, claim))
    passages = likeliest(claim, found, register=register, limit=settings.read)
    read = read_meaning(
        claim, quotation, passages, readers,
        information=information, register=register, thresholds=settings.thresholds,
    )  # fmt: skip
    read = unless_exchanged(read, evidence, claim=claim, thresholds=settings.thresholds)
    return [*(place for place in evidence if not readers.judges(language_of(claim)) or by_wording(place)), *read]


def _with_earlier(
    decision: Decision, claim: Claim, quotation: Quotation, query: Query, corpus: Searchable,
    information: Information, register: Register, settings: Settings,
) -> Decision:  # fmt: skip
    """With the place, first among the nearest, where an earlier version had the very words.

    The verdict stays: what a source has corrected or withdrawn verifies nothing.
    """
    candidates = corpus.retrieve_earlier(query, limit=settings.candidates)
    places = _weighed(claim, quotation, candidates, corpus, information, register, settings)
    had = [with_changes(place, corpus) for place in places if place.supports in VERIFIED and not place.objections]
    had = sorted(filter(reads_otherwise, had), key=lambda place: (-place.version.number, place.document.id))
    if not had:
        return decision
    return replace(had_before(decision, had[0], claim), nearest=(*had[:1], *decision.nearest)[:_SHOWN])


def _with_changes(decision: Decision, corpus: Searchable) -> Decision:
    """The places that are shown, with what became of their words at the source; of one document that is said once."""
    told = {place.held_as for place in decision.nearest if reads_otherwise(place)}
    evidence, nearest = (
        tuple(place if place.held_as in told else with_changes(place, corpus) for place in places[:_SHOWN])
        for places in (decision.evidence, decision.nearest)
    )
    return replace(decision, evidence=evidence, nearest=nearest)


_SHOWN = 3
"""Places of a finding that are shown, as evidence and as nearest."""


def _with_later(
    decision: Decision, claim: Claim, quotation: Quotation, query: Query, corpus: Searchable,
    information: Information, register: Register, settings: Settings,
) -> Decision:  # fmt: skip
    """With the place, first among the nearest, where the very words stand in what came after the article.

    It supports nothing; a date that was read wrongly shows there.
    """
    if claim.article_date is None or decision.verdict.reason not in ("absent", "not-covered"):
        return decision
    candidates = corpus.retrieve(query, limit=settings.candidates)
    places = _weighed(
        replace(claim, article_date=None), quotation, candidates, corpus, information, register, settings,
        without=lambda each, _: not _too_late(each, claim),
    )  # fmt: skip
    held = [each for each in places if each.supports in VERIFIED and not each.objections][:1]
    says = worded("These words stand here, in a document that is later than the article.")
    later_ = [replace(each, supports=None, warnings=(*each.warnings, Warning("later", says))) for each in held]
    return replace(decision, nearest=(*later_, *decision.nearest)[:_SHOWN]) if later_ else decision


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
