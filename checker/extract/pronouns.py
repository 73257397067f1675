"""Whom a pronoun means, or a role such as `the candidate`."""

from __future__ import annotations

from checker.extract.names import Gender
from checker.extract.scene import Scene, fits, is_person, possessive
from checker.extract.statement import Statement
from checker.extract.tokens import sentence_at

SINGULAR: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "он": "m", "она": "f"}
GROUP = frozenset(["they", "them", "it", "we", "both", "они", "who", "i"])


def pronoun(word: str, number: int, statement: Statement, scene: Scene) -> str | None:
    if word in GROUP:
        group = scene.said[-1].speaker if scene.said else None
        return group.name if group is not None and not is_person(group.name, scene) else None
    return person_before(number, statement, scene, SINGULAR[word])


def person_before(number: int, statement: Statement, scene: Scene, gender: Gender) -> str | None:
    """Whom a pronoun or `the candidate` means: somebody of its sentence, the last speaker, somebody just before."""
    sentence = statement.sentence
    here = _first_person(sentence.first, number, gender, scene, beside=statement)
    if here:
        return here
    last = scene.said[-1] if scene.said else None
    speaks = last is not None and last.speaker is not None and fits(last.speaker.name, gender, scene)
    if last and last.speaker and speaks and last.statement.sentence.paragraph == sentence.paragraph:
        return last.speaker.name
    place = sentence_at(scene.tokens, sentence.first)
    for one in reversed(scene.tokens.sentences[max(0, place - 3) : place]):
        if last and last.speaker and speaks and last.statement.sentence == one:
            return last.speaker.name
        found = _first_person(one.first, one.last, gender, scene)
        if found:
            return found
    return last.speaker.name if last and last.speaker and speaks else None


def _first_person(
    first: int, last: int, gender: Gender, scene: Scene, *, beside: Statement | None = None
) -> str | None:
    """The first person named in a stretch of narration whom the pronoun may mean, outside what is said."""
    said = beside.content if beside else ()
    fitting = [
        name
        for name in scene.roster.within(first, last)
        if name.person
        and scene.tokens.quoted[name.tokens[0]] < 0
        and fits(name.full, gender, scene)
        and not any(start <= name.tokens[0] < end for start, end in said)
    ]
    owning = [name for name in fitting if possessive(name, scene.tokens)]
    others = [name for name in fitting if name not in owning]
    # Ann Cole’s plan failed, and she said so: the owner, when the sentence names nobody else.
    return others[0].full if others else owning[0].full if owning and beside else None
