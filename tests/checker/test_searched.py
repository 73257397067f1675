"""What is said of a search: by words alone, or by meaning too, and with whose vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from checker.judge import Readers
from checker.searched import encoders_of, provenance, searched
from checker.settings import DEFAULTS
from checker.types import Claim
from corpus.embed import Encoders, Vectors
from corpus.encode import encode
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.types import PartialDate


class Flat:
    """An encoder to which everything means the same."""

    name, dimensions, by_sentence = "flat@1", 64, False

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 64), 0.125, np.float32)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Corpus]:
    """Two documents of an invented state, one of them encoded."""
    flat = Encoders.of(english=Flat())
    monkeypatch.setattr("checker.searched.encoders_of", lambda settings: flat)
    monkeypatch.setattr("checker.searched.readers_of", lambda corpus, settings: Readers(multilingual=Flat()))
    with Corpus.open(tmp_path, create=True) as opened:
        records = [{"id": id, "publisher": "Marlo", "title": id, "text": f"Words of {id}."} for id in ("one", "two")]
        list(opened.add(document_of(record) for record in records))
        encode(opened, flat, ids=["one"])
        yield opened


def test_the_encoded_share_is_that_of_this_search(corpus: Corpus) -> None:
    for claim in (Claim("Words of one"), Claim("Words of one", speaker="Ada Lorne")):
        assert searched(claim, corpus, DEFAULTS).coverage.encoded_share == 0.0
        assert searched(claim, corpus, DEFAULTS, by_meaning=True).coverage.encoded_share == 0.5
    encode(corpus, Encoders.of(english=Flat()))
    assert (
        searched(Claim("Words", speaker="Ada Lorne"), corpus, DEFAULTS, by_meaning=True).coverage.encoded_share == 1.0
    )


def test_provenance_names_the_encoders_that_can_be_searched(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = provenance(corpus, DEFAULTS)
    assert (origin.encoder, origin.encoded_share) == ("flat@1", 0.5)
    monkeypatch.setattr("checker.searched.encoders_of", lambda settings: Encoders("none", "none"))
    origin = provenance(corpus, DEFAULTS)
    assert (origin.encoder, origin.encoded_share) == (None, 0.0)


def test_nothing_is_searched_by_meaning_where_nothing_reads_for_it(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.searched.readers_of", lambda corpus, settings: Readers())
    assert searched(Claim("Words of one"), corpus, DEFAULTS, by_meaning=True).coverage.encoded_share == 0.0


def test_a_process_has_one_set_of_encoders_for_the_same_settings() -> None:
    assert encoders_of(DEFAULTS) is encoders_of(replace(DEFAULTS, statements=3))
    assert encoders_of(DEFAULTS) is not encoders_of(replace(DEFAULTS, encoder="none"))


@pytest.mark.parametrize(
    ("date", "near"),
    [(None, 2), (PartialDate(1962, 6, 2), 2), (PartialDate(1985, 6, 2), 0), (PartialDate(2001, 6, 2), 0)],
)
def test_an_institution_s_documents_are_a_person_s_while_the_office_is_held(
    tmp_path: Path, date: PartialDate | None, near: int
) -> None:
    record = {"publisher": "White House (invented words)", "title": "Words", "text": "Words of the day."}
    records = [
        {**record, "id": "own", "date": "1962-06-01", "speakers": ["John F. Kennedy"]},
        {**record, "id": "unsigned", "date": "1962-06-03"},
        {**record, "id": "later", "date": "1985-06-01"},
    ]
    with Corpus.open(tmp_path, create=True) as opened:
        list(opened.add(document_of(each) for each in records))
        found = searched(Claim("Words", speaker="John F. Kennedy", date=date), opened, DEFAULTS)
    assert found.speaker_documents_near_date == near
    assert (found.speaker_nearest_dates == ()) == bool(near)
