"""Kept bytes come back as they were, once for each version, and damage is noticed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from corpus.captures import Capture, raw_of, record_of
from corpus.database import open_database, writing
from corpus.schema import capture
from corpus.store import Corpus
from corpus.types import Document

PAGE = Capture(
    "http://press.example/1", "response", b"<p>Kept</p>", "2031-05-04T10:00:00+00:00",
    (("content-type", "text/html"), ("content-encoding", "gzip"), ("content-length", "3")),
)  # fmt: skip


@given(st.binary(), st.sampled_from(["response", "resource"]))
def test_the_bytes_come_back_as_they_were(raw: bytes, kind: str) -> None:
    found = Capture("http://press.example/1", kind, raw, "2031-05-04T10:00:00+00:00", PAGE.headers)  # type: ignore[arg-type]
    assert raw_of(record_of(found)) == raw


def test_a_record_says_where_when_and_what_it_is() -> None:
    written = gzip.decompress(record_of(PAGE)).decode()
    for line in (
        "WARC-Type: response", "WARC-Target-URI: http://press.example/1", "WARC-Date: 2031-05-04T10:00:00Z",
        f"WARC-Payload-Digest: sha256:{PAGE.sha256}", "content-type: text/html", "content-length: 11",
    ):  # fmt: skip
        assert f"{line}\r\n" in written
    assert "gzip" not in written


@pytest.fixture
def corpus(tmp_path: Path, make_document: object) -> Corpus:
    opened = Corpus.open(tmp_path, create=True)
    document = make_document()  # type: ignore[operator]
    assert isinstance(document, Document)
    list(opened.add([document]))
    opened.history.observed(document.id, 1, found=PAGE)
    return opened


def test_the_same_bytes_are_kept_once_and_their_last_day_is_noted(corpus: Corpus) -> None:
    later = Capture(PAGE.url, "response", PAGE.raw, "2031-06-01T10:00:00+00:00")
    corpus.history.observed("marlo-1", 1, found=later)
    (kept,) = corpus.history.captures("marlo-1")
    assert (kept.fetched_at, kept.seen_at, kept.sha256) == (PAGE.fetched_at, later.fetched_at, PAGE.sha256)
    corpus.close()


@pytest.mark.parametrize(
    "damaged", [b"", b"nonsense", record_of(Capture(PAGE.url, "response", b"forged", PAGE.fetched_at))]
)
def test_damage_is_noticed(corpus: Corpus, tmp_path: Path, damaged: bytes) -> None:
    assert list(corpus.verify()) == []
    engine = open_database(tmp_path)
    with writing(engine) as connection:
        connection.execute(update(capture).values(record=damaged))
        connection.commit()
    engine.dispose()
    assert any("bytes kept" in problem for problem in corpus.verify())
    corpus.close()
