"""A corpus' speaker labels by the words of their names, so that not each of thousands is compared with a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from checker.speakers.names import folded_label, name_words, other_writings


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labels by each word of their names, and by what they are as a whole."""

    by_word: Mapping[str, frozenset[str]]

    def like(self, name: str) -> frozenset[str]:
        """Every label that could be the same name: it has a word of it, or is written the same."""
        return frozenset(label for word in _words(name) for label in self.by_word.get(word, ()))


@lru_cache(maxsize=8)
def labelled(labels: tuple[str, ...]) -> Labelled:
    """The labels, ready to be asked."""
    found: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        for word in _words(label):
            found[word].add(label)
    return Labelled({word: frozenset(held) for word, held in found.items()})


def _words(label: str) -> Iterator[str]:
    for writing in (label, *other_writings(label)):
        yield from name_words(writing)
    yield folded_label(label)


def candidates(name: str, labels: Collection[str]) -> frozenset[str]:
    """The labels that may name the same one; all others certainly do not."""
    return labelled(tuple(labels)).like(name)
