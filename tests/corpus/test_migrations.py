"""A corpus of any earlier schema is brought up to date, and finds what it found before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect

from checker.export import finding_object
from checker.pipeline import check_quote
from checker.types import Claim
from corpus.connectors.connector import Entry
from corpus.database import HEAD, insert_rows, open_database, place_at, writing
from corpus.database.migrate import upgrade
from corpus.embed import Encoders
from corpus.encode import encode
from corpus.schema import metadata
from corpus.store import Corpus
from corpus.sync import log
from corpus.types import Document, Query

MakeDocument = Callable[..., Document]


def _revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", "corpus:migrations")
    config.set_main_option("path_separator", "os")
    return sorted(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())


def _corpus_at(revision: str, location: str, *, rows_of: Path) -> None:
    """A corpus as a program of that time would have left it: its tables, with those rows that they can hold."""
    place, source = place_at(location), open_database(rows_of)
    engine = place.engine()
    place.prepare(engine)
    upgrade(engine, to=revision)
    with source.connect() as reading, writing(engine) as connection:
        old, new = MetaData(), MetaData()
        old.reflect(connection)
        new.reflect(reading)
        for table in old.sorted_tables:
            if table.name in metadata.tables:  # what a server works out by itself is no row that anybody wrote
                columns = [new.tables[table.name].c[column.name] for column in table.columns]
                found = reading.execute(new.tables[table.name].select().with_only_columns(*columns)).mappings()
                insert_rows(connection, table, list(found))
        connection.commit()
    engine.dispose()
    source.dispose()


def _findings(location: str | Path, quotes: list[str]) -> list[object]:
    with Corpus.open(location) as corpus:
        return [finding_object(check_quote(Claim(quote), corpus)) for quote in quotes]


@pytest.mark.parametrize("revision", _revisions())
def test_a_corpus_of_an_earlier_schema_finds_what_it_found(
    revision: str, location: str, tmp_path: Path, speeches: tuple[Document, ...], make_document: MakeDocument
) -> None:
    with Corpus.open(tmp_path / "now", create=True) as corpus:
        list(corpus.add([*speeches[:20], make_document(text="The first wording.")]))
        list(corpus.add([make_document(text="The second wording of it.")]))
    quotes = [each.text.split(".")[0] for each in speeches[:4]]
    _corpus_at(revision, location, rows_of=tmp_path / "now")
    assert _findings(location, quotes) == _findings(tmp_path / "now", quotes)
    engine = open_database(location)
    with engine.connect() as connection:
        version = Table("alembic_version", MetaData(), autoload_with=connection)
        assert connection.execute(version.select()).scalar_one() == HEAD
        assert inspect(connection).has_table("vector")
    engine.dispose()
    with Corpus.open(location) as upgraded:
        assert list(upgraded.verify()) == []
        assert upgraded.document("marlo-1", version=1).document.text == "The first wording."
        list(upgraded.add([make_document("later", text="What is added later.")]))
        assert list(upgraded.verify()) == []


def test_vectors_from_before_their_bits_were_rows_find_what_they_found(
    location: str,
    tmp_path: Path,
    speeches: tuple[Document, ...],
    encoders: Encoders,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("checker.search.encoders_of", lambda settings: encoders)
    monkeypatch.setattr("corpus.vectors.store.MANY", 1)  # a server that can count does
    with Corpus.open(tmp_path / "now", create=True) as corpus:
        list(corpus.add(speeches[:20]))
        encode(corpus, encoders)
    reworded = [" ".join(reversed(each.text.split(".")[0].split())) for each in speeches[:4]]
    _corpus_at("0005", location, rows_of=tmp_path / "now")
    with Corpus.open(tmp_path / "now") as corpus, Corpus.open(location) as upgraded:
        for words in reworded:
            query = Query((words,), meaning=True)
            found = upgraded.retrieve(query, limit=7, encoders=encoders)
            assert found
            assert found == corpus.retrieve(query, limit=7, encoders=encoders)
        assert list(upgraded.verify()) == []
    assert _findings(location, reworded) == _findings(tmp_path / "now", reworded)


def test_runs_from_before_known_failures_were_told_apart_keep_their_counts(location: str, tmp_path: Path) -> None:
    page = Entry("marlo-3", "https://marlo.example/news/3")
    before = log.Counts(seen=9, new=7, failed=2)
    with Corpus.open(tmp_path / "now", create=True) as corpus:
        corpus.note(lambda open: log.note(open, "marlo", page, "failed", attempts=4, error="it is broken"))
        run = corpus.note(lambda open: log.begin(open, "marlo"))
        corpus.note(lambda open: log.count(open, run, before))
    _corpus_at("0006", location, rows_of=tmp_path / "now")
    with Corpus.open(location) as upgraded:
        assert [each.counts for each in upgraded.look_up(partial(log.runs, source="marlo", limit=9))] == [before]
        later = upgraded.note(partial(log.begin, source="marlo"))
        ended = upgraded.note(lambda open: log.end(open, later, "done", log.Counts(seen=9), ""))
        assert ended.counts == log.Counts(seen=9, known_failures=1)


def test_every_revision_is_tried() -> None:
    assert _revisions()[0] == "0001"
    assert _revisions()[-1] == HEAD
