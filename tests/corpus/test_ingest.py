"""Adding files: everything sound goes in, everything else is reported, and a kill costs nothing that was acknowledged."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import RecordError
from corpus.ingest import Progress, Summary, add_documents, add_paths
from corpus.store import Added, Corpus
from corpus.types import Document, Query

MakeDocument = Callable[..., Document]

GOOD = '{"id": "good-%d", "text": "Statement number %d of the harbour office."}'


def _add(corpus: Corpus, *paths: Path) -> tuple[Summary, list[RecordError]]:
    errors: list[RecordError] = []
    return add_paths(corpus, paths, on_error=errors.append), errors


def _ids(corpus: Corpus) -> list[str]:
    return sorted(each.id for each in corpus.documents())


def _records(path: Path, documents: tuple[Document, ...]) -> Path:
    """Write documents in the contract's shape."""
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            turns = [{"speaker": each.speaker, "text": each.span.of(document.text)} for each in document.turns]
            file.write(json.dumps({"id": document.id, "date": str(document.date), "turns": turns}) + "\n")
    return path


def test_bad_records_are_reported_with_file_line_and_reason_and_the_rest_goes_in(
    corpus: Corpus, tmp_path: Path
) -> None:
    bad = [
        (2, b"{not json", "not a JSON object on one line"),
        (4, b"[]", "not a JSON object but list"),
        (6, b'{"text": "no id"}', "“id” must be a text"),
        (8, b'{"id": "no-text"}', "there is no text"),
        (10, b'{"id": "bad-date", "text": "a", "date": "tomorrow"}', "“date” must be"),
        (12, b'{"id": "half", "text": "a \\ud83d b"}', "holds a character that is no text"),
        (14, b'{"id": "nul", "text": "a \\u0000 b"}', "holds a character that is no text"),
        (16, b'{"id": "types", "text": "a", "speakers": "Ada Lorne"}', "“speakers” must be a list"),
        (18, b'{"id": "types", "turns": {"speaker": "Ada Lorne"}}', "“turns” must be a list"),
        (20, b'{"id": "bytes", "text": "\xff"}', "not a JSON object on one line"),
    ]
    lines = [(GOOD % (n, n)).encode() for n in range(len(bad) + 1)]
    interleaved = [line for pair in zip(lines, (raw for _, raw, _ in bad), strict=False) for line in pair] + lines[-1:]
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(b"\n".join(interleaved))
    summary, errors = _add(corpus, path)
    assert summary == Summary(added=len(lines), new_versions=0, unchanged=0, errors=len(bad))
    assert [(error.path, error.line) for error in errors] == [(str(path), line) for line, _, _ in bad]
    for error, (_, _, reason) in zip(errors, bad, strict=True):
        assert reason in str(error)
    assert _ids(corpus) == sorted(f"good-{n}" for n in range(len(lines)))
    assert list(corpus.verify()) == []


def test_a_truncated_archive_is_reported_and_other_files_go_in(corpus: Corpus, tmp_path: Path) -> None:
    raw = "\n".join(GOOD % (n, n * 7919 % 1013) for n in range(800)).encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(raw)[:-300])
    (tmp_path / "b.jsonl").write_text('{"id": "other", "text": "Another file."}', encoding="utf-8")
    summary, errors = _add(corpus, tmp_path)
    assert [(error.path, summary.errors) for error in errors] == [(str(tmp_path / "a.jsonl.gz"), 1)]
    assert "other" in _ids(corpus)
    assert summary.added > 1


def test_a_record_may_stand_twice_in_a_file(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    other = '{"id": "good-1", "text": "Another text under the same id."}'
    path.write_text("\n".join([GOOD % (1, 1), GOOD % (1, 1), other]), encoding="utf-8")
    assert _add(corpus, path)[0] == Summary(added=1, new_versions=1, unchanged=1, errors=0)


def test_adding_the_same_file_again_changes_nothing(
    corpus: Corpus, tmp_path: Path, speeches: tuple[Document, ...]
) -> None:
    path = _records(tmp_path / "speeches.jsonl", speeches[:50])
    assert _add(corpus, path)[0] == Summary(50, 0, 0, 0)
    before = (corpus.fingerprint(), corpus.coverage())
    assert _add(corpus, path, path)[0] == Summary(0, 0, 100, 0)
    assert (corpus.fingerprint(), corpus.coverage()) == before


def test_a_folder_is_searched_for_everything_that_can_be_read(corpus: Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.jsonl").write_text(GOOD % (1, 1), encoding="utf-8")
    (folder / "deep" / "b.jsonl.gz").write_bytes(gzip.compress((GOOD % (2, 2)).encode()))
    (folder / "deep" / "note.txt").write_bytes(
        "Гавань откроется весной, сказала Ада Лорн морякам Марло.".encode("cp1251")
    )
    (folder / "deep" / "er" / "plan.md").write_text("# Plan\n\nWe *will* build.", encoding="utf-16")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    (folder / "empty.txt").write_bytes(b"")
    summary, errors = _add(corpus, folder)
    assert summary == Summary(4, 0, 0, 1)
    assert [error.path for error in errors] == [str(folder / "empty.txt")]
    assert [id.rsplit("-", 1)[0] for id in _ids(corpus)] == ["file-note", "file-plan", "good", "good"]
    assert corpus.document(_ids(corpus)[0]).document.text.startswith("Гавань откроется")
    assert corpus.document(_ids(corpus)[1]).document.text == "Plan\n\nWe will build."


def test_a_saved_page_goes_in(corpus: Corpus, tmp_path: Path) -> None:
    sentence = "The harbour of Marlo will open in the spring, the President said on Monday in the old town."
    page = f"<html><head><title>Harbour</title></head><body><article>{f'<p>{sentence}</p>' * 3}</article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert _add(corpus, tmp_path / "page.html")[0].added == 1
    assert corpus.retrieve(Query((sentence,)), limit=1)[0].passage.document_id.startswith("file-page-")


@pytest.mark.parametrize(("name", "reason"), [("absent.jsonl", "no such file or folder"), ("x.odt", "cannot be read")])
def test_a_file_that_cannot_be_taken_is_reported_and_the_rest_goes_in(
    corpus: Corpus, tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "x.odt").write_bytes(b"PK")
    good = tmp_path / "good.jsonl"
    good.write_text(GOOD % (1, 1), encoding="utf-8")
    summary, errors = _add(corpus, tmp_path / name, good)
    assert (summary.added, summary.errors) == (1, 1)
    assert reason in str(errors[0])
    assert errors[0].path == str(tmp_path / name)


def test_an_edited_file_is_a_new_version(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("The harbour opens in May.", encoding="utf-8")
    _add(corpus, path)
    path.write_text("The harbour opens in June.", encoding="utf-8")
    assert _add(corpus, path)[0] == Summary(0, 1, 0, 0)


def test_progress_grows_to_the_end_and_every_outcome_is_told(
    corpus: Corpus, tmp_path: Path, speeches: tuple[Document, ...]
) -> None:
    paths = [_records(tmp_path / f"{n}.jsonl", speeches[n * 20 : n * 20 + 20]) for n in range(3)]
    seen: list[Progress] = []
    told: list[Added] = []
    add_paths(corpus, paths, on_error=lambda error: None, on_progress=seen.append, on_added=told.append)
    assert [each.bytes for each in seen] == sorted(each.bytes for each in seen)
    assert seen[-1].bytes == seen[-1].total_bytes == sum(path.stat().st_size for path in paths)
    assert seen[-1].documents == 60
    assert [each.document_id for each in told] == [document.id for document in speeches[:60]]


def test_documents_from_elsewhere_are_counted_alike(corpus: Corpus, make_document: MakeDocument) -> None:
    documents = [make_document("a"), make_document("a"), make_document("a", text="Another wording.")]
    assert add_documents(corpus, documents) == Summary(1, 1, 1, 0)


ADD = """
import sys
from pathlib import Path
from corpus import index, ingest, store

store.BATCH_DOCUMENTS, index.MANY = 12, 1  # many transactions and many merges
print("begun", flush=True)
with store.Corpus.open(sys.argv[1], create=True) as corpus:
    ingest.add_paths(
        corpus,
        [Path(sys.argv[2])],
        on_error=lambda error: sys.exit(str(error)),
        on_added=lambda added: print(added.outcome, added.document_id, flush=True),
    )
print("ended", flush=True)
"""


def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(
    tmp_path: Path, speeches: tuple[Document, ...]
) -> None:
    speeches = speeches[:80]
    path, folder = _records(tmp_path / "speeches.jsonl", speeches), tmp_path / "killed"
    chance, acknowledged, kills = random.Random(9), set[str](), 0
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", ADD, str(folder), str(path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            wanted, fresh = chance.choice([0, 1, 6, 12]), 0
            for line in process.stdout:
                outcome, _, id = line.strip().partition(" ")
                acknowledged |= {id} - {""}
                fresh += outcome == "added"
                if fresh >= wanted:
                    break
            time.sleep(chance.random() * 0.12)
            process.kill()
            # What was written before the kill counts as acknowledged; the last line may be cut.
            rest = process.stdout.read()
            acknowledged |= {
                line.split()[1] for line in rest.splitlines(keepends=True) if line.count(" ") == 1 and "\n" in line
            }
        kills += process.returncode == -9
        if (folder / "corpus.sqlite3").is_file():
            with Corpus.open(folder, create=True) as corpus:
                assert acknowledged <= set(_ids(corpus))
                assert list(corpus.verify()) == []
    assert kills >= 3, "some runs must have been killed before their end"
    done = subprocess.run(
        [sys.executable, "-c", ADD, str(folder), str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("ended\n")
    with Corpus.open(folder) as corpus:
        assert list(corpus.verify()) == []
        stats = corpus.stats()
        assert stats.documents == stats.versions == len(speeches)
        assert _ids(corpus) == [document.id for document in speeches]
        for document in speeches[::10]:
            found = corpus.retrieve(Query((document.text[:100],)), limit=1)
            assert [each.passage.document_id for each in found] == [document.id]
        with Corpus.open(tmp_path / "whole", create=True) as whole:
            _add(whole, path)
            assert whole.fingerprint() == corpus.fingerprint()
            assert whole.coverage() == corpus.coverage()
