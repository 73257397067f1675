"""On a server with pgvector the signs are counted there: the same is found as in memory, and no process reads the bits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import psycopg
import pytest
from sqlalchemy import Connection, event, insert

from benchmarks.cluster import USER, Cluster
from corpus.copying import copy_corpus
from corpus.database import insert_rows, open_database, place_at, place_of, writing
from corpus.database.migrate import upgrade
from corpus.embed import Encoders, Vectors
from corpus.encode import encode
from corpus.passages import Piece, split
from corpus.reindex import reindex
from corpus.removing import remove_documents
from corpus.schema import encoder, passage, sign_block, version
from corpus.store import Corpus
from corpus.types import Candidate, Document, PartialDate, Query
from corpus.vectors import rows
from corpus.vectors.counted import Counted
from corpus.vectors.scan import Signs

MakeDocument = Callable[..., Document]
FERRY = "The boat departs at midday"
_NONE = np.zeros(0, np.uint32)
_numbers = itertools.count()


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.vectors.store.MANY", 1)


@pytest.fixture
def server(pgvector_cluster: Cluster) -> str:
    """Room for a corpus in a database of its own."""
    name = f"counted_{next(_numbers)}"
    _run(pgvector_cluster.location("s"), f"CREATE DATABASE {name}")
    return pgvector_cluster.location("archive", database=name)


def _run(location: str, *statements: str) -> int:
    """As an administrator, past everything; returns how many rows the last statement found or changed."""
    url = place_at(location).url
    options = {**url.query, "dbname": url.database, "user": USER}
    with closing(psycopg.connect(**options, autocommit=True)) as connection:  # type: ignore[arg-type]
        for statement in statements:
            count = connection.execute(statement).rowcount
    return count


@contextmanager
def _nobody_reads_bits(corpus: Corpus) -> Iterator[None]:
    """What is searched is not read: each statement's words are looked at."""

    def look(connection: Connection, cursor: object, statement: str, *others: object) -> None:
        assert "sign_block.bits" not in statement

    event.listen(corpus._engine, "before_cursor_execute", look)
    yield
    event.remove(corpus._engine, "before_cursor_execute", look)


def _documents(make_document: MakeDocument) -> list[Document]:
    texts = [f"The ferry n{n % 20} leaves pier p{n % 7} at noon n{n % 5}." for n in range(40)]
    english = [
        make_document(f"marlo-{n:02}", text=text, date=f"2031-05-{n % 28 + 1:02}") for n, text in enumerate(texts)
    ]
    russian = [
        make_document(f"parom-{n}", text=f"Паром отходит в полдень. Слово с{n} стоит здесь.", language="ru") for n in range(6)
    ]  # fmt: skip
    return [*english, *russian]


QUERIES = [
    Query((FERRY,), meaning=True),
    Query(("the ferry n3 leaves pier p3",), meaning=True),
    Query(("паром отходит в полдень",), meaning=True),
    Query((FERRY,), meaning=True, document_id="marlo-07"),
    Query((FERRY,), meaning=True, between=(PartialDate(2031, 5, 3), PartialDate(2031, 5, 6))),
]


def _found(corpus: Corpus, encoders: Encoders) -> list[tuple[Candidate, ...]]:
    return [corpus.retrieve(query, limit=7, encoders=encoders) for query in QUERIES]


def test_what_is_found_is_what_a_folder_finds_and_no_process_reads_the_bits(
    server: str, corpus: Corpus, make_document: MakeDocument, encoders: Encoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.vectors.store.RESCORED", 20)  # fewer than there are
    with Corpus.open(server, create=True) as counted:
        for each in (corpus, counted):
            list(each.add(_documents(make_document)))
            encode(each, encoders)
        with _nobody_reads_bits(counted):
            assert _found(counted, encoders) == _found(corpus, encoders)
            later = [make_document("marlo-03", text="The ferry is sold."), make_document("marlo-95", text=FERRY)]
            for each in (corpus, counted):
                list(each.add(later))
            assert _found(counted, encoders) == _found(corpus, encoders), "superseded passages are left out"
            for each in (corpus, counted):
                encode(each, encoders)
            assert _found(counted, encoders) == _found(corpus, encoders)
        assert list(counted.verify()) == []


@pytest.mark.parametrize("count", [1, 3, 7, 50, 149, 150, 400])
def test_equals_stay_together_as_in_memory(filled: tuple[Connection, rows.StoredSpace], count: int) -> None:
    connection, held = filled
    blocks = list(rows.read_blocks(connection, held))
    bits, numbers = np.concatenate([each.bits for each in blocks]), np.concatenate([each.numbers for each in blocks])
    memory = Signs.none(128).with_more(numbers, bits)
    operator = place_of(connection).hamming(connection)
    assert operator is not None
    sizes = set()
    for query in (bits[0], ~bits[1], bits[2] ^ np.uint64(9)):
        for old, some in ((_NONE, None), (numbers[::11], None), (numbers[::11], numbers[:70]), (_NONE, _NONE)):
            among = memory.without(old)
            expected = (among if some is None else among.only(some)).nearest(query, count=count)
            found = Counted(connection, held.id, operator, old, some).nearest(query, count=count)
            assert sorted(found.tolist()) == sorted(expected.tolist())
            sizes.add(len(found))
    assert count > 3 or max(sizes) > 2 * count, "equals that do not end among twice as many are tried"


@pytest.fixture(scope="module")
def filled(pgvector_cluster: Cluster) -> Iterator[tuple[Connection, rows.StoredSpace]]:
    """A hundred and fifty vectors, half of them one of twelve and the others near it, some of one passage; and another space."""
    engine = open_database(pgvector_cluster.location("filled"))
    chance = np.random.default_rng(5)
    vectors: Vectors = chance.standard_normal((12, 128)).astype(np.float32)[np.arange(150) % 12]
    vectors[75:] *= chance.choice([1, -1], (75, 128), p=[0.97, 0.03]).astype(np.float32)
    with writing(engine) as connection:
        texts = dict.fromkeys(
            ("sha256", "publisher", "title", "language", "kind", "tier", "speakers", "text", "added_at"), ""
        )
        connection.execute(
            insert(version), {**texts, "id": 1, "document_id": "one", "number": 1, "current": True, "metadata": b""}
        )
        connection.execute(
            insert(passage), [{"id": n, "version_id": 1, "turn": 0, "start": 0, "end": 1} for n in range(140)]
        )
        held = rows.put_space(connection, "english", "given@1", 128)
        other = rows.put_space(connection, "multilingual", "other@1", 192)
        numbers = np.concatenate([np.arange(100), np.arange(10), np.arange(100, 140)]).astype(np.uint32)
        rows.write_block(connection, held, numbers[:110], vectors[:110])
        rows.write_block(connection, held, numbers[110:], vectors[110:])
        rows.write_block(connection, other, numbers[:50], chance.standard_normal((50, 192)).astype(np.float32))
        connection.commit()
    with engine.connect() as connection:
        yield connection, held
    engine.dispose()


@pytest.fixture
def encoded(pgvector_cluster: Cluster, make_document: MakeDocument, encoders: Encoders) -> str:
    """A closed corpus with vectors: the server's copy of one that is made for the first test."""
    postgres = pgvector_cluster.location("archive")
    if not _run(postgres, "SELECT FROM pg_database WHERE datname = 'encoded'"):
        _run(postgres, "CREATE DATABASE encoded")
        with Corpus.open(pgvector_cluster.location("archive", database="encoded"), create=True) as corpus:
            list(corpus.add(_documents(make_document)))
            encode(corpus, encoders)
    name = f"counted_{next(_numbers)}"
    _run(postgres, f"CREATE DATABASE {name} TEMPLATE encoded")
    return pgvector_cluster.location("archive", database=name)


def _sound(location: str, count: int) -> None:
    """So many rows, and all those of the blocks."""
    engine = open_database(location)
    with engine.connect() as connection:
        assert list(place_of(connection).damage(connection)) == []
        assert connection.exec_driver_sql("SELECT count(*) FROM sign_bits").scalar_one() == count
    engine.dispose()


def test_the_rows_are_the_blocks_bits(encoded: str) -> None:
    engine = open_database(encoded)
    with engine.connect() as connection:
        for held in rows.read_spaces(connection).values():
            blocks = list(rows.read_blocks(connection, held))
            pairs = [
                (n, row.tobytes())
                for block in blocks
                for n, row in zip(block.numbers.tolist(), block.bits, strict=True)
            ]
            stored = connection.exec_driver_sql(
                f"SELECT passage_id, varbit_send(bits) FROM sign_bits WHERE encoder_id = {held.id}"
            )
            length = held.dimensions.to_bytes(4, "big")  # comes first when a string of bits is sent
            assert sorted((n, bytes(raw)) for n, raw in stored) == sorted((n, length + bits) for n, bits in pairs)
    engine.dispose()


def test_the_rows_follow_what_is_encoded_again_removed_cut_anew_and_copied(
    encoded: str, encoders: Encoders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sound(encoded, 52)
    with Corpus.open(encoded) as corpus:
        encode(corpus, encoders, space="english", again=True)
    _sound(encoded, 52)
    remove_documents(encoded, ["marlo-07", "parom-2"])
    _sound(encoded, 49)
    copy_corpus(encoded, tmp_path / "copy")
    back = encoded.replace("schema=archive", "schema=back")
    copy_corpus(tmp_path / "copy", back)
    _sound(back, 49)
    for module in ("reindex", "rows", "verify"):
        monkeypatch.setattr(f"corpus.{module}.split", _cut_otherwise)
    assert reindex(back) == 5
    _sound(back, 39)
    with Corpus.open(back) as corpus:
        assert list(corpus.verify()) == []


def _cut_otherwise(document: Document) -> Iterator[Piece]:
    """As before, but for one kind of document."""
    yield from itertools.islice(split(document), 0 if document.language == "ru" else None)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM archive.sign_bits WHERE passage_id = 3",
        "UPDATE archive.sign_bits SET bits = ~bits WHERE passage_id = 3",
        "INSERT INTO archive.sign_bits SELECT * FROM archive.sign_bits WHERE passage_id = 3",
    ],
)
def test_rows_that_are_not_the_blocks_are_found_and_mended(encoded: str, encoders: Encoders, damage: str) -> None:
    _run(encoded, damage)
    with Corpus.open(encoded) as corpus:
        assert any("rows of sign bits are not those of the blocks" in each for each in corpus.verify())
        encode(corpus, encoders, again=True)
        assert list(corpus.verify()) == []


def test_without_the_extension_all_goes_on_in_memory_and_with_it_again_on_the_server(
    encoded: str, encoders: Encoders, make_document: MakeDocument
) -> None:
    with Corpus.open(encoded) as corpus:
        before = _found(corpus, encoders)
        assert corpus.vectors._memory == {}
        _run(encoded, "DROP EXTENSION vector")
        assert _found(corpus, encoders) == before
        assert set(corpus.vectors._memory) == {"english", "multilingual"}
        list(corpus.add([make_document("later", text=FERRY)]))
        encode(corpus, encoders)
        after = _found(corpus, encoders)
        _run(encoded, "CREATE SCHEMA elsewhere", "CREATE EXTENSION vector SCHEMA elsewhere")
        assert _found(corpus, encoders) == after != before
        assert corpus.vectors._memory == {}
        assert list(corpus.verify()) == []
    with Corpus.open(f"{encoded}&pgvector=off") as corpus:
        assert _found(corpus, encoders) == after
        assert set(corpus.vectors._memory) == {"english", "multilingual"}


def test_an_extension_dropped_while_a_check_runs_is_not_used(encoded: str) -> None:
    engine = open_database(encoded)
    with engine.connect() as connection:
        place = place_of(connection)
        assert place.hamming(connection) is not None, "and from here on this state of the corpus is seen"
        _run(encoded, "DROP EXTENSION vector")
        assert place.hamming(connection) is None
    engine.dispose()


def test_who_may_not_read_the_rows_or_use_the_extension_goes_on_with_the_blocks(
    encoded: str, encoders: Encoders
) -> None:
    role = f"reader_{next(_numbers)}"
    with Corpus.open(encoded) as corpus:
        found = _found(corpus, encoders)
    _run(encoded, f"CREATE ROLE {role} LOGIN", f"GRANT USAGE ON SCHEMA archive TO {role}",
         f"GRANT SELECT ON ALL TABLES IN SCHEMA archive TO {role}")  # fmt: skip
    reader = encoded.replace(f"//{USER}@", f"//{role}@")
    with Corpus.open(reader) as corpus, _nobody_reads_bits(corpus):
        assert _found(corpus, encoders) == found
    for forbid in (
        f"REVOKE SELECT ON archive.sign_bits FROM {role}",
        "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
    ):
        _run(encoded, forbid)
        with Corpus.open(reader) as corpus:
            assert _found(corpus, encoders) == found
            assert set(corpus.vectors._memory) == {"english", "multilingual"}
            assert list(corpus.verify()) == []
        _run(encoded, f"GRANT SELECT ON archive.sign_bits TO {role}")


def test_the_extension_is_installed_by_who_may_and_missed_by_nobody_else(server: str) -> None:
    role = f"maker_{next(_numbers)}"
    _run(server, f"CREATE ROLE {role} LOGIN", f"CREATE SCHEMA archive AUTHORIZATION {role}")
    assert not _counts(server.replace(f"//{USER}@", f"//{role}@")), "and the corpus is made all the same"
    assert _counts(server), "by an administrator who adds to it"


def _counts(location: str) -> bool:
    Corpus.open(location, create=True).close()
    engine = open_database(location)
    with engine.connect() as connection:
        found = place_of(connection).hamming(connection) is not None
    engine.dispose()
    return found


def test_a_corpus_in_the_schema_public_gets_no_extension_beside_its_table_of_that_name(server: str) -> None:
    assert not _counts(server.replace("schema=archive", "schema=public"))


def test_what_was_encoded_before_there_were_rows_is_spread_when_it_is_next_opened(encoded: str) -> None:
    old = encoded.replace("schema=archive", "schema=old")
    place, source = place_at(old), open_database(encoded)
    engine = place.engine()
    place.prepare(engine)
    upgrade(engine, to="0005")
    with source.connect() as reading, writing(engine) as connection:
        for table in (encoder, sign_block):
            insert_rows(connection, table, list(reading.execute(table.select()).mappings()))
        connection.commit()
    engine.dispose()
    source.dispose()
    _sound(old, 52)
