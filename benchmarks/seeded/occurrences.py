"""Where words stand in all the corpora: first by three words in a row, then by all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.seeded.documents import Document
from benchmarks.seeded.wording import folded


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A document in which the words stand, how often, and the labels of those who say them."""

    document: str
    times: int
    labels: tuple[str, ...]


def voices(document: Document) -> Iterator[tuple[str, str]]:
    """(label, text) of all that is searched: a joined text of several labels counts for each of them."""
    everybody = " / ".join((*document.speakers, document.publisher))
    yield "", document.summary
    yield everybody, document.title
    for turn in document.turns:
        yield turn.speaker, turn.text
    if not document.turns:
        yield everybody, document.text


def occurrences(documents: Iterable[Document], texts: Iterable[str]) -> dict[str, list[Occurrence]]:
    """For each text, by its folded words, the documents in which it stands."""
    index: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for text in {folded(text) for text in texts}:
        words = text.split()
        if len(words) < 3:
            raise ValueError(f"too few words to look for: {text!r}")
        index[max(zip(words, words[1:], words[2:], strict=False), key=lambda triple: len("".join(triple)))].add(text)
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for document in documents:
        for text, occurrence in in_document(document, index):
            found[text].append(occurrence)
    return found


def times_in(words: str, text: str) -> int:
    """How often the text stands in the words; two occurrences may share a space."""
    return len(re.findall(f"(?<= ){re.escape(text)}(?= )", words)) if f" {text} " in words else 0


def in_document(document: Document, index: dict[tuple[str, ...], set[str]]) -> Iterator[tuple[str, Occurrence]]:
    """Each looked-for text that stands in the document."""
    spoken = [(label, f" {folded(text)} ") for label, text in voices(document)]
    words = " ".join(text for _, text in spoken).split()
    triples = set(filter(index.__contains__, zip(words, words[1:], words[2:], strict=False)))
    for text in {text for triple in triples for text in index[triple]}:
        counts = [(label, times_in(words, text)) for label, words in spoken]
        times = sum(count for _, count in counts)
        if times:
            yield text, Occurrence(document.id, times, tuple(label for label, count in counts if count))
