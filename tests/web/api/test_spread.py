"""A corpus over three servers, one of which is stopped: pages and API judge nothing, and the log names the server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from benchmarks.cluster import Cluster
from checker.settings import DEFAULTS
from corpus.spreading import spread_corpus
from corpus.store import Corpus
from tests.web.api.conftest import TRUE, Programs, invented_documents, problem
from web import create_app


@pytest.fixture
def app(three: tuple[Cluster, ...], tmp_path: Path) -> Iterator[Flask]:
    whole = three[0].location("web_spread")
    spread_corpus(whole, [each.part("web_spread") for each in three])
    with Corpus.open(whole) as corpus:
        list(corpus.add(invented_documents()))
        settings = replace(
            DEFAULTS,
            corpus=whole,
            desk=str(tmp_path / "desk.sqlite3"),
            encoder="none",
            multilingual="none",
            judge="none",
        )
        app = create_app(settings, corpus)
        app.config["TESTING"] = False
        yield app


def test_with_one_server_stopped_pages_and_api_judge_nothing_and_the_log_names_it(
    app: Flask, program: Programs, three: tuple[Cluster, ...], caplog: pytest.LogCaptureFixture
) -> None:
    ask, page = program(), app.test_client()
    asked = {"text": f"“{TRUE['quote']}”", "speaker": TRUE["speaker"]}
    verified = ask("POST", "/quotes", {"quotes": {"a": TRUE}})
    assert verified.status_code == 200 and "verified" in verified.text
    named = f"127.0.0.1:{three[1].port}/template1"
    never_said = {"quote": "Nobody ever said these words about any treaty."}
    three[1].stop()
    try:
        for quote in (TRUE, never_said):
            caplog.clear()
            answer = ask("POST", "/quotes", {"quotes": {"a": quote}})
            assert problem(answer) == (503, "unavailable") and "absent" not in answer.text
            assert named in caplog.text and named not in answer.text  # readers are told nothing of our machines
        caplog.clear()
        answer = page.post("/check", data=asked, follow_redirects=True)
        assert answer.status_code == 503 and "Your text was not judged" in answer.text and named in caplog.text
        ready = page.get("/readyz")
        assert ready.status_code == 503 and "corpus-unavailable" in ready.json["reasons"]  # type: ignore[index]
    finally:
        three[1].start()
    answer = ask("POST", "/quotes", {"quotes": {"a": TRUE, "b": never_said}})
    assert answer.status_code == 200 and '"verified"' in answer.text and '"unsourced"' in answer.text
