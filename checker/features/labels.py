"""Speakers' labels that stand inside a stored turn, where a page runs several speakers together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from checker.speakers import name_words
from checker.speakers.names import same_name
from corpus.read.turns import is_reporter
from corpus.types import Span, Turn

_LABEL_WORD = r"(?:[A-ZА-ЯЁ]\w{0,3}\.|(?:(?:al|el|ul|bin|ibn)[- ])?[A-ZА-ЯЁ][\w’'–-]*)"
_INNER_LABEL = re.compile(
    r"(?:\A|[\n.!?…”\"]|--)\s*(?!Dear\b|To\b)"
    rf"((?:(?:{_LABEL_WORD}|of|the|and|for)\s+){{0,14}}{_LABEL_WORD})\s*(?:\([^()\n]{{1,40}}\))?\s*:\s"
)
_LINE = 200
"""Code points before a sentence of a collection, each of which is a turn of its own, in which its label stands."""
_OFFICE = re.compile(
    r"\b(?:President|Prime Minister|Minister|Chancellor|King|Queen|Prince|Ambassador|Secretary|Senator|Mr|Mrs|Ms|Dr|MR|MRS|MS"
    r"|DR|SENATOR|SECRETARY|AMBASSADOR|Patriarch|Archbishop|Pope|Патриарх|Митрополит|Президент|Министр|Премьер-министр|Канцлер)\b"
)


_ONE_NAME = re.compile(r"(?:Patriarch|Pope|King|Queen|Патриарх|Король)\b")
"""Who has these is known by one name."""

_SALUTATION = re.compile(
    r"\b(?:mr|mister|madam|my)\.? (?:president|speaker|chairman|secretary|chancellor|minister)\b|\bfellow\b|\bfriends\b",
    re.IGNORECASE,
)
"""Those who are spoken to ("Mr. President and fellow-citizens:")."""


_DOTTED = re.compile(
    r"(?:\A|\n)\s*((?:(?:Mr|Mrs|Ms|Dr|Secretary|Senator|Chancellor|Prime Minister|President|Chairman|Ambassador|General)\.? [A-Z][\w’'-]+"
    r"|The (?:Vice )?President|Q|Reporter|[A-Z][a-z’'-]+ (?!Mrs?\b|Ms\b|Dr\b|St\b)[A-Z][a-z’'-]+))\. (?=[A-Z“\"])"
)
_ITS_OWN = "The President"
"""The label of the principal in transcripts whose labels end in a full stop."""
_CHANGES = 2
"""So many of the principal's labels make such a transcript; one may be a sentence of two words."""


def inner_label(text: str, match: Span, *, turn: Turn) -> str:
    """The label that stands inside a turn before the match, where stored turns run several speakers together; or nothing.

    A label is a reporter's ("Q:"), or a name behind an office ("President of Brazil Jair Bolsonaro:"). In what a publisher
    tells it is a line of its own; elsewhere there a colon belongs to the sentence.
    """
    if turn.kind == "narration":
        found = list(_INNER_LABEL.finditer(text, max(0, turn.span.start - _LINE), match.start))
        found = [each for each in found if "\n" in text[each.start() : each.start(1)] and each.group().endswith("\n")]
        return next((each.group(1) for each in reversed(found) if _is_label(each.group(1), opens=True)), "")
    inner = [each for each in _inner(text, turn.span) if each.end <= match.start]
    labels = [each.label for each in inner if each.known or _its_own(each.label, turn)]
    if labels and _its_own(labels[-1], turn):
        return ""
    return labels[-1] if labels else _dotted_label(text, match, turn)


@dataclass(frozen=True, slots=True)
class _Label:
    """What may be a label inside a turn, where it ends, and whether it is one whatever the turn."""

    label: str
    end: int
    known: bool


@lru_cache(maxsize=64)
def _inner(text: str, turn: Span) -> tuple[_Label, ...]:
    """What may be a label inside a turn; a word in capitals is one where it comes again ("BASH: … KING: … BASH: …")."""
    found = list(_INNER_LABEL.finditer(text, turn.start, turn.end))
    again = Counter(each.group(1) for each in found if each.group(1).isupper() and len(each.group(1)) > _INITIALS)
    return tuple(
        _Label(label, each.end(), again[label] > 1 or _is_label(label, opens=each.group(0).startswith("\n")))
        for each in found
        for label in (each.group(1),)
    )


_INITIALS = 3
"""So many capitals may stand for something else than a name."""


def _its_own(label: str, turn: Turn) -> bool:
    """True when the one whose turn it is has the word again, behind a question that stands in it."""
    return bool(name_words(label)) and same_name(label, turn.speaker)


def _dotted_label(text: str, match: Span, turn: Turn) -> str:
    """The label of another than the principal, in a transcript of which a line begins “The President. ” or “Mr. Oln. ”."""
    found = _dotted(text, turn.span)
    if sum(label == _ITS_OWN for _, label in found) < _CHANGES:
        return ""
    before = [label for start, label in found if start < match.start]
    return before[-1] if before and before[-1] != _ITS_OWN else ""


@lru_cache(maxsize=64)
def _dotted(text: str, turn: Span) -> tuple[tuple[int, str], ...]:
    """All such labels of a turn and where they begin; the quotes of an article come to the same turns again."""
    return tuple((each.start(1), each.group(1)) for each in _DOTTED.finditer(text, turn.start, turn.end))


def _is_label(label: str, *, opens: bool) -> bool:
    """True for a reporter's label, and for an office with a name; inside a line with a full one or one in capitals."""
    if is_reporter(label):
        return True
    name = name_words(label)
    if not _OFFICE.search(label) or _SALUTATION.search(label) or not name:
        return False
    return opens or label.isupper() or len(name) > 1 or _ONE_NAME.match(label) is not None
