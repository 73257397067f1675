"""How long it takes to find out who said what: by rules alone, and with the tagger, on one core and warm.

    python benchmarks/extraction.py DOCUMENTS.jsonl[.gz] [--rounds 3]

Documents have `text`. Both ways read every document in turn in each round; times are the processor's, all that is skipped
included, and the ratio of one run is what can be relied on. Articles of 700 to 900 words are told apart, scaled to 800.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections import defaultdict
from pathlib import Path

from checker.extract import extract_attributions, load_tagger
from checker.types import Article
from corpus.text import words

_ARTICLE, _NEAR = 800, 100
"""Words of an article as newspapers print them, and how far one may be from it."""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    raw = options.documents.read_bytes()
    text = (gzip.decompress(raw) if options.documents.suffix == ".gz" else raw).decode("utf-8")
    texts = [json.loads(line)["text"] for line in text.split("\n") if line.strip()]
    lengths = [len(words(each)) for each in texts]
    ways = {"rules": None, "rules and tagger": load_tagger()}
    taken: dict[str, list[list[float]]] = defaultdict(list)
    for turn in range(options.rounds + 1):
        for way, tagger in ways.items():
            seconds = []
            for each in texts:
                began = time.process_time()
                extract_attributions(Article("x", each), tagger=tagger)
                seconds.append(time.process_time() - began)
            if turn:  # the first round compiles patterns and loads the network
                taken[way].append(seconds)
    print(f"{len(texts)} documents, {sum(lengths):,} words, {options.rounds} rounds\n")
    print("| | words per CPU-second | an article of 800 words, median | slowest |\n|---|---|---|---|")
    for way, rounds in taken.items():
        least = [min(each) for each in zip(*rounds, strict=True)]
        rate = sum(lengths) / min(sum(each) for each in rounds)
        pairs = zip(least, lengths, strict=True)
        near = [1000 * each * _ARTICLE / length for each, length in pairs if abs(length - _ARTICLE) <= _NEAR]
        shown = f"{statistics.median(near):.0f} ms | {max(near):.0f} ms" if near else "– | –"
        print(f"| {way} | {rate:,.0f} | {shown} |")


if __name__ == "__main__":
    main()
