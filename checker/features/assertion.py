"""Whether a run of words reads as a statement of its own, or only as a phrase that asserts nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FINITE = frozenset(
    """
    is are was were am has have had do does did will would can could may might must shall should let isn't aren't
    wasn't weren't hasn't haven't don't doesn't didn't won't wouldn't can't cannot couldn't i'm we're they're it's
    that's there's i'll we'll i've we've appears seems remains becomes i we he she they you who
    есть был была было были будет будут может могут должны должен я мы он она они
    є був була було були буде будуть може можуть має мають повинен повинні ми він вона вони
    """.split()
)
_BARE = frozenset(
    """
    a an the this that these those my our your his her its their some any every each all both no of in on at by for from
    with without against to into about between under over through during as than more most very such
    """.split()
)
_VERBS = frozenset(
    """
    is are was were am has have had do does did will would can could may might must shall should isn't aren't wasn't
    weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't
    became began broke came chose drove drew ate fell flew forgot froze gave grew hid knew rode rose sang saw shook
    shrank sank spoke stole swore took threw tore went woke wore wrote withdrew undertook overcame
    есть был была было были будет будут может могут должны должен
    є був була було були буде будуть може можуть має мають повинен повинні
    """.split()
)
_SUBORDINATORS = frozenset(
    """
    that which who whom whose where when as than if because while although though what how why until since whether
    i we he she they you it
    что который которая которое которые которых где когда как если чтобы
    що який яка яке які яких де коли якщо щоб
    """.split()
)
_RUSSIAN_VERB = re.compile(
    r"\w{2,}(?:ет|ют|ут|ит|ат|ят|ає|яє|ує|ють|уть|ить|ять|ться|ешь|ем|им|ла|ло|ли|тся|лся|ено|ены|ена)\Z"
)
_OBJECTS = frozenset("the a an this that these those all any our your his her its their for to".split())
_FEW = 4
"""Fewer words than that, without a finite verb, are a phrase and no statement."""


def has_verb(keys: Sequence[str]) -> bool:
    """True when a finite verb, or a pronoun that is a subject, is among folded words; a clause of purpose at the end does not count.

    >>> has_verb(("the", "price", "is", "high")), has_verb(("the", "price", "up", "so", "that", "we", "pay"))
    (True, False)
    """
    purpose = next((at for at in range(1, len(keys) - 1) if keys[at : at + 2] == ("so", "that")), len(keys))
    if any(
        adverb.endswith("ly") and behind in _OBJECTS and not verb.endswith(("ed", "ing"))
        for adverb, verb, behind in zip(keys, keys[1:], keys[2:], strict=False)
    ):
        return True  # "a majority clearly wish for …"
    return any(key in _FINITE or key in _VERBS or _RUSSIAN_VERB.match(key) for key in keys[:purpose])


def predicates(keys: Sequence[str]) -> bool:
    """True when a finite verb stands among folded words outside of subordinate clauses: what is before it is its subject.

    A pronoun behind a noun opens a clause too ("the fleet we have").

    >>> predicates(("growth", "is", "good")), predicates(("a", "world", "that", "is", "free")), predicates(("all", "we", "have"))
    (True, False, False)
    """
    open_clauses = 0
    for at, key in enumerate(keys):
        if key in _SUBORDINATORS and (at or key not in ("i", "we", "he", "she", "they", "you", "it")):
            open_clauses += 1
        elif key in _VERBS and not open_clauses:
            return True
        elif key in _VERBS:
            open_clauses -= 1
    return False


def asserts(keys: Sequence[str]) -> bool:
    """True when folded words read as a statement: with a finite verb, or when they do not begin as a bare phrase begins."""
    if has_verb(keys):
        return True
    return len(keys) >= _FEW and keys[0] not in _BARE and not keys[0].endswith("ing")
