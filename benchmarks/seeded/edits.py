"""Changes of a text, and how words at their border look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from benchmarks.seeded.wording import single_spaced

Edit = tuple[int, int, str]
"""Start, end, and what stands there instead."""
Edits = tuple[Edit, ...]

PAUSE = re.compile(r"[,;:.?!–—…\[\]]")


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def tidy(text: str, edits: Edits) -> str:
    """The text with all edits made, single-spaced."""
    return single_spaced(edited(text, edits))


def described(text: str, edits: Edits) -> str:
    """The edits for a person to read."""
    return "; ".join(f"{text[start:end].strip() or '∅'} → {new.strip() or '∅'}" for start, end, new in sorted(edits))


def like_case(new: str, old: str) -> str:
    """A capital where the old word had one."""
    return new[0].upper() + new[1:] if old[0].isupper() else new


def words_before(text: str, place: int, count: int = 1) -> str:
    """The last words before a place, lower-case, joined by one space; a pause ends them."""
    return " ".join(PAUSE.split(text[:place])[-1].casefold().split()[-count:])


def words_after(text: str, place: int, count: int = 1) -> str:
    """The first words after a place, lower-case, joined by one space; a pause ends them."""
    return " ".join(PAUSE.split(text[place:])[0].casefold().split()[:count])


def is_alone(text: str, start: int, end: int) -> bool:
    """No hyphen, apostrophe, figure or letter touches the word."""
    return not re.match(r"[\w’'\-–/]", text[end : end + 1]) and not re.search(r"[\w’'\-–/.$€£\[]$", text[:start])


def agreeing(text: str, start: int, new: str) -> bool:
    """'a' and 'an' before the word still fit."""
    article = words_before(text, start)
    return article not in ("a", "an") or (article == "an") == (new[0].casefold() in "aeiou")
