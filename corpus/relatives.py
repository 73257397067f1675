"""What belongs to a document: nearly the same text under another id, the whole that it is taken from, other languages.

Texts are compared by their word triples, found through the index: a sample of a document's triples (those of the least
hash, so that every copy has the same ones) leads to documents that hold most of them, and those few are compared whole.
Languages are paired by what publishers themselves keep equal: the number of the page, its path, the id of a record, the
number in a ministry's register.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal
from urllib.parse import urlsplit

import numpy as np
from sqlalchemy import Connection

from corpus import index
from corpus.catalogue import Entry
from corpus.postings import Hashes, Numbers, gram_hashes
from corpus.text import first_keys, words
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
class Owner:
    """A document, and the numbers of its first and last passage."""

    id: str
    first: int
    last: int


Addresses = Mapping[str, tuple[Entry, ...]]


def by_text(
    document: Document,
    connection: Connection,
    *,
    own: Numbers,
    owners: Callable[[Sequence[int]], Sequence[Owner]],
    read: Callable[[str], Document],
    known: Sequence[str],
) -> Iterator[Relative]:
    """Documents with nearly the same text, or with all of this one's in a longer one; `known` ids are left out.

    `owners` says whose passages some numbers are; `own` are the document's, in a row.
    """
    sample = _sample(document)
    if len(sample) < _FEWEST:
        return
    found = list(index.look_up(connection, 3, sample).values())
    if len(own):
        found = [numbers[(numbers < own[0]) | (numbers > own[-1])] for numbers in found]
    mine: Hashes | None = None
    for id in _often(found, owners, least=math.ceil(_CANDIDATE * len(sample))):
        if id in known:
            continue
        mine = _triples(document) if mine is None else mine  # most documents have nothing to be compared with
        other = read(id)
        relation = _by_triples(mine, _triples(other), document.date, other.date)
        if relation is not None:
            yield relative(relation, other)


def _often(passages: Sequence[Numbers], owners: Callable[[Sequence[int]], Sequence[Owner]], *, least: int) -> list[str]:
    """The documents that occur in so many of these lists of passages, most often first; of equals the first met.

    Whoever is in so many of them is in one of the shortest, as long as fewer than so many are left: only those are asked for.
    """
    shortest = np.unique(np.concatenate(sorted(passages, key=len)[: len(passages) - least + 1]))
    asked = sorted(owners(shortest.tolist()), key=lambda each: each.first) if len(shortest) else []
    if not asked:
        return []
    numbers, lists = np.concatenate(passages), np.repeat(np.arange(len(passages)), [len(each) for each in passages])
    place = np.searchsorted([each.first for each in asked], numbers, side="right") - 1
    inside = (place >= 0) & (numbers <= np.array([each.last for each in asked])[place])
    held = np.zeros((len(asked), len(passages)), dtype=np.bool_)
    held[place[inside], lists[inside]] = True
    met = [(-row.sum(), row.argmax(), each.first, each.id) for row, each in zip(held, asked, strict=True)]
    return [id for fewer, _, _, id in sorted(met) if -fewer >= least]


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
        keys = first_keys(turn.span.of(document.text)[: 10 * left], left)
        parts.append(gram_hashes(keys, 3))
        left -= len(keys)
        if left <= 0:
            break
    grams = np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.uint64)
    return [int(gram) for gram in grams[np.argsort(grams * _MIX)[:_SAMPLE]]]


_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Another order than the hashes' own, by which they lie in buckets: the least would all lie in the first ones."""


def addresses(entries: Iterable[Entry]) -> Addresses:
    """Which documents stand at one place in several languages."""
    by_language: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        by_language[each.language].append(each)
    # Places of a corpus' commonest language are most of the work; only those where another language is can matter.
    most, *others = sorted(by_language.values(), key=len, reverse=True) or [[]]
    groups: dict[str, list[Entry]] = defaultdict(list)
    for each in chain.from_iterable(others):
        for place in _places(each.document_id, each.language, each.url):
            groups[place].append(each)
    for each in most if groups else ():
        for place in _places(each.document_id, each.language, each.url):
            if place in groups:
                groups[place].append(each)
    return {
        place: tuple(sorted(group, key=lambda each: each.document_id))
        for place, group in groups.items()
        if len(group) <= _GROUP and len({each.language for each in group}) > 1
    }


def twins(document: Document, held: Addresses) -> tuple[str, ...]:
    """The documents of other languages at this one's places, each once."""
    found = [
        each.document_id
        for place in _places(document.id, document.language, document.url)
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


_SEPARATORS = re.compile(r"([-_/.:])")


def _places(id: str, language: str, url: str | None) -> Iterator[str]:
    """An id and an address without their language."""
    if language in id:
        marked = _SEPARATORS.split(id)
        if language in marked:
            marked[marked.index(language)] = "*"
            yield "id " + "".join(marked)
    if not url:
        return
    parts = urlsplit(url)
    host = _site(parts.hostname or "", language)
    if host.endswith("kremlin.ru") and (number := _KREMLIN.search(f"{host}{parts.path}")):
        yield f"kremlin.ru {number[1]}"
        return
    path = "/".join(step for step in parts.path.rstrip("/").split("/") if step != language)
    if path or parts.query:
        yield f"at {host}{path}?{parts.query}"


@lru_cache(maxsize=1024)
def _site(host: str, language: str) -> str:
    """A host without what only says that it is a site, or in which language."""
    return re.sub(rf"^(?:www\.|{re.escape(language)}\.)+", "", host.casefold())


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
