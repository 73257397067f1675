"""From evidence to a verdict; pure. Similarity chose the places, the named differences decide here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from checker.confidence import confidence, signs
from checker.lexicon import COMMONPLACE
from checker.settings import Thresholds
from checker.tongue import Message, noted, worded
from checker.types import Claim, Evidence, Information, Quotation, Reason, Searched, Status, Verdict
from corpus.read.turns import EXCERPT
from corpus.types import PartialDate

VERIFIED: tuple[Reason, ...] = ("ellipsis", "bracketed", "press-allowance", "typographic", "fragment", "exact")
PARAPHRASED: tuple[Reason, ...] = (
    "translation", "reported-speech", "paraphrase-in-quotes", "close-paraphrase", "loose-paraphrase",
)  # fmt: skip

_TWO = 2
"""Of fewer telling words, and of names alone where there are no more, a fragment identifies nothing."""

_PHRASE = 5
"""Of fewer words, a quote is a fragment and no sentence."""

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
    if whole or information.telling >= thresholds.identifying:
        return False
    if (
        information.telling < _TWO and quotation.length < _PHRASE
    ):  # a word is nobody's, unless it is hardly anybody else's
        return not information.coined
    if information.names and (information.telling > information.names or information.telling > _TWO):
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


def had_before(decision: Decision, place: Evidence, claim: Claim) -> Decision:
    """The same where an earlier version had the words; that another document has them now is half of the truth about the one named."""
    if decision.verdict.reason != "wrong-document" or place.document.id != claim.document_id or not decision.nearest:
        return decision
    says = worded(
        "The words stand in %(where)s; the document named had them in version %(number)s, and reads otherwise now.",
        where=_of_place(decision.nearest[0])["where"],
        number=place.version.number,
    )
    return replace(decision, verdict=replace(decision.verdict, summary=says))


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


_SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        "exact": noted("These words stand in %(where)s, exactly as quoted."),
        "typographic": noted("These words stand in %(where)s; only typography differs."),
        "fragment": noted("These words are part of a sentence in %(where)s."),
        "ellipsis": noted("The quoted parts stand in this order in %(where)s; omissions are marked."),
        "bracketed": noted("The words outside the brackets stand in %(where)s."),
        "press-allowance": noted("These words stand in %(where)s, apart from a word that changes nothing."),
        "reported-speech": noted("%(where)s says this; only person, tense or time words are shifted."),
        "close-paraphrase": noted("%(where)s says this in other words."),
        "loose-paraphrase": noted("%(where)s says something close to this; compare the wording."),
        "paraphrase-in-quotes": noted("%(where)s says this in other words than those in the quotation marks."),
        "translation": noted("%(where)s holds this only in translation."),
        "misattributed": noted("The words stand in %(where)s, but there %(who)s speaks."),
        "nested-quote": noted("In %(where)s the speaker reports these words as somebody else's."),
        "wrong-date": noted("The words stand in %(where)s, dated %(date)s."),
        "wrong-document": noted("The words stand in %(where)s, another document than the one named."),
        "spliced": noted("Pieces that stand apart in %(where)s are joined without a mark of omission."),
        "negation": noted("%(where)s has a “not” where the quote has none, or the reverse."),
        "modality": noted("%(where)s is more or less certain or binding than the quote."),
        "quantifier": noted("%(where)s says “all”, “some” or “none” differently."),
        "altered-number": noted("%(where)s has another figure."),
        "altered-date": noted("%(where)s has another date."),
        "altered-entity": noted("%(where)s has another name."),
        "out-of-context": noted(
            "In %(where)s these words stand under a negation, a condition or a question that the quote leaves out."
        ),
        "ellipsis-abuse": noted("The omission drops words in %(where)s that govern what is left."),
        "bracket-abuse": noted("The bracketed words are not borne out by %(where)s."),
        "altered-wording": noted("%(where)s has similar words, but content words differ."),
        "chance-match": noted("These words are too common to identify a statement."),
        "secondary-only": noted("Only a secondary source has these words: %(where)s."),
        "not-covered": noted("The corpus holds no document of %(claimed)s%(around)s%(nearest)s."),
        "absent": noted("Not found in the %(documents)s documents searched %(how)s."),
    }
)
_IN_ONE = noted("Not found in the one document searched %(how)s.")
_UNNAMED = noted("The words stand in %(where)s, which does not say who speaks.")


def _summary(reason: Reason, place: Evidence | None, claim: Claim, searched: Searched | None = None) -> Message:
    """One sentence for the whole finding; it says what was found and accuses nobody."""
    sentence = _sentence(reason, place, searched)
    values = _of_place(place) if place else {}
    if searched:
        values |= _of_search(claim, searched)
    return worded(sentence, **{name: value for name, value in values.items() if f"%({name})s" in sentence})


def _sentence(reason: Reason, place: Evidence | None, searched: Searched | None) -> str:
    if reason == "absent" and searched and searched.coverage.documents == 1:
        return _IN_ONE
    if reason == "misattributed" and place and place.document.kind == EXCERPT and not place.speaker:
        return _UNNAMED  # whoever publishes an excerpt is not who speaks in it
    return _SENTENCES[reason]


def _of_place(place: Evidence) -> dict[str, str | int | Message]:
    document = place.document
    date = str(document.date) if document.date else worded("no date")
    named = {"title": document.title, "publisher": document.publisher, "date": date}
    where = worded("“%(title)s” (%(publisher)s, %(date)s)", **named)
    if place.collection:
        where = worded(
            "“%(title)s” (%(publisher)s, %(date)s, private collection “%(collection)s”)",
            **named,
            collection=place.collection,
        )
    return {"where": where, "who": place.speaker or document.publisher, "date": date}


def _of_search(claim: Claim, searched: Searched) -> dict[str, str | int | Message]:
    return {
        "claimed": claim.speaker or worded("this speaker"),
        "documents": searched.coverage.documents,
        "how": _how(searched.coverage.encoded_share),
        "around": worded(" around that date") if claim.date or claim.article_date else "",
        "nearest": _nearest_dates(searched.speaker_nearest_dates),
    }


def _how(share: float) -> Message:
    """How the documents were searched: a reader must not take words alone for a search by meaning."""
    if not share:
        return worded("by words only")
    if share == 1:
        return worded("by words and by meaning")
    if share < 0.01:
        return worded("by words, under 1% of their passages by meaning too")
    return worded("by words, %(share)s of their passages by meaning too", share=f"{share:.0%}")


def _nearest_dates(dates: Sequence[PartialDate]) -> str | Message:
    """Of the last document before and of the first after, as far as there are any."""
    if not dates:
        return ""
    if len(dates) == 1:
        return worded("; the nearest it holds is of %(date)s", date=str(dates[0]))
    return worded("; the nearest it holds are of %(first)s and %(last)s", first=str(dates[0]), last=str(dates[-1]))
