"""Marked omissions that keep the order and drop nothing that governs what is left."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.faithful.fragments import cuts
from benchmarks.seeded.governing import governs, is_plain
from benchmarks.seeded.sentences import Spot
from benchmarks.seeded.wording import content_words, word_count

STYLES = (" … ", " ... ", " [...] ", " […] ", " (...) ", " (…) ", "... ", "… ", " <…> ")
ASIDE = {
    "en": re.compile(
        r",(?: (?:which|including|together with|along with|particularly|especially|in particular|for example|"
        r"for instance|of course|ladies and gentlemen|my friends|dear friends|colleagues|dear colleagues|"
        r"Mr\.? President|Mr\.? Chairman|Mr\.? Secretary-General|as well as)\b[^,;:–—]{0,90}),"
        r"(?= (?:is|are|was|were|has|have|had|we|he|she|they|I|it)\b)"
    ),
    "ru": re.compile(
        r",(?: (?:конечно|уважаемые коллеги|коллеги|дорогие друзья|друзья|например|в частности|разумеется|"
        r"уважаемые друзья|котор(?:ый|ая|ое|ые))\b[^,;:–—]{0,80}),(?= (?:мы|я|он|она|они|это|у нас)\b)"
    ),
}
BOUND_START = re.compile(
    r"^(?:It|He|She|They|This|That|These|Those|Such|But|However|So|Then|And|Or|Yet|Nor|Still|Instead|Nevertheless|"
    r"Therefore|Thus|Hence|Otherwise|Both|Neither|Likewise|Similarly|Consequently|His|Her|Their|Its|Also|Second|Third|"
    r"Finally|Here|There|Again|Moreover|Rather|Because|As|No|Yes|Not|One|Another|Others?|Some|Он|Она|Они|Оно|Это|Эт\w+|"
    r"Но|А|И|Однако|Поэтому|Так|Тогда|Там|Тут|Их|Его|Её|Такие|Такой|Такая|Тем|Иначе|Потому|Да|Нет|Или|Зато|Здесь)\b"
)
REFERRING = re.compile(
    r"\b(?:he|she|they|them|him|his|her|their|these|those|such|the former|the latter|он|она|они|их|его|её|им|эт\w+|так\w+)\b",
    re.IGNORECASE,
)


def inside_one_sentence(spot: Spot) -> Iterator[tuple[str, str]]:
    """The two parts around an aside of the sentence."""
    for found in ASIDE[spot.language].finditer(spot.text):
        before, after = spot.text[: found.start()], spot.text[found.end() :].strip()
        if re.fullmatch(r", (?:as well as|including|which|together with|along with),", found.group()):
            continue
        aside = re.sub(r"^, (?:which|as well as)\b", "", found.group())
        if word_count(before) >= 4 and word_count(after) >= 4 and not governs(aside, spot.language):
            yield before, after


def across_sentences(spot: Spot) -> Iterator[tuple[str, str]]:
    """The sentence and a later one of the same paragraph, one or two others between them left out."""
    for distance in (2, 3):
        later = spot.neighbour(distance)
        between = [spot.neighbour(step) for step in range(1, distance)]
        if later is None or not later.whole or BOUND_START.search(later.text) or REFERRING.search(later.text):
            continue
        fair = (
            piece and piece.whole and is_plain(piece.text) and not governs(piece.text, spot.language)
            for piece in between
        )
        if is_plain(later.text) and all(fair):
            yield spot.text, later.text


def with_ellipsis(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """A fair omission inside, between sentences, or at an end."""
    if not is_plain(spot.text):
        return
    style = rng.choice(STYLES)
    for before, after in inside_one_sentence(spot):
        if len(content_words(before + " " + after)) >= 4:
            yield Draft("ellipsis", "inside", before + style + after, spot, (before, after))
    for before, after in across_sentences(spot):
        yield Draft("ellipsis", "between", joined_sentences(before, after, style), spot, (before, after))
    if rng.random() < 0.25:
        for start, end in cuts(spot.text, spot.language):
            head = style.strip() + " " if start else ""
            tail = "" if end >= len(spot.text.rstrip(".!?")) else " " + style.strip()
            words = spot.text[start:end]
            yield Draft("ellipsis", "at-an-end", f"{head}{words}{tail}", spot, (words,))


def joined_sentences(before: str, after: str, style: str) -> str:
    """Two sentences around the mark; the first keeps its full stop unless the mark stands for it."""
    return before + " " + style.strip() + " " + after if style.startswith(" ") else before.rstrip(".") + style + after
