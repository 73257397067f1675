"""The page of what is held, over a small real corpus; it needs no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from checker.settings import DEFAULTS
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.sync import log
from web import create_app


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    documents = [
        document_of({
            "id": f"m-{month}-{day}", "publisher": "Office of <Marlo>", "date": f"2031-{month:02}-{day:02}",
            "speakers": ["Ada Lorne"], "language": "en", "text": f"On day {day} of month {month} we opened a quay.",
        })
        for month in (1, 2, 4) for day in range(1, 11)
    ]  # fmt: skip
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add(documents))
        yield create_app(replace(DEFAULTS, corpus=str(tmp_path)), corpus).test_client()


def test_publishers_and_speakers_are_shown_with_their_gaps(client: FlaskClient) -> None:
    page = client.get("/coverage").text
    assert "Office of &lt;Marlo&gt;" in page and "Ada Lorne" in page
    assert "2031-03 (nothing)" in page
    assert '<th scope="row">2031</th>' in page
    assert 'aria-current="page">What is held' in page


def test_one_publisher_or_speaker_may_be_asked_for(client: FlaskClient) -> None:
    assert "Publishers</h2>" not in client.get("/coverage?speaker=Lorne").text
    assert "Speakers</h2>" not in client.get("/coverage?publisher=marlo").text
    assert "Nothing is held of that name" in client.get("/coverage?speaker=Ostrey").text
    assert 'value="&lt;b&gt;"' in client.get("/coverage?publisher=<b>").text


@pytest.mark.parametrize("query", ["publisher=%00", "speaker=" + "x" * 201])
def test_what_is_no_name_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/coverage?{query}").status_code == 400


def test_sources_that_come_by_themselves_say_how_fresh_they_are(tmp_path: Path) -> None:
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add([document_of({
            "id": "v-1", "publisher": "Valdria (invented)", "date": "2031-02-03", "speakers": ["Ada Lorne"],
            "language": "en", "text": "We opened a quay.",
        })]))  # fmt: skip
        run = corpus.note(lambda open: log.begin(open, "valdria"))
        corpus.note(lambda open: log.end(open, run, "failed", log.NOTHING, "the list has no links"))
        client = create_app(replace(DEFAULTS, corpus=str(tmp_path)), corpus).test_client()
        page = client.get("/coverage").text
        assert "the last run failed" in page and "the list has no links" in page
        assert "valdria" in client.get("/").text, "the start page warns"
        assert "valdria" not in client.get("/coverage?publisher=Valdria").text
