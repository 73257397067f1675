"""A mention becomes the fullest name that the article has for it."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions
from checker.types import Article


def speakers(text: str) -> list[tuple[str | None, str | None]]:
    return [
        (one.speaker.name if one.speaker else None, one.reported_by.name if one.reported_by else None)
        for one in extract_attributions(Article("x", text))
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Ann Cole came. “We agree,” Cole said.", "Ann Cole"),
        ("President Ann Cole came. “We agree,” she said.", "Ann Cole"),
        ("Ann Cole met Peter Ade. “We agree,” he said.", "Peter Ade"),
        ("President Ann Cole came. “We agree,” the president said.", "Ann Cole"),
        ("The minister, Bo Ade, said that it was late.", "Bo Ade"),
        ("Kareth’s Deputy Ambassador to Halvenia Bo Ade said it was late. Halvenia agreed.", "Bo Ade"),
        ("The Kremlin said that it was late.", "Kremlin"),
        ("The Prime Minister’s Office said that it was late.", "Prime Minister’s Office"),
        ("The Foreign Ministry issued a statement. “We agree,” that statement said.", "Foreign Ministry"),
        ("According to a statement put out by the Foreign Ministry, it was late.", "Foreign Ministry"),
        ("Halvenia and Kareth met. The two governments said that it was late.", "Halvenia and Kareth"),
        ("A spokesman for the harbour said that it was late.", "spokesman for the harbour"),
        ("Assertions made by Kareth that Halvenia is late are old.", "Kareth"),
        ("Министр обороны Анна Коул сообщила, что мост закрыт.", "Анна Коул"),
    ],
)
def test_the_speaker_is_named_in_full(text: str, name: str) -> None:
    assert speakers(text)[0] == (name, None)


def test_a_pronoun_without_anybody_before_it_names_nobody() -> None:
    assert speakers("She said that it was late.") == [(None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the Kremlin, Bo Ade “agreed to all of it.”", ("Bo Ade", "Kremlin")),
        ("The Post quoted Bo Ade as saying that it was late.", ("Bo Ade", "Post")),
        ("It was late, with the Post quoting Bo Ade as saying it was dark.", ("Bo Ade", "Post")),
        ("Bo Ade was quoted by the Post as saying that it was late.", ("Bo Ade", "Post")),
    ],
)
def test_the_outer_source_is_the_one_that_reports(text: str, expected: tuple[str, str]) -> None:
    assert speakers("Bo Ade came. " + text)[0] == expected
