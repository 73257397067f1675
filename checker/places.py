"""States and regions by name in several languages, so that "Russia" and «Россией» are one place.

The names are CLDR's (through babel); inflections are met by their stems, and what is no inflection ("American", «США»)
stands below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from corpus.text import words

_ALSO = MappingProxyType(
    {
        "en": {
            "US": "us usa america american americans", "GB": "uk britain british briton england english",
            "FR": "french", "NL": "dutch holland", "ES": "spanish", "CH": "swiss", "GR": "greek greeks",
            "DK": "danish danes", "PL": "polish poles", "TR": "turkish turks turkey", "TH": "thai", "IE": "irish",
            "SE": "swedish swedes", "FI": "finnish finns", "CZ": "czech czechs", "PH": "philippine filipino",
            "DE": "german germans", "CN": "chinese", "KP": "dprk", "CI": "ivorian", "MM": "burma burmese",
            "EU": "eu european europeans", "UN": "un", "CD": "drc congo congolese", "CG": "congo congolese",
            "CF": "car", "PS": "palestine palestinian palestinians gaza",
        },
        "ru": {
            "US": "сша америка американский американцы американец", "GB": "британия британский англия английский",
            "FR": "франция французский", "DE": "фрг германский немецкий", "CN": "кнр китайский", "NL": "голландия",
            "AE": "оаэ", "EU": "ес евросоюз европа европейский", "UN": "оон", "KP": "кндр", "CD": "дрк конго",
            "CG": "конго конголезский", "CF": "цар центральноафриканский", "PS": "палестина палестинский палестинцы газа",
            "RU": "рф россияне российский русский",
        },
        "uk": {
            "US": "сша америка американський", "GB": "британія британський англія", "FR": "франція французький",
            "DE": "німецький німці", "EU": "єс євросоюз європа європейський", "UN": "оон", "RU": "рф російський росіяни",
        },
    }
)  # fmt: skip

_CAPITALS = MappingProxyType(
    {
        "US": "washington pentagon", "RU": "moscow kremlin", "UA": "kyiv kiev", "GB": "london downing",
        "CN": "beijing", "FR": "paris", "DE": "berlin bonn", "JP": "tokyo", "IL": "jerusalem", "IR": "tehran",
        "SY": "damascus", "IQ": "baghdad", "KP": "pyongyang", "KR": "seoul", "IN": "delhi", "PK": "islamabad",
        "EG": "cairo", "SA": "riyadh", "TR": "ankara", "BY": "minsk", "PL": "warsaw", "EU": "brussels", "CU": "havana",
        "VE": "caracas", "ZA": "pretoria", "AF": "kabul", "LB": "beirut", "GE": "tbilisi", "AM": "yerevan", "AZ": "baku",
    }
)  # fmt: skip
"""Capitals and seats by which English writers name a government."""

_SHORT_FORMS = frozenset("us uk un eu car drc".split())

_SHORT = 4
"""Shorter words are names only as they stand ("UK")."""

_STEM = 5
"""Letters that a stem keeps at least ("cong" would be a congress); one less where nouns are inflected («Сирии»)."""


def places(text: str, language: str) -> frozenset[str]:
    """The codes of the states, regions and unions that a text names.

    >>> sorted(places("Russia and its American colleagues", "en")), sorted(places("Россией и США", "ru"))
    (['RU', 'US'], ['RU', 'US'])
    """
    read = words(text)
    # "us", "car" and "un" are states only in capitals.
    keys = [key for at, key in enumerate(read.keys) if key not in _SHORT_FORMS or read.span(at).of(text).isupper()]
    stems, phrases = _names(language)
    found = {code for key in keys for length in _lengths(key) for code in stems.get(key[:length], ())}
    line = f" {' '.join(keys)} "
    return frozenset(found | {code for phrase, code in phrases if re.search(phrase, line)})


def state_names(language: str) -> tuple[tuple[str, str], ...]:
    """What the states and regions are called in a language: codes and names."""
    return tuple(_territories(language))


def _lengths(key: str) -> range:
    return range(min(_SHORT, len(key)), len(key) + 1) if len(key) >= _SHORT else range(len(key), len(key) + 1)


@lru_cache(maxsize=16)
def _names(language: str) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Stems of one-word names, with their codes; and patterns of the longer names."""
    stems: dict[str, tuple[str, ...]] = {}
    phrases: list[tuple[str, str]] = []
    for code, name in _territories(language):
        keys = words(name).keys
        if len(keys) == 1:
            stems[_stem(keys[0])] = (*stems.get(_stem(keys[0]), ()), code)
        elif keys:
            phrases.append((r" " + r"\S* ".join(re.escape(_stem(key)) for key in keys) + r"\S* ", code))
    named = [*_ALSO.get(language, {}).items(), *(_CAPITALS.items() if language == "en" else ())]
    for code, also in named:
        for key in also.split():
            stems[_stem(key)] = (*stems.get(_stem(key), ()), code)
    return stems, tuple(phrases)


def _territories(language: str) -> list[tuple[str, str]]:
    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return []
    return [(code, name) for code, name in names.items() if code.isalpha()]


def _stem(key: str) -> str:
    """A word without what an inflection changes: its last vowel letters, never below four or five letters.

    >>> _stem("россия"), _stem("ukraine"), _stem("сша")
    ('росс', 'ukrain', 'сша')
    """
    least = _STEM if key[0] in ascii_lowercase else _SHORT
    while len(key) > least and key[-1] in "aeiouyаеёиоуыэюяіїйь":
        key = key[:-1]
    return key
