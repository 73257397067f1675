"""Quotation marks of every style open and close where a reader sees them do so."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.quotations import quotations

MARKS = "“”„‟\"«»‹›「」『』‘’‚'`\n sa1."


def inner(text: str) -> list[str]:
    return [quoted.inner.of(text) for quoted in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no”.", ["no"]),
        ('He said "no" and "yes".', ["no", "yes"]),
        ("He said ``no''.", ["no"]),
        ("He said ''no''.", ["no"]),
        ("Er sagte „nein“.", ["nein"]),
        ("Она сказала: «нет».", ["нет"]),
        ("»Nein«, sagte er.", ["Nein"]),
        ("彼は「いいえ『はい』」と言った。", ["いいえ『はい』", "はい"]),
        ("‘I don’t know,’ she said.", ["I don’t know,"]),
        ("'I don't know,' she said.", ["I don't know,"]),
    ],
)
def test_every_style_of_marks_is_read(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the ministers’ plan, and the ’90s are over.",
        "It's the workers' plan from the '90s, rock 'n' roll.",
        'A board of 5" by 3".',
        "",
        "No marks at all.",
        "“" * 40,
    ],
)
def test_apostrophes_inches_and_drawn_lines_open_nothing(text: str) -> None:
    assert inner(text) == []


def test_a_plural_possessive_does_not_close() -> None:
    assert inner("‘The fishers’ boats are gone,’ he said.") == ["The fishers’ boats are gone,"]


def test_mixed_straight_and_curly_marks_close_each_other() -> None:
    assert inner('“We agree," he said. "So do we,” she said.') == ["We agree,", "So do we,"]


def test_an_inner_quotation_is_deeper() -> None:
    assert [quoted.depth for quoted in quotations("“He said ‘no’ twice.”")] == [0, 1]


def test_a_quotation_left_open_runs_to_its_paragraphs_end() -> None:
    text = "“One.\n“Two.” Three."
    assert [(quoted.inner.of(text), quoted.closed) for quoted in quotations(text)] == [("One.", False), ("Two.", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"One goes on.\n\nTwo ends here," he said.', ["One goes on.", "Two ends here,"]),
        ("“One goes on.\nTwo ends here,” he said. “Three.”", ["One goes on.", "Two ends here,", "Three."]),
        ('"A line pulled out.\nAnn Cole, mayor."', ["A line pulled out."]),
        ('"A slip.\n\nBo said "no" twice.', ["A slip.", "no"]),
        ('"A slip.\n\nNothing here.\n\nThe end," he said.', ["A slip."]),
    ],
)
def test_a_quotation_goes_on_in_the_next_paragraph_where_that_closes_it(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_megabyte_of_quotation_marks_takes_under_two_seconds() -> None:
    drawn = random.Random(1)
    mixed = "".join(drawn.choice(MARKS[:18]) for _ in range(1_000_000))
    for text in ("“" * 1_000_000, "“”" * 500_000, '" ' * 500_000, "' " * 500_000, "»«" * 500_000, mixed):
        start = time.process_time()
        quotations(text)
        assert time.process_time() - start < 2


@given(st.text(alphabet=MARKS, max_size=200) | st.text(max_size=200))
def test_no_text_raises_and_every_span_lies_inside_it(text: str) -> None:
    found = quotations(text)
    for quoted in found:
        assert 0 <= quoted.outer.start <= quoted.inner.start <= quoted.inner.end <= quoted.outer.end <= len(text)
    assert list(found) == sorted(found, key=lambda quoted: (quoted.outer.start, -quoted.outer.end))


@pytest.mark.parametrize("unit", ["“", '"', "a“", "‘a’ ", "“a ‘b ", "«а ", "'"])
def test_ten_times_the_marks_are_nowhere_near_a_hundred_times_the_work(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        taken = []
        for _ in range(3):  # the best of three: other work on the machine only ever adds
            start = time.process_time()
            quotations(text)
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(50_000) < 40 * max(seconds(5_000), 0.002)
