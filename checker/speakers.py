"""The speaker register: whether the one who is said to have spoken is the one whose turn it is.

Names are compared by their words (surname, and given name or initial where both sides have one),
across scripts by a plain transliteration; offices and institutions by the table in `speakers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from checker.lexicon import stem
from corpus.text import FUNCTION_WORDS, key, words
from corpus.types import Document, PartialDate, Turn

Bearing = Literal["same", "reported", "other", "unknown"]
"""`same`: the claimed speaker's own words; `reported`: words of an office about its principal."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ROLE = re.compile(r"\(.*?\)|\bH\. ?E\.|\bas translated\b|\bretranslated\b|\bкак переведено\b", re.IGNORECASE)
_TITLES = frozenset(
    """
    mr mrs ms miss dr sir lord lady dame madam president prime minister foreign secretary state senator
    representative general admiral colonel ambassador chancellor king queen prince deputy vice first chairman
    chairwoman chief executive spokesman spokeswoman spokesperson press of the and us russian russia american his
    her excellency h e hon honourable secretary-general director governor mayor speaker undersecretary acting
    former republic federation people's ukraine ukrainian israeli israel united states президент министр премьер
    председатель господин госпожа глава россии российской федерации ceo chair head founder owner board manager
    academician patriarch archbishop metropolitan captain major lieutenant professor coach editor commander judge
    rapporteur dean rector worker student engineer moderator anchor presenter correspondent journalist
    commissioner delegate delegation permanent attorney treasurer fleet black sea northern defence health energy
    finance economic transport industry trade
    """.split()
)
_ROLES = frozenset(
    """
    spokesman spokeswoman spokesperson aide aides lawyer lawyers adviser advisor advisers office wife husband ally allies
    son daughter brother sister campaign team staff deputy representative assistant
    """.split()
)
_GENERATIONS = frozenset("ir jr sr ii iii iv".split())
_SHORT_FORMS = {
    "bill": "william", "will": "william", "joe": "joseph", "dick": "richard", "rick": "richard", "bob": "robert",
    "rob": "robert", "jim": "james", "jimmy": "james", "tom": "thomas", "mike": "michael", "tony": "antony",
    "jon": "jonathan", "dan": "daniel", "dave": "david", "ben": "benjamin", "ted": "edward", "chris": "christopher",
}  # fmt: skip
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "zh", "з": "z", "и": "i",
        "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "yu", "я": "ya", "'": "",
    }
)  # fmt: skip


_OPENING = 4000
"""A read-out names its principal in its first so many code points."""


@dataclass(frozen=True, slots=True)
class _Term:
    person: str
    institution: str
    title: str
    first: PartialDate
    last: PartialDate | None


@dataclass(frozen=True, slots=True)
class _Institution:
    id: str
    publishers: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Register:
    """Everyone and everything that can be named as a speaker."""

    names: dict[str, str]
    institutions: dict[str, _Institution]
    terms: tuple[_Term, ...]

    def identify(self, name: str) -> str | None:
        """The register's id for a name, or None when it is not in the register."""
        return self.names.get(_folded(name)) or self.names.get(" ".join(name_words(name)))

    def bearing(self, claimed: str, document: Document, turn: Turn) -> Bearing:
        """How the words of a turn relate to the speaker that is claimed.

        A reporter's question is nobody else's words; narration is the publisher's, and reports its
        principal only where the page has no turns of its own (a read-out, a greeting).
        """
        wanted = self.identify(claimed)
        label = turn.speaker
        if label:
            if self._labels(claimed, wanted, label, document):
                return "same"
            nameless = not name_words(label) and self._titled(label, document) is None
            return "unknown" if nameless and turn.kind != "question" else "other"
        if turn.kind == "speech" and document.speakers:
            return "same" if any(self._labels(claimed, wanted, s, document) for s in document.speakers) else "other"
        return self._published(claimed, wanted, document)

    def _labels(self, claimed: str, wanted: str | None, label: str, document: Document) -> bool:
        """True when a speaker's label names the one claimed."""
        found = self.identify(label)
        if wanted and found:
            return wanted == found or self._speaks_for(wanted, found)
        if found is None and self._titled(label, document) == wanted is not None:
            return True
        return same_name(claimed, label)

    def _titled(self, label: str, document: Document) -> str | None:
        """Who is meant by a bare office ("THE PRESIDENT") in a document of its own institution."""
        office = " ".join(_WORD.findall(label.casefold())).removeprefix("the ")
        institution = self.publisher(document)
        return self._holder(institution.id, office, document.date) if institution else None

    def _holder(self, institution: str, title: str, date: PartialDate | None) -> str | None:
        for term in self.terms:
            if term.institution == institution and term.title == title and _within(date, term):
                return term.person
        return None

    def publisher(self, document: Document) -> _Institution | None:
        """The institution whose site a document comes from."""
        folded = _folded(document.publisher)
        matches = [i for i in self.institutions.values() if any(name in folded for name in i.publishers)]
        return matches[0] if matches else None

    def _published(self, claimed: str, wanted: str | None, document: Document) -> Bearing:
        institution = self.publisher(document)
        if institution and wanted in (institution.id, institution.state):
            return "same"
        own_page = not any(turn.speaker for turn in document.turns)
        if institution is None:
            return _unlisted(claimed, document, own_page)
        principal = any(
            term.person == wanted and term.institution == institution.id and _within(document.date, term)
            for term in self.terms
        )
        return "reported" if own_page and principal else "other"

    def _speaks_for(self, wanted: str, found: str) -> bool:
        """True when a state is claimed and one of its institutions speaks."""
        institution = self.institutions.get(found)
        return institution is not None and institution.state == wanted

    def own_words(self, claimed: str) -> frozenset[str]:
        """Folded words by which the one claimed, and the state spoken for, may be named in reported speech."""
        wanted = self.identify(claimed)
        ids = {wanted} | {term.institution for term in self.terms if term.person == wanted}
        ids |= {self.institutions[id].state for id in ids if id in self.institutions}
        named = " ".join([claimed, *(alias for alias, id in self.names.items() if id in ids)])
        return frozenset(words(named).keys)

    def labels(self, claimed: str, labels: Collection[str]) -> frozenset[str]:
        """Those of a corpus' speaker labels that name the one claimed, whatever the document."""
        wanted = self.identify(claimed)
        return frozenset(
            label for label in labels if (wanted and self.identify(label) == wanted) or same_name(claimed, label)
        )

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


def _unlisted(claimed: str, document: Document, own_page: bool) -> Bearing:
    """The same for a publisher that the register does not list: by the words of its name, and by whom its page names."""
    wanted = set(words(claimed).keys) - FUNCTION_WORDS
    if wanted and {stem(key) for key in wanted} <= {stem(key) for key in words(document.publisher).keys}:
        return "same"
    names = name_words(claimed)
    about = words(f"{document.title} {document.text[:_OPENING]}").keys if own_page and names else ()
    return "reported" if any(_plain(key.removesuffix("'s")) == names[-1] for key in about) else "other"


def _within(date: PartialDate | None, term: _Term) -> bool:
    if date is None:
        return term.last is None
    day = (date.year, date.month or 7, date.day or 1)
    first = (term.first.year, term.first.month or 1, term.first.day or 1)
    last = (term.last.year, term.last.month or 12, term.last.day or 31) if term.last else (9999, 1, 1)
    return first <= day <= last


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name.casefold().replace("’", "'")).strip().removeprefix("the ")


@lru_cache(maxsize=1 << 16)
def name_words(label: str) -> tuple[str, ...]:
    """The words of a label that are a person's name, transliterated and folded, titles left out.

    A label that ends in a role ("the President's spokesman") names nobody.

    >>> name_words("President of Russia Vladimir Putin"), name_words("В.Путин"), name_words("MR. GIBBS")
    (('vladimir', 'putin'), ('v', 'putin'), ('gibbs',))
    """
    plain = _ROLE.sub(" ", label)
    found = [key(word).replace("'s", "") for word in _WORD.findall(plain)]
    if found and found[-1] in _ROLES and len(found) > 1:
        return ()
    return tuple(_plain(word) for word in found if word not in _TITLES)


@lru_cache(maxsize=1 << 18)
def _plain(word: str) -> str:
    """One spelling for the commonest transliterations of one name; an initial stays itself."""
    latin = word.translate(_CYRILLIC)
    if len(latin) == 1:
        return latin
    latin = latin.replace("y", "i").replace("j", "i").replace("ks", "x")
    return re.sub(r"i+", "i", latin)


def same_name(first: str, second: str) -> bool:
    """True when two labels can be one person's: the same surname, and given names that agree in order.

    >>> same_name("Vladimir Putin", "В.Путин"), same_name("George H. W. Bush", "George W. Bush")
    (True, False)
    """
    ours, theirs = name_words(first), name_words(second)
    if not ours or not theirs:
        return bool(_folded(first)) and _folded(first) == _folded(second)
    if set(ours) & _GENERATIONS != set(theirs) & _GENERATIONS:
        return False
    ours, theirs = (tuple(word for word in name if word not in _GENERATIONS) for name in (ours, theirs))
    if not ours or not theirs:
        return False
    if ours[-1] != theirs[-1]:
        return len(ours) == len(theirs) == 2 and ours == theirs[::-1]  # family name first
    return _given_agree(ours[:-1], theirs[:-1]) or _behind_office(ours[:-1], theirs[:-1], first, second)


def _given_agree(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Given names in order, each equal, short for the other, or its initial; missing ones at the end do not count."""
    return all(_one_given(mine, other) for mine, other in zip(ours, theirs, strict=False))


def _one_given(mine: str, other: str) -> bool:
    if mine == other or _long_form(mine) == _long_form(other):
        return True
    return min(len(mine), len(other)) == 1 and _initial(mine) == _initial(other)


@lru_cache(maxsize=1024)
def _long_form(given: str) -> str:
    return next((_plain(full) for short, full in _SHORT_FORMS.items() if _plain(short) == given), given)


def _initial(word: str) -> str:
    """The first letter, J and Y folded as names fold them."""
    return _plain(word[0] * 2)[0] if len(word) == 1 else word[0]


def _behind_office(ours: tuple[str, ...], theirs: tuple[str, ...], first: str, second: str) -> bool:
    """True when the longer label only has an office before the same name ("President of Turkey Recep …")."""
    shorter, longer = sorted((ours, theirs), key=len)
    label = first if len(ours) > len(theirs) else second
    titled = any(key(word) in _TITLES for word in _WORD.findall(label))
    return titled and bool(shorter) and _given_agree(shorter, longer[len(longer) - len(shorter) :])


@cache
def load_register() -> Register:
    """The register that comes with the program; read once."""
    table = tomllib.loads(resources.files("checker").joinpath("speakers.toml").read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for entry in [*table["person"], *table["institution"], *table["state"]]:
        for alias in [entry["name"], *entry["aliases"]]:
            names[_folded(alias)] = entry["id"]
    for entry in table["person"]:
        for alias in [entry["name"], *entry["aliases"]]:
            names.setdefault(" ".join(name_words(alias)), entry["id"])
    institutions = {
        entry["id"]: _Institution(entry["id"], tuple(entry["publishers"]), entry["state"])
        for entry in table["institution"]
    }
    terms = tuple(
        _Term(
            term["person"], term["institution"], term["title"], PartialDate.parse(term["first"]),
            PartialDate.parse(term["last"]) if "last" in term else None,
        )
        for term in table["term"]
    )  # fmt: skip
    return Register(names, institutions, terms)
