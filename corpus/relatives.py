"""What belongs to a document: nearly the same text under another id, the whole that it is taken from, other languages.

Texts are compared by their word triples, found through the index: a sample of a document's triples (those of the least
hash, so that every copy has the same ones) leads to documents that hold most of them, and those few are compared whole.
Languages are paired by what publishers themselves keep equal: the number of the page, its path, the id of a record, the
number in a ministry's register.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import numpy as np
from sqlalchemy import Connection

from corpus import index
from corpus.postings import Hashes, Numbers, gram_hashes
from corpus.text import words
from corpus.types import Document, PartialDate

Relation = Literal["also-at", "full-text", "original", "translation", "other-language"]

_SAMPLE = 32
_SAMPLED_WORDS = 3_000
"""Word triples that are looked up, out of a document's beginning; so many tell four fifths from a half."""

_CANDIDATE = 0.7
SAME = 0.8
HELD = 0.9
_LONG = 100
_NEAR_DAYS = 31
_FEWEST = 12
"""Share of the sample that makes a candidate; of all triples of both that makes them one text; of the shorter one's that makes
it a part of the other. Set on 1,500 documents of the shared corpus (docs/decisions/0011-relatives.md): forms that return every
year share up to 0.65. A text under a hundred triples must be of the same month, since short notices return word by word."""

REGISTERED_DAYS = 7
"""Between the pages of one register number in two languages: a translation may come some days later."""

_GROUP = 6
"""Documents of one address up to which they are versions of one page; more are records of one list."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Another document, and what it is to this one."""

    relation: Relation
    id: str
    title: str
    language: str
    date: PartialDate | None
    publisher: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What pairs a document with its twins: its id, language and address."""

    id: str
    language: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Owners:
    """Which document's passages begin at which number, in order; None for a version that is not current."""

    firsts: Numbers
    ids: tuple[str | None, ...]

    def often(self, passages: Sequence[Numbers], *, least: float) -> list[str]:
        """The documents that occur in so many of these lists of passages, most often first; of equals the first met."""
        places = [np.unique(np.searchsorted(self.firsts, numbers, side="right") - 1) for numbers in passages]
        met, first, times = np.unique(np.concatenate(places), return_index=True, return_counts=True)
        held = [
            (-count, at, self.ids[place]) for place, at, count in zip(met, first, times, strict=True) if count >= least
        ]
        return [id for _, _, id in sorted(held, key=lambda each: each[:2]) if id is not None]


Addresses = Mapping[str, tuple[Listing, ...]]


def by_text(
    document: Document, connection: Connection, owners: Owners, *, read: Callable[[str], Document], known: Sequence[str]
) -> Iterator[Relative]:  # fmt: skip
    """Documents with nearly the same text, or with all of this one's in a longer one; `known` ids are left out."""
    sample = _sample(document)
    if len(sample) < _FEWEST:
        return
    found = index.look_up(connection, 3, sample)
    mine: Hashes | None = None
    for id in owners.often(list(found.values()), least=_CANDIDATE * len(sample)):
        if id == document.id or id in known:
            continue
        mine = _triples(document) if mine is None else mine  # most documents have nothing to be compared with
        other = read(id)
        relation = _by_triples(mine, _triples(other), document.date, other.date)
        if relation is not None:
            yield relative(relation, other)


def _by_triples(mine: Hashes, theirs: Hashes, date: PartialDate | None, other: PartialDate | None) -> Relation | None:
    common = len(np.intersect1d(mine, theirs, assume_unique=True))
    if min(len(mine), len(theirs)) < _LONG and not _near(date, other):
        return None
    if common >= SAME * (len(mine) + len(theirs) - common):
        return "also-at"
    return "full-text" if len(theirs) > len(mine) and common >= HELD * len(mine) else None


def _near(date: PartialDate | None, other: PartialDate | None) -> bool:
    """True when two dates may be of one statement; a year or a month may mean any of its days."""
    if date is None or other is None:
        return True
    if date.day and other.day:
        return abs((date.to_date() - other.to_date()).days) <= _NEAR_DAYS
    return str(date).startswith(str(other)) or str(other).startswith(str(date))


def _triples(document: Document) -> Hashes:
    """Every word triple of a document that the index may hold: none runs over two turns."""
    parts = [gram_hashes(words(turn.span.of(document.text)).keys, 3) for turn in document.turns]
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.uint64)


def _sample(document: Document) -> list[int]:
    left = _SAMPLED_WORDS
    parts = []
    for turn in document.turns:
        keys = words(turn.span.of(document.text)[: 10 * left]).keys[:left]
        parts.append(gram_hashes(keys, 3))
        left -= len(keys)
        if left <= 0:
            break
    grams = np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.uint64)
    return [int(gram) for gram in grams[np.argsort(grams * _MIX)[:_SAMPLE]]]


_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Another order than the hashes' own, by which they lie in buckets: the least would all lie in the first ones."""


def addresses(listings: Sequence[Listing]) -> Addresses:
    """Which documents stand at one place in several languages."""
    groups: dict[str, list[Listing]] = defaultdict(list)
    for each in listings:
        for place in _places(each):
            groups[place].append(each)
    return {
        place: tuple(group)
        for place, group in groups.items()
        if len(group) <= _GROUP and len({each.language for each in group}) > 1
    }


def twins(document: Document, held: Addresses) -> tuple[Listing, ...]:
    """The documents of other languages at this one's places, each once."""
    found = [
        each
        for place in _places(Listing(document.id, document.language, document.url))
        for each in held.get(place, ())
        if each.language != document.language
    ]
    return tuple(dict.fromkeys(found))


def register_of(document: Document) -> str:
    """The number under which a ministry keeps a text in all its languages; empty where it has none."""
    return str(document.metadata.get("register") or "")


def by_language(document: Document, other: Document) -> Relative | None:
    """What a document in another language at the same place is to this one; None when it is of another day or number."""
    registers = {register_of(document), register_of(other)} - {""}
    if not _near(document.date, other.date) or len(registers) > 1:
        return None
    home = _home(document) or _home(other)
    ours, theirs = document.translation is not None, other.translation is not None
    if ours != theirs:
        return relative("original" if ours else "translation", other)
    if home in (document.language, other.language):
        return relative("original" if home == other.language else "translation", other)
    return relative("other-language", other)


_KREMLIN = re.compile(r"(?:^|\.)kremlin\.ru/(?:.*/)?(\d+)(?:/\w+)?/?$")
"""One number for the item in both languages, whatever list it is reached by."""


def _places(each: Listing) -> Iterator[str]:
    """An id and an address without their language."""
    marked = re.split(r"([-_/.:])", each.id)
    if each.language in marked:
        marked[marked.index(each.language)] = "*"
        yield "id " + "".join(marked)
    if not each.url:
        return
    parts = urlsplit(each.url)
    host = re.sub(rf"^(?:www\.|{re.escape(each.language)}\.)+", "", (parts.hostname or "").casefold())
    if number := _KREMLIN.search(f"{host}{parts.path}"):
        yield f"kremlin.ru {number[1]}"
        return
    path = "/".join(step for step in parts.path.rstrip("/").split("/") if step != each.language)
    if path or parts.query:
        yield f"at {host}{path}?{parts.query}"


_HOME_LANGUAGES = {
    "ru": "ru",
    "ua": "uk",
    "by": "ru",
    "fr": "fr",
    "de": "de",
    "cn": "zh",
    "ir": "fa",
    "tr": "tr",
    "pl": "pl",
}


def _home(document: Document) -> str | None:
    """The language in which a publisher writes first, by where its pages are."""
    host = urlsplit(document.url or "").hostname or ""
    return _HOME_LANGUAGES.get(host.rpartition(".")[2])


def relative(relation: Relation, other: Document) -> Relative:
    """Another document as a relative."""
    return Relative(relation, other.id, other.title, other.language, other.date, other.publisher, other.url)
