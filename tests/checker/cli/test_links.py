"""Links on the command line: fetched when named, from a real server, and never when that is switched off."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.cli import onrecord
from corpus.store import Corpus

SAID = "We agreed to rebuild the Brannock bridge by the autumn of 2027."
STATEMENT = f"""<html><head><title>Address in Ostrava Bay</title>
<meta property="og:site_name" content="Office of the President of Velmora">
<meta property="article:published_time" content="2024-06-10"></head><body><article><h1>Address in Ostrava Bay</h1>
<p>{SAID} Trade between our countries grew by 14 per cent, and the old ferries cost us 40 million crowns a year.</p>
<p>The engineers will begin on the eastern bank, because the western one still carries the road to the market.</p>
</article></body></html>"""
ARTICLE = f"""<html><head><title>A bridge for Brannock</title>
<meta property="article:published_time" content="2024-06-11"></head><body><article><h1>A bridge for Brannock</h1>
<p>“{SAID[:-1]},” President Ilse Corvane said on Monday, and everybody in the hall rose from their chairs.</p>
<p>“Nobody will ever take a ferry again in this whole bay,” Corvane said, to the surprise of the ferrymen who listened.</p>
</article></body></html>"""
PAGES = {"/statement": STATEMENT, "/article": ARTICLE}


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, *_arguments: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A real server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def corpus(tmp_path: Path, host: str) -> Path:
    """A corpus of one statement, put in by its link."""
    added = run(
        "corpus", "add", f"http://{host}/statement", "--corpus", tmp_path, "--speaker", "Ilse Corvane", named=host
    )
    assert added.exit_code == 0, added.stderr
    return tmp_path


def run(*arguments: object, named: str = "", egress: str = "on") -> Result:
    environment = {
        "ONRECORD_PRIVATE_HOSTS": named,
        "ONRECORD_EGRESS": egress,
        "ONRECORD_ENCODER": "none",
        "ONRECORD_JUDGE": "none",
    }
    return CliRunner().invoke(onrecord, [str(each) for each in arguments], env=environment)


def test_a_source_is_added_by_its_link_and_says_where_it_comes_from(corpus: Path, host: str) -> None:
    with Corpus.open(corpus) as held:
        (listed,) = held.documents()
        document = held.document(listed.id).document
    assert document.title == "Address in Ostrava Bay"
    assert document.publisher == "Office of the President of Velmora (127.0.0.1)"
    assert (document.url, str(document.date)) == (f"http://{host}/statement", "2024-06-10")
    assert len(str(document.metadata["fetched_sha256"])) == 64 and document.metadata["fetched_at"]


def test_adding_the_link_again_adds_nothing(corpus: Path, host: str) -> None:
    again = run(
        "corpus", "add", f"http://{host}/statement", "--corpus", corpus, "--speaker", "Ilse Corvane", named=host
    )
    assert again.exit_code == 0 and "1 already there" in again.stderr


def test_a_page_that_changed_is_a_new_version(corpus: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "/statement", STATEMENT.replace("14 per cent", "4 per cent"))
    again = run(
        "corpus", "add", f"http://{host}/statement", "--corpus", corpus, "--speaker", "Ilse Corvane", named=host
    )
    assert "stored as version 2" in again.stderr


def test_an_article_is_checked_by_its_link(corpus: Path, host: str) -> None:
    ran = run("check", f"http://{host}/article", "--corpus", corpus, "--format", "jsonl", named=host)
    assert ran.exit_code == 0, ran.stderr
    report = json.loads(ran.stdout)
    assert report["id"] == f"http://{host}/article"
    assert [finding["status"] for finding in report["findings"]] == ["verified", "unsourced"]


def test_what_cannot_be_fetched_is_named_and_the_rest_goes_on(corpus: Path, host: str) -> None:
    links = [f"http://{host}/nowhere", "http://127.0.0.1/", "file:///etc/passwd", f"http://{host}/article"]
    ran = run("check", *links, "--corpus", corpus, "--format", "jsonl", named=host)
    assert ran.exit_code == 3
    lines: list[dict[str, Any]] = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line.get("error", {}).get("code") for line in lines] == [
        "fetch-failed",
        "link-refused",
        "link-refused",
        None,
    ]
    assert lines[0]["id"] == links[0] and links[0] in lines[0]["error"]["message"]
    added = run("corpus", "add", *links, "--corpus", corpus, named=host)
    assert added.exit_code == 3 and "1 added" in added.stderr and "3 could not be read" in added.stderr


def test_a_host_that_was_not_named_is_not_fetched(corpus: Path, host: str) -> None:
    ran = run("extract", f"http://{host}/article")
    assert ran.exit_code == 3 and f"http://{host}/article" in ran.stderr


def test_a_private_host_that_is_none_is_wrong_and_named(corpus: Path, host: str) -> None:
    ran = run("check", f"http://{host}/article", "--corpus", corpus, named="http://wiki")
    assert "ONRECORD_PRIVATE_HOSTS" in str(ran.exception)


_connected: list[Any] | None = None


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto") and _connected is not None:
        _connected.append((event, arguments[-1]))


sys.addaudithook(_audit)  # for good: the interpreter has no way to take one away


def test_switched_off_nothing_is_connected_to_by_any_command(corpus: Path, host: str, tmp_path: Path) -> None:
    global _connected
    article = tmp_path / "article.txt"
    article.write_text(f"“{SAID[:-1]},” President Ilse Corvane said.", encoding="utf-8")
    _connected = []
    try:
        checked = run(
            "check",
            article,
            f"http://{host}/article",
            "https://press.example/1",
            "--corpus",
            corpus,
            named=host,
            egress="off",
        )
        added = run("corpus", "add", f"http://{host}/statement", "--corpus", corpus, named=host, egress="off")
        quoted = run("quote", SAID, "--corpus", corpus, egress="off")
        seen = list(_connected)
    finally:
        _connected = None
    assert seen == []
    assert (checked.exit_code, added.exit_code, quoted.exit_code) == (3, 3, 0)
    assert "verified" in checked.stdout.lower() and "switched off" in checked.stderr and "switched off" in added.stderr
