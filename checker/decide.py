"""From evidence to a verdict; pure. Similarity chose the places, the named differences decide here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.confidence import confidence, signs
from checker.lexicon import COMMONPLACE
from checker.settings import Thresholds
from checker.types import Claim, Evidence, Information, Quotation, Reason, Searched, Status, Verdict

VERIFIED: tuple[Reason, ...] = ("ellipsis", "bracketed", "press-allowance", "typographic", "fragment", "exact")
PARAPHRASED: tuple[Reason, ...] = (
    "translation", "reported-speech", "paraphrase-in-quotes", "close-paraphrase", "loose-paraphrase",
)  # fmt: skip

_NEAREST = 3
_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the places that it rests on and those that came nearest."""

    verdict: Verdict
    evidence: tuple[Evidence, ...]
    nearest: tuple[Evidence, ...]
    ambiguous: bool


def decide(
    claim: Claim, quotation: Quotation, evidence: Sequence[Evidence], *,
    information: Information, searched: Searched, thresholds: Thresholds,
) -> Decision:  # fmt: skip
    """The first of these that holds: verified, a stock phrase, paraphrased, a named difference, nothing found."""
    ranked = sorted(evidence, key=lambda place: _rank(place, claim))
    verbatim = [place for place in ranked if place.supports in VERIFIED]
    clean = [place for place in verbatim if not place.objections]
    if clean and _commonplace(quotation, verbatim, clean, information, thresholds):
        return _unsourced("chance-match", (), clean[:_NEAREST], claim, quotation, searched)
    if verbatim and not clean and _commonplace(quotation, verbatim, clean, information, thresholds):
        return _unsourced("chance-match", verbatim[0].objections, verbatim[:_NEAREST], claim, quotation, searched)
    if clean:
        return _supported(clean, claim, quotation, searched)
    close = [place for place in ranked if place.supports in PARAPHRASED and not place.objections]
    if close and not _told_apart(verbatim):
        return _supported(close, claim, quotation, searched)
    contradicted = sorted(
        (place for place in ranked if place.objections), key=lambda place: (place not in verbatim, -place.score)
    )
    if contradicted:
        reasons = contradicted[0].objections
        return _unsourced(reasons[0], reasons[1:], contradicted[:_NEAREST], claim, quotation, searched)
    uncovered = claim.speaker is not None and searched.speaker_documents_near_date == 0
    return _unsourced("not-covered" if uncovered else "absent", (), ranked[:_NEAREST], claim, quotation, searched)


def _rank(place: Evidence, claim: Claim) -> tuple[object, ...]:
    """Best first: most of the wording, fewest objections, nearest in time, then a fixed order."""
    distance = 0
    wanted = claim.date or claim.article_date
    if wanted and place.document.date:
        distance = abs((wanted.to_date() - place.document.date.to_date()).days)
    return (
        -round(_strength(place), 3),
        len(place.objections),
        distance,
        place.document.id,
        place.collection or "",
        place.span.start,
    )


def _strength(place: Evidence) -> float:
    scores = {score.name: score.value for score in place.features}
    return max(place.score, max(scores.get("coverage", 0.0), scores.get("meaning", 0.0)) * 0.9)


def _told_apart(verbatim: Sequence[Evidence]) -> bool:
    """True when the very words stand somewhere with an objection that a paraphrase elsewhere does not lift."""
    return any(place.supports == "exact" for place in verbatim)


def _commonplace(
    quotation: Quotation, verbatim: Sequence[Evidence], clean: Sequence[Evidence],
    information: Information, thresholds: Thresholds
) -> bool:  # fmt: skip
    """True when the words are too common, or stand in too many mouths, to identify a statement."""
    whole = quotation.length >= thresholds.sentence and any(
        place.supports in ("exact", "typographic") for place in verbatim
    )
    if information.names or information.telling >= thresholds.identifying or whole:
        return False
    telling = sum(weight for key, weight in information.rarity.items() if key not in COMMONPLACE)
    if information.telling < 3 and telling < thresholds.information:
        return True
    if any(place.supports == "exact" for place in clean):
        return False
    speakers = {(place.speaker or place.document.publisher).casefold() for place in verbatim}
    return len(speakers) >= thresholds.commonplace


def _supported(places: Sequence[Evidence], claim: Claim, quotation: Quotation, searched: Searched) -> Decision:
    """Verified or paraphrased, by the best place; an unofficial translation carries a paraphrase at most."""
    official = [place for place in places if place.document.translation != "unofficial"]
    best = (official or places)[0]
    assert best.supports is not None
    reason: Reason = best.supports if official else "translation"
    status: Status = "verified" if reason in VERIFIED else "paraphrased"
    if claim.date and best.document.date == claim.date:
        places = [place for place in places if place.document.date == claim.date]
    equals = [place for place in places if place.score >= best.score - 1e-9 and place.held_as != best.held_as]
    ambiguous = bool(equals) and not _same_text(best, equals)
    sure = confidence(status, signs(status, reason, claim, quotation, (best, *equals), searched))
    verdict = Verdict(status, reason, sure, _summary(reason, best, claim))
    return Decision(verdict, (best, *equals)[:_EVIDENCE], (), ambiguous)


def _same_text(best: Evidence, equals: Sequence[Evidence]) -> bool:
    """True where all are one text, published twice or held in a private collection too."""
    return all(
        place.document.id in best.also_at
        or (place.collection != best.collection and place.version.sha256 == best.version.sha256)
        for place in equals
    )


def _unsourced(
    reason: Reason, others: Sequence[Reason], nearest: Sequence[Evidence], claim: Claim, quotation: Quotation,
    searched: Searched,
) -> Decision:  # fmt: skip
    sure = confidence("unsourced", signs("unsourced", reason, claim, quotation, nearest, searched))
    best = nearest[0] if nearest else None
    evidence = tuple(nearest[:1]) if reason not in ("absent", "not-covered") else ()
    verdict = Verdict("unsourced", reason, sure, _summary(reason, best, claim, searched), tuple(others))
    return Decision(verdict, evidence, tuple(nearest), False)


_SENTENCES: dict[Reason, str] = {
    "exact": "These words stand in {where}, exactly as quoted.",
    "typographic": "These words stand in {where}; only typography differs.",
    "fragment": "These words are part of a sentence in {where}.",
    "ellipsis": "The quoted parts stand in this order in {where}; omissions are marked.",
    "bracketed": "The words outside the brackets stand in {where}.",
    "press-allowance": "These words stand in {where}, apart from a word that changes nothing.",
    "reported-speech": "{where} says this; only person, tense or time words are shifted.",
    "close-paraphrase": "{where} says this in other words.",
    "loose-paraphrase": "{where} says something close to this; compare the wording.",
    "paraphrase-in-quotes": "{where} says this in other words than those in the quotation marks.",
    "translation": "{where} holds this only in translation.",
    "misattributed": "The words stand in {where}, but there {who} speaks.",
    "nested-quote": "In {where} the speaker reports these words as somebody else's.",
    "wrong-date": "The words stand in {where}, dated {date}.",
    "wrong-document": "The words stand in {where}, another document than the one named.",
    "spliced": "Pieces that stand apart in {where} are joined without a mark of omission.",
    "negation": "{where} has a “not” where the quote has none, or the reverse.",
    "modality": "{where} is more or less certain or binding than the quote.",
    "quantifier": "{where} says “all”, “some” or “none” differently.",
    "altered-number": "{where} has another figure.",
    "altered-date": "{where} has another date.",
    "altered-entity": "{where} has another name.",
    "out-of-context": "In {where} these words stand under a negation, a condition or a question that the quote leaves out.",
    "ellipsis-abuse": "The omission drops words in {where} that govern what is left.",
    "bracket-abuse": "The bracketed words are not borne out by {where}.",
    "altered-wording": "{where} has similar words, but content words differ.",
    "chance-match": "These words are too common to identify a statement.",
    "secondary-only": "Only a secondary source has these words: {where}.",
    "not-covered": "The corpus holds no document of {claimed}{around}{nearest}.",
    "absent": "Not found in the {documents} documents searched {how}.",
}


def _summary(reason: Reason, place: Evidence | None, claim: Claim, searched: Searched | None = None) -> str:
    """One sentence for the whole finding; it says what was found and accuses nobody."""
    where = "the source"
    who = date = ""
    if place is not None:
        date = str(place.document.date or "no date")
        held = f", private collection “{place.collection}”" if place.collection else ""
        where = f"“{place.document.title}” ({place.document.publisher}, {date}{held})"
        who = place.speaker or place.document.publisher
    documents = f"{searched.coverage.documents:,}" if searched else ""
    sentence = _SENTENCES[reason].format(
        where=where,
        who=who,
        date=date,
        claimed=claim.speaker or "this speaker",
        documents=documents,
        how=_how(searched),
        around=" around that date" if claim.date or claim.article_date else "",
        nearest=_nearest_dates(searched),
    )
    return sentence[0].upper() + sentence[1:]


def _how(searched: Searched | None) -> str:
    """How the documents were searched: a reader must not take words alone for a search by meaning."""
    share = searched.coverage.encoded_share if searched else 0.0
    if not share:
        return "by words only"
    if share == 1:
        return "by words and by meaning"
    return f"by words, {'under 1%' if share < 0.01 else f'{share:.0%}'} of their passages by meaning too"


def _nearest_dates(searched: Searched | None) -> str:
    dates = searched.speaker_nearest_dates if searched else ()
    return (
        f"; the nearest it holds {'is' if len(dates) == 1 else 'are'} of {' and '.join(map(str, dates))}"
        if dates
        else ""
    )
