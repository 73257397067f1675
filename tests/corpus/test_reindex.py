"""The index anew: the same answers before, during and after, whatever was broken, and whenever it is killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from corpus.database import open_database, writing
from corpus.embed import Encoders
from corpus.encode import encode
from corpus.errors import CorpusUnavailable
from corpus.passages import Piece, split
from corpus.reindex import Reindexing, reindex
from corpus.store import Corpus
from corpus.types import Candidate, Document, Query

MakeDocument = Callable[..., Document]


@pytest.fixture
def filled(location: str, speeches: tuple[Document, ...], encoders: Encoders) -> str:
    """A corpus of some speeches, on each database."""
    with Corpus.open(location, create=True) as corpus:
        list(corpus.add(speeches[:16]))
        encode(corpus, encoders)
    return location


def _answers(
    corpus: Corpus, speeches: tuple[Document, ...], encoders: Encoders | None = None
) -> list[tuple[Candidate, ...]]:
    queries = [Query((each.text[40:140],), meaning=encoders is not None) for each in speeches[:8]]
    return [corpus.retrieve(query, limit=5, encoders=encoders) for query in queries]


def _break(location: str, statement: str) -> None:
    engine = open_database(location)
    with writing(engine) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()
    engine.dispose()


@pytest.mark.parametrize("damage", ["DELETE FROM posting", "DELETE FROM posting WHERE size = 2 AND bucket > 9000", ""])
def test_a_broken_index_is_sound_afterwards(
    filled: str, speeches: tuple[Document, ...], encoders: Encoders, damage: str
) -> None:
    with Corpus.open(filled) as corpus:
        before = _answers(corpus, speeches, encoders)
        if damage:
            _break(filled, damage)
            assert list(corpus.verify())
        assert reindex(filled) == 0
        assert list(corpus.verify()) == []
        assert _answers(corpus, speeches, encoders) == before


def test_the_old_index_answers_while_the_new_one_is_built_and_what_is_added_is_not_lost(
    filled: str, speeches: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.reindex._POSTINGS", 2_000)
    with Corpus.open(filled) as corpus:
        before, steps = _answers(corpus, speeches), []

        def look(progress: Reindexing) -> None:
            steps.append(progress)
            if progress.done in (5, 12):
                assert _answers(corpus, speeches) == before
            if progress.done == 13:
                list(corpus.add(speeches[16:18]))
                assert list(corpus.verify()) == []

        reindex(filled, on_progress=look)
        assert steps[-1] == Reindexing(16, 16)
        assert list(corpus.verify()) == []
        assert {each.passage.document_id for each in corpus.retrieve(Query((speeches[17].text[:90],)), limit=3)} >= {
            "speech-017"
        }


class Killed(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("place", ["corpus.reindex._replace", "corpus.reindex._write", "corpus.rows.put_setting"])
def test_killed_it_leaves_the_old_index_whole_and_can_be_run_again(
    filled: str, speeches: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def killed(*_arguments: object) -> None:
        raise Killed

    with Corpus.open(filled) as corpus:
        before = _answers(corpus, speeches)
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(place, killed)
            reindex(filled)
        assert list(corpus.verify()) == []
        assert _answers(corpus, speeches) == before
        reindex(filled)
        assert list(corpus.verify()) == []


def _in_halves(document: Document) -> Iterator[Piece]:
    """Another way to cut: every passage of more than one word but the first document's loses its last word's key."""
    pieces = list(split(document))
    return iter(pieces if document.id == "speech-000" else pieces[:1])


def test_texts_that_are_cut_otherwise_get_new_passages_and_lose_only_their_own_vectors(
    filled: str, speeches: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch, encoders: Encoders
) -> None:
    with Corpus.open(filled) as reader, Corpus.open(filled) as corpus:
        assert reader.coverage().encoded_share == 1
        for module in ("corpus.reindex", "corpus.rows", "corpus.verify"):
            monkeypatch.setattr(f"{module}.split", _in_halves)
        changed = reindex(filled)
        assert 0 < changed < 16
        assert list(corpus.verify()) == []
        assert 0 < reader.coverage().passages < sum(len(list(split(each))) for each in speeches[:16])
        assert 0 < reader.coverage().encoded_share < 1
        for answers in (_answers(reader, speeches, encoders), _answers(corpus, speeches, encoders)):
            for candidates in answers:
                for each in candidates:
                    assert each.passage.span.end <= len(corpus.document(each.passage.document_id).document.text)
        encode(corpus, encoders)
        assert reader.coverage().encoded_share == 1
        assert list(corpus.verify()) == []


def test_a_corpus_of_another_way_to_cut_is_opened_again_after_it(filled: str) -> None:
    _break(filled, "UPDATE setting SET value = '0' WHERE name = 'passages'")
    with pytest.raises(CorpusUnavailable, match="run “onrecord corpus reindex”"):
        Corpus.open(filled)
    reindex(filled)
    with Corpus.open(filled) as corpus:
        assert list(corpus.verify()) == []
