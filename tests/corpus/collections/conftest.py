"""An invented transcript under embargo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.store import Corpus
from corpus.types import Document

SECRET = "The ferries to Ostrava Bay will be sold to the harbour company before the first frost."
RUSSIAN = "Паромы в бухту Острава будут проданы портовой компании ещё до первых морозов."


@pytest.fixture
def secret(make_document: Callable[..., Document]) -> Document:
    """What nobody is to know yet."""
    paragraphs = [
        f"{SECRET} Nobody is to know.",
        f"We shall tell the crews of ferry number {7} on Thursday morning and not earlier than that.",
    ]
    return make_document(
        "briefing-1", "\n\n".join([*paragraphs, RUSSIAN]), speakers=("Ilse Corvane",), date="2031-05-04"
    )


@pytest.fixture
def fill() -> Callable[[str, list[Document]], None]:
    """Put documents into a corpus."""

    def filled(location: str, documents: list[Document]) -> None:
        with Corpus.open(location, create=True) as corpus:
            list(corpus.add(documents))

    return filled
