"""Figures by value: "1.5 million", "1,500,000" and "one and a half" are read before words are compared.

The two sides of a comparison are read by the same grammar, so that a figure is one word of one value
and one unit, however it is written: 5 % and "five per cent" are the same, 5 % and "5 percentage
points" are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_ONES = {
    word: value
    for value, words in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
    for word in (words,)
} | {"один": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8,
     "девять": 9, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
    "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "десять": 10}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
         "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
         "восемьдесят": 80, "девяносто": 90}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
             "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "twentieth": 20,
             "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80,
             "ninetieth": 90, "hundredth": 100}  # fmt: skip
_HUNDREDS = {"сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700,
             "восемьсот": 800, "девятьсот": 900}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
           "bn": 10**9, "mln": 10**6, "тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "тыс": 1000,
           "миллион": 10**6, "миллиона": 10**6, "миллионов": 10**6, "млн": 10**6, "миллиард": 10**9,
           "миллиарда": 10**9, "миллиардов": 10**9, "млрд": 10**9, "триллион": 10**12, "трлн": 10**12}  # fmt: skip
_UNITS = {"%": "%", "percent": "%", "процент": "%", "процента": "%", "процентов": "%",
          "$": "$", "dollar": "$", "dollars": "$", "€": "€", "euro": "€", "euros": "€", "£": "£", "₽": "₽",
          "ruble": "₽", "rubles": "₽", "rouble": "₽", "roubles": "₽", "рубль": "₽", "рубля": "₽",
          "рублей": "₽"} | {
    word: unit
    for unit, words in {
        "km": "km kilometer kilometers kilometre kilometres км километр километра километров",
        "mile": "mile miles", "metre": "meter meters metre metres метр метра метров", "cm": "cm centimeter centimeters centimetre centimetres",
        "mm": "mm millimeter millimeters millimetre millimetres", "foot": "ft foot feet", "mph": "mph",
        "kg": "kg kilo kilos kilogram kilograms kilogramme kilogrammes кг килограмм килограмма килограммов",
        "lb": "lb lbs pound pounds", "ton": "ton tons", "tonne": "tonne tonnes тонна тонны тонн",
        "ha": "ha hectare hectares га гектар гектара гектаров", "acre": "acre acres",
        "litre": "liter liters litre litres литр литра литров", "barrel": "barrel barrels баррель барреля баррелей",
        "kw": "kw kilowatt kilowatts", "mw": "mw megawatt megawatts", "gw": "gw gigawatt gigawatts", "°": "° degrees degree",
    }.items()
    for word in words.split()
}  # fmt: skip
_DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_ORDINAL_DIGITS = re.compile(r"([0-9]+)(?:st|nd|rd|th)\Z")
_GLUED = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)([^\W\d_]+)\Z")
_SHORT_SCALE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(bn|m|mn|mln|k|tn)\Z")
_SHORT = {"bn": 10**9, "m": 10**6, "mn": 10**6, "mln": 10**6, "k": 1000, "tn": 10**12}

_MEASURED = tuple(
    (word,) for word in "high tall long wide deep thick away apart below above across underwater square".split()
)
"""Before one of these "10m" is a measure; elsewhere it is ten million."""

_ARTICLES = (("the",), ("a",), ("our",), ("this",), ("its",))
_STARTS = frozenset(_ONES) | frozenset(_TENS) | frozenset(_HUNDREDS) | frozenset(_ORDINALS) | {"$", "€", "£", "₽"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A run of words that states one value: `key` is equal exactly when value and unit are."""

    first: int
    last: int
    key: str


def figures(keys: tuple[str, ...]) -> Iterator[Figure]:
    """Every figure among folded words, in order, as word ranges (last is exclusive).

    >>> [figure.key for figure in figures(("some", "$", "1.5", "billion", "and", "five", "per", "cent"))]
    ['#1500000000 $', '#5 %']
    """
    done = 0
    for at in [at for at, key in enumerate(keys) if key in _STARTS or key[0].isdigit() or key[0] == "-"]:
        if at < done:
            continue
        prefix = _UNITS.get(keys[at]) if keys[at] in ("$", "€", "£", "₽") else None
        start = at + (prefix is not None)
        value, end, mark = _value(keys, start)
        if value is None:
            continue
        unit, end = (prefix, end) if prefix or mark.startswith(" ") else _unit(keys, end)
        yield Figure(at, end, f"#{_plain(value)}{mark}" + (f" {unit}" if unit else ""))
        done = end


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _unit(keys: tuple[str, ...], at: int) -> tuple[str | None, int]:
    if keys[at : at + 2] == ("per", "cent"):
        return "%", at + 2
    if keys[at : at + 2] in (("percentage", "points"), ("percentage", "point")):
        return "pp", at + 2
    if at < len(keys) and keys[at] in _UNITS:
        return _UNITS[keys[at]], at + 1
    return None, at


def _value(keys: tuple[str, ...], at: int) -> tuple[Decimal | None, int, str]:
    """The value of the figure that starts at word `at`, where it ends, and "th" for an ordinal or the unit written to it."""
    if at >= len(keys):
        return None, at, ""
    word = keys[at]
    if ordinal := _ORDINAL_DIGITS.match(word):
        return Decimal(ordinal.group(1)), at + 1, "th"
    if (glued := _GLUED.match(word)) and glued.group(2) in _UNITS:
        return Decimal(glued.group(1)), at + 1, f" {_UNITS[glued.group(2)]}"
    if (short := _SHORT_SCALE.match(word)) and short.group(2) == "m" and keys[at + 1 : at + 2] in _MEASURED:
        return Decimal(short.group(1)), at + 1, " metre"
    if short:
        return Decimal(short.group(1)) * _SHORT[short.group(2)], at + 1, ""
    if _DIGITS.match(word):
        return _scaled(_decimal(word), keys, at + 1)
    return _spelled(keys, at)


def _decimal(word: str) -> Decimal:
    try:
        return Decimal(word)
    except InvalidOperation:  # digits of another script that Decimal does not read
        return Decimal(0)


def _scaled(value: Decimal, keys: tuple[str, ...], at: int) -> tuple[Decimal, int, str]:
    while at < len(keys) and keys[at] in _SCALES:
        value *= _SCALES[keys[at]]
        at += 1
    return value, at, ""


def _spelled(keys: tuple[str, ...], at: int) -> tuple[Decimal | None, int, str]:
    """Number words by the usual grammar: ones after tens, scales multiply, "and" only behind a scale."""
    total = group = Decimal(0)
    begun = scaled = tens = ones = False
    start = at
    while at < len(keys):
        word = keys[at]
        if word in _ORDINALS and (begun or word != "second" or keys[start - 1 : start] in _ARTICLES):
            if ones:
                break
            return total + group + _ORDINALS[word], at + 1, "th"
        if word in _ONES and not ones and not (tens and _ONES[word] > 9):
            group, ones, begun, scaled = group + _ONES[word], True, True, False
        elif word in _TENS and not (tens or ones):
            group, tens, begun, scaled = group + _TENS[word], True, True, False
        elif word in _HUNDREDS and not group:
            group, begun, scaled = group + _HUNDREDS[word], True, False
        elif word == "hundred" and begun and group:
            group, ones, tens, scaled = group * 100, False, False, True
        elif word in _SCALES and word != "hundred" and begun:
            total, group, ones, tens, scaled = total + group * _SCALES[word], Decimal(0), False, False, True
        elif not (word == "and" and scaled and at + 1 < len(keys) and keys[at + 1] in _ONES.keys() | _TENS.keys()):
            break
        at += 1
    return (total + group, at, "") if begun else (None, start, "")
