"""The source is the whole phrase that names who speaks, and nothing else."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions
from checker.types import Article


def sources(text: str) -> list[str]:
    found = extract_attributions(Article("x", text))
    return [" … ".join(span.of(text) for span in attribution.source) for attribution in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Cole said that it was late.", "Ann Cole"),
        ("On Monday Ann Cole said that it was late.", "Ann Cole"),
        ("Ann Cole on Monday said that it was late.", "Ann Cole"),
        ("In Port Ellan, Ann Cole said that it was late.", "Ann Cole"),
        ("Ann Cole, a minister from Port Ellan, said that it was late.", "Ann Cole, a minister from Port Ellan"),
        ("“It is late,” said Ann Cole, who left.", "Ann Cole"),
        ("“It is late,” said Ann Cole after the vote.", "Ann Cole"),
        ("The Prime Minister’s Office said that it was late.", "The Prime Minister’s Office"),
        ("A spokesman for the harbour said that it was late.", "A spokesman for the harbour"),
        ("She said that it was late.", "She"),
        ("According to two officials, it was late.", "two officials"),
        ("It was late in the harbour, according to the statement.", "the statement"),
        ("The harbour is closed, and the mayor said that it was late.", "the mayor"),
        ("“It was late,” that statement said.", "that statement"),
    ],
)
def test_the_source_is_the_whole_phrase(text: str, expected: str) -> None:
    assert sources(text) == [expected]


def test_a_cue_without_its_own_source_shares_the_one_before() -> None:
    assert sources("Ann Cole said it was late, adding that the harbour was closed.") == ["Ann Cole", "Ann Cole"]
