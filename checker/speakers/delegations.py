"""Who speaks for a state at a meeting of states, where the page names the state and a delegate whom no article names."""

from __future__ import annotations

import re
from functools import lru_cache

from checker.places import places, state_names
from corpus.text import words
from corpus.types import Document

_SPEAKING = frozenset(
    """
    the a an of and to at un united nations permanent representative representatives delegate delegates delegation
    ambassador envoy government mission spokesman spokeswoman spokesperson
    """.split()
)
"""What stands around a state's name when the state itself is meant; an office or a person's name means somebody."""

_MEETING = re.compile(r"\b(?:UN|United Nations|General Assembly|Security Council|General Debate|OSCE|IAEA)\b")
"""Where states speak; anywhere else a place behind a comma is where something was said."""


def delegates(claimed: str, document: Document) -> bool:
    """True when a state or its delegation is claimed, and the page's title says that this state speaks ("…, Ireland")."""
    state = _state_of(claimed)
    meeting = _MEETING.search(f"{document.title} {document.publisher}")
    return bool(state and meeting) and _title_state(document.title) == state


@lru_cache(maxsize=4096)
def _state_of(claimed: str) -> frozenset[str]:
    rest = _bare(claimed)
    if len(rest) != 1 and rest not in _named():
        return frozenset()
    return places(" ".join(rest).title(), "en")


@lru_cache(maxsize=4096)
def _title_state(title: str) -> frozenset[str]:
    return _state_of(title.rpartition(",")[2]) if "," in title else frozenset()


@lru_cache(maxsize=1)
def _named() -> frozenset[tuple[str, ...]]:
    return frozenset(_bare(name) for name in state_names("en"))


def _bare(text: str) -> tuple[str, ...]:
    return tuple(key.removesuffix("'s") for key in words(text).keys if key.removesuffix("'s") not in _SPEAKING)
