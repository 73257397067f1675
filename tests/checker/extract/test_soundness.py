"""What cannot speak is no source: it is cut to its subject, exchanged for the next that the sentence offers, or nobody's."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions, read_statements
from checker.extract.datelines import in_dateline
from checker.extract.soundness import can_speak, sound
from checker.extract.statement import Statement
from checker.extract.tokens import Tokens
from checker.types import Article


def _marked(text: str) -> tuple[Tokens, Statement]:
    """A sentence whose source stands in braces and whose cue is `said`."""
    before, source, after = text.replace("{", "|").replace("}", "|").split("|")
    tokens, _ = read_statements(before + source + after)
    first = next(n for n, start in enumerate(tokens.starts) if start >= len(before))
    last = next(n for n, end in enumerate(tokens.ends) if end >= len(before + source)) + 1
    cue = tokens.keys.index("said")
    sentence = next(one for one in tokens.sentences if one.first <= cue < one.last)
    return tokens, Statement(((cue + 1, sentence.last),), (cue, cue + 1), (first, last), "say", sentence, 0.9)


@pytest.mark.parametrize(
    "text",
    [
        "{Friday} said that it was late.",
        "{Dec.} said that it was late.",
        "{Shortly} said that it was late.",
        "{the} said that it was late.",
        "{even} said that it was late.",
        "It {came} said that it was late.",
        "{In a letter to traders} said that it was late.",
        "It was cold in {Ellan} said that it was late.",
    ],
)
def test_what_names_nobody_is_nobody(text: str) -> None:
    tokens, statement = _marked(text)
    assert statement.source is not None
    assert not can_speak(statement.source, statement, tokens)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("{His campaign sent out a message} said that it was late.", "His campaign"),
        ("{Then she} said that it was late.", "she"),
        ("{The Ellan Post recently} said that it was late.", "The Ellan Post"),
        ("{Cole late Monday} said that it was late.", "Cole"),
        ("{A Harbour poll in} said that it was late.", "A Harbour poll"),
        (
            "Many sailors who {came to Ellan to protest} said that it was late.",
            "Many sailors who came to Ellan to protest",
        ),
        ("Traders who have {worked with Cole} said that it was late.", "Traders who have worked with Cole"),
        ("It drew the ire, {drawing the ire of lawmakers who} said that it was late.", "lawmakers who"),
        ("Sen. Ann Cole, {D-Ohio,} said that it was late.", "Sen. Ann Cole"),
        ("{Speaking at a meeting in Ellan}, Ann Cole said that it was late.", "Ann Cole"),
        ("The retired sailor spoke on “{The} View” and said that it was late.", "The retired sailor"),
        ("{USA TODAY} said that it was late.", "USA TODAY"),
        ("{Kelly} said that it was late. We saw Kelly.", "Kelly"),
        ("{Over half of them} said that it was late.", "Over half of them"),
        ("{A memo put out by the council} said that it was late.", "A memo put out by the council"),
        ("{After the council} said that it was late, it rained.", "the council"),
        ("{In a long interview Cole} said that it was late.", "Cole"),
        ("{On the morning of May 2 Cole} said that it was late.", "Cole"),
        ("All {of the sailors} said that it was late.", "All of the sailors"),
        ("{Cole met a spokesman for the harbour, who} said that it was late.", "a spokesman for the harbour, who"),
        ("{Outside experts} said that it was late.", "Outside experts"),
        ("{Cole keeps its books} but said that it was late.", "Cole"),
        ("Those who {back her rivals} said that it was late.", "Those who back her rivals"),
        ("It is a fund {that sailors} said that it was late.", "sailors"),
        ("{In retirement she} said that it was late.", "she"),
        ("{On page 204 the senator} said that it was late.", "the senator"),
        ("{They’re less sure} said that it was late.", "They’re less sure"),
    ],
)
def test_a_source_is_what_can_speak(text: str, source: str) -> None:
    tokens, statement = _marked(text)
    found = sound(statement, tokens)
    assert found is not None
    assert tokens.span(*found).of(tokens.text) == source


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ELLAN, Kareth (Agency) - President Ann Cole met sailors on Thursday and said the ships must go.", "Ann Cole"),
        ("ELLAN — Ann Cole met sailors on Thursday and said the ships must go.", "Ann Cole"),
        ("Citing last week’s storm, Ann Cole urged the council to act.", "Ann Cole"),
        ("Speaking in Ellan, Kareth, Ann Cole went after him, calling him “a stiff.”", "Ann Cole"),
        ("Though traders who have worked with Bo Ade say they are late.", "traders who have worked with Bo Ade"),
        ("Ann Cole spoke. Then she broke with custom, pledging that her father would help.", "Ann Cole"),
    ],
)
def test_the_next_candidate_is_named(text: str, name: str) -> None:
    (found,) = extract_attributions(Article("x", text))
    assert found.speaker is not None
    assert found.speaker.name == name


def test_a_dateline_ends_at_its_dash() -> None:
    tokens, _ = read_statements("ELLAN, Kareth (Agency) — Ann Cole came.")
    assert [in_dateline(tokens, n) for n in (0, 2, tokens.keys.index("ann"))] == [True, True, False]
    tokens, _ = read_statements("ELLAN is big.")
    assert not in_dateline(tokens, 0)
