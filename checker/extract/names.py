"""The people and institutions that an article names, each with its fullest name and where it is mentioned."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from checker.extract.cues import AUXILIARIES
from checker.extract.grammar import DAYS, Range, plural, turned_label, verbal
from checker.extract.name_words import (
    BODIES,
    GIVEN,
    INSTITUTIONS,
    MEN,
    NEVER_ALONE,
    NO_NAME,
    OFFICES,
    PARTICLES,
    PARTIES,
    PLACE_ENDS,
    PLACES,
    TITLES,
    WOMEN,
)
from checker.extract.surnames import (
    family_of,
    fullest_names,
    generation,
    has_given,
    is_institution,
    of_generation,
    without_possessive,
)
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS
from checker.speakers import Register, load_register

Gender = Literal["m", "f", ""]


@dataclass(frozen=True, slots=True)
class Name:
    """One mention by name: the words without titles, and the fullest form that the article has of them."""

    tokens: Range
    words: tuple[str, ...]
    full: str
    person: bool
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody whom an article names, in the order of the text."""

    names: tuple[Name, ...]
    starts: tuple[int, ...]
    genders: Mapping[str, Gender]
    people: frozenset[str]
    by_last: Mapping[str, str]

    def within(self, first: int, last: int) -> tuple[Name, ...]:
        """The names mentioned between two tokens."""
        return self.names[bisect_left(self.starts, first) : bisect_left(self.starts, last)]


def roster(tokens: Tokens) -> Roster:
    """Collect the names of an article."""
    runs = _runs(tokens)
    runs = _without_common_words(tokens, runs)
    alone = Counter(tokens.keys[first] for first, last in runs if last - first == 1)
    cores = [(run, *_core(tokens, run, alone)) for run in runs]
    register = load_register()
    titled = {family_of(words) for _, words, titles in cores if words and titles & _PERSONAL}
    headlines = _headlines(tokens)
    fullest = fullest_names([words for run, words, _ in cores if run[0] not in headlines])
    names: list[Name] = []
    genders: dict[str, Gender] = {}
    for run, words, titles in cores:
        if not words:
            continue
        full = fullest.get(family_of(words) + generation(words)) or fullest.get(family_of(words)) or words
        if generation(words) != generation(full):
            full = words if generation(words) or len(words) > 1 else full
        institution = is_institution(words)
        if institution or (has_given(words) and words[0].lower() != full[0].lower()):
            full = words
        person = not institution and _person(full, titled, register)
        name = " ".join(full)
        names.append(Name(run, words, name, person, titles))
        gender = _gender(full, titles)
        if gender:
            genders.setdefault(name, gender)
    people = frozenset(name.full for name in names if name.person)
    return Roster(
        tuple(names),
        tuple(name.tokens[0] for name in names),
        genders,
        people,
        {last: " ".join(words) for last, words in fullest.items()},
    )


def _without_common_words(tokens: Tokens, runs: Sequence[Range]) -> list[Range]:
    """The runs without words that are capitals only because a sentence begins: `Close to fifty`, `Late on Monday`."""
    openings = {sentence.first for sentence in tokens.sentences}
    inside = {tokens.keys[n] for first, last in runs for n in range(first, last) if n not in openings}
    lower = {key for key, raw in zip(tokens.keys, tokens.raw, strict=True) if raw[:1].islower()}

    def common(run: Range) -> bool:
        key = tokens.keys[run[0]]
        alone = run[1] - run[0] == 1 and run[0] in openings and key not in inside
        pair = plural(key) and _joined_to_common(tokens, run[1])
        return alone and (key in lower or pair or not _may_be_subject(tokens, run[1]))

    return [run for run in runs if not common(run)]


def _joined_to_common(tokens: Tokens, number: int) -> bool:
    """True for `and` before a word without a capital: `Aides and lawyers said`."""
    following = tokens.raw[number + 1 : number + 2]
    return tokens.keys[number : number + 1] in (("and",), ("or",)) and bool(following) and following[0][:1].islower()


def _may_be_subject(tokens: Tokens, number: int) -> bool:
    """True when what stands at a token can follow a subject: a verb, a comma, a bracket, the sentence's end."""
    if number >= len(tokens.keys) or not tokens.word(number):
        return True
    word = tokens.keys[number]
    return word in VERBS or word in AUXILIARIES or word in ("and", "or") or verbal(tokens, number) or word.endswith("s")


def _headlines(tokens: Tokens) -> frozenset[int]:
    """The tokens of headlines, where every word has a capital and no name ends."""
    found: set[int] = set()
    counts = Counter(sentence.paragraph for sentence in tokens.sentences)
    for sentence in tokens.sentences:
        if counts[sentence.paragraph] > 1:
            continue
        words = [n for n in range(sentence.first, sentence.last) if tokens.word(n)]
        if len(words) >= _SHORTEST_HEADLINE and sum(map(tokens.capital, words)) >= _CAPITALS * len(words):
            found.update(words)
    return frozenset(found)


_SHORTEST_HEADLINE = 5
_CAPITALS = 0.65


_PERSONAL = frozenset("pres. mr mr. mrs mrs. ms ms. sen. rep. gov. dr. president senator governor".split())


def _person(full: Sequence[str], titled: Collection[str], register: Register) -> bool:
    """True for a name that a person can bear: of several words, or a surname or given name that the article or we know."""
    first, last = full[0].lower(), family_of(full)
    if has_given(full):
        return first not in PLACES and (last not in PLACE_ENDS or first in GIVEN)
    return last in titled or (last in GIVEN and last not in NEVER_ALONE) or _known_person(last, register)


def _known_person(surname: str, register: Register) -> bool:
    """True for a surname that the register knows without a given name: Obama, Putin."""
    id = register.identify(surname)
    return id is not None and id.endswith(f"-{surname.lower()}")


def _gender(full: Sequence[str], titles: frozenset[str]) -> Gender:
    if titles & {"mr", "mr.", "sir", "king", "lord", "congressman", "spokesman", "chairman"}:
        return "m"
    if titles & {"mrs", "mrs.", "ms", "ms.", "queen", "lady", "congresswoman", "spokeswoman", "chairwoman"}:
        return "f"
    first = full[0].lower()
    return "m" if first in MEN else "f" if first in WOMEN else ""


def _runs(tokens: Tokens) -> list[Range]:
    """Every stretch of capitalised words outside the quoted sentences' function words."""
    found: list[Range] = []
    openings = {sentence.first for sentence in tokens.sentences}
    number, total = 0, len(tokens.raw)
    while number < total:
        if not _named(tokens, number) or (number in openings and turned_label(tokens, number)):
            number += 1
            continue
        end = number + 1
        while end < total and end not in openings and (_named(tokens, end) or _linked(tokens, end, total, number)):
            if (
                tokens.ends[end - 1] < tokens.starts[end]
                and "\n" in tokens.text[tokens.ends[end - 1] : tokens.starts[end]]
            ):
                break
            if tokens.keys[end - 1].endswith(("'s", "s'")) and not _office(tokens, end, total):
                break
            end += 1
        if end + 1 < total and tokens.keys[end] == "," and tokens.keys[end + 1].rstrip(".") in ("jr", "sr"):
            end += 2  # Bo Cole, Jr.
        found.append((number, end))
        number = end
    return found


def _office(tokens: Tokens, number: int, total: int) -> bool:
    """True for `Prime Minister’s Office`: a possessive that belongs to an institution's name."""
    return any(
        tokens.keys[n].removesuffix("'s") in ("office", "ministry", "department") and tokens.capital(n)
        for n in range(number, min(number + 2, total))
    )


def _named(tokens: Tokens, number: int) -> bool:
    raw = tokens.raw[number]
    key = tokens.keys[number]
    if raw[:1].isupper() and number and tokens.keys[number - 1] in GIVEN and tokens.capital(number - 1):
        following = tokens.keys[number + 1] if number + 1 < len(tokens.keys) else ""
        return not following.isalpha() or not tokens.capital(number + 1) or key not in NO_NAME  # Al From
    return raw[:1].isupper() and key not in NO_NAME and key not in DAYS


def _linked(tokens: Tokens, number: int, total: int, first: int) -> bool:
    """True for a particle inside a name (`Bill de Blasio`, `Bureau of Labor Statistics`)."""
    if number + 1 >= total or not _named(tokens, number + 1):
        return False
    before = tokens.keys[first:number]
    body = tokens.raw[number] in ("of", "for", "on") and any(key in BODIES for key in before)
    pair = tokens.raw[number] == "and" and bool({"for", "on"} & set(before))  # Center for Economic and Policy Research
    return tokens.raw[number] in PARTICLES or body or pair


def _core(tokens: Tokens, run: Range, alone: Counter[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a run without titles, the last one without its possessive; and the titles."""
    words = list(tokens.raw[run[0] : run[1]])
    keys = [key.removesuffix("'s").rstrip("'") for key in tokens.keys[run[0] : run[1]]]
    words[-1] = without_possessive(words[-1])
    if keys[-1] in INSTITUTIONS or keys[0] in ("kremlin",):
        return tuple(words), frozenset()
    titles: set[str] = set()
    skip = 0
    while skip < len(keys) and (keys[skip] in TITLES or _acronym(words, keys, skip)):
        titles.add(keys[skip])
        skip += 1
    if skip == len(keys):
        return (tuple(words), frozenset()) if keys[0] in INSTITUTIONS else ((), frozenset(titles))
    before = tokens.keys[run[0] - 1] if run[0] else ""
    if skip == 0 and len(keys) >= 3 and before in ("to", "of", "for", "in", "at") and alone[keys[0]]:
        skip = 1  # Deputy Ambassador to Israel Alexander Dubrovin
    if skip == 0 and len(keys) >= 3 and before in TITLES and not before.isascii():
        skip = 1  # президент России Владимир Путин
    if keys[-1] in PARTIES and len(keys) > skip + 1:
        return (), frozenset(titles)  # the South Carolina Republican
    inner = next((at for at in range(len(keys) - 2, skip - 1, -1) if keys[at] in OFFICES), None)
    if inner is not None and not of_generation(keys[inner + 1]):
        titles.update(key for key in keys[skip : inner + 1] if key in TITLES)
        skip = inner + 1  # Vermont Sen. Bernie Sanders
    return tuple(word for word in words[skip:] if word != ","), frozenset(titles)


def _acronym(words: Sequence[str], keys: Sequence[str], at: int) -> bool:
    """True for the office in `FBI Director James Comey`."""
    return words[at].isupper() and len(words[at]) > 1 and keys[at + 1 : at + 2] != [] and keys[at + 1] in TITLES
