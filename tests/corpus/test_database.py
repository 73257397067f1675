"""The file below a corpus: refused with a reason when it cannot be used, and shared by many writers."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, select

from corpus.database import FILE, HEAD, open_database, place_at, writing
from corpus.database.migrate import bring_up_to_date
from corpus.database.turns import SUFFIX
from corpus.errors import CorpusUnavailable
from corpus.passages import Piece, split
from corpus.schema import version
from corpus.store import Corpus
from corpus.types import Document, Query

MakeDocument = Callable[..., Document]


@pytest.fixture
def held(location: str, make_document: MakeDocument) -> str:
    """The place of a closed corpus of one document, on each database."""
    with Corpus.open(location, create=True) as corpus:
        list(corpus.add([make_document()]))
    return location


@pytest.fixture
def corpus(location: str) -> Iterator[Corpus]:
    """An empty corpus, on each database."""
    with Corpus.open(location, create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, make_document: MakeDocument) -> Path:
    """A closed corpus of one document."""
    with Corpus.open(tmp_path / "closed", create=True) as corpus:
        list(corpus.add([make_document()]))
    return tmp_path / "closed"


def _sql(location: str, statement: str) -> None:
    engine = place_at(location).engine()
    with writing(engine) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()
    engine.dispose()


def test_a_new_corpus_has_the_newest_schema(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.usefixtures("migrations_themselves")
def test_the_tables_are_made_as_one(location: str) -> None:
    """Between two migrations nobody gets in, who would run the second as well."""
    place = place_at(location)
    engine = place.engine()
    place.prepare(engine)
    commits: list[Connection] = []
    event.listen(engine, "commit", commits.append)
    bring_up_to_date(engine, place.name)
    assert len(commits) == 1
    engine.dispose()


def test_migrations_and_tables_say_the_same(location: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from corpus.schema import metadata, on_a_server

    engine = open_database(location)
    with engine.connect() as connection:
        tables = [metadata, on_a_server] if engine.dialect.name == "postgresql" else metadata
        assert compare_metadata(MigrationContext.configure(connection), tables) == []
    engine.dispose()


def test_the_head_is_the_last_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "corpus:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer OnRecord .*update the program"),
        ("UPDATE setting SET value = '99' WHERE name = 'passages'", "run “onrecord corpus reindex”"),
        ("DROP TABLE setting", "cannot be used"),
    ],
)
def test_a_corpus_of_another_program_is_refused(held: str, damage: str, message: str) -> None:
    _sql(held, damage)
    with pytest.raises(CorpusUnavailable, match=message):
        Corpus.open(held)


@pytest.mark.parametrize("location", ["mysql://host/corpus", "https://marlo.example/corpus", "sqlite:///here"])
def test_an_address_of_something_else_is_refused(location: str) -> None:
    with pytest.raises(CorpusUnavailable, match="a corpus is a folder or postgresql://user@host"):
        Corpus.open(location, create=True)


def test_a_missing_corpus_says_how_to_make_one_and_makes_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(CorpusUnavailable, match=r"no corpus here; make one with “onrecord corpus add PATH --corpus "):
        Corpus.open(missing)
    assert not missing.exists()


def test_a_folder_without_a_corpus_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(CorpusUnavailable, match="no corpus here"):
        Corpus.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("no folder", encoding="utf-8")
    with pytest.raises(CorpusUnavailable, match="no corpus here"):
        Corpus.open(path)
    for location in (path, path / "below"):
        with pytest.raises(CorpusUnavailable, match="cannot be made"):
            Corpus.open(location, create=True)


@pytest.mark.parametrize("raw", [b"no database at all, only words " * 50, b"SQLite format 3\x00" + b"\xff" * 4_096])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / FILE).write_bytes(raw)
    with pytest.raises(CorpusUnavailable, match="cannot be used"):
        Corpus.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == raw


def test_a_corpus_can_be_moved_and_copied_when_closed(folder: Path, tmp_path: Path) -> None:
    left = {path.name for path in folder.iterdir()} - {FILE + SUFFIX}
    assert left == {FILE}, "nothing may be left beside a closed corpus but whose turn it was"
    shutil.copytree(folder, tmp_path / "copy")
    with Corpus.open(tmp_path / "copy") as copy:
        assert copy.document("marlo-1").document.id == "marlo-1"
        assert list(copy.verify()) == []


@pytest.mark.parametrize("name", ["with space", "what?", "50%", "a#b", "us@er:pw", "марло", "%41", "a;b"])
def test_a_folder_may_have_any_name(tmp_path: Path, make_document: MakeDocument, name: str) -> None:
    with Corpus.open(tmp_path / name, create=True) as corpus:
        list(corpus.add([make_document()]))
        assert corpus.stats().bytes > 0
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {FILE, FILE + SUFFIX}
    with Corpus.open(tmp_path / name) as again:
        assert again.coverage().documents == 1


def test_it_can_be_used_again_after_closing(held: str) -> None:
    corpus = Corpus.open(held)
    corpus.close()
    corpus.close()
    assert corpus.coverage().documents == 1
    corpus.close()


READ = """
import os, sys
from sqlalchemy import create_engine
create_engine("sqlite://")  # loads what the other user may not be able to read
from corpus.errors import CorpusUnavailable
from corpus.store import Corpus
from corpus.types import Document, Query, Span, Turn

os.setuid(65534)
text = "Something new is said."
new = Document("new", "Marlo", "New", text, (Turn(0, "", "narration", Span(0, len(text))),))
try:
    corpus = Corpus.open(sys.argv[1])
    print(corpus.document("marlo-1").document.id, len(corpus.retrieve(Query(("harbour of Marlo will open",)), limit=3)))
    print(corpus.coverage().documents, corpus.stats().documents, len(list(corpus.verify())))
except CorpusUnavailable as error:
    sys.exit(f"refused: {error}")
try:
    list(corpus.add([new]))
except CorpusUnavailable as error:
    print("refused to write:", error)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="this system has no user ids")
def test_data_that_may_only_be_read_can_be_read_and_writing_is_refused(folder: Path) -> None:
    """As in a container whose data are mounted read-only."""
    for path in (folder / FILE, folder):
        path.chmod(0o555)
    program = READ if os.getuid() == 0 else READ.replace("os.setuid(65534)\n", "")
    for parent in folder.parents:
        if os.getuid() == 0 and parent.stat().st_uid == 0 and parent.name.startswith(("pytest-", "popen-", "test_")):
            parent.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert done.stderr == ""
    read, figures, refused = done.stdout.splitlines()
    assert (read, figures) == ("marlo-1 1", "1 1 0")
    assert refused.startswith("refused to write:")


WRITE = """
import sys
from corpus.store import Corpus
from corpus.types import Document, Span, Turn

name, folder = sys.argv[1:]
def said(n):
    text = f"Writer {name} makes statement number {n} about the harbour."
    return Document(f"{name}-{n}", "Marlo", "Note", text, (Turn(0, "", "narration", Span(0, len(text))),))
sys.stdin.readline()
with Corpus.open(folder, create=True) as corpus:
    for first in range(0, 40, 8):
        list(corpus.add([said(n) for n in range(first, first + 8)] + [said(0)]))
"""


def test_four_processes_write_at_once_and_none_is_locked_out(location: str) -> None:
    """The corpus does not exist yet: making it is a race too."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, name, location],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "abcd"
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    failures = [writer.communicate(timeout=50)[1] for writer in writers]
    assert failures == [""] * 4
    with Corpus.open(location) as corpus:
        assert corpus.stats().versions == corpus.coverage().documents == 160
        assert list(corpus.verify()) == []
        for name in "abcd":
            found = corpus.retrieve(Query((f"Writer {name} makes statement number 17 about",)), limit=1)
            assert found[0].passage.document_id == f"{name}-17"


def test_threads_share_one_corpus(corpus: Corpus, make_document: MakeDocument) -> None:
    problems: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for n in range(6):
                list(corpus.add([make_document(f"t{name}-{n}", text=f"Thread t{name} says sentence s{n} here.")]))
                assert corpus.document(f"t{name}-{n}").document.id == f"t{name}-{n}"
                assert corpus.retrieve(Query((f"Thread t{name} says sentence s{n} here",)), limit=1)
        except BaseException as problem:  # noqa: BLE001 - a thread's failure must reach the test
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert corpus.coverage().documents == 30
    assert list(corpus.verify()) == []


def test_who_reads_in_stillness_sees_one_state_whatever_others_write(
    corpus: Corpus, make_document: MakeDocument
) -> None:
    list(corpus.add([make_document("first", text="The first wording of it.")]))
    before = corpus.fingerprint()
    wanted = Query(("The second wording of it",))

    def write() -> None:
        list(corpus.add([make_document("first", text="The second wording of it."), make_document("new")]))

    with corpus.still():
        assert corpus.document("first").document.text == "The first wording of it."
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(20)
        with corpus.still():  # the same one
            assert (corpus.fingerprint(), corpus.coverage().documents) == (before, 1)
        assert corpus.document("first").document.text == "The first wording of it."
        assert [found.passage.version for found in corpus.retrieve(wanted, limit=5)] in ([1], [])
    assert corpus.fingerprint() != before
    assert corpus.document("first").document.text == "The second wording of it."
    assert [found.passage.version for found in corpus.retrieve(wanted, limit=5)] == [2]


def test_a_writer_waits_longer_than_a_large_batch_takes(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() >= 120_000
    engine.dispose()


def test_a_thread_that_reads_does_not_wait_for_one_that_writes(
    corpus: Corpus, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(corpus.add([make_document()]))
    inside, release = threading.Event(), threading.Event()

    def slow_split(document: Document) -> Iterator[Piece]:
        inside.set()
        assert release.wait(20)
        return split(document)

    monkeypatch.setattr("corpus.rows.split", slow_split)
    writer = threading.Thread(target=lambda: list(corpus.add([make_document("slow", text="Slow words.")])))
    writer.start()
    assert inside.wait(20)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(corpus.document("marlo-1").document.id))
    reader.start()
    reader.join(5)
    before_the_end = list(read)
    release.set()
    writer.join(20)
    assert before_the_end == ["marlo-1"]
    assert corpus.coverage().documents == 2


def test_a_reader_is_not_kept_waiting_by_a_writer(held: str) -> None:
    engine = open_database(held)
    with writing(engine) as writer, Corpus.open(held) as reader:
        writer.exec_driver_sql("UPDATE version SET title = 'half done'")
        assert reader.document("marlo-1").document.title == "Title of marlo-1"
        writer.rollback()
    engine.dispose()


def test_a_reader_sees_one_state_however_long_it_reads(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document(f"marlo-{n}", text=f"Statement {n}.") for n in range(3)]))
    engine = open_database(corpus.place)
    count = select(func.count()).select_from(version)
    with engine.connect() as reader:
        before = reader.execute(count).scalar_one()
        list(corpus.add([make_document("later", text="It came later.")]))
        assert reader.execute(count).scalar_one() == before
    engine.dispose()


def test_an_unfinished_transaction_leaves_nothing_behind(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document()]))
    before = (corpus.fingerprint(), corpus.coverage())
    spoiled = make_document("spoiled", text="Half a pair: \ud800")
    with pytest.raises(UnicodeEncodeError):
        list(corpus.add([make_document("fine", text="Fine words."), spoiled]))
    assert (corpus.fingerprint(), corpus.coverage()) == before
    assert [each.id for each in corpus.documents()] == ["marlo-1"]
    assert list(corpus.verify()) == []
