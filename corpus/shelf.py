"""The documents of a corpus as somebody looks through them: one line each, and what they can be narrowed by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from corpus.types import Span

FacetName = Literal["publisher", "speaker", "language", "kind", "year"]
FACETS: tuple[FacetName, ...] = ("publisher", "speaker", "language", "kind", "year")


@dataclass(frozen=True, slots=True)
class Shelved:
    """One document, as far as it is told before it is opened."""

    id: str
    title: str
    publisher: str
    date: str | None
    language: str
    kind: str
    speakers: tuple[str, ...]

    def values(self, facet: FacetName) -> tuple[str, ...]:
        """Under which values of a facet it stands.

        >>> Shelved("a", "A", "Office", "2031-05-04", "en", "speech", ()).values("year")
        ('2031',)
        """
        if facet == "speaker":
            return self.speakers
        if facet == "year":
            return (self.date[:4],) if self.date else ()
        return (getattr(self, facet),)


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that documents can be narrowed to, and how many have it."""

    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A document in which something was found, and the passage that has most of it."""

    document_id: str
    span: Span
    version: int


def narrowed(shelf: Iterable[Shelved], wanted: Mapping[FacetName, str]) -> Iterator[Shelved]:
    """The documents that have all the wanted values; an empty one narrows nothing."""
    asked = [(facet, value) for facet, value in wanted.items() if value]
    return (each for each in shelf if all(value in each.values(facet) for facet, value in asked))


def facets(shelf: Sequence[Shelved], *, most: int = 12) -> Mapping[FacetName, tuple[Facet, ...]]:
    """What documents can be narrowed by, the commonest values first; years the latest first."""
    found: dict[FacetName, tuple[Facet, ...]] = {}
    for facet in FACETS:
        counted = Counter(value for each in shelf for value in each.values(facet))
        ranked = sorted(counted.items(), key=lambda item: item[0], reverse=facet == "year")
        if facet != "year":
            ranked.sort(key=lambda item: -item[1])
        found[facet] = tuple(Facet(*item) for item in ranked[:most])
    return MappingProxyType(found)
