"""The people and institutions that an article names, each with its fullest name and where it is mentioned."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.extract.bearers import Gender, Mention, bearers, gender_of
from checker.extract.cues import AUXILIARIES
from checker.extract.datelines import past_dateline
from checker.extract.grammar import DAYS, PARTY_TAG, Range, plural, turned_label, verbal
from checker.extract.name_words import (
    BODIES,
    GIVEN,
    INSTITUTIONS,
    NEVER_ALONE,
    NEVER_FIRST,
    NO_NAME,
    OFFICES,
    PARTICLES,
    PARTIES,
    PLACE_ENDS,
    TITLES,
)
from checker.extract.nicknames import past_nickname, words_of
from checker.extract.surnames import (
    family_of,
    has_given,
    is_institution,
    of_generation,
    without_possessive,
)
from checker.extract.tokens import Tokens, sentence_at
from checker.extract.verbs import VERBS
from checker.lexicon import MONTHS
from checker.speakers import Register, load_register


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
    headlines = _headlines(tokens)
    lower = frozenset(key for key, raw in zip(tokens.keys, tokens.raw, strict=True) if raw[:1].islower())
    runs = _without_common_words(tokens, _runs(tokens, headlines), lower)
    alone = Counter(tokens.keys[first] for first, last in runs if last - first == 1)
    mentions = _surnames(tokens, [_mention(tokens, run, alone, headlines) for run in runs])
    mentions = _without_prefixes(mentions, lower, _openings(tokens))
    register = load_register()
    titled = {family_of(one.words) for one in mentions if one.titles & _PERSONAL}
    known = bearers(mentions)
    names: list[Name] = []
    genders: dict[str, Gender] = {}
    for one in mentions:
        full = known.full(one)
        institution = is_institution(one.words)
        person = not institution and _person(full, titled, register)
        name = " ".join(full)
        names.append(Name(one.tokens, one.words, name, person, one.titles))
        gender = gender_of(full, one.titles)
        if gender:
            genders.setdefault(name, gender)
    people = frozenset(name.full for name in names if name.person)
    by_last = {last: " ".join(people[0].full) for last, people in known.by_family.items() if len(people) == 1}
    return Roster(tuple(names), tuple(name.tokens[0] for name in names), genders, people, by_last)


def _surnames(tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that have words, and those of a title alone that is somebody's surname: `King said`."""
    families = {family_of(one.words) for one in mentions if one.words and has_given(one.words)}
    found = []
    for one in mentions:
        first, last = one.tokens
        surname = without_possessive(tokens.raw[first])
        if not one.words and last - first == 1 and surname.lower() in families:
            found.append(replace(one, words=(surname,), titles=frozenset()))
        elif one.words:
            found.append(one)
    return found


def _mention(tokens: Tokens, run: Range, alone: Counter[str], headlines: frozenset[int]) -> Mention:
    words, titles = _core(tokens, run, alone)
    paragraph = tokens.sentences[sentence_at(tokens, run[0])].paragraph
    owner = tokens.keys[run[1] - 1].endswith(("'s", "s'"))
    return Mention(run, words, titles, paragraph, run[0] in headlines, owner)


def _without_prefixes(mentions: Sequence[Mention], lower: Collection[str], openings: Collection[int]) -> list[Mention]:
    """The mentions without words before a person's name that are none of it: `Rival Ann Cole`, `Calls Cole`."""
    forms = Counter(one.words for one in mentions if not one.headline)
    called = {family_of(form) for form in forms if has_given(form) and form[0].lower() in GIVEN}

    def bare(one: Mention) -> tuple[str, ...]:
        words, keys = one.words, [word.lower() for word in one.words]
        if len(words) < 2 or keys[0] in GIVEN or is_institution(words):
            return words
        origin = next((at for at, key in enumerate(keys[:-1]) if key.endswith(_ORIGINS)), None)
        if origin is not None:
            return words[origin + 1 :]  # South Ellan-born Ann Cole
        begins = one.headline or one.tokens[0] in openings
        for at in range(1, len(words) - 1):
            rest, role = forms[words[at:]], all(_role(key, lower) for key in keys[:at])
            if (keys[at] in GIVEN and (rest or role)) or (rest and keys[at] not in PARTICLES and role):
                return words[at:]
        odd = begins and forms[words] < 2 and family_of(words) in called and not set(keys[:-1]) & GIVEN
        roles = [_role(key, lower) for key in keys[:-1]]
        return words[-1:] if odd and (all(roles) or (len(words) > 2 and (one.headline or any(roles)))) else words

    return [replace(one, words=bare(one)) for one in mentions]


_ORIGINS = ("-born", "-based", "-raised", "-educated", "-trained", "-backed", "-led")


def _openings(tokens: Tokens) -> frozenset[int]:
    """Where a capital may be only that of a beginning: the first words of sentences and of quotations."""
    firsts = {sentence.first for sentence in tokens.sentences}
    behind = {n + 1 for n in firsts if not tokens.word(n)}
    quoted = {n for n in range(1, len(tokens.keys)) if tokens.quoted[n] >= 0 and not tokens.word(n - 1)}
    return frozenset(firsts | behind | quoted)


def _role(key: str, lower: Collection[str]) -> bool:
    """True for a word that says what somebody is or does, as far as the article tells: `Rival`, `Top`, `Co-host`."""
    return key in lower or key in TITLES or key in OFFICES or key in INSTITUTIONS or key in VERBS or "-" in key


def _without_common_words(tokens: Tokens, runs: Sequence[Range], lower: Collection[str]) -> list[Range]:
    """The runs without words that are capitals only because a sentence begins: `Close to fifty`, `Late on Monday`."""
    openings = {sentence.first for sentence in tokens.sentences}
    inside = {tokens.keys[n] for first, last in runs for n in range(first, last) if n not in openings}
    written = {key for n, key in enumerate(tokens.keys) if tokens.capital(n) and not tokens.raw[n].isupper()}

    def common(run: Range) -> bool:
        key = tokens.keys[run[0]]
        alone = run[1] - run[0] == 1 and run[0] in openings and key not in inside
        pair = plural(key) and _joined_to_common(tokens, run[1])
        if _heading(tokens, run):
            return written.isdisjoint(tokens.keys[run[0] : run[1]])  # unless the text has a name of these words
        return alone and (key in lower or pair or not _may_be_subject(tokens, run[1]))

    return [run for run in runs if not common(run)]


def _heading(tokens: Tokens, run: Range) -> bool:
    """True for words in capitals that are a paragraph by themselves: `FULL TEXT`."""
    first, last = run
    sentence = tokens.sentences[sentence_at(tokens, first)]
    around = itertools.chain(range(sentence.first, first), range(last, sentence.last))
    alone = last - first >= _LEAST_HEADING and not any(map(tokens.word, around))
    return alone and all(tokens.raw[n].isupper() for n in range(first, last))


_LEAST_HEADING = 2
"""One word in capitals by itself may be whose words follow."""


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
        if counts[sentence.paragraph] > 1 or past_dateline(tokens, sentence.first, sentence.last) > sentence.first:
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
    if has_given(full) and last in _NATIONS:
        return False
    if has_given(full):
        if first not in GIVEN and len(full[0]) > _LONGEST_INITIALS and full[0].isalpha() and full[0].isupper():
            return False  # POLITICO Magazine
        return first not in NEVER_FIRST and (last not in PLACE_ENDS or first in GIVEN)
    return last in titled or (last in GIVEN and last not in NEVER_ALONE) or _known_person(last, register)


_LONGEST_INITIALS = 3
"""So many capitals can be somebody's initials: `JFK`."""


def _known_person(surname: str, register: Register) -> bool:
    """True for a surname that the register knows without a given name: Obama, Putin."""
    id = register.identify(surname)
    return id is not None and id.endswith(f"-{surname.lower()}")


def _runs(tokens: Tokens, headlines: Collection[int]) -> list[Range]:
    """Every stretch of capitalised words outside the quoted sentences' function words."""
    found: list[Range] = []
    openings = {sentence.first for sentence in tokens.sentences}
    number, total = 0, len(tokens.raw)
    while number < total:
        if (
            not _named(tokens, number)
            or (number in openings and turned_label(tokens, number))
            or (number in headlines and _acts(tokens, number))
        ):
            number += 1
            continue
        end = number + 1
        while end < total and end not in openings and (_named(tokens, end) or _linked(tokens, end, number)):
            if (
                tokens.ends[end - 1] < tokens.starts[end]
                and "\n" in tokens.text[tokens.ends[end - 1] : tokens.starts[end]]
            ):
                break
            if tokens.keys[end - 1].endswith(("'s", "s'")) and not _office(tokens, end, total):
                break
            if end in headlines and _acts(tokens, end):
                break
            end += 1
        if end + 1 < total and tokens.keys[end] == "," and tokens.keys[end + 1].rstrip(".") in ("jr", "sr"):
            end += 2  # Bo Cole, Jr.
        end = past_nickname(tokens, number, end)
        found.append((number, end))
        number = end
    return found


def _acts(tokens: Tokens, number: int) -> bool:
    """True for a verb that a headline writes with a capital: `Ann Cole Backs Bo Ade`."""
    verb = VERBS.get(tokens.keys[number])
    return tokens.keys[number] in _DEEDS or (verb is not None and verb.form in ("present", "past", "ing"))


_DEEDS = frozenset("backs beats wins leads hits picks names sues gets makes takes gives meets drops faces taps".split())
"""What headlines have people do, beside speaking."""


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
    if PARTY_TAG.fullmatch(raw):
        return False
    title = key in ("today", "tonight") and number > 0 and tokens.capital(number - 1)  # Ellan Today
    return (
        raw[:1].isupper()
        and key not in NO_NAME
        and not _month(raw, key)
        and (title or key.removesuffix("'s") not in DAYS)
    )


def _month(raw: str, key: str) -> bool:
    """True for `Dec.`; `May` and `March` are names as well."""
    return raw.endswith(".") and key.rstrip(".") in MONTHS


def _linked(tokens: Tokens, number: int, first: int) -> bool:
    """True for a particle inside a name (`Bill de Blasio`, `Bureau of Labor Statistics`, `Court of Appeals for the …`)."""
    before = tokens.keys[first:number]
    of_body = any(key in BODIES for key in before)
    if of_body and _ordinal(tokens, number):
        return True  # Court of Appeals for the 6th Circuit
    if of_body and tokens.raw[number : number + 2] in (("of", "the"), ("for", "the")):
        return _goes_on(tokens, number + 2)
    if not _goes_on(tokens, number + 1):
        return False
    if of_body and tokens.raw[number] == "the":
        return tokens.raw[number - 1] in ("of", "for")
    body = tokens.raw[number] in ("of", "for", "on") and of_body
    pair = tokens.raw[number] == "and" and bool({"for", "on"} & set(before))  # Center for Economic and Policy Research
    return tokens.raw[number] in PARTICLES or body or pair


def _goes_on(tokens: Tokens, number: int) -> bool:
    """True where a name can go on behind a particle."""
    return number < len(tokens.keys) and (_named(tokens, number) or _ordinal(tokens, number))


def _ordinal(tokens: Tokens, number: int) -> bool:
    """True for the number in `the 6th Circuit`."""
    return (
        number + 1 < len(tokens.keys)
        and _ORDINAL.fullmatch(tokens.keys[number]) is not None
        and tokens.keys[number + 1] in ("circuit", "district")
        and tokens.capital(number + 1)
    )


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def _core(tokens: Tokens, run: Range, alone: Counter[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a run without titles, the last one without its possessive; and the titles."""
    words = list(words_of(tokens, run))
    keys = [word.lower().replace("’", "'").removesuffix("'s").rstrip("'") for word in words]
    words[-1] = without_possessive(words[-1])
    if keys[-1] in INSTITUTIONS or keys[0] in ("kremlin",):
        return tuple(words), frozenset()
    titles: set[str] = set()
    skip = 0
    while skip < len(keys) - 1 and keys[skip].endswith(".") and len(keys[skip]) > 2 and keys[skip].count(".") == 1:
        if keys[skip] in TITLES:
            break
        skip += 1  # from Ellan, Ill. Ann Cole came
    while skip < len(keys) and (keys[skip] in TITLES or _acronym(words, keys, skip)):
        titles.add(keys[skip])
        skip += 1
    if skip == len(keys):
        if len(keys) > 1 and keys[-2] in _COURTESY:
            return (words[-1],), frozenset(keys[:-1])  # Mr. King
        office = keys[0] not in INSTITUTIONS or keys[-1] in OFFICES  # House Speaker
        return ((), frozenset(titles)) if office else (tuple(words), frozenset())
    if len(keys) > 1 and keys[-1] in OFFICES and keys[-1].endswith("."):
        return (), frozenset(titles | {keys[-1]})  # Ohio Gov. and candidate Ann Cole
    if skip == len(keys) - 1 and set(keys[:skip]) <= _NATIONS and not _may_be_surname(keys[-1], alone):
        return tuple(words), frozenset()  # the American Legion
    before = tokens.keys[run[0] - 1] if run[0] else ""
    if skip == 0 and len(keys) >= 3 and before in ("to", "of", "for", "in", "at") and alone[keys[0]]:
        skip = 1  # Deputy Ambassador to Israel Alexander Dubrovin
    if skip == 0 and len(keys) >= 3 and before in TITLES and not before.isascii():
        skip = 1  # президент России Владимир Путин
    if keys[-1] in PARTIES and len(keys) > skip + 1:
        return (), frozenset(titles)  # the South Carolina Republican
    inner = next((at for at in range(len(keys) - 2, skip - 1, -1) if keys[at] in _BEFORE_NAME), None)
    if inner is not None and not of_generation(keys[inner + 1]):
        titles.update(key for key in keys[skip : inner + 1] if key in TITLES)
        skip = inner + 1  # Vermont Sen. Bernie Sanders
        while skip < len(keys) - 1 and keys[skip] in TITLES:
            titles.add(keys[skip])
            skip += 1  # Police Chief Executive Ann Cole
    elif _whole_body(keys) or (skip and set(keys[:skip]) <= {"us", "u.s."} and keys[skip] not in GIVEN):
        return tuple(words), frozenset()  # U.S. Court of Appeals for the Ninth District
    return tuple(word for word in words[skip:] if word != ","), frozenset(titles)


_COURTESY = frozenset("mr mr. mrs mrs. ms ms. miss dr dr.".split())
_NATIONS = frozenset("us u.s. american russian german french israeli british democratic republican gop".split())


def _may_be_surname(key: str, alone: Counter[str]) -> bool:
    """True for a word that the article also has alone, as it does with the people whom it names."""
    return bool(alone[key]) or key in GIVEN


_BEFORE_NAME = OFFICES | frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. rev rev. col col. gen gen. lt lt. sgt sgt. capt capt. prof prof. chief".split()
)
"""Titles that part a name from what stands before it: `Whether Mr. Cole`, `Ellan Police Chief Ann Cole`."""


def _whole_body(keys: Sequence[str]) -> bool:
    """True for a body that says what it is for: the nation before it belongs to its name."""
    first = next((at for at, key in enumerate(keys) if key in BODIES), None)
    return first is not None and keys[first + 1 : first + 2] in (["of"], ["for"], ["on"])


def _acronym(words: Sequence[str], keys: Sequence[str], at: int) -> bool:
    """True for the office in `FBI Director James Comey`."""
    return words[at].isupper() and len(words[at]) > 1 and keys[at + 1 : at + 2] != [] and keys[at + 1] in TITLES
