"""Figures are read by value and unit."""

from __future__ import annotations

import pytest

from checker.figures import figures
from corpus.text import words


def read(text: str) -> list[str]:
    return [figure.key for figure in figures(words(text).keys)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5 million", "1,500,000"),
        ("five per cent", "5%"),
        ("$5bn", "5 billion dollars"),
        ("sixty-five years", "65 years"),
        ("the sixty-fifth", "the 65th"),
        ("two hundred and five", "205"),
        ("1,5 млн рублей", "1 500 000 ₽"),
        ("seventy thousand", "70 000"),
        ("12kg", "12 kilograms"),
        ("forty kilometres", "40 km"),
    ],
)
def test_one_value_has_one_key(one: str, other: str) -> None:
    assert read(one) == read(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.85 million", "28.5 million"),
        ("5%", "5 percentage points"),
        ("5%", "5"),
        ("65", "65th"),
        ("15 million", "15 billion"),
        ("$5", "€5"),
        ("-5", "5"),
        ("172", "72"),
        ("40 km", "40 miles"),
        ("12 kg", "12 lb"),
        ("300 tons", "300 tonnes"),
        ("20°", "20"),
    ],
)
def test_two_values_have_two_keys(one: str, other: str) -> None:
    assert read(one) != read(other)


def test_neighbouring_figures_stay_apart() -> None:
    assert read("in 2016 300 people, one two") == ["#2016", "#300", "#1", "#2"]
