"""No page knows of private collections: neither those that everybody sees nor those that ask who is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from checker.settings import DEFAULTS
from corpus.collections import collection_address, make_collection
from corpus.read.turns import lay_out, whole
from corpus.store import Corpus
from corpus.types import Document, PartialDate
from tests.web.conftest import enter
from web import create_app
from web.access import COOKIE
from web.store import keys

SECRET = "The ferries to Ostrava Bay will be sold to the harbour company before the first frost."
TELLING = ("Ostrava", "frost", "embargoed", "Kestrel", "seventh of May", "summit")
ASKING = (
    "/corpus?q=ferries+sold", "/corpus?publisher=Kestrel+Gazette", "/document?id=embargoed", "/document/versions?id=embargoed",
    "/coverage?publisher=gazette", "/api/v1/passages?q=ferries+sold", "/api/v1/documents/embargoed",
    "/api/v1/documents/embargoed/versions", "/api/v1/documents?publisher=Kestrel+Gazette", "/api/v1/coverage?publisher=gazette",
)  # fmt: skip


def document(id: str, text: str, publisher: str, title: str) -> Document:
    stored, turns = lay_out(whole(text, ("Ilse Corvane",), kind="statement"))
    return Document(id, publisher, title, stored, turns, date=PartialDate(2031, 5, 7), speakers=("Ilse Corvane",))


@pytest.fixture
def location(tmp_path: Path) -> str:
    """A corpus with a public document, and a private one in a collection."""
    corpus = str(tmp_path / "corpus")
    private = document("embargoed", SECRET, "Kestrel Gazette (invented)", "Recording of the seventh of May")
    public = document("public-1", "We agreed to rebuild the bridge.", "Office of Velmora (invented)", "Public address")
    for place, held in ((corpus, public), (make_collection(corpus, "summit"), private)):
        with Corpus.open(place, create=True) as opened:
            list(opened.add([held]))
    return corpus


def desk(location: str, tmp_path: Path) -> FlaskClient:
    """Somebody who may do everything."""
    settings = replace(
        DEFAULTS,
        corpus=location,
        desk=str(tmp_path / "desk.sqlite3"),
        encoder="none",
        multilingual="none",
        judge="none",
    )
    app = create_app(settings)
    client = app.test_client()
    store = app.extensions["desk"].store
    client.set_cookie(COOKIE, enter(store, "Ada", "admin"))
    with store.writing() as connection:
        _, secret = keys.make(connection, "Ada", label="CMS", scopes=keys.SCOPES, by="test")
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


def told(client: FlaskClient) -> dict[str, list[str]]:
    """Which of the telling words stand on which page, beside the address that was asked for."""
    rules = client.application.url_map.iter_rules()
    plain = [str(rule) for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments]
    found = {}
    for path in [*plain, *ASKING]:
        said = client.get(path).text
        found[path] = [word for word in TELLING if word in said and word.casefold() not in path.casefold()]
    return {path: words for path, words in found.items() if words}


def test_no_page_tells_a_word_of_a_private_collection(location: str, tmp_path: Path) -> None:
    client = desk(location, tmp_path)
    assert "Public address" in client.get("/corpus").text
    assert client.get("/document?id=embargoed").status_code == 404
    assert told(client) == {}


def test_a_quotation_from_one_is_unsourced_on_the_pages(location: str, tmp_path: Path) -> None:
    client = desk(location, tmp_path)
    asked = client.post("/check", data={"kind": "quote", "text": SECRET, "speaker": "Ilse Corvane"})
    page = client.get(f"{asked.headers['Location']}?whole=1").text
    assert "Not found in the one document searched" in page
    found = client.post(
        "/api/v1/quotes", json={"quotes": {"a": {"quote": SECRET, "speaker": "Ilse Corvane"}}}
    ).get_json()
    assert found["quotes"]["a"]["status"] == "unsourced" and found["quotes"]["a"]["nearest"] == []
    assert [word for word in ("embargoed", "Kestrel", "seventh of May", "summit") if word in page] == []


def test_the_pages_that_were_looked_at_would_show_it_if_it_were_the_corpus(location: str, tmp_path: Path) -> None:
    shown = told(desk(collection_address(location, "summit"), tmp_path))
    assert {"/corpus", "/api/v1/documents", "/api/v1/passages?q=ferries+sold", "/api/v1/documents/embargoed"} <= set(
        shown
    )
