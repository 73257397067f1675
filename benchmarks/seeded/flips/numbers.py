"""Another number: a digit, a figure's order, or a number word."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.seeded.edits import Edits, agreeing, is_alone, like_case

NUMBER_WORDS = dict(
    pair.split("/")
    for pair in """two/three three/five four/six five/seven six/nine seven/four eight/three nine/six ten/twelve
    eleven/nine twelve/ten fifteen/fifty twenty/thirty thirty/twenty forty/sixty fifty/fifteen hundred/thousand
    thousand/hundred thousands/hundreds hundreds/thousands   
    millions/billions dozens/hundreds twice/thrice third/fourth fourth/fifth fifth/third second/third first/second
    half/quarter     
    double/triple doubled/tripled""".split()
)
NUMBER_PHRASES = re.compile(
    r"(?<!\bthe )(?<!\bits )(?<!\bour )(?<!\btheir )(?<!\bhis )(?<!\bmy )(?<!\byour )"
    r"\b(?:first|second|third|fourth|fifth)\b|"
    r"\bfirst (?:of all|and foremost|thing|time|lady|name|hand|place|question|point|half)|"
    r"\bsecond (?:half|question|point|world)|"
    r"\b(?:the|one|two) of us two\b|\bhalf way|\bdouble[- ]check|\b(?:the|in|for) (?:first|second)(?=[\s]*[,.?!:;–—])",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def other_figure(figure: str, rng: random.Random) -> str:
    """Another value with as many digits: two digits change places, or one digit becomes another."""
    digits = [place for place, sign in enumerate(figure) if sign.isdigit()]
    telling = [place for place in digits if figure[place] != "0"] or digits
    pairs = [(a, b) for a, b in pairwise(digits) if figure[a] != figure[b] and figure[b] != "0"]
    signs = list(figure)
    year = re.fullmatch(r"(?:19|20)\d\d", figure)
    if pairs and not year and rng.random() < 0.5:
        a, b = rng.choice(pairs)
        signs[a], signs[b] = signs[b], signs[a]
    else:
        place = digits[-1] if year else rng.choice(telling)
        signs[place] = rng.choice([digit for digit in "123456789" if digit != figure[place]])
    return "".join(signs)


MONTHS = "January February March April May June July August September October November December".split()


def is_day(text: str, start: int, end: int) -> bool:
    around = {text[:start].split()[-1:][0] if text[:start].split() else "", *re.findall(r"\w+", text[end:])[:1]}
    return text[start:end].isdigit() and int(text[start:end]) <= 31 and bool(around & set(MONTHS))


def number_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    for found in FIGURE.finditer(text):
        if is_alone(text, *found.span()) or text[found.start() - 1 : found.start()] in ("$", "€"):
            day = str(rng.choice([n for n in range(2, 28) if str(n) != found.group()]))
            yield ((*found.span(), day if is_day(text, *found.span()) else other_figure(found.group(), rng)),)
    fixed = [found.span() for found in NUMBER_PHRASES.finditer(text)]
    for found in re.finditer(r"[A-Za-z]+", text):
        new = NUMBER_WORDS.get(found.group().casefold())
        inside = any(start <= found.start() < end for start, end in fixed)
        if new and not inside and is_alone(text, *found.span()) and agreeing(text, found.start(), new):
            yield ((*found.span(), like_case(new, found.group())),)


# Names: candidates by sort. Of these only what the corpus itself writes goes into a pool.
