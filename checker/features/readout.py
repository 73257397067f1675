"""Who is reported in a read-out: the named subject of the reporting verb over a passage.

A publisher's read-out reports its principal, and others as well ("Mr Oln noted that …"); their words are not the
principal's.
"""

from __future__ import annotations

import re

from checker.features.context import sentence_at
from checker.lexicon import REPORTING
from checker.speakers import name_words
from corpus.read.turns import is_reporter
from corpus.text import words
from corpus.types import Span, Turn

_PRONOUNS = frozenset("he she they it он она они".split())
_SUBJECT = 7
"""The subject of a reporting verb ends at most so many words before it ("Mr Oln, the mayor of Tavin, noted")."""

_BACK = 3
"""Sentences looked back through when the subject is a pronoun."""


def reported_speaker(text: str, match: Span, *, turn: Turn, language: str, whole: bool = False) -> tuple[str, ...]:
    """The words of the name of whoever is reported at the match, as `name_words` gives them; empty when nobody is named.

    A title alone ("the President said") names nobody: it is the publisher's principal. `whole` says that the match is
    whole sentences, which say themselves who is reported.
    """
    sentence = sentence_at(text, match.start, turn=turn.span, language=language)
    if whole:
        match = Span(sentence.end, max(sentence.end, match.end))
    found = _subject(text, Span(sentence.start, max(sentence.end, match.end, _tag_end(text, match, turn))), match)
    for _ in range(_BACK):
        if found is None or found != _PRONOUN or sentence.start <= turn.span.start:
            break
        sentence = sentence_at(text, max(turn.span.start, sentence.start - 3), turn=turn.span, language=language)
        found = _subject(text, sentence, Span(sentence.end, sentence.end)) or found
    return found if found and found != _PRONOUN else ()


_TAG = 160
"""Code points behind closing marks in which whoever is quoted is named."""


def _tag_end(text: str, match: Span, turn: Turn) -> int:
    """Where the words end that say who is quoted, when the match stands inside quotation marks of several sentences."""
    opened = max(text.rfind("\n", turn.span.start, match.start), turn.span.start)
    before = text[opened : match.start]
    closing = "”" if before.rfind("“") > before.rfind("”") else '"' if before.count('"') % 2 else ""
    closed = text.find(closing, match.end, turn.span.end) if closing else -1
    return min(turn.span.end, closed + _TAG) if closed >= 0 else 0


_LABEL_WORD = r"(?:[A-ZА-ЯЁ]\w{0,3}\.|[A-ZА-ЯЁ][\w’'–-]*)"
_INNER_LABEL = re.compile(
    r"(?:\A|[\n.!?…”\"])\s*(?!Dear\b|To\b)"
    rf"((?:(?:{_LABEL_WORD}|of|the|and|for)\s+){{0,14}}{_LABEL_WORD})\s*(?:\([^()\n]{{1,40}}\))?\s*:\s"
)
_OFFICE = re.compile(
    r"\b(?:President|Prime Minister|Minister|Chancellor|King|Queen|Prince|Ambassador|Secretary|Senator|Mr|Mrs|Ms|Dr|MR|MRS|MS"
    r"|DR|SENATOR|SECRETARY|AMBASSADOR|Президент|Министр|Премьер-министр|Канцлер)\b"
)


_SALUTATION = re.compile(
    r"\b(?:mr|mister|madam|my)\.? (?:president|speaker|chairman|secretary|chancellor|minister)\b|\bfellow\b|\bfriends\b",
    re.IGNORECASE,
)
"""Those who are spoken to ("Mr. President and fellow-citizens:")."""


def inner_label(text: str, match: Span, *, turn: Turn) -> str:
    """The label that stands inside a turn before the match, where stored turns run several speakers together; or nothing.

    A label is a reporter's ("Q:"), or a name behind an office ("President of Brazil Jair Bolsonaro:").
    """
    found = list(_INNER_LABEL.finditer(text, turn.span.start, match.start))
    labels = [each.group(1) for each in found if _is_label(each.group(1), opens=each.group(0).startswith("\n"))]
    return labels[-1] if labels else ""


def _is_label(label: str, *, opens: bool) -> bool:
    """True for a reporter's label, and for an office with a name; inside a line with a full one or one in capitals."""
    if is_reporter(label):
        return True
    name = name_words(label)
    if not _OFFICE.search(label) or _SALUTATION.search(label) or not name:
        return False
    return opens or label.isupper() or len(name) > 1


_PRONOUN = ("",)
_INVERTED = re.compile(
    r"(?!told|asked|informed|assured|thanked|reminded|urged|warned)\w+ ((?:[A-ZА-ЯЁЇІЄ][\w’'-]+ ?){2,5})[.,;]?\s*\Z"
)


def _subject(text: str, sentence: Span, match: Span) -> tuple[str, ...] | None:
    """The name before the last reporting verb ahead of the match; a pronoun as such; None when nothing reports."""
    lead = text[sentence.start : match.start]
    found = words(lead)
    verbs = [place for place, key in enumerate(found.keys) if key in REPORTING]
    if not verbs:
        return _behind(text[match.end : sentence.end])
    verb = verbs[-1]
    if found.keys[verb + 1 : verb + 2] == ("by",):  # "This was announced by the mayor of Tavin, Mr Oln."
        doers = [name for each in _NAME.findall(lead[found.ends[verb + 1] :]) if (name := name_words(each))]
        if doers:
            return doers[-1]
    if inverted := _INVERTED.match(lead[found.starts[verb] :]):  # "…,” said Dorte Aune."
        return name_words(inverted.group(1))
    start = max(0, verb - _SUBJECT)
    if verb and found.keys[verb - 1] in _PRONOUNS:
        return _PRONOUN
    named = _NAME.findall(lead[found.starts[start] : found.starts[verb]]) if verb else []
    names = [name for each in named if (name := name_words(each))]
    return names[-1] if names else ()


_NAME = re.compile(r"(?:[A-ZА-ЯЁЇІЄ][\w’'-]+(?:\s+(?:of|the|and)\s+)?\s*)+")
_BEHIND = re.compile(r"^[\s,”»\"’'—–-]+((?:[A-ZА-ЯЁЇІЄ][\w’'-]+\s+)+)(\w+)")
_CLOSED_BEHIND = re.compile(r"[,.!?…][”»\"]\s*[—–-]?\s*((?:[A-ZА-ЯЁЇІЄ][\w’'-]+\s+)+|\w+\s+)(\w+)")


def _behind(after: str) -> tuple[str, ...] | None:
    """The name in "…, Mr Oln noted", or the pronoun in "…”, she said", also where the quotation goes on behind the match."""
    found = _BEHIND.match(after) or _CLOSED_BEHIND.search(after)
    if found is None or found.group(2).casefold() not in REPORTING:
        return None
    if found.group(1).strip().casefold() in _PRONOUNS:
        return _PRONOUN
    return name_words(found.group(1)) if found.group(1)[0].isupper() else None
