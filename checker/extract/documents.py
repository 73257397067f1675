"""Who is behind a document: `that statement` is whose who issued it."""

from __future__ import annotations

from checker.extract.grammar import Range
from checker.extract.scene import MEMORY, Scene
from checker.extract.tokens import SAID, Tokens, sentence_at

STATEMENTS = frozenset(
    """statement statements release read-out readout letter memo communique communiqué document message post
    tweet email e-mail declaration note filing lawsuit complaint brief""".split()
)
RESEARCH = frozenset(
    """poll polls polling survey surveys study studies report reports paper analysis data records figures article average
    research findings""".split()
)
DOCUMENTS = STATEMENTS | RESEARCH
_ISSUING = frozenset(
    """issued issuing released releasing published put sent wrote posted distributed provided
    offered tweeted delivered filed conducted commissioned sponsored""".split()
)
MADE = frozenset(
    """conducted compiled published released issued posted obtained commissioned done taken prepared produced provided
    reviewed out put made sent""".split()
)
"""Participles between a document and who made it: they are no part of its name."""
_BY = frozenset(["by", "from", "of"])
PREPOSITIONS = frozenset(
    "of for in at from to with on by who which that including like such against about between over among regarding".split()
)


def is_document(source: Range, tokens: Tokens) -> bool:
    """True when the phrase's head is a document: `that statement`, `a statement put out by …`."""
    for number in range(source[0], min(source[1], source[0] + 4)):
        if tokens.keys[number] in PREPOSITIONS and number > source[0]:
            return False
        if tokens.keys[number] in DOCUMENTS:
            return tokens.keys[number] != "post" or not tokens.capital(number)  # The Washington Post
    return False


_KNOWN = frozenset("the this that these those its his her their it both".split())
_FRESH = frozenset("new recent latest another other separate previous earlier".split())
_NEAR = 8
"""So many tokens may stand between `issued` and what is issued."""
_MADE_FIRST = frozenset((word,) for word in MADE)


def issuer(source: Range, scene: Scene) -> str | None:
    """Who put a document out: named in the phrase, or in the last sentence before that speaks of one."""
    tokens = scene.tokens
    for number in range(source[0], source[1]):
        if tokens.keys[number] in _BY:
            names = scene.roster.within(number, source[1])
            if names:
                return names[0].full
    fresh = _FRESH & set(tokens.keys[source[0] : source[1]])
    if (tokens.keys[source[0]] not in _KNOWN or fresh) and source[1] - source[0] > 1:
        return None  # a new poll is not the one before
    head = next((tokens.keys[n] for n in range(*source) if tokens.keys[n] in DOCUMENTS), "")
    family = RESEARCH if head in RESEARCH else STATEMENTS
    for number in range(source[0] - 1, max(-1, source[0] - MEMORY), -1):
        if tokens.keys[number] not in family or tokens.quoted[number] >= 0:
            continue
        name = _issued(number, scene)
        if name:
            return name
    return None


def _issued(document: int, scene: Scene) -> str | None:
    """Who issued the document that stands at that token."""
    tokens = scene.tokens
    limit = min(document + 9, len(tokens.keys))
    for number in range(document + 1, limit):
        if tokens.keys[number] in ("by", "from"):
            names = scene.roster.within(number, number + 5)
            if names:
                return names[0].full
        if tokens.keys[number] in (".", "of") or (
            tokens.keys[number] == "," and tokens.keys[number + 1 : number + 2] not in _MADE_FIRST
        ):
            break
    sentence = tokens.sentences[sentence_at(tokens, document)]
    near = max(sentence.first, document - _NEAR)
    issuing = next((n for n in range(near, document) if tokens.keys[n] in _ISSUING), None)
    if issuing is not None:
        # The Times said that Cole issued a statement: hers, and not the newspaper's.
        reported = next((n for n in range(issuing - 1, sentence.first, -1) if tokens.keys[n] in SAID), sentence.first)
        names = scene.roster.within(reported, document)
        if names:
            return names[0].full
    if tokens.keys[document - 1].endswith("'s"):
        names = scene.roster.within(max(0, document - 5), document)
        if names:
            return names[-1].full
    return None
