"""How well attributions agree with an annotator's, by the definitions of the research behind this project.

A span is the set of words it touches, so that a comma or a quotation mark at its edge never decides. Found and annotated
attributions are paired one to one by their contents, likest first. A pair is right as a *triple* when the contents share
at least four fifths of their words, the sources share a word that is no function word, and the cues share a word;
*attributed* leaves the cue aside. Direct, mixed and indirect are told from the quotation marks of the text, for both
sides alike: precision is over what a system gives of a type, recall over what the annotator has of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TYPES = ("all", "direct", "mixed", "indirect")
SPEECH = frozenset(
    """said says say told tell tells saying added adding wrote writes asked called tweeted announced noted argued
    according claimed insisted explained warned suggested stated declared acknowledged replied responded continued
    describe described describing quoted reported""".split()
)
"""Everyday words of speech: what readers call statements, as against attitudes, which PolNeAR marks too."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LIKE = 0.8
_DIRECT = 0.95
_FUNCTION_WORDS = frozenset(
    """a an the of in on at by for to from with and or as his her its their our my your this that these those mr ms mrs
    's ’s is was s""".split()
)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, in per cent."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Marked:
    """One attribution as sets of word numbers."""

    content: frozenset[int]
    cue: frozenset[int]
    source: frozenset[int]
    type: str


def scores(
    annotated: Iterable[Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]], *, cue: bool
) -> dict[str, Score]:
    """Triples (or, without the cue, attributed contents) right, for each type of speech."""
    given, there = Counter[str](), Counter[str]()
    right_given, right_there = Counter[str](), Counter[str]()
    for document in annotated:
        text = _Text(document)
        gold, system = text.marked(document), text.marked(found.get(document["id"], {}))
        for one in gold:
            there.update(["all", one.type])
        for one in system:
            given.update(["all", one.type])
        for one, other in _pairs(gold, system):
            if _right(one, other, text.words, cue=cue):
                right_there.update(["all", one.type])
                right_given.update(["all", other.type])
    return {
        each: Score(_share(right_given[each], given[each]), _share(right_there[each], there[each])) for each in TYPES
    }


def speech_cued(annotated: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The documents with only those attributions whose cue holds an everyday word of speech."""
    kept: list[Mapping[str, Any]] = []
    for document in annotated:
        text = document["text"]
        spoken = [
            each
            for each in document["attributions"]
            if SPEECH & set(re.findall(r"\w+", " ".join(text[s:e] for s, e in each["cue"]).lower()))
        ]
        kept.append({**document, "attributions": spoken})
    return kept


def word_count(documents: Iterable[Mapping[str, Any]]) -> int:
    """How many words the documents have."""
    return sum(len(_WORD.findall(document["text"])) for document in documents)


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _right(gold: _Marked, system: _Marked, words: Sequence[str], *, cue: bool) -> bool:
    alike = len(gold.content & system.content) >= _LIKE * len(gold.content | system.content)
    cued = bool(gold.cue & system.cue) or not (gold.cue or system.cue)
    return alike and _same_source(gold.source, system.source, words) and (cued or not cue)


def _same_source(gold: frozenset[int], system: frozenset[int], words: Sequence[str]) -> bool:
    return gold == system or any(words[number] not in _FUNCTION_WORDS for number in gold & system)


def _pairs(gold: Sequence[_Marked], system: Sequence[_Marked]) -> list[tuple[_Marked, _Marked]]:
    """One to one by the share of common words, likest first; a common cue decides between equals."""
    likeness = sorted(
        (-len(one.content & other.content) / len(one.content | other.content) - 1e-6 * bool(one.cue & other.cue), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(system)
        if one.content & other.content
    )
    paired: list[tuple[_Marked, _Marked]] = []
    left, right = set[int](), set[int]()
    for _, i, j in likeness:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            paired.append((gold[i], system[j]))
    return paired


class _Text:
    """A document's words, and which of them stand inside quotation marks or in boilerplate."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        text = document["text"]
        matches = list(_WORD.finditer(text))
        self.words = [match.group().lower() for match in matches]
        self._starts = [match.start() for match in matches]
        self._ends = [match.end() for match in matches]
        self._quoted = self.numbers(quoted_stretches(text))
        self._ignored = self.numbers(document.get("ignore") or [])

    def numbers(self, spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """The numbers of the words that spans touch."""
        return frozenset(
            number
            for start, end in spans
            for number in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )

    def marked(self, document: Mapping[str, Any]) -> list[_Marked]:
        """The attributions of a document, those without words or mostly in boilerplate left out."""
        found: list[_Marked] = []
        for each in document.get("attributions", []):
            content = self.numbers(each.get("content") or [])
            if content and 2 * len(content & self._ignored) <= len(content):
                share = len(content & self._quoted) / len(content)
                kind = "direct" if share >= _DIRECT else "mixed" if share else "indirect"
                cue, source = (self.numbers(each.get(role) or []) for role in ("cue", "source"))
                found.append(_Marked(content, cue, source, kind))
        return found


_MARKS = re.compile("[“”„\"]|``|''|‘|’|(?<![^ (—-])'(?=\\w)|'(?!\\w)")
_CLOSERS = {"“": '”"', "„": '”"', '"': '"”', "‘": "’", "'": "'"}
_APOSTROPHE = re.compile(r"'\d0s|'em\b|'n'")
_CLOSES_SOON = re.compile(r"[\w.,!?]'(?!\w)")


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """What stands inside quotation marks, paragraph by paragraph, by plain rules that are nobody's extractor.

    Double marks that are left open run to the paragraph's end; single ones were apostrophes.
    """
    found: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        found += [(start + paragraph.start(), end + paragraph.start()) for start, end in _in_line(paragraph.group())]
    return found


def _in_line(line: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened, at = "", 0
    for match in _MARKS.finditer(line):
        mark = match.group()
        if not opened:
            if _opens(mark, match.start(), line):
                opened, at = mark, match.start()
        elif opened and opened in "“„" and mark == "“":
            found.append((at, match.start()))
            at = match.start()
        elif _closes(mark, opened, match.end(), line):
            found.append((at, match.end()))
            opened = ""
    if opened and opened not in "‘'":
        found.append((at, len(line)))
    return found


def _opens(mark: str, start: int, line: str) -> bool:
    if mark == "‘":
        return start == 0 or not line[start - 1].isalnum()
    if mark == "'":
        after = line[start + 1 : start + 200]
        begins = (start == 0 or line[start - 1] in " (—-") and after[:1].isalnum()
        return begins and bool(_CLOSES_SOON.search(after)) and not _APOSTROPHE.match(line, start)
    return mark in ("“", "„", '"', "``")


def _closes(mark: str, opened: str, end: int, line: str) -> bool:
    if opened == "``":
        return mark == "''"
    if opened in "‘'":
        return mark in _CLOSERS[opened] and not line[end : end + 1].isalnum()
    return mark in _CLOSERS[opened]
