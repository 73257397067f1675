"""Searching by meaning: only when asked for, exactly ordered, and with what was encoded meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing

import numpy as np
import pytest

from corpus.database import FILE
from corpus.embed import Embedder, Encoders, Vectors
from corpus.encode import encode
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Query
from corpus.vectors.codes import from_codes, to_codes

MakeDocument = Callable[..., Document]
FERRY = "The boat departs at midday"


@pytest.fixture
def harbour(corpus: Corpus, make_document: MakeDocument, encoders: Encoders) -> Corpus:
    """A few encoded documents in two languages."""
    documents = [
        make_document("ferry", text="The ferry leaves at noon.", date="2031-05-04"),
        make_document("taxes", text="Taxes will rise again.", date="2031-05-05"),
        make_document("parom", text="Паром отходит в полдень.", language="ru", date="2031-05-06"),
    ]
    list(corpus.add(documents))
    encode(corpus, encoders)
    return corpus


def _ids(corpus: Corpus, query: Query, encoders: Encoders | None, limit: int = 5) -> list[str]:
    return [each.passage.document_id for each in corpus.retrieve(query, limit=limit, encoders=encoders)]


def test_other_words_of_the_same_meaning_are_found_only_when_asked_for(harbour: Corpus, encoders: Encoders) -> None:
    assert _ids(harbour, Query((FERRY,)), encoders) == []
    assert _ids(harbour, Query((FERRY,), meaning=True), None) == []
    found = harbour.retrieve(Query((FERRY,), meaning=True), limit=5, encoders=encoders)
    assert [each.passage.document_id for each in found][:2] == ["ferry", "parom"]
    assert found[0].cosine is not None and found[0].cosine > 0.5


def test_a_quote_in_another_script_finds_its_translation(harbour: Corpus, encoders: Encoders) -> None:
    assert _ids(harbour, Query(("Паром отходит в полдень",), meaning=True), encoders)[0] == "parom"
    assert _ids(harbour, Query(("паром отходит",), meaning=True), encoders)[0] == "parom"
    assert "taxes" not in _ids(harbour, Query(("паром отходит",), meaning=True), encoders), (
        "the English space is no use"
    )


def test_an_unencoded_corpus_is_searched_by_words(corpus: Corpus, make_document: MakeDocument) -> None:
    class Never:
        name, dimensions, by_sentence = "never@1", 64, False

        def encode(self, texts: object) -> None:
            raise AssertionError("no vector is needed here")

    never = Encoders.of(english=Never())  # type: ignore[arg-type]  # it must not be asked for anything
    list(corpus.add([make_document()]))
    assert _ids(corpus, Query(("the harbour of Marlo will open",), meaning=True), never) == ["marlo-1"]
    assert corpus.similar("the harbour", encoders=never, limit=3) == ()


def test_a_named_document_and_a_time_are_searched_on_their_own(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    many = [
        make_document(f"ferry-{n:02}", text="The ferry leaves at noon.", date=f"2031-05-{n:02}") for n in range(1, 29)
    ]
    list(corpus.add([*many, make_document("late", text="A ferry leaves.", date="2031-07-01")]))
    encode(corpus, encoders)
    assert "late" not in _ids(corpus, Query((FERRY,), meaning=True), encoders, 6)
    assert "late" in _ids(corpus, Query((FERRY,), document_id="late", meaning=True), encoders, 6)
    july = (PartialDate(2031, 7, 1), PartialDate(2031, 7, 2))
    assert "late" in _ids(corpus, Query((FERRY,), between=july, meaning=True), encoders, 6)


def test_what_is_encoded_later_is_found_without_opening_again(
    harbour: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    assert len(harbour.similar(FERRY, encoders=encoders, limit=9)) == 3
    with Corpus.open(harbour.place.folder) as another:
        list(another.add([make_document("boat", text="A boat departs.")]))
        encode(another, encoders)
    assert {each.passage.document_id for each in harbour.similar(FERRY, encoders=encoders, limit=9)} == {
        "ferry", "boat", "taxes", "parom",
    }  # fmt: skip
    assert harbour.coverage().encoded_share == 1.0


def test_the_nearest_are_those_of_the_stored_vectors_in_their_exact_order(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    texts = [f"The ferry n{n} leaves pier p{n % 7} at noon n{n % 5}." for n in range(120)]
    list(corpus.add(make_document(f"marlo-{n:03}", text=text) for n, text in enumerate(texts)))
    encode(corpus, encoders)
    embedder = encoders.embedder("english")
    (query,) = embedder.encode([FERRY])
    cosines = from_codes(to_codes(embedder.encode(texts)), 128) @ query
    exact = [f"marlo-{n:03}" for n in np.argsort(-cosines, kind="stable")[:10]]
    assert [each.passage.document_id for each in corpus.similar(FERRY, encoders=encoders, limit=10)] == exact


def test_the_same_text_is_encoded_once(harbour: Corpus, fake: Embedder) -> None:
    calls: list[Sequence[str]] = []

    class Counting:
        name, dimensions, by_sentence = fake.name, fake.dimensions, False

        def encode(self, texts: Sequence[str]) -> Vectors:
            calls.append(texts)
            return fake.encode(texts)

    counting = Encoders.of(english=Counting())
    for _ in range(3):
        harbour.retrieve(Query((FERRY,), document_id="ferry", meaning=True), limit=3, encoders=counting)
    assert calls == [[FERRY]]


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("DELETE FROM vector WHERE passage_id = 1", "not those that have a code"),
        ("UPDATE vector SET code = x'00' WHERE passage_id = 2", "another length"),
        ("UPDATE sign_block SET bits = x'00'", "has another length"),
    ],
)
def test_damaged_vectors_are_found(harbour: Corpus, damage: str, problem: str) -> None:
    assert list(harbour.verify()) == []
    with closing(sqlite3.connect(harbour.place.folder / FILE)) as connection, connection:
        connection.execute(damage)
    assert any(problem in each for each in harbour.verify())


def test_one_sentence_of_a_passage_is_enough_where_sentences_are_encoded(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    filling = " ".join(f"Слово с{n} стоит здесь." for n in range(8))
    texts = {"whole": f"{filling} Паром отходит в полдень. {filling}", "other": filling, "short": "Да. Нет."}
    list(corpus.add(make_document(id, text=text, language="ru") for id, text in texts.items()))
    (done,) = encode(corpus, encoders)
    assert (done.done, done.total) == (3, 3)
    assert list(corpus.verify()) == []
    found = corpus.similar("Паром отходит в полдень", encoders=encoders, limit=5)
    assert [each.passage.document_id for each in found][:1] == ["whole"]
    assert found[0].cosine is not None and found[0].cosine > 0.99
    assert len({each.passage.id for each in found}) == len(found) == 3
    assert corpus.coverage().encoded_share == 1.0
