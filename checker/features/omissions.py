"""What a marked omission may not leave out: what governs, limits, weakens or completes the words that stay."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from checker.features.assertion import asserts, predicates
from checker.features.phrases import LIMITS, PREPOSITIONS, TURN
from checker.lexicon import NEGATIONS
from checker.types import Alignment
from corpus.text import FUNCTION_WORDS, QUOTATION_MARKS, words
from corpus.types import Span

_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?]+[”\"’»)]*(?=\s|\Z)")
_CLOSED = (",", ":", ";", "—", "–")
"""Behind one of these an introduction ends, and what follows has its own subject."""

_HANGING = frozenset(
    """
    a an the to of for with by from in on at into against between about my your his her its our their this that these those
    as be is are was were been being have has had will would can could may might must shall should not and or
    в на с к о у из от до по за для и или не
    """.split()
)
"""Words that want another one behind them."""

_CLAUSE = re.compile(r"[,;:—–]|\s-{1,2}\s|\b(?:and|but|or|и|а|но|или)\b")
"""Where a clause may begin: what follows the last of these in a dropped stretch belongs to the words behind it."""

_COUNTER = re.compile(
    r"\b(?:counteracting|countering|combating|combatting|preventing|prevention of|fight(?:ing)? against|struggle against"
    r"|противодейств\w+|борьб\w+|предотвращени\w+|пресечени\w+)\b",
    re.IGNORECASE,
)
"""What turns its object into the contrary: without it the object is what is meant."""

_QUANTIFYING = frozenset("no any every neither each никакой никакого нет".split())
_SUBJECTS = frozenset("it he she they we i who which он она они мы я".split())
"""What is dropped up to one of these took the subject of the next words along."""
_FIRST = frozenset("i we".split())
_BEGUN = 6
"""Words before a dash that a speaker took back ("I do not believe that [-- I think] this helps")."""
_DEGREES = frozenset("so very too always all entirely quite enough again yet only".split())
_TAKE_TO = frozenset("like wish want hope need try trying going able ready have has".split())
"""Behind one of these either infinitive is its own ("I should like [to take this opportunity] to thank")."""
_UNDONE = re.compile(
    r"(?:un(?!der|i|til|less)|dis(?!t|c)|mis(?!s)|in(?:suff|adeq|corr|comp|eff|acc|val|sign)|non)\w{4,}\Z"
)
"""Words that a prefix turns into their contrary."""
_CONDITION = re.compile(
    r"\W*(?:(?:in return|in exchange) for\b|subject to\b|if|unless|provided|providing|as long as|so long as|only (?:if|when)|until|(?:when|whenever) (?:they|you|we|he|she|it|people) "
    r"(?:want|need|are|is|do|does|can|have|has|wish|ask|decide)s?|если|при условии|якщо|якби|за умови)\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\bnot (?:just|only|merely|simply|so much)\W*\Z", re.IGNORECASE)
"""Right before the first words: what comes after "but" is what was meant to be heard."""
_BUT = re.compile(r"\bbut\b", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\W*(?:but|yet|though|although|albeit|only)\W+(?:\w+\W+)?(?:not|never|no longer|hardly|scarcely)\b|\W*(?:но|однако|хотя)\W+(?:\w+\W+)?(?:не|никогда)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\W*(?:(?:and|but|so) )?(?:if|unless|when|should|provided|если|якщо)\b", re.IGNORECASE)
_OPEN_ASIDE = re.compile(
    r"[,(—–]\s*(?:including|such as|especially|particularly|in particular|notably|among them|except|excluding|other than|apart from"
    r"|включая|в том числе|особенно|кроме)\b[^,;)—–]*\Z",
    re.IGNORECASE,
)
"""An example or an exception that is not closed: what follows belongs to it ("fifty ships[, including ten] in Vessen")."""
_ALSO = re.compile(r"\W*(?:and|or|but|и|или)\b", re.IGNORECASE)
_DENYING = frozenset([("never",), ("no",), ("not",), ("none",), ("нет",), ("никогда",)])
_OF_WHAT = re.compile(
    r"\A[^.!?]{0,60}\b(?:more|less|fewer|others|neither|either|the (?:former|latter))[.!?]", re.IGNORECASE
)
"""A first sentence whose last word takes up what was dropped ("There will be more.")."""
_SUCH = frozenset("such такой такая такое такие".split())

_ONLY = frozenset("only merely just simply solely alone только лишь просто".split())
_WEAKENING = frozenset(
    "likely probably possibly perhaps hopefully almost nearly about around approximately zero little few hardly partly partially some several".split()
)
_HEDGING = frozenset(
    "likely probably possibly perhaps hopefully seemingly apparently reportedly allegedly supposedly якобы возможно вероятно нібито ніби начебто".split()
)
_ADVERSE = frozenset(
    "despite notwithstanding without against unless except unlike regardless вопреки без против кроме".split()
)
"""Without one of these, what stood against something stands beside it."""

_DETERMINERS = frozenset("a an the this that these those its their his her our your my".split())
_RELATIVES = frozenset("which who whom whose where который которая которое которые".split())
_MERELY = _ONLY | {"so", "much"}

_QUALIFIER = 6
"""So few dropped words are a qualifier of what follows and no aside."""

_COORDINATING = frozenset("and or и или".split())
_AUXILIARIES = frozenset(
    "has have had is are was were be been being will would can could may might must shall should".split()
)
_CONNECTIVES = frozenset(
    "and but so also then now well yet however therefore и а но так поэтому однако также обязательно конечно і та але так тому також звичайно".split()
)


def ellipsis_abuse(alignments: Sequence[Alignment], quote: str, text: str) -> bool:
    """True when an omission drops what the rest needs, or joins pieces of two sentences that do not stand by themselves."""
    return _joins_sentences(alignments, quote, text) or any(
        _twists(first, second, text) for first, second in itertools.pairwise(alignments)
    )


def _twists(first: Alignment, second: Alignment, text: str) -> bool:
    """True when, inside a sentence, what is left out turned its sense or carried what the next words complete.

    "An end to … the opening of talks" makes an object of what was the next item of a list; "we cannot be … the
    leader" loses the "but we are" between; "possible, … as all know" loses "but not now"; "no mafia … exists" loses "in the old sense".
    """
    dropped = Span(first.source.end, max(first.source.end, second.source.start)).of(text).rstrip(QUOTATION_MARKS)
    if _SENTENCE_END.search(dropped):
        return False
    kept = words(first.source.of(text)).keys
    lost = words(dropped).keys
    if not kept or not lost:
        return False
    return (
        _another_object(kept, lost, dropped, text[second.source.start : second.source.end])
        or (lost[-1] in _SUBJECTS and not dropped.rstrip().endswith(_CLOSED))
        or (dropped.lstrip().startswith("--") and bool(_FIRST & set(lost)) and bool(NEGATIONS & set(kept[-_BEGUN:])))
        or (kept[-1] in NEGATIONS and (lost[-1].endswith("ly") or lost[-1] in _DEGREES))
        or _narrowed(kept, lost, dropped)
        or predicates(words(_CLAUSE.split(dropped)[-1]).keys)
        or bool(TURN.search(dropped) and set(kept) & NEGATIONS)
        or (kept[-1] in NEGATIONS and bool(set(lost) & _ONLY))
        or lost[-1] in _ADVERSE
        or (lost[0] in NEGATIONS and 0 < len(lost) - 1 == len(set(lost[1:]) & _MERELY))
        or (kept[-1] in _AUXILIARIES and lost[0] in NEGATIONS and not _BUT.search(dropped))
        or _OPEN_ASIDE.search(dropped) is not None
        or _headless(kept, lost, dropped, text[second.source.start : second.source.end])
        or _takes_over(kept, lost, dropped, words(text[second.source.start : second.source.end]).keys)
        or (len(lost) <= _QUALIFIER and _TAKEN_BACK.match(dropped) is not None)
        or (bool(_NOT_ONLY.search(text[: first.source.start][-20:])) and bool(_BUT.search(dropped)))
        or _unconditional(text[first.source.start : first.source.end], dropped)
        or bool(LIMITS.search(dropped) or _COUNTER.search(dropped))
        or (len(lost) <= _QUALIFIER and bool(set(lost) & _HEDGING))
        or (len(lost) <= _QUALIFIER and not dropped.rstrip().endswith(",") and bool(set(lost) & _WEAKENING))
    )


def _narrowed(kept: tuple[str, ...], lost: tuple[str, ...], dropped: str) -> bool:
    """True when a dash began the subject anew, narrower ("every plan of theirs [-- plans that make sense] was carried out")."""
    begun = dropped.lstrip().startswith(("--", "—", "–")) and not dropped.rstrip().endswith(("--", "—", "–", ","))
    said = {key.rstrip("s") for key in kept if key not in FUNCTION_WORDS}
    return begun and bool(said & {key.rstrip("s") for key in lost}) and bool(_RELATIVES & set(lost) or "that" in lost)


def _headless(kept: tuple[str, ...], lost: tuple[str, ...], dropped: str, following: str) -> bool:
    """True when the noun that the next words belong to is dropped, and another one seems to be it.

    "destroyed the [myth of the] power", "in favour of [peace and oppose] attempts", "Kelso[, which faces raids] seeking to".
    """
    if kept[-1] in _DETERMINERS and lost[-1] in _DETERMINERS and lost[-2:-1] == ("of",):
        return True
    if kept[-1] in PREPOSITIONS and set(lost[1:-1]) & _COORDINATING and lost[-1] not in FUNCTION_WORDS:
        return not dropped.rstrip().endswith(",")
    open_clause = dropped.lstrip().startswith(",") and not dropped.rstrip().endswith(",")
    going_on = words(following).keys[:1]
    return open_clause and bool(set(lost[:2]) & _RELATIVES) and bool(going_on) and going_on[0].endswith("ing")


def _takes_over(kept: tuple[str, ...], lost: tuple[str, ...], dropped: str, following: tuple[str, ...]) -> bool:
    """True when the next words hung on what is dropped, and seem to hang on what is kept.

    "destroy [the fear of] Russia", "the right of a man [to live against any attempt of men] to make laws", "there is no
    [change, and we call for a] solution", "affords [a bad test and supplies insufficient] evidence".
    """
    closed = dropped.rstrip().endswith((",", ")", "—", "–"))
    if closed or not following:
        return False
    if (
        lost[-1] in PREPOSITIONS - {"to"}
        and lost[-1] != kept[-1]
        and len(lost) > 1
        and following[0] not in PREPOSITIONS
    ):
        return kept[-1] not in _AUXILIARIES
    if following[0] == "to" and "to" in lost and lost[-1] not in _COORDINATING:
        return kept[-1] not in _TAKE_TO
    if kept[-1] in _QUANTIFYING and bool(_CLAUSE.search(dropped)):
        return True
    return _UNDONE.match(lost[-1]) is not None and bool(set(lost) & _COORDINATING)


def _unconditional(kept: str, dropped: str) -> bool:
    """True when a condition is dropped, or the second half of one ("if we want it [and the winter allows], …")."""
    if _CONDITION.match(dropped):
        return True
    begun = _SENTENCE_END.split(kept)[-1]
    return bool(_IF.match(begun)) and "," not in begun.rstrip(" ,") and bool(_ALSO.match(dropped))


def _another_object(kept: tuple[str, ...], lost: tuple[str, ...], dropped: str, following: str) -> bool:
    """True when the next words become the object of a word that had another one: of a list, or of what was dropped with it."""
    if dropped[:2].strip().startswith((",", "(")) and dropped.rstrip().endswith((",", ")")):
        return False  # an aside, set apart on both sides
    if kept[-1] in _COORDINATING | _AUXILIARIES and lost[-1] in _COORDINATING:
        return False  # "has [claimed lives and] plunged"
    hanging = kept[-1] in _HANGING
    if hanging and (dropped.rstrip().endswith((",", ";")) or lost[-1] in _COORDINATING):
        return True
    if hanging and (lost[-1] in PREPOSITIONS or lost[-2:-1] == ("to",) or lost[-1].endswith("ing")):
        return True
    if lost[-1] in _COORDINATING and "to" in lost[1:-1]:  # "renounce [violence and to embark on] talks"
        return True
    names = following[:1].isupper() and any(word[0].isupper() for word in dropped.split()[-1:])
    return names and bool(set(lost) & _COORDINATING)


def _stands(keys: tuple[str, ...]) -> bool:
    """True when a piece reads as a statement, also by a verb in the past ("Two million fishermen used nets")."""
    return asserts(keys) or any(key.endswith("ed") for key in keys[1:-1])


def _joins_sentences(alignments: Sequence[Alignment], quote: str, text: str) -> bool:
    """True when an omission joins pieces of two sentences that do not stand by themselves.

    Whole sentences may be left out, and each part may be cut; but a part that breaks off inside its sentence
    must assert something, as must what follows, and a part that sets in inside its sentence may only have lost
    an introduction ("Since then, …").
    """
    for first, second in itertools.pairwise(alignments):
        dropped = Span(first.source.end, max(first.source.end, second.source.start)).of(text)
        ends = [match.end() for match in _SENTENCE_END.finditer(dropped)]
        if not ends:
            continue
        closed = dropped.lstrip()[:1] in (";", ":", "—")  # a clause is whole there
        broken, headless = bool(words(dropped[: ends[0]]).keys) and not closed, dropped[ends[-1] :]
        lost = words(headless).keys
        if lost and (broken or not (headless.rstrip().endswith(_CLOSED) or set(lost) <= _CONNECTIVES)):
            return True
        following = words(second.source.of(text)).keys[:1]
        if lost and set(following) & _AUXILIARIES:
            return True
        if words(dropped[: ends[0]]).keys in _DENYING:  # "But for gain[, never. You …]"
            return True
        if following and following[0] in _SUCH:  # what was like it is dropped
            return True
        if _OF_WHAT.search(text[second.source.start : second.source.end + 1]):
            return True
        begun = text[second.source.start : second.source.start + 1]
        if broken and quote[second.quote.start].islower() and begun.isupper():
            return True
        if broken and not all(_stands(words(each.source.of(text)).keys) for each in (first, second)):
            return True
    return False
