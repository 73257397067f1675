"""Everyone and everything that can be named as a speaker, and how a turn's words bear on who is claimed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.lexicon import stem
from checker.speakers.delegations import delegates, without_state
from checker.speakers.labelled import candidates
from checker.speakers.names import folded_label, name_words, plain_name, same_name, surname_of, title_of
from corpus.read.turns import is_reporter
from corpus.text import FUNCTION_WORDS, words
from corpus.types import Document, PartialDate, Turn

Bearing = Literal["same", "reported", "other", "unknown"]
"""`same`: the claimed speaker's own words; `reported`: words of an office about its principal."""

_OPENING = 4000
"""A read-out names its principal in its first so many code points."""

_LIFETIME = 20
"""Years before the first and after the last time that the corpus hears somebody by full name in which a bare
surname may still be that person: Mr Kennedy of 2009 is not the president of 1961. Long on purpose: it only tells
generations apart."""


_OFFICES = {"президент": "president", "президента": "president", "министр": "minister", "міністр": "minister"}
"""Titles of the register in the other languages of its pages."""

_AUTHOR = re.compile(r"\bby ((?:[A-Z]\S+ ){1,5}[A-Z][^\s,:;(]+)")
"""Whose words a page without labels gives, by its title ("An open letter by Ilse Corvane")."""

_HEADS = frozenset(("head of state", "leader", "ukrainian leader", "russian leader", "supreme commander in chief"))
"""By which other words a page speaks of its principal."""


@dataclass(frozen=True, slots=True)
class Term:
    """Who held which office of an institution, from when to when."""

    person: str
    institution: str
    title: str
    first: PartialDate
    last: PartialDate | None

    def covers(self, date: PartialDate | None) -> bool:
        """True when the office was held on that date; without a date, when it is held still."""
        if date is None:
            return self.last is None
        day = (date.year, date.month or 7, date.day or 1)
        first = (self.first.year, self.first.month or 1, self.first.day or 1)
        last = (self.last.year, self.last.month or 12, self.last.day or 31) if self.last else (9999, 1, 1)
        return first <= day <= last


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution: under which publishers' names its documents stand, and for which state it speaks."""

    id: str
    publishers: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A person as the corpus' own labels name them: the fullest name, and the years in which they speak there."""

    name: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Register:
    """Everyone and everything that can be named as a speaker.

    `names` leads from a folded name or alias to an id, `people` from a person's id to the full name. `heard`
    is who speaks in the corpus, by surname (see `people.filled`).
    """

    names: Mapping[str, str]
    people: Mapping[str, str]
    institutions: Mapping[str, Institution]
    terms: tuple[Term, ...]
    heard: Mapping[str, tuple[Heard, ...]] = field(default_factory=dict)

    def identify(self, name: str) -> str | None:
        """The register's id for a name, or None when it is not in the register."""
        return self.names.get(folded_label(name)) or self.names.get(" ".join(name_words(name)))

    def bearing(self, claimed: str, document: Document, turn: Turn) -> Bearing:
        """How the words of a turn relate to the speaker that is claimed.

        A reporter's question is nobody else's words; narration is the publisher's, and reports its
        principal only where the page has no turns of its own (a read-out, a greeting).
        """
        claimed = without_state(claimed, document)
        wanted = self.identify(claimed) or self._in_office(claimed, document.date)
        label = turn.speaker
        if turn.kind != "question" and (label or document.speakers) and delegates(claimed, document):
            return "same"
        if label:
            if self._labels(claimed, wanted, label, document):
                return "same"
            nameless = not name_words(label) and self._titled(label, document) is None
            # Stored turns of before hosts were known are no questions.
            return "unknown" if nameless and turn.kind != "question" and not is_reporter(label) else "other"
        if turn.kind == "speech" and document.speakers:
            return "same" if any(self._labels(claimed, wanted, s, document) for s in document.speakers) else "other"
        return self._published(claimed, wanted, document)

    def _labels(self, claimed: str, wanted: str | None, label: str, document: Document) -> bool:
        """True when a speaker's label names the one claimed, or somebody who speaks for the one claimed."""
        found = self.identify(label) or self._titled(label, document)
        if wanted and found:
            return wanted == found or self._speaks_for(wanted, found, document.date)
        if found is not None and found in self.people:
            return same_name(claimed, self.people[found])
        return same_name(claimed, label) and not self._of_another_time(claimed, label, document.date)

    def _in_office(self, claimed: str, date: PartialDate | None) -> str | None:
        """Who held an office that is claimed instead of a name ("the President of Russia", "the Ukrainian President")."""
        read = words(claimed)
        named = [place for place, key in enumerate(read.keys) if key not in FUNCTION_WORDS]
        found = [read.keys[place] for place in named]
        written = [re.sub("['’]s$", "", read.span(place).of(claimed)) for place in named]
        for term in self.terms:
            title = term.title.split()
            at = next(
                (
                    n
                    for n in range(len(found))
                    if [_OFFICES.get(each, each) for each in found[n : n + len(title)]] == title
                ),
                None,
            )
            if at is None or not term.covers(date):
                continue
            rest = " ".join([*written[:at], *written[at + len(title) :]])
            institution = self.institutions[term.institution]
            if rest and self.identify(rest) in (institution.id, institution.state):
                return term.person
        return None

    def _titled(self, label: str, document: Document) -> str | None:
        """Who is meant by a bare office or surname ("THE PRESIDENT", "MR. GIBBS") in a document of that person's institution."""
        institution = self.publisher(document)
        if institution is None:
            return None
        surname = name_words(label)
        for term in self.terms:
            if term.institution == institution.id and term.covers(document.date):
                if surname == (surname_of(self.people[term.person]),):
                    return term.person
                if not surname and term.title == title_of(label):
                    return term.person
        return None

    def heads(self, office: str, document: Document) -> bool | None:
        """Whether an office without a name is the one over the document's publisher; None for a publisher not listed here."""
        institution = self.publisher(document)
        titles = {term.title for term in self.terms if institution and term.institution == institution.id}
        read = title_of(office)
        if not titles:
            return None
        holder = self._in_office(office, document.date)
        mine = {term.person for term in self.terms if institution and term.institution == institution.id}
        return read in _HEADS or read in titles or holder in mine

    def publisher(self, document: Document) -> Institution | None:
        """The institution whose site a document comes from."""
        folded = folded_label(document.publisher)
        matches = [i for i in self.institutions.values() if any(name in folded for name in i.publishers)]
        return matches[0] if matches else None

    def _published(self, claimed: str, wanted: str | None, document: Document) -> Bearing:
        institution = self.publisher(document)
        if institution and wanted in (institution.id, institution.state):
            return "same"
        author = _AUTHOR.search(document.title)
        if author and same_name(claimed, author[1]):
            return "same"
        if _named_as(claimed, document.publisher):
            return "same"
        own_page = not any(turn.speaker for turn in document.turns)
        if institution is None:
            return _unlisted(claimed, document, own_page)
        principal = any(
            term.person == wanted and term.institution == institution.id and term.covers(document.date)
            for term in self.terms
        )
        return "reported" if own_page and principal else "other"

    def _speaks_for(self, wanted: str, found: str, date: PartialDate | None) -> bool:
        """True when an institution or a state is claimed, and who speaks is one of its institutions or holds an office there."""
        institution = self.institutions.get(found)
        if institution is not None:
            return institution.state == wanted
        return any(
            term.person == found and term.covers(date)
            and wanted in (term.institution, self.institutions[term.institution].state)
            for term in self.terms
        )  # fmt: skip

    def _of_another_time(self, claimed: str, label: str, date: PartialDate | None) -> bool:
        """True when a label gives no more than a surname, long before or after the corpus hears the one claimed."""
        if date is None or len(name_words(claimed)) < 2 or len(name_words(label)) > 1:
            return False
        years = [
            (each.first, each.last)
            for each in self.heard.get(surname_of(claimed), ())
            if same_name(claimed, each.name) and each.first and each.last
        ]
        return bool(years) and not any(first - _LIFETIME <= date.year <= last + _LIFETIME for first, last in years)

    def namesakes(self, claimed: str) -> tuple[str, ...]:
        """The different people of the corpus whom a bare surname may mean; empty when a given name tells."""
        if self.identify(claimed) or len(name_words(claimed)) != 1:
            return ()
        found: list[str] = []
        for each in self.heard.get(surname_of(claimed), ()):
            if not any(same_name(each.name, other) for other in found):
                found.append(each.name)
        return tuple(found) if len(found) > 1 else ()

    def only_surname(self, claimed: str, document: Document, turn: Turn) -> bool:
        """True when the claim gives a full name and the source no more than a surname that no office explains."""
        label = turn.speaker
        if len(name_words(claimed)) < 2 or len(name_words(label)) != 1:
            return False
        return self.identify(label) is None and self._titled(label, document) is None

    def own_words(self, claimed: str) -> frozenset[str]:
        """Folded words by which the one claimed, and the state spoken for, may be named in reported speech."""
        wanted = self.identify(claimed)
        ids = {term.institution for term in self.terms if term.person == wanted} | ({wanted} if wanted else set())
        ids |= {self.institutions[id].state for id in ids if id in self.institutions}
        named = " ".join([claimed, *(alias for alias, id in self.names.items() if id in ids)])
        return frozenset(words(named).keys)

    def labels(self, claimed: str, labels: Collection[str]) -> frozenset[str]:
        """Those of a corpus' speaker labels that name the one claimed, whatever the document."""
        wanted = self.identify(claimed)
        identified = {label for label in labels if self.identify(label) == wanted} if wanted else set()
        return frozenset(identified | {label for label in candidates(claimed, labels) if same_name(claimed, label)})

    def publishers(self, claimed: str) -> tuple[str, ...]:
        """Parts of publishers' names under which the one claimed is published, folded."""
        wanted = self.identify(claimed)
        if wanted is None:
            return ()
        owners = {term.institution for term in self.terms if term.person == wanted} | {wanted}
        return tuple(
            name
            for institution in self.institutions.values()
            if institution.id in owners or institution.state == wanted
            for name in institution.publishers
        )

    def in_office(self, claimed: str) -> tuple[tuple[tuple[str, ...], PartialDate, PartialDate], ...]:
        """When a person may be speaking in what an institution publishes: parts of its publishers' names, first and last day."""
        wanted = self.identify(claimed)
        return tuple(
            (self.institutions[term.institution].publishers, term.first, term.last or _STILL)
            for term in self.terms
            if term.person == wanted
        )


_STILL = PartialDate(9999, 12, 31)
"""The last day of a term that goes on."""


def _named_as(claimed: str, publisher: str) -> bool:
    """True when the claim names the publisher itself, by words of its name."""
    wanted = {stem(key) for key in words(claimed).keys if key not in FUNCTION_WORDS}
    return bool(wanted) and wanted <= {stem(key) for key in words(publisher).keys}


def _unlisted(claimed: str, document: Document, own_page: bool) -> Bearing:
    """The same for a publisher that the register does not list: by whom its page names."""
    names = name_words(claimed)
    about = words(f"{document.title} {document.text[:_OPENING]}").keys if own_page and names else ()
    return "reported" if any(plain_name(key.removesuffix("'s")) == names[-1] for key in about) else "other"


__all__ = ["Bearing", "Heard", "Institution", "Register", "Term"]
