"""Whom a pronoun means, or a role such as `the candidate`."""

from __future__ import annotations

from dataclasses import replace

from checker.extract.bearers import Gender
from checker.extract.cues import AUXILIARIES
from checker.extract.documents import PREPOSITIONS
from checker.extract.groups import group_before
from checker.extract.phrases import DETERMINERS, description
from checker.extract.scene import Scene, fits, possessive
from checker.extract.statement import Statement
from checker.extract.tokens import sentence_at
from checker.extract.verbs import VERBS

SINGULAR: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "он": "m", "она": "f"}
GROUP = frozenset(["they", "them", "it", "we", "both", "они", "who", "i"])


def pronoun(word: str, number: int, statement: Statement, scene: Scene) -> str | None:
    """Whom a pronoun means that stands alone as a source; None where nobody before it fits."""
    if word in SINGULAR:
        return person_before(number, statement, scene, SINGULAR[word])
    if word in ("i", "we"):
        return None  # the author, whom the text does not name
    if word == "who":
        return _before_who(number, scene)
    return group_before(word, number, statement, scene)


def _before_who(number: int, scene: Scene) -> str | None:
    """The name right before `who`, or the words."""
    tokens = scene.tokens
    end = number - (tokens.keys[number - 1] in (",", "—", "–"))
    names = scene.roster.within(max(0, end - 8), end)
    if names and names[-1].tokens[1] == end:
        return names[-1].full
    last = scene.said[-1] if scene.said else None
    if last is not None and last.speaker is not None and last.statement.source and last.statement.source[1] == end:
        return last.speaker.name
    first = end
    while first > 0 and tokens.word(first - 1) and tokens.quoted[first - 1] < 0 and end - first < _LONGEST_HEAD:
        first -= 1
        if tokens.keys[first] in DETERMINERS or tokens.keys[first] in _HEADS:
            return description((first, end), tokens)
        if tokens.keys[first] in PREPOSITIONS or tokens.keys[first] in AUXILIARIES:
            return description((first + 1, end), tokens) if first + 1 < end else None
    return None


_LONGEST_HEAD = 4
_HEADS = frozenset("those people some many several most others voters anyone someone".split())


def person_before(number: int, statement: Statement, scene: Scene, gender: Gender) -> str | None:
    """Whom a pronoun or `the candidate` means: somebody of its sentence, the last speaker, somebody just before."""
    sentence = statement.sentence
    here = _first_person(sentence.first, number, gender, scene, beside=statement)
    if here:
        return here
    last = scene.said[-1] if scene.said else None
    if last is not None and last.speaker is not None and _same_topic(number, statement, last.statement, scene):
        topic = person_before(
            last.statement.content[0][0], last.statement, replace(scene, said=scene.said[:-1]), gender
        )
        if topic is not None:
            return topic
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
    if last and last.speaker and speaks:
        return last.speaker.name
    return _further_back(place - 3, gender, scene) if gender else None


def _same_topic(number: int, statement: Statement, last: Statement, scene: Scene) -> bool:
    """True for `He also had a voice, said Cole.` and a new paragraph `He persuaded …`: both tell of the same man.

    Who is named only behind what he says is no topic yet, unless the next paragraph lets him go on speaking.
    """
    tokens = scene.tokens
    behind = last.source is not None and last.cue is not None and last.source[0] >= last.cue[1]
    follows = statement.sentence.first == last.sentence.last and statement.sentence.paragraph > last.sentence.paragraph
    opens = number == statement.sentence.first and tokens.keys[number] == tokens.keys[last.content[0][0]]
    verb = VERBS.get(tokens.keys[number + 1]) if number + 1 < len(tokens.keys) else None
    speaks = verb is not None and "speech" in verb.kinds
    return behind and follows and opens and not speaks and tokens.quoted[last.content[0][0]] < 0


def _further_back(place: int, gender: Gender, scene: Scene) -> str | None:
    """The last person of that gender named before the sentences just before, when nobody there can be meant."""
    for one in reversed(scene.tokens.sentences[max(0, place - _SENTENCES_BACK) : max(0, place)]):
        for name in reversed(scene.roster.within(one.first, one.last)):
            if (
                name.person
                and scene.tokens.quoted[name.tokens[0]] < 0
                and scene.roster.genders.get(name.full) == gender
            ):
                return name.full
    return None


_SENTENCES_BACK = 8


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
