"""What differs between two wordings of a document, word by word, with offsets into both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.text import Words, words
from corpus.types import Span

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that stand in one wording only, or otherwise in the other; an empty span is the place where they are missing."""

    kind: Change
    before: Span
    after: Span
    words_before: int
    words_after: int


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Every difference in words, in order; letter case, spaces and punctuation alone make none.

    Paragraphs are matched first and words only within those that differ, so that long documents take little time.

    >>> found = differences("We will pay 14 crowns.", "We will pay 40 crowns.")
    >>> [(each.kind, each.before.of("We will pay 14 crowns.")) for each in found]
    [('changed', '14')]
    """
    a, b = words(before), words(after)
    lines_a, lines_b = _lines(before, a), _lines(after, b)
    found = []
    for tag, i, j, k, m in _blocks([a.keys[x:y] for x, y in lines_a], [b.keys[x:y] for x, y in lines_b]):
        if tag != "equal":
            first_a, last_a = _range(lines_a, i, j, len(a.keys))
            first_b, last_b = _range(lines_b, k, m, len(b.keys))
            found += list(_within(a, b, range(first_a, last_a), range(first_b, last_b)))
    return tuple(found)


def touched(span: Span, changes: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """The differences that fall on a passage of the later wording, also where words inside it went missing."""
    return tuple(
        each
        for each in changes
        if (span.overlaps(each.after) and len(each.after)) or (not len(each.after) and span.start < each.after.start < span.end)
    )  # fmt: skip


_Keys = Sequence[str] | Sequence[tuple[str, ...]]


def _blocks(before: _Keys, after: _Keys) -> Iterator[tuple[str, int, int, int, int]]:
    yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _lines(text: str, found: Words) -> list[tuple[int, int]]:
    """The words of every line that has any, as ranges of their numbers."""
    edges = [number for number in range(1, len(found)) if "\n" in text[found.ends[number - 1] : found.starts[number]]]
    return list(zip([0, *edges], [*edges, len(found)], strict=True)) if len(found) else []


def _range(lines: list[tuple[int, int]], first: int, last: int, count: int) -> tuple[int, int]:
    if first < last:
        return lines[first][0], lines[last - 1][1]
    at = lines[first][0] if first < len(lines) else count
    return at, at


def _within(a: Words, b: Words, mine: range, theirs: range) -> Iterator[Difference]:
    kinds: dict[str, Change] = {"insert": "added", "delete": "removed", "replace": "changed"}
    blocks = _blocks(a.keys[mine.start : mine.stop], b.keys[theirs.start : theirs.stop])
    for tag, i, j, k, m in blocks:
        if tag != "equal":
            before, after = _span(a, mine.start + i, mine.start + j), _span(b, theirs.start + k, theirs.start + m)
            yield Difference(kinds[tag], before, after, j - i, m - k)


def _span(found: Words, first: int, last: int) -> Span:
    if first < last:
        return Span(found.starts[first], found.ends[last - 1])
    at = found.ends[first - 1] if first else 0
    return Span(at, at)
