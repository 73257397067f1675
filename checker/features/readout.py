"""Who is reported in a read-out: whoever the sentence over a passage names as its subject, or its tag as who speaks.

A publisher's read-out reports its principal, and others as well ("Mr Oln noted that …"); their words are not the
principal's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.features.context import sentence_at
from checker.lexicon import QUANTIFIERS, REPORTING
from checker.speakers import name_words
from corpus.text import FUNCTION_WORDS, Words, words
from corpus.types import Span, Turn

_PRONOUNS = frozenset("he she they it him her them он она они".split())
_OTHERS = frozenset(
    "authors experts analysts participants researchers scientists journalists residents soldiers servicemen witnesses"
    " officials diplomats ministers lawmakers deputies interlocutors doctors volunteers parents occupiers invaders".split()
)
"""Who may be quoted in a read-out without a name, and is not its principal ("…,” the authors note")."""

_SAYING_TOO = frozenset(
    "believes believed considers considered reminded assured informed summed continued concluded".split()
)
"""Verbs that report in a read-out, besides those that do everywhere."""

_ADVERBS = frozenset("also then further again too both still even".split())
_SUBJECT = 7
"""The subject of a reporting verb ends at most so many words before it ("Mr Oln, the mayor of Tavin, noted")."""

_BACK = 3
"""Sentences looked back through when the subject is a pronoun."""

_PRONOUN = ("",)
"""Stands for a pronoun: whom it takes up is named before."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Whoever is reported: the words of the name, as `name_words` gives them, or the office that stands for it.

    `holder` are the words of the name that the page gives with that office first. All are empty when nobody is named.
    """

    name: tuple[str, ...] = ()
    office: str = ""
    holder: tuple[str, ...] = ()


def reported_speaker(text: str, match: Span, *, turn: Turn, language: str, whole: bool = False) -> Reported:
    """Whoever is reported at the match, by name or by office ("said the Mayor").

    `whole` says that the match is whole sentences, which say themselves who is reported.
    """
    sentence = sentence_at(text, match.start, turn=turn.span, language=language)
    if whole:
        match = Span(sentence.end, max(sentence.end, match.end))
    lead = text[sentence.start : match.start]
    tail = text[match.end : max(sentence.end, match.end, _tag_end(text, match, turn))]
    found = _before(lead) or _behind(tail)
    for _ in range(_BACK):
        if found != _PRONOUN or sentence.start <= turn.span.start:
            break
        sentence = sentence_at(text, max(turn.span.start, sentence.start - 3), turn=turn.span, language=language)
        found = _before(sentence.of(text)) or found
    if isinstance(found, str):
        return Reported(office=found, holder=holder(found, text[turn.span.start : match.start]))
    return Reported(found) if found and found != _PRONOUN else Reported()


def titled_speaker(title: str) -> tuple[str, ...]:
    """The name of whom a page's title gives as the one who speaks; empty when it gives nobody.

    >>> titled_speaker("The quay must open - Dorte Aune"), titled_speaker("Dorte Aune thanked the crews of Tavin")
    (('dorte', 'aune'), ('dorte', 'aune'))
    """
    found = re.search(rf"\s[-–—]\s*({_FULL})\Z", title) or re.match(rf"({_FULL})\s+{_PAST}\b", title)
    return name_words(found.group(1)) if found else ()


_TAG = 160
"""Code points behind closing marks in which whoever is quoted is named."""


def _tag_end(text: str, match: Span, turn: Turn) -> int:
    """Where the words end that say who is quoted, when the match stands inside quotation marks of several sentences."""
    opened = max(text.rfind("\n", turn.span.start, match.start), turn.span.start)
    before = text[opened : match.start]
    closing = "”" if before.rfind("“") > before.rfind("”") else '"' if opens_quotation(before) else ""
    closed = text.find(closing, match.end, turn.span.end) if closing else -1
    return min(turn.span.end, closed + _TAG) if closed >= 0 else 0


def opens_quotation(before: str) -> bool:
    """True when the last straight mark before a place opens a quotation: behind a space, and before a word.

    Their number does not tell: pages lose one, or put one inside another.

    >>> opens_quotation('He said: "We'), opens_quotation('"We go." He')
    (True, False)
    """
    at = before.rfind('"')
    return at >= 0 and not before[max(0, at - 1) : at].strip(" \n\t(—–") and not before[at + 1 : at + 2].isspace()


_WORD = r"[A-ZА-ЯЁЇІЄ][\w’'-]+"
_NAME = re.compile(rf"(?:{_WORD}(?:\s+(?:of|the|and)\s+)?\s*)+")
_FULL = rf"{_WORD}(?: {_WORD}){{1,3}}"
_PAST = r"(?:[a-z]+ed|said|told|met|held|made|gave|spoke|took|came|went|saw|sent|put|paid|thought)"
_INVERTED = re.compile(
    r"(?!told|asked|informed|assured|thanked|reminded|urged|warned)\w+ "
    rf"((?:{_WORD} ?){{2,5}})[.,;]?\s*\Z"
)
_TAGGED = re.compile(rf"\w+\s+(?:(?P<pronoun>he|she|they)\b|(?:the\s+)?(?P<name>(?:{_WORD}(?:\s+of(?:\s+the)?)?\s*)+))")
_OPENING = re.compile(rf"(?:In (?:his|her) turn, |For (?:his|her) part, )?({_FULL})\s+(?:also |then )?{_PAST}\b")
_ACCORDING = re.compile(rf"\b[Aa]ccording to (?:(him|her|them)\b|(?:the )?((?:{_WORD}\s*)+))")

Found = tuple[str, ...] | str | None
"""A name's words; a pronoun, as `_PRONOUN`; an office without a name, as text; None when nothing reports."""


def _before(lead: str) -> Found:
    """Who the words ahead of the match say is reported."""
    if told := _ACCORDING.search(lead):
        return _PRONOUN if told.group(1) else _named(told.group(2))
    found = words(lead)
    verbs = [
        at
        for at, key in enumerate(found.keys)
        if key in REPORTING | _SAYING_TOO
        and found.keys[at - 1 : at] != ("having",)
        and not (at and lead[found.starts[at]].isupper())  # the United States
    ]
    if not verbs:
        return _opening(lead)
    verb = verbs[-1]
    behind = lead[found.starts[verb] :]
    if found.keys[verb + 1 : verb + 2] == ("by",):  # "This was announced by the mayor of Tavin, Mr Oln."
        doers = [name for each in _NAME.findall(lead[found.ends[verb + 1] :]) if (name := name_words(each))]
        if doers:
            return doers[-1]
    if inverted := _INVERTED.match(behind):  # "…,” said Dorte Aune."
        return name_words(inverted.group(1))
    if lead[: found.starts[verb]].rstrip().endswith((",", "”", '"', "»")) and (tagged := _TAGGED.match(behind)):
        return _PRONOUN if tagged.group("pronoun") else _named(tagged.group("name"))
    if found.keys[verb].endswith("ing") and (opening := _opening(lead[: found.starts[verb]])):
        return opening  # "Mr Oln dwelled on the road to Tavin, saying that …"
    return _subject(lead, found, verb)


def _subject(lead: str, found: Words, verb: int) -> Found:
    """The name nearest before a reporting verb."""
    nearest = next((key for key in reversed(found.keys[:verb]) if key not in _ADVERBS and not key.endswith("ly")), "")
    if nearest in _PRONOUNS:
        return _PRONOUN
    said = _NAME.findall(lead[found.starts[max(0, verb - _SUBJECT)] : found.starts[verb]]) if verb else []
    named = [each for each in said if not _no_name(each)]
    found_ = [_named(each) for each in named]
    names = [name for name in found_ if isinstance(name, tuple)]
    return names[-1] if names else _bare_office(named[-1]) if named else ()


def _bare_office(capitalised: str) -> str:
    return capitalised.strip().removeprefix("The ")


def _no_name(capitalised: str) -> bool:
    """True for what only begins a sentence ("Both leaders noted")."""
    keys = words(capitalised).keys
    return len(keys) == 1 and (keys[0] in FUNCTION_WORDS or keys[0] in QUANTIFIERS or keys[0].endswith("ing"))


def _opening(lead: str) -> Found:
    """The full name that a sentence of a read-out begins with, behind which it tells what was said or done."""
    opening = re.search(rf"\A\W*{_OPENING.pattern}|\b[Hh]aving [^,]+, {_OPENING.pattern}", lead)
    return name_words(opening.group(1) or opening.group(2)) if opening else None


def _named(capitalised: str) -> Found:
    """A name, or an office: also that of a state, which is no surname ("the Prime Minister of Denmark")."""
    office, of, _ = capitalised.partition(" of ")
    if of and not name_words(office):
        return _bare_office(capitalised)
    return name_words(capitalised) or _bare_office(capitalised)


def holder(office: str, before: str) -> tuple[str, ...]:
    """The name beside which a text gives an office first ("Deputy Mayor for Quays Dorte Aune", "Dorte Aune, Deputy Mayor").

    >>> holder("Governor", "Meeting with Kelso Region Governor Dorte Aune")
    ('dorte', 'aune')
    """
    said = re.escape(office)
    apposed = rf"\b{said}\b[^.;:!?\n]{{0,120}}?\s({_WORD} {_WORD})(?=\s+[a-z]|[.,;:”\")]|\Z)|({_WORD} {_WORD}), (?:the )?{said}\b"
    names = [
        name for each in re.finditer(apposed, before) if len(name := name_words(each.group(1) or each.group(2))) > 1
    ]
    return names[0] if names else ()


_BEHIND = re.compile(r"^[\s,”»\"’'—–-]+((?:[A-ZА-ЯЁЇІЄ][\w’'-]+\s+)+)(\w+)")
_CLOSED_BEHIND = re.compile(
    rf"[,.!?…][”»\"]\s*[—–-]?\s*(?:the\s+)?((?:{_WORD}\s+(?:(?:of|the|and|for|on)\s+)*)+|\w+\s+)(\w+)"
)
_TAG_BEHIND = re.compile(rf"[,.!?…][”»\"]\s*[—–-]?\s*(?=(\w+)){_TAGGED.pattern}")


def _behind(after: str) -> Found:
    """The name in "…, Mr Oln noted", or the pronoun in "…”, she said", also where the quotation goes on behind the match."""
    if (tagged := _TAG_BEHIND.search(after)) and tagged.group(1).casefold() in REPORTING:
        return _PRONOUN if tagged.group("pronoun") else _named(tagged.group("name"))
    for found in (_BEHIND.match(after), _CLOSED_BEHIND.search(after)):
        if found and (who := _who_behind(found.group(1).strip(), found.group(2).casefold())):
            return who
    return None


def _who_behind(named: str, verb: str) -> Found:
    others = named.casefold()
    if others in _OTHERS:
        return (others,)
    if verb not in REPORTING | _SAYING_TOO:
        return None
    if others in _PRONOUNS:
        return _PRONOUN
    return _named(named) if named[0].isupper() else None
