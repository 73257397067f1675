"""What is searched and what is asked: corpora of several sizes, quotes cut from them, articles around their sentences."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import Connection, select

from benchmarks.desk import paragraph, said
from corpus.connectors.starter import starter_documents
from corpus.ingest import add_paths
from corpus.passages import split
from corpus.read.turns import Said, lay_out
from corpus.schema import passage, version
from corpus.store import Corpus
from corpus.text import sentences
from corpus.types import Document, Query, Span

ARTICLE_WORDS = 800
_QUOTED = 4
_EXCHANGED = "never"
_WORDS = range(15, 41)
_TRIES = 200
"""Documents that are looked at for a quote: some have no turns, or no sentence of such a length."""

VARIED = 0.15
"""Share of a varied document's words that are others: enough that no word sequence of a quote is the same."""

_FILLER = (
    "The delegations of the coastal provinces met for a second day in the hall above the fish market.",
    "Outside, some two hundred people waited in the rain, and the ferries left an hour late.",
    "It is the third such meeting since the bridge was closed, and nobody expected it to be the last.",
    "The harbour office published its figures in the morning, as it does at the end of every quarter.",
    "A spokesman for the chamber of trade would not say when the next round is to begin.",
)  # invented, like all that stands around the quotations


@dataclass(frozen=True, slots=True)
class Cut:
    """A quote, whose it is and where it was cut from; `altered` when one word of it is another."""

    id: str
    text: str
    speaker: str
    document_id: str
    altered: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A corpus of one size; `seconds` of processor time went into adding `added` of its passages, the others were there."""

    folder: Path
    passages: int
    documents: int
    varied: int
    whole: bool
    bytes: int
    recall: float
    added: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Material:
    """The documents in their order, and what is asked of all corpora."""

    order: tuple[str, ...]
    cuts: tuple[Cut, ...]
    articles: tuple[str, ...]
    seed: int

    @classmethod
    def of(cls, corpus: Corpus, asked: argparse.Namespace) -> Material:
        """Quotes come from the documents of the smallest corpus, so that each size is asked the same."""
        chance = random.Random(asked.seed)
        order = sorted(each.id for each in corpus.shelf())
        chance.shuffle(order)
        first = order
        if asked.sizes:
            first = list(_until(corpus, order, min(asked.sizes)))
        cuts = tuple(_cuts(corpus, first, asked.quotes, chance))
        return cls(tuple(order), cuts, tuple(_articles(corpus, order, asked.articles, chance)), asked.seed)

    @property
    def counts(self) -> tuple[int, int]:
        """How many quotes were asked as they stand, and how many altered."""
        altered = sum(cut.altered for cut in self.cuts)
        return len(self.cuts) - altered, altered


@contextmanager
def opened(location: str | None, files: Sequence[Path], scratch: Path) -> Iterator[Corpus]:
    """The corpus that was named, or one of the files, or the starter corpus."""
    if location:
        with Corpus.open(location) as corpus:
            yield corpus
        return
    with Corpus.open(scratch / "whole", create=True) as corpus:
        if files:
            add_paths(corpus, files, on_error=print)
        else:
            list(corpus.add(starter_documents(on_missing=print)))
        yield corpus


@contextmanager
def made(whole: Corpus, material: Material, folder: Path, size: int) -> Iterator[Stage]:
    """A corpus of one size, until the block ends: the one that was given when it has so many passages."""
    if size == whole.coverage().passages:
        yield _stage(whole, Path(str(whole.place.name)), _Filled(), material.cuts, whole=True)
        return
    room = folder / f"corpus-{size}"
    shutil.rmtree(room, ignore_errors=True)
    try:
        filled = _filled(room, whole, material, size)
        with Corpus.open(room) as corpus:
            stage = _stage(corpus, room, filled, material.cuts)
        yield stage
    finally:
        shutil.rmtree(room, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Filled:
    """How many passages were added, in how many seconds of processor time, and how many of the documents are varied ones."""

    added: int = 0
    seconds: float = 0.0
    varied: int = 0


def _filled(room: Path, whole: Corpus, material: Material, size: int) -> _Filled:
    missing = size - whole.coverage().passages
    held = (whole.document(id).document for id in _until(whole, material.order, size if missing <= 0 else missing))
    if missing > 0:
        shutil.copytree(str(whole.place.name), room)
        coming = _Timed(_variations(list(held), missing, random.Random(material.seed)))
    else:
        coming = _Timed(held)
    begun = time.process_time()
    with Corpus.open(room, create=True) as corpus:
        added = sum(each.passages for each in corpus.add(coming))
    return _Filled(added, time.process_time() - begun - coming.seconds, coming.count if missing > 0 else 0)


class _Timed:
    """Documents one after another, since millions of varied passages do not fit into memory; `seconds` went into making them."""

    def __init__(self, documents: Iterator[Document]) -> None:
        self._documents = documents
        self.seconds = 0.0
        self.count = 0

    def __iter__(self) -> Iterator[Document]:
        return self

    def __next__(self) -> Document:
        begun = time.process_time()
        try:
            document = next(self._documents)
        finally:
            self.seconds += time.process_time() - begun
        self.count += 1
        return document


def _stage(corpus: Corpus, folder: Path, filled: _Filled, cuts: Sequence[Cut], *, whole: bool = False) -> Stage:
    held, size = corpus.coverage(), corpus.stats().bytes
    found = recall(corpus, cuts)
    return Stage(folder, held.passages, held.documents, filled.varied, whole, size, found, filled.added, filled.seconds)


def recall(corpus: Corpus, cuts: Sequence[Cut], *, limit: int = 50) -> float:
    """The share of altered quotes whose document, or a copy of it, is among so many candidates."""
    altered = [cut for cut in cuts if cut.altered]
    hits = 0
    for cut in altered:
        found = {candidate.passage.document_id for candidate in corpus.retrieve(Query((cut.text,)), limit=limit)}
        hits += bool(found & {cut.document_id, *corpus.document(cut.document_id).also_at})
    return hits / max(1, len(altered))


def _until(corpus: Corpus, order: Sequence[str], size: int) -> Iterator[str]:
    """The first documents that have so many passages together."""
    counts = corpus.look_up(_passages_of)
    for id in order:
        if size <= 0:
            return
        size -= len(counts[id])
        yield id


def _passages_of(connection: Connection) -> dict[str, list[Span]]:
    wanted = select(version.c.document_id, passage.c.start, passage.c.end).join(
        passage, passage.c.version_id == version.c.id
    )
    found: dict[str, list[Span]] = {}
    for id, start, end in connection.execute(wanted.where(version.c.current).order_by(passage.c.id)).all():
        found.setdefault(id, []).append(Span(start, end))
    return found


def _cuts(corpus: Corpus, ids: Sequence[str], count: int, chance: random.Random) -> Iterator[Cut]:
    """Whole sentences of somebody's speech, as articles quote them; every third with a word exchanged."""
    for _ in range(_TRIES * count):
        document = corpus.document(chance.choice(ids)).document
        turn = chance.choice(document.turns) if document.turns else None
        if (
            turn is None
            or turn.kind != "speech"
            or not turn.speaker
            or document.kind == "excerpt"
            or document.language != "en"
        ):
            continue
        text = turn.span.of(document.text)
        fit = [span for span in sentences(text) if len(span.of(text).split()) in _WORDS]
        if not fit:
            continue
        quote, altered = chance.choice(fit).of(text), count % 3 == 0
        yield Cut(f"q{count}", _altered(quote) if altered else quote, turn.speaker, document.id, altered)
        count -= 1
        if not count:
            return


def _altered(text: str) -> str:
    said_ = text.split(" ")
    at = len(said_) // 2
    return " ".join([*said_[:at], _EXCHANGED, *said_[at + 1 :]])


def _articles(corpus: Corpus, ids: Sequence[str], number: int, chance: random.Random) -> Iterator[str]:
    """Articles of some eight hundred words, four quotations of real sentences in each, the rest invented."""
    english = [each.id for each in corpus.shelf() if each.language == "en"]
    held = said(corpus, chance.sample(english, len(english)))
    filler = cycle(_FILLER)
    for _ in range(number):
        quoted = [paragraph(*each, place) for place, each in enumerate(islice(held, _QUOTED))]
        told = sum(len(each.split()) for each in quoted)
        parts = []
        for each in quoted:
            parts.append(each)
            block: list[str] = []
            while sum(len(line.split()) for line in block) < (ARTICLE_WORDS - told) / len(quoted):
                block.append(next(filler))
            parts.append(" ".join(block))
        yield "\n\n".join(parts)


def _variations(held: Sequence[Document], passages: int, chance: random.Random) -> Iterator[Document]:
    """Documents like these, a part of whose words are others of theirs, until they have so many passages."""
    vocabulary = [word for document in held[:50] for word in document.text.split()]
    for number, document in enumerate(cycle(held)):
        if passages <= 0:
            return
        varied = [
            Said(turn.speaker, _varied(turn.span.of(document.text), vocabulary, chance), turn.kind)
            for turn in document.turns
        ]
        if not varied:
            continue
        text, turns = lay_out(varied)
        made = replace(document, id=f"varied-{number}", text=text, turns=turns, url=None)
        passages -= sum(1 for _ in split(made))
        yield made


def _varied(text: str, vocabulary: Sequence[str], chance: random.Random) -> str:
    return " ".join(chance.choice(vocabulary) if chance.random() < VARIED else word for word in text.split())


@dataclass(frozen=True, slots=True)
class Texts:
    """Files of {"id", "text"} lines: the documents of a corpus, and its passages."""

    documents: Path
    passages: Path


def write_texts(stage: Stage, folder: Path) -> Texts:
    """The texts of a corpus, for those who keep their own; by their ids, so that a scan does not meet the quoted ones first."""
    texts = Texts(folder / "documents.jsonl", folder / "passages.jsonl")
    with (
        Corpus.open(stage.folder) as corpus,
        texts.documents.open("w", encoding="utf-8") as whole,
        texts.passages.open("w", encoding="utf-8") as parts,
    ):
        for id, spans in sorted(corpus.look_up(_passages_of).items()):
            text = corpus.document(id).document.text
            whole.write(json.dumps({"id": id, "text": text}) + "\n")
            parts.writelines(json.dumps({"id": id, "text": span.of(text)}) + "\n" for span in spans)
    return texts
