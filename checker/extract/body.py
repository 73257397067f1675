"""What of a page is the article: its paragraphs without advertisements, captions, boxes and the tail of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.extract.quotations import MARKS
from corpus.types import Span

_LINE = re.compile(rf"^[ \t\r\f\v\u00a0{MARKS}]*+[^\n]+", re.MULTILINE)
"""A line that holds more than quotation marks."""
_FURNITURE = re.compile(
    r"\d+[- ]minute read\b|\(photo credit|photo credit:|join our\b|click here\b|be the first to know|sign up (?:for|to|now)"
    r"|subscribe (?:to|now|here|for)\b|by subscribing\b|all rights reserved|©|follow us on\b|like us on\b|share this\b"
    r"|advertisement\b|continue reading\b|read more\b|read also\b|see also:|also read\b|terms of use\b|privacy policy\b"
    r"|\(?reporting by [^;]{2,80}; ?(?:additional|editing|writing)|upgrade your experience\b|enter your e-?mail\b"
    r"|getty(?: images)?\.?$|this story has been updated|photos?:|file photo|image:|подпишитесь|читайте также|фото:",
    re.IGNORECASE,
)
"""What a line of page furniture begins with; a caption's credit and an offer may also stand later in it."""
_ANYWHERE = re.compile(
    r"\(photo credit|click here>|all rights reserved|premium plus now|terms of use\.|unsubscribe\b", re.IGNORECASE
)
_TAIL = re.compile(
    r"(?:related (?:content|stories|articles|news|coverage|topics|links)|more from .{2,40}|most (?:read|popular|viewed)"
    r"|you (?:may|might) also like|recommended(?: for you| stories| articles)?|more stories|материалы по теме"
    r"|также по теме|читайте также)\s*:?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"dear (?:reader|readers|subscriber|friend)s?\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?:thank you|thanks|sincerely|yours|best regards)\b", re.IGNORECASE)
_BOX = re.compile(
    r"sign up\b|subscribe\b|newsletter\b|get the .{0,40}newsletter|подпи(?:сывайтесь|шитесь)", re.IGNORECASE
)
_OFFER = re.compile(
    r"free of charge|terms of use|by subscribing|in your inbox|to your inbox|unsubscribe|e-?mail address|every weekday",
    re.IGNORECASE,
)
_LONGEST_LETTER = 30
"""A publisher's letter has at most this many lines; without a signature within them only its greeting goes."""
_TITLE_WORDS = 8


def body(text: str) -> tuple[Span, ...]:
    """The paragraphs of the article proper, as spans of the text.

    >>> [span.of("He left.\\n\\nRelated Content\\nOther news") for span in body("He left.\\n\\nRelated Content\\nOther news")]
    ['He left.']
    """
    lines = [_trimmed(text, *match.span()) for match in _LINE.finditer(text)]
    lines = [line for line in lines if len(line)]
    return tuple(lines[number] for number in _kept(lines, text))


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + max(left, len(piece.rstrip())))


def _kept(lines: Sequence[Span], text: str) -> Iterator[int]:
    """The numbers of the lines that stay."""
    number = 0
    while number < len(lines):
        line = lines[number].of(text)
        if number and _TAIL.fullmatch(line):
            return
        skipped = _skipped(lines, number, text)
        if not skipped and not _FURNITURE.match(line) and not _ANYWHERE.search(line):
            yield number
        number += max(1, skipped)


def _skipped(lines: Sequence[Span], number: int, text: str) -> int:
    """How many lines of a letter to the reader or of a newsletter box begin here."""
    line = lines[number].of(text)
    if _LETTER.match(line):
        return _letter(lines, number, text)
    following = lines[number + 1].of(text) if number + 1 < len(lines) else ""
    if _BOX.match(line) and len(line.split()) <= _TITLE_WORDS and _OFFER.search(following):
        return 2
    return 0


def _letter(lines: Sequence[Span], number: int, text: str) -> int:
    """How many lines a letter to the reader has, with the names below it."""
    limit = min(len(lines), number + _LONGEST_LETTER)
    signed = next((n for n in range(number + 1, limit) if _SIGNED.match(lines[n].of(text))), None)
    if signed is None:
        return 1
    end = signed + 1
    while (
        end < limit and len(lines[end].of(text).split()) <= 2 * _TITLE_WORDS and lines[end].of(text)[-1] not in '.!?”"'
    ):
        end += 1
    return end - number
