"""The whole way, on an invented corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.seeded.cases import case_of, read_rows
from benchmarks.seeded.documents import read_documents
from benchmarks.seeded.generate import Order, generate
from benchmarks.seeded.wording import folded


def order(corpus: Path, out: Path, *, seed: int = 5) -> Order:
    return Order((corpus,), seed, 40, 40, 20, 100, out)


@pytest.fixture(scope="module")
def made(corpus_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    generate(order(corpus_file, out))
    return out


def test_the_same_seed_gives_the_same_files_and_another_gives_others(
    corpus_file: Path, made: Path, tmp_path: Path
) -> None:
    generate(order(corpus_file, tmp_path / "again"))
    generate(order(corpus_file, tmp_path / "other", seed=6))
    for name in ("quotes.jsonl", "key.jsonl", "dirty.jsonl"):
        assert (tmp_path / "again" / name).read_bytes() == (made / name).read_bytes()
    assert (tmp_path / "other" / "key.jsonl").read_bytes() != (made / "key.jsonl").read_bytes()


def test_true_words_stand_where_the_key_says(corpus_file: Path, made: Path) -> None:
    texts = {document.id: folded(document.stored_text) for document in read_documents(corpus_file)}
    cases = [case_of(row) for row in read_rows(made / "key.jsonl")]
    true = [case for case in cases if case.truth == "true" and case.kind != "scan-dirt"]
    assert len(true) >= 20
    for case in true:
        assert case.documents
        for name in set(case.documents) & set(texts):
            assert all(folded(part) in texts[name] for part in case.parts)


def test_flipped_words_stand_nowhere(corpus_file: Path, made: Path) -> None:
    everything = " ".join(folded(document.stored_text) for document in read_documents(corpus_file))
    cases = [case_of(row) for row in read_rows(made / "key.jsonl")]
    flips = [case for case in cases if case.truth == "flip" and case.form == "whole" and case.kind != "sign"]
    assert flips
    assert all(folded(case.quote) not in everything for case in flips)
    assert {"number", "negation", "splice", "context"} <= {case.kind for case in cases}


def test_quotes_carry_nothing_that_gives_them_away(made: Path) -> None:
    asked = read_rows(made / "quotes.jsonl")
    assert [row["id"] for row in asked] == [row["id"] for row in read_rows(made / "key.jsonl")]
    allowed = {"id", "quote", "speaker", "date", "document", "language", "direct"}
    assert all(set(row) <= allowed and row["direct"] is True for row in asked)
    assert {row["speaker"] for row in asked} <= {"Ilse Corvane", "Tomas Belgrave", "Анна Белова"}
    assert any(row["language"] == "ru" for row in asked)


def test_no_reporter_is_quoted(made: Path) -> None:
    assert not [row for row in read_rows(made / "key.jsonl") if "ferry line will ever" in row["original"]]


def test_words_in_too_many_documents_identify_nothing(made: Path) -> None:
    cases = [case_of(row) for row in read_rows(made / "key.jsonl")]
    assert not [case for case in cases if case.truth == "true" and case.original.startswith("The mayor")]


def test_dirty_documents_are_for_the_corpus_under_test(made: Path) -> None:
    dirty = read_rows(made / "dirty.jsonl")
    assert dirty
    asked = [case_of(row) for row in read_rows(made / "key.jsonl") if row["kind"] == "scan-dirt"]
    assert asked
    assert {case.document for case in asked} <= {row["id"] for row in dirty}
    assert all(row["id"].startswith("dirty-") and json.dumps(row) for row in dirty)
