"""The only normalisation: words and sentences of a text, each with the way back to its original offsets.

Indexing and comparing must agree, so both read text through `words`. A word's *key* is what is left
when everything that editors may vary is folded away (`FOLDINGS`, published in the docs); superscripts,
signs, digits and letters of other scripts are never folded into each other: 10² is not 102, −5 is not 5,
2.85 is not 28.5 and a Cyrillic а is not a Latin a. NFKC is not used, because it would do just that.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, cast

import regex
import sentencex

from corpus.types import Span

FOLDINGS: dict[str, str] = {
    "white-space": "spaces of any kind, repeated spaces and line breaks",
    "quotation-marks": "styles of quotation marks",
    "apostrophes": "styles of apostrophes",
    "dashes": "styles of hyphens and dashes, and the spaces around them",
    "punctuation": "a final comma or full stop, and other marks between the same words",
    "case": "letter case",
    "ligatures": "ligatures such as ﬁ",
    "diacritics": "accents and other diacritics on Latin letters, and ё",
    "composition": "letters with combining accents and the same letters as one character",
    "thousands": "thousands separators where the value is unambiguous",
    "hidden": "invisible and bidirectional control characters",
    "hyphenation": "a word broken at a line's end, or by a stray space",
    "page-furniture": "page numbers, addresses and print lines between two halves of a sentence",
    "scan": "an evident scanning slip in the stored text, such as | for I",
    "number-words": "figures written out or not, when the value is the same",
    "units": "per cent and %, dollars and $, when the value is the same",
    "spelling": "British and American spelling, and documented transliterations, of the same word",
}
"""What is folded away before words are compared, and how an editor would call it."""

_HIDDEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u2800\u0334-\u0338\u20d0-\u20e4]")
_STRUCK = re.compile("[\u0334-\u0338\u20d0-\u20e4]")
"""A word that is struck out is not the word."""

_COMBINING = regex.compile(r"\P{M}\p{M}+")
_ODD = re.compile(
    "[^\x00-\xac\xae-\u0131\u0134-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)
"""Not the common characters, none of which is hidden, a ligature or combining: a quicker question than the three above."""

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
_REWRITE = re.compile("[" + "".join(LIGATURES) + "]")

QUOTATION_MARKS = '"“”„‟«»‹›「」『』〝〞″＂'
APOSTROPHES = "'’‘‚‛ʼ′`´＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
_LATIN_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ё": "е"}
)

# Numbers first (with a sign that belongs to them, separators inside, letters and superscripts behind),
# then words with inner apostrophes, then the signs that carry meaning. Digits of other scripts are words of
# their own, so that they never pass for these. No alternative can match what
# another one is still trying to: the scan is linear.
_SPACE = "\u0020\u00a0\u2009\u202f"
_WORDS = (
    # What most words are, tried first for speed; the fourth form below says the same of them.
    r"[A-Za-zА-Яа-яёЁіїєІЇЄ]{2,}(?= )|[A-Za-zА-Яа-яёЁіїєІЇЄ]{2,}[^\W_]*(?:['’ʼ′][^\W_]+)*"
    rf"|(?:(?<![^\W_])(?<![)\]%])[-−])?[0-9]{{1,3}}(?:[{_SPACE}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)*[^\W_]*"
    r"|(?:(?<![^\W_])(?<![)\]%])[-−])?[0-9]+(?:[.,/:][0-9]+)*[^\W_]*"
    r"|(?<![^\W_])(?:[^\W\d_]\.){2,}(?:['’ʼ′][^\W_]+)?"
    r"|[^\W_]+(?:['’ʼ′][^\W_]+)*"
    r"|[%‰$€£¥₽₴°′″]|[<>≤≥±≈~+](?=\s?[0-9])|(?<!\S)\|(?!\S)"
)
_WORD = re.compile(_WORDS)
_APART = re.compile(f"({_WORDS})([ ,.]*)")
"""What mostly stands behind a word is taken with it: no word begins so, and every form would be tried there in vain."""
_NUMBER = re.compile(rf"([-−]?)([0-9][0-9.,{_SPACE}]*)\Z")
_THOUSANDS = re.compile(rf"[0-9]{{1,3}}(?:([,.{_SPACE}])[0-9]{{3}})(?:\1[0-9]{{3}})*(?:[.,][0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text freed of hidden characters, ligatures and combining sequences, and the way back.

    `pieces` are triples (offset here, offset in the original, end): from there on the two run in step
    when `end` is None; otherwise the one code point here stands for the original up to `end`.
    """

    text: str
    pieces: tuple[tuple[int, int, int | None], ...]
    foldings: frozenset[str]

    def original(self, span: Span) -> Span:
        """The stretch of the original that this span of the normalised text came from.

        >>> normalise("re\\u00adsult").original(Span(0, 6))
        Span(start=0, end=7)
        """
        here, there, _ = self._piece(span.start)
        start = there + (span.start - here)
        if not len(span):
            return Span(start, start)
        here, there, end = self._piece(span.end - 1)
        return Span(start, there + (span.end - here) if end is None else end)

    def _piece(self, at: int) -> tuple[int, int, int | None]:
        return self.pieces[bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1]


def _rewrites(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Every stretch that must change before words can be read: (start, end, replacement, folding)."""
    found = [(m.start(), m.end(), "", "hidden") for m in _HIDDEN.finditer(text)]
    found += [(m.start(), m.end(), LIGATURES[m.group()], "ligatures") for m in _REWRITE.finditer(text)]
    for match in _COMBINING.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group() and not _HIDDEN.search(match.group()):
            found.append((match.start(), match.end(), composed, "composition"))
    yield from sorted(found)


def normalise(text: str) -> Normalised:
    """Remove what no reader sees and compose what every reader sees as one, keeping the way back.

    >>> normalise("ﬁrst").text
    'first'
    """
    kept: list[str] = []
    pieces: list[tuple[int, int, int | None]] = [(0, 0, None)]
    foldings: set[str] = set()
    done = length = 0
    for start, end, replacement, folding in _rewrites(text):
        if start < done:
            continue
        kept += [text[done:start], replacement]
        length += start - done
        pieces += [(length + n, start, end) for n in range(len(replacement))]
        length += len(replacement)
        pieces.append((length, end, None))
        foldings.add(folding)
        done = end
    kept.append(text[done:])
    return Normalised("".join(kept), tuple(pieces), frozenset(foldings))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as three parallel sequences: folded keys, and where each stands in the original."""

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, index: int) -> Span:
        """Where word number `index` stands."""
        return Span(self.starts[index], self.ends[index])


def words(text: str) -> Words:
    """Read the words of `text`, folded.

    >>> words("The U.K.’s 1,500 “ﬁrst-class” seats").keys
    ('the', "uk's", '1500', 'first', 'class', 'seats')
    """
    return _read_again(text) if len(text) <= _SHORT else _read(text)


def first_keys(text: str, most: int) -> tuple[str, ...]:
    """The keys of so many words at the beginning of a text, at least one: as `words` reads them, but their places are not looked for.

    >>> first_keys("The U.K.’s 1,500 seats", 2)
    ('the', "uk's")
    """
    if not _is_plain(text):
        return words(text).keys[:most]
    return tuple(map(_KEPT.__getitem__, _APART.split(text, maxsplit=most)[1::3]))


_SHORT = 2000
"""Code points of what is remembered: quotes, names and sentences, which are read dozens of times while a quote is checked."""


def _is_plain(text: str) -> bool:
    """True when nothing in a text is hidden, a ligature or combining."""
    return not _ODD.search(text) or not (_HIDDEN.search(text) or _REWRITE.search(text) or _COMBINING.search(text))


def _read(text: str) -> Words:
    if _is_plain(text):
        return _read_plain(text)
    normal = normalise(text)
    matches = list(_WORD.finditer(normal.text))
    spans = [normal.original(Span(*match.span())) for match in matches]
    return Words(
        tuple(
            key(match.group()) + ("\u0336" if _STRUCK.search(span.of(text)) else "")
            for match, span in zip(matches, spans, strict=True)
        ),
        tuple(span.start for span in spans),
        tuple(span.end for span in spans),
    )


_read_again = lru_cache(maxsize=2048)(_read)


def _read_plain(text: str) -> Words:
    """The words of a text that nothing is hidden in.

    Cutting the text at its words, and adding up the pieces' lengths, is several times as fast as a match for each.
    """
    parts = _APART.split(text)  # what is before a word, the word, what is behind it, and so on
    reached = list(accumulate(map(len, parts)))
    return Words(tuple(map(_KEPT.__getitem__, parts[1::3])), tuple(reached[0:-1:3]), tuple(reached[1::3]))


# The country is not the pronoun; a bar between spaces is a scanned I.
_KEYS = {"US": "u.s", "U.S.": "u.s", "US's": "u.s's", "US’s": "u.s's", "U.S.'s": "u.s's", "U.S.’s": "u.s's", "|": "i"}


@lru_cache(maxsize=1 << 18)
def key(word: str) -> str:
    """Fold one word as read by `words`.

    >>> key("Erdoğan’s"), key("2,85"), key("1.500.000"), key("10²"), key("1.5bn"), key("N.A.T.O.")
    ("erdogan's", '2.85', '1500000', '10²', '1.5bn', 'nato')
    """
    number = _NUMBER.match(word)
    if number is not None:
        return ("-" if number.group(1) else "") + _value(number.group(2))
    if word in _KEYS:
        return _KEYS[word]
    folded = word.casefold()
    if "." in folded and not folded[0].isdigit() and folded[0] not in "-−":
        folded = folded.replace(".", "")
    if folded.isascii():
        return folded
    for mark in "’ʼ′":
        folded = folded.replace(mark, "'")
    return _without_accents(folded.translate(_LATIN_LETTERS))


def _value(digits: str) -> str:
    """A figure with a point as decimal mark and no thousands separators, where that is unambiguous."""
    plain = digits.rstrip(".,")
    grouped = _THOUSANDS.match(plain)
    if grouped and not (grouped.group(1) == "." and plain.count(".") == 1 and "," not in plain):
        separator = grouped.group(1)
        return plain.replace(separator, "").replace(",", ".")
    return plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain


def _without_accents(folded: str) -> str:
    """Drop accents from Latin letters; й and other letters of their own in Cyrillic stay."""
    if not any(unicodedata.combining(mark) for mark in unicodedata.normalize("NFD", folded)):
        return folded
    kept = []
    for letter in folded:
        base = unicodedata.normalize("NFD", letter)
        kept.append(base[0] if base[0].isascii() else letter)
    return "".join(kept)


class _Kept(dict[str, str]):
    """The keys of words that were read, for reading all the words of a text: quicker than a cache that drops the oldest."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = key(word)
        return found


_MOST = 1 << 18
_KEPT = _Kept()


def hidden_characters(text: str) -> tuple[tuple[int, str], ...]:
    """Offset and name of every character that no reader sees, so that they can be shown.

    >>> hidden_characters("now\\u200bhere")
    ((3, 'ZERO WIDTH SPACE'),)
    """
    if text.isascii():
        return ()
    return tuple(
        (match.start(), unicodedata.name(match.group(), f"U+{ord(match.group()):04X}"))
        for match in _HIDDEN.finditer(text)
    )


_SCRIPT = regex.compile(r"(\p{Latin})|(\p{Cyrillic})|(\p{Greek})")
_LOOKING_LATIN = frozenset("асеорхуікѕјһԁԛԝвнмтгпАВЕЗКМНОРСТУХЅІЈҮԌԚԜαβγεικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_LOOKING_OTHER = frozenset("aceopxyikusjhbnmvwtABEZKMHOPCTYXISJNVW")
"""Letters that a reader takes for one of Latin script, and Latin ones that pass for Cyrillic or Greek."""


def look_alikes(text: str) -> tuple[str, ...]:
    """Words in letters that only look like those around them, as forgeries have them.

    These mix letters of two scripts, or stand wholly in look-alike letters amid words of another script, or
    use letter forms (full-width, mathematical) that no keyboard gives.

    >>> look_alikes("a p\u0430ct"), look_alikes("\u0430 pact"), look_alikes("пакт о NATO")
    (('p\u0430ct',), ('\u0430',), ())
    """
    if text.isascii():
        return ()
    found = [
        (match.group(), {each.lastindex for each in _SCRIPT.finditer(match.group())}) for match in _WORD.finditer(text)
    ]
    letters = [each.lastindex for each in _SCRIPT.finditer(text)]
    main = max(set(letters), key=letters.count) if letters else None
    return tuple(word for word, scripts in found if _passes_for_another(word, scripts, main))


def _passes_for_another(word: str, scripts: set[int | None], main: int | None) -> bool:
    if len(scripts) > 1:
        return True
    letters = {letter for letter in word if letter.isalpha()}
    if any(not letter.isascii() and unicodedata.normalize("NFKC", letter).isascii() for letter in letters):
        return letters.isdisjoint(LIGATURES)
    foreign = bool(scripts) and main not in scripts
    looking = _LOOKING_LATIN if main == 1 else _LOOKING_OTHER
    # An abbreviation such as CIA in a Russian text is what it seems; so are words of the other language in a row.
    return foreign and letters <= looking and not (main != 1 and len(word) > 2)


_ANY_MARK = re.compile(f"[{QUOTATION_MARKS}{APOSTROPHES}]")
_MOST_MARKS = 2_000
"""Quotation marks of one paragraph that are looked at. The library compares each with all behind it: 2,000 take it 10 ms, 500,000 some minutes."""
_SURROGATES = re.compile("[\ud800-\udfff]")  # half characters, which the library cannot take; replaced one by one

# Inside quotation marks the library keeps everything together; a full word, a full stop and a capital
# end a sentence there too.
_INNER_END = re.compile(r"[.!?](?<=[^\W\d_]{4}.)[\"”’»)]*\s+(?=([“\"«‘(]?)[^\W\d_])")


def sentences(text: str, *, language: str = "en") -> tuple[Span, ...]:
    """Where the sentences stand, blank margins left out; a blank line always ends one.

    >>> [span.of("He came. Mr. Li left.") for span in sentences("He came. Mr. Li left.")]
    ['He came.', 'Mr. Li left.']
    """
    inner = _inner_ends(text)
    spans: list[Span] = []
    for boundary in _boundaries(_without_crowds(_SURROGATES.sub("\ufffd", text)), language):
        start, end = boundary["start_index"], boundary["end_index"]
        edges = [start]
        at = bisect_left(inner, (start,))
        while at < len(inner) and inner[at][2] < end:
            edges.append(inner[at][1])
            at += 1
        edges.append(end)
        spans += [span for pair in itertools.pairwise(edges) if (span := _trimmed(text, *pair)) is not None]
    return tuple(spans)


def _without_crowds(text: str) -> str:
    """The text with plain letters for the quotation marks beyond those that are looked at."""
    if sum(map(text.count, QUOTATION_MARKS + APOSTROPHES)) <= _MOST_MARKS:
        return text
    return "\n\n".join(_with_few_marks(paragraph) for paragraph in text.split("\n\n"))


def _with_few_marks(paragraph: str) -> str:
    last = next(itertools.islice(_ANY_MARK.finditer(paragraph), _MOST_MARKS, None), None)
    return paragraph if last is None else paragraph[: last.start()] + _ANY_MARK.sub("x", paragraph[last.start() :])


def _boundaries(text: str, language: str) -> list[dict[str, Any]]:
    """What the library says. It panics where a wide space stands between an initial and its point: then it is shown a plain one."""
    for shown in (text, _WIDE_SPACE.sub(" ", text), _WIDE.sub("x", text)):
        try:
            return cast("list[dict[str, Any]]", sentencex.get_sentence_boundaries(language, shown))
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # of a module that cannot be imported
                raise
    raise AssertionError("a text of plain letters alone was refused")


_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
_WIDE = re.compile(r"[^\x00-\x7f]")


def _inner_ends(text: str) -> list[tuple[int, int, int]]:
    """Of each end that the library may keep inside a sentence: what stands behind its mark, the next sentence, its first letter."""
    return [
        (match.start() + 1, match.end(), match.end() + len(match[1]))
        for match in _INNER_END.finditer(text)
        if text[match.end() : match.end() + 2].strip('“"«‘(')[:1].isupper()
    ]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without blank margins; None when nothing is left."""
    piece = text[start:end].lstrip()
    return Span(end - len(piece), end - len(piece) + len(piece.rstrip())) if piece else None


FUNCTION_WORDS = frozenset(
    """
    a an the this that these those i you he she it we they me him her us them my your his its our their mine yours
    hers ours theirs myself yourself himself herself itself ourselves themselves who whom whose which what and or but
    nor so yet if then than as of in on at by for to from with about into over under between among through during
    before after above below up down out off again further once here there when where why how all any both each few
    more most other some such no not only own same too very can will just should now am is are was were be been being
    have has had having do does did doing would could may might must shall don't doesn't didn't won't can't i'm it's
    we're they're you're that's i've we've also upon within without against toward towards because while until
    и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня
    еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь там
    потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе
    под будет ж тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее были куда
    зачем всех никогда можно при наконец два об другой хоть после над больше тот через эти нас про всего них какая
    много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно
    всю между это также та те ту та й і що це та як але або якщо він вона вони ми ви його її їх для від до без є
    """.split()
)
"""Words that carry grammar rather than content, as keys (English, Russian, Ukrainian)."""
