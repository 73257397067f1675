"""A second process checks what is asked while the first one is at work, and nothing is lost when it dies."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from checker.errors import QuoteError
from checker.pipeline import check_quote
from checker.settings import DEFAULTS, Settings
from checker.types import Claim, Finding
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn
from web.beside import Beside

CLAIM = Claim("The harbour of Marlo opens in spring")


def spoken(id: str, text: str) -> Document:
    turns = (Turn(0, "Ada Lorne", "speech", Span(0, len(text))),)
    return Document(id, "Port of Marlo (invented)", "Address to the port", text, turns, date=PartialDate(2032, 10, 3))


@dataclass(slots=True)
class Here:
    """The check of the first process: it can be held up, and remembers what it was asked."""

    corpus: Corpus
    settings: Settings
    asked: list[Claim] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def __call__(self, claim: Claim) -> Finding:
        self.asked.append(claim)
        self.begun.set()
        assert self.go.wait(timeout=30)
        return check_quote(claim, self.corpus, settings=self.settings)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    settings = replace(DEFAULTS, corpus=str(tmp_path), encoder="none", multilingual="none", judge="none")
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add([spoken("a", "The harbour of Marlo opens in spring, and not a day later.")]))
        yield Here(corpus, settings)


@pytest.fixture
def busy(here: Here) -> Iterator[Beside]:
    """A first process that is held up by a claim, and a second one that is ready."""
    beside = Beside(here, here.settings)
    beside.prepare()
    first = threading.Thread(target=beside, args=(replace(CLAIM, quote="held up by this"),))
    first.start()
    assert here.begun.wait(timeout=30) and beside.ready.wait(timeout=60)
    yield beside
    here.go.set()
    first.join()
    beside.end()


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_what_is_asked_meanwhile_is_checked_in_the_second_process(here: Here, busy: Beside) -> None:
    found = busy(CLAIM)
    assert len(here.asked) == 1
    assert found == check_quote(CLAIM, here.corpus, settings=here.settings)
    assert found.verdict.status == "verified"


def test_an_error_of_the_second_process_is_told_like_one_of_the_first(here: Here, busy: Beside) -> None:
    with pytest.raises(QuoteError):
        busy(replace(CLAIM, quote="…"))
    assert len(here.asked) == 1


def test_a_document_that_came_meanwhile_is_found_there(here: Here, busy: Beside) -> None:
    new = replace(CLAIM, quote="The ferry to Brannock is free of charge")
    assert busy(new).verdict.status == "unsourced"
    list(here.corpus.add([spoken("b", f"{new.quote}.")]))
    assert busy(new).verdict.status == "verified"


def test_a_claim_over_which_the_second_process_dies_is_checked_in_the_first(
    here: Here, busy: Beside, caplog: pytest.LogCaptureFixture
) -> None:
    os.kill(busy._apart.submit(os.getpid).result(), signal.SIGKILL)
    here.go.set()
    assert busy(CLAIM).verdict.status == "verified"
    assert busy(CLAIM).verdict.status == "verified"


def test_one_processor_has_no_second_process(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    beside = Beside(here, here.settings)
    beside.prepare()
    assert beside._thread is None


def test_after_the_end_no_process_is_begun(here: Here, busy: Beside) -> None:
    process = busy._apart.submit(os.getpid).result()
    busy.end()
    here.go.set()
    assert busy(CLAIM).verdict.status == "verified" and CLAIM in here.asked
    busy.prepare()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert busy._apart._pool is None
