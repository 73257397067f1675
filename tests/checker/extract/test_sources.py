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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan is so small that many sailors believe it is late.", "many sailors"),
        ("It was dark, and another official said that it was late.", "another official"),
        (
            "It was dark, and most sailors, including Ann Cole, have said that it was late.",
            "most sailors, including Ann Cole",
        ),
        ("Just over a quarter, 26 percent, say that it was late.", "Just over a quarter, 26 percent"),
        ("It was dark, but only 49 percent of sailors say that it was late.", "only 49 percent of sailors"),
        ("Only Ann Cole said that it was late.", "Ann Cole"),
        ("It was late, according to officials who worked with her.", "officials who worked with her"),
        ("It was late, according to people familiar with the vote.", "people familiar with the vote"),
        ("It was late, according to Ann Cole, who left.", "Ann Cole"),
    ],
)
def test_an_amount_and_a_clause_that_narrows_belong_to_the_source(text: str, expected: str) -> None:
    assert sources(text) == [expected]
