"""What a noun phrase names: a person, several, an institution, or nobody but those it describes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, repeat

from checker.extract.documents import MADE, PREPOSITIONS
from checker.extract.grammar import Range
from checker.extract.name_words import OFFICES, TITLES
from checker.extract.names import Name
from checker.extract.scene import Scene, possessive
from checker.extract.tokens import Tokens

DETERMINERS = frozenset("the a an this that these those his her its their our my".split())


def name_in(source: Range, scene: Scene) -> str | None:
    """The name in the phrase: a person's before an institution's, the head's before what follows a preposition."""
    tokens = scene.tokens
    names = [name for name in scene.roster.within(*source) if tokens.quoted[name.tokens[0]] < 0]
    if not names:
        return None
    if len(names) == 1 and names[0].tokens[1] > source[1]:  # a headline's capitals run on
        written = tokens.span(names[0].tokens[0], source[1]).of(tokens.text)
        # The name goes on behind what was marked: `Ann | Cole`, `Sen. | Ann Cole`.
        whole = names[0].full if names[0].person else written
        return scene.roster.by_last.get(tokens.keys[source[1] - 1], whole)
    relative = _before_who(names[-1], source, tokens)
    if relative:
        return names[-1].full
    names_owner = len(names) == 1 and names[0].tokens[1] == source[1] and names[0].person  # Mr. Cole’s claim that
    if names_owner and not _governed(names[0], source, tokens):
        return names[0].full
    people = [name for name in names if name.person and not possessive(name, tokens)]
    own = [name for name in people if not _governed(name, source, tokens)]
    if own and (len(own) == 1 or _together(own, tokens)):
        return _joined(own, tokens) + _company(own[-1], source, tokens)
    if own:
        return own[0].full
    heads = [name for name in names if not _governed(name, source, tokens) and not possessive(name, tokens)]
    if len(heads) > 1 and _together(heads, tokens):
        return _joined(heads, tokens)
    if not heads or (tokens.keys[heads[0].tokens[0] - 1] == "other" and heads[0].tokens[0] > source[0]):
        return None  # other Democrats
    return heads[0].full


def _before_who(name: Name, source: Range, tokens: Tokens) -> bool:
    """True for `the plan of Ann Cole, who`: plans say nothing, while `a spokesman for Ann Cole, who` does."""
    at = name.tokens[1]
    if not name.person or tokens.keys[at : at + 2] != (",", "who") or source[1] != at + 2:
        return False
    governor = next((n for n in range(source[0] + 1, name.tokens[0]) if tokens.keys[n] in PREPOSITIONS), None)
    return governor is not None and not _speaks(tokens.keys[governor - 1])


def _speaks(noun: str) -> bool:
    return (
        noun in TITLES or noun in OFFICES or noun.endswith(("er", "or", "man", "men", "son", "ist", "ant", "s", "ee"))
    )


def _together(names: Sequence[Name], tokens: Tokens) -> bool:
    """True for a list that `and` ends: with nothing but commas, offices and affiliations between its names."""
    gaps = [range(before.tokens[1], after.tokens[0]) for before, after in pairwise(names)]
    return all(map(_links, gaps, repeat(tokens))) and "and" in tokens.keys[gaps[-1].start : gaps[-1].start + 2]


def _links(gap: range, tokens: Tokens) -> bool:
    """True for what joins two names of a list: `,`, `and`, `and the 8th District’s`."""
    if not gap or tokens.keys[gap[0]] not in (",", "and"):
        return False
    rest = [n for n in gap if tokens.keys[n] not in (",", "and", "the")]
    return not rest or tokens.keys[rest[-1]].endswith(("'s", "s'")) or all(tokens.keys[n] in TITLES for n in rest)


def _joined(names: Sequence[Name], tokens: Tokens) -> str:
    """A list as the article has it, each name in full."""
    pieces = [names[0].full]
    for before, after in pairwise(names):
        pieces += [tokens.text[tokens.ends[before.tokens[1] - 1] : tokens.starts[after.tokens[0]]], after.full]
    return "".join(pieces)


def _company(last: Name, source: Range, tokens: Tokens) -> str:
    """The rest of `Cole and his aides`; none where nobody else is said to speak."""
    at = last.tokens[1] + (tokens.keys[last.tokens[1] : last.tokens[1] + 1] == (",",))
    if at + 1 >= source[1] or tokens.keys[at] != "and" or tokens.keys[at + 1] not in _OTHERS:
        return ""
    end = next((n for n in range(at, source[1]) if tokens.keys[n] in (",", "who", "which")), source[1])
    return tokens.text[tokens.ends[last.tokens[1] - 1] : tokens.ends[end - 1]]


_OTHERS = frozenset("other others his her their several some many two three".split())


def _governed(name: Name, source: Range, tokens: Tokens) -> bool:
    """True for a name that only tells more about the head: `a spokesman for the Clinton campaign`."""
    lower = [n for n in range(source[0], name.tokens[0]) if not tokens.capital(n) and tokens.keys[n] not in DETERMINERS]
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
    if tokens.keys[first] in _RESORTS and tokens.keys[before] == "of" and before > source[0]:
        return tokens.capital(before - 1)  # Secretary of State Ann Cole
    while before >= source[0] and (tokens.keys[before] in TITLES or tokens.keys[before].endswith(("'s", "s'"))):
        before -= 1  # led by the network’s Ann Cole
    if before < source[0]:
        return True
    skipped = sum(map(tokens.word, range(first, name.tokens[1]))) > len(name.words) + len(name.titles)
    return skipped or tokens.keys[before] in (",", "—", "–") or tokens.keys[before] not in _BEFORE_NAME


_RESORTS = TITLES & frozenset("state defense defence energy treasury finance interior justice".split())
_BEFORE_NAME = PREPOSITIONS | DETERMINERS | {"and", "or", "former", "current"}


def _trails(tokens: Tokens, first: int, number: int) -> bool:
    """True for a last word that is no part of a description: a comma, `who`, the participle of a report that …"""
    word = tokens.keys[number]
    if word == "who" and number == first + 1 and tokens.keys[first] in ("those", "many", "some", "people"):
        return False
    return not tokens.word(number) or word in ("who", "which", "that", "however", "meanwhile") or word in MADE


def _added(tokens: Tokens, number: int, last: int) -> bool:
    """True for the comma of `the group, funded by donors`: what follows it says more of the source and names nobody else."""
    if tokens.keys[number] != "," or number + 2 >= last:
        return False
    following, then = tokens.keys[number + 1 : number + 3]
    return following.endswith(("ed", "en")) and not tokens.capital(number + 1) and then in PREPOSITIONS


def description(source: Range, tokens: Tokens) -> str:
    """An unnamed source as the article describes it, without the article before it and what is only added about it."""
    first, last = source
    last = next((number for number in range(first + 1, last) if _added(tokens, number, last)), last)
    while last > first + 1 and _trails(tokens, first, last - 1):
        last -= 1
    if last - first > 1 and tokens.keys[first] == "even":
        first += 1
    if last - first > 1 and tokens.keys[first] in ("the", "a", "an"):
        first += 1
    words = tokens.span(first, last).of(tokens.text)
    return words[:-2] if words.endswith(("'s", "’s")) else words  # the ministry’s statement that …
