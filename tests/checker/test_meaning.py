"""A second reading for meaning: the judge proposes, named differences, the speaker and the date decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from checker.information import weigh
from checker.judge import Readers
from checker.meaning import likeliest, passages_of, read_meaning, settles
from checker.query import readable_quotation
from checker.settings import DEFAULTS
from checker.speakers import load_register
from checker.types import Claim, Evidence
from corpus.embed import Vectors
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.types import PartialDate, Query

CORVANE = "Ilse Corvane"
RECORDS = (
    {"id": "quay", "publisher": "Office of the President of Velmora", "title": "Address", "date": "2025-06-10",
     "speakers": [CORVANE], "text": "Good morning. The harbour of Kelso will take in forty more boats before winter sets in."},
    {"id": "quay-ru", "publisher": "Канцелярия президента Велморы", "title": "Обращение", "date": "2025-06-11",
     "language": "ru", "speakers": ["Ильсе Корване"], "text": "Порт примет ещё сорок лодок до зимы."},
)  # fmt: skip


@dataclass(frozen=True)
class Sure:
    """A judge that finds everything borne out, or nothing."""

    probability: float
    name: str = "sure"

    def bears_out(self, claim: str, passages: Sequence[str]) -> tuple[float, ...]:
        return tuple(self.probability for _ in passages)


class Alike:
    """An encoder to which all texts are one."""

    name = "alike"
    dimensions = 64

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 64), 0.125, dtype=np.float32)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with Corpus.open(tmp_path_factory.mktemp("quay") / "corpus", create=True) as opened:
        list(opened.add(document_of(record) for record in RECORDS))
        yield opened


def read(claim: Claim, corpus: Corpus, readers: Readers, *, words: str = "harbour of Kelso") -> list[Evidence]:
    passages = passages_of(corpus.retrieve(Query((words,), loose=True), limit=4), corpus, limit=4)
    quotation = readable_quotation(claim)
    found = read_meaning(
        claim, quotation, passages, readers,
        information=weigh(quotation, corpus), register=load_register(""), thresholds=DEFAULTS.thresholds,
    )  # fmt: skip
    return list(found)


@pytest.mark.parametrize(
    ("quote", "speaker", "probability", "supports"),
    [
        ("Kelso's port is going to have room for 40 further vessels by winter", CORVANE, 0.9, "loose-paraphrase"),
        ("Kelso's port is going to have room for 40 further vessels by winter", CORVANE, 0.1, None),
        ("Kelso's port is going to have room for 14 further vessels by winter", CORVANE, 0.9, None),
        ("Tavin's port is going to have room, said a captain of Tavin in Ostrava", CORVANE, 0.9, None),
        ("Kelso's port is going to have room for 40 further vessels by winter", "Otmar Dreyfell", 0.9, None),
    ],
)
def test_the_judge_proposes_and_named_differences_decide(
    corpus: Corpus, quote: str, speaker: str, probability: float, supports: str | None
) -> None:
    places = read(Claim(quote, speaker=speaker, direct=False), corpus, Readers(Sure(probability)))
    assert [place.supports for place in places] == [supports]


def test_words_in_quotation_marks_need_a_surer_judge(corpus: Corpus) -> None:
    claim = Claim("Kelso's port is going to have room for 40 further vessels by winter", speaker=CORVANE)
    assert read(claim, corpus, Readers(Sure(0.6)))[0].supports is None
    assert read(claim, corpus, Readers(Sure(0.99)))[0].supports == "paraphrase-in-quotes"


@pytest.mark.parametrize(
    ("quote", "supports"),
    [
        ("The port will take in another 40 boats before the winter", "translation"),
        ("The port will take in another 50 boats before the winter", None),
        ("The port will not take in another 40 boats before the winter", None),
    ],
)
def test_across_languages_it_is_a_translation_or_nothing(corpus: Corpus, quote: str, supports: str | None) -> None:
    claim = Claim(quote, speaker="Ilse Korvane", language="en", direct=False)
    (place,) = read(claim, corpus, Readers(multilingual=Alike()), words="порт примет лодок")
    assert place.supports == supports


def test_without_readers_nothing_is_read(corpus: Corpus) -> None:
    assert read(Claim("Kelso has a harbour", direct=False), corpus, Readers()) == []


def test_a_likeness_of_words_settles_nothing(corpus: Corpus) -> None:
    claim = Claim("The harbour of Kelso will shelter a few dozen vessels", speaker=CORVANE, direct=False)
    (place,) = read(claim, corpus, Readers(Sure(0.9)))
    assert not settles(place, claim, DEFAULTS.thresholds)


@pytest.mark.parametrize(
    ("speaker", "date", "ids"),
    [
        (CORVANE, None, ["quay", "mole-0"]),
        ("Otmar Dreyfell", None, ["mole-0", "mole-1"]),
        (CORVANE, "2025-06-30", ["mole-0", "mole-1"]),
        (None, "2025-06-10", ["quay", "mole-0"]),
    ],
)
def test_passages_of_whom_and_when_is_claimed_are_read_first(
    tmp_path: Path, speaker: str | None, date: str | None, ids: list[str]
) -> None:
    mole = {**RECORDS[0], "speakers": ["Otmar Dreyfell"], "date": "2025-06-30"}
    records = [{**mole, "id": f"mole-{number}", "text": f"Boats lie at mole {number}."} for number in range(2)]
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        list(corpus.add(document_of(record) for record in (*records, RECORDS[0])))
        candidates = corpus.retrieve(Query(("boats lie at the mole",), loose=True), limit=4)
        found = passages_of(candidates, corpus, limit=4)
        assert [each.document.id for each in found] == ["mole-0", "mole-1", "quay"]
        claim = Claim(
            "Boats lie at anchor", speaker=speaker, date=PartialDate.parse(date) if date else None, direct=False
        )
        read_ = likeliest(claim, found, register=load_register(""), limit=2)
    assert [each.document.id for each in read_] == ids
