"""How soon an editor sees the findings of an article: over a real server, with a real corpus, as a browser asks for them.

    python benchmarks/desk.py --corpus FOLDER [--quotes 40] [--rounds 5]

Each round is another article of so many quotations, five of each speaker: six in ten word for word, two with a word or
figure changed, two that nobody said. Times count from the moment when the form is sent; the first round, in which the server
opens the corpus and loads its models, is told apart. The desk's own database is a file of this run.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from corpus.store import Corpus
from corpus.text import sentences

START = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0"]
CARD = re.compile(rb'<article class="card tone-(\w+)"')
MORE = re.compile(rb'id="more" hx-get="([^"]+)"')
_WORDS = range(12, 30)
_EACH = 5


@dataclass(frozen=True, slots=True)
class Round:
    """One article: seconds until the page, its first finding and all of them were there, and what was found."""

    page: float
    first: float
    all: float
    pieces: int
    tones: tuple[str, ...]


def main() -> None:
    """Print a table of rounds, and their medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--quotes", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    articles = list(_articles(options.corpus, options.quotes, options.rounds + 1))
    with tempfile.TemporaryDirectory() as folder:
        command = [*START, "--corpus", options.corpus, "--threads", str(options.threads)]
        environment = _environment(folder)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
            assert server.stdout is not None
            address = re.search(r"http://\S+/", server.stdout.readline())
            assert address, "the server did not start"
            rounds = [_round(address.group(), article) for article in articles]
            server.terminate()
    print(
        "| round | page ms | first finding ms | all ms | pieces | verified | altered | other |\n|---|---|---|---|---|---|---|---|"
    )
    for number, each in enumerate(rounds):
        print(f"| {number or 'first'} | {_told(each)} |")
    warm = rounds[1:]
    print(
        f"\nmedian of {len(warm)}: page {_ms(statistics.median(each.page for each in warm))} ms, "
        f"first {_ms(statistics.median(each.first for each in warm))} ms, "
        f"all {_ms(statistics.median(each.all for each in warm))} ms"
    )


def _told(each: Round) -> str:
    counts = [each.tones.count(tone) for tone in ("verified", "altered")]
    figures = [_ms(each.page), _ms(each.first), _ms(each.all), each.pieces, *counts, len(each.tones) - sum(counts)]
    return " | ".join(map(str, figures))


def _ms(seconds: float) -> int:
    return round(1000 * seconds)


def _environment(folder: str) -> dict[str, str]:
    return dict(os.environ) | {"ONRECORD_DESK": str(Path(folder) / "desk.sqlite3")}


def _articles(folder: str, quotes: int, number: int) -> Iterator[str]:
    """Articles whose quotations stand in the corpus, or nearly, or not at all."""
    chance = random.Random(20261125)
    with Corpus.open(folder) as corpus:
        ids = [each.id for each in corpus.shelf() if each.language == "en"]
        held = said(corpus, chance.sample(ids, len(ids)))
        for _ in range(number):
            paragraphs = [paragraph(*next(held), place % 10) for place in range(quotes)]
            yield "Notes from a long week\n\n" + "\n\n".join(paragraphs)


def said(corpus: Corpus, ids: list[str]) -> Iterator[tuple[str, str]]:
    """A speaker and five sentences of theirs from each document, while there are any."""
    for id in ids:
        document = corpus.document(id).document
        for turn in document.turns:
            if turn.kind != "speech" or not turn.speaker:
                continue
            text = turn.span.of(document.text)[:6000]
            fit = [text[s.start : s.end] for s in sentences(text) if len(text[s.start : s.end].split()) in _WORDS]
            plain = [each.strip().rstrip(".!?") for each in fit if not re.search(r"[“”\"\n]", each)]
            if len(plain) >= _EACH:
                yield from ((turn.speaker.title(), each) for each in plain[:_EACH])
                break


def paragraph(speaker: str, sentence: str, place: int) -> str:
    if place in (3, 7):
        words = sentence.split()
        words[len(words) // 2] = "never" if place == 3 else "seventeen"
        sentence = " ".join(words)
    elif place in (4, 9):
        sentence = f"I keep {place} grey cats in the attic of the customs house, and each of them answers to a number"
    return f"“{sentence},” {speaker} told reporters. The room was quiet for a moment, and then the questions went on."


def _round(address: str, article: str) -> Round:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    began = time.perf_counter()
    form = urlencode({"text": article, "kind": "article"})
    connection.request("POST", "/check", form, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 303, answer.status
    page, came = _get(connection, answer.headers["Location"])
    at_page = came - began
    first = at_page if CARD.search(page) else 0.0
    tones, pieces = CARD.findall(page), 1
    while more := MORE.search(page):
        page, came = _get(connection, more.group(1).decode().replace("&amp;", "&"))
        tones, pieces = tones + CARD.findall(page), pieces + 1
        first = first or (came - began if tones else 0.0)
    connection.close()
    return Round(at_page, first, came - began, pieces, tuple(each.decode() for each in tones))


def _get(connection: HTTPConnection, path: str) -> tuple[bytes, float]:
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read()
    assert answer.status == 200, (path, answer.status)
    return page, time.perf_counter()


if __name__ == "__main__":
    main()
