"""One corpus over three PostgreSQL servers: it answers as a folder does, and not at all while one of them is away."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest

from benchmarks.cluster import USER, Cluster
from checker.cli import main
from checker.export import finding_object
from checker.pipeline import check_quote
from checker.settings import DEFAULTS
from checker.types import Claim
from corpus.copying import copy_corpus
from corpus.embed import Encoders
from corpus.encode import encode
from corpus.errors import CorpusUnavailable
from corpus.reindex import reindex
from corpus.removing import remove_documents
from corpus.schema import passage, version
from corpus.spreading import spread_corpus
from corpus.store import Corpus
from corpus.types import Document

MakeDocument = Callable[..., Document]


WORDS_ONLY = replace(DEFAULTS, encoder="none", multilingual="none", judge="none")


def administer(cluster: Cluster, statement: str, *, database: str = "template1") -> list[tuple[object, ...]]:
    with psycopg.connect(
        host=str(cluster.folder), port=cluster.port, user=USER, dbname=database, autocommit=True
    ) as connection:
        done = connection.execute(statement)  # type: ignore[call-overload]
        return done.fetchall() if done.description else []


def parts(three: tuple[Cluster, ...], schema: str) -> list[str]:
    return [each.part(schema) for each in three]


@pytest.fixture
def whole(three: tuple[Cluster, ...], make_document: MakeDocument) -> str:
    """A corpus over three servers, with a few documents and two versions of one."""
    location = three[0].location(f"spread_{next(_numbers)}")
    spread_corpus(location, parts(three, schema_of(location)))
    with Corpus.open(location) as corpus:
        list(corpus.add([make_document(f"tarn-{n}", f"Tarn has {n} harbours and one ferry.") for n in range(8)]))
        list(corpus.add([make_document(text="The first wording of what the harbour of Marlo is for.")]))
        list(corpus.add([make_document(text="The second wording, and a longer one, of what the harbour is for.")]))
    return location


_numbers = itertools.count()


def schema_of(location: str) -> str:
    return location.rpartition("=")[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said, and its exit code."""

    code: object
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command with its exit codes, in this process."""

    def command(*words: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["onrecord", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return Ran(ended.value.code, *capsys.readouterr())

    return command


def findings(location: str, quotes: list[str]) -> list[object]:
    with Corpus.open(location) as corpus:
        return [finding_object(check_quote(Claim(quote), corpus, settings=WORDS_ONLY)) for quote in quotes]


def test_it_answers_as_a_folder_does_and_grows_as_one(
    three: tuple[Cluster, ...], speeches: tuple[Document, ...], make_document: MakeDocument, encoders: Encoders, tmp_path: Path
) -> None:  # fmt: skip
    """Copied there, added to, with a new version and merged; and copied back."""
    folder, whole = str(tmp_path / "filled"), three[0].location("filled")
    with Corpus.open(folder, create=True) as corpus:
        list(corpus.add([*speeches[:5], make_document(text="The first wording of what the harbour of Marlo is for.")]))
        list(corpus.add([make_document(text="The second wording, and a longer one, of what the harbour is for.")]))
        encode(corpus, encoders, limit=30)
    spread_corpus(whole, parts(three, "filled"))
    copy_corpus(folder, whole)
    quotes = [each.text.split(".")[0] for each in speeches[:7]] + [
        "The first wording of what the harbour of Marlo is for"
    ]
    assert findings(whole, quotes) == findings(folder, quotes)
    for location in (folder, whole):
        with Corpus.open(location) as corpus:
            outcomes = [each.outcome for each in corpus.add([*speeches[5:7], make_document(text="A third wording.")])]
            assert outcomes == ["added", "added", "new-version"]
    assert findings(whole, quotes) == findings(folder, quotes)
    with Corpus.open(whole) as one, Corpus.open(folder) as other:
        assert (one.fingerprint(), one.coverage()) == (other.fingerprint(), other.coverage())
        assert one.document("marlo-1", version=1).document == other.document("marlo-1", version=1).document
        assert [each.kind for each in one.history.events()] == ["changed", "changed"]
        assert one.relatives("marlo-1") == other.relatives("marlo-1")
        near = [corpus.similar(quotes[0], encoders=encoders, limit=5) for corpus in (one, other)]
        assert near[0] == near[1] != ()
        assert list(one.verify()) == []
        assert one.stats().bytes > 100_000
    assert reindex(whole) == 0
    with Corpus.open(whole) as corpus:
        assert list(corpus.verify()) == []
    copy_corpus(whole, tmp_path / "back")
    assert findings(str(tmp_path / "back"), quotes) == findings(whole, quotes)


def test_the_documents_lie_whole_on_all_three(whole: str, three: tuple[Cluster, ...]) -> None:
    schema = schema_of(whole)
    held = []
    for each in three:
        held.append(administer(each, f"SELECT id FROM {schema}.version"))
        astray = f"SELECT 1 FROM {schema}.passage WHERE version_id NOT IN (SELECT id FROM {schema}.version)"
        assert administer(each, astray) == []
        assert administer(each, f"SELECT count(*) FROM {schema}.posting") > [(10,)]
    assert all(held) and len({id for ids in held for id in ids}) == sum(map(len, held)) == 10


def test_joins_are_made_where_the_rows_are(whole: str) -> None:
    joined = passage.join(version, version.c.id == passage.c.version_id)
    wanted = joined.select().with_only_columns(passage.c.id, version.c.document_id).where(version.c.current)
    with Corpus.open(whole) as corpus:
        statement = str(wanted.where(passage.c.id.in_([1, 2])).compile(compile_kwargs={"literal_binds": True}))
        plan = corpus.look_up(lambda open: "\n".join(open.exec_driver_sql(f"EXPLAIN {statement}").scalars()))
    assert plan.count("Async Foreign Scan") == 3 and "Hash Join" not in plan


def test_with_one_server_stopped_nothing_is_answered_and_it_is_named(
    whole: str, three: tuple[Cluster, ...], make_document: MakeDocument, run: Callable[..., Ran]
) -> None:
    """Also where the corpus was open before, and whichever document is asked for."""
    away = three[2]
    with Corpus.open(whole) as corpus:
        corpus.coverage()
        away.stop()
        try:
            named = rf"does not answer \(127\.0\.0\.1:{away.port}/template1: .*\); start that server"
            for _ in range(2):
                with pytest.raises(CorpusUnavailable, match=named):
                    check_quote(Claim("The second wording, and a longer one"), corpus)
            with pytest.raises(CorpusUnavailable, match=named):
                list(corpus.add([make_document("marlo-2")]))
            with pytest.raises(CorpusUnavailable, match=named):
                Corpus.open(whole)
            done = run("quote", "No such words were ever said here", "--corpus", whole)
            assert (done.code, done.out) == (4, "") and str(away.port) in done.err and "not-a-secret" not in done.err
        finally:
            away.start()
        assert (
            check_quote(Claim("The second wording, and a longer one"), corpus, settings=WORDS_ONLY).verdict.status
            == "verified"
        )
        assert [each.outcome for each in corpus.add([make_document("marlo-2")])] == ["added"]
        assert list(corpus.verify()) == []


def test_a_server_that_missed_a_write_is_noticed(
    whole: str, three: tuple[Cluster, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when it fails between the commits of two servers: all others count one write more."""
    schema = schema_of(whole)
    monkeypatch.setattr("corpus.database.spread._PATIENCE", 0.1)
    administer(three[1], f"UPDATE {schema}.holding SET writes = writes + 1")
    with pytest.raises(CorpusUnavailable, match=r"do not hold the same state .* Copy the corpus, or its backup"):
        Corpus.open(whole)


def test_who_reads_while_others_write_sees_one_state(whole: str, make_document: MakeDocument) -> None:
    """Every document of a batch or none: never some of its versions, or passages without their words."""
    batches = 5
    ended = threading.Event()

    def write() -> None:
        with Corpus.open(whole) as writer:
            for n in range(batches):
                list(writer.add([make_document(f"pair-{n}-{m}", f"Pair {n} of words number {m}.") for m in range(2)]))
        ended.set()

    writing = threading.Thread(target=write)
    seen = set()
    with Corpus.open(whole) as reader:
        before = reader.coverage().documents
        writing.start()
        while not ended.is_set():
            with reader.still():
                counted = reader.look_up(lambda open: open.execute(version.select().where(version.c.current)).all())
                assert len(counted) == reader.coverage().documents
                assert (len(counted) - before) % 2 == 0
                seen.add(len(counted))
        writing.join()
        assert reader.coverage().documents == before + 2 * batches
    assert len(seen) > 2


def test_a_part_is_no_corpus(whole: str, three: tuple[Cluster, ...]) -> None:
    for open_it in (Corpus.open, lambda location: Corpus.open(location, create=True)):
        with pytest.raises(CorpusUnavailable, match="a part of a corpus over several servers, and no corpus"):
            open_it(three[1].part(schema_of(whole)))


def test_what_it_cannot_do_is_refused_with_what_to_do_instead(
    whole: str, three: tuple[Cluster, ...], tmp_path: Path
) -> None:
    with pytest.raises(CorpusUnavailable, match="remove them from a copy of it"):
        remove_documents(whole, ["marlo-1"])
    refused, schema = three[0].location("refused"), "refused"
    for others, says in (
        (parts(three, schema)[:1], "name 2 servers or more"),
        ([*parts(three, schema), three[0].part(schema)], "named twice"),
        (parts(three, "other"), "give all the same"),
        ([str(tmp_path), str(tmp_path)], "a folder cannot be spread"),
    ):
        with pytest.raises(CorpusUnavailable, match=says):
            spread_corpus(refused, others)
    with pytest.raises(CorpusUnavailable, match="lies on several servers already"):
        empty = three[0].location("twice")
        spread_corpus(empty, parts(three, "twice"))
        spread_corpus(empty, parts(three, "twice"))
    with pytest.raises(CorpusUnavailable, match="there are documents already"):
        spread_corpus(whole, parts(three, schema_of(whole)))


def test_who_may_not_make_it_is_told_whom_to_ask_and_nothing_is_left_behind(three: tuple[Cluster, ...]) -> None:
    administer(three[0], "CREATE ROLE ada LOGIN PASSWORD 'word'")
    for name in ("archive", "part_a", "part_b"):
        administer(three[0], f"CREATE DATABASE {name} OWNER ada")
    address = f"postgresql://ada:word@127.0.0.1:{three[0].port}"
    wanted = f"{address}/archive", [f"{address}/part_a", f"{address}/part_b"]
    with pytest.raises(CorpusUnavailable, match="let an administrator run, in this database, “CREATE EXTENSION"):
        spread_corpus(*wanted)
    administer(three[0], "CREATE EXTENSION postgres_fdw SCHEMA public", database="archive")
    with pytest.raises(CorpusUnavailable, match="permission denied for foreign-data wrapper"):
        spread_corpus(*wanted)
    administer(three[0], "GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO ada", database="archive")
    spread_corpus(*wanted)
    with Corpus.open(wanted[0]) as corpus:
        assert corpus.coverage().documents == 0 and "word" not in corpus.place.name


def test_tables_of_an_older_program_are_not_touched(whole: str, three: tuple[Cluster, ...]) -> None:
    """A migration would change what is here, and not what is there."""
    schema = schema_of(whole)
    administer(three[0], f"UPDATE {schema}.alembic_version SET version_num = '0006'", database="postgres")
    with pytest.raises(CorpusUnavailable, match="spread it anew"):
        Corpus.open(whole)


def test_the_command_makes_room(three: tuple[Cluster, ...], run: Callable[..., Ran]) -> None:
    room = three[0].location("by_command")
    done = run("corpus", "spread", room, *parts(three, "by_command"))
    assert (done.code, done.out) == (0, "") and "lies on 3 servers" in done.err
    done = run("corpus", "spread", "somewhere", *parts(three, "by_command"))
    assert done.code == 4 and "a folder cannot be spread" in done.err
