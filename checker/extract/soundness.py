"""What can speak: a source that is a day, a dateline, a party tag, an adverb or a clause is cut to its subject or passed over.

Rules and network mark words beside a cue, and what stands there need not be anybody. What cannot speak is exchanged for the
next that the sentence offers: whom a relative clause tells of, what the grammar has before the cue, the sentence's subject.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.cues import AUXILIARIES, adverb
from checker.extract.datelines import past_dateline
from checker.extract.grammar import (
    BORDER_MARKS,
    DAYS,
    JOINTS,
    LEADING,
    PARTY_TAG,
    PAST,
    PRONOUNS,
    QUANTITIES,
    Range,
    plural,
    verbal,
)
from checker.extract.name_words import NO_NAME
from checker.extract.noun_phrases import measures, phrase_before
from checker.extract.phrases import DETERMINERS
from checker.extract.statement import Statement
from checker.extract.subjects import subject
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS
from checker.lexicon import MONTHS

_WHO = frozenset(["who", "which", "that"])
_PREPOSITIONS = LEADING - frozenset("last this earlier about over under around".split())
_ABOUT = _PREPOSITIONS | frozenset(
    "including like unlike such across against between near onto toward towards upon via".split()
)
_WHERE = frozenset("in at near outside inside into across".split())
_STANDS_ALONE = PRONOUNS | frozenset(
    "him her them his their all few several none others those these each either neither two three four five many some".split()
)
_TRAILING = frozenset(
    "in on at of to for with by from and or but as late later early earlier however meanwhile".split()
)


def sound(statement: Statement, tokens: Tokens) -> Range | None:
    """The words of the statement's source, or of its sentence, that can name who speaks; None where none can."""
    if statement.source is None:
        return None
    own = _bare(statement.source, statement, tokens)
    for one in (statement.source, *_others(statement.source, statement, tokens)):
        bare = own if one == statement.source else _bare(one, statement, tokens)
        if bare is not None and can_speak(bare, statement, tokens):
            return bare
    return None


def can_speak(source: Range, statement: Statement, tokens: Tokens) -> bool:
    """False for words that name nobody: `Friday`, `D-Ohio`, `shortly`, `the`, `came to Ellan`, `in a statement`."""
    first, last = source
    key = tokens.keys[first]
    words = [n for n in range(first, last) if tokens.word(n)]
    named = [n for n in words if tokens.keys[n] not in ("the", "a", "an")]
    if not named or all(_dates(tokens, n) for n in named) or PARTY_TAG.fullmatch(tokens.raw[named[0]]):
        return False
    if statement.cue is not None and tokens.quoted[statement.cue[0]] < 0 and all(tokens.quoted[n] >= 0 for n in words):
        return False  # on “The View,” remarking …
    if len(named) == 1:
        return _one_word(named[0], tokens) and not _within(first, tokens)
    if (
        first > 0
        and tokens.keys[first - 1] == "who"
        and not tokens.capital(first)
        and key not in PRONOUNS | DETERMINERS
    ):
        return False  # those who | back her rivals
    if key in _ABOUT and not measures(tokens, first, last) and not _adjective(first, tokens):
        return tokens.capital(first) and first != statement.sentence.first  # In ’t Ade
    return not _clause(first, tokens)


def _adjective(first: int, tokens: Tokens) -> bool:
    """True for `Outside experts`, not for `Outside the harbour`."""
    return tokens.keys[first] in ("outside", "inside") and plural(tokens.keys[first + 1])


def _dates(tokens: Tokens, number: int) -> bool:
    key = tokens.keys[number].rstrip(".")
    shouted = tokens.raw[number].isupper() and len(key) > 1  # USA TODAY
    return (key in DAYS and not shouted) or (key in MONTHS and tokens.capital(number))


def _one_word(number: int, tokens: Tokens) -> bool:
    key = tokens.keys[number].split("'")[0]
    if key in _STANDS_ALONE or key.isdigit():
        return True
    acts = VERBS.get(key)
    deed = verbal(tokens, number) or (acts is not None and acts.form in ("past", "ing") and not tokens.capital(number))
    small = key in NO_NAME or key in AUXILIARIES or key in JOINTS or key in LEADING
    return not (deed or small or (adverb(key) and not _written_as_name(number, tokens)))


def _written_as_name(number: int, tokens: Tokens) -> bool:
    """True for a capital that no beginning of a sentence explains, here or elsewhere: Kelly, and not Shortly."""
    key, openings = tokens.keys[number], {sentence.first for sentence in tokens.sentences}
    return any(word == key and tokens.capital(n) and n not in openings for n, word in enumerate(tokens.keys))


def _within(first: int, tokens: Tokens) -> bool:
    """True for the place in `in Ellan`: what stands behind such a preposition does not speak."""
    owner = tokens.keys[first].endswith(("'s", "s'"))  # in Cole’s view
    return first > 0 and tokens.keys[first - 1] in _WHERE and tokens.capital(first) and not owner


def _clause(first: int, tokens: Tokens) -> bool:
    """True for `came to Ellan …` and `Citing the vote …`: a verb with what belongs to it."""
    key, following = tokens.keys[first], tokens.keys[first + 1]
    goes_on = following in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "to",
        "with",
        "at",
        "in",
        "on",
        "by",
        "last",
    )
    acts = VERBS.get(key)
    if key.endswith("ing") and acts is not None and acts.form == "ing":
        return True
    return (goes_on or adverb(following)) and (verbal(tokens, first) or key.endswith("ing"))


def _bare(source: Range, statement: Statement, tokens: Tokens) -> Range | None:
    """The source without an opening before it, its clause's verb and what trails behind."""
    first, last = source
    first = past_dateline(tokens, first, last)
    while first < last and (
        not tokens.word(first) or tokens.keys[first] in ("and", "but", "so", "then", "yet", "still")
    ):
        first += 1
    if first < last and tokens.keys[first] in ("who", "which"):
        return first, first + 1
    if first + 1 < last and tokens.keys[first] == "that" and plural(tokens.keys[first + 1]):
        first += 1  # a firm that | sailors say …
    if first < last and tokens.keys[first] in _ABOUT:
        first = _past_opening(first, last, statement, tokens)
    verb = next((n for n in range(first + 1, last) if _finite(first, n, tokens)), last)
    if verb < last - 1 and tokens.keys[last - 1] in _WHO:  # Cole met Ade, who
        first = _past_preposition(verb + 1, last, tokens)
    else:
        last = verb
    while last > first + 1 and _trails(tokens, last - 1):
        last -= 1
    return (first, last) if first < last else None


def _past_opening(first: int, last: int, statement: Statement, tokens: Tokens) -> int:
    """Where the source begins behind `In a letter | Cole`, `On May 2 | Cole`, `With | the council`; `Both` before `of them`."""
    if (
        tokens.keys[first] == "of"
        and first > statement.sentence.first
        and tokens.keys[first - 1] in _STANDS_ALONE | {"half"}
    ):
        return first - 1
    beside = statement.cue is not None and _beside(last, statement.cue[0], tokens)
    if tokens.keys[first] == "including" or (beside and tokens.keys[first] in _CLAUSE_OPENERS):
        return first + 1
    # In retirement she said, On page 4 the senator said, In a letter four sailors said
    opens = [n for n in range(first + 2, last) if tokens.keys[n] in _OPENS_PHRASE and _noun(n - 1, tokens)]
    if beside and opens:
        return opens[-1]
    name = last
    while name > first and tokens.word(name - 1) and tokens.capital(name - 1):
        name -= 1
    before = name - 1 - (tokens.keys[name - 1] == "the")
    if name == last or before <= first:
        return first
    if _dates(tokens, before) or tokens.keys[before].isdigit():
        return before + 1
    noun = beside and before == name - 1 and tokens.keys[before] not in _ABOUT | DETERMINERS | {"of", "and", "or"}
    return name if noun and not tokens.keys[before].endswith(("'s", "s'")) else first


_OPENS_PHRASE = DETERMINERS | PRONOUNS | QUANTITIES


def _noun(number: int, tokens: Tokens) -> bool:
    """True for a word behind which a new phrase can begin: no preposition, no other determiner, nothing that joins."""
    key = tokens.keys[number]
    return tokens.word(number) and key not in _ABOUT | _OPENS_PHRASE | {"of", "and", "or", "than", "but"}


_CLAUSE_OPENERS = frozenset("with as while when although though if since because after before until once".split())


def _beside(last: int, cue: int, tokens: Tokens) -> bool:
    """True where nothing but adverbs stands between a source and the cue behind it."""
    return last <= cue and all(adverb(tokens.keys[n]) for n in range(last, cue))


def _past_preposition(first: int, last: int, tokens: Tokens) -> int:
    """Behind the last preposition where one comes first: `lined up with | Ade, who`; else where it was."""
    while first < last - 1 and tokens.keys[first] in ("up", "out", "off", "down"):
        first += 1
    if tokens.keys[first] not in _ABOUT:
        return first
    return max(n for n in range(first, last) if tokens.keys[n] in _ABOUT or tokens.keys[n] in ("by", "of")) + 1


def _finite(first: int, number: int, tokens: Tokens) -> bool:
    """True for the verb in `his campaign sent out a message`; those of `people who came` belong to the phrase."""
    before = tokens.keys[first:number]
    if tokens.quoted[number] >= 0 or _WHO & set(before) or "," in before or tokens.capital(number):
        return False
    key = tokens.keys[number]
    following = tokens.keys[number + 1] if number + 1 < len(tokens.keys) else ""
    if key in AUXILIARIES:
        return not key.startswith("'") and key not in ("can", "may", "might", "will")
    keeps = key.endswith("s") and key not in _ABOUT and following in ("a", "an", "his", "her", "their", "its")
    if keeps and tokens.word(number - 1):
        return key not in ("as", "plus", "versus", "besides", "perhaps") and not adverb(key)  # the firm keeps its books
    if not verbal(tokens, number) or not tokens.word(number - 1) or verbal(tokens, first):
        return False
    if "by" in tokens.keys[number + 1 : number + 3]:
        return False  # a memo put out by the council
    return (
        following in ("a", "an", "the", "his", "her", "their", "its", "out", "up", "off", "back")
        or (following.endswith("ly") and adverb(following))
        or (key in _NEVER_PARTICIPLES and following not in ("by", ""))
    )


_NEVER_PARTICIPLES = PAST & frozenset(
    "came went took gave ran began drew drove flew grew rode rose sang shook threw woke".split()
)


def _trails(tokens: Tokens, number: int) -> bool:
    key = tokens.keys[number]
    if not tokens.word(number):
        return tokens.quoted[number] < 0 and key in BORDER_MARKS - {")", "]"}
    if tokens.capital(number):
        return _dates(tokens, number)
    return key in _TRAILING or (adverb(key) and len(key) > 3)


def _others(source: Range, statement: Statement, tokens: Tokens) -> Iterator[Range]:
    """What else may speak, likeliest first."""
    if tokens.keys[source[1] - 1] in _WHO:
        behind = [n for n in range(*source) if tokens.keys[n] in _ABOUT or tokens.keys[n] in ("by", "of")]
        start = behind[-1] + 1 if behind else source[0]
        yield start + (verbal(tokens, start) or tokens.keys[start].endswith("ing")), source[1]
    who = _relative(source[0], tokens)
    if who is not None:
        comma = tokens.keys[who - 1] == ","
        phrase = phrase_before(tokens, who - comma, statement.sentence.first)
        if phrase is not None:
            yield phrase if comma else (phrase[0], source[1])
    cue = statement.cue
    if cue is None:
        return
    party = PARTY_TAG.fullmatch(tokens.raw[source[0]])
    if party and source[0] > statement.sentence.first and tokens.keys[source[0] - 1] in (",", "("):
        phrase = phrase_before(tokens, source[0] - 1, statement.sentence.first)
        if phrase is not None:
            yield phrase
    if source[0] >= cue[1]:
        return
    comma_behind = next((n for n in range(source[1], cue[0]) if tokens.keys[n] == ","), None)
    if comma_behind is not None:
        phrase = phrase_before(tokens, cue[0], comma_behind + 1)
        if phrase is not None:
            yield phrase
    main = subject(tokens, statement.sentence, cue[0])
    if main is not None:
        yield main


def _relative(first: int, tokens: Tokens) -> int | None:
    """The `who` whose clause the source is a piece of: `sailors who have | worked with Cole | say`."""
    if tokens.keys[first] in ("who", "which"):
        return first if first > 0 else None
    at = first
    while at > 0 and first - at < _LONGEST_RELATIVE and tokens.word(at - 1) and tokens.quoted[at - 1] < 0:
        at -= 1
        if tokens.keys[at] in ("who", "which"):
            return at if at > 0 else None
    return None


_LONGEST_RELATIVE = 6
"""So many words back `who` may stand."""
