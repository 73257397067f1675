"""Whether a passage in another language can be what a claim renders: figures, months, places, names and negation.

Likeness in meaning comes from the encoder; what is compared here are the things that every faithful translation keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from checker.figures import figures
from checker.lexicon import MODALITY, NEGATIONS
from checker.places import places
from checker.speakers import plain_name
from checker.types import Claim, Reason, Statement
from corpus.language import language_of as identified
from corpus.text import FUNCTION_WORDS, key, words
from corpus.types import Span

_AROUND = 600
"""Code points around the passage in which a name of the claim may stand: a translator names who the source calls "he"."""

_SHORTEST = 3
"""Consonants from which a name can be recognised in another script."""

_NEGATING = ("en", "ru", "uk")
"""Languages whose words of negation are known; in others a lost "not" cannot be seen, and nothing is said."""

_UNIONS = frozenset({"EU", "UN"})
"""Said in too many words ("the continent") to be missed."""

_ALIKE = 0.8
"""Share of the consonants that two spellings of a longer name have in common."""

_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")


def language_of(claim: Claim) -> str:
    """The claim's language, as given; otherwise as its words tell, and by its script where they are few.

    >>> language_of(Claim("Мы готовы к переговорам")), language_of(Claim("We are ready"))
    ('ru', 'en')
    """
    return claim.language or identified(claim.quote)


def untranslated(claim: Claim, statement: Statement, span: Span, *, own: frozenset[str]) -> tuple[Reason, ...]:
    """What the claim has and a faithful translation of these sentences cannot have, or the reverse.

    `own` are the words that name the speaker, whom the source need not name.
    """
    text, document = statement.document.text, statement.document
    said = span.of(text)
    near = Span(max(statement.turn.span.start, span.start - _AROUND), min(len(text), span.end + _AROUND)).of(text)
    context = f"{document.title} {' '.join(document.speakers)} {statement.turn.speaker} {document.publisher} {near}"
    ours, theirs = language_of(claim), document.language
    found: list[Reason] = []
    if _values(claim.quote) - _values_there(said):
        found.append("altered-number")
    if _months(claim.quote, ours) - _months(said, theirs):
        found.append("altered-date")
    if _unnamed(claim.quote, ours, context, theirs, own):
        found.append("altered-entity")
    if ours in _NEGATING and theirs in _NEGATING and _negated(claim.quote) != _negated(said):
        found.append("negation")
    return tuple(found)


def _values(text: str) -> frozenset[str]:
    """The values of a text's figures, without their units, which languages write in their own ways; "one" is an article in many."""
    keys = words(text).keys
    read = {figure.key.split()[0].lstrip("#").removesuffix("th") for figure in figures(keys)}
    glued = {match.group().replace(",", ".") for key in keys if not key.isdigit() for match in _DIGITS.finditer(key)}
    return frozenset(read | glued) - {"1"}


def _values_there(text: str) -> frozenset[str]:
    """The same for the other side, with what only stands in an inflected word («третьем») or a Roman numeral."""
    inflected = {value for stem, value in _NUMBER_STEMS if stem.search(text)}
    romans = {str(_roman(match.group())) for match in _ROMAN.finditer(text)}
    return _values(text) | inflected | romans


_NUMBER_STEMS = tuple(
    (re.compile(rf"\b(?:{form})\b", re.IGNORECASE), value)
    for value, form in {
        "2": r"двух|двум|двумя|двое|двоих|обоих|обеих|втор(?:ой|ого|ому|ым|ом|ая|ую|ые|ых)|дво[хмє]\w*|друг(?:ий|ого)|both|double",
        "3": r"тр[её]х|тр[её]м|тремя|трое|трет(?:ий|ьего|ьему|ьим|ьем|ья|ью|ьи|ьих)|трьох|третій|третього",
        "4": r"четыр[её]х|четыр[её]м|четверт(?:ый|ого|ому|ым|ом|ая|ую)|чотир\w*", "5": r"пят(?:ь|и|ью|ый|ого|ому|ым|ом|ая|ую)|п.ят\w{1,2}",
        "6": r"шест(?:ь|и|ью|ой|ого|ому|ым|ом|ая|ую)|шіст\w*|шост\w*", "7": r"сем(?:и|ью)|седьм\w+|сьом\w+",
        "8": r"восьм(?:и|ью|ой|ого|ому|ым|ом|ая|ую)|вос\w+", "9": r"девят(?:ь|и|ью|ый|ого|ому|ым|ом|ая|ую)|дев.ят\w*",
        "10": r"десят(?:ь|и|ью|ый|ого|ому|ым|ом|ая|ую|ок|ка|ков|ки)", "11": r"одиннадцат\w+", "12": r"двенадцат\w+",
        "15": r"пятнадцат\w+", "20": r"двадцат\w+", "30": r"тридцат\w+", "40": "сорока", "50": r"пятидесят\w+",
        "60": r"шестидесят\w+", "100": r"ста|сот(?:ня|ни|ен|ням|нями|нях)?", "1000": r"тысяч\w*|тис\w*",
        "1000000": r"миллион\w*|мільйон\w*", "1000000000": r"миллиард\w*|мільярд\w*",
        "0.5": r"половин\w+|пол|half", "1.5": r"полтор\w+",
    }.items()
)  # fmt: skip
_ROMAN = re.compile(r"\b[XVI]{2,7}\b")
_ROMAN_VALUES = {"X": 10, "V": 5, "I": 1}


def _roman(numeral: str) -> int:
    """The value of a Roman numeral, as congresses and centuries are counted.

    >>> _roman("XVII"), _roman("XIX")
    (17, 19)
    """
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


_RUSSIAN_MONTHS = (
    r"январ\w+", r"феврал\w+", r"март\w{0,2}", r"апрел\w+", "ма(?:й|я|е|ю|ем)", "июн(?:ь|я|е|ю|ем)", "июл(?:ь|я|е|ю|ем)",
    r"август\w{0,2}", r"сентябр\w+", r"октябр\w+", r"ноябр\w+", r"декабр\w+",
)  # fmt: skip
_UKRAINIAN_MONTHS = tuple(
    rf"{stem}(?:ень|н[яюі]|нем)"
    for stem in ("січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес", "жовт", "листопад", "груд")
)


@lru_cache(maxsize=16)
def _month_forms(language: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    """How the months may be written, in all cases where the language has them."""
    if language[:2] == "ru":
        forms: Iterable[str] = _RUSSIAN_MONTHS
    elif language[:2] == "uk":
        forms = (f"{form}|лют(?:ий|ого|ому)|листопад\\w{{0,2}}" if number in (1, 10) else form
                 for number, form in enumerate(_UKRAINIAN_MONTHS))  # fmt: skip
    else:
        try:
            named = Locale.parse(language).months
        except (UnknownLocaleError, ValueError):
            return ()
        forms = (
            "|".join(re.escape(key(named[use]["wide"][n])) for use in ("format", "stand-alone")) for n in range(1, 13)
        )
    return tuple((re.compile(form), number) for number, form in enumerate(forms, start=1))


def _months(text: str, language: str) -> frozenset[int]:
    """The months that are named; a word that may be a verb ("may", "march") counts only with a capital or a figure by it."""
    found = words(text)
    named: set[int] = set()
    for at, each in enumerate(found.keys):
        figured = any(near[:1].isdigit() for near in found.keys[max(0, at - 1) : at + 2] if near != each)
        capital = at > 0 and text[found.starts[at]].isupper()
        if language[:2] == "en" and each in ("may", "march") and not (figured or capital):
            continue
        named |= {number for form, number in _month_forms(language) if form.fullmatch(each)}
    return frozenset(named)


def _unnamed(claim: str, ours: str, context: str, theirs: str, own: frozenset[str]) -> bool:
    """True when the claim names a state, or a person whose name can be told across scripts, that the passage does not."""
    if (places(_capitalised(claim, own), ours) - _UNIONS) - places(context, theirs):
        return True
    there = {_skeleton(each) for each in words(context).keys}
    return any(
        len(bones) >= _SHORTEST and not _common(word) and not places(word, ours) and not _among(bones, there)
        for word in words(_capitalised(claim, own)).keys
        if (bones := _skeleton(word))
    )


def _among(bones: str, there: set[str]) -> bool:
    """True when a name stands there too, one consonant more or less or another one allowed, endings aside."""
    return any(
        other[: len(bones)] == bones
        or (len(other) >= _SHORTEST and bones[: len(other)] == other)
        or (len(bones) > _SHORTEST and SequenceMatcher(None, bones, other[: len(bones) + 1]).ratio() >= _ALIKE)
        for other in there
    )


_OFFICES = frozenset(
    """
    president minister ministry government parliament council assembly union nations republic federation state states
    army forces security foreign affairs defence defense secretary general commission committee court church bank
    agency department office chairman head prime deputy mr mrs ms sir madam majesty excellency god internet
    north south east west northern southern eastern western central great world war agreement treaty convention
    charter resolution constitution nation forum summit conference day year new regiment division commander lieutenant
    captain colonel airborne navy fleet hero party congress speech duma federal public national international law act
    academy university institute school centre center fund company corporation embassy presidential governor region
    territory district city street middle caucasus pacific atlantic ocean sea christmas easter
    soviet united internal acting first second third fourth january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday missile package measures
    entrepreneurs industrialists orthodox christians muslims people peoples strategic
    """.split()
)
"""Capitalised in English though no name, and translated, not transliterated."""


def _common(word: str) -> bool:
    plain = word.removesuffix("'s")
    return plain in FUNCTION_WORDS or plain in MODALITY or plain in _OFFICES


def _capitalised(text: str, own: frozenset[str]) -> str:
    """The capitalised words inside sentences, the speaker's own name left out."""
    found = words(text)
    kept = []
    for at, each in enumerate(found.keys):
        initial = at == 0 or text[: found.starts[at]].rstrip(" “\"'‘«")[-1:] in (".", "!", "?", ":", "…")
        if text[found.starts[at]].isupper() and not initial and each not in own:
            kept.append(text[found.starts[at] : found.ends[at]])
    return " ".join(kept)


@lru_cache(maxsize=1 << 16)
def _skeleton(word: str) -> str:
    """The consonants of a name, those that transliterations exchange made one.

    >>> _skeleton("Chirac"), _skeleton("Ширака"), _skeleton("Washington"), _skeleton("Вашингтон")
    ('krk', 'krk', 'vkngtn', 'vkngtn')
    """
    latin = plain_name(key(word).replace("'s", "")).replace("w", "v").replace("x", "k")
    bones = re.sub(r"[^a-z]|[aeiouh]", "", re.sub(r"ng(?=[^aeiou]|$)", "ng", latin))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[ckqszj]", "k", bones))


_NOT_NEGATING = re.compile(
    r"\bтем не менее\b|\bне только\b|\bне буду скрывать\b|\bтим не менш\b|\bnot only\b", re.IGNORECASE
)
_MORE_NEGATIONS = frozenset(
    "нечего незачем некому некуда неможно ні не немає нічого ніхто ніколи ніякий instead rather".split()
)


def _negated(text: str) -> bool:
    return bool(set(words(_NOT_NEGATING.sub(" ", text)).keys) & (NEGATIONS | _MORE_NEGATIONS))
