"""Whom a pronoun means, or a role such as `the candidate`."""

from __future__ import annotations

from checker.extract.cues import AUXILIARIES
from checker.extract.documents import PREPOSITIONS, is_document
from checker.extract.name_words import INSTITUTIONS
from checker.extract.names import Gender
from checker.extract.phrases import DETERMINERS, description, name_in
from checker.extract.scene import Scene, fits, is_person, possessive
from checker.extract.sources import PRONOUNS, Range, opens_aside, subject
from checker.extract.statement import Statement
from checker.extract.tokens import sentence_at

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
    return _group_before(word, number, statement, scene)


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


def _group_before(word: str, number: int, statement: Statement, scene: Scene) -> str | None:
    """Whom `they` or `it` means: the subject of its own sentence, whoever spoke last, or the last sentence's subject."""
    tokens, sentence = scene.tokens, statement.sentence
    own = subject(tokens, sentence, number)
    inside = own is not None and any(first <= own[0] < end for first, end in statement.content)
    if own is not None and not inside and own[1] < number and _agrees(word, own, scene):
        return _named(own, scene)
    last = scene.said[-1] if scene.said else None
    place = sentence_at(tokens, sentence.first)
    if last is not None and last.speaker is not None and last.statement.source is not None:
        near = place - sentence_at(tokens, last.statement.sentence.first)
        goes_on = is_document(last.statement.source, tokens) if word == "it" else False
        group = not is_person(last.speaker.name, scene)
        close = near <= 1 or last.statement.sentence.paragraph == sentence.paragraph
        if close and (goes_on or (group and _agrees(word, last.statement.source, scene))):
            return last.speaker.name
    for one in reversed(tokens.sentences[max(0, place - 2) : place]):
        before = subject(tokens, one, one.last) if one.paragraph == sentence.paragraph else None
        if before is not None and _agrees(word, before, scene):
            return _named(before, scene)
    groups = [one for one in reversed(scene.said) if one.speaker is not None and not is_person(one.speaker.name, scene)]
    fitting = [one for one in groups if one.statement.source and _agrees(word, one.statement.source, scene)]
    return next((one.speaker.name for one in (*fitting, *groups[:1]) if one.speaker is not None), None)


def _named(phrase: Range, scene: Scene) -> str:
    return name_in(phrase, scene) or description(phrase, scene.tokens)


def _agrees(word: str, phrase: Range, scene: Scene) -> bool:
    """True for a phrase that `they` or `it` can take up: several, or an institution or a document."""
    tokens = scene.tokens
    if phrase[1] - phrase[0] > _LONGEST_SUBJECT or opens_aside(tokens, phrase[0]):
        return False
    if (phrase[1] - phrase[0] == 1 and not tokens.capital(phrase[0])) or tokens.keys[phrase[0]] in _NO_ANTECEDENT:
        return False
    head = next((n for n in range(phrase[0] + 1, phrase[1]) if tokens.keys[n] in PREPOSITIONS), phrase[1]) - 1
    named = name_in(phrase, scene)
    if named is not None and is_person(named, scene):
        return False
    many = tokens.keys[head].endswith("s") and not tokens.keys[head].endswith(("ss", "us", "'s"))
    many = many or tokens.keys[head] in _SEVERAL or "and" in tokens.keys[phrase[0] : phrase[1]]
    if word == "it":
        one = not many or tokens.keys[head] in INSTITUTIONS
        return one and (named is not None or is_document(phrase, tokens))
    return many or (named is not None and tokens.capital(head))


_LONGEST_SUBJECT = 9
_NO_ANTECEDENT = PRONOUNS - {"some", "many", "most", "both", "others", "one"} | {"there", "this", "that", "what"}
_SEVERAL = frozenset(
    "both others people men women some many most several police panel group team majority crowd couple pair staff".split()
)


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
    if last and last.speaker and speaks:
        return last.speaker.name
    return _further_back(place - 3, gender, scene) if gender else None


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
