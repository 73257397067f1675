"""Looking through a corpus: lines, what they can be narrowed by, and what a search finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.read.records import document_of
from corpus.shelf import FACETS, Facet, Shelved, facets, narrowed
from corpus.store import Corpus

SHELF = (
    Shelved("c", "Quay", "Office of Marlo", "2031-05-04", "en", "speech", ("Ada Lorne", "Bo Reed")),
    Shelved("b", "Ferry", "Office of Marlo", "2030-01", "ru", "letter", ()),
    Shelved("a", "Bell", "Quay office", None, "en", "speech", ("Ada Lorne",)),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "cba"), ({"publisher": "Office of Marlo"}, "cb"), ({"speaker": "Ada Lorne"}, "ca"), ({"year": "2030"}, "b"),
        ({"language": "en", "kind": "speech"}, "ca"), ({"publisher": "", "year": "2031"}, "c"), ({"year": "203"}, ""),
    ],
)  # fmt: skip
def test_documents_are_narrowed_to_those_that_have_every_value(wanted: dict[str, str], found: str) -> None:
    assert "".join(each.id for each in narrowed(SHELF, wanted)) == found  # type: ignore[arg-type]


def test_facets_count_documents_and_name_the_commonest_first_and_years_the_latest() -> None:
    found = facets(SHELF)
    assert tuple(found) == FACETS
    assert found["publisher"] == (Facet("Office of Marlo", 2), Facet("Quay office", 1))
    assert found["speaker"] == (Facet("Ada Lorne", 2), Facet("Bo Reed", 1))
    assert found["year"] == (Facet("2031", 1), Facet("2030", 1))
    assert facets(SHELF, most=1)["kind"] == (Facet("speech", 2),)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    texts = {
        "quay": ("2031-05-04", "We opened the northern quay. The ferry will not wait for anybody."),
        "bell": (None, "The bell of the ferry is rung at noon."),
        "cats": ("2032", "The cats of the customs house may stay."),
    }
    with Corpus.open(tmp_path, create=True) as opened:
        list(
            opened.add(
                document_of(
                    {
                        "id": id,
                        "publisher": "Office of Marlo",
                        "title": id,
                        "date": date,
                        "text": text,
                        "language": "en",
                    }
                )
                for id, (date, text) in texts.items()
            )
        )
        yield opened


def test_the_latest_documents_come_first_and_the_undated_last(corpus: Corpus) -> None:
    assert [each.id for each in corpus.shelf()] == ["cats", "quay", "bell"]


def test_a_search_gives_each_document_once_with_its_passage(corpus: Corpus) -> None:
    found = corpus.search("the ferry", limit=20)
    assert sorted(hit.document_id for hit in found) == ["bell", "quay"]
    for hit in found:
        assert "ferry" in hit.span.of(corpus.document(hit.document_id, version=hit.version).document.text)


@pytest.mark.parametrize("words", ["", "  ", "zeppelin", "the", "…"])
def test_what_stands_nowhere_or_says_nothing_finds_nothing(corpus: Corpus, words: str) -> None:
    assert corpus.search(words, limit=20) == ()


def test_a_new_version_takes_the_place_of_the_old(corpus: Corpus) -> None:
    newer = {
        "id": "bell",
        "publisher": "Office of Marlo",
        "title": "bell",
        "text": "The bell is broken.",
        "language": "en",
    }
    list(corpus.add([document_of(newer)]))
    assert len(corpus.shelf()) == 3
    assert [hit.document_id for hit in corpus.search("ferry", limit=20)] == ["quay"]
