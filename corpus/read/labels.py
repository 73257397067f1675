"""What can be a speaker's label in front of a colon, and what is only a sentence that has one.

A label is strong when hardly any prose has its like (“MR. ORLAN:”, “В.Орлан:”, “Вопрос:”), a name when it ends as
people's names do, and weak when it could as well be a heading (“Alina:”). What stands in capitals before a colon and is no label (“NOTE:”,
“RE:”) is nobody's: beside labels in capitals it ends the turn before it all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.read.turns import is_reporter
from corpus.text import FUNCTION_WORDS

Strength = Literal["strong", "name", "weak", "nobody"]

_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t]*[-–—]?[ \t]+)?"
_ASIDE = r"(?:[ \t]*[(\[][^()\[\]\n]{1,80}[)\]])*"
LABELLED = re.compile(
    rf"{_TIME}(?:>>[ \t]*)?(?P<label>[^\W_](?:[^\n:!?;«»“”\"(\[]|[(\[][^()\[\]\n:]{{1,40}}[)\]](?=[ \t]*[^\s:]))"
    rf"{{0,160}}?(?P<aside>{_ASIDE}))[ \t]*:(?=\s|$|[“«\"])[ \t]*"
)
"""A label as it may stand at the beginning of a line: a time in front, an aside behind (“(retranslated)”)."""

ASKED = re.compile(rf"{_TIME}(?P<label>Q)(?:\.(?=[ \t])|(?=[ \t]{{2}}|\t|[ \t]+[\"“‘(\[]?[A-Z0-9…—–-]))[ \t]*")
ANSWERED = re.compile(rf"{_TIME}(?P<label>A)(?:\.(?=[ \t])|(?=[ \t]{{2}}|\t))[ \t]*")
"""Q and A as interviews print them, without a colon; one space behind A is the article."""

ANSWERS = frozenset(["a", "answer", "ответ", "відповідь"])

DOTTED = re.compile(
    r"(?P<label>(?:The (?:Vice )?President|(?:President|Prime Minister|Vice President|Secretary|Chancellor|Chairman|Minister"
    r"|Senator|Ambassador|Assistant|Deputy|Mr\.|Mrs\.|Ms\.|Dr\.)(?: [A-Z][\w’'-]+){1,5}|(?:The|General) Secretary))"
    r"\.[ \t]+(?=[\"“‘(\[]?\w)"
)
"""“The President. Good afternoon.”, as the Public Papers print it: only beside Q, and only what recurs."""

_SALUTES = re.compile(
    r"\b(?:ladies|gentlemen|excellenc\w+|distinguished|honou?rable|esteemed|dear|fellow|friends|colleagues|citizens"
    r"|comrades|members|delegates|уважаем\w+|дорогие|друзья|коллеги|товарищи|шановні|друзі)\b"
    r"|^(?:mr|madam|madame)\.? (?:vice[- ])?(?:president|chairman|chairperson|chair|speaker|secretary)",
    re.IGNORECASE,
)
"""Whom a speaker addresses; American speeches put a colon behind them."""

_TIMED = re.compile(r"[ \t]*[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?[ \t]*$")
_ASIDES = re.compile(r"[ \t]*[(\[][^()\[\]]*[)\]]")
_TITLED = re.compile(
    r"(?:THE|MR|MRS|MS|DR|SIR|LORD|LADY|JUDGE|GENERAL|GEN|ADMIRAL|COLONEL|SENATOR|SEN|REP|CHAIRMAN|SECRETARY|MINISTER"
    r"|PRIME|PRESIDENT|VICE|GOVERNOR|GOV|DIRECTOR|AMBASSADOR|SENIOR|PRESS|SPEAKER|OFFICIAL|CONGRESSMAN|CONGRESSWOMAN)\b"
)
_OFFICE = re.compile(
    r"(?:[\w’'-]+[ ]){0,5}?(?:president|minister|secretary|chair\w*|chancellor|governor|director|head|king|queen|prince"
    r"|ambassador|commissioner|speaker|senator|президент\w*|министр\w*|председател\w*|губернатор\w*|директор\w*"
    r"|глав\w+|секретар\w*|канцлер\w*|міністр\w*|голов\w+)\b(?=[ ]\S+[ ]\S)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ \u00a0]?){1,2}[^\W\d_][\w’'-]+")
_ABBREVIATED = re.compile(
    r"\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Jr|Sr|St|Gen|Sen|Rep|Gov|Col|Lt|Prof|MR|MRS|MS|DR|JR|SR|ST|GEN|SEN|REP|GOV|COL|LT|PROF"
    r"|г|гг|им|тов|проф)\."
)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_JOINS = frozenset(
    """
    of the for and to on at in a an with by from de la le du del della di da van von der den ten bin ibn al el as abu
    и в во на по при с со о об для от из за к у i з та до
    """.split()
)
"""Small words that offices and names are joined with."""

_HEADINGS = frozenset(
    """
    note notes subject date location place contact contacts source sources example examples update updated related read
    more photo photos video background warning participants attendees agenda topics topic title author re fwd cc from to
    sent tags tag keywords reference references see summary conclusion introduction step chapter section article part
    annex appendix first second third fourth fifth finally one two three four five http https www email phone tel fax
    address time today tomorrow yesterday remember imagine consider result results problem solution answer fact facts
    reason number item point points proposal objective goal goals priority comment remarks therefore however namely
    p.s ps correction
    примечание тема дата место источник контакты участники повестка пример итог вывод справка фото видео автор адрес
    телефон например первое второе третье во-первых во-вторых итак отмечу главное тел факс
    """.split()
)
"""Words that head a line and say nothing of who speaks."""


_PLACES = frozenset(
    """
    washington london moscow kyiv kiev paris berlin brussels geneva vienna rome madrid warsaw prague beijing tokyo delhi
    ankara istanbul jerusalem cairo tehran riyadh doha dubai baghdad damascus beirut gaza nairobi pretoria ottawa canberra
    seoul pyongyang minsk tbilisi yerevan baku astana tashkent vilnius riga tallinn helsinki oslo stockholm copenhagen
    davos sochi kremlin москва киев київ минск лондон париж берлин вашингтон женева брюссель кремль
    russia ukraine china america britain france germany israel iran iraq syria turkey india japan poland belarus georgia
    usa us uk eu un nato osce imf who россия украина україна китай сша ес оон нато обсе
    """.split()
)
"""Datelines, and states and bodies that head a point: beside speakers' labels they could be taken for who speaks."""

_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, without a time; `key` is the same for all its forms, `surname` what it ends with."""

    text: str
    key: str
    surname: str
    strength: Strength

    @property
    def office(self) -> bool:
        """True when an office stands before a name, as publishers introduce a speaker."""
        return self.strength == "name" and _OFFICE.match(self.text) is not None

    @property
    def capitals(self) -> bool:
        """True for a label in capitals: “MODERATOR”, “BRAM KESTEL (via video)”, but not a Q."""
        return _ASIDES.sub("", self.text).isupper() and len(self.key) > 1

    @property
    def heading(self) -> bool:
        """True for a single word that may name a place, a point of a list or a chapter rather than a person."""
        return self.key in _PLACES or len(self.key) == 1 or _ROMAN.fullmatch(self.key.upper()) is not None


def nobody_of(text: str) -> Label | None:
    """Read what stands in capitals before a colon, and is no speaker's label; None for anything else, and for an address to others.

    >>> nobody_of("NOTE").strength, nobody_of("U.S. POSITION").strength, nobody_of("LADIES AND GENTLEMEN"), nobody_of("Note")
    ('nobody', 'nobody', None, None)
    """
    shown = " ".join(text.split())
    words = _WORD.findall(shown)
    if not shown.isupper() or not words or len(words) > _MOST_NAMES + 2 or _SALUTES.search(shown):
        return None
    return Label(shown, shown.casefold(), words[-1].casefold(), "nobody")


def label_of(text: str, *, bold: bool = False) -> Label | None:
    """Read what stands before a colon (or in bold) as a label; None where it is none.

    >>> label_of("MR. ORLAN").strength, label_of("President of Marlo Ada Lorne").strength, label_of("Alina").strength
    ('strong', 'name', 'weak')
    >>> label_of("He added one thing"), label_of("In the words of Ada Lorne"), label_of("Note")
    (None, None, None)
    """
    shown = " ".join(_TIMED.sub("", text).split())
    plain = _ASIDES.sub("", shown).strip(" ,–—-.")
    if not plain or "." in _ABBREVIATED.sub("", plain) or (shown[0] in "([" and not plain):
        return None
    if is_reporter(plain) and (plain[0].isupper() or bold):
        return Label(shown, plain.casefold(), plain.casefold(), "strong")
    words = _WORD.findall(plain)
    if words and words[0] in ("Q", "A"):
        return Label(words[0], words[0].casefold(), words[0].casefold(), "strong") if len(words) == 1 else None
    if not words or len(words) > _MOST_WORDS or any(letter.isdigit() for letter in plain.split()[0]):
        return None
    strength = _strength(plain, words, bold)
    return Label(shown, plain.casefold(), words[-1].casefold(), strength) if strength else None


_MOST_WORDS = 22
_MOST_NAMES = 5


def _strength(plain: str, words: list[str], bold: bool) -> Strength | None:
    keys = [word.casefold() for word in words]
    if _SALUTES.search(plain):
        return None
    if _INITIALS.fullmatch(plain) and plain[0].isupper():
        return "strong"
    if any(key in _HEADINGS for key in (keys[0], keys[-1])) and not _TITLED.match(plain):
        return None
    if plain.isupper() and len(words) <= _MOST_NAMES + 2:
        return "strong" if _TITLED.match(plain) and len(words) > 1 else "name" if len(words) > 1 else "weak"
    if (keys[0] in _JOINS and keys[0] != "the") or any(key in FUNCTION_WORDS - _JOINS for key in keys):
        return None
    capitals = [word[0].isupper() for word in words]
    if len(words) == 1:
        return "weak" if capitals[0] else None
    if capitals[-1] and capitals[-2]:
        # Names end the label; a lower-case office may stand before them («губернатор области Иван Орлан»).
        return "name"
    return "weak" if capitals[-1] and capitals[0] and len(words) <= _MOST_NAMES else None
