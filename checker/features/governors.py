"""What the left-out words of a sentence do to the words that are quoted from it.

Each rule looks at the words before and behind the match in its own sentence and names the kind of
governor that it found: somebody else's mouth, a bound, a denial, a negation, a condition, a hedge, a
question. The first that fits counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from checker.lexicon import CONDITIONS, NEGATIONS, REPORTING, STANCE
from corpus.text import words

Kind = Literal["reported", "bound", "denied", "negated", "conditioned", "hedged", "asked", "cut", "timed"]


@dataclass(frozen=True, slots=True)
class Around:
    """A match in its sentence: what stands before and behind it, and what the quote makes of it.

    `asserts` says that the quote reads as a statement; `elided` that `before` stood where the quote
    marks an omission; `asked` that the quote keeps its question mark.
    """

    before: str
    quoted: str
    after: str
    asserts: bool
    elided: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Governor:
    """A word or phrase that governs the match, and how."""

    kind: Kind
    words: str
    decides: bool


_FAIR = re.compile(
    r"\b(?:no doubt|not only|not just|not merely|no secret|hardly a secret|no question|no wonder|no denying|cannot but"
    r"|can not but|cannot help|cannot deny|never stopped|not surprising|did not hesitate|нет сомнени[йя]|не только"
    r"|не просто)\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"(?:[,;:.—–]\s*|^\s*)(?:but|however|yet|instead|rather|although|though|а|но|однако|зато)\b|\bbut\b(?! also)",
    re.IGNORECASE,
)
_OWN = frozenset("i we i've we've i'd we'd я мы".split())
_OPINION = frozenset(
    "think thinks thought believe believes believed imagine imagines wonder wonders assume assumes assumed".split()
)
_TELLING = frozenset("told tell tells assured assure assures informed inform reminded remind asked".split())
_ATTRIBUTING = re.compile(
    r"\b(?:according to|in the words of|in (?:his|her|their) (?:own )?words|rumou?r has it|(?:i|we) (?:am|are|was|were|have been) told"
    r"|(?:i|we)(?: have|'ve)? (?:all )?(?:heard|read)(?: \w+){0,3} that|it is said|as [^,.]{1,40} puts? it"
    r"|learned that|(?:some|many|they|people|critics|others)(?: people)? (?:say|claim|think|believe|argue|shout))\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:i repeat|i say again|let me repeat|as i said|повторю|повторяю|напомню)\b", re.IGNORECASE)
_ATTRIBUTED_BEHIND = re.compile(
    r"^\W{0,3}(?:or so|that is what|this is what|so|as)\s+\w+(?:\s\w+){0,3}?\s+(?:say|says|said|claim|claims|demand|demands|think|thinks)\b",
    re.IGNORECASE,
)
_SAID_BEHIND = re.compile(
    r"^\W{1,4}(?!i\b|we\b)(?:[\w’'.]+\s){1,4}(?:say|says|said|claim|claims|claimed|argue|argues|insist|insists)\W*$",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:perhaps|maybe|possibly|probably|allegedly|supposedly|reportedly|apparently|presumably|in theory"
    r"|it is (?:possible|likely|conceivable)|it may be|(?:could|might) be that|used to (?:think|believe)"
    r"|in a perfect world|возможно|может быть|вероятно|якобы)\b",
    re.IGNORECASE,
)
_DENIALS = re.compile(
    r"\b(?:(?:lie|myth|fiction|fantasy|nonsense|idea|notion|claims?|allegations?|accusations?|suggestions?|rumou?rs?) that"
    r"|(?:false|untrue|wrong|absurd|mistaken|incorrect)(?:,[^,]{1,40},)? (?:that|to say))\b",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"^\W{0,3}(?:is|are|was|were|would be)\s+(?:\w+\s+){0,2}?(?:absurd|false|untrue|nonsense|wrong|lies?|mistaken|myths?|ridiculous)\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?<!\bas )(?<!\beven )\b(?:if|unless|provided|providing|supposing|suppose|imagine|as long as|so long as"
    r"|only (?:when|if|after)|on (?:the )?condition|subject to|in case|except|если|при условии|ли)\b",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"^\W*(?:should|had|were)\s+\w+[^,]*,", re.IGNORECASE)
_TIMED = re.compile(r"\b(?:until|till|once|пока)\b", re.IGNORECASE)
_BOUNDS = frozenset("both few most some almost nearly barely hardly scarcely half many only not".split())
_BOUND_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "up to|at least|at most|more than|less than|fewer than|most of|some of|few of|many of|first of|maximum of"
        "|minimum of|part of|half of"
    ).split("|")
)
_TURNED = re.compile(r"\b(?:far from|instead of|rather than|anything but)\b", re.IGNORECASE)
_LEADING = frozenset("to would could should might may must can will shall".split())
_SENTENCE_MARKS = " \t\n”»\"’')"
_NEAR = 4
"""A word that governs an infinitive or a noun stands at most this many words before it ("refuse to", "madness now to")."""


def governor(around: Around, *, reported: bool) -> Governor | None:
    """What governs the match, or None; `reported` says that reporting verbs are what the page consists of."""
    scope = _scope(_FAIR.sub(" ", around.before))
    left = words(scope).keys
    if not reported and _is_reported(words(scope.rpartition(";")[2]).keys, scope.rpartition(";")[2], around):
        return Governor("reported", "", True)
    return (
        _bound(left, around)
        or _denied(scope, around)
        or _negated(left, scope, around)
        or _conditioned(left, around)
        or _hedged(scope, around)
        or _cut(left, around)
        or _asked(around)
        or _timed(around)
    )


def _scope(before: str) -> str:
    """The words that can still govern the match: those behind the last "but" that opens a clause."""
    turns = list(_TURN.finditer(before))
    return before[turns[-1].end() :] if turns else before


def _is_reported(left: tuple[str, ...], scope: str, around: Around) -> bool:
    """True when the words are reported as somebody else's: "he said that …", "they think …", "according to …"."""
    if _AGAIN.search(scope):
        return False
    if _ATTRIBUTING.search(scope) or _ATTRIBUTED_BEHIND.search(around.after) or _SAID_BEHIND.search(around.after):
        return True
    if around.elided and (REPORTING | _OPINION) & set(left):
        return not _OWN & set(left)
    return any(_reports(place, left, scope, around) for place in range(len(left)))


def _reports(place: int, left: tuple[str, ...], scope: str, around: Around) -> bool:
    word, behind = left[place], left[place + 1 :]
    if word not in REPORTING | _OPINION | _TELLING or _OWN & set(left[max(0, place - 3) : place]):
        return False
    if place and left[place - 1] == "to":  # "no reason to think" reports nobody
        return False
    if "that" in behind or "что" in behind:
        return word not in _OPINION or left[-1] in ("that", "что")
    if word in _TELLING and 0 < len(behind) <= 3 and around.asserts:
        return True
    return around.asserts and (not behind or scope.rstrip().endswith((":", ",", "“", "«", '"')))


def _bound(left: tuple[str, ...], around: Around) -> Governor | None:
    """A quantifier or limit cut off right before what it counts ("almost | half of our farms")."""
    if around.asserts and left and (left[-1] in _BOUNDS - {"not"} or left[-2:] in _BOUND_PAIRS):
        return Governor("bound", left[-1], True)
    return None


def _denied(scope: str, around: Around) -> Governor | None:
    found = _DENIALS.search(scope) or (_DENIED_BEHIND.search(around.after) if around.asserts else None)
    return Governor("denied", found.group().strip(), True) if found else None


def _negated(left: tuple[str, ...], scope: str, around: Around) -> Governor | None:
    """The negation or refusal that governs the match, if one does."""
    for distance, word in enumerate(reversed(left), start=1):
        if word in STANCE and distance <= _NEAR:
            return Governor("negated", word, True)
        if word in NEGATIONS and (distance <= 2 or left[-1] in ("that", "что") or _runs_on(scope, word)):
            exhorts = distance <= 2 and "to" in words(around.quoted).keys[1:]
            return Governor("negated", word, around.asserts or exhorts)
    return None


def _runs_on(scope: str, word: str) -> bool:
    """True when no comma, dash or colon closes the clause between that word and the match."""
    at = scope.casefold().replace("’", "'").rfind(word)
    return at >= 0 and not re.search(r"[,;:–—()]", scope[at:])


def _conditioned(left: tuple[str, ...], around: Around) -> Governor | None:
    found = _IF.search(around.before) or _IF.search(around.after)
    if found is None and not around.elided:
        found = _INVERTED.search(around.before)
    if found is None and left[-_NEAR:] and set(left[-_NEAR:]) & CONDITIONS:
        return Governor("conditioned", next(word for word in left[-_NEAR:] if word in CONDITIONS), around.asserts)
    return Governor("conditioned", found.group().split()[0].lower(), around.asserts) if found else None


def _hedged(scope: str, around: Around) -> Governor | None:
    found = _HEDGES.search(scope)
    return Governor("hedged", found.group(), around.asserts) if found else None


def _cut(left: tuple[str, ...], around: Around) -> Governor | None:
    """An omission that swallows the verb on which the next words hang ("we would … sell")."""
    if left and left[-1] in ("unlike", "except"):
        return Governor("cut", left[-1], True)
    if not around.elided or not left:
        return None
    turned = _TURNED.search(around.before)
    return Governor("cut", left[-1], True) if left[-1] in _LEADING or turned else None


def _asked(around: Around) -> Governor | None:
    asked = around.after.rstrip(_SENTENCE_MARKS).endswith("?") and not around.asked
    return Governor("asked", "?", around.asserts) if asked else None


def _timed(around: Around) -> Governor | None:
    found = _TIMED.search(around.after)
    return Governor("timed", found.group(), False) if found else None
