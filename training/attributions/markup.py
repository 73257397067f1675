"""The corpus's own marks: `{S1 Kovel} {C1 said} {Q1 the quay was shut}` read into texts with attributions as offsets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.types import Span

_MARK = re.compile(r"\{([SCAQ])(\d+) |\}")
_PIECE = re.compile(r"^## (.*)\n", re.MULTILINE)

Stance = Literal["speech", "attitude"]


class MarkupError(ValueError):
    """A file of the corpus whose marks do not go together; names the piece and what is wrong."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution by the PolNeAR scheme (Newell et al. 2018), spans in the order of the text.

    `stance` is None where it was not marked; `nested` says that it stands within another's content.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance | None
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """An invented report, or a part of one."""

    id: str
    style: str
    topic: str
    text: str
    attributions: tuple[Attributed, ...]


def read_pieces(path: Path) -> Iterator[Piece]:
    """The pieces of one file; raises MarkupError."""
    parts = _PIECE.split(path.read_text(encoding="utf-8"))
    for number, (head, body) in enumerate(zip(parts[1::2], parts[2::2], strict=True), start=1):
        style, _, topic = (each.strip() for each in head.partition(";"))
        name = f"{path.parent.name}-{path.stem}-{number}"
        text, attributions = _read(body.strip(), name)
        yield Piece(name, style, topic, text, attributions)


def _read(body: str, name: str) -> tuple[str, tuple[Attributed, ...]]:
    text = ""
    at = 0
    open_marks: list[tuple[str, int, int]] = []
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        at = mark.end()
        if mark[1]:
            open_marks.append((mark[1], int(mark[2]), len(text)))
        elif not open_marks:
            raise MarkupError(f"{name}: a mark is closed that was never opened, near {text[-40:]!r}")
        else:
            role, number, start = open_marks.pop()
            spans[number][role].append(Span(start, len(text)))
    if open_marks:
        raise MarkupError(f"{name}: {open_marks[-1][0]}{open_marks[-1][1]} is never closed")
    text += body[at:]
    found = [_attributed(roles, number, name) for number, roles in spans.items()]
    found.sort(key=lambda each: each.content[0])
    return text, tuple(_with_nesting(found))


def _attributed(roles: dict[str, list[Span]], number: int, name: str) -> Attributed:
    cues = roles.get("C") or roles.get("A")
    if not cues or not roles.get("Q") or (roles.get("C") and roles.get("A")):
        raise MarkupError(f"{name}: attribution {number} needs a content and one cue, C or A")
    source, content = sorted(roles.get("S", [])), sorted(roles["Q"])
    return Attributed(tuple(source), tuple(sorted(cues)), tuple(content), "speech" if roles.get("C") else "attitude")


def _with_nesting(found: list[Attributed]) -> Iterator[Attributed]:
    for each in found:
        cue = each.cue[0]
        inside = any(
            other is not each and any(span.start <= cue.start and cue.end <= span.end for span in other.content)
            for other in found
        )
        yield Attributed(each.source, each.cue, each.content, each.stance, nested=inside)
