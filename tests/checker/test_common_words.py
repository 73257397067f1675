"""Words that many say: the one who is asked for is found among them, whatever stands first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.pipeline import check_quote
from checker.types import Claim
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn

SAID = "All of us stand by the Accords of Tervin in full and without delay."
SPEAKERS = 40


def speech(number: int) -> Document:
    """One of many invented speeches with a sentence in common, each a day after the other."""
    text = f"We meet for the sitting numbered {number}. {SAID} The mountains of Ostrey saw it {number} times."
    name = f"Delegate Nr{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{'xyz'[number // 26]} Orlo"
    return Document(
        id=f"speech-{number}", publisher="Assembly of Tervin", title=f"Sitting {number}", date=PartialDate(2031, 1 + number // 28, 1 + number % 28),
        url=None, language="en", text=text, speakers=(name,),
        turns=(Turn(0, name, "speech", Span(0, len(text))),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder: Path = tmp_path_factory.mktemp("common") / "corpus"
    with Corpus.open(folder, create=True) as held:
        list(held.add([speech(number) for number in range(SPEAKERS)]))
        yield held


@pytest.mark.parametrize("number", [0, 20, SPEAKERS - 1])
def test_each_of_forty_speakers_is_found(corpus: Corpus, number: int) -> None:
    wanted = speech(number)
    finding = check_quote(Claim(SAID, speaker=wanted.speakers[0]), corpus)
    assert finding.verdict.status == "verified"
    assert finding.evidence[0].document.id == wanted.id


def test_the_date_tells_too(corpus: Corpus) -> None:
    wanted = speech(SPEAKERS - 1)
    finding = check_quote(Claim(SAID, speaker=wanted.speakers[0], date=wanted.date), corpus)
    assert finding.evidence[0].document.id == wanted.id
    finding = check_quote(Claim(SAID, speaker=wanted.speakers[0], date=speech(0).date), corpus)
    assert finding.verdict.status == "unsourced"


def test_somebody_who_never_said_it_is_still_misattributed(corpus: Corpus) -> None:
    assert check_quote(Claim(SAID, speaker="Ilse Corvane"), corpus).verdict.reason == "misattributed"


@pytest.mark.parametrize("quote", ["mountains", "Tervin", "the Accords", "in full", "2", "delay"])
def test_one_word_identifies_nobody_s_statement(corpus: Corpus, quote: str) -> None:
    finding = check_quote(Claim(quote, speaker=speech(2).speakers[0]), corpus)
    assert (finding.verdict.status, finding.verdict.reason) == ("unsourced", "chance-match")
