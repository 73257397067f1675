"""An article as tokens: words and marks with their place, the quotation they stand in, and its sentences.

A sentence here is one frame of narration: full stops inside quotation marks do not end it, so that
“He came. He left,” she said. is one sentence with its cue.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from checker.extract.quotations import Quoted
from corpus.types import Span

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.(?=\s+[A-Z][a-z.])|(?:Mr|Mrs|Ms|Dr|Pres|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Maj|Adm|Prof|Rev|Hon|St|Jr|Sr|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|etc|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La"
    r"|Mass|Md|Mich|Minn|Miss|Mo|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.(?=\s+[\w“\"‘(]|[,;)’'])"
    r"|\w+(?:[.,]\d+)*(?:['’ʼ-]\w+)*(?:['’](?=\s\w))?|\.{2,}|--+|``|''|[^\w\s]"
)
_ENDS = frozenset([".", "!", "?", "…", "...", "...."])
_QUOTES = frozenset("“”\"„‟«»‹›「」『』‘’‚'") | {"``", "''"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One frame of narration: a range of tokens of one paragraph."""

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of an article's body; `quoted` is the number of the outermost quotation, or -1.

    `keys` are lower-case words with a plain apostrophe, `raw` the words as written; a quotation mark
    counts as inside its quotation.
    """

    text: str
    raw: tuple[str, ...]
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[int, ...]
    quotations: tuple[Quoted, ...]
    sentences: tuple[Sentence, ...]

    def span(self, first: int, last: int) -> Span:
        """The stretch from token number `first` up to, not including, `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def marks_in(self, span: Span) -> tuple[Quoted, ...]:
        """The outermost quotations that share something with a stretch of the text."""
        first = bisect_right(self.quotations, span.start, key=lambda quoted: quoted.outer.end)
        last = bisect_left(self.quotations, span.end, key=lambda quoted: quoted.outer.start)
        return self.quotations[first:last]

    def capital(self, number: int) -> bool:
        """True when the token begins with a capital letter."""
        return self.raw[number][:1].isupper()

    def word(self, number: int) -> bool:
        """True when the token is a word or a number."""
        return self.raw[number][:1].isalnum()


def tokenise(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted]) -> Tokens:
    """Read the paragraphs of an article; only outermost quotations count."""
    outermost = tuple(one for one in quoted if one.depth == 0)
    raw: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    inside: list[int] = []
    sentences: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        first = len(raw)
        for match in _TOKEN.finditer(text, paragraph.start, paragraph.end):
            start, end = match.span()
            while at < len(outermost) and outermost[at].outer.end <= start:
                at += 1
            raw.append(match.group())
            starts.append(start)
            ends.append(end)
            inside.append(at if at < len(outermost) and outermost[at].outer.start <= start else -1)
        sentences += _sentences(raw, inside, first, number)
    keys = tuple(word.lower().replace("’", "'") for word in raw)
    return Tokens(text, tuple(raw), keys, tuple(starts), tuple(ends), tuple(inside), outermost, tuple(sentences))


def sentence_at(tokens: Tokens, number: int) -> int:
    """The number of the sentence that token number `number` belongs to."""
    return bisect_right(tokens.sentences, number, key=lambda sentence: sentence.first) - 1


def _said_next(raw: Sequence[str], inside: Sequence[int], number: int) -> bool:
    """True when “What?” is followed by its own cue: `Smith asked.`"""
    for at in range(number, min(number + _NEAR, len(raw))):
        if inside[at] >= 0 or raw[at] in _ENDS:
            return False
        if raw[at] in SAID:
            return raw[number][:1].isupper() and raw[number].lower() not in ("he", "she", "they", "it", "i", "we")
    return False


_OPENINGS = frozenset("He She It They We The In But And On At This That These Those There His Her".split())
"""A word that opens a sentence even behind an abbreviation."""
SAID = frozenset(
    "said says asked asks told wrote added replied shouted responded yelled joked tweeted exclaimed".split()
)
_LONGEST = 600
"""A sentence of more tokens is a list or no text at all; cutting it keeps the work linear."""
_CALLS = frozenset(["!", "?", "…", "..."])
_NEAR = 14


def _sentences(raw: Sequence[str], inside: Sequence[int], first: int, paragraph: int) -> list[Sentence]:
    found: list[Sentence] = []
    start = first
    for number in range(first, len(raw)):
        too_long = number - start >= _LONGEST and inside[number] < 0
        if number + 1 == len(raw) or too_long or _ends_here(raw, inside, number):
            found.append(Sentence(start, number + 1, paragraph))
            start = number + 1
    return found


def _ends_here(raw: Sequence[str], inside: Sequence[int], number: int) -> bool:
    """True when the token is the last of its sentence."""
    following = raw[number + 1]
    here = inside[number]
    if here >= 0 and inside[number + 1] == here:
        return False
    if raw[number] in _QUOTES and here >= 0:
        # “Go.” He left. The stop stands before the closing mark.
        stop = raw[number - 1] if number else ""
        if stop not in _ENDS or not (following in _QUOTES or following[:1].isupper()):
            return False
        return not (stop in _CALLS and _said_next(raw, inside, number + 1))
    if raw[number].endswith(".") and len(raw[number]) > 2 and following in _OPENINGS:
        return True
    if raw[number] in _ENDS:
        return following in _QUOTES or following[:1].isupper() or following[:1].isdigit() or following in "([—-*•"
    return raw[number] in "”)" and number > 0 and raw[number - 1] in _ENDS and following[:1].isupper()
