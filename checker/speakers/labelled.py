"""A corpus' speaker labels by the words of their names, so that not each of thousands is compared with a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from checker.speakers.names import folded_label, name_words, other_writings


def candidates(name: str, labels: Collection[str]) -> frozenset[str]:
    """The labels that may name the same one: they have a word of it, or are written the same. All others certainly do not."""
    held = _by_word(tuple(labels))
    return frozenset(label for word in _words(name) for label in held.get(word, ()))


def holding(word: str, labels: Collection[str]) -> frozenset[str]:
    """The labels that have a word of a name, folded as `name_words` folds it."""
    return frozenset(_by_word(tuple(labels)).get(word, ()))


@lru_cache(maxsize=8)
def _by_word(labels: tuple[str, ...]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        for word in set(_words(label)):
            found[word].append(label)
    return found


def _words(label: str) -> Iterator[str]:
    for writing in (label, *other_writings(label)):
        yield from name_words(writing)
    yield folded_label(label)
