"""The starter corpus: real State of the Union messages from an installed package, and invented samples of our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import resources

from corpus.connectors.sotu import StarterUnavailable, state_of_the_union_records
from corpus.read.records import document_of
from corpus.types import Document


def starter_documents(*, on_missing: Callable[[StarterUnavailable], None]) -> Iterator[Document]:
    """Every document of the starter corpus; the real part is left out, and said so, where its package is missing."""
    lines = resources.files("corpus").joinpath("starter/invented.jsonl").read_text(encoding="utf-8")
    for line in lines.splitlines():
        yield document_of(json.loads(line))
    try:
        for record in state_of_the_union_records():
            yield document_of(record)
    except StarterUnavailable as error:
        on_missing(error)
