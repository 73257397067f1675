"""Which documents are looked at: of every corpus file and language, by turns."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from benchmarks.seeded.documents import Document, read_documents

LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Sample:
    """Documents of one language in mixed order, and ids that stand for more than one text."""

    documents: dict[str, list[Document]]
    repeated: frozenset[str]


def all_documents(paths: Iterable[Path]) -> Iterator[Document]:
    """Every document of every file."""
    return chain.from_iterable(read_documents(path) for path in paths)


def sample_documents(paths: list[Path], rng: random.Random, *, most: int) -> Sample:
    """At most so many documents of a group, each with the same chance."""
    groups: dict[str, list[Document]] = defaultdict(list)
    seen, ids = Counter[str](), Counter[str]()
    for document in all_documents(paths):
        ids[document.id] += 1
        if document.language not in LANGUAGES or not document.supports_verified or not document.statements:
            continue
        seen[document.group] += 1
        if len(groups[document.group]) < most:
            groups[document.group].append(document)
        elif (place := rng.randrange(seen[document.group])) < most:
            groups[document.group][place] = document
    repeated = frozenset(name for name, times in ids.items() if times > 1)
    return Sample({language: by_turns(groups, language, repeated, rng) for language in LANGUAGES}, repeated)


def by_turns(
    groups: dict[str, list[Document]], language: str, repeated: frozenset[str], rng: random.Random
) -> list[Document]:
    """One document of each group, then the next of each."""
    shuffled = []
    for _, documents in sorted(groups.items()):
        fitting = [document for document in documents if document.language == language and document.id not in repeated]
        shuffled.append(rng.sample(fitting, len(fitting)))
    return [document for row in zip_longest(*shuffled) for document in row if document]
