"""What the pages work with: the corpus, opened when it is first needed, and the checker's answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from threading import Lock

from flask import current_app

from checker.extract import extract_attributions
from checker.held import speakers_held
from checker.pipeline import check_article, check_quote
from checker.query import without_marks
from checker.settings import Settings
from checker.types import Article, Attribution, Claim, Finding, Report
from corpus.errors import DocumentNotFound
from corpus.holdings import Holdings
from corpus.relatives import Relative
from corpus.store import Corpus
from corpus.types import StoredDocument

_SHORT = 60
"""Words up to which one paragraph without an attribution is taken for a quotation; longer ones are rarely one."""

_LONGEST_ID = 200
"""Characters of an id for which close ones are looked for, since that takes time."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The questions that the pages ask the checker."""

    quote: Callable[[Claim], Finding]
    article: Callable[[Article], Report]
    attributions: Callable[[Article], tuple[Attribution, ...]]


class UnknownDocument(Exception):
    """The record does not hold that document, or not in that version; `closest` are ids that look like it."""

    def __init__(self, closest: tuple[str, ...]) -> None:
        super().__init__("no such document")
        self.closest = closest


class Desk:
    """One corpus for all threads; a corpus that cannot be opened now is tried again with the next request."""

    def __init__(self, settings: Settings, corpus: Corpus | None, checks: Checks | None) -> None:
        self._settings = settings
        self._corpus = corpus
        self._checks = checks
        self._opening = Lock()

    @property
    def corpus(self) -> Corpus:
        """The corpus; raises CorpusUnavailable."""
        with self._opening:
            if self._corpus is None:
                self._corpus = Corpus.open(self._settings.corpus)
            return self._corpus

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
        return speakers_held(self.corpus, self._settings, speaker=name)

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
        return Checks(
            partial(check_quote, corpus=self.corpus, settings=self._settings),
            partial(check_article, corpus=self.corpus, settings=self._settings),
            extract_attributions,
        )


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
