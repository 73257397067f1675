"""What the pages work with: the corpus, opened when it is first needed, the checker's answers, what is kept, and links that are fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from threading import BoundedSemaphore, Lock

from flask import current_app

from checker.claims import claim_of, unchecked
from checker.errors import QuoteError
from checker.held import speakers_held
from checker.links import arrived_at, article_at
from checker.pipeline import article_provenance, attributions_to_check, check_quote
from checker.query import without_marks
from checker.settings import Settings
from checker.types import Article, Attribution, Claim, Finding, Provenance
from corpus.captures import Capture
from corpus.descriptions import redescribed
from corpus.errors import DocumentNotFound, FetchFailed, RecordError
from corpus.holdings import Holdings
from corpus.read.pasted import read_pasted
from corpus.relatives import Relative
from corpus.store import Added, Corpus
from corpus.types import Document, StoredDocument
from web.answers import Answers
from web.beside import Beside
from web.drafts import Draft, Drafts, Statement, statements
from web.given import Source
from web.meter import Meter
from web.store import Store

_SHORT = 60
"""Words up to which one paragraph without an attribution is taken for a quotation; longer ones are rarely one."""

_LONGEST_ID = 200
"""Characters of an id for which close ones are looked for, since that takes time."""


_FETCHES = 2
"""Links that are fetched at once in one process, so that slow pages of others leave threads for checking."""


LISTENERS = 8
"""Programs that may follow articles at once in one process: each keeps a thread, which the server has beside those that check, and
asks the desk for news three times a second."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The questions that the pages ask the checker."""

    quote: Callable[[Claim], Finding]
    attributions: Callable[[Article], tuple[Attribution, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """All findings of a draft, each with the lasting name of its statement, and sentences about what was not checked."""

    findings: tuple[tuple[str, Finding], ...]
    problems: tuple[str, ...]


class UnknownDocument(Exception):
    """The record does not hold that document, or not in that version; `closest` are ids that look like it."""

    def __init__(self, closest: tuple[str, ...]) -> None:
        super().__init__("no such document")
        self.closest = closest


class AddingOff(Exception):
    """Sources cannot be added from the pages here."""


class Desk:
    """One corpus for all threads; a corpus that cannot be opened now is tried again with the next request."""

    def __init__(self, settings: Settings, corpus: Corpus | None, store: Store, *, checks: Checks | None) -> None:
        self.settings = settings
        self.store = store
        self.drafts = Drafts(store)
        self.meter = Meter()
        self._answers: Answers[Finding] = Answers()
        self._extracted: Answers[tuple[Attribution, ...]] = Answers(most=40)
        self.sources_seen = ""
        """The fingerprint of the record whose sources were last compared with the sign-offs."""
        self.findings_seen = ""
        """The same of the record that the findings under review were last held against."""
        self.stopping: Callable[[], bool] = lambda: False
        """Whether the service is being stopped: whoever listens is let go then, since the others are waited for."""
        self._corpus = corpus
        self._checks = checks
        self._beside = Beside(self._check_here, settings)
        self._opening = Lock()
        self._fetching = BoundedSemaphore(_FETCHES)
        self._listening = BoundedSemaphore(LISTENERS)

    @property
    def corpus(self) -> Corpus:
        """The corpus; raises CorpusUnavailable."""
        with self._opening:
            if self._corpus is None:
                self._corpus = Corpus.open(self.settings.corpus)
            return self._corpus

    @property
    def keep_days(self) -> int:
        """How long a check is kept that nobody changes."""
        return self.settings.keep_days

    def keep(self, draft: Draft) -> Draft:
        """Give a draft an address, for as long as the settings say."""
        return self.drafts.keep(draft, days=self.keep_days)

    def statements(self, draft: Draft) -> tuple[Statement, ...]:
        """Who says what in a draft; its text is read once, however often its page is asked for."""
        key = (draft.text, draft.date)
        return statements(draft, self._extracted.answer(key, lambda: self.checks.attributions(draft.article)))

    def claim_of(self, statement: Statement, draft: Draft) -> Claim:
        """What a statement of a draft claims."""
        return claim_of(statement.attribution, draft.article)

    def check(self, claim: Claim) -> Finding:
        """The finding about a claim, from memory while the record is the same; raises QuoteError."""
        key = (claim, self.fingerprint)
        return self._answers.answer(key, lambda: self._found(claim))

    def _found(self, claim: Claim) -> Finding:
        finding = self.checks.quote(claim)
        self.meter.found(finding.verdict.status)
        return finding

    def checked(self, claim: Claim) -> Finding | None:
        """The finding about a claim, if it is remembered."""
        return self._answers.find((claim, self.fingerprint))

    def found(self, draft: Draft) -> Found:
        """Everything about a draft at once: its findings by their lasting names, and what cannot be checked."""
        findings: list[tuple[str, Finding]] = []
        problems: list[str] = []
        for each in self.statements(draft):
            try:
                finding = self.check(self.claim_of(each, draft))
            except QuoteError as error:
                problems.append(str(unchecked(each.attribution, error.says).says))
            else:
                findings.append((each.anchor, replace(finding, attribution=each.attribution)))
        return Found(tuple(findings), tuple(problems))

    @property
    def fingerprint(self) -> str:
        """What is different after every change of the record."""
        return self.corpus.fingerprint()

    @property
    def provenance(self) -> Provenance:
        """What is needed to get the same answers again."""
        return article_provenance(self.corpus, self.settings)

    def wording(self, id: str, version: int) -> Document | None:
        """A document as it stood in a version; None where the corpus does not hold it."""
        try:
            return self.corpus.document(id, version=version).document
        except DocumentNotFound:
            return None

    def is_as_it_was(self, id: str, number: int, sha256: str) -> bool:
        """Whether a document still says, and is said to be, what it was in that version with that hash of its text."""
        try:
            now = self.corpus.document(id)
        except DocumentNotFound:
            return False
        if now.version.sha256 != sha256 or now.version.number == number:
            return now.version.sha256 == sha256
        then = self.wording(id, number)
        # A corpus that was made anew may number otherwise; then the words are what can be compared.
        return then is None or then.text != now.document.text or not redescribed(then, now.document)

    def document(self, id: str, version: int | None) -> StoredDocument:
        """A stored document; raises UnknownDocument."""
        try:
            return self.corpus.document(id, version=version)
        except DocumentNotFound as error:
            raise UnknownDocument(self._closest(id)) from error

    def relatives(self, stored: StoredDocument) -> tuple[Relative, ...]:
        """The documents that belong to a stored one, by its current wording."""
        return self.corpus.relatives(stored.document.id)

    def speakers(self, name: str | None) -> tuple[Holdings, ...]:
        """What is held of one speaker, or of those who speak most."""
        return speakers_held(self.corpus, self.settings, speaker=name)

    def adds(self, *, here: bool) -> bool:
        """True when sources may be added from the pages; `here` says that the reader sits at this machine."""
        return self.settings.adding == "on" or (self.settings.adding == "here" and here)

    def article_at(self, link: str) -> Article:
        """The article at a link; raises FetchError."""
        with self._one_of_few():
            return article_at(link, self.settings)

    def add(self, source: Source, *, to_check: Draft) -> tuple[Document, Added]:
        """Store a source; raises FetchError or RecordError when it cannot be had or read, or is what is to be checked.

        A text that was pasted with a link is not fetched: the link is where it is said to stand.
        """
        bytes_: Capture | None = None
        if source.text is not None:
            document = read_pasted(source.text, defaults=source.defaults, link=source.link)
        else:
            with self._one_of_few():
                arrived = arrived_at(source.link or "", self.settings, defaults=source.defaults)
            document, bytes_ = arrived.document, arrived.capture
        if document.printed == to_check.text.strip() or (document.url and document.url == to_check.link):
            raise RecordError("this is what is to be checked, and it cannot be its own source; give another one")
        document = self._with_what_was_said(document)
        (added,) = self.corpus.add([document])
        if bytes_ is not None:
            self.corpus.history.observed(added.document_id, added.version, found=bytes_)
        return document, added

    def _with_what_was_said(self, document: Document) -> Document:
        """A source with what was said of the same text before, wherever nothing is said now; what is said now corrects it."""
        try:
            held = self.corpus.document(document.id).document
        except DocumentNotFound:
            return document
        if held.text != document.text:
            return document
        spoken = document if document.speakers else held
        return replace(
            document, date=document.date or held.date, url=document.url or held.url,
            speakers=spoken.speakers, turns=spoken.turns,
        )  # fmt: skip

    def listens(self) -> Callable[[], None] | None:
        """Keep a place for somebody who listens for as long as there is news; gives what ends that, None when all are taken."""
        if not self._listening.acquire(blocking=False):
            return None
        ending = Lock()

        def end() -> None:  # whoever hears the end first: the last event, or the line that breaks
            if ending.acquire(blocking=False):
                self._listening.release()

        return end

    @contextmanager
    def _one_of_few(self) -> Iterator[None]:
        if not self._fetching.acquire(timeout=1):
            raise FetchFailed("other links are being fetched at the moment; try again in some seconds")
        try:
            yield
        finally:
            self._fetching.release()

    def _closest(self, id: str) -> tuple[str, ...]:
        """Ids that look like a mistyped one."""
        if not 0 < len(id) <= _LONGEST_ID:
            return ()
        return tuple(get_close_matches(id, [each.id for each in self.corpus.documents()], n=3))

    @property
    def checks(self) -> Checks:
        """The checker, over that corpus."""
        if self._checks is not None:
            return self._checks
        return Checks(self._beside, partial(attributions_to_check, settings=self.settings))

    def _check_here(self, claim: Claim) -> Finding:
        return check_quote(claim, self.corpus, settings=self.settings)

    def prepare(self) -> None:
        """Get ready to check many claims at once."""
        if self._checks is None:
            self._beside.prepare()

    def end(self) -> None:
        """End what runs beside this process."""
        self._beside.end()


def desk() -> Desk:
    """The running application's desk."""
    found = current_app.extensions["desk"]
    assert isinstance(found, Desk)
    return found


def one_quote(text: str, checks: Checks) -> bool:
    """Guess whether a pasted text is a single quotation: all of it in quotation marks, or short and nobody named."""
    if without_marks(text) != text.strip():
        return True
    if "\n\n" in text.strip() or len(text.split()) >= _SHORT:
        return False
    return not checks.attributions(Article("", text))
