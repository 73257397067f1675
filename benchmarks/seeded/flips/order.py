"""Two parts of a sentence exchanged, so that somebody else does it to somebody else."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.seeded.edits import Edits, is_alone, like_case
from benchmarks.seeded.flips.content import OTHER_CONTENT
from benchmarks.seeded.flips.names import NOT_A_NAME, sort_of
from benchmarks.seeded.flips.negation import SUBJECTS
from benchmarks.seeded.flips.numbers import FIGURE

PRONOUNS = {"i": "me", "we": "us", "you": "you", "they": "them"}
ROLES = re.compile(
    r"\b(I|[Ww]e|[Yy]ou|[Tt]hey) ((?!am\b|are\b|were\b|was\b)[a-z]+(?: [a-z]+){0,4}?) (me|us|you|them)\b"
    r"(?=[,.;]| (?:for|to|with|about|on|in|at|from|this|again|very)\b)"
)
FROM_TO = re.compile(r"\bfrom ((?:\$)?\d[\d.,]*|[A-Z]\w+|[a-z]+) to ((?:\$)?\d[\d.,]*\d|\d|[A-Z]\w+|[a-z]+)(?=[\s,.;])")
NOT_BUT = re.compile(
    r"\bnot (in|for|to|by|with|on|about|a|an|the|from|as|of) ((?:[a-z]+ ){0,2}[a-z]+),? "
    r"but \1 ((?:[a-z]+ ){0,2}[a-z]+)(?=[,.;])"
)
ROLE_NOUNS = """government president company companies region regions country countries people state society economy
    industry business businesses market markets parliament army world nation party parties team university universities
    school schools city cities minister ministers law agency citizens leaders leader authorities organisation court
    system programme project projects problem issue crisis conflict future history work results development growth
    culture science education security energy families dead heroes""".split()
OF_THE = re.compile(rf"\bthe ({'|'.join(ROLE_NOUNS)}) of (?:the |our |this )({'|'.join(ROLE_NOUNS)})(?=[\s,.;])")
CLAUSES = re.compile(
    r"\b(I|[Ww]e|[Yy]ou|[Tt]hey) ((?:all |also |really )?(?:hope|think|believe|know|see|understand|understood|said|"
    r"thought|promised|agreed|feel)(?: that)?) (I|we|you|they) (?!am\b|are\b|were\b|was\b)(?=[a-z])"
)
POSSESSIVES = re.compile(r"\b(our|your|their|my)\b")
LOOSE_ENDS = (
    "time day year month week now one start beginning start this that the a an our its my all here there what".split()
)


def role_swaps(text: str) -> Iterator[Edits]:
    """'We will help them' becomes 'They will help us'."""
    for found in ROLES.finditer(text):
        subject, verb, thing = found.groups()
        back = {"me": "I", "us": "we", "you": "you", "them": "they"}[thing]
        if PRONOUNS[subject.casefold()] == thing or re.search(rf"\b(?:{'|'.join(SUBJECTS)}|let|to|and|but)\b", verb):
            continue
        if re.match(r"(?:know|see|think|mean|hope|believe|said)\b", verb) and " " in verb:
            continue
        yield ((*found.span(1), like_case(back, subject) if back != "I" and found.start() == 0 else back),
               (*found.span(3), PRONOUNS[subject.casefold()]))  # fmt: skip


def clause_swaps(text: str) -> Iterator[Edits]:
    """'I hope you will come' becomes 'You hope I will come'."""
    for found in CLAUSES.finditer(text):
        subject, other = found.group(1), found.group(3)
        back = subject if subject == "I" else subject.casefold()
        if back != other:
            yield ((*found.span(1), like_case(other, subject) if found.start() == 0 else other), (*found.span(3), back))


def swapped(found: re.Match[str], one: int, other: int) -> Edits:
    return ((*found.span(one), found.group(other)), (*found.span(other), found.group(one)))


def pattern_swaps(text: str) -> Iterator[Edits]:
    for pattern, one, other in ((FROM_TO, 1, 2), (NOT_BUT, 2, 3), (OF_THE, 1, 2)):
        for found in pattern.finditer(text):
            head, tail = found.group(one), found.group(other)
            if (
                head != tail
                and head not in LOOSE_ENDS
                and tail not in LOOSE_ENDS
                and head[0].isdigit() == tail[0].isdigit()
            ):
                yield swapped(found, one, other)


def word_swaps(text: str) -> Iterator[Edits]:
    """Two opposites, or two possessives, with different parts in the sentence."""
    words = list(re.finditer(r"\b[a-z]+\b", text))
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            opposites = OTHER_CONTENT.get(one.group()) == other.group()
            possessives = one.group() != other.group() and all(POSSESSIVES.fullmatch(w.group()) for w in (one, other))
            alone = all(is_alone(text, *found.span()) for found in (one, other))
            if (opposites or possessives) and alone and not is_list(text[one.end() : other.start()]):
                yield ((*one.span(), other.group()), (*other.span(), one.group()))


def is_list(between: str) -> bool:
    """Two names that are only counted up, so that their order says nothing."""
    return not re.search(r"[a-z]{3,}", re.sub(r"\b(?:and|the|of|with|as|well|between|both|or)\b", "", between))


def figure_sort(figure: str) -> str:
    return "year" if re.fullmatch(r"(?:19|20)\d\d", figure) else "figure"


def name_swaps(text: str) -> Iterator[Edits]:
    """Two names of one sort, or two figures, which play different parts, change places."""
    places = [
        (m.start(), m.end(), m.group(), sort_of(text, m.start(), m.group())) for m in re.finditer(r"\b[A-Z]\w+", text)
    ]
    places += [(m.start(), m.end(), m.group(), figure_sort(m.group())) for m in FIGURE.finditer(text)]
    places.sort()
    named = [place for place in places if place[3] and is_alone(text, place[0], place[1])]
    for (start, end, word, sort), (start2, end2, word2, sort2) in pairwise(named):
        once = text.count(word) == text.count(word2) == 1
        if sort == sort2 and word != word2 and once and not is_list(text[end:start2]) and not NOT_A_NAME.search(text):
            yield ((start, end, word2), (start2, end2, word))


def order_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    yield from role_swaps(text)
    yield from clause_swaps(text)
    yield from word_swaps(text)
    yield from pattern_swaps(text)
    yield from name_swaps(text)
