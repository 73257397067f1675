"""Who speaks: the fullest name that the article has for the words that name a source."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from checker.extract.documents import MADE, PREPOSITIONS, is_document, issuer
from checker.extract.name_words import TITLES
from checker.extract.names import Name, roster
from checker.extract.pronouns import GROUP, SINGULAR, person_before, pronoun
from checker.extract.scene import MEMORY, Named, Scene, possessive
from checker.extract.sources import Range
from checker.extract.statement import Statement
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS
from checker.speakers import Register, load_register
from checker.types import Speaker

_PAIR = frozenset("governments countries states sides nations capitals".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my".split())


def name_speakers(tokens: Tokens, found: Sequence[Statement]) -> tuple[Named, ...]:
    """Resolve every source, from the article's beginning on."""
    names = roster(tokens)
    said: list[Named] = []
    for statement in found:
        scene = Scene(tokens, names, tuple(said[-3:]))
        said.append(_named(statement, scene))
    register = load_register()
    return tuple(
        replace(one, speaker=_identified(one.speaker, register), reported_by=_identified(one.reported_by, register))
        for one in said
    )


def _identified(speaker: Speaker | None, register: Register) -> Speaker | None:
    """The speaker with the register's id, where it has one."""
    return None if speaker is None else replace(speaker, id=register.identify(speaker.name))


def _named(statement: Statement, scene: Scene) -> Named:
    speaker = _speaker(statement.source, statement, scene)
    outer = _speaker(statement.outer, statement, scene) if statement.outer else None
    if statement.lemma == "according" and outer is None:
        inner = _inner(statement, scene)
        if inner is not None:
            return Named(statement, inner, speaker)
    return Named(statement, speaker, outer)


def _inner(statement: Statement, scene: Scene) -> Speaker | None:
    """According to the Kremlin, Putin “expressed …”: the one whose words are reported."""
    first, last = statement.content[0]
    names = scene.roster.within(first, first + 1)
    if not names or not names[0].person or names[0].tokens[1] >= last:
        return None
    after = names[0].tokens[1]
    verb = VERBS.get(scene.tokens.keys[after])
    quoted = scene.tokens.quoted[after] >= 0
    if not quoted and (verb is None or not verb.kinds & {"speech", "telling"}):
        return None
    return Speaker(names[0].full, None, scene.tokens.span(*names[0].tokens).of(scene.tokens.text))


def _speaker(source: Range | None, statement: Statement, scene: Scene) -> Speaker | None:
    if source is None:
        return None
    tokens = scene.tokens
    mention = tokens.span(*source).of(tokens.text)
    keys = tuple(key.split("'")[0] for key in tokens.keys[source[0] : source[1]])
    name = None
    if len(keys) == 1 and (keys[0] in SINGULAR or keys[0] in GROUP):
        name = pronoun(keys[0], source[0], statement, scene)
        return Speaker(name, None, mention) if name else None
    if is_document(source, tokens):
        name = issuer(source, scene)
    name = name or _by_name(source, scene) or _by_office(source, scene) or _pair(source, scene)
    name = name or _by_role(source, statement, scene)
    return Speaker(name or _description(source, tokens), None, mention)


def _by_name(source: Range, scene: Scene) -> str | None:
    """The name in the phrase: a person's before an institution's, the head's before what follows a preposition."""
    tokens = scene.tokens
    names = [name for name in scene.roster.within(*source) if tokens.quoted[name.tokens[0]] < 0]
    if not names:
        return None
    if len(names) == 1 and names[0].tokens[1] > source[1]:  # a headline's capitals run on
        written = tokens.span(names[0].tokens[0], source[1]).of(tokens.text)
        return scene.roster.by_last.get(tokens.keys[source[1] - 1], written)
    people = [name for name in names if name.person and not possessive(name, tokens)]
    own = [name for name in people if not _governed(name, source, tokens)]
    if len(own) > 1 and _together(own, tokens):
        return " and ".join(name.full for name in own)
    if own:
        return own[0].full
    heads = [name for name in names if not _governed(name, source, tokens) and not possessive(name, tokens)]
    return heads[0].full if heads else None


def _together(people: Sequence[Name], tokens: Tokens) -> bool:
    """True for two people joined by `and`, with nothing but titles between them."""
    if len(people) != 2:
        return False
    first, last = people[0].tokens[1], people[1].tokens[0]
    return last == first + 1 and tokens.keys[first] == "and"


def _governed(name: Name, source: Range, tokens: Tokens) -> bool:
    """True for a name that only tells more about the head: `a spokesman for the Clinton campaign`."""
    lower = [
        n for n in range(source[0], name.tokens[0]) if not tokens.capital(n) and tokens.keys[n] not in _DETERMINERS
    ]
    following = tokens.keys[name.tokens[1]] if name.tokens[1] < source[1] else ""
    if (
        following
        and following[:1].isalpha()
        and not tokens.capital(name.tokens[1])
        and following not in PREPOSITIONS
        and following != "and"
    ):
        return True  # the Clinton campaign
    if name.person and len(name.words) > 1 and _apposed(name, source, tokens):
        return False
    return bool(lower) and any(tokens.keys[n] in PREPOSITIONS for n in lower)


def _apposed(name: Name, source: Range, tokens: Tokens) -> bool:
    """True for `former spokesman for the ministry, Ann Cole` and `Ambassador to Israel Ann Cole`: the name is the head's."""
    first = name.tokens[0]
    before = first - 1
    while before >= source[0] and (tokens.keys[before] in TITLES or tokens.keys[before].endswith(("'s", "s'"))):
        before -= 1  # led by the network’s Ann Cole
    if before < source[0]:
        return True
    skipped = name.tokens[1] - first > len(name.words) + len(name.titles)
    return skipped or tokens.keys[before] in (",", "—", "–") or tokens.keys[before] not in _BEFORE_NAME


_BEFORE_NAME = PREPOSITIONS | _DETERMINERS | {"and", "or", "former", "current"}


def _by_office(source: Range, scene: Scene) -> str | None:
    """`the president`: the one last mentioned with that title."""
    tokens = scene.tokens
    keys = [key for key in tokens.keys[source[0] : source[1]] if key not in _DETERMINERS]
    if not 0 < len(keys) <= 2 or keys[-1] not in TITLES or keys[-1] == "former":
        return None
    earlier = scene.roster.within(max(0, source[0] - MEMORY), source[0])
    return next((name.full for name in reversed(earlier) if name.person and keys[-1] in name.titles), None)


def _by_role(source: Range, statement: Statement, scene: Scene) -> str | None:
    """`the candidate`, `the South Carolina Republican`: the person whom the text speaks of."""
    tokens = scene.tokens
    keys = tokens.keys[source[0] : source[1]]
    if keys[0] != "the" or keys[-1] not in _ROLES or len(keys) > _LONGEST_ROLE or set(keys) & PREPOSITIONS:
        return None
    return person_before(source[0], statement, scene, "")


_LONGEST_ROLE = 6
_ROLES = frozenset(
    """candidate nominee front-runner frontrunner senator congressman congresswoman governor lawmaker republican democrat
    billionaire businessman businesswoman mogul politician president premier chancellor minister secretary mayor
    ambassador general judge author veteran retiree neurosurgeon surgeon lawyer attorney actor singer""".split()
)
"""What a person who has been named is called the next time; a spokesman or an official need not have been."""


def _pair(source: Range, scene: Scene) -> str | None:
    """`the two governments`: the pair of places that the article joins with `and`."""
    tokens = scene.tokens
    keys = tokens.keys[source[0] : source[1]]
    if not keys or keys[-1] not in _PAIR or not set(keys) & {"two", "both"}:
        return None
    names = scene.roster.within(max(0, source[0] - MEMORY), source[0])
    for left, right in itertools.pairwise(names):
        joined = right.tokens[0] == left.tokens[1] + 1 and tokens.keys[left.tokens[1]] == "and"
        if joined and not left.person and not right.person:
            return f"{left.words[-1]} and {right.words[-1]}"
    return None


def _trails(tokens: Tokens, first: int, number: int) -> bool:
    """True for a last word that is no part of a description: a comma, `who`, the participle of a report that …"""
    word = tokens.keys[number]
    if word == "who" and number == first + 1 and tokens.keys[first] in ("those", "many", "some", "people"):
        return False
    return not tokens.word(number) or word in ("who", "which", "that", "however", "meanwhile") or word in MADE


def _description(source: Range, tokens: Tokens) -> str:
    """An unnamed source as the article describes it, without the article before it."""
    first, last = source
    while last > first + 1 and _trails(tokens, first, last - 1):
        last -= 1
    if last - first > 1 and tokens.keys[first] in ("the", "a", "an"):
        first += 1
    words = tokens.span(first, last).of(tokens.text)
    return words[:-2] if words.endswith(("'s", "’s")) else words  # the ministry’s statement that …
