"""A purge removes every trace, says how it looked for them, and sees each copy that somebody left."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from benchmarks.cluster import Cluster
from corpus.backup import back_up
from corpus.captures import Capture
from corpus.collections import collection_address, collections, make_collection, open_searchable, set_terms
from corpus.collections.probes import Probe, Search, read_probes, search, sequences
from corpus.collections.purge import carry_out, elsewhere, plan_expired, plan_whole
from corpus.database import Stored, open_database, place_at, writing
from corpus.embed import Encoders
from corpus.encode import encode
from corpus.errors import CollectionNotFound, CorpusUnavailable
from corpus.store import Corpus
from corpus.terms import Terms
from corpus.types import Document, Query

MakeDocument = Callable[..., Document]
Fill = Callable[[str, list[Document]], None]

TODAY = date(2031, 7, 1)


@pytest.fixture
def held(location: str, secret: Document, make_document: MakeDocument, fill: Fill) -> str:
    """A corpus with a public document, and a collection with a secret one."""
    fill(location, [make_document()])
    fill(make_collection(location, "summit"), [secret])
    return location


def purge(location: str, name: str = "summit") -> Search:
    return carry_out(location, plan_whole(location, name))


def test_a_purged_collection_is_gone_and_the_search_that_saw_it_sees_nothing(held: str, secret: Document) -> None:
    plan = plan_whole(held, "summit")
    assert plan.documents == ("briefing-1",)
    assert {each.sought for each in plan.probes} >= {*sequences(secret.text)}
    assert elsewhere(held, plan) == ()
    found = carry_out(held, plan)
    assert (found.traces, found.seen) == ((), frozenset())
    assert found.bytes > len(secret.text)
    assert collections(held) == ()
    with pytest.raises(CollectionNotFound):
        open_searchable(held, ["summit"])
    with Corpus.open(held) as corpus:
        assert corpus.coverage().documents == 1
        assert list(corpus.verify()) == []


def test_a_name_may_be_used_again(held: str, secret: Document, fill: Fill) -> None:
    purge(held)
    fill(make_collection(held, "summit"), [secret])
    with open_searchable(held, ["summit"]) as several:
        assert several.coverage().documents == 2


def _in_the_corpus(location: str, secret: Document) -> None:
    with Corpus.open(location) as corpus:
        list(corpus.add([secret]))


def _in_another_collection(location: str, secret: Document) -> None:
    with Corpus.open(make_collection(location, "other"), create=True) as corpus:
        list(corpus.add([secret]))


def _in_bytes_that_were_kept(location: str, secret: Document) -> None:
    """In a compressed capture of another document."""
    page = f"<html><body><p>{secret.text}</p></body></html>".encode()
    capture = Capture("https://a.example/1", "response", page, "2031-05-04T10:00:00+00:00")
    with Corpus.open(location) as corpus:
        corpus.history.observed("marlo-1", 1, found=capture)


def _in_metadata(location: str, secret: Document) -> None:
    """In what is kept compressed of a record that had more keys."""
    other = Document("other-1", "Marlo", "Other", "Nothing.", (), metadata={"notes": ["x" * 9_000, secret.text]})
    with Corpus.open(location) as corpus:
        list(corpus.add([other]))


def _in_rows_that_were_deleted(location: str, secret: Document) -> None:
    _in_the_corpus(location, secret)
    with closing(sqlite3.connect(Path(location) / "corpus.sqlite3")) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM version WHERE document_id = 'briefing-1'")
        connection.commit()


def _in_the_desk(location: str, secret: Document) -> None:
    with closing(sqlite3.connect(Path(location) / "desk.sqlite3")) as connection:
        connection.execute("CREATE TABLE finding (content TEXT)")
        connection.execute("INSERT INTO finding VALUES (?)", [json.dumps({"quote": secret.text})])
        connection.commit()


def _in_a_backup(location: str, secret: Document) -> None:
    back_up(collection_address(location, "summit"), Path(location) / "backups" / "summit.sqlite3")


def _as_a_text(location: str, secret: Document) -> None:
    wrapped = secret.text.replace(" ", "\r\n", 3).replace("  ", "\n")
    (Path(location) / "notes.txt").write_bytes(wrapped.encode())


def _in_utf_16(location: str, secret: Document) -> None:
    (Path(location) / "notes.txt").write_text(secret.text, encoding="utf-16")


def _in_an_old_encoding(location: str, secret: Document) -> None:
    (Path(location) / "notes.txt").write_text(secret.text.split("\n\n")[-1], encoding="cp1251")


def _in_a_packed_file(location: str, secret: Document) -> None:
    (Path(location) / "collections" / "export.jsonl.gz").write_bytes(
        gzip.compress(json.dumps({"text": secret.text}).encode())
    )


def _in_a_zip_inside_a_zip(location: str, secret: Document) -> None:
    inner = Path(location) / "inner.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:t>{secret.text}</w:t>")
    with zipfile.ZipFile(Path(location) / "outer.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(inner, "inner.docx")
    inner.unlink()


ANYWHERE = [_in_the_corpus, _in_another_collection, _in_bytes_that_were_kept, _in_metadata]
IN_A_FOLDER = [
    _in_rows_that_were_deleted, _in_the_desk, _in_a_backup, _as_a_text, _in_utf_16, _in_an_old_encoding,
    _in_a_packed_file, _in_a_zip_inside_a_zip,
]  # fmt: skip
Left = Callable[[str, Document], None]


def _named(left: Left) -> str:
    return left.__name__.strip("_").replace("_", " ")


@pytest.mark.parametrize("left", ANYWHERE, ids=_named)
def test_words_that_were_left_are_found(held: str, left: Left, secret: Document) -> None:
    left(held, secret)
    assert elsewhere(held, plan_whole(held, "summit"))
    found = purge(held)
    assert found.traces
    assert {trace.document_id for trace in found.traces} == {"briefing-1"}


@pytest.mark.parametrize("left", IN_A_FOLDER, ids=_named)
def test_words_that_were_left_in_files_are_found(
    tmp_path: Path, left: Left, secret: Document, make_document: MakeDocument, fill: Fill
) -> None:
    location = str(tmp_path / "corpus")
    fill(location, [make_document()])
    fill(make_collection(location, "summit"), [secret])
    left(location, secret)
    assert elsewhere(location, plan_whole(location, "summit"))
    assert purge(location).traces


def test_a_search_that_does_not_see_the_collection_itself_removes_nothing(
    held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_whole(held, "summit")
    monkeypatch.setattr("corpus.collections.probes._ENCODINGS", ("utf-16-le",))
    with pytest.raises(CorpusUnavailable, match=r"can be seen in the collection itself.*nothing was removed"):
        carry_out(held, plan)
    assert [each.name for each in collections(held)] == ["summit"]


def test_in_a_folder_a_collection_that_somebody_has_open_is_not_removed(
    tmp_path: Path, secret: Document, fill: Fill
) -> None:
    location = str(tmp_path / "corpus")
    fill(make_collection(location, "summit"), [secret])
    with open_searchable(location, ["summit"]) as reader:
        assert reader.coverage().documents == 1
        with pytest.raises(CorpusUnavailable, match="nothing was removed, since somebody has it open"):
            purge(location)
        assert reader.within("summit").document("briefing-1").document == secret
    assert purge(location).traces == ()


def test_on_a_server_it_goes_as_soon_as_nobody_reads_and_who_had_it_open_is_told(
    cluster: Cluster, secret: Document, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.database.postgresql._OWNED", 0.2)
    location = cluster.location("purged_while_read")
    fill(make_collection(location, "summit"), [secret])
    with open_searchable(location, ["summit"]) as reader:
        with reader.still():
            reader.coverage()
            with pytest.raises(CorpusUnavailable, match="somebody is reading it, and nothing of it was removed"):
                purge(location)
        assert purge(location).traces == ()
        with pytest.raises(CorpusUnavailable, match="the corpus cannot be used"):
            reader.within("summit").document("briefing-1")


def test_a_command_that_has_a_collection_open_is_not_harmed(tmp_path: Path, secret: Document, fill: Fill) -> None:
    location = str(tmp_path / "corpus")
    fill(make_collection(location, "summit"), [secret])
    command = [
        sys.executable, "-c", "from checker.cli import main; main()", "quotes", "--corpus", location,
        "--collection", "summit",
    ]  # fmt: skip
    line = json.dumps({"quote": secret.text.split(".")[0]}) + "\n"
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for _ in range(2):
            running.stdin.write(line)
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["status"] == "verified"
            with pytest.raises(CorpusUnavailable, match="somebody has it open"):
                purge(location)
        running.stdin.close()
        assert running.wait() == 0
    assert purge(location).traces == ()


def _stored(location: str, id: str, day: date) -> None:
    engine = open_database(location, create=False)
    with writing(engine) as connection:
        values = {"at": datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat(), "id": id}
        connection.execute(text("UPDATE version SET added_at = :at WHERE document_id = :id"), values)
        connection.commit()
    engine.dispose()


def test_documents_past_their_time_go_and_the_others_stay_as_they_are(
    held: str, secret: Document, make_document: MakeDocument, fill: Fill, encoders: Encoders
) -> None:
    summit = collection_address(held, "summit")
    kept = make_document("kept-1", "The lighthouse keeper has asked for a new lamp and a warmer coat this winter.")
    fill(summit, [kept])
    fill(summit, [make_document("briefing-1", f"{secret.text}\n\nThis was added in a later version of the page.")])
    with Corpus.open(summit) as corpus:
        encode(corpus, encoders)
    _stored(summit, "briefing-1", TODAY - timedelta(31))
    _stored(summit, "kept-1", TODAY - timedelta(30))
    assert plan_expired(held, "summit", today=TODAY).documents == (), "no terms, so it is kept for good"
    set_terms(held, "summit", Terms(keep_days=30))
    plan = plan_expired(held, "summit", today=TODAY)
    assert plan.documents == ("briefing-1",)
    found = carry_out(held, plan)
    assert found.traces == ()
    with Corpus.open(summit) as corpus:
        assert corpus.document("kept-1").document == kept
        assert corpus.coverage().documents == 1
        assert corpus.coverage().encoded_share == 1.0
        assert corpus.terms().keep_days == 30
        assert list(corpus.verify()) == []
        assert corpus.retrieve(Query((secret.text[:60],), loose=True), limit=5) == ()
        query = Query(("a new lamp and a warmer coat",), meaning=True)
        assert corpus.retrieve(query, limit=5, encoders=encoders)[0].passage.document_id == "kept-1"
    assert carry_out(held, plan_expired(held, "summit", today=TODAY)).traces == ()


def test_nothing_goes_while_somebody_has_open_what_is_past_its_time(
    tmp_path: Path, secret: Document, fill: Fill
) -> None:
    location = str(tmp_path / "corpus")
    summit = make_collection(location, "summit")
    fill(summit, [secret])
    set_terms(location, "summit", Terms(keep_days=1))
    plan = plan_expired(location, "summit", today=date.today() + timedelta(days=9))
    with Corpus.open(summit) as reader:
        with pytest.raises(CorpusUnavailable, match="nothing was removed, since somebody has it open"):
            carry_out(location, plan)
        assert reader.document("briefing-1").document == secret
    assert carry_out(location, plan).traces == ()


def test_what_cannot_be_read_is_told(tmp_path: Path, secret: Document, fill: Fill) -> None:
    location = tmp_path / "corpus"
    fill(make_collection(str(location), "summit"), [secret])
    (location / "broken.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5_000)
    assert purge(str(location)).unread == (f"{location}/broken.sqlite3, its rows",)


@given(
    before=st.binary(max_size=40),
    after=st.binary(max_size=40),
    form=st.sampled_from([str.encode, lambda text: text.encode("utf-16"), lambda text: gzip.compress(text.encode())]),
    there=st.booleans(),
)
def test_words_are_found_at_whatever_offset_and_only_where_they_are(
    before: bytes, after: bytes, form: Callable[[str], bytes], there: bool
) -> None:
    probes = [Probe("a", "the ferries to Ostrava Bay"), Probe("b", "паромы в бухту Острава"), Probe("c", "0f" * 32)]
    for probe in probes:
        words = probe.sought if there else probe.sought[:-1] + "x"
        content = before + form(f"… {words}. …") + after
        found = search([Stored("file", content, len(content))], probes)
        assert found.seen == ({probe} if there else set())


def test_a_removal_that_was_stopped_is_ended_by_the_next_one(
    tmp_path: Path, secret: Document, make_document: MakeDocument, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = str(tmp_path / "corpus")
    summit = make_collection(location, "summit")
    fill(summit, [secret])
    _stored(summit, "briefing-1", TODAY - timedelta(9))
    fill(summit, [make_document("kept-1")])
    set_terms(location, "summit", Terms(keep_days=8))

    def stopped(location: str) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("corpus.removing.reindex", stopped)
        with pytest.raises(KeyboardInterrupt):
            carry_out(location, plan_expired(location, "summit", today=TODAY))
    with Corpus.open(summit) as corpus:
        assert list(corpus.verify()), "the index still knows of it"
    plan = plan_expired(location, "summit", today=TODAY)
    assert plan.documents == ()
    carry_out(location, plan)
    assert b"harbour company" not in b"".join(file.read_bytes() for file in Path(summit).iterdir())
    with Corpus.open(summit) as corpus:
        assert list(corpus.verify()) == []


def test_every_document_has_a_probe_and_a_long_one_has_them_from_all_over(
    location: str, make_document: MakeDocument, speeches: tuple[Document, ...], fill: Fill
) -> None:
    documents = [make_document("short-1", "No."), make_document("dense-1", "港" * 40), *speeches[:20]]
    fill(location, documents)
    engine = open_database(location, create=False)
    with engine.connect() as connection:
        probes = read_probes(connection, [each.id for each in documents])
    engine.dispose()
    assert {each.document_id for each in probes} == {each.id for each in documents}
    found = search(place_at(location).contents(), probes)
    assert found.seen == frozenset(probes)
    longest = max(speeches[:20], key=lambda each: len(each.text))
    places = [longest.text.index(each) for each in sequences(longest.text)]
    assert min(places) < len(longest.text) / 4
    assert max(places) > 3 * len(longest.text) / 4
