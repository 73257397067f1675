"""How the generator compares words: letters and figures only, and the few signs that carry meaning."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+|[%$€£°]")
OMISSION = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|<\s*(?:…|\.\.\.)\s*>|…|\.\.\.)\s*")

FUNCTION_WORDS = frozenset(
    """about above across after again against all along also although always among another any around because been
    before being below between both cannot could does doing done down during each either else ever every from further
    have having here hers herself himself however into itself just like made make many more most much must myself need
    never none only other others ours ourselves over really same shall should since some such than that their theirs
    them themselves then there therefore these they this those through today together under until upon very want were
    what when where whether which while whom whose will with within without would your yours yourself yourselves well
    know think going come said says thing things good great thank thanks much indeed quite course
    this этот эта это эти этого этих тот того тех который которая которое которые которых которого также тоже очень
    было были была будет будут быть если когда только чтобы более менее может можно нужно надо есть себя свой свою
    своей своих наших наша наши нашей нашего вами нами всех всего всем здесь потому конечно сейчас сегодня просто""".split()
)


def single_spaced(text: str) -> str:
    """White space of any kind as one space."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """The words alone, without case, punctuation and differences of white space."""
    text = text.replace("\u00ad", "").replace("\u200b", "")
    return " ".join(WORD.findall(text.casefold()))


def word_count(text: str) -> int:
    """How many words an editor would count."""
    return len(re.findall(r"[^\W_]+(?:[-'’.,][^\W_]+)*", text))


def content_words(text: str) -> set[str]:
    """The different words that say what a statement is about."""
    return set(re.findall(r"(?<![’'])\b[^\W\d_]{4,}\b(?![’']t\b)", text.casefold())) - FUNCTION_WORDS


def segments(quote: str) -> list[str]:
    """The stretches of a quote between its marks of omission."""
    return [part for part in OMISSION.split(quote) if part.strip()]
