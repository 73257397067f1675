"""Training pairs: claims that people wrote beside passages, kept as document, place and claim, without the passage."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.text import sentences
from corpus.types import Span


@dataclass(frozen=True, slots=True)
class Written:
    """What was written beside one passage: claims that it bears out, and claims that it does not, each with its kind."""

    document: str
    passage: Span
    true: tuple[str, ...]
    false: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage, a claim, and whether the one bears the other out."""

    passage: str
    claim: str
    label: int
    kind: str
    held_out: bool = False


def read_written(paths: Iterable[Path]) -> Iterator[Written]:
    """The lines of files of pairs; raises ValueError that names file and line."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row = json.loads(line)
                false = tuple((str(kind), str(claim)) for kind, claim in row["false"])
                yield Written(row["document"], Span(row["start"], row["end"]), tuple(row["true"]), false)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}, line {number}: {error!r}") from error


_WIDENED = 0.25
_FREE = ("wh-", "us-", "kremlin-en-")
"""How the ids of documents begin whose texts may be learned from: in the public domain, or free with attribution."""


def read_documents(path: Path) -> set[str]:
    """The documents that a file of claims names, so as not to train on them."""
    return {json.loads(line)["document"] for line in path.read_text(encoding="utf-8").splitlines()}


def held_out(written: Written) -> bool:
    """True for every tenth document, whichever run it is: those are measured on and never trained on."""
    return zlib.crc32(written.document.encode()) % 10 == 0


def pairs_of(written: Iterable[Written], texts: Mapping[str, str], *, seed: int) -> Iterator[Pair]:
    """The pairs of every line whose document is at hand.

    A quarter of the passages is widened by their neighbouring sentences, and to each line
    comes a claim that was written beside another passage, so that the model also learns what is merely elsewhere.
    """
    chance = random.Random(seed)
    lines = [each for each in written if each.document in texts and each.document.startswith(_FREE)]
    for line in lines:
        text = texts[line.document]
        passage = widened(text, line.passage) if chance.random() < _WIDENED else line.passage
        for kind, claim, label in _claims(line, lines, chance):
            yield Pair(" ".join(passage.of(text).split()), claim, label, kind, held_out(line))


def _claims(line: Written, lines: list[Written], chance: random.Random) -> Iterator[tuple[str, str, int]]:
    yield from (("true", claim, 1) for claim in line.true)
    yield from ((kind, claim, 0) for kind, claim in line.false)
    other = chance.choice(lines)
    if other.document != line.document and other.true:
        yield "elsewhere", chance.choice(other.true), 0


def widened(text: str, passage: Span) -> Span:
    """A passage with the sentence before and the one behind it, inside its paragraph."""
    low = text.rfind("\n\n", 0, passage.start) + 2 if "\n\n" in text[: passage.start] else 0
    high = text.find("\n\n", passage.end)
    paragraph = Span(low, high if high >= 0 else len(text))
    found = [span.shift(paragraph.start) for span in sentences(paragraph.of(text), language="en")]
    before = [span for span in found if span.end <= passage.start][-1:]
    behind = [span for span in found if span.start >= passage.end][:1]
    return Span((before or [passage])[0].start, (behind or [passage])[0].end)
