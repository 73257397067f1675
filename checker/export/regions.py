"""Where a statement stands in the file that its article was read from: lines, columns and characters.

An article's text is what a reader sees; its file may hold marks, tags and entities besides. Both are compared by their
letters and figures alone, and of several places that read alike the one with the same neighbours is taken.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from checker.types import Finding
from corpus.types import Span

Markup = Literal["plain", "markdown", "html"]

_NEIGHBOURS = 60
"""Letters and figures on either side that tell places apart which read alike."""

_MOST = 1000
"""Places that are compared; more of them are no statement but a pattern."""

_UNSEEN = {
    "plain": re.compile(r"(?!)"),
    # Targets of links, the definitions of such targets, tags.
    "markdown": re.compile(r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(][^\n]*?[\"')])?\)|^ {0,3}\[[^\]\n]+\]:[^\n]*|</?[A-Za-z][^<>]*>|<!--.*?-->", re.MULTILINE | re.DOTALL),
    "html": re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE),
}  # fmt: skip
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Original:
    """The characters of an article's file, line ends and all, and how they are marked up."""

    text: str
    markup: Markup = "plain"


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file: a half-open span of its code points, and lines and columns counted from 1, the last column
    behind the last character."""

    span: Span
    start_line: int
    start_column: int
    end_line: int
    end_column: int


class Places:
    """Finds stretches of an article's text in its file; raises nothing, since a file may not hold the text as it reads."""

    def __init__(self, text: str, original: Original) -> None:
        self._text, self._original = text, original.text
        self._same = text == original.text
        self._article = _Letters.of(Original(text))
        self._file = self._article if self._same else _Letters.of(original)
        self._lines = [0, *(found.end() for found in re.finditer("\r\n|\n", original.text))]

    def region_of(self, finding: Finding) -> Region | None:
        """Where a finding's statement stands in the file, from its first word to its last."""
        content = finding.attribution.content if finding.attribution else ()
        return self.region(Span(content[0].start, content[-1].end)) if content else None

    def region(self, span: Span) -> Region | None:
        """Where a stretch of the article stands in the file; None where it cannot be found."""
        found = span if self._same else self._found(span)
        if found is None or not len(found):
            return None
        (start_line, start_column), (end_line, end_column) = self._position(found.start), self._position(found.end)
        return Region(found, start_line, start_column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def _found(self, span: Span) -> Span | None:
        first, last = self._article.within(span)
        words = self._article.letters[first:last]
        if not words:
            return None
        starts = _occurrences(words, self._file.letters)
        best = max(starts, key=lambda start: self._alike(first, start, len(words)), default=None)
        return None if best is None else self._with_marks(self._file.span(best, best + len(words)), span, first, last)

    def _with_marks(self, found: Span, span: Span, first: int, last: int) -> Span:
        """With the marks that the stretch begins and ends with, where the file has them too."""
        article, file = self._text, self._original
        before = article[span.start : self._article.starts[first]][::-1]
        after = article[self._article.ends[last - 1] : span.end]
        start = found.start - _common(before, file[max(0, found.start - len(before)) : found.start][::-1])
        return Span(start, found.end + _common(after, file[found.end : found.end + len(after)]))

    def _alike(self, here: int, there: int, length: int) -> tuple[int, int]:
        """How many neighbours are the same; of equals, the place that is as far into its text."""
        ours, theirs = self._article.letters, self._file.letters
        before = _common(
            ours[max(0, here - _NEIGHBOURS) : here][::-1], theirs[max(0, there - _NEIGHBOURS) : there][::-1]
        )
        after = _common(
            ours[here + length : here + length + _NEIGHBOURS], theirs[there + length : there + length + _NEIGHBOURS]
        )
        return before + after, -abs(len(ours) - here - (len(theirs) - there))


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and figures of a text, each with where it starts and ends there."""

    letters: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, original: Original) -> _Letters:
        found = [(letter, start, end) for letter, start, end in _seen(original) if letter.isalnum()]
        return cls("".join(letter for letter, _, _ in found), [each[1] for each in found], [each[2] for each in found])

    def within(self, span: Span) -> tuple[int, int]:
        """The first letter of a stretch of the text, and the first behind it."""
        return bisect_right(self.starts, span.start - 1), bisect_right(self.starts, span.end - 1)

    def span(self, first: int, last: int) -> Span:
        return Span(self.starts[first], self.ends[last - 1])


def _seen(original: Original) -> Iterator[tuple[str, int, int]]:
    """Each character that a reader sees, and where what stands for it starts and ends."""
    done = 0
    for gap in [*_UNSEEN[original.markup].finditer(original.text), None]:
        yield from _characters(original, done, gap.start() if gap else len(original.text))
        done = gap.end() if gap else 0


def _characters(original: Original, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    done = start
    for entity in () if original.markup == "plain" else _ENTITY.finditer(original.text, start, end):
        yield from ((original.text[at], at, at + 1) for at in range(done, entity.start()))
        yield from ((letter, entity.start(), entity.end()) for letter in html.unescape(entity.group()))
        done = entity.end()
    yield from ((original.text[at], at, at + 1) for at in range(done, end))


def _occurrences(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    for _ in range(_MOST):
        if start < 0:
            return
        yield start
        start = text.find(words, start + 1)


def _common(one: str, other: str) -> int:
    """How long the common beginning is."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
