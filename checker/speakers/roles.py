"""Labels that name no person but an office, or a part in an event: many people may stand behind one of them."""

from __future__ import annotations

import re
from functools import lru_cache

from checker.places import state_names
from checker.speakers.names import ROLES, TITLES
from checker.speakers.register import Register
from corpus.read.turns import is_reporter
from corpus.text import FUNCTION_WORDS, key

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HONORIFICS = frozenset("mr mrs ms miss dr dame господин госпожа".split())
"""Behind one of them stands a name, also where the name is a word of an office: Mr. King, Ms. Judge."""

_NAMES_TOO = frozenset("king prince judge major dean coach farmer".split())
"""Offices that are surnames as well: alone, or behind another one, they are taken for one (“KING”, “Senator King”)."""

_OFFICES = frozenset(
    """
    secretary-general vice-president co-chair co-host governor-general attorney-general first-secretary
    official officials administration affairs congressman congresswoman commander-in-chief head-of-state party leader
    премьер-министр премьер-министра прем'єр-міністр міністр голова республики украины україни
    """.split()
)
_PARTS = frozenset(
    """
    participant participants attendee audience member members speakers all everyone crowd voices someone somebody person man
    woman male female boy girl child children guest guests caller listener viewer interpreter translator narrator operator
    officer senior background unidentified unknown unnamed several various others another pool reporters journalists
    correspondents questioner questioners answer panel panellist panelist moderators host resident citizen volunteer soldier
    veteran teacher farmer mother father
    участник участники участница голос голоса зал все гость гости переводчик диктор ответ житель жительница слушатель зритель
    ребёнок дети учитель студент студентка школьник школьница волонтёр военнослужащий
    учасник учасники учасниця гість перекладач відповідь усі
    """.split()
)
"""What people are called in a transcript whose names nobody took down."""

_FROM = frozenset("from из із".split())
_KNOWN = TITLES | ROLES | _OFFICES | _PARTS | FUNCTION_WORDS


def is_role(label: str, register: Register) -> bool:
    """True for a label that leaves open who spoke: a part (“Question”, “Moderator”), or an office without a name (“THE PRESIDENT”).

    A label that the register knows, as a person or an institution, is none. Every word must be one of an office or of a part,
    but for a place behind “of”; in doubt a label is somebody's name.

    >>> from checker.speakers import load_register
    >>> register = load_register(None)
    >>> [is_role(label, register) for label in ("THE PRESIDENT", "Question", "Minister of Velmora", "MS. LORNE", "Senator King")]
    [True, True, True, False, False]
    """
    if is_reporter(label):
        return True
    found = [key(word) for word in _WORD.findall(re.sub(r"\(.*?\)", " ", label))]
    if not found or register.identify(label) is not None or _HONORIFICS & set(found):
        return False
    if found[-1] in _NAMES_TOO and (len(found) == 1 or found[-2] not in FUNCTION_WORDS | _PARTS):
        return False
    at = next((at for at, word in enumerate(found) if at and word in _FROM), len(found))  # “Question from Ostrava”
    found = found[:at]
    return all(word in _KNOWN or is_reporter(word) for word in _without_place(found))


def _without_place(found: list[str]) -> list[str]:
    """The words before the last “of” whose place is a single word or a state's name; all of them where there is none."""
    if "of" not in found[1:]:
        return found
    at = len(found) - 1 - found[::-1].index("of")
    place = found[at + 1 :][found[at + 1 : at + 2] == ["the"] :]
    return found[:at] if len(place) == 1 or " ".join(place) in _states() else found


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return frozenset(" ".join(map(key, _WORD.findall(name))) for _, name in state_names("en"))
