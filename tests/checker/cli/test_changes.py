"""A page of a real server that changes: a version, a difference, an event, and a warning on who quotes the words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from checker.cli import onrecord
from corpus.errors import RecordError
from corpus.store import Corpus

SAID = "Trade between our countries grew by 14 per cent, and the old ferries cost us 40 million crowns a year."
PAGE = f"""<html><head><title>Address in Ostrava Bay</title>
<meta property="og:site_name" content="Office of the President of Velmora">
<meta property="article:published_time" content="2024-06-10"></head><body><article><h1>Address in Ostrava Bay</h1>
<p>We agreed to rebuild the Brannock bridge by the autumn of 2027. {SAID}</p>
<p>The engineers will begin on the eastern bank, because the western one still carries the road to the market.</p>
</article></body></html>"""
EDITED = PAGE.replace("14 per cent", "4 per cent")
PAGES: dict[str, str] = {}
ATOM = "{http://www.w3.org/2005/Atom}"


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 410)
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


class Desk:
    """The command line over one corpus and one host."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder = folder
        self.host = host

    def run(self, *arguments: object) -> Result:
        environment = {"ONRECORD_PRIVATE_HOSTS": self.host, "ONRECORD_ENCODER": "none", "ONRECORD_JUDGE": "none"}
        given = [*map(str, arguments), "--corpus", str(self.folder)]
        return CliRunner().invoke(onrecord, given, env=environment)

    def refresh(self) -> Result:
        return self.run("corpus", "refresh")

    def finding(self, quote: str) -> dict[str, object]:
        ran = self.run("quote", quote, "--speaker", "Ilse Corvane", "--format", "json")
        assert ran.exit_code == 0, ran.stderr
        found = json.loads(ran.stdout)
        assert isinstance(found, dict)
        return found


@pytest.fixture
def desk(tmp_path: Path, host: str) -> Desk:
    """A corpus of one page, put in by its link."""
    PAGES["/statement"] = PAGE
    desk = Desk(tmp_path / "corpus", host)
    added = desk.run("corpus", "add", f"http://{host}/statement", "--speaker", "Ilse Corvane")
    assert added.exit_code == 0, added.stderr
    return desk


def codes(finding: dict[str, object]) -> list[str]:
    warnings = finding["warnings"]
    assert isinstance(warnings, list)
    return [warning["code"] for warning in warnings]


def test_a_page_that_changes_gives_a_version_a_difference_an_event_and_a_warning(desk: Desk) -> None:
    assert desk.finding(SAID)["status"] == "verified" and "source-changed" not in codes(desk.finding(SAID))
    PAGES["/statement"] = EDITED
    refreshed = desk.refresh()
    assert refreshed.exit_code == 0 and "1 changed" in refreshed.stderr
    with Corpus.open(desk.folder) as held:
        (listed,) = held.documents()
        assert [(each.number, each.current) for each in held.history.editions(listed.id)] == [(1, False), (2, True)]
        (event,) = held.history.events()
        assert (event.kind, event.from_version, event.to_version, event.added, event.removed) == ("changed", 1, 2, 1, 1)
        (difference,) = held.history.between(listed.id, 1, 2)
        texts = [held.document(listed.id, version=number).document.text for number in (1, 2)]
        assert (difference.before.of(texts[0]), difference.after.of(texts[1])) == ("14", "4")
        assert len(held.history.captures(listed.id)) == 2

    old, new = desk.finding(SAID), desk.finding(SAID.replace("14", "4"))
    assert (old["status"], old["reason"], codes(old).count("source-changed")) == ("unsourced", "altered-number", 1)
    nearest = old["nearest"]
    assert isinstance(nearest, list)
    assert nearest[0]["document"]["version"] == 1 and nearest[0]["exact"] == SAID
    assert new["status"] == "verified" and "source-changed" in codes(new)
    (says,) = [each["says"] for each in new["warnings"] if each["code"] == "source-changed"]  # type: ignore[attr-defined]
    assert "version 1" in says and "“14”" in says


def test_words_that_the_change_left_alone_carry_no_warning(desk: Desk) -> None:
    PAGES["/statement"] = EDITED
    desk.refresh()
    found = desk.finding("We agreed to rebuild the Brannock bridge by the autumn of 2027.")
    assert found["status"] == "verified" and "source-changed" not in codes(found)


def test_a_page_that_goes_back_to_its_old_wording_reads_so_again(desk: Desk) -> None:
    for page in (EDITED, PAGE):
        PAGES["/statement"] = page
        desk.refresh()
    assert desk.finding(SAID)["status"] == "verified"
    with Corpus.open(desk.folder) as held:
        assert [(each.from_version, each.to_version) for each in held.history.events()] == [(2, 1), (1, 2)]
        assert list(held.verify()) == []


def test_what_is_gone_at_its_source_is_kept_and_said_once_until_it_is_back(desk: Desk) -> None:
    del PAGES["/statement"]
    first, second = desk.refresh(), desk.refresh()
    assert first.exit_code == second.exit_code == 0 and "1 gone" in first.stderr
    found = desk.finding(SAID)
    assert found["status"] == "verified" and "source-gone" in codes(found)
    PAGES["/statement"] = PAGE
    desk.refresh()
    assert "source-gone" not in codes(desk.finding(SAID))
    with Corpus.open(desk.folder) as held:
        assert [event.kind for event in held.history.events()] == ["back", "gone"]


def test_spaces_and_punctuation_alone_are_said_to_be_just_that(desk: Desk) -> None:
    PAGES["/statement"] = PAGE.replace("14 per cent,", "14 per cent –")
    desk.refresh()
    assert "punctuation or letter case only" in desk.run("corpus", "changes").stdout
    assert "source-changed" not in codes(desk.finding(SAID))


def test_changes_are_listed_as_lines_objects_and_a_feed(desk: Desk) -> None:
    PAGES["/statement"] = EDITED
    desk.refresh()
    assert "“14” → “4”" in desk.run("corpus", "changes").stdout
    assert (
        desk.run("corpus", "changes", "--since", "2999-01-01").stdout.strip() == "nothing changed, as far as is known"
    )
    row = json.loads(desk.run("corpus", "changes", "--format", "json").stdout)
    assert row["kind"] == "changed" and row["differences"][0]["before"]["text"] == "14"
    root = etree.fromstring(desk.run("corpus", "changes", "--format", "atom").stdout.encode())
    assert root.tag == f"{ATOM}feed"
    for where in (root, root.find(f"{ATOM}entry")):
        assert all(where.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    shown = desk.run("corpus", "diff", row["document"]).stdout
    assert "version 1 → version 2" in shown and "“14” → “4”" in shown
    assert desk.run("corpus", "changes", "--document", "nobody").exit_code != 0


def test_the_bytes_of_every_version_are_written_as_a_warc_file(desk: Desk, tmp_path: Path) -> None:
    PAGES["/statement"] = EDITED
    desk.refresh()
    written = tmp_path / "all.warc.gz"
    assert desk.run("corpus", "captures", "--output", written).exit_code == 0
    from warcio.archiveiterator import ArchiveIterator  # a reader of its own, to see that others can

    with written.open("rb") as stream:
        kept = [(record.rec_type, record.content_stream().read().decode()) for record in ArchiveIterator(stream)]
    assert kept == [("response", PAGE), ("response", EDITED)]


def test_an_edited_file_is_an_event_too(tmp_path: Path, host: str) -> None:
    desk = Desk(tmp_path / "corpus", host)
    path = tmp_path / "address.txt"
    for text in (SAID, SAID.replace("40 million", "60 million")):
        path.write_text(text, encoding="utf-8")
        assert desk.run("corpus", "add", path, "--speaker", "Ilse Corvane").exit_code == 0
    with Corpus.open(desk.folder) as held:
        (event,) = held.history.events()
        assert event.kind == "changed" and [each.kind for each in held.history.captures()] == ["resource"] * 2


def test_what_is_said_of_a_version_names_the_document_of_which_it_is_true(desk: Desk) -> None:
    PAGES["/copy"] = PAGE.replace("Address in Ostrava Bay", "Address, as a newspaper of record has it")
    link = f"http://{desk.host}/copy"
    assert desk.run("corpus", "add", link, "--speaker", "Ilse Corvane").exit_code == 0
    PAGES["/statement"] = EDITED
    assert "1 changed" in desk.refresh().stderr
    with Corpus.open(desk.folder) as held:
        named, other = (
            next(each.id for each in held.documents() if f"-{page}-" in each.id) for page in ("statement", "copy")
        )
    asked = ("quote", SAID, "--speaker", "Ilse Corvane", "--document", named)
    found = json.loads(desk.run(*asked, "--format", "json").stdout)
    assert (found["status"], found["reason"]) == ("unsourced", "wrong-document")
    assert [each["document"]["id"] for each in found["evidence"]] == [other]
    assert found["evidence"][0]["warnings"] == []
    earlier = found["nearest"][0]
    assert (earlier["document"]["id"], earlier["document"]["version"], earlier["exact"]) == (named, 1, SAID)
    (warning,) = earlier["warnings"]
    assert warning["code"] == "source-changed"
    assert warning in found["warnings"] and named in warning["says"] and "version 1" in warning["says"]
    assert "the document named had them in version 1, and reads otherwise now" in found["summary"]
    shown = " ".join(desk.run(*asked).stdout.split())
    assert f"Note These words stand only in version 1 of “Address in Ostrava Bay” ({named})" in shown
    assert "June 2024), version 1" in shown
    page = desk.run(*asked, "--format", "html").stdout
    assert page.count("stand only in version 1") == 2  # beside the verdict, and with the place itself


def test_captures_that_cannot_be_written_are_an_error_that_names_the_file(desk: Desk) -> None:
    ran = desk.run("corpus", "captures", "--output", "/proc/captures.warc.gz")
    assert isinstance(ran.exception, RecordError) and "/proc/captures.warc.gz" in str(ran.exception)
    assert "cannot be written" in str(ran.exception)
