"""The pages of changes and versions, over a real corpus in which an invented document was changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree

from checker.export.changes import passages
from checker.settings import DEFAULTS
from corpus.read.turns import lay_out, whole
from corpus.store import Corpus
from corpus.types import Document
from web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
ID = "tarn/briefing 1"


def briefing(text: str, id: str) -> Document:
    stored, turns = lay_out(whole(text, ("Mirela Tosk",), kind="statement"))
    return Document(id, "Chancery of Quenland (invented)", "Briefing <b>on</b> the harbour", stored, turns)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    with Corpus.open(tmp_path, create=True) as corpus:
        for id in (ID, "tarn//2"):
            for sum_ in ("14", "40"):
                list(corpus.add([briefing(f"The <script> harbour costs us {sum_} crowns a year.", id)]))
        corpus.history.gone(ID)
        yield create_app(DEFAULTS, corpus).test_client()


def test_the_page_of_changes_shows_events_with_their_words(client: FlaskClient) -> None:
    page = client.get("/changes").text
    assert "Gone at its source; kept here" in page and "1 word added, 1 word removed" in page
    assert "</span>14</del>" in page and "</span>40</ins>" in page
    assert "<script> harbour" not in page and "<b>on</b>" not in page


def test_the_feed_is_atom_and_its_links_lead_to_the_versions(client: FlaskClient) -> None:
    answer = client.get("/changes.atom")
    assert answer.mimetype == "application/atom+xml"
    root = etree.fromstring(answer.data)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 3 and root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(set(ids)) == 3
    for entry in entries:
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("title", "updated", "content"))
        (link,) = entry.findall(f"{ATOM}link")
        assert client.get(link.attrib["href"]).status_code == 200


@pytest.mark.parametrize("address", ["/documents/tarn/briefing 1/versions", "/versions?id=tarn//2"])
def test_the_page_of_versions_compares_the_last_two(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert "From version 1 to version 2" in page and "2</a> (current)" in page and "</span>40</ins>" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/documents/nobody/versions", 404),
        ("/documents/tarn/briefing 1/versions?from=9", 404),
        ("/documents/tarn/briefing 1/versions?to=x", 400),
    ],
)
def test_what_is_not_held_is_said_so(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_what_stands_around_a_difference_is_cut_between_words(tmp_path: Path) -> None:
    around = "harbour " * 12
    with Corpus.open(tmp_path, create=True) as corpus:
        for sum_ in ("14", "40"):
            list(corpus.add([briefing(f"{around}costs {sum_} crowns a year {around}".strip(), ID)]))
        (found,) = passages(corpus, ID, 1, 2)
    assert found.lead.startswith("… harbour ") and found.lead.endswith(" costs ")
    assert found.rest.startswith(" crowns a year ") and found.rest.endswith(" harbour …")


def test_where_nothing_is_cut_nothing_is_left_out(tmp_path: Path) -> None:
    with Corpus.open(tmp_path, create=True) as corpus:
        for sum_ in ("14", "40"):
            list(corpus.add([briefing(f"It costs {sum_} crowns.", ID)]))
        (found,) = passages(corpus, ID, 1, 2)
    assert (found.lead, found.rest) == ("It costs ", " crowns.")
