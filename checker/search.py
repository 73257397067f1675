"""One search of a corpus for one claim: the places at which its words stand, or what they mean, compared with it.

What is looked for stays the same from one step to the next, so that the steps are methods of what holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from checker.align import align
from checker.changed import reads_otherwise, with_changes
from checker.compare import compare
from checker.dateline import later
from checker.decide import VERIFIED
from checker.features.translation import language_of
from checker.information import weigh
from checker.meaning import by_wording, likeliest, passages_of, read_meaning, unless_exchanged
from checker.query import between, build_query
from checker.searched import encoders_of, readers_of, register_of
from checker.settings import Settings
from checker.speakers import Register
from checker.statements import gather
from checker.tongue import worded
from checker.types import Claim, Evidence, Information, Quotation, Statement, Warning
from corpus.collections import Searchable
from corpus.types import Candidate, Query

_OF_TIME = frozenset(["wrong-date", "misattributed"])
"""What a place of the claimed date could lift."""


@dataclass(frozen=True, slots=True)
class Search:
    """A claim with the quotation that was read in it, and what it is looked for in and with."""

    claim: Claim
    quotation: Quotation
    query: Query
    corpus: Searchable
    information: Information
    register: Register
    settings: Settings

    @classmethod
    def of(cls, claim: Claim, quotation: Quotation, corpus: Searchable, settings: Settings) -> Self:
        """What a claim asks of a corpus."""
        return cls(
            claim, quotation, build_query(claim, quotation), corpus,
            weigh(quotation, corpus), register_of(corpus, settings), settings,
        )  # fmt: skip

    def by_words(self) -> list[Evidence]:
        """The places that share most of the wording, and those of the claimed speaker and time where others' came first.

        Words that many say fill every place of a ranking, and who is asked for may be the next.
        """
        evidence = self._weighed(self._retrieved(self.query))
        found = [place for place in evidence if place.supports in VERIFIED]
        if not found or any(not place.objections for place in found):
            return evidence
        known = {(place.held_as, place.turn.number) for place in evidence}
        for narrower in self._narrowed({objection for place in found for objection in place.objections}):
            places = self._weighed(self._retrieved(narrower))
            evidence += [place for place in places if (place.held_as, place.turn.number) not in known]
        return evidence

    def _narrowed(self, objections: set[str]) -> list[Query]:
        """The query again, among what the claimed speaker said, and among what was said at the claimed time."""
        claim, narrower = self.claim, []
        if claim.speaker and "misattributed" in objections:
            labels = self.register.labels(claim.speaker, [each.label for each in self.corpus.speaker_labels()])
            narrower.append(replace(self.query, labels=labels, publishers=self.register.publishers(claim.speaker)))
        if objections & _OF_TIME:
            narrower.append(replace(self.query, between=between(claim)))
        return narrower

    def by_meaning(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """What the wording left open, read for its meaning: passages found by it too, each read beside the claim."""
        claim, settings = self.claim, self.settings
        readers = readers_of(self.corpus, settings)
        if readers.judge is None and readers.multilingual is None:
            return list(evidence)
        wider = replace(self.query, loose=True, meaning=True, between=between(claim))
        candidates = self.corpus.retrieve(wider, limit=settings.candidates, encoders=encoders_of(settings))
        found = passages_of(candidates, self.corpus, limit=settings.considered)
        in_time = (each for each in found if not self._too_late(each))
        passages = likeliest(claim, in_time, register=self.register, limit=settings.read)
        read = read_meaning(
            claim, self.quotation, passages, readers,
            information=self.information, register=self.register, thresholds=settings.thresholds,
        )  # fmt: skip
        read = unless_exchanged(read, evidence, claim=claim, thresholds=settings.thresholds)
        return [*(place for place in evidence if not readers.judges(language_of(claim)) or by_wording(place)), *read]

    def in_earlier_versions(self) -> list[Evidence]:
        """The places where an earlier version had the very words and the current one has not, the latest version first."""
        candidates = self.corpus.retrieve_earlier(self.query, limit=self.settings.candidates)
        had = [with_changes(place, self.corpus) for place in _clean(self._weighed(candidates))]
        return sorted(filter(reads_otherwise, had), key=lambda place: (-place.version.number, place.document.id))

    def in_later_documents(self) -> list[Evidence]:
        """The place where the very words stand in what came after the article; it supports nothing, but shows a date that was read wrongly."""
        if self.claim.article_date is None:
            return []
        says = worded("These words stand here, in a document that is later than the article.")
        found = _clean(self._weighed(self._retrieved(self.query), later_ones=True))[:1]
        return [replace(each, supports=None, warnings=(*each.warnings, Warning("later", says))) for each in found]

    def _retrieved(self, query: Query) -> tuple[Candidate, ...]:
        return self.corpus.retrieve(query, limit=self.settings.candidates)

    def _weighed(self, candidates: Sequence[Candidate], *, later_ones: bool = False) -> list[Evidence]:
        """Each statement aligned and compared, most likely first; once the words are found, only their equals matter.

        Nobody quotes what has not been said yet: what came later than the article is left out, or is alone looked at.
        """
        claim, settings = self.claim, self.settings
        evidence: list[Evidence] = []
        enough = 0.0

        def least() -> float:
            return enough

        for statement in gather(candidates, self.quotation, self.corpus, limit=settings.statements, least=least):
            if self._too_late(statement) != later_ones:
                continue
            within = statement.within
            alignments = align(self.quotation, statement.document.text, within=within, profile=settings.profile)
            place = compare(
                claim, self.quotation, statement, alignments,
                information=self.information, register=self.register, thresholds=settings.thresholds,
            )  # fmt: skip
            evidence.append(place)
            if place.supports in VERIFIED and not place.objections:
                enough = settings.thresholds.equal * statement.score
        return evidence

    def _too_late(self, statement: Statement) -> bool:
        return self.claim.article_date is not None and later(statement.document.date, self.claim.article_date)


def _clean(places: Sequence[Evidence]) -> list[Evidence]:
    return [place for place in places if place.supports in VERIFIED and not place.objections]
