"""Falsifications written by hand as edits of stored text, so that no foreign text is kept."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.seeded.cases import Case, read_rows, write_cases
from benchmarks.seeded.documents import Document
from benchmarks.seeded.edits import Edits, described, edited
from benchmarks.seeded.people import claimable
from benchmarks.seeded.sampling import all_documents

EXPECTATIONS = ("verified", "not-verified")


@dataclass(frozen=True, slots=True)
class Script:
    """Where the true passage stands, and what is done to it."""

    number: int
    document: str
    start: int
    end: int
    edits: Edits
    kind: str
    expect: str
    check: str
    speaker: str = ""
    version: str = ""


class Drift(ValueError):
    """A script does not fit the corpus, or is no script."""


def script_of(row: dict[str, Any], number: int) -> Script:
    """A script from its line."""
    try:
        edits = tuple((int(start), int(end), str(new)) for start, end, new in row["edits"])
        script = Script(number, row["document"], int(row["start"]), int(row["end"]), edits, str(row["kind"]),
                        row["expect"], row["check"], row.get("speaker") or "", row.get("version_sha256") or "")  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise Drift(f"line {number}: {error!r}") from error
    if script.expect not in EXPECTATIONS or not all(script.start <= a <= b <= script.end for a, b, _ in edits):
        raise Drift(f"line {number}: an edit outside the passage, or an unknown expectation")
    return script


def fingerprint(text: str) -> str:
    """SHA-256 as the corpus writes it."""
    return hashlib.sha256(text.encode()).hexdigest()


def passage_of(script: Script, document: Document) -> str:
    """The true passage, if the document is still the one that the script was written for."""
    text = document.stored_text
    passage = text[script.start : script.end]
    if fingerprint(passage)[:8] != script.check or (script.version and fingerprint(text) != script.version):
        raise Drift(f"line {script.number}: {script.document} is another text than the script was written for")
    return passage


def speaker_at(document: Document, place: int) -> str:
    """Who speaks at an offset of the stored text."""
    start = len(document.summary) + 2 if document.summary else 0
    for turn in document.statements:
        if start <= place < start + len(turn.text):
            return claimable(turn.speaker) or turn.speaker
        start += len(turn.text) + 2
    return ""


def case_from(script: Script, document: Document) -> Case:
    """The case of a script: neither date nor document are claimed."""
    passage = passage_of(script, document)
    inside = tuple((start - script.start, end - script.start, new) for start, end, new in script.edits)
    return Case(
        id=f"e{script.number:05d}", kind=script.kind, form="by-hand", truth="true" if script.expect == "verified" else "flip",
        expect=script.expect, warning="", language=document.language, quote=edited(passage, inside),
        speaker=script.speaker or speaker_at(document, script.start), documents=(document.id,),
        parts=(passage,) if not inside else kept_parts(passage, inside), original=passage, change=described(passage, inside),
    )  # fmt: skip


def kept_parts(passage: str, edits: Edits) -> tuple[str, ...]:
    """What the edits leave of the passage, from the longest stretch on."""
    borders = [0, *(place for start, end, _ in sorted(edits) for place in (start, end)), len(passage)]
    parts = [passage[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True) if passage[a:b].strip()]
    return tuple(sorted(parts, key=len, reverse=True))


def chosen(documents: Iterable[Document], scripts: list[Script]) -> Iterator[Document]:
    """The documents that scripts are about."""
    wanted = {script.document for script in scripts}
    return (document for document in documents if document.id in wanted)


def quotes_from_scripts(path: Path, corpus: list[Path], out: Path) -> int:
    """Write quotes.jsonl and key.jsonl; 1 if a script does not fit."""
    cases, failures = list[Case](), list[str]()
    scripts = list[Script]()
    for number, row in enumerate(read_rows(path), 1):
        try:
            scripts.append(script_of(row, number))
        except Drift as error:
            failures.append(str(error))
    versions: dict[str, list[Document]] = {}
    for document in chosen(all_documents(corpus), scripts):
        versions.setdefault(document.id, []).append(document)
    for script in scripts:
        try:
            cases.append(case_from_any(script, versions.get(script.document, [])))
        except Drift as error:
            failures.append(str(error))
    write_cases(out, cases)
    print("\n".join(failures), file=sys.stderr, end="\n" if failures else "")
    print(f"{len(cases)} cases, {len(failures)} scripts that do not fit")
    return int(bool(failures))


def case_from_any(script: Script, versions: list[Document]) -> Case:
    """The case in the first version of the document that fits."""
    if not versions:
        raise Drift(f"line {script.number}: no document {script.document}")
    for document in versions[:-1]:
        try:
            return case_from(script, document)
        except Drift:
            continue
    return case_from(script, versions[-1])
