"""Who speaks, as a page's title says it: “Remarks by …”, “…’s speech at …”, and whose the words before the first label are.

Only one speaker counts: two in one title say nothing of who speaks where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.connectors.pages import speakers_of
from corpus.types import Document

_SAID = r"remarks|speech|address|statement|comments?|briefing|gaggle|message|lecture|answers?|repl(?:y|ies)|answered|responds"
_STOPS = (
    "On|At|In|To|With|During|Before|After|Following|From|Regarding|By|As|Upon|And|About|Aboard|Ahead|Announcing|Welcoming"
    "|Honoring|Signing|Celebrating|Marking|Commemorating|Delivering|Concerning|Introducing|Presenting|Addressing"
)
"""What may stand behind a name where titles are written in capitals."""

_NAME = rf"(?!(?:{_STOPS})\b)[A-Z](?:[\w’-]*\w)?\.?"
_PERSON = rf"{_NAME}(?:\s+(?:(?:of|for)\s+(?:the\s+)?)?{_NAME})*?"
_BY = re.compile(
    rf"(?<![Jj]oint )\b(?i:{_SAID})\b(?:[^,.:;]{{0,80}}?\s(?:by|from)|\s+of)\s+(?:the\s+)?(?P<who>{_PERSON})"
    rf"(?=\s*(?:[,.:;(–—-]|$)|\s+(?!of\b|for\b)[^A-Z\s]|\s+(?:{_STOPS})\b)(?!\s+(?:and|And|&)\s)"
)
_WHOSE = re.compile(
    rf"^(?:The\s+)?(?P<who>{_PERSON})(?:[’']s|s[’'])\s+(?:[\w-]+\s+){{0,4}}?(?:{_SAID})\b", re.IGNORECASE
)
_OFFICE = re.compile(
    r"\b(?:president|minister|secretary|chancellor|spokes\w+|representative|ambassador|chair\w*|director|king|queen|lady"
    r"|commissioner|premier|governor|speaker|adviser|advisor|envoy|coordinator)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b(?:ministry|department|office|government|council|committee|house|union|embassy|group)$", re.IGNORECASE
)


def speaker_in(title: str) -> str | None:
    """The one person who, by an English title, says what follows; None for a body, for several, and for none.

    >>> speaker_in("Remarks by President Ada Lorne at the harbour"), speaker_in("Statement by the Foreign Ministry")
    ('President Ada Lorne', None)
    >>> speaker_in("Foreign Minister Bram Ostrey’s remarks, Tarn, 3 May"), speaker_in("Speech by the President of Marlo in Tarn")
    ('Foreign Minister Bram Ostrey', 'President of Marlo')
    >>> speaker_in("Remarks by President Ada Lorne and Prime Minister Wil Dorn") is None
    True
    """
    places = [*_BY.finditer(title), *_WHOSE.finditer(title)]
    return next((who for place in places if (who := _person(" ".join(place["who"].split())))), None)


def _person(who: str) -> str | None:
    if _BODIES.search(who):
        return None
    return who if _OFFICE.search(who) or len(who.split()) > 1 else None


def begun_by(document: Document, speaker: str | None = None) -> Document:
    """The same with the words before the first label given to whom the title names, where it is one of the speakers.

    A transcript of remarks and answers has no label before the remarks.
    """
    first, *rest = document.turns
    labels = speakers_of(document)
    who = _titled(document.title, labels) or (speaker if not labels else None)
    if first.speaker or first.kind != "narration" or not rest or who is None:
        return document
    turns = (replace(first, speaker=who, kind="speech"), *rest)
    begun = replace(document, turns=turns)
    return replace(begun, speakers=speakers_of(begun))


def _titled(title: str, labels: Sequence[str]) -> str | None:
    """The one label whose surname a title has, in whatever case a language puts it."""
    words = re.findall(r"[^\W\d_][\w’-]*", title.casefold())
    named = [label for label in labels if any(word.startswith(_stem(label)) for word in words)]
    return named[0] if len(named) == 1 else None


def _stem(label: str) -> str:
    """A surname without the ending that changes with the case: «Захарова» in «брифинг М.В.Захаровой»."""
    surname = re.findall(r"[^\W\d_][\w’-]*", re.sub(r"\(.*?\)", "", label).casefold())[-1:]
    word = surname[0] if surname else "\0"
    return re.sub(r"(?<=...)(?:[аяиоы][яй]|[аяйоь])$", "", word)
