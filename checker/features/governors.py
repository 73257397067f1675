"""What the left-out words of a sentence do to the words that are quoted from it.

Each rule looks at the words before and behind the match in its own sentence and names the kind of
governor that it found: somebody else's mouth, a bound, a denial, a negation, a condition, a hedge, a
question. The first that fits counts.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import Literal

from checker.features import phrases
from checker.features.assertion import predicates
from checker.lexicon import CONDITIONS, MODALITY, NEGATIONS, REFERRING, REPORTING, STANCE
from corpus.text import words

Kind = Literal[
    "reported", "bound", "denied", "negated", "conditioned", "hedged", "wished", "framed", "asked", "cut", "timed",
    "qualified",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """A match in its sentence: what stands before and behind it, how the next sentence begins, and what the quote makes of it.

    `asserts` says that the quote reads as a statement; `elided` that `before` stood where the quote
    marks an omission; `asked` that the quote keeps its question mark.
    """

    before: str
    quoted: str
    after: str
    asserts: bool
    elided: bool
    asked: bool
    next: str = ""


@dataclass(frozen=True, slots=True)
class Governor:
    """A word or phrase that governs the match, and how."""

    kind: Kind
    words: str
    decides: bool


_THAT = frozenset("that что що".split())
_CLOSING = re.compile(r"(?:[:;]|--|[—–])\s*\Z")
"""Behind one of these, right before the match, the words before have their own clause ("but it is not so: | we …")."""
_OURS = frozenset("i we".split())
_JOINING = frozenset("and or but".split())
_FEW = 5
"""Fewer words than that of a question are a phrase."""
_JOINED = re.compile(r"\s*,\s*(?:and|but|so)\s", re.IGNORECASE)
_SENTENCE_MARKS = " \t\n”»\"’')"
_MARKS = _SENTENCE_MARKS + ",;:—–-"
_BROKEN_OFF = re.compile(r"(?:-{2,}|[–—…])\s*\Z")
_SENTENCE_STOPS = (". ", "? ", "! ", "; ", ", ")
_UNFINISHED = frozenset(
    "a an the to of for with by from in at my our your his her its their be is are was were has have had do don't does didn't will would wasn't isn't aren't".split()
)
"""Behind one of these nothing is said yet: what breaks off there governs nothing ("We have to -- | we have not seen it")."""
_RESTARTED = 3
"""So many first words said again, behind a dash, are a false start."""
_FALSE_START = 12
"""Words that were said before the speaker began anew, at most."""
_SHOWN = 5
"""So many words of a sentence that qualifies the match are shown."""

# Chosen by `benchmarks/thresholds.py`.
_NEAR = 4
"""A word that governs an infinitive or a noun stands at most this many words before it ("refuse to", "madness now to")."""


def governor(around: Around, *, reported: bool) -> Governor | None:
    """What governs the match, or None; `reported` says that reporting verbs are what the page consists of."""
    if around.elided and phrases.ASIDE.match(around.before):
        around = replace(around, before="")
    scope = _scope(phrases.FAIR.sub(" clear ", _without_false_start(around.before, around.quoted)))
    left = words(scope).keys
    if around.asserts and phrases.VOICES.search(scope):
        return Governor("reported", "", True)
    own = _clause(scope)
    if not reported and _is_reported(words(own).keys, own, around):
        return Governor("reported", "", True)
    return (
        _bound(left, around)
        or _denied(scope, around)
        or _negated(left, scope, around)
        or _conditioned(left, around)
        or _hedged(scope, around)
        or _wished(scope, around)
        or _framed(scope, around, reported=reported)
        or _cut(left, around)
        or _asked(around)
        or _timed(around)
        or _qualified(around)
    )


def _scope(before: str) -> str:
    """The words that can still govern the match: those behind the last "but" that opens a clause."""
    turns = list(phrases.TURN.finditer(before))
    return before[turns[-1].end() :] if turns else before


def _clause(scope: str) -> str:
    """The words behind the last semicolon; what goes on with "and that" hangs on the clause before it ("Some say that A; and that | B")."""
    rest, mark, last = scope.rpartition(";")
    return scope if mark and phrases.JOINED_CLAUSE.search(last) and words(rest) else last


def _without_false_start(before: str, quoted: str) -> str:
    """What stands before a match without the speaker's first try at it ("we hope that we can -- | we can …")."""
    if not _BROKEN_OFF.search(before):
        return before
    tried, said = words(before), words(quoted).keys[:_RESTARTED]
    if tried and tried.keys[-1] in _UNFINISHED:
        at = max(map(before.rfind, _SENTENCE_STOPS)) + 1
        return before[:at] if len(words(before[at:])) <= _FALSE_START // 2 else before
    for at in range(len(tried) - len(said), max(-1, len(tried) - _FALSE_START), -1):
        if tried.keys[at : at + len(said)] == said:
            return before[: tried.starts[at]]
    return before


def _is_reported(left: tuple[str, ...], scope: str, around: Around) -> bool:
    """True when the words are reported as somebody else's: "he said that …", "they think …", "according to …"."""
    if again := phrases.AGAIN.search(scope):  # "I repeat: …" reports oneself
        return phrases.ATTRIBUTING.search(scope, again.end()) is not None
    if (
        phrases.ATTRIBUTING.search(scope)
        or (around.asserts and phrases.IMITATED.search(around.before))
        or phrases.ATTRIBUTED_BEHIND.search(around.after)
        or phrases.SAID_BEHIND.search(around.after)
    ):
        return True
    if around.elided and any(_swallowed(place, left) for place in range(len(left))):
        return not phrases.OWN & set(left)
    return any(_reports(place, left, scope, around) for place in range(len(left)))


def _swallowed(place: int, left: tuple[str, ...]) -> bool:
    """True when a verb of saying among dropped words reports what comes next: nothing but a place or a time stands between."""
    word, behind = left[place], left[place + 1 :]
    if word not in REPORTING | phrases.OPINION or (word in phrases.NOUNS_TOO and not _has_subject(place, left)):
        return False
    return bool(_THAT & set(behind)) or (len(behind) <= 3 and not {"and", "or", "to"} & set(behind))


def _has_subject(place: int, left: tuple[str, ...]) -> bool:
    """True when a word that may be a noun too stands behind a subject or before "that": there it is a verb."""
    return (
        left[place + 1 : place + 2] in (("that",), ("что",), ("що",))
        or left[max(0, place - 1) : place] in phrases.SUBJECTS
    )


def _reports(place: int, left: tuple[str, ...], scope: str, around: Around) -> bool:
    word, behind = left[place], left[place + 1 :]
    if word not in REPORTING | phrases.OPINION | phrases.TELLING or phrases.OWN & set(left[max(0, place - 3) : place]):
        return False
    if left[max(0, place - 2) : place] in (("let", "me"), ("let", "us")):
        return False
    if word in phrases.NOUNS_TOO and not _has_subject(place, left):  # "all member states, …"
        return False
    if phrases.SHOWS.search(" ".join(left[max(0, place - 4) : place + 4])):
        return False
    if place and left[place - 1] == "to":  # "no reason to think" reports nobody
        return False
    if _THAT & set(behind):
        return word not in phrases.OPINION or left[-1] in _THAT
    if word in phrases.TELLING and 0 < len(behind) <= 3 and around.asserts:
        return True
    return around.asserts and (not behind or scope.rstrip().endswith((":", ",", "“", "«", '"')))


def _bound(left: tuple[str, ...], around: Around) -> Governor | None:
    """A quantifier or limit cut off right before what it counts ("almost | half of our farms")."""
    if around.elided and (found := phrases.PART_OF.search(around.before)):
        return Governor("bound", found.group(), True)
    if around.asserts and left and (left[-1] in phrases.BOUNDS - {"not"} or left[-2:] in phrases.BOUND_PAIRS):
        return Governor("bound", left[-1], True)
    narrowed = phrases.THOSE_BEHIND.search(around.after)
    if around.asserts and narrowed and phrases.ALL & set(words(around.quoted).keys):
        return Governor("bound", narrowed.group().strip(_MARKS), True)
    return None


def _denied(scope: str, around: Around) -> Governor | None:
    found = phrases.DENIALS.search(scope) or (phrases.DENIED_BEHIND.search(around.after) if around.asserts else None)
    return Governor("denied", found.group().strip(), True) if found else None


def _negated(left: tuple[str, ...], scope: str, around: Around) -> Governor | None:
    """The negation or refusal that governs the match, if one does."""
    said = words(around.quoted).keys
    compared = any(pair in phrases.COMPARED for pair in itertools.pairwise(said))
    if "ever" in said and not compared and not NEGATIONS & set(said) and (licence := NEGATIONS & set(left)):
        return Governor("negated", min(licence), True)  # "no person could suppose that they | ever meant it"
    for distance, word in enumerate(reversed(left), start=1):
        if word in STANCE and distance <= _NEAR and _runs_on(scope, word):
            return Governor("negated", word, True)
        told = left[-1] in phrases.SAYING and scope.rstrip(_SENTENCE_MARKS).endswith(
            ","
        )  # "never be able to say, | we …"
        near = distance <= 2 and not _CLOSING.search(scope)
        if word in NEGATIONS and (near or left[-1] in _THAT or told or _runs_on(scope, word)):
            exhorts = distance <= 2 and "to" in words(around.quoted).keys[1:]
            swallowed = around.elided and distance == 1  # "…, but not | for good"
            return Governor("negated", word, around.asserts or exhorts or swallowed)
    return None


def _runs_on(scope: str, word: str) -> bool:
    """True when no comma, dash or colon closes the clause between that word and the match."""
    at = scope.casefold().replace("’", "'").rfind(word)
    return at >= 0 and not re.search(r"[,;:–—()]", scope[at:])


def _conditioned(left: tuple[str, ...], around: Around) -> Governor | None:
    found = phrases.IF.search(around.before) or phrases.IF.search(phrases.OTHER_CLAUSE.split(around.after)[0])
    found = found or phrases.UNTIL.search(around.before) or phrases.OTHERWISE.search(around.before)
    if found is None and MODALITY & set(words(around.quoted).keys):
        found = phrases.WITHOUT.search(around.before)
    if found is None:
        found = phrases.INVERTED_BEHIND.search(around.after)
    said = set(words(around.quoted).keys)
    if found is None and phrases.PRESENT & said and not phrases.PAST & said:
        found = phrases.WHEN_BEHIND.search(around.after)
    if found is None and not around.elided:
        found = phrases.INVERTED.search(around.before)
        if left[-1:] == ("should",) and around.asserts:  # "should the leaders change their minds"
            return Governor("conditioned", "should", True)
    if found is None and left[-_NEAR:] and set(left[-_NEAR:]) & CONDITIONS:
        return Governor("conditioned", next(word for word in left[-_NEAR:] if word in CONDITIONS), around.asserts)
    return Governor("conditioned", found.group().split()[0].lower(), around.asserts) if found else None


def _hedged(scope: str, around: Around) -> Governor | None:
    found = phrases.HEDGES.search(scope) or phrases.LIMITED_BEFORE.search(scope)
    if found is None and phrases.BUT_BEHIND.search(around.after):
        found = phrases.COULD_SAY.search(scope)
    if found is None and around.asserts:
        found = phrases.LIMIT_BEHIND.search(around.after) or phrases.CORRECTED_BEHIND.search(around.after)
    return Governor("hedged", found.group().strip(_MARKS), around.asserts) if found else None


def _wished(scope: str, around: Around) -> Governor | None:
    """A hope, a wish or a fear of which the match is the content; or a clause whose governor is a sentence of its own."""
    found = phrases.WISHES.search(scope)
    return Governor("wished", found.group().strip(), around.asserts) if found else None


def _framed(scope: str, around: Around, *, reported: bool) -> Governor | None:
    """A clause that the sentence does not assert: the content of an aim, a task, a perception; or one with its limit cut off."""
    if not around.asserts:
        return None
    left = words(scope).keys
    quoted = words(around.quoted).keys
    if quoted[-1:] and quoted[-1] in phrases.EXCEPTED and (excepted := phrases.EXCEPTED_BEHIND.search(around.after)):
        return Governor("framed", excepted.group().strip(" ,"), True)
    if phrases.PARENTHESIS.search(around.quoted) and (rest := phrases.COMPLETED_BEHIND.search(around.after)):
        return Governor("framed", rest.group().strip(" ,"), True)
    held = phrases.HELD_BY_OTHERS.search(scope) or phrases.TO_PROVE.search(scope)
    if held and not _OURS & set(left):
        return Governor("framed", held.group().strip(), True)
    limit = phrases.LIMITED_BEHIND.search(around.after)
    if limit and set(quoted) & (NEGATIONS | phrases.IMPOSSIBLE):
        return Governor("framed", limit.group().strip(" ,"), True)
    stated = phrases.STATED_PLACE.search(scope)
    found = (
        phrases.CONTRASTED.search(scope)
        or phrases.SUPPOSED.search(scope)
        or phrases.TASKS.search(scope)
        or phrases.AIMS.search(scope)
        or (None if stated else phrases.PLACES_OF.search(scope))
    )
    if found is None and not stated and left and left[-1] in phrases.OPEN_QUESTIONS:
        return Governor("framed", left[-1], True)
    if found is None and not reported and phrases.COMPLEMENT.search(scope) and not _stated(scope):
        return Governor("framed", " ".join(left[-3:]), True)
    return Governor("framed", found.group().strip(), True) if found else None


def _stated(scope: str) -> bool:
    """True when what stands before a that-clause, or before the clause that it is joined to, does not take it back."""
    if phrases.FAIR_FRAMES.search(scope):
        return True
    if not phrases.JOINED_CLAUSE.search(scope):
        return False
    return any(phrases.FAIR_FRAMES.search(scope[: found.end()]) for found in re.finditer(r"\bthat\b|\bчто\b", scope))


def _cut(left: tuple[str, ...], around: Around) -> Governor | None:
    """An omission that swallows what the next words hang on ("we would … sell"), or a subject that is no subject ("aid for | growth is …")."""
    if left and left[-1] in ("unlike", "except"):
        return Governor("cut", left[-1], True)
    because = words(around.before).keys == ("for",)  # a sentence's first word: "For | of those to whom …"
    if left and not because and left[-1] in phrases.PREPOSITIONS and predicates(words(around.quoted).keys):
        return Governor("cut", left[-1], True)
    if around.asserts and _stranded(around):
        return Governor("cut", words(around.quoted).keys[-1], True)
    if not around.elided or not left:
        return None
    turned = not around.before.rstrip().endswith(",") and phrases.TURNED.search(around.before)
    open_clause = not around.before.rstrip().endswith(",") and bool(set(left[-4:]) & phrases.RELATIVES)
    hanging = left[-1] in phrases.LEADING or open_clause
    return Governor("cut", left[-1], True) if hanging or turned else None


def _stranded(around: Around) -> bool:
    """True when a match breaks off before what its last word wants ("the hall we now meet in | grim silence").

    A pronoun there may have become an editor's brackets.
    """
    last, following = words(around.quoted).keys[-1:], words(around.after)
    if not last or last[0] not in phrases.STRANDED or not following or following.keys[0] in _JOINING | REFERRING:
        return False
    return not around.after[: following.starts[0]].strip()


def _asked(around: Around) -> Governor | None:
    asked = around.after.rstrip(_SENTENCE_MARKS).endswith("?") and not around.asked
    turned = len(words(around.quoted)) > _FEW and bool(phrases.INVERTED_QUESTION.search(around.before))
    if asked and not turned and (phrases.TAG_BEHIND.search(around.after) or _JOINED.match(around.after)):
        return None  # what is asked comes behind
    whole = turned and not words(around.after)
    return Governor("asked", "?", around.asserts or whole) if asked else None


def _timed(around: Around) -> Governor | None:
    found = phrases.TIMED.search(around.after) or phrases.BUT_BEHIND.search(around.after)
    return Governor("timed", found.group().strip(_MARKS), False) if found else None


def _qualified(around: Around) -> Governor | None:
    """A next sentence that qualifies this one: a warning; it decides where the time that it speaks against was cut off as well."""
    found = phrases.QUALIFIED_NEXT.match(around.next)
    past = around.asserts and phrases.PAST_BEFORE.search(around.before) is not None
    return Governor("qualified", " ".join(around.next.split()[:_SHOWN]), past) if found else None
