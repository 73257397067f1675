"""Who is reported in a read-out: the named subject of the reporting verb over a passage.

A publisher's read-out reports its principal, and others as well ("Mr Oln noted that …"); their words are not the
principal's.
"""

from __future__ import annotations

import re

from checker.features.context import sentence_at
from checker.lexicon import REPORTING
from checker.speakers import name_words
from corpus.text import words
from corpus.types import Span, Turn

_PRONOUNS = frozenset("he she they it он она они".split())
_SUBJECT = 7
"""The subject of a reporting verb ends at most so many words before it ("Mr Oln, the mayor of Tavin, noted")."""

_BACK = 3
"""Sentences looked back through when the subject is a pronoun."""


def reported_speaker(text: str, match: Span, *, turn: Turn, language: str) -> tuple[str, ...]:
    """The words of the name of whoever is reported at the match, as `name_words` gives them; empty when nobody is named.

    A title alone ("the President said") names nobody: it is the publisher's principal.
    """
    sentence = sentence_at(text, match.start, turn=turn.span, language=language)
    found = _subject(text, Span(sentence.start, max(sentence.end, match.end)), match)
    for _ in range(_BACK):
        if found is None or found != _PRONOUN or sentence.start <= turn.span.start:
            break
        sentence = sentence_at(text, max(turn.span.start, sentence.start - 3), turn=turn.span, language=language)
        found = _subject(text, sentence, Span(sentence.end, sentence.end)) or found
    return found if found and found != _PRONOUN else ()


_PRONOUN = ("",)


def _subject(text: str, sentence: Span, match: Span) -> tuple[str, ...] | None:
    """The name before the last reporting verb ahead of the match; a pronoun as such; None when nothing reports."""
    lead = text[sentence.start : match.start]
    found = words(lead)
    verbs = [place for place, key in enumerate(found.keys) if key in REPORTING]
    if not verbs:
        return _behind(text[match.end : sentence.end])
    verb = verbs[-1]
    start = max(0, verb - _SUBJECT)
    if verb and found.keys[verb - 1] in _PRONOUNS:
        return _PRONOUN
    named = _NAME.findall(lead[found.starts[start] : found.starts[verb]]) if verb else []
    names = [name for each in named if (name := name_words(each))]
    return names[-1] if names else ()


_NAME = re.compile(r"(?:[A-ZА-ЯЁЇІЄ][\w’'-]+(?:\s+(?:of|the|and)\s+)?\s*)+")
_BEHIND = re.compile(r"^[\s,”»\"’'—–-]+((?:[A-ZА-ЯЁЇІЄ][\w’'-]+\s+)+)(\w+)")


def _behind(after: str) -> tuple[str, ...] | None:
    """The name in "…, Mr Oln noted"."""
    found = _BEHIND.match(after)
    return name_words(found.group(1)) if found and found.group(2).casefold() in REPORTING else None
