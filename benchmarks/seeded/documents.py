"""Corpus records as the generator sees them: who says what, and the text that offsets refer to."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Turn:
    """What one voice says; an empty speaker is narration."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A record of a corpus file, with what the generator needs of it."""

    id: str
    publisher: str
    title: str
    date: str | None
    language: str
    kind: str
    speakers: tuple[str, ...]
    summary: str
    text: str
    turns: tuple[Turn, ...]
    unofficial: bool
    source: str

    @property
    def stored_text(self) -> str:
        """The text that the checker stores and that every offset refers to."""
        body = "\n\n".join(turn.text for turn in self.turns) if self.turns else self.text
        return f"{self.summary}\n\n{body}" if self.summary else body

    @property
    def group(self) -> str:
        """Documents of one group are sampled like one another."""
        return f"{self.source}/{self.language}"

    @property
    def supports_verified(self) -> bool:
        """Excerpts and unofficial translations may rightly leave a true quote unverified."""
        return self.kind != "excerpt" and not self.unofficial

    @property
    def statements(self) -> tuple[Turn, ...]:
        """The turns, or else the whole text as said by the only speaker."""
        if self.turns:
            return self.turns
        return (Turn(self.speakers[0], self.text),) if len(self.speakers) == 1 else ()

    def record(self) -> dict[str, Any]:
        """The document as a line for `corpus add`."""
        turns = [{"speaker": turn.speaker, "text": turn.text} for turn in self.turns]
        record = {"id": self.id, "publisher": self.publisher, "title": self.title, "date": self.date,
                  "language": self.language, "kind": self.kind, "speakers": list(self.speakers) or None,
                  "summary": self.summary or None, "text": self.text}  # fmt: skip
        return {**record, "turns": turns} if turns else record


def document_of(record: dict[str, Any], source: str) -> Document:
    """A document from a line of a corpus file."""
    unofficial = bool(record.get("translated_machine_or_volunteer")) or record.get("translation") == "unofficial"
    return Document(
        id=str(record["id"]),
        publisher=record.get("publisher") or "",
        title=record.get("title") or "",
        date=record.get("date"),
        language=record.get("language") or "",
        kind=record.get("kind") or "",
        speakers=tuple(record.get("speakers") or ()),
        summary=record.get("summary") or "",
        text=record.get("text") or "",
        turns=tuple(Turn(turn.get("speaker") or "", turn.get("text") or "") for turn in record.get("turns") or ()),
        unofficial=unofficial or record.get("tier") == "secondary",
        source=source,
    )


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a JSON Lines file, plain or gzipped; other lines are counted and left out."""
    skipped = 0
    source = path.name.split(".")[0]
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                record = None
            if isinstance(record, dict) and "id" in record:
                yield document_of(record, source)
            else:
                skipped += 1
    if skipped:
        print(f"{path.name}: {skipped} lines are no documents", file=sys.stderr)


def without_repeated_ids(documents: Iterator[Document], repeated: frozenset[str]) -> Iterator[Document]:
    """Two records of one id are two versions of it, and which one is current is not the generator's to say."""
    return (document for document in documents if document.id not in repeated)
