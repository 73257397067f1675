"""Shapes of statements that newspapers print: marks of every kind, passives, open quotations, captions, titles."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions
from checker.types import Article, Attribution


def found(text: str) -> tuple[Attribution, ...]:
    return extract_attributions(Article("x", text))


@pytest.mark.parametrize(
    "text",
    [
        "“We are late,” Ann Cole said.", '"We are late," Ann Cole said.', "‘We are late,’ Ann Cole said.",
        "'We are late,' Ann Cole said.", "„We are late,“ Ann Cole said.", "«We are late,» Ann Cole said.",
        "‹We are late,› Ann Cole said.", "「We are late,」 Ann Cole said.", "``We are late,'' Ann Cole said.",
        "“We are late,\" Ann Cole said.", "Ann Cole: “We are late”", "“We are late,” according to Ann Cole.",
        "“We are late,” said Ann Cole, the mayor.",
    ],
)  # fmt: skip
def test_every_kind_of_mark_holds_a_direct_statement(text: str) -> None:
    (one,) = found(text)
    assert (one.type, one.quote.rstrip(","), one.speaker and one.speaker.name) == ("direct", "We are late", "Ann Cole")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“We are late,” Ann Cole said, “and glad.”", "We are late, and glad."),
        ("“We are ‘very’ late,” Ann Cole said.", "We are ‘very’ late,"),
        ("The boys’ plan failed. “We are late,” Ann Cole said.", "We are late,"),
        ("Ann Cole said: “We are late.\n\n“We are glad.”", "We are late. We are glad."),
        ("“We are late.\n\n“We are glad,” Ann Cole said.", "We are late. We are glad,"),
        ("Ann Cole said:\n\n“We are late.”\n\nIt rained.", "We are late."),
        ("“We are late,” Ann Cole said. “We always were.”", "We are late, We always were."),
    ],
)
def test_a_quotation_in_pieces_is_one_content(text: str, quote: str) -> None:
    (one,) = found(text)
    assert (one.type, one.quote) == ("direct", quote)


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "quote"),
    [
        ("It was announced by the ministry that all was late.", "ministry", "was announced by", "that all was late"),
        ("Bo Ade was told by Ann Cole that all was late.", "Ann Cole", "was told by", "that all was late"),
        ("Ann Cole, asked about it, said all was late.", "Ann Cole", "said", "all was late"),
        ("The ministry’s claim that all was late is old.", "ministry", "claim", "that all was late is old"),
        ("It was a move which Ann Cole said was late.", "Ann Cole", "said", "was late"),
        ("Ann Cole has said that all was late.", "Ann Cole", "has said", "that all was late"),
        ("The read-out said that all was late.", "read-out", "said", "that all was late"),
    ],
)
def test_passives_nouns_and_clauses_have_their_source(text: str, speaker: str, cue: str, quote: str) -> None:
    (one,) = found(text)
    assert one.speaker is not None and one.speaker.name == speaker
    assert (" ".join(span.of(text) for span in one.cue), one.quote) == (cue, quote)


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “experts” met in Paris.",
        "She read “War and Peace” in the park.",
        "The man known as “Shorty” left the room.",
        "Ann Cole attends a meeting in Geneva. (photo credit: AGENCY)",
        "Photo: Ann Cole says hello to the sailors.",
        "It was announced by the ministry.",
    ],
)
def test_scare_quotes_titles_nicknames_and_captions_are_no_statements(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("text", ["“ ” " * 60_000, "‘a" * 120_000, "«" * 300_000, "said “" * 60_000, "x" * 1_000_000])
def test_a_long_line_of_marks_is_read_in_one_pass(text: str) -> None:
    for one in found(text):
        assert all(span.end <= len(text) for span in one.content)
