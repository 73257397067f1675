"""A content is bounded as a reader would: whole quotations, whole clauses, and nothing of the frame."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions
from checker.types import Article


def contents(text: str) -> list[str]:
    found = extract_attributions(Article("x", text))
    return [" … ".join(span.of(text) for span in attribution.content) for attribution in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Cole said that the bridge was closed.", ["that the bridge was closed"]),
        ("Ann Cole said the bridge was closed.", ["the bridge was closed"]),
        ("The bridge was closed, Ann Cole said.", ["The bridge was closed"]),
        ("The bridge, Ann Cole said, was closed.", ["The bridge … was closed"]),
        ("Ann Cole told Harbour Radio last week that the bridge was closed.", ["that the bridge was closed"]),
        ("Ann Cole told “Good Morning Harbour” that the bridge was closed.", ["that the bridge was closed"]),
        ("Ann Cole told them not to sign anything.", ["not to sign anything"]),
        ("According to Ann Cole, the bridge was closed.", ["the bridge was closed"]),
        ("The bridge was closed, according to Ann Cole.", ["The bridge was closed"]),
        ("As the Post reported, the bridge was closed.", ["the bridge was closed"]),
        ("Ann Cole criticised the new bridge.", ["the new bridge"]),
        (
            "Ann Cole said the bridge was closed and added that it was old.",
            ["the bridge was closed", "that it was old"],
        ),
        ("When Ann Cole announced the plan, the bridge was closed.", ["the plan"]),
    ],
)
def test_indirect_speech_is_the_clause(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We agree,” Ann Cole said.", ["“We agree,”"]),
        ("“We agree,” said Ann Cole.", ["“We agree,”"]),
        ("Ann Cole: “We agree on it.”", ["“We agree on it.”"]),
        ("Ann Cole said: “We agree. We do.”", ["“We agree. We do.”"]),
        ("“We agree,” Ann Cole said, “on the bridge.”", ["“We agree,” … “on the bridge.”"]),
        ("“We agree,” Ann Cole said. “On the bridge.”", ["“We agree,” … “On the bridge.”"]),
        ("“Why?” Cole asked.", ["“Why?”"]),
        ("“We agree,” she said, adding: “And soon.”", ["“We agree,”", "“And soon.”"]),
        ("He “cannot rule it out”, he told the deputies.", ["He “cannot rule it out”"]),
        ("Ann Cole said on Monday:\n\n“We agree on it.”", ["“We agree on it.”"]),
        (
            "“We agree,” Ann Cole said. “It is open.\n\n“It stays open.”",
            ["“We agree,” … “It is open.\n\n“It stays open.”"],
        ),
        ("«Мы согласны», — сказала Анна Коул.", ["«Мы согласны»"]),
        ("Анна Коул заявила, что мост закрыт.", ["что мост закрыт"]),
    ],
)
def test_a_quotation_is_taken_whole(text: str, expected: list[str]) -> None:
    found = [content.replace("“It is open. … “It stays", "“It is open.\n\n“It stays") for content in contents(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "A man known as “Shorty” left.",
        "The so-called “peace bridge” is closed.",
        "Her book “The Bridge” is out.",
        "The bridge is closed.",
        "",
    ],
)
def test_scare_quotes_titles_and_nicknames_are_no_statements(text: str) -> None:
    assert contents(text) == []


def test_an_inner_cue_makes_no_statement_of_its_own() -> None:
    assert contents("Ann Cole said that Bo Ade believed the bridge was closed.") == [
        "that Bo Ade believed the bridge was closed"
    ]
