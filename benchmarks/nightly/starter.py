"""The invented documents of the starter corpus, and the labelled quotes about them."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from pathlib import Path

from checker.pipeline import check_quote
from checker.settings import DEFAULTS
from checker.types import Claim, Finding
from corpus.collections import Searchable
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.types import Document, PartialDate

PLAIN = replace(DEFAULTS, encoder="none", multilingual="none", judge="none", tagger="none")
"""Words alone decide: what a campaign changes in a quote is about words, and models would only slow it down."""

_LABELLED = Path(__file__).parents[2] / "tests" / "data" / "starter-quotes.jsonl"


def documents() -> tuple[Document, ...]:
    """The invented documents."""
    lines = resources.files("corpus").joinpath("starter/invented.jsonl").read_text(encoding="utf-8")
    return tuple(document_of(json.loads(line)) for line in lines.splitlines())


def fill(folder: Path) -> Path:
    """Make a corpus of the invented documents."""
    with Corpus.open(folder, create=True) as corpus:
        for _ in corpus.add(documents()):
            pass
    return folder


def claims() -> tuple[Claim, ...]:
    """The labelled quotes as claims."""
    records = [json.loads(line) for line in _LABELLED.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Claim(
            each["quote"], each["speaker"], PartialDate.parse(each["date"]) if each["date"] else None,
            direct=each["direct"], language=each["language"],
        )
        for each in records
    )  # fmt: skip


def judged(claim: Claim, corpus: Searchable) -> Finding:
    """A claim checked by words alone."""
    return check_quote(claim, corpus, settings=PLAIN)
