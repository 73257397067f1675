"""An empty corpus, invented documents of an invented state to put into it, and an encoder that costs nothing."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest

from benchmarks.cluster import Cluster
from corpus.embed import Embedder, Encoders, Vectors
from corpus.read.turns import Said, lay_out, whole
from corpus.store import Corpus
from corpus.text import words
from corpus.types import Document, PartialDate

MakeDocument = Callable[..., Document]

_SYLLABLES = "bar den fol gri hul jas kem lor mip nal ost pur quen ras tov ulm ver wis yor zel".split()
_FUNCTION = "the of and to in we that a our is for with".split()
_COUNT = 320


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """An empty corpus of its own for every test."""
    with Corpus.open(tmp_path / "corpus", create=True) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Room for a corpus, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "corpus")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.location(f"test_{next(_numbers)}")


_numbers = itertools.count()


@pytest.fixture
def make_document() -> MakeDocument:
    """Build a document from a text, or from pairs of speaker and text."""
    return _make_document


def _make_document(
    id: str = "marlo-1",
    text: str = "The harbour of Marlo will open in the spring.",
    *,
    turns: Sequence[tuple[str, str]] = (),
    speakers: tuple[str, ...] = (),
    date: str | None = None,
    publisher: str = "Office of the President of Marlo",
    kind: str = "statement",
    **others: object,
) -> Document:
    said = [Said(*each) for each in turns] or whole(text, speakers, kind=kind)
    stored, laid = lay_out(said)
    return Document(
        id=id,
        publisher=publisher,
        title=f"Title of {id}",
        text=stored,
        turns=laid,
        date=PartialDate.parse(date) if date else None,
        speakers=speakers,
        kind=kind,
        **others,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def speeches() -> tuple[Document, ...]:
    """Some hundred generated speeches of a few turns each; the same in every run."""
    chance = random.Random(20_31)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) for _ in range(3_000)]

    def sentence() -> str:
        length = chance.randint(8, 24)
        chosen = [
            chance.choice(_FUNCTION) if chance.random() < 0.4 else chance.choice(vocabulary) for _ in range(length)
        ]
        return " ".join(chosen).capitalize() + "."

    def speech(number: int) -> Document:
        speakers = ("Ada Lorne", "Q", "Bram Ostrey", "")
        turns = [
            (speakers[n % len(speakers)], " ".join(sentence() for _ in range(chance.randint(1, 14))))
            for n in range(chance.randint(1, 5))
        ]
        return _make_document(f"speech-{number:03}", turns=turns, date=f"20{number % 30:02}-05-17")

    return tuple(speech(number) for number in range(_COUNT))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, speeches: tuple[Document, ...]) -> Iterator[Corpus]:
    """A corpus that holds the speeches; for reading only."""
    with Corpus.open(tmp_path_factory.mktemp("archive"), create=True) as opened:
        list(opened.add(speeches))
        yield opened


_SAME = {
    "boat": "ferry",
    "departs": "leaves",
    "midday": "noon",
    "паром": "ferry",
    "отходит": "leaves",
    "полдень": "noon",
}


@dataclass(frozen=True, slots=True)
class Fake:
    """Words as directions, with a few synonyms that make paraphrases near; the same in every process."""

    name: str = "fake@1"
    dimensions: int = 128
    by_sentence: bool = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [
            np.sum([self._word(key) for key in words(text).keys] or [np.ones(self.dimensions)], axis=0)
            for text in texts
        ]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)
        scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return scaled

    def _word(self, key: str) -> Vectors:
        seed = blake2b(f"{self.name} {_SAME.get(key, key)}".encode(), digest_size=8).digest()
        return np.random.default_rng(int.from_bytes(seed, "little")).standard_normal(self.dimensions).astype(np.float32)


@pytest.fixture
def fake() -> Embedder:
    """The encoder of the English space."""
    return Fake()


@pytest.fixture
def encoders(fake: Embedder) -> Encoders:
    """An English and a multilingual encoder, whose vectors cannot be compared."""
    return Encoders.of(english=fake, multilingual=Fake("fake-multilingual@1", 192, by_sentence=True))
