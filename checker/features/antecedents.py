"""Whom or what a pronoun means, as far as an editor may say it in brackets: who was named near before it, with no other in between."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from checker.features.insertions import (
    ARTICLES,
    JOINING,
    POINTING,
    TITLES,
    Insertion,
    about,
    date_words,
    owns,
    same_form,
    stand_together,
)
from checker.lexicon import POSSESSIVES
from checker.places import places
from corpus.text import FUNCTION_WORDS, Words, words

_PARTICLES = frozenset("bin ibn al el de da di del van von der den la le".split())
_OURS = frozenset("we us our ours мы нас нам наш наша наши ми наше".split())
_FIRST_PERSON = _OURS | frozenset("i me my mine here я мой моя моей мою здесь тут".split())
_OUR_SIDE = _OURS | frozenset("my мой моя моей мою".split())
_PERSONAL = frozenset("he him his she her он его ему она ее ей він його йому вона її їй".split())
_THIRD = frozenset("they them their it its".split())
_PLACES = frozenset("there here там здесь тут".split())
_SENTENCE = re.compile(r"(?:[.!?][”\"’»)]*\s+|\n\s*\n)(?=[“\"«‘(]?[^\W\d_a-zа-я])")
_SENTENCES_BACK = (
    (frozenset(["this", "that", "these", "those", "это"]), 3),
    (frozenset(["they", "them", "their", "они", "их", "вони", "їх", "їм"]), 4),
)
"""Words that refer, and in how many sentences what they refer to is found: their own one and those before it."""
_SELF = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b,? (?:the |in |as |of )*([A-Z]\w+(?: [A-Z]\w+)*)")
_RAISED = re.compile(r"[a-z,;] (?:He|Him|His|Thou|Thy|Thee)\b")


def refers(insertion: Insertion, content: Sequence[str]) -> bool:
    """True when what a pronoun is said to mean stands near before it; for "we" and "here", or who speaks and publishes."""
    if _raised(insertion):
        return False
    text = insertion.statement.document.text
    before = words(text[_reach(insertion) : insertion.at]).keys
    if not owns(insertion.inserted.keys):  # "the President's adviser" is not the President
        before = tuple(key for key in before if not key.endswith(("'s", "s'")))
    capitals = any(
        insertion.inserted.span(index).of(insertion.bracket.text)[0].isupper()
        for index in range(len(insertion.inserted))
    )
    if insertion.explained & _PERSONAL and (
        not nearest(insertion, content, _person, own=True) or _behind_another(insertion, content)
    ):
        return False
    if insertion.explained & _THIRD and not _mentioned(insertion):
        return False
    if insertion.explained & POINTING and capitals and not nearest(insertion, content, capitalised):
        return False
    if insertion.explained & _OUR_SIDE and capitals and not _of_speaker(insertion, content):
        return False
    if insertion.explained & _PLACES:
        here = _names_before(insertion)
        if here and not {key.removesuffix("'s") for key in content} & here:
            return False  # the sentence itself names where
    known = {same_form(key.removesuffix("'s")) for key in before} | {
        key.removesuffix("'s") for key in date_words(insertion.statement)
    }
    if insertion.explained & _FIRST_PERSON:
        known |= {same_form(key) for key in about(insertion.statement)}
    bare = [key.removesuffix("'s") for key in content if key not in TITLES]
    missing = [key for key in bare if key not in known and same_form(key) not in known]
    if not missing:
        return True
    names = [
        index for index, key in enumerate(insertion.inserted.keys) if key.removesuffix("'s") in missing
        and insertion.inserted.span(index).of(insertion.bracket.text)[0].isupper()
    ]  # fmt: skip
    return len(names) == len(missing) < len(bare)  # the given name to a surname that is there


def _raised(insertion: Insertion) -> bool:
    """True where the source writes a "He" inside a sentence with a capital: no president is meant."""
    return bool(_RAISED.search(insertion.statement.document.text, max(0, insertion.at - 12), insertion.at + 12))


def _mentioned(insertion: Insertion) -> bool:
    """True when the insertion's own words stand together before a "they" or an "it": "the House bill" is not a bill and a House."""
    text = insertion.statement.document.text
    passed_over = ARTICLES | POSSESSIVES | _OURS
    before = [
        same_form(key.removesuffix("'s"))
        for key in words(text[_reach(insertion) : insertion.at]).keys
        if key not in passed_over
    ]
    named: list[list[str]] = [[]]
    for key in insertion.inserted.keys:
        if key in JOINING:
            named.append([])
        elif key not in passed_over:
            named[-1].append(same_form(key.removesuffix("'s")))
    together = len(named) > 1 or len(named[0]) > 1
    return not together or all(_named_near(each, before) for each in named if each)


def _named_near(name: Sequence[str], before: Sequence[str]) -> bool:
    """True when the words stand together, or all of a longer description do somewhere and two of them together."""
    if stand_together(name, before):
        return True
    if len(name) > 2 and set(name) <= set(before):
        return any(stand_together(pair, before) for pair in pairwise(name))
    return len(name) == 2 and any(
        (first, third) == tuple(name) for first, _, third in zip(before, before[1:], before[2:], strict=False)
    )


def _behind_another(insertion: Insertion, content: Sequence[str]) -> bool:
    """True when the last sentence that names whom the insertion names does so behind another person: "he" may be either."""
    text = insertion.statement.document.text
    wanted = {same_form(key.removesuffix("'s")) for key in content}
    ends = [match.end() for match in _SENTENCE.finditer(text, insertion.near, insertion.at)]
    edges = [insertion.near, *ends, insertion.at]
    for start, end in reversed(list(pairwise(edges))):
        found = words(text[start:end])
        at = next((index for index, key in enumerate(found.keys) if same_form(key.removesuffix("'s")) in wanted), None)
        if at is not None:
            own = {at, at - 1, at + 1}
            return any(_named(found, index, text[start:end]) and not {index, index - 1} & own for index in range(at))
    return False


def _reach(insertion: Insertion) -> int:
    """From where an antecedent is looked for: "this" takes up what was just said, "they" what was said a little before."""
    start = insertion.near
    back = min((count for keys, count in _SENTENCES_BACK if insertion.explained & keys), default=0)
    ends = [match.end() for match in _SENTENCE.finditer(insertion.statement.document.text, start, insertion.at)]
    return ends[-back] if 0 < back <= len(ends) else start


def _of_speaker(insertion: Insertion, content: Sequence[str]) -> bool:
    """True when a name for "we" is of the speaker's side: no state or union that the page is not about ("we [the European Union]")."""
    language = insertion.statement.document.language
    named = places(" ".join(content), language)
    told = " ".join(about(insertion.statement))
    said = _SELF.findall(insertion.statement.document.text[insertion.near : insertion.at])
    return not named or bool(named & places(f"{told} {' '.join(said)}", language))


def nearest(
    insertion: Insertion, content: Sequence[str], rival: Callable[[Words, int, str], bool], *, own: bool = False
) -> bool:
    """True when nothing of the same sort (`rival`) stands nearer before the pronoun than what the insertion names.

    The pronoun's own sentence counts where it names whom the insertion names, and with `own` in any case.
    """
    text = insertion.statement.document.text
    wanted = {same_form(key.removesuffix("'s")) for key in content if key not in TITLES or len(content) == 1}
    ends = [match.end() for match in _SENTENCE.finditer(text, insertion.near, insertion.at)]
    edges = [insertion.near, *ends, insertion.at]
    for number in range(len(edges) - 1, 0, -1):
        piece = text[edges[number - 1] : edges[number]]
        found = words(piece)
        if wanted & {same_form(key) for key in found.keys}:
            return True
        looked_at = own or number < len(edges) - 1
        if looked_at and any(rival(found, index, piece) for index in range(len(found))):
            return False
    return True


def _named(found: Words, index: int, text: str) -> bool:
    """True for the second of two capitalised words in a row, or a capitalised word behind a title: a person's name."""
    if not index or not found.span(index).of(text)[0].isupper() or found.keys[index] in FUNCTION_WORDS:
        return False
    if index > 1 and found.keys[index - 1] in _PARTICLES and found.span(index - 2).of(text)[0].isupper():
        return True
    gap = text[found.ends[index - 1] : found.starts[index]]
    before = found.span(index - 1).of(text)
    return before[0].isupper() and found.keys[index - 1] not in FUNCTION_WORDS and gap.strip() in ("", ".")


def _person(found: Words, index: int, text: str) -> bool:
    """True for a person's name, and for "the President"."""
    first = index
    while first and found.span(first).of(text)[0].isupper():
        first -= 1
    if found.keys[first] == "the":  # no person's name has an article, "the New Year Tree" has one
        return first == index - 1 and found.keys[index] in TITLES
    return _named(found, index, text)


def capitalised(found: Words, index: int, text: str) -> bool:
    """True for a capitalised word that does not open its sentence."""
    return index > 0 and found.span(index).of(text)[0].isupper() and found.keys[index] not in FUNCTION_WORDS


def _names_before(insertion: Insertion) -> set[str]:
    """The capitalised words of the match's own sentence before the insertion."""
    text = insertion.statement.document.text
    start = max(text.rfind(mark, 0, insertion.at) for mark in (". ", "? ", "! ", "\n"))
    found = words(text[start + 1 : insertion.at])
    lead = text[start + 1 : insertion.at]
    return {
        key.removesuffix("'s")
        for index, key in enumerate(found.keys)
        if index and found.span(index).of(lead)[0].isupper() and key not in FUNCTION_WORDS
    }
