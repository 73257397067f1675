"""A statement keeps its name while it stays the same statement."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.export.fingerprints import fingerprints
from checker.types import Report

TEXT = "Brim: “The tunnel opens in May.” Rain. “The tunnel opens in May.”"
QUOTE = "The tunnel opens in May."


def test_names_stay_when_a_statement_moves_or_is_judged_otherwise(report_of: Callable[..., Report]) -> None:
    one = report_of(TEXT, (QUOTE, "absent"))
    other = report_of(f"A new lead.\n\n{TEXT}", (QUOTE, "exact"))
    assert fingerprints(one.findings) == fingerprints(other.findings)


def test_the_same_words_twice_have_two_names(report_of: Callable[..., Report]) -> None:
    first, second = fingerprints(report_of(TEXT, (QUOTE, "absent"), (QUOTE, "absent")).findings)
    assert first.endswith(":1") and second.endswith(":2")
    assert first[:-2] == second[:-2]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("The  tunnel opens in May", True), ("THE TUNNEL opens\nin May.", True), ("The tunnel opens in June.", False),
        ("The tunnel does not open in May.", False), ("opens The tunnel in May.", False),
    ],
)  # fmt: skip
def test_typography_changes_no_name_and_a_word_does(report_of: Callable[..., Report], other: str, same: bool) -> None:
    (one,) = fingerprints(report_of(TEXT, (QUOTE, "absent")).findings)
    (two,) = fingerprints(report_of(other, (other, "absent")).findings)
    assert (one == two) is same
