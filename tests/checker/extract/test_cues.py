"""Cue verbs are found in all their forms, and their nouns and passives are not taken for them."""

from __future__ import annotations

import pytest

from checker.extract.cues import cues
from checker.extract.quotations import quotations
from checker.extract.tokens import tokenise
from corpus.types import Span


def found(text: str) -> list[str]:
    tokens = tokenise(text, (Span(0, len(text)),), quotations(text))
    return [
        tokens.span(cue.first, cue.last).of(text) for sentence in tokens.sentences for cue in cues(tokens, sentence)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said nothing.", ["said"]),
        ("She says it is late.", ["says"]),
        ("He has said it is late.", ["has said"]),
        ("He also said it is late.", ["also said"]),
        ("Critics say it is late.", ["say"]),
        ("Her critics still question whether it is late.", ["question"]),
        ("According to the ministry, it is late.", ["According to"]),
        ("She left, adding that it was late.", ["adding"]),
        ("She pointed out that it was late.", ["pointed out"]),
        ("The ministry was quoted as saying it was late.", ["was quoted", "saying"]),
        ("He rejected her claim that it was late.", ["rejected", "claim"]),
        ("Министр заявил, что поздно.", ["заявил"]),
        ("По словам министра, уже поздно.", ["По словам"]),
    ],
)
def test_a_cue_is_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The claim was old.",
        "The United States is a country.",
        "A statement came later.",
        "He kept nothing, and the reports were old.",
        "“He said so.”",
        "She had to say nothing.",
        "It was announced by the ministry.",
    ],
)
def test_no_cue_is_found(text: str) -> None:
    assert found(text) == []
