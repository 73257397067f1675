"""Where cues stand: a word of the table used as a verb, with its auxiliaries, and not as a noun or a passive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from checker.extract.tokens import SAID, Sentence, Tokens
from checker.extract.verbs import NOUNS, STRONG, VERBS, Form, Kind, Verb

_NOUN_LIKE = frozenset(
    """attack question state rule remark view call claim report show plan offer order demand tweet text promise estimate
    support hope fear doubt charge request voice signal mock blog message answer see bark crow cry laugh sigh thunder
    reply urge slam blast brand""".split()
)
"""Verbs whose forms in -s are more often nouns."""
_NO_PARTICIPLE = frozenset("support show see find think understand express highlight".split())
_ALWAYS_VERBS = frozenset("say believe think argue insist tell know want".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in place: its tokens, with the auxiliaries before the verb, and the verb's number."""

    first: int
    last: int
    verb: int
    lemma: str
    kinds: frozenset[Kind]
    form: Form

    def may(self, kind: Kind) -> bool:
        """True when the cue takes what that kind takes."""
        return kind in self.kinds

    @property
    def strong(self) -> bool:
        """True for words of speech, false for an attitude, a wish or a noun."""
        return bool(self.kinds & STRONG)


AUXILIARIES = frozenset(
    """is are was were be been being am has have had having do does did will would can could may might must shall should
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't cannot couldn't
    shouldn't 'd 'll 've""".split()
)
_PASSIVE = frozenset("is are was were be been being am isn't aren't wasn't weren't get got gets".split())
_BETWEEN = 9
"""So many words may stand between such a noun and its clause."""
ADVERBS = frozenset(
    """also later then once again even just now not never ever always often already still reportedly repeatedly
    recently previously famously further instead simply only long first later soon thus therefore too earlier publicly
    apparently since both all currently meanwhile nevertheless nonetheless today yesterday all""".split()
)
_NOUN_BEFORE = frozenset(
    """the a an this these those his her its their my our your no any of in on for with by from about at other such
    each every another new old public press news recent previous own three more""".split()
)


def adverb(word: str) -> bool:
    """True for a word that may stand between an auxiliary and its verb."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in _NOUNS_IN_LY)


_NOUNS_IN_LY = frozenset(
    """family only reply tally rally ally bully assembly supply monopoly anomaly folly butterfly daily weekly monthly
    quarterly elderly""".split()
)


def cues(tokens: Tokens, sentence: Sentence) -> tuple[Cue, ...]:
    """All cues of a sentence that stand outside quotation marks, in order."""
    found: list[Cue] = []
    for number in range(sentence.first, sentence.last):
        if tokens.quoted[number] >= 0:
            continue
        word = tokens.keys[number]
        cue = None
        if word in ("according", "по"):
            cue = _according(tokens, number, sentence)
        elif word in NOUNS and (noun := _noun(tokens, number, sentence)) is not None:
            cue = noun
        elif word in VERBS:
            cue = _verb(tokens, number, sentence)
        if cue is not None:
            found.append(cue)
    return tuple(found)


def _according(tokens: Tokens, number: int, sentence: Sentence) -> Cue | None:
    """`according to` and its Russian fellows `по словам`, `по мнению`, `по данным`."""
    if number + 1 < sentence.last and tokens.keys[number + 1] == "to":
        return Cue(number, number + 2, number, "according", frozenset(["according"]), "none")
    if tokens.keys[number] == "по" and tokens.keys[number + 1 : number + 2] in (("словам",), ("мнению",), ("данным",)):
        return Cue(number, number + 2, number, "according", frozenset(["according"]), "none")
    return None


def _noun(tokens: Tokens, number: int, sentence: Sentence) -> Cue | None:
    """A noun whose clause begins with `that`, at once or behind its author."""
    if number == sentence.first and not tokens.keys[number].endswith("s"):
        return None
    for at in range(number + 1, min(sentence.last, number + _BETWEEN)):
        word = tokens.keys[at]
        if tokens.quoted[at] >= 0 or not tokens.word(at):
            return None
        if word == "that":
            return Cue(number, number + 1, number, tokens.keys[number], frozenset(["noun"]), "none")
        if at == number + 1 and word not in ("by", "from", "made", "of"):
            return None
        if word in AUXILIARIES or word in ("which", "who"):
            return None
    return None


def _verb(tokens: Tokens, number: int, sentence: Sentence) -> Cue | None:
    """The cue whose verb that token is; None where the word is a noun, an adjective or a passive."""
    verb = VERBS[tokens.keys[number]]
    first = number
    while first > sentence.first and tokens.quoted[first - 1] < 0 and _before_verb(tokens.keys[first - 1]):
        first -= 1
    if not _is_verb(verb, tokens, first, number, sentence):
        return None
    while first < number and adverb(tokens.keys[first]) and tokens.keys[first] != "also":
        first += 1
    last = _with_particle(verb, tokens, number, sentence)
    return None if last is None else Cue(first, last, number, verb.lemma, verb.kinds, verb.form)


def _with_particle(verb: Verb, tokens: Tokens, number: int, sentence: Sentence) -> int | None:
    """Where the cue ends, with `out` or `for` where the verb needs it; None where that is missing."""
    last = number + 1
    needed = _PARTICLES.get(verb.lemma)
    if needed is None:
        return last
    if last < sentence.last and tokens.keys[last] in needed:
        return last + 1
    return last if verb.lemma == "call" else None


_PARTICLES = MappingProxyType(
    {
        "point": frozenset(["out", "to"]),
        "call": frozenset(["for", "on", "of", "about", "against", "to"]),
        "refer": frozenset(["to"]),
        "speak": frozenset(["of", "about", "against"]),
        "talk": frozenset(["of", "about"]),
        "rail": frozenset(["about", "against"]),
    }
)


def _before_verb(word: str) -> bool:
    return word in AUXILIARIES or adverb(word) or word == "to"


def _is_verb(verb: Verb, tokens: Tokens, first: int, number: int, sentence: Sentence) -> bool:
    """True when the word is used as a verb in the active voice; its auxiliaries begin at `first`."""
    before = tokens.keys[number - 1] if number > sentence.first else ""
    if tokens.capital(number) and number > sentence.first and verb.lemma in _NOUN_LIKE and verb.form != "past":
        return False  # the United States
    if before in _NOUN_BEFORE:
        return False
    if before.endswith(("'s", "s'")) and verb.form in ("base", "present") and before not in ("it's", "that's"):
        return False
    helpers = [word for word in tokens.keys[first:number] if word in AUXILIARIES or word == "to"]
    following = tokens.keys[number + 1] if number + 1 < sentence.last else ""
    clause = "that" in tokens.keys[number + 1 : min(sentence.last, number + _BETWEEN + 3)]
    if helpers and not _helped(verb, helpers, following, clause=clause):
        return False
    if verb.form == "ing":
        return verb.strong or verb.lemma == "quote" or (before in (",", "as") and verb.lemma not in _NO_PARTICIPLE)
    return bool(helpers) or _finite(verb, tokens, number, sentence)


def _helped(verb: Verb, helpers: Sequence[str], following: str, *, clause: bool) -> bool:
    """True when the auxiliaries make an active verb; of the passives `was quoted as saying` and `was told by X that`."""
    if verb.form in ("past", "participle") and any(word in _PASSIVE for word in helpers):
        if verb.lemma == "quote":
            return following in ("as", "by")
        return following == "by" and verb.strong and clause
    return "to" not in helpers and verb.form != "present"


def _finite(verb: Verb, tokens: Tokens, number: int, sentence: Sentence) -> bool:
    """True when a form without auxiliaries can be the verb of its clause."""
    before = tokens.keys[number - 1] if number > sentence.first else ""
    following = tokens.keys[number + 1] if number + 1 < sentence.last else ""
    if verb.form == "participle":
        return False
    if verb.lemma == "ask" and before == "," and following in _ASKED_ABOUT:
        return not any(tokens.keys[n] in SAID and tokens.quoted[n] < 0 for n in range(number + 1, sentence.last))
    if verb.form == "base" and verb.lemma in _ALWAYS_VERBS:
        return bool(before) and before not in _NO_SUBJECT
    if verb.form == "base":
        return _plural_subject(_past_adverbs(tokens, number, sentence)) and following != "of"
    if verb.form == "present" and verb.lemma in _NOUN_LIKE:
        return (number > sentence.first and tokens.capital(number - 1)) or before in _SINGULAR_SUBJECTS
    return not (verb.form == "past" and following == "by")


def _past_adverbs(tokens: Tokens, number: int, sentence: Sentence) -> str:
    """The word before a verb and its adverbs: `sailors` in `sailors still question`."""
    before = number - 1
    while before > sentence.first and tokens.keys[before] in _STILL and tokens.quoted[before] < 0:
        before -= 1
    return tokens.keys[before] if before >= sentence.first else ""


_STILL = ADVERBS - {"all", "both", "just", "only", "since", "once", "first", "long"}
_ASKED_ABOUT = frozenset("about whether if by why how what at in on to for".split())
"""`Cole, asked about it, said …`: who is asked, and not who asks."""
_SINGULAR_SUBJECTS = frozenset("he she it who which that , poll survey report study".split())
_NO_SUBJECT = frozenset("let let's as for in of with by he she it not and or if please i'd you'd we'd they'd".split())


def _plural_subject(before: str) -> bool:
    """True for a word after which a verb's base form is its plural present."""
    if before in (
        "i",
        "we",
        "they",
        "you",
        "who",
        "people",
        "some",
        "many",
        "others",
        "most",
        "men",
        "women",
        "police",
    ):
        return True
    return len(before) > 3 and before.endswith("s") and not before.endswith(("ss", "us", "'s"))
