"""Who speaks: the fullest name that the article has for the words that name a source."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from checker.extract.documents import PREPOSITIONS, is_document, issuer
from checker.extract.grammar import Range
from checker.extract.name_words import INSTITUTIONS, TITLES
from checker.extract.names import roster
from checker.extract.phrases import DETERMINERS, description, name_in
from checker.extract.pronouns import GROUP, SINGULAR, person_before, pronoun
from checker.extract.scene import MEMORY, Named, Scene
from checker.extract.soundness import sound
from checker.extract.statement import Statement
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS
from checker.speakers import Register, load_register
from checker.types import Speaker

_PAIR = frozenset("governments countries states sides nations capitals".split())


def name_speakers(tokens: Tokens, found: Sequence[Statement]) -> tuple[Named, ...]:
    """Resolve every source, from the article's beginning on."""
    names = roster(tokens)
    said: list[Named] = []
    for statement in found:
        scene = Scene(tokens, names, tuple(said[-3:]))
        said.append(_named(statement, scene))
    register = load_register()
    return tuple(
        replace(
            one,
            statement=replace(one.statement, source=_as_found(statement, one.statement.source)),
            speaker=_identified(one.speaker, register),
            reported_by=_identified(one.reported_by, register),
        )
        for one, statement in zip(said, found, strict=True)
    )


def _as_found(statement: Statement, sound: Range | None) -> Range | None:
    """The source as it was found where only its margins were cut or nobody is named; else what was taken instead of it."""
    source = statement.source
    within = source is not None and sound is not None and source[0] <= sound[0] and sound[1] <= source[1]
    return source if within or sound is None or statement.lemma == "colon" else sound


def _identified(speaker: Speaker | None, register: Register) -> Speaker | None:
    """The speaker with the register's id, where it has one."""
    return None if speaker is None else replace(speaker, id=register.identify(speaker.name))


def _named(statement: Statement, scene: Scene) -> Named:
    statement = replace(statement, source=sound(statement, scene.tokens))
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
    if keys[-2:] == ("those", "who") and statement.cue and statement.cue[0] >= source[1]:
        # Those who say …; those who have tried it acknowledge …
        last = statement.cue[1] if statement.cue[0] == source[1] else statement.cue[0]
        return Speaker(description((source[1] - 2, last), tokens), None, mention)
    if is_document(source, tokens):
        name = issuer(source, scene)
    name = name or name_in(source, scene) or _by_office(source, scene) or _pair(source, scene)
    name = name or _by_role(source, statement, scene) or _by_kind(source, scene)
    return Speaker(name or description(source, tokens), None, mention)


def _by_office(source: Range, scene: Scene) -> str | None:
    """`the president`: the one last mentioned with that title."""
    tokens = scene.tokens
    keys = [key for key in tokens.keys[source[0] : source[1]] if key not in DETERMINERS]
    if not keys or keys[-1] not in TITLES or keys[-1] == "former" or (len(keys) > 2 and not set(keys) <= TITLES):
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


def _by_kind(source: Range, scene: Scene) -> str | None:
    """`the foundation`: the National Golf Foundation before it, or the source just described as a foundation of …"""
    tokens = scene.tokens
    keys = tokens.keys[source[0] : source[1]]
    if len(keys) != 2 or keys[0] not in ("the", "that", "this") or tokens.capital(source[0] + 1):
        return None
    for one in reversed(scene.said):
        if one.speaker is not None and one.speaker.name.lower().startswith(f"{keys[1]} of "):
            return one.speaker.name
    if keys[1] not in INSTITUTIONS - {"group", "party", "team", "post", "staff", "security", "services"}:
        return None
    earlier = scene.roster.within(max(0, source[0] - MEMORY), source[0])
    named = (name for name in reversed(earlier) if len(name.words) > 1 and not name.person)
    return next((name.full for name in named if name.words[-1].lower() == keys[1]), None)


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
