"""Marks of omission and brackets that change the meaning under cover of an editor's rights."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.edits import edited
from benchmarks.seeded.faithful.ellipsis import STYLES
from benchmarks.seeded.flips.context import out_of_context
from benchmarks.seeded.flips.negation import FIXED_NEGATIONS, added_negations
from benchmarks.seeded.flips.russian import negations
from benchmarks.seeded.governing import is_plain
from benchmarks.seeded.sentences import Spot

NOT = {
    "en": re.compile(
        r"\b(?:is|are|was|were|will|can|could|would|should|must|has|have|had|do|does|did) (not) (?=[a-z])"
    ),
    "ru": re.compile(
        r"\b(?:мы|я|они|он|она|вы|никто|это|нас) (не) (?=[а-яё]+(?:ем|им|ут|ют|ат|ят|ет|ит|у|ю|ли|ла|ло)\b)"
    ),
}
ONLY = re.compile(
    r"not (?:only|just|merely|simply|necessarily|all|every|yet|even|until|to|the|a|an|because|so|too|that)\b"
)
DEAD = "Brezhnev Khrushchev Nasser Nehru Truman Eisenhower Stalin Churchill Adenauer".split()
UNBORN = "Putin Obama Macron Zelenskyy Trump Biden Merkel Erdogan".split()
HE = re.compile(r"\b[Hh]e (?=(?:has|was|is|had|will|did|came|went|made|spoke)\b)")


def dropping_negation(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """A mark of omission where the 'not' stood."""
    for found in NOT[spot.language].finditer(spot.text):
        start, end = found.span(1)
        if ONLY.match(spot.text[start:]) or any(
            m.start() <= start < m.end() for m in FIXED_NEGATIONS.finditer(spot.text)
        ):
            continue
        before, after = spot.text[:start].rstrip(), spot.text[end:].lstrip()
        quote = before + rng.choice(STYLES) + after
        yield Draft("ellipsis", "drops-not", quote, spot, (before, after), truth="flip", expect="not-verified",
                    changed=f"{before} {after}", change="not → …")  # fmt: skip


def dropping_governor(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """A mark of omission where the condition, the doubt or the other voice stood."""
    for draft in out_of_context(spot, rng):
        mark = rng.choice(STYLES).strip()
        if draft.form in ("condition", "hedge", "question", "reported") and not spot.text.startswith(draft.quote):
            yield Draft("ellipsis", f"drops-{draft.form}", f"{mark} {draft.quote}", spot, draft.parts, truth="flip",
                        expect="not-verified", alone=True, change=draft.change)  # fmt: skip


def misused_ellipsis(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """Each omission that drops what governs the rest."""
    if is_plain(spot.text.rstrip("?")):
        yield from dropping_negation(spot, rng)
        yield from dropping_governor(spot, rng)


def bracketed_not(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """'[not]' put in."""
    if spot.text.endswith("?"):
        return
    word = "не" if spot.language == "ru" else "not"
    found = negations(spot.text, rng) if spot.language == "ru" else added_negations(spot.text)
    for edits in found:
        start, end, new = edits[0]
        if start == end and new.strip() == word:
            gap = " " if spot.text[:start].endswith(" ") else ""
            bracket = f"[{word}] " if gap else f" [{word}]"
            quote = edited(spot.text, ((start, end, bracket),))
            yield Draft("bracket", "not", quote, spot, (spot.text,), truth="flip", expect="not-verified",
                        changed=edited(spot.text, edits), change=f"∅ → [{word}]")  # fmt: skip


def bracketed_name(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """A person of another age in place of a pronoun."""
    year = int((spot.document.date or "0")[:4])
    if spot.language != "en" or not year or 1975 < year < 1995:
        return
    free = [name for name in (UNBORN if year < 1980 else DEAD) if name not in spot.document.stored_text]
    for found in HE.finditer(spot.text):
        if free:
            name = rng.choice(free)
            bracket = rng.choice([f"[{name}] ", f"{found.group()}[{name}] "])
            quote = spot.text[: found.start()] + bracket + spot.text[found.end() :]
            yield Draft("bracket", "name", quote, spot, (spot.text,), truth="flip", expect="not-verified",
                        changed=f"{spot.text[: found.start()]} {name} {spot.text[found.end() :]}", change=f"he → [{name}]")  # fmt: skip


def bracketed_claim(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """A year, a share or a cause of which the document knows nothing."""
    known, date = spot.document.stored_text, spot.document.date or ""
    year = str(int(date[:4]) - rng.randint(12, 40)) if date else ""
    claims = [f"since {year}"] if year and year not in known else []
    claims += [claim for claim in ("by decree", "in secret", "under duress", "for money") if claim not in known]
    verb = re.search(r"(?<=[a-z] )(?:has|have|was|were|had) (?:been )?[a-z]+ed\b(?= [a-z])", spot.text)
    if spot.language == "en" and verb and claims:
        claim = rng.choice(claims)
        quote = f"{spot.text[: verb.end()]} [{claim}]{spot.text[verb.end() :]}"
        yield Draft("bracket", "claim", quote, spot, (spot.text,), truth="flip", expect="not-verified",
                    change=f"∅ → [{claim}]")  # fmt: skip


def misused_bracket(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """Each bracket that adds a claim."""
    yield from bracketed_not(spot, rng)
    yield from bracketed_name(spot, rng)
    yield from bracketed_claim(spot, rng)
