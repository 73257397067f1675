"""How much of what a claim says stands in a few neighbouring sentences of the source, word for word or nearly.

The lexical side of paraphrase: telling words are compared by their stems and weighed by their rarity,
figures by value, names and negation strictly. Meaning beyond shared words comes with the encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checker.figures import figures
from checker.lexicon import IRREGULAR, MODALITY, NEGATIONS, REPORTING, spelling, stem
from checker.places import places
from checker.types import Claim, Information, Reason, Statement
from corpus.text import FUNCTION_WORDS, Words, sentences, words
from corpus.types import Span

# Chosen, as all numbers, by `benchmarks/thresholds.py`.
_SENTENCES = 3
"""A claim is looked for in at most so many neighbouring sentences."""

_LONGER = 0.05
"""Share of the claim that each further sentence must add, or every neighbour would be taken along."""

_AROUND = 400
"""Code points around the sentences in which a name or a figure of the claim may stand."""


@dataclass(frozen=True, slots=True)
class Covered:
    """The best stretch of the source, the weighed share of the claim that stands there, and what contradicts."""

    span: Span
    share: float
    objections: tuple[Reason, ...]


def covered(claim: Claim, information: Information, statement: Statement, *, own: frozenset[str]) -> Covered | None:
    """The neighbouring sentences of a statement that hold most of what the claim says; None when none does."""
    text = statement.document.text
    weights = {key: information.rarity.get(key, 1.0) for key in _content(claim, own)}
    total = sum(weights.values())
    if not total:
        return None
    language = statement.document.language
    found = [span.shift(statement.within.start) for span in sentences(statement.within.of(text), language=language)]
    wanted = [(key, *_forms(key)) for key in weights]
    held = [_held(wanted, words(span.of(text)).keys) for span in found]
    best: tuple[float, int, int] | None = None
    for first in range(len(found)):
        for last in range(first + 1, min(first + _SENTENCES, len(found)) + 1):
            share = sum(weights[key] for key in frozenset().union(*held[first:last])) / total
            if best is None or share > best[0] + _LONGER * (last - first - (best[2] - best[1])) + 1e-9:
                best = (share, first, last)
    if best is None or best[0] == 0:
        return None
    share, first, last = best
    span = Span(found[first].start, found[last - 1].end)
    return Covered(span, share, contradictions(claim, statement, span, own))


def _content(claim: Claim, own: frozenset[str]) -> list[str]:
    """The claim's telling words, without the words that only say who says it."""
    frame = REPORTING | own
    keys = [key for key in words(claim.quote).keys if key not in FUNCTION_WORDS and not key[0].isdigit()]
    return [key for key in keys if key not in frame] or keys


@lru_cache(maxsize=1 << 17)
def _forms(key: str) -> tuple[str, tuple[str, ...]]:
    """A word's stem, and what is left of it without another letter or two."""
    own = stem(spelling(key))
    return own, tuple(own[:-n] for n in (1, 2) if len(own) - n >= 4)


def _held(wanted: Iterable[tuple[str, str, tuple[str, ...]]], there: Sequence[str]) -> frozenset[str]:
    """Which of the wanted words, each given with its forms, a sentence has in whatever form."""
    forms = list(map(_forms, there))
    stems = {own for own, _ in forms}
    cut = {each for _, shorter in forms for each in shorter}
    groups = {IRREGULAR[key] for key in there if key in IRREGULAR}
    return frozenset(
        key
        for key, own, shorter in wanted
        if own in stems or own in cut or IRREGULAR.get(key) in groups or any(each in stems for each in shorter)
    )


def contradictions(
    claim: Claim, statement: Statement, span: Span, own: frozenset[str], *, around: int = _AROUND
) -> tuple[Reason, ...]:
    """Figures, names and negations of the claim that the stretch, its neighbourhood and its title do not have."""
    said = words(claim.quote)
    text = statement.document.text
    turn = statement.turn.span
    near = Span(max(turn.start, span.start - around), min(turn.end, span.end + around)).of(text)
    there = words(near)
    found: list[Reason] = []
    if _values(said) - _values(there) - _values(words(statement.document.title)):
        found.append("altered-number")
    named, vocabulary = _names(claim, own), _vocabulary(there, statement)
    strange = " ".join(name for short, name in named.items() if short not in vocabulary)
    if strange and not _places_there(strange, near, statement) and not _short_for(claim.quote, strange, near):
        found.append("altered-entity")
    if bool(set(said.keys) & NEGATIONS) != bool(set(words(span.of(text)).keys) & NEGATIONS):
        found.append("negation")
    return tuple(found)


def _values(found: Words) -> set[str]:
    """The values of the figures, their units aside ("53 billion" of roubles named before).

    One and two are left out: "the two countries" and "first of all" are added and dropped freely.
    """
    read = {figure.key.split()[0].removesuffix("th") for figure in figures(found.keys)}
    return read - {"#1", "#2"}


_CAPITALISED = re.compile(r"(?:[A-Z][\w.’'-]*(?:\s+(?:of|for|and|the|on)(?=\s))*\s*)+")


def _short_for(claim: str, strange: str, near: str) -> bool:
    """True when the strange names are the letters of names that stand there ("WTO"), or the other way round."""
    there = words(near).keys
    short = {_initials(each) for each in _CAPITALISED.findall(near)}
    long = {_initials(each) for each in _CAPITALISED.findall(claim)}
    letters = {word for word in strange.split() if word.isupper() and len(word) > 1}
    others = set(strange.split()) - letters
    spelled = bool(others) and any(each.casefold() in there for each in long if len(each) > 1)
    return all(any(word in each for each in short) for word in letters) and (not others or spelled)


def _initials(name: str) -> str:
    return "".join(letter for letter in name if letter.isupper())


def _places_there(names: str, around: str, statement: Statement) -> bool:
    """True when all these names are of states that the source names in another way ("Washington" for the Americans)."""
    language = statement.document.language
    there = places(f"{around} {statement.document.title}", language)
    return all(places(name, language) & there for name in names.split())


def _names(claim: Claim, own: frozenset[str]) -> dict[str, str]:
    """Stems of capitalised words inside sentences of the claim, with the words; the speaker's own name is left out."""
    said = words(claim.quote)
    names = {}
    for index, key in enumerate(said.keys):
        raw = said.span(index).of(claim.quote)
        initial = index == 0 or claim.quote[: said.starts[index]].rstrip(" “\"'‘«")[-1:] in tuple(".!?:…")
        if raw[0].isupper() and not initial and key not in FUNCTION_WORDS and key not in MODALITY:
            names[stem(key)[:5]] = raw
    mine = {stem(key)[:5] for key in own}
    return {short: name for short, name in names.items() if short not in mine}


def _vocabulary(there: Words, statement: Statement) -> set[str]:
    document = statement.document
    about = words(f"{document.title} {document.publisher} {' '.join(document.speakers)} {statement.turn.speaker}")
    return {stem(key)[:5] for key in (*there.keys, *about.keys)}
