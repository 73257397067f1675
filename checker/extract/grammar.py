"""The words that bound phrases and subjects, and what a word can be as far as it tells by itself."""

from __future__ import annotations

import re

from checker.extract.cues import ADVERBS, adverb
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS

Range = tuple[int, int]
"""A range of token numbers, half open."""

PRONOUNS = frozenset(
    "he she they it i we you who others some many most both one another everyone nobody он она они мы я".split()
)

BORDER_MARKS = frozenset([",", ";", ":", "—", "–", "--", "(", ")", "[", "]", ".", "!", "?", "…", "...", "•", "*", "/"])

JOINTS = frozenset(
    """that which who whom when where while as because if although though but since after before until unless
    whereas than whether so yet what how why once whose что когда как если хотя который которая которые""".split()
)

LEADING = frozenset(
    """in on at during after before with for from as while when although though if since despite under by to of
    outside inside within without following throughout among amid through over about last this earlier""".split()
)

DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight january february
    march april june july august september october november december""".split()
)

QUANTITIES = frozenset("most many some several few all both two three four five six other".split())


PARTY_TAG = re.compile(r"[DRI]-[A-Z][\w.]*")
"""A member's party and state: `(D-Ohio)`."""


def adverbial(tokens: Tokens, number: int) -> bool:
    """True for an adverb of the narration that is no name."""
    word = tokens.keys[number]
    return tokens.quoted[number] < 0 and (word in ADVERBS or (adverb(word) and not tokens.capital(number)))


def plural(word: str) -> bool:
    """True for a word that looks like a noun in the plural."""
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


OPENERS = frozenset(
    """however still meanwhile instead moreover essentially similarly finally specifically nevertheless nonetheless
    today yesterday tonight yes no well now then thus indeed also perhaps""".split()
)


def opens_aside(tokens: Tokens, number: int) -> bool:
    """True for a word that opens a sentence before its subject: `Nationally`, `Within marriages`."""
    word = tokens.keys[number]
    return word in OPENERS or word in LEADING or adverb(word) or word in JOINTS or word in ADVERBS


def verbal(tokens: Tokens, number: int) -> bool:
    """True for a word that looks like a verb in the past tense."""
    word = tokens.keys[number]
    return not tokens.capital(number) and (word.endswith("ed") or word in PAST)


def turned_label(tokens: Tokens, first: int) -> bool:
    """True for a verb that opens a sentence before whoever speaks: `Added Cole: “…”`."""
    verb = VERBS.get(tokens.keys[first])
    return (
        verb is not None
        and verb.form == "past"
        and bool(verb.kinds & {"speech", "telling", "quoting"})
        and first + 1 < len(tokens.keys)
        and tokens.capital(first)
        and tokens.capital(first + 1)
    )


PAST = frozenset(
    """met came went took made gave got held left put set ran kept began stood sat fell led lost paid sent spent won built
    brought bought caught chose drew drove fought flew grew heard hit laid meant rode rose sang sold shook shot spread
    struck taught threw woke wore became broke joined""".split()
)
"""Past tenses that do not end in -ed; a subject ends before them."""
