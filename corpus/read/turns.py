"""From a record's parts to a stored text and its turns, as the contract says.

The stored text is the summary, then the turns' texts without labels, joined by blank lines; without turns
it is the text. Real data label reporters in many ways; their turns are questions and nobody else's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from corpus.types import Span, Turn, TurnKind

KINDS: frozenset[str] = frozenset(get_args(TurnKind))

_REPORTERS = frozenset(
    """
    q question questions journalist reporter remark press media query voice response reply correspondent
    moderator presenter host interviewer anchor announcer
    вопрос вопросы реплика журналист корреспондент ведущий ведущая модератор репортёр репортер
    запитання питання журналіст ведучий ведуча
    """.split()
)
_ASIDE = re.compile(r"\(.*?\)|[:.\s]+$")

EXCERPT = "excerpt"


@dataclass(frozen=True, slots=True)
class Said:
    """One turn as a record gives it."""

    speaker: str
    text: str
    kind: str | None = None


def is_reporter(label: str) -> bool:
    """True for the labels under which publishers print journalists' questions, and whoever leads a talk: nobody who is quoted.

    >>> is_reporter("Question (retranslated)"), is_reporter("Q."), is_reporter("Quentin Ashe")
    (True, True, False)
    """
    plain = _ASIDE.sub("", _ASIDE.sub("", label)).strip().casefold()
    return plain in _REPORTERS


def lay_out(said: Sequence[Said], *, summary: str = "") -> tuple[str, tuple[Turn, ...]]:
    """Join turns to a stored text and say where each one stands; empty turns are dropped.

    A summary that the first turn repeats is not stored twice.
    """
    kept = [each for each in said if each.text.strip()]
    lead = summary.strip()
    if lead and not (kept and kept[0].text.lstrip().startswith(lead)):
        kept.insert(0, Said("", lead, "narration"))
    pieces: list[str] = []
    turns: list[Turn] = []
    at = 0
    for each in kept:
        text = each.text.strip()
        turns.append(Turn(len(turns), each.speaker.strip(), _kind(each), Span(at, at + len(text))))
        pieces.append(text)
        at += len(text) + 2
    return "\n\n".join(pieces), tuple(turns)


def _kind(each: Said) -> TurnKind:
    if each.kind in KINDS:
        return cast(TurnKind, each.kind)
    if not each.speaker.strip():
        return "narration"
    return "question" if is_reporter(each.speaker) else "speech"


def whole(text: str, speakers: Sequence[str], *, kind: str) -> list[Said]:
    """The turns of a text that marks none.

    One speaker: all of it is theirs. Several: somebody of them speaks, nobody knows who. None: the
    publisher speaks. An excerpt's paragraphs need not be neighbours, so each stands alone.
    """
    speaker = speakers[0] if len(speakers) == 1 else ""
    turn_kind = "speech" if speakers else "narration"
    paragraphs = re.split(r"\n\s*\n", text) if kind == EXCERPT else [text]
    return [Said(speaker, paragraph, turn_kind) for paragraph in paragraphs]
