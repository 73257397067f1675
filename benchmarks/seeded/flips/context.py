"""A clause cut out from under what governs it in the same sentence."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.governing import is_enough, is_plain
from benchmarks.seeded.sentences import Spot

CLAUSE = (
    r"(?P<clause>(?:we|I|you|he|she|they|it|this|these|there|the [a-z]+|our [a-z]+|their [a-z]+|[A-Z][a-z]+)"
    r"(?: [\w’'-]+){0,6}? (?:is|are|was|were|has|have|had|will|can|must|should|would|could|do|does|did)\b[^;:–—]+)"
)
PLAIN_CLAUSE = (
    r"(?P<clause>(?:we|you|he|she|they|it|this|these|there|the [a-z]+|our [a-z]+|their [a-z]+)(?: [\w’'-]+)+)"
)
CONSEQUENCE = r"(?:[\w’'-]+ ){1,6}?(?:will|would|must|can|could|should|may|might|cannot|shall)\b"
"""With a modal verb; 'if it was hard, it was also good' is no condition."""
OTHERS = (
    r"(?:They|Some|Some people|Critics|Others|Many people|People|Opponents|Our opponents|Our critics|The Americans|"
    r"Some experts|Some countries|Our enemies|Some politicians)"
)
ENGLISH = {
    "negation": [
        re.compile(rf"\b(?:I|[Ww]e) (?:do not|don[’']t|did not|didn[’']t|cannot|can[’']t) (?:think|believe|say|accept|claim) that {CLAUSE}[.!]$"),
        re.compile(rf"\b[Tt]here (?:is|was) no (?:evidence|proof|indication|reason to believe|reason to think) (?:whatsoever )?that {CLAUSE}[.!]$"),
        re.compile(rf"\b(?:[Ii]t is|[Ii]t[’']s) (?:not true|untrue|wrong to say|wrong to think|a mistake to think|a myth|false|an illusion|not the case|simply not true) that {CLAUSE}[.!]$"),
        re.compile(rf"\b[Nn]obody (?:says|believes|thinks|claims) that {CLAUSE}[.!]$"),
        re.compile(rf"\b(?:has|have) never (?:said|claimed|suggested|believed) that {CLAUSE}[.!]$"),
    ],
    "condition": [
        re.compile(rf"^If {PLAIN_CLAUSE}, (?:then )?{CONSEQUENCE}"),
        re.compile(rf"^If [^,]+, (?:then )?(?={CONSEQUENCE}){CLAUSE}[.!]$"),
        re.compile(rf"\b(?:only|even) if {PLAIN_CLAUSE}[.!]$"),
        re.compile(r"^(?P<clause>(?:We|I|You|They|It|This|There|The [a-z]+|Our [a-z]+)[^,;:–—]*? (?:will|would|can|could|cannot)\b[^,;:–—]*?),? (?:unless|only if|if) (?:we|they|you|the|there|it)\b"),
        re.compile(rf"\bunless {PLAIN_CLAUSE}[.!]$"),
    ],
    "question": [
        re.compile(rf"^(?:Do|Does|Did) (?:you|anyone|anybody|they|we) (?:really |honestly |seriously )?(?:think|believe|mean to say|claim) (?:that )?{CLAUSE}\?$"),
        re.compile(rf"^(?:Is it (?:really )?(?:true|possible|conceivable)|Who (?:says|said|can say|believes)) that {CLAUSE}\?$"),
        re.compile(rf"\b(?:question is|ask(?:ed)?|wonder(?:ed)?|know|clear|decide|see|unclear) whether (?:or not )?{CLAUSE}[.!?]$"),
    ],
    "reported": [
        re.compile(rf"\b{OTHERS} (?:may |might |will |have )?(?:say|said|says|claim|claimed|argue|argued|allege|alleged|insist|maintain|believe|think) that {CLAUSE}[.!]$"),
        re.compile(rf"\b(?:[Tt]he|[Aa]n?) (?:argument|claim|allegation|assertion|accusation|myth|notion|rumou?r|assumption) that {CLAUSE} (?:is|was) "),
        re.compile(rf"\b(?:[Ii]t is|[Ww]e are|[Ww]e were|I was) (?:alleged|claimed|told|said|being told) that {CLAUSE}[.!]$"),
    ],
    "hedge": [
        re.compile(rf"^(?:Perhaps|Maybe) {CLAUSE}[.!]$"),
        re.compile(rf"\b[Ii]t (?:is possible|may be|might be|could be) that {CLAUSE}[.!]$"),
    ],
}  # fmt: skip
RUSSIAN_CLAUSE = r"(?P<clause>(?:мы|я|вы|он|она|они|это|у нас|у них|наша|наши|наш|эта|эти|этот|в|на)\b[^;:–—?]+?)"
RUSSIAN_CONSEQUENCE = r"(?:буд\w+|нужно|надо|долж\w+|мож\w+|смож\w+|придётся|придется|следует|потеря\w+)"
RUSSIAN = {
    "condition": [
        re.compile(rf"^Если {RUSSIAN_CLAUSE}, то\b[^,]*\b{RUSSIAN_CONSEQUENCE}"),
        re.compile(rf"^Если [^,]+, то (?=[^,]*\b{RUSSIAN_CONSEQUENCE}){RUSSIAN_CLAUSE}[.!]$"),
        re.compile(rf"^Если [^,]+, (?=[^,]*\b{RUSSIAN_CONSEQUENCE}){RUSSIAN_CLAUSE}[.!]$"),
    ],
    "negation": [
        re.compile(rf"\bне (?:думаю|считаю|уверен|верю|говорю|думаем|считаем), что {RUSSIAN_CLAUSE}[.!]$"),
        re.compile(rf"\b[Нн]ельзя (?:сказать|говорить|считать), что {RUSSIAN_CLAUSE}[.!]$"),
        re.compile(rf"\b[Ээ]то не значит, что {RUSSIAN_CLAUSE}[.!]$"),
    ],
    "reported": [
        re.compile(rf"\b(?:[Гг]оворят|[Оо]ни говорят|[Оо]ни считают|[Нн]ам говорят|утверждают|[Мм]не говорят|они сказали), что {RUSSIAN_CLAUSE}[.!]$"),
    ],
    "question": [re.compile(rf"\b(?:[Рр]азве|[Нн]еужели) {RUSSIAN_CLAUSE}\?$")],
    "hedge": [re.compile(rf"^(?:Возможно|Может быть), {RUSSIAN_CLAUSE}[.!]$")],
}  # fmt: skip
PATTERNS = {"en": ENGLISH, "ru": RUSSIAN}
TELLING = re.compile(
    r"\b(?:if|unless|whether|any|ever|anyone|anything|anybody|either|otherwise|then|would|could|might|perhaps|maybe|бы|ли|если|"
    r"либо|какой-то|want|wants|wish|look|looks|recall|remember|what|who|which|when|where|why|how|that)\b|\?|[“”\"«»]|[,;] (?:but|and|or|so|because|не|но|а|и|что)\b",
    re.IGNORECASE,
)


def out_of_context(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """Each full clause that reads as a statement of its own and is none in its sentence."""
    if not is_plain(spot.text.rstrip("?")):
        return
    for form, patterns in PATTERNS[spot.language].items():
        for pattern in patterns:
            for found in pattern.finditer(spot.text):
                clause = found.group("clause").rstrip(".!?, ")
                if is_enough(clause) and not TELLING.search(clause):
                    yield Draft("context", form, clause, spot, (clause,), truth="flip", expect="not-verified",
                                alone=True, change=f"cut from: {spot.text}")  # fmt: skip
