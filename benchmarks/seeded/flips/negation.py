"""A negation more or less, also by a prefix."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.edits import Edits, agreeing, is_alone, like_case, words_after, words_before

SUBJECTS = "i we you they he she it this that there who which these those".split()
AUXILIARIES = "is are was were will can could would must should has have had".split()
NEGATED = re.compile(
    r"\b(?:not|no|never|nothing|nobody|neither|nor|none|without|hardly|cannot|only)\b|n[’']t\b", re.IGNORECASE
)
CONTRACTED = {"don’t": "do", "doesn’t": "does", "didn’t": "did", "isn’t": "is", "aren’t": "are", "wasn’t": "was",
              "weren’t": "were", "can’t": "can", "won’t": "will", "couldn’t": "could", "shouldn’t": "should",
              "haven’t": "have", "hasn’t": "has", "hadn’t": "had", "wouldn’t": "would"}  # fmt: skip
OPPOSED = {"never": "always", "nothing": "something", "nobody": "somebody", "without": "with", "no": "some"}
PARTICIPLE = re.compile(
    r"\w+ed$|(?:been|had|made|become|seen|done|taken|given|gone|come|begun|found|got|held|kept|led|met|paid|put|said|"
    r"sent|set|spoken|written|heard|built|brought|grown|won|lost|left|already|just|recently|always|long)$"
)
FIXED_NEGATIONS = re.compile(
    r"\b(?:not (?:only|just|to mention|at all|least|all|every|everyone|even|yet|until|merely|simply)|or not|why not|"
    r"if not|cannot but|whether or not|nothing (?:but|to do|else|more|less|of)|"
    r"no (?:doubt|longer|less|more|one|matter|way|later|other|"
    r"better|wonder|means|secret|good)|without (?:doubt|a doubt|exception|question|saying|fail|any|exaggeration)|"
    r"never mind|by no|has nothing|have nothing|not too|not very|not quite|not so)\b",
    re.IGNORECASE,
)


def dropped_negations(text: str) -> Iterator[Edits]:
    fixed = [found.span() for found in FIXED_NEGATIONS.finditer(text)]
    for found in re.finditer(r"[\w’']+", text):
        word = found.group().casefold().replace("'", "’")
        if any(start <= found.start() < end for start, end in fixed):
            continue
        if word == "not" and words_before(text, found.start()) in [*AUXILIARIES, "do", "does", "did", "be", "am"]:
            yield ((*found.span(), ""),)
        elif word == "cannot":
            yield ((*found.span(), "can"),)
        elif (word in CONTRACTED or word in OPPOSED) and words_after(text, found.end()):
            new = CONTRACTED.get(word) or OPPOSED[word]
            yield ((*found.span(), like_case(new, found.group())),)


def added_negations(text: str) -> Iterator[Edits]:
    for found in re.finditer(r"[A-Za-z]+", text):
        before, rest = words_before(text, found.start()), text[found.end() :]
        clause = re.split(r"[,;:.–—]", rest)[0]
        plain = before in SUBJECTS and found.group() in AUXILIARIES and rest.startswith(" ")
        if not plain or NEGATED.search(clause) or len(clause.split()) < 2:
            continue
        if found.group() in ("have", "has", "had") and not PARTICIPLE.match(clause.split()[0]):
            continue
        idiom = f"{before} {found.group()} {words_after(text, found.end(), 2)} "
        if not re.match(
            r"that is (?:to say|why)|\w+ \w+ also|\w+ (?:would|had) (?:like|rather|better|also like)|"
            r"you can see|it should be",
            idiom,
        ):
            joined = "not" if found.group() == "can" else " not"
            yield ((found.end(), found.end(), joined),)


PREFIXED = dict(
    pair.split("/")
    for pair in """able/unable acceptable/unacceptable successful/unsuccessful necessary/unnecessary fair/unfair
    legal/illegal lawful/unlawful stable/unstable effective/ineffective responsible/irresponsible certain/uncertain
    happy/unhappy willing/unwilling aware/unaware complete/incomplete justified/unjustified satisfied/dissatisfied
    reversible/irreversible justice/injustice security/insecurity stability/instability possible/impossible
    adequate/inadequate sufficient/insufficient reasonable/unreasonable relevant/irrelevant appropriate/inappropriate
    predictable/unpredictable equal/unequal favourable/unfavourable favorable/unfavorable realistic/unrealistic
    precedented/unprecedented divided/undivided welcome/unwelcome popular/unpopular secure/insecure""".split()
)
UNPREFIXED = {new: old for old, new in PREFIXED.items() if old not in ("certain", "precedented", "divided", "able")}
FIXED_PREFIXES = re.compile(
    r"\b(?:as \w+ as|more|most|security council|social security|department of justice|court of justice|not un\w+|"
    r"national security|a certain|certain (?:that|of|\w+s\b)|be able|(?:less|whether|if|how|so|too|very) \w+|"
    r"security (?:and|forces?|services?|agency)|the justice|welcome (?:to|the|all|back|you|this)|much as)\b",
    re.IGNORECASE,
)


def prefix_changes(text: str) -> Iterator[Edits]:
    """'effective' for 'ineffective', or the other way."""
    fixed = [found.span() for found in FIXED_PREFIXES.finditer(text)]
    for found in re.finditer(r"\b[A-Za-z]+\b", text):
        word, (start, end) = found.group(), found.span()
        new = PREFIXED.get(word.casefold()) or UNPREFIXED.get(word.casefold())
        inside = any(a < end and start < b for a, b in fixed)
        negated = NEGATED.search(words_before(text, start, 6))
        if new and not inside and not negated and is_alone(text, start, end) and agreeing(text, start, new):
            yield ((start, end, like_case(new, word)),)


def negation_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    """Each negation dropped, added, or moved into a prefix."""
    if not text.endswith("?"):
        yield from dropped_negations(text)
        yield from added_negations(text)
        yield from prefix_changes(text)
