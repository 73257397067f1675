"""Who speaks for a state at a meeting of states, where the page names the state and a delegate whom no article names."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from checker.places import places, state_names
from corpus.text import words
from corpus.types import Document

_SPEAKING = frozenset(
    """
    the a an of and to at permanent representative representatives delegate delegates delegation
    ambassador envoy government mission spokesman spokeswoman spokesperson
    """.split()
)
"""What stands around a state's name when the state itself is meant; an office or a person's name means somebody."""

_STYLED = frozenset(
    """
    federated republic kingdom principality sultanate commonwealth union state states federation federal federative democratic
    people peoples socialist soviet islamic arab plurinational bolivarian hashemite cooperative grand duchy independent
    """.split()
)
"""What a state's full style adds to its name ("the Republic of Cuba")."""

_MEETING = re.compile(r"\b(?:UN|United Nations|General Assembly|Security Council|General Debate|OSCE|IAEA)\b")
"""Where states speak; anywhere else a place behind a comma is where something was said."""

_HALL = re.compile(r"\b(?:(?:to|at) )?(?:the )?(?:UN|United Nations)\b")

_FORMERLY = MappingProxyType(
    {
        "SZ": "swaziland", "BN": "brunei|brunei darussalam", "CI": "ivory coast", "CV": "cabo verde|cape verde",
        "CZ": "czech republic", "MK": "macedonia", "VN": "viet nam", "BY": "byelorussia", "BF": "upper volta", "BJ": "dahomey",
        "RU": "soviet union|ussr|union of soviet socialist republics|russian federation", "US": "united states of america|united states|US|usa|america", "CD": "zaire|democratic republic of the congo|dr congo",
        "CG": "republic of the congo|congo brazzaville", "KR": "republic of korea|south korea", "LK": "ceylon",
        "KP": "democratic people's republic of korea|north korea|dprk", "KH": "kampuchea|khmer republic",
        "LY": "libyan arab jamahiriya", "VA": "holy see|vatican", "TL": "east timor|timor leste", "GB": "united kingdom|united kingdom of great britain and northern ireland",
        "LA": "lao people's democratic republic", "SY": "syrian arab republic", "TZ": "united republic of tanzania",
        "AE": "united arab emirates|uae", "CF": "central african republic", "DO": "dominican republic", "BA": "bosnia",
        "MM": "burma|union of myanmar", "KG": "kyrgyz republic", "SK": "slovak republic", "WS": "western samoa",
        "YU": "yugoslavia", "CS": "czechoslovakia", "DD": "east germany|german democratic republic",
        "DE": "federal republic of germany|west germany", "SCG": "serbia and montenegro",
    }
)  # fmt: skip
"""Other and former names under which a state spoke; a state that is gone is nobody else's."""


def delegates(claimed: str, document: Document) -> bool:
    """True when a state or its delegation is claimed, and the page's title says that this state speaks ("…, Ireland")."""
    state = _state_of(claimed)
    meeting = _MEETING.search(f"{document.title} {document.publisher}")
    return bool(state and meeting) and _title_state(document.title) == state


def without_state(claimed: str, document: Document) -> str:
    """A name without the state behind it, where the page's title says that this state speaks ("Corvane of Ireland")."""
    name, of, state = claimed.rpartition(" of ")
    named = of and name[:1].isupper() and _bare(name)
    return (
        name
        if named and _MEETING.search(document.title) and _title_state(document.title) == _state_of(state)
        else claimed
    )


@lru_cache(maxsize=4096)
def _state_of(claimed: str) -> str | None:
    """The code of the one state that is meant; an adjective ("the Danish delegate") counts where it is one state's only."""
    rest = _bare(_HALL.sub(" ", claimed))
    plain = tuple(key for key in rest if key not in _STYLED)
    if code := _named().get(rest) or _named().get(plain):
        return code
    found = places(plain[0].upper(), "en") if len(plain) == 1 else frozenset()
    return next(iter(found)) if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _title_state(title: str) -> str | None:
    return _state_of(title.rpartition(",")[2]) if "," in title else None


@lru_cache(maxsize=1)
def _named() -> dict[tuple[str, ...], str]:
    """Codes of states by name, as its words stand without articles; the plain name of a state comes before its style."""
    names = [(name, code) for code, name in state_names("en")]
    names += [(name, code) for code, also in _FORMERLY.items() for name in also.split("|")]
    return {_bare(name): code for name, code in names}


def _bare(text: str) -> tuple[str, ...]:
    found = (key.removesuffix("'s") for key in words(text).keys)
    return tuple("st" if key == "saint" else key for key in found if key not in _SPEAKING)
