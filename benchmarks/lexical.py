"""How fast quotes are found and checked, as ratios to plain scanning in the same run.

    python benchmarks/lexical.py [--corpus FOLDER] [--quotes 200] [--seed 7]

Quotes of 20 to 40 words are cut from random documents of a corpus (the starter corpus, built in a
temporary folder, when none is named). Measured per quote: candidates, a whole check, and as baselines a
search for the folded words in every document's folded text, and a word-for-word alignment of the first
documents scaled up to all. Absolute times depend on the machine and its load; compare the ratios.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from checker.align import align
from checker.pipeline import check_quote
from checker.query import read_quotation
from checker.types import Claim
from corpus.connectors.starter import starter_documents
from corpus.store import Corpus
from corpus.text import words
from corpus.types import Query, Span


@dataclass(frozen=True, slots=True)
class Cut:
    """A quote and where it was cut from."""

    text: str
    speaker: str
    document_id: str


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", help="a corpus folder (default: the starter corpus)")
    parser.add_argument("--quotes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with _opened(options.corpus) as corpus:
        cuts = list(_cut(corpus, options.quotes, random.Random(options.seed)))
        report(corpus, cuts)


@contextmanager
def _opened(location: str | None) -> Iterator[Corpus]:
    if location:
        with Corpus.open(location) as corpus:
            yield corpus
        return
    with tempfile.TemporaryDirectory() as folder, Corpus.open(Path(folder), create=True) as corpus:
        list(corpus.add(starter_documents(on_missing=print)))
        yield corpus


def _cut(corpus: Corpus, count: int, chance: random.Random) -> Iterator[Cut]:
    listed = list(corpus.documents())
    while count:
        document = corpus.document(chance.choice(listed).id).document
        turn = chance.choice(document.turns)
        found = words(turn.span.of(document.text))
        length = chance.randint(20, 40)
        if len(found) > length and turn.speaker and document.kind != "excerpt":
            first = chance.randrange(len(found) - length)
            text = turn.span.of(document.text)[found.starts[first] : found.ends[first + length - 1]]
            count -= 1
            yield Cut(text, turn.speaker, document.id)


def report(corpus: Corpus, cuts: list[Cut]) -> None:
    """Time each way on the same quotes, the whole set one way after another."""
    texts = [corpus.document(each.id).document.text for each in corpus.documents(limit=2000)]
    share = len(texts) / corpus.coverage().documents
    folded = [" ".join(words(text).keys) for text in texts]
    aligned = texts[: max(1, min(20, len(texts)))]
    rows = {
        "candidates": _timed(cuts, lambda cut: corpus.retrieve(Query((cut.text,)), limit=50)),
        "whole check": _timed(cuts, lambda cut: check_quote(Claim(cut.text, speaker=cut.speaker), corpus)),
        "scan of folded text": [
            taken / share for taken in _timed(cuts[:50], lambda cut: _scan(" ".join(words(cut.text).keys), folded))
        ],
        "aligning everything": [
            taken * len(texts) / len(aligned) / share
            for taken in _timed(cuts[:3], lambda cut: _align_all(cut.text, aligned))
        ],
    }
    base = statistics.median(rows["candidates"])
    coverage = corpus.coverage()
    print(f"{coverage.documents:,} documents, {coverage.passages:,} passages, {len(cuts)} quotes")
    print(f"{'':24}{'p50 ms':>10}{'p95 ms':>10}{'ratio':>9}")
    for name, taken in rows.items():
        middle, high = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
        print(f"{name:24}{1000 * middle:>10.2f}{1000 * high:>10.2f}{middle / base:>8.1f}x")
    print(f"recall@50 {_recall(corpus, cuts):.3f}")


def _timed(cuts: list[Cut], run: Callable[[Cut], object]) -> list[float]:
    run(cuts[0])  # what is loaded once is not the quote's cost
    taken = []
    for cut in cuts:
        begun = time.process_time()
        run(cut)
        taken.append(time.process_time() - begun)
    return taken


def _scan(quote: str, folded: list[str]) -> bool:
    return sum(quote in text for text in folded) > 0  # every text, as when nothing is found


def _align_all(quote: str, texts: list[str]) -> None:
    quotation = read_quotation(quote)
    for text in texts:
        align(quotation, text, within=Span(0, len(text)))


def _recall(corpus: Corpus, cuts: list[Cut]) -> float:
    hits = 0
    for cut in cuts:
        found = {candidate.passage.document_id for candidate in corpus.retrieve(Query((cut.text,)), limit=50)}
        copies = {cut.document_id, *corpus.document(cut.document_id).also_at}
        hits += bool(found & copies)
    return hits / len(cuts)


if __name__ == "__main__":
    main()
