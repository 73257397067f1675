"""Giving vectors to the passages that have none: batch by batch, and again from where it was after a kill.

A batch is one transaction, so an interruption loses that batch and no more. The database is locked while a batch is
written and not while it is encoded; whoever searches or adds meanwhile does not wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from corpus.embed import SPACES, Embedder, Encoders, Space
from corpus.store import Corpus
from corpus.text import sentences
from corpus.vectors.order import Stored, Waiting, count_waiting, documents_by_use, named_documents, passages_by_use

_SECONDS = 5.0
"""A batch takes about so long, whatever the encoder: so much is lost at most, and a commit costs nothing beside it."""

_SHORTEST = 3
"""Words of a sentence that gets a vector of its own."""

_FIRST, _LARGEST = 16, 2_048


@dataclass(frozen=True, slots=True)
class Encoding:
    """How far the encoding of a space is: passages done in this run, and how many it will be."""

    space: Space
    encoder: str
    done: int
    total: int


def encode(
    corpus: Corpus,
    encoders: Encoders,
    *,
    ids: Sequence[str] = (),
    space: Space | None = None,
    limit: int | None = None,
    again: bool = False,
    on_progress: Callable[[Encoding], None] = lambda progress: None,
) -> tuple[Encoding, ...]:
    """Encode up to `limit` passages, most useful first; those of the documents `ids` only, where any are named.

    Each document goes to the space of its language. Documents that are named together with a space go there in any
    language. The space with less to do comes first, so that it need not wait for the other's hours. `again` drops
    what a space holds and begins anew. Raises EncoderMismatch where another encoder's vectors are.
    """
    chosen = [space] if space else [each for each in SPACES if encoders.has(each)]
    jobs = sorted((_job(corpus, each, ids, space, again) for each in chosen), key=lambda job: job.total)
    left = limit
    results: list[Encoding] = []
    for job in jobs:
        if job.total and left != 0:
            results.append(_encode_space(corpus, encoders, job, left, again, on_progress))
            left = None if left is None else left - results[-1].done
    return tuple(results)


@dataclass(frozen=True, slots=True)
class _Job:
    space: Space
    documents: tuple[Stored, ...]
    total: int


def _job(corpus: Corpus, space: Space, ids: Sequence[str], named: Space | None, again: bool) -> _Job:
    encoded = corpus.vectors.numbers(space) if not again else np.zeros(0, np.uint32)
    with corpus.vectors.connect() as connection:
        documents = (
            named_documents(connection, ids, None if named else space) if ids else documents_by_use(connection, space)
        )
    return _Job(space, documents, count_waiting(documents, encoded))


def _encode_space(
    corpus: Corpus, encoders: Encoders, job: _Job, limit: int | None, again: bool,
    on_progress: Callable[[Encoding], None],
) -> Encoding:  # fmt: skip
    embedder = encoders.embedder(job.space)
    held = corpus.vectors.begin(job.space, embedder, again=again)
    state = Encoding(job.space, held.name, 0, job.total if limit is None else min(job.total, limit))
    waiting = passages_by_use(corpus.vectors.connect, job.documents, corpus.vectors.numbers(job.space))
    for batch in _batches(islice(waiting, limit)):
        texts = [(each.number, text) for each in batch for text in _texts(each, embedder)]
        numbers = np.array([number for number, _ in texts], np.uint32)
        corpus.vectors.keep(held, numbers, embedder.encode([text for _, text in texts]))
        state = replace(state, done=state.done + len(batch))
        on_progress(state)
    return state


def _texts(waiting: Waiting, embedder: Embedder) -> list[str]:
    """The passage, or its sentences; shorter ones than a few words say nothing by themselves."""
    if not embedder.by_sentence:
        return [waiting.text]
    found = [span.of(waiting.text) for span in sentences(waiting.text, language=waiting.language)]
    return [text for text in found if len(text.split()) >= _SHORTEST] or [waiting.text]


def _batches(waiting: Iterator[Waiting]) -> Iterator[list[Waiting]]:
    """Batches that take about equally long: each is as large as the last one's speed allows."""
    size = _FIRST
    while batch := list(islice(waiting, size)):
        begun = time.monotonic()
        yield batch
        rate = len(batch) / max(time.monotonic() - begun, 1e-3)
        size = int(min(max(_FIRST, rate * _SECONDS), 4 * size, _LARGEST))
