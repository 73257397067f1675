"""Whom `they` and `it` mean: several people, an institution or a document."""

from __future__ import annotations

from checker.extract.documents import PREPOSITIONS, is_document
from checker.extract.grammar import PRONOUNS, Range, opens_aside, plural, verbal
from checker.extract.name_words import INSTITUTIONS
from checker.extract.phrases import description, name_in
from checker.extract.scene import Scene, is_person
from checker.extract.statement import Statement
from checker.extract.subjects import subject
from checker.extract.tokens import Sentence, Tokens, sentence_at
from checker.extract.verbs import VERBS


def group_before(word: str, number: int, statement: Statement, scene: Scene) -> str | None:
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
        several = (_with_company(before, one, scene) or _acted_by(one, scene)) if word in ("they", "them") else None
        if several is not None:
            return description(several, tokens)
    groups = [one for one in reversed(scene.said) if one.speaker is not None and not is_person(one.speaker.name, scene)]
    fitting = [one for one in groups if one.statement.source and _agrees(word, one.statement.source, scene)]
    return next((one.speaker.name for one in (*fitting, *groups[:1]) if one.speaker is not None), None)


def _with_company(phrase: Range | None, sentence: Sentence, scene: Scene) -> Range | None:
    """`Cole, along with two aides, wrote`: all of them, up to the verb."""
    keys = scene.tokens.keys
    if phrase is None or keys[phrase[1] : phrase[1] + 2] not in ((",", "along"), (",", "together")):
        return None
    verb = next((n for n in range(phrase[1] + 2, sentence.last) if keys[n - 1] == "," and _acts(n, scene)), None)
    return None if verb is None else (phrase[0], verb - 1)


def _acts(number: int, scene: Scene) -> bool:
    tokens = scene.tokens
    return tokens.quoted[number] < 0 and (verbal(tokens, number) or tokens.keys[number] in VERBS)


def _acted_by(sentence: Sentence, scene: Scene) -> Range | None:
    """`was met by thousands of Germans`, `was met by angry voters`: those who did it."""
    tokens = scene.tokens
    for number in range(sentence.first + 1, sentence.last - 1):
        if tokens.keys[number] != "by" or tokens.quoted[number] >= 0 or not verbal(tokens, number - 1):
            continue
        end = number + 1
        while end < min(sentence.last, number + _LONGEST_AGENT) and tokens.word(end) and not plural(tokens.keys[end]):
            end += 1
        counted = tokens.keys[end : end + 2][-1:] == ("of",) and tokens.keys[end] in _COUNTS
        end += 2 * counted
        named = end < sentence.last and tokens.capital(end) and not counted
        if end < sentence.last and tokens.word(end) and plural(tokens.keys[end]) and not named:
            return number + 1, end + 1
    return None


_LONGEST_AGENT = 4
_COUNTS = frozenset("dozens scores hundreds thousands tens millions lots crowds groups".split())


def _named(phrase: Range, scene: Scene) -> str:
    return name_in(phrase, scene) or description(phrase, scene.tokens)


def _agrees(word: str, phrase: Range, scene: Scene) -> bool:
    """True for a phrase that `they` or `it` can take up: several, or an institution or a document."""
    tokens = scene.tokens
    if phrase[1] - phrase[0] > _LONGEST_SUBJECT or opens_aside(tokens, phrase[0]) or _with_object(phrase, tokens):
        return False
    if (phrase[1] - phrase[0] == 1 and not tokens.capital(phrase[0])) or tokens.keys[phrase[0]] in _NO_ANTECEDENT:
        return False
    head = next((n for n in range(phrase[0] + 1, phrase[1]) if tokens.keys[n] in PREPOSITIONS), phrase[1]) - 1
    named = name_in(phrase, scene)
    if named is not None and is_person(named, scene):
        return False
    many = plural(tokens.keys[head]) or tokens.keys[head] in _SEVERAL or "and" in tokens.keys[phrase[0] : phrase[1]]
    if word == "it":
        one = not many or tokens.keys[head] in INSTITUTIONS
        return one and (named is not None or is_document(phrase, tokens))
    return many or (named is not None and tokens.capital(head))


def _with_object(phrase: Range, tokens: Tokens) -> bool:
    """True for `Cole leaves the harbour`, a verb in the present with its object, which is no noun phrase."""
    return any(
        tokens.keys[n] in ("the", "a", "an")
        and tokens.word(n - 1)
        and tokens.keys[n - 1] not in PREPOSITIONS
        and tokens.keys[n - 1] not in _BEFORE_OBJECT
        for n in range(phrase[0] + 1, phrase[1])
    )


_BEFORE_OBJECT = frozenset("and or both all half over about behind between across under against near".split())
_LONGEST_SUBJECT = 9
_NO_ANTECEDENT = PRONOUNS - {"some", "many", "most", "both", "others", "one"} | {"there", "this", "that", "what"}
_SEVERAL = frozenset(
    "both others people men women some many most several police panel group team majority crowd couple pair staff".split()
)
