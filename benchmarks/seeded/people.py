"""Who speaks: from the labels of a corpus to the names that a newspaper would write."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from benchmarks.seeded.wording import single_spaced

NAMELESS = frozenset(
    """question questions remark remarks journalist journalists reply replies response answer voice voices moderator
    reporter correspondent participant participants student students audience host presenter interpreter translator
    announcer from everyone q interviewer speaker narrator cries exclamation shouts chorus senior press staff
    administration anonymous unidentified the вопрос реплика ответ журналист ведущий ведущая корреспондент модератор
    участник участница студент студентка переводчик голос из""".split()
)
TITLES = "MR MRS MS DR SECRETARY DIRECTOR ADMIRAL AMBASSADOR GENERAL SENATOR PRESIDENT CHAIRMAN ADMINISTRATOR".split()
OFFICE = re.compile(
    r"\b(?:President|Minister|Governor|Head|Mayor|Chairman|Chairperson|Director|Commissioner|Chief|"
    r"Secretary|Chancellor|Deputy|CEO|Speaker|Patriarch|Ambassador|General|Colonel|Captain|Academician|Rector|"
    r"Envoy|Commander|Member|Plenipotentiary|Journalist|Moderator|Host|Academy|University|Bank|Company|Party|"
    r"Board|Prime|Federal|Channel|Chamber)\b"
)
RUSSIAN_LABEL = re.compile(r"(?:[А-ЯЁ]\.){1,2} ?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
FULL_NAMES = {"В.Путин": "Владимир Путин", "Д.Медведев": "Дмитрий Медведев", "Д.Песков": "Дмитрий Песков"}
NAME = re.compile(
    r"(?:Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir|Sheikha?|Shaikh|King|Queen|Prince|Princess)?(?: ?[A-ZÀ-Ý][\w’'-]*\.?|"
    r" (?:al|bin|de|van|von|der|da|dos|ibn|el|of|La|den))+"
)


def without_remark(label: str) -> str:
    """'Xi Jinping (retranslated)' is Xi Jinping."""
    return single_spaced(re.sub(r"\([^)]*\)|<[^>]*>", " ", label)).rstrip(":")


def claimable(label: str) -> str | None:
    """The name under which a newspaper would quote this voice; None for the nameless."""
    label = without_remark(label)
    words = label.split()
    if not words or words[0].casefold().strip(".:") in NAMELESS or re.search(r"\d", label):
        return None
    if RUSSIAN_LABEL.fullmatch(label):
        return FULL_NAMES.get(label, label.replace(".", ". ").replace("  ", " "))
    if re.fullmatch(r"[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+", label):
        return label
    if label.isupper():
        return from_capitals(words)
    if OFFICE.search(label):
        return from_office(words)
    surname = words[-1].strip(".,")
    known = len(words) >= 2 and len(surname) >= 3 and NAME.fullmatch(label)
    return (
        " ".join(word.capitalize() if word.isupper() and len(word) > 3 else word for word in words) if known else None
    )


def from_capitals(words: list[str]) -> str | None:
    """'MR. CARNEY' and 'SERGEY LAVROV', but no single capitals, which are mostly reporters."""
    title = words[0].strip(".") in TITLES
    if len(words) < 2 or len(words) > 3 or not all(word.strip(".").replace("-", "").isalpha() for word in words):
        return None
    if title and words[0] == "PRESIDENT" and len(words) == 2 and words[1] == "PRESIDENT":
        return None
    return " ".join(word.capitalize() for word in words)


def from_office(words: list[str]) -> str | None:
    """'President of Russia Vladimir Putin' is Vladimir Putin, where the office ends in a country's name."""
    given, surname = words[-2:] if len(words) >= 4 else ("", "")
    known = {"Vladimir", "Dmitry", "Sergei", "Donald", "Barack", "Angela", "Emmanuel", "Alexander", "Igor", "Nikol"}
    return f"{given} {surname}" if given in known and surname.isalpha() and surname[0].isupper() else None


def surname_of(person: str) -> str:
    """The last word of a name that is no number or rank."""
    words = [word for word in person.split() if not re.fullmatch(r"[IVX]+|Jr\.?|Sr\.?", word)]
    return words[-1].casefold()


def unlike(one: str, other: str) -> bool:
    """Two names that no transliteration turns into each other."""
    one, other = one.casefold(), other.casefold()
    return one[0] != other[0] and SequenceMatcher(None, one, other).ratio() < 0.5


def is_somebody_else(person: str, labels: list[str]) -> bool:
    """Certainly none of those whom these labels name."""
    words = [word for label in labels for word in re.findall(r"[^\W\d_]{3,}", label)]
    return all(unlike(part, word) for part in re.findall(r"[^\W\d_]{3,}", person) for word in words)
