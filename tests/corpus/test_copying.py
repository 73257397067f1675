"""Copies, backups and exports: equal to what they were made of, in either direction, or refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.cluster import Cluster
from checker.export import finding_object
from checker.pipeline import check_quote
from checker.types import Claim
from corpus.backup import back_up, restore
from corpus.copying import Copying, copy_corpus
from corpus.embed import Encoders
from corpus.encode import encode
from corpus.errors import CorpusUnavailable, RecordError
from corpus.export import export
from corpus.ingest import add_paths
from corpus.store import Corpus
from corpus.types import Document, Query

MakeDocument = Callable[..., Document]


@pytest.fixture
def filled(tmp_path: Path, speeches: tuple[Document, ...], make_document: MakeDocument, encoders: Encoders) -> str:
    """A corpus with many documents, versions and vectors, in a folder."""
    location = str(tmp_path / "filled")
    with Corpus.open(location, create=True) as corpus:
        list(corpus.add([*speeches[:12], make_document(text="The first wording.")]))
        list(corpus.add([make_document(text="The second wording, and a longer one.")]))
        encode(corpus, encoders, limit=60)
    return location


def _findings(location: str, speeches: tuple[Document, ...]) -> list[object]:
    quotes = [each.text.split(".")[0] for each in speeches[:6]]
    with Corpus.open(location) as corpus:
        return [finding_object(check_quote(Claim(quote), corpus)) for quote in quotes]


def test_a_copy_on_a_server_and_the_copy_of_that_are_equal(
    filled: str, cluster: Cluster, tmp_path: Path, speeches: tuple[Document, ...], encoders: Encoders
) -> None:
    server, back = cluster.location("copied"), str(tmp_path / "back")
    steps: list[Copying] = []
    prints = {copy_corpus(filled, server, on_progress=steps.append), copy_corpus(server, back)}
    assert steps[-1].done == steps[-1].total
    with Corpus.open(filled) as one, Corpus.open(server) as other, Corpus.open(back) as third:
        assert prints == {one.fingerprint()}
        assert one.coverage() == other.coverage() == third.coverage()
        assert one.document("marlo-1", version=1) == other.document("marlo-1", version=1)
        assert [list(each.verify()) for each in (other, third)] == [[], []]
        found = [
            each.retrieve(Query((speeches[3].text[:80],), meaning=True), limit=9, encoders=encoders)
            for each in (one, other, third)
        ]
        assert found[0] == found[1] == found[2]
    assert _findings(filled, speeches) == _findings(server, speeches) == _findings(back, speeches)


class Stopped(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("after", [1, 5, 12])
def test_a_copy_that_was_stopped_is_refused_until_it_is_finished(
    filled: str, location: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.copying._ROWS", 300)
    steps = 0

    def stop(progress: Copying) -> None:
        nonlocal steps
        steps += 1
        if steps == after:
            raise Stopped

    with pytest.raises(Stopped):
        copy_corpus(filled, location, on_progress=stop)
    with pytest.raises(CorpusUnavailable, match=r"was not finished; the same “onrecord corpus copy” goes on"):
        Corpus.open(location)
    seen: list[int] = []
    copy_corpus(filled, location, on_progress=lambda progress: seen.append(progress.done))
    assert seen[0] > (300 * (after - 5) if after > 5 else 0), "it goes on from where it was"
    with Corpus.open(location) as copy, Corpus.open(filled) as source:
        assert copy.fingerprint() == source.fingerprint()
        assert list(copy.verify()) == []


def test_a_copy_of_what_changed_meanwhile_begins_again(
    filled: str, location: str, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.copying._ROWS", 300)

    def stop(progress: Copying) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        copy_corpus(filled, location, on_progress=stop)
    with Corpus.open(filled) as source:
        list(source.add([make_document("new", text="It is new.")]))
        copy_corpus(filled, location)
        with Corpus.open(location) as copy:
            assert copy.fingerprint() == source.fingerprint()
            assert list(copy.verify()) == []


def test_it_copies_to_an_empty_place_only(filled: str, location: str, make_document: MakeDocument) -> None:
    with Corpus.open(location, create=True) as corpus:
        list(corpus.add([make_document()]))
    with pytest.raises(CorpusUnavailable, match="there is a corpus already; name an empty place"):
        copy_corpus(filled, location)
    with Corpus.open(location) as corpus:
        assert corpus.coverage().documents == 1


def test_a_source_whose_documents_are_damaged_is_not_called_equal(filled: str, location: str, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(Path(filled) / "corpus.sqlite3")) as connection, connection:
        connection.execute("UPDATE version SET publisher = 'Somebody else' WHERE id = 5")
    with pytest.raises(CorpusUnavailable, match="not those that the source says it holds"):
        copy_corpus(filled, location)
    with pytest.raises(CorpusUnavailable, match="not finished"):
        Corpus.open(location)


@pytest.mark.parametrize("target", ["one-file.sqlite3", "a-folder"])
def test_a_backup_is_restored_to_equal_findings(
    filled: str, location: str, target: str, tmp_path: Path, speeches: tuple[Document, ...]
) -> None:
    file = back_up(filled, tmp_path / target)
    assert [path.name for path in file.parent.glob(f"{file.name}*")] == [file.name]
    restore(tmp_path / target, location)
    assert _findings(filled, speeches) == _findings(location, speeches)
    with pytest.raises(CorpusUnavailable, match="there is a file already"):
        back_up(filled, tmp_path / target)
    with pytest.raises(CorpusUnavailable, match="name an empty place"):
        restore(tmp_path / target, location)


def test_a_backup_of_a_server_is_a_corpus_in_a_folder(filled: str, cluster: Cluster, tmp_path: Path) -> None:
    copy_corpus(filled, cluster.location("backed_up"))
    back_up(cluster.location("backed_up"), tmp_path / "backup")
    with Corpus.open(tmp_path / "backup") as backup, Corpus.open(filled) as source:
        assert backup.fingerprint() == source.fingerprint()
        assert list(backup.verify()) == []


def test_a_backup_is_of_one_state_while_others_write(
    location: str, tmp_path: Path, make_document: MakeDocument
) -> None:
    over = threading.Event()
    with Corpus.open(location, create=True) as corpus:
        list(corpus.add([make_document("first", text="The first words.")]))

        def add() -> None:
            number = 0
            while not over.is_set():
                number += 1
                list(corpus.add([make_document(f"more-{number}", text=f"Words of number {number}.")]))

        writer = threading.Thread(target=add)
        writer.start()
        try:
            back_up(location, tmp_path / "backup")
        finally:
            over.set()
            writer.join()
    with Corpus.open(tmp_path / "backup") as backup:
        assert list(backup.verify()) == []
        assert backup.document("first")


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
@pytest.mark.parametrize("all_versions", [False, True])
def test_what_was_exported_is_equal_when_it_is_added_again(
    filled: str, tmp_path: Path, make_document: MakeDocument, name: str, all_versions: bool
) -> None:
    with Corpus.open(filled) as source, Corpus.open(tmp_path / "again", create=True) as again:
        odd = {"room": 7, "half": "\ud800", "text": "A text that is not the turns'."}
        list(source.add([make_document("odd", turns=[("Q", "When?"), ("Ada Lorne", "Now.")], metadata=odd)]))
        count = export(source, tmp_path / name, all_versions=all_versions, on_unlike=pytest.fail)
        add_paths(again, [tmp_path / name], on_error=lambda error: pytest.fail(str(error)))
        assert count == (source.stats().versions if all_versions else source.stats().documents)
        assert again.stats().versions == count
        for each in source.documents():
            assert again.document(each.id).document == source.document(each.id).document
        assert (again.fingerprint() == source.fingerprint()) == all_versions


def test_an_export_tells_which_document_would_come_back_otherwise(tmp_path: Path) -> None:
    told: list[str] = []
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        list(corpus.add([Document(id="bare", publisher="Marlo", title="Bare", text="Nobody speaks.", turns=())]))
        export(corpus, tmp_path / "out.jsonl", on_unlike=told.append)
    assert told == ["bare version 1: this document would come back otherwise than it is"]
    assert json.loads((tmp_path / "out.jsonl").read_text())["text"] == "Nobody speaks."


def test_an_export_to_nowhere_is_refused(filled: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Corpus.open(filled) as corpus, pytest.raises(RecordError, match="cannot be written"):
        export(corpus, tmp_path / "file" / "out.jsonl")


COPY = """
import sys, corpus.copying
corpus.copying._ROWS = 300
corpus.copying.copy_corpus(sys.argv[1], sys.argv[2], on_progress=lambda progress: print(progress.done, flush=True))
"""


@pytest.mark.parametrize("target", ["/proc/a-backup", "/dev/null/a-backup.tar"])
def test_a_backup_to_nowhere_is_refused(filled: str, target: str) -> None:
    with pytest.raises(RecordError, match=f"{target}.*cannot be written"):
        back_up(filled, Path(target))


def test_a_copy_that_was_killed_goes_on(filled: str, location: str) -> None:
    copier = subprocess.Popen([sys.executable, "-c", COPY, filled, location], stdout=subprocess.PIPE, text=True)
    assert copier.stdout is not None
    for _ in range(4):
        copier.stdout.readline()
    os.kill(copier.pid, signal.SIGKILL)
    copier.communicate()
    copy_corpus(filled, location)
    with Corpus.open(location) as copy:
        assert list(copy.verify()) == []
