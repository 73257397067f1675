"""Which findings of before could come out otherwise now that the corpus has grown: only they need be checked again.

A finding rests on who is claimed, on the places that were found, and on how rare the words are. Of each it is asked whether what came or went could
have had a part in it; where that is not certain, it is checked again:

    program      another version, profile, judge or encoder than made the finding
    unaccounted  what changed since cannot be told (something was removed, or very much is new)
    statistics   so much is new that all words are rarer by more than _DRIFT, or those of this quote more common by more than _SHARE
    source       a document that it rests on, shows, or that the claim names has another version
    speaker      another one of the claimed surname is heard now, or the same one earlier or later than before
    coverage     the speaker has documents around the date now and had none, or the reverse
    words        a statement that came, went or was displaced speaks for or against the quote
    meaning      the quote was, or may have been, read for its meaning, and what is read, or vectors, came or went

“words” is exact but for rarity: what retrieval gives with the corpus as it is and as it was is compared, and the statements that only one of them has are laid
against the quote; one that neither supports nor objects has no part in a verdict. Nothing is retrieved where no word sequence is shared. Rarity moves with every passage; by how much is bounded (_DRIFT, _SHARE), and more is a reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from checker.align import align
from checker.compare import compare
from checker.information import weigh
from checker.judge import Readers
from checker.pipeline import check_quote
from checker.query import between, build_query, readable_quotation
from checker.searched import provenance, readers_of, register_of, searched
from checker.settings import Settings
from checker.speakers import filled, load_register, surname_of
from checker.statements import gather
from checker.types import Claim, Finding, Quotation, Statement
from corpus.growth import Growth
from corpus.postings import gram_hashes
from corpus.store import Corpus
from corpus.text import FUNCTION_WORDS
from corpus.types import Candidate, Query, Span

Why = Literal["program", "unaccounted", "statistics", "source", "speaker", "coverage", "words", "meaning"]

_DRIFT = 0.05
"""Natural logarithm by which the whole corpus may grow before that is a reason by itself: all words are rarer by so much, of some 5 to 14."""

_SHARE = 0.02
"""Of the weight of a quote's words, what may have moved by their own new occurrences. Shares of weights are compared with thresholds set to
hundredths. With both, results were equal on corpora that grew (`benchmarks/growth.py`)."""


_LAID = 6
"""So many statements are laid against a quote to save a check, which lays at most sixteen."""

_Key = tuple[str, int, int, Span]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A finding of before that was checked again, why, and what comes of the same claim now."""

    before: Finding
    why: Why
    now: Finding


def same_basis(one: Finding, other: Finding) -> bool:
    """Whether an editor decides about the same: status, reason, and the places that it rests on."""
    return _basis(one) == _basis(other)


def _basis(finding: Finding) -> tuple[object, ...]:
    places = sorted((place.document.id, place.version.sha256, place.span) for place in finding.evidence)
    return finding.verdict.status, finding.verdict.reason, tuple(places)


class Recheck:
    """Findings of before against a corpus as it is now; what changed since each fingerprint is read once."""

    def __init__(self, corpus: Corpus, settings: Settings) -> None:
        self._corpus = corpus
        self._settings = settings
        self._state = ""
        self._grown: dict[str, Growth | None] = {}
        self._surnames: dict[str, frozenset[str]] = {}
        self._counts: dict[str, int] = {}

    def again(self, findings: Iterable[Finding]) -> Iterator[Rechecked | None]:
        """Each finding checked again where that is needed; None for one that stays as it is."""
        for finding in findings:
            why = self.why(finding)
            if why is None:
                yield None
                continue
            now = check_quote(
                finding.claim, self._corpus, settings=self._settings, attribution=finding.attribution
            )  # fmt: skip
            yield Rechecked(finding, why, now)

    def why(self, finding: Finding) -> Why | None:
        """Why a finding has to be checked again; None where it would come out the same."""
        with self._corpus.still():
            now = self._corpus.fingerprint()
            if now != self._state:  # somebody added to it meanwhile: what was worked out is of before
                self._state = now
                self._grown, self._surnames, self._counts = {}, {}, {}
            return self._why(finding)

    def _why(self, finding: Finding) -> Why | None:
        if self._made_otherwise(finding):
            return "program"
        growth = self._growth(finding.provenance.corpus_fingerprint)
        if growth is None:
            return "unaccounted"
        now, then = self._corpus.coverage(), finding.searched.coverage
        if abs(math.log(max(now.passages, 1) / max(then.passages, 1))) > _DRIFT:
            return "statistics"
        if growth.documents & _rests_on(finding):
            return "source"
        claim = finding.claim
        if claim.speaker and surname_of(claim.speaker) in self._heard_otherwise(finding, growth):
            return "speaker"
        if finding.verdict.status == "unsourced" and self._covered_otherwise(finding):
            return "coverage"
        quotation = readable_quotation(claim)
        query = build_query(claim, quotation)
        if self._speaks(finding, quotation, query, growth):
            return "words"
        if self._rarity_moved(quotation, growth) or not self._steady(query, growth):
            return "statistics"
        if finding.verdict.status == "verified" or readers_of(self._corpus, self._settings) == Readers():
            return None
        wider = replace(query, loose=True, between=between(claim))
        if growth.encoded or self._encoded_otherwise(finding) or self._reads_otherwise(claim, wider, growth):
            return "meaning"
        return None

    def _made_otherwise(self, finding: Finding) -> bool:
        made, now = finding.provenance, provenance(self._corpus, self._settings)
        return (made.onrecord, made.profile, made.judge, made.encoder) != (now.onrecord, now.profile, now.judge, now.encoder)  # fmt: skip

    def _growth(self, fingerprint: str) -> Growth | None:
        if fingerprint not in self._grown:
            self._grown[fingerprint] = self._corpus.growth(fingerprint)
        return self._grown[fingerprint]

    def _heard_otherwise(self, finding: Finding, growth: Growth) -> frozenset[str]:
        """The surnames under which the corpus hears others now than then, or the same in other years."""
        fingerprint = finding.provenance.corpus_fingerprint
        if fingerprint not in self._surnames:
            now = register_of(self._corpus, self._settings).heard
            then = filled(load_register(self._settings.speakers), lambda: growth.labels_before).heard
            self._surnames[fingerprint] = frozenset(
                name for name in now.keys() | then.keys() if set(now.get(name, ())) != set(then.get(name, ()))
            )
        return self._surnames[fingerprint]

    def _covered_otherwise(self, finding: Finding) -> bool:
        then = finding.searched.speaker_documents_near_date
        now = searched(finding.claim, self._corpus, self._settings).speaker_documents_near_date
        return (then == 0) != (now == 0)

    def _rarity_moved(self, quotation: Quotation, growth: Growth) -> bool:
        """Whether the telling words of the quote have become more common than a corpus that only grew would make them."""
        keys = {key for part in quotation.parts for key in part.words.keys if key not in FUNCTION_WORDS}
        total = max(self._corpus.coverage().passages, 1)
        moved = weight = 0.0
        unknown = sorted(keys - self._counts.keys())
        self._counts |= zip(unknown, self._corpus.document_frequency(unknown), strict=True)
        for key in keys:
            new = growth.counts.get(int(gram_hashes([key], 1)[0]), 0)
            before = self._counts[key] - new
            moved += math.log((self._counts[key] + 1) / (before + 1))
            weight += math.log((total + 1) / (before + 1))
        return moved > _SHARE * weight

    def _speaks(self, finding: Finding, quotation: Quotation, query: Query, growth: Growth) -> bool:
        """Whether a statement that retrieval gives now and did not give then, or the reverse, has a part in the verdict."""
        if not growth.shares(query):
            return False
        if query.between is not None and growth.is_of(*query.between):
            return True
        if finding.verdict.reason in _SEARCHED_AGAIN:
            return True
        limit = self._settings.candidates
        were, are = self._corpus.retrieve_then(query, growth, limit=limit), self._corpus.retrieve(query, limit=limit)
        if [each.passage.id for each in were] == [each.passage.id for each in are]:
            return False  # most quotes end here, and no document is read for them
        then, now = (self._statements(each, finding, quotation) for each in (were, are))
        other = then.keys() ^ now.keys()
        if len(other) > _LAID:
            return True
        information = weigh(quotation, self._corpus)
        register = register_of(self._corpus, self._settings)
        thresholds, claim = self._settings.thresholds, finding.claim
        for statement in ((then | now)[key] for key in sorted(other)):
            alignments = align(
                quotation, statement.document.text, within=statement.within, profile=self._settings.profile
            )
            place = compare(
                claim, quotation, statement, alignments,
                information=information, register=register, thresholds=thresholds,
            )  # fmt: skip
            if place.supports or place.objections:
                return True
        return False

    def _steady(self, query: Query, growth: Growth) -> bool:
        """Whether the word sequences of a search weigh about what they weighed."""
        return not growth.shares(query) or self._corpus.steady(query, growth, share=_SHARE)

    def _statements(
        self, candidates: Sequence[Candidate], finding: Finding, quotation: Quotation
    ) -> dict[_Key, Statement]:  # fmt: skip
        """What is laid against the quote, down to where looking ends for certain: behind a place that verifies, with the next much less likely."""
        found: dict[_Key, Statement] = {}
        verifying = {(place.document.id, place.version.number, place.turn.number) for place in finding.evidence}
        settled, last = False, 0.0
        for each in gather(candidates, quotation, self._corpus, limit=self._settings.statements):
            if settled and each.score < self._settings.thresholds.equal * last:
                break
            mine = (each.document.id, each.version.number, each.turn.number)
            settled = settled or (finding.verdict.status == "verified" and mine in verifying)
            last = each.score
            found[*mine, each.within] = each
        return found

    def _reads_otherwise(self, claim: Claim, query: Query, growth: Growth) -> bool:
        """Whether other passages are read for their meaning than then."""
        if not growth.shares(query):
            return False
        if (query.between is not None and growth.is_of(*query.between)) or not self._steady(query, growth):
            return True
        limit, most = self._settings.candidates, max(2 * self._settings.read, self._settings.considered)
        then = self._corpus.retrieve_then(query, growth, limit=limit)
        now = self._corpus.retrieve(query, limit=limit)
        return [each.passage.id for each in then[:most]] != [each.passage.id for each in now[:most]]

    def _encoded_otherwise(self, finding: Finding) -> bool:
        """Whether passages that were there got vectors since, or lost them."""
        now, then = self._corpus.coverage(), finding.provenance.encoded_share * finding.searched.coverage.passages
        return abs(now.encoded_share * now.passages - then) > 0.5


_SEARCHED_AGAIN = frozenset(["misattributed", "wrong-date"])
"""Reasons for which the claimed speaker's and date's own documents were searched as well."""


def _rests_on(finding: Finding) -> frozenset[str]:
    places = (*finding.evidence, *finding.nearest)
    shown = {id for place in places for id in (place.document.id, *place.also_at)}
    return frozenset(shown | ({finding.claim.document_id} if finding.claim.document_id else set()))


__all__ = ["Recheck", "Rechecked", "Why", "same_basis"]
