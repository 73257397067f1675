"""An invented record, and a checker that answers from a list: the pages are tested without judging anything.

For what only a browser can tell there is one browser, and servers over records of a test's own, judging by words alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import get_args

import lxml.html
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from benchmarks.api_fuzz import served
from checker import wording
from checker.settings import DEFAULTS
from checker.tongue import worded
from checker.types import (
    Alignment,
    Article,
    Attribution,
    Claim,
    Edit,
    Evidence,
    FeatureScore,
    Finding,
    Provenance,
    Reason,
    Searched,
    Speaker,
    Status,
    TextQuote,
    Verdict,
)
from corpus.errors import DocumentNotFound
from corpus.holdings import Dated, Holdings, holdings
from corpus.relatives import Relative
from corpus.shelf import Hit, Shelved
from corpus.store import Corpus
from corpus.types import Coverage, Document, PartialDate, Span, StoredDocument, Turn, Version
from web import create_app
from web.access import COOKIE
from web.desk import Checks
from web.store import Store, accounts, keys
from web.store.clock import now
from web.store.schema import account, session

ASKED = "Will the toll rise again this year, Minister?"
SAID = (
    "We opened the northern ferry in May. We will not raise the toll by 2.4 percent this year, "
    "because the islands need the bridge more than the treasury does.\n\n"
    "That is my promise. It holds until the harbour is dredged."
)
TEXT = f"{ASKED}\n\n{SAID}"
DOCUMENT = Document(
    id="quenland/briefing 7?#ä",
    publisher="Chancery of Quenland (invented)",
    title="Briefing on the harbour of Tarn",
    text=TEXT,
    turns=(
        Turn(0, "Journalist", "question", Span(0, len(ASKED))),
        Turn(1, "Mirela Tosk", "speech", Span(len(ASKED) + 2, len(TEXT))),
    ),
    date=PartialDate(2031, 5, 4),
    url="https://chancery.example/briefing-7",
    kind="briefing",
    speakers=("Mirela Tosk",),
    licence="CC0",
)
VERSION = Version(2, "ab" * 32, "2031-05-05T09:00:00Z")
COVERAGE = Coverage(12, 340, (DOCUMENT.publisher,), PartialDate(2029), PartialDate(2031, 6), 0.5)
PROVENANCE = Provenance("0.1.0", "fingerprint", None, 0.5, "press")


def evidence(exact: str, *, quote: str = "", edits: Iterable[tuple[str, str, str, bool]] = (), document: Document = DOCUMENT) -> Evidence:  # fmt: skip
    """The place where `exact` stands; `edits` give quoted words, source words, kind and whether they are allowed."""
    start = document.text.index(exact)
    span = Span(start, start + len(exact))
    turn = next(turn for turn in document.turns if turn.span.overlaps(span))
    found = [
        Edit(kind, _find(quote, ours), _find(document.text, theirs, start), allowed)
        for ours, theirs, kind, allowed in edits
    ]
    alignments = (Alignment(0, Span(0, len(quote)), span, tuple(found), 0.9),) if quote else ()
    return Evidence(
        document=document, version=VERSION, turn=turn, speaker=turn.speaker, span=span,
        quote=TextQuote(exact, document.text[max(0, start - 20) : start], document.text[span.end : span.end + 20]),
        link=f"{document.url}#:~:text={exact[:5]}", alignments=alignments,
        features=(FeatureScore("wording", 0.9, worded("90 % of the words stand here.")),),
        foldings=("quotation-marks",), score=0.9, supports=None,
    )  # fmt: skip


def _find(text: str, words: str, start: int = 0) -> Span:
    """Where words stand; a word after `|` says where to stand when there are none."""
    words, _, before = words.partition("|")
    at = text.index(words or before, start) + (0 if words else len(before))
    return Span(at, at + len(words))


def finding(status: Status, reason: Reason, quote: str, *places: Evidence, nearest: Iterable[Evidence] = ()) -> Finding:
    """A finding about an invented claim of Mirela Tosk."""
    return Finding(
        claim=Claim(quote, speaker="Mirela Tosk", date=PartialDate(2031, 5)),
        verdict=Verdict(status, reason, 0.97, worded("Summary of %(reason)s.", reason=reason)),
        evidence=places,
        nearest=tuple(nearest),
        searched=Searched(COVERAGE, 3),
        provenance=PROVENANCE,
    )


def altered(quote: str = "We will raise the toll by 4.2 percent this year") -> Finding:
    """A negation lost and a number changed."""
    place = evidence(
        "We will not raise the toll by 2.4 percent this year",
        quote=quote,
        edits=[("|We will", "not", "negation", False), ("4.2", "2.4", "number", False)],
    )
    return finding("unsourced", "negation", quote, replace(place, objections=("negation", "altered-number")))


def status_of(reason: Reason) -> Status:
    """The status that a reason belongs to."""
    return next(status for status, members in wording.GROUPS.items() if reason in members)


def every_reason() -> list[Finding]:
    """One finding for each reason there is."""
    quote = "We opened the northern ferry in May."
    place = evidence(quote, quote=quote)
    without = {"absent", "not-covered"}
    return [
        finding(status_of(reason), reason, quote, *(() if reason in without else (place,)))
        for reason in get_args(Reason)
    ]


@dataclass
class FakeCorpus:
    """One document, and how much there is."""

    documents_held: dict[str, Document] = field(default_factory=lambda: {DOCUMENT.id: DOCUMENT})
    states: int = 0

    def document(self, id: str, *, version: int | None = None) -> StoredDocument:
        if id not in self.documents_held or version not in (None, VERSION.number):
            raise DocumentNotFound(f"there is no document {id!r}")
        return StoredDocument(self.documents_held[id], VERSION, also_at=("quenland/copy",))

    def relatives(self, id: str) -> tuple[Relative, ...]:
        return (
            Relative(
                "original", "quenland/orig", "Брифинг <о гавани>", "ru", PartialDate(2031, 5, 4), "Chancery", None
            ),
        )

    def documents(self) -> Iterator[Document]:
        return iter(self.documents_held.values())

    def coverage(self) -> Coverage:
        return COVERAGE

    def fingerprint(self) -> str:
        """Another one every time, so that nothing is answered from memory."""
        self.states += 1
        return str(self.states)

    def is_current(self) -> bool:
        return True

    def look_up(self, read: object) -> tuple[()]:
        """No source comes by itself."""
        return ()

    def publisher_holdings(self, publisher: str | None = None) -> tuple[Holdings, ...]:
        return (holdings(DOCUMENT.publisher, "en", [Dated(DOCUMENT.publisher, "en", "2031-05-04", False, 1)]),)

    def shelf(self) -> tuple[Shelved, ...]:
        return tuple(
            Shelved(each.id, each.title, each.publisher, str(each.date), each.language, each.kind, each.speakers)
            for each in self.documents_held.values()
        )

    def search(self, words: str, *, limit: int) -> tuple[Hit, ...]:
        found = ((each.id, each.text.find(words)) for each in self.documents_held.values())
        return tuple(Hit(id, Span(at, at + len(words)), VERSION.number) for id, at in found if at >= 0)


@dataclass
class FakeChecker:
    """Answers with what it was given, and remembers what it was asked."""

    answer: Finding = field(default_factory=altered)
    attributed: tuple[str, ...] = ()
    asked: list[Claim] = field(default_factory=list)
    read: list[Article] = field(default_factory=list)

    def quote(self, claim: Claim) -> Finding:
        self.asked.append(claim)
        return self.answer

    def attributions(self, article: Article) -> tuple[Attribution, ...]:
        self.read.append(article)
        spans = [Span(article.text.index(words), article.text.index(words) + len(words)) for words in self.attributed]
        return tuple(
            Attribution((span,), (), (), "direct", span.of(article.text), Speaker("Mirela Tosk")) for span in spans
        )


@pytest.fixture
def checker() -> FakeChecker:
    return FakeChecker()


@pytest.fixture
def corpus() -> FakeCorpus:
    return FakeCorpus()


@pytest.fixture
def app(corpus: FakeCorpus, checker: FakeChecker, tmp_path: Path) -> Flask:
    checks = Checks(checker.quote, checker.attributions)
    settings = replace(DEFAULTS, desk=str(tmp_path / "desk.sqlite3"), encoder="none", multilingual="none")
    app = create_app(settings, corpus, checks=checks)  # type: ignore[arg-type]  # a fake with the methods that pages use
    app.config["TESTING"] = False  # errors must become pages here as they do in service
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def findings() -> list[Finding]:
    return every_reason()


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    return finding


@pytest.fixture
def make_evidence() -> Callable[..., Evidence]:
    return evidence


@pytest.fixture
def document() -> Document:
    return DOCUMENT


START = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0"]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",  # pages of its own for each of ours
]  # fmt: skip
_REFUSED = re.compile(r"status of 40[04]")
"""What the browser notes when we refuse a form or have no such page, which is no fault of a page."""


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser for one file: as long as it is open, an event loop runs in this thread, and no other test could run its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serving(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Iterable[Document]], str]]:
    """Starts a server over the given documents and gives its address; it ends with the module."""
    running: list[subprocess.Popen[str]] = []

    def start(documents: Iterable[Document]) -> str:
        folder = tmp_path_factory.mktemp("corpus")
        with Corpus.open(folder, create=True) as corpus:
            list(corpus.add(documents))
        environment = os.environ | {"ONRECORD_ENCODER": "none", "ONRECORD_JUDGE": "none"}
        command = [*START, "--corpus", str(folder)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        running.append(server)
        assert server.stdout is not None
        found = re.search(r"http://\S+/", server.stdout.readline())
        assert found, "the server did not start"
        return found.group()

    yield start
    for server in running:
        server.terminate()
        server.communicate()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """A folder whose files are another site's pages, the live server, and a key to it that may check and nothing else.

    The server's settings name the site as http://127.0.0.1:port; as http://localhost:port it is an origin that nobody named.
    """

    folder: Path
    port: int
    address: str
    key: str


@pytest.fixture(scope="session")
def hosted(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """Another site, and the service over the invented documents, which it may ask; one for all tests."""
    folder = tmp_path_factory.mktemp("site")
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    with site, pytest.MonkeyPatch.context() as patch:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        patch.setenv("ONRECORD_ORIGINS", f"http://127.0.0.1:{site.server_port}")
        patch.setenv("ONRECORD_TAGGER", "none")  # it would take seconds over a long article, and finds nothing there
        with served(tmp_path_factory.mktemp("served")) as (address, store):
            with store.writing() as connection:
                _, secret = keys.make(connection, "Ada", label="her editor", scopes=("check",), by="test")
            yield Hosted(folder, site.server_port, address, secret)
            store.close()
        site.shutdown()
        thread.join()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address as a reader of its own; anything that the browser complains about, or asks of others, fails the test."""
    contexts, complaints = [], []

    def open(address: str, **options: object) -> Page:
        context = browser.new_context(**({"locale": "en"} | options))  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: None if _REFUSED.search(message.text) else complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        ours = "/".join(address.split("/")[:3]) + "/"
        page.on("request", lambda sent: None if sent.url.startswith(ours) else complaints.append(sent.url))
        page.goto(address)
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every test makes an application; their templates are compiled once for all, which takes half a second."""
    kept = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_environment", partial(Flask.jinja_environment, bytecode_cache=kept))
        yield


@pytest.fixture(autouse=True)
def _quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a password takes a tenth of a second for good reason, and none in tests."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: quick)


@pytest.fixture
def as_role(app: Flask) -> Callable[[str], FlaskClient]:
    """A client that somebody of that role is signed in with, under the name of the role; "" is nobody."""

    def client(role: str) -> FlaskClient:
        browser = app.test_client()
        if role:
            browser.set_cookie(COOKIE, enter(app.extensions["desk"].store, role.capitalize(), role))
        return browser

    return client


def enter(store: Store, name: str, role: str) -> str:
    """Open an account and a session without the hashing of a password, which takes its time; gives the token."""
    token = secrets.token_urlsafe()
    with store.writing() as connection:
        found = connection.execute(select(account.c.id).where(account.c.name == name)).scalar()
        if found is None:
            values = {"name": name, "role": role, "password": "-", "active": True, "created_at": now()}
            connection.execute(insert(account).values(**values))
            found = connection.execute(select(account.c.id).where(account.c.name == name)).scalar_one()
        hashed = hashlib.sha256(token.encode()).hexdigest()
        moment = {"created_at": now(), "seen_at": now()}
        connection.execute(insert(session).values(sha256=hashed, account_id=found, **moment))
    return token


@pytest.fixture
def send() -> Callable[..., TestResponse]:
    """Sends a form as the page at an address would: with its token, and with the hidden fields of the form for that action."""

    def post(client: FlaskClient, action: str, *, page: str, **fields: object) -> TestResponse:
        read = lxml.html.document_fromstring(client.get(page).get_data())
        forms = [form for form in read.forms if form.action == action]
        assert forms, f"{page} has no form for {action}"
        return client.post(action, data={**dict(forms[0].form_values()), **fields})

    return post


@pytest.fixture(scope="session")
def entered() -> Callable[[Store, str, str], str]:
    """Opens an account and a session at a desk, and gives the session's token."""
    return enter
