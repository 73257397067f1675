"""Sentences are frames of narration; quotation marks keep theirs together."""

from __future__ import annotations

import pytest

from checker.extract.quotations import quotations
from checker.extract.tokens import Tokens, sentence_at, tokenise
from corpus.types import Span


def read(text: str) -> Tokens:
    return tokenise(text, (Span(0, len(text)),), quotations(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He came. She left.", ["He came.", "She left."]),
        ("“He came. She left,” Ann said.", ["“He came. She left,” Ann said."]),
        ("“He came.” She left.", ["“He came.”", "She left."]),
        ("“Who came?” Smith asked.", ["“Who came?” Smith asked."]),
        ("“Who came?” She left the room.", ["“Who came?”", "She left the room."]),
        ("Mr. Ade met Sen. Bo in the U.S. capital.", ["Mr. Ade met Sen. Bo in the U.S. capital."]),
        ("She lives in the U.S. He does not.", ["She lives in the U.S.", "He does not."]),
        ("Ann B. Cole came.", ["Ann B. Cole came."]),
    ],
)
def test_a_sentence_ends_where_the_narration_does(text: str, expected: list[str]) -> None:
    tokens = read(text)
    assert [tokens.span(one.first, one.last).of(text) for one in tokens.sentences] == expected


def test_every_token_knows_its_quotation() -> None:
    tokens = read("He said “no” twice.")
    assert [tokens.keys[n] for n in range(len(tokens.keys)) if tokens.quoted[n] >= 0] == ["“", "no", "”"]


def test_the_sentence_of_a_token_is_found() -> None:
    tokens = read("He came. She left.")
    assert [sentence_at(tokens, n) for n in range(len(tokens.keys))] == [0, 0, 0, 1, 1, 1]


def test_an_endless_sentence_is_cut() -> None:
    assert len(read("word " * 2000).sentences) > 1
