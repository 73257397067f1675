"""Who bears a surname, where an article has several people of one: by given name, title, gender or who was named last.

Whom none of these tells is given the surname as it stands, which is never the wrong one of two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from checker.extract.grammar import Range
from checker.extract.name_words import GIVEN, MEN, NEVER_ALONE, NEVER_FIRST, WOMEN
from checker.extract.surnames import family_of, generation, has_given, is_institution, nickname
from checker.speakers import same_name

Gender = Literal["m", "f", ""]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention by name before it is known whose it is.

    `paragraph` is the paragraph's number, `owner` whether it only says whose something is (`Ann Cole’s`).
    """

    tokens: Range
    words: Words
    titles: frozenset[str]
    paragraph: int
    headline: bool
    owner: bool


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person with a given name, in the fullest form that the article has, and where that stands."""

    full: Words
    gender: Gender
    titles: frozenset[str]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Bearers:
    """The people of an article by surname (with the generation where the article has one), and by given name."""

    by_family: Mapping[str, tuple[Bearer, ...]]
    by_given: Mapping[str, tuple[Bearer, ...]] = field(default_factory=dict)

    def full(self, mention: Mention) -> Words:
        """The fullest form of a mention's name; its own words where nobody else's fits."""
        words = mention.words
        if is_institution(words):
            return words
        longer = [one for one in self._family(words) if ends_with(one.full, words)]
        if len(longer) == 1 and len(words) > 1:
            return longer[0].full
        if has_given(words):
            same = [one for one in self._family(words) if alike(one.full, words)]
            return same[0].full if len(same) == 1 and generation(same[0].full) == generation(words) else words
        family = self._family(words)
        if not family and len(words) == 1:
            called = self.by_given.get(words[0].lower(), ())
            return called[0].full if len(called) == 1 and words[0].lower() not in NEVER_ALONE else words
        bearer = meant(mention, family)
        return words if bearer is None else bearer.full

    def _family(self, words: Words) -> tuple[Bearer, ...]:
        return self.by_family.get(family_of(words) + generation(words)) or self.by_family.get(family_of(words), ())


def bearers(mentions: Sequence[Mention]) -> Bearers:
    """Group the full names of an article by surname: `Ann Cole` and `Ann B. Cole` are one, `Bo Cole` another."""
    families: dict[str, list[list[Mention]]] = defaultdict(list)
    whole = [one for one in mentions if _whole(one)]
    forms = defaultdict[str, set[Words]](set)
    for mention in whole:
        forms[family_of(mention.words)].add(mention.words)
    for mention in whole:
        words = mention.words
        if any(ends_with(form, words) for form in forms[family_of(words)]):
            continue  # Wasser Cole, beside Ann Wasser Cole
        family = families[family_of(words) + generation(words)]
        known = next((group for group in family if alike(group[0].words, words)), None)
        if known is None:
            family.append([mention])
        else:
            known.append(mention)
    found = {key: tuple(map(_bearer, groups)) for key, groups in families.items()}
    for people in list(found.values()):
        found.setdefault(family_of(people[0].full), people)
    given: dict[str, list[Bearer]] = defaultdict(list)
    for one in {bearer.full: bearer for people in found.values() for bearer in people}.values():
        for called in {one.full[0].lower(), *filter(None, map(nickname, one.full))}:
            if called in GIVEN or called != one.full[0].lower():
                given[called].append(one)
    return Bearers(found, {called: tuple(people) for called, people in given.items()})


def _whole(mention: Mention) -> bool:
    words = mention.words
    named = has_given(words) and words[0].lower() not in NEVER_FIRST
    return named and not mention.headline and len(words) <= _LONGEST and not is_institution(words)


_LONGEST = 5


def ends_with(full: Words, words: Words) -> bool:
    """True for `Bill de Cole` and `De Cole`, but not for `Rival Ann Cole` and `Ann Cole`."""
    tail = tuple(map(str.lower, full[-len(words) :]))
    return len(words) < len(full) and tail == tuple(map(str.lower, words)) and words[0].lower() not in GIVEN


def alike(left: Words, right: Words) -> bool:
    """True for two forms of one name: the same given name, its initial, a short form of it or its nickname."""
    if same_name(" ".join(left), " ".join(right)):
        return True
    nicknames = {*map(nickname, left), *map(nickname, right)} - {""}
    short, long = sorted((left[0].lower().rstrip("."), right[0].lower().rstrip(".")), key=len)
    return bool({short, long} & nicknames) or (_SHORT_FORM <= len(short) < len(long) and long.startswith(short))


_SHORT_FORM = 3
"""So many letters begin both forms of `Pete` and `Peter`."""


def _bearer(group: Sequence[Mention]) -> Bearer:
    counts = Counter(mention.words for mention in group)
    full = max(counts, key=lambda words: (counts[words], len(words)))
    titles = frozenset(title for mention in group for title in mention.titles)
    return Bearer(full, gender_of(full, titles), titles, tuple(group))


def gender_of(full: Sequence[str], titles: frozenset[str]) -> Gender:
    """What a title or else a given name tells; empty for most surnames."""
    if titles & _HIS:
        return "m"
    if titles & _HERS:
        return "f"
    first = full[0].lower()
    return "m" if first in MEN else "f" if first in WOMEN else ""


_HIS = frozenset("mr mr. sir king lord congressman spokesman chairman".split())
_HERS = frozenset("mrs mrs. ms ms. queen lady congresswoman spokeswoman chairwoman".split())
_COURTESY = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. former sir".split())
"""Titles that anybody can have, so that they do not tell two bearers apart but by gender."""


def meant(mention: Mention, family: Sequence[Bearer]) -> Bearer | None:
    """Which of those who bear a surname a mention without a given name means; None where that is not certain."""
    gender = gender_of(("",), mention.titles)
    people = [one for one in family if not gender or not one.gender or one.gender == gender]
    titles = mention.titles - _COURTESY
    if len(people) > 1 and titles:
        people = [one for one in people if one.titles & titles] or people
    if len(people) < 2:
        return people[0] if people else None
    # Who comes first in full is who goes by the surname from then on; another one keeps the given name, unless it has just been said.
    first = min(people, key=lambda one: one.mentions[0].tokens[0])
    return first if _near(mention, people) in ([], [first]) else None


def _near(mention: Mention, people: Sequence[Bearer]) -> list[Bearer]:
    """Those whom the mention's own paragraph, or else the one before, names in full before it."""
    for back in (0, 1):
        found = [one for one in people if any(_before(each, mention, back) for each in one.mentions)]
        if found:
            return found
    return []


def _before(full: Mention, mention: Mention, back: int) -> bool:
    return full.paragraph == mention.paragraph - back and full.tokens[0] < mention.tokens[0] and not full.owner
