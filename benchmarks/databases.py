"""The same corpus in a folder and on a server: equal findings, and how the two compare in speed.

    python -m benchmarks.databases same CORPUS CLAIMS.jsonl... [--other LOCATION] [--servers N] [--limit N]
    python -m benchmarks.databases speed RECORDS.jsonl.gz... [--documents N] [--quotes N]

`same` checks every claim against both corpora, or against a copy of the one on a private PostgreSQL when no other is named,
or over so many of them, and compares the findings field by field; it says how long each took. `speed` adds the same records to a folder and to a private PostgreSQL with
the settings that it has by default (every commit is on disk), then checks the same sentences on both, one by one and in turn;
figures are ratios of one run.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from benchmarks.cluster import binaries, running
from checker.cli.inputs import read_claims
from checker.cli.unreadable import Unreadable
from checker.export import finding_object
from checker.pipeline import check_quote
from checker.settings import load_settings
from checker.types import Claim
from corpus.copying import copy_corpus
from corpus.read import read_records
from corpus.spreading import spread_corpus
from corpus.store import Corpus
from corpus.text import sentences
from corpus.types import Document


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    same = commands.add_parser("same")
    same.add_argument("corpus")
    same.add_argument("claims", nargs="+")
    same.add_argument("--other")
    same.add_argument("--servers", type=int, default=1, help="private PostgreSQL servers over which the copy lies")
    same.add_argument("--limit", type=int, help="claims of each file")
    speed = commands.add_parser("speed")
    speed.add_argument("records", nargs="+", type=Path)
    speed.add_argument("--documents", type=int, default=400)
    speed.add_argument("--quotes", type=int, default=100)
    asked = parser.parse_args()
    with ExitStack() as stack:
        if asked.command == "speed":
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            compare_speed(_documents(asked.records, asked.documents), folder, _server(stack, safe=True), asked.quotes)
            return
        other = asked.other or _copied(asked.corpus, _servers(stack, asked.servers))
        unequal = compare_findings(asked.corpus, other, asked.claims, limit=asked.limit)
    sys.exit(1 if unequal else 0)


def _server(stack: ExitStack, *, safe: bool = False) -> str:
    found = binaries() or sys.exit("no PostgreSQL server is installed")
    return stack.enter_context(running(found, safe=safe)).location("measured")


def _servers(stack: ExitStack, count: int) -> str:
    if count == 1:
        return _server(stack)
    found = binaries() or sys.exit("no PostgreSQL server is installed")
    clusters = [stack.enter_context(running(found)) for _ in range(count)]
    whole = clusters[0].location("measured")
    spread_corpus(whole, [each.part("measured") for each in clusters])
    return whole


def _copied(corpus: str, server: str) -> str:
    begun = time.monotonic()
    print(f"copied, fingerprint {copy_corpus(corpus, server)}, {time.monotonic() - begun:.0f} s", flush=True)
    return server


def compare_findings(first: str, second: str, claims: Sequence[str], *, limit: int | None = None) -> int:
    """Check every claim against both and name the fields that differ; returns how many findings are unequal."""
    settings = load_settings()
    unequal = 0
    with Corpus.open(first) as one, Corpus.open(second) as other:
        for path in claims:
            count = different = 0
            taken: dict[str, list[float]] = {"first": [], "second": []}

            def checked(claim: Claim, name: str, corpus: Corpus, taken: dict[str, list[float]] = taken) -> object:
                begun = time.monotonic()
                found = finding_object(check_quote(claim, corpus, settings=settings))
                taken[name].append(1_000 * (time.monotonic() - begun))
                return found

            for item in islice(read_claims(path), limit):
                if isinstance(item, Unreadable):
                    print(f"{item.id}: {item.error}")
                    continue
                id, claim = item
                count += 1
                fields = differences(checked(claim, "first", one), checked(claim, "second", other))
                if fields:
                    different += 1
                    print(f"{id}: {', '.join(fields)}")
            print(f"{path}: {count - different:,} of {count:,} findings are equal field by field", flush=True)
            for name, each in taken.items():
                print(f"    {name}: median {statistics.median(each):.0f} ms a quote", flush=True)
            unequal += different
    return unequal


def differences(one: object, other: object, place: str = "") -> list[str]:
    """The fields in which two findings differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            each for name in sorted(one.keys() | other.keys())
            for each in differences(one.get(name), other.get(name), f"{place}.{name}".lstrip("."))
        ]  # fmt: skip
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            each for n, pair in enumerate(zip(one, other, strict=True)) for each in differences(*pair, f"{place}[{n}]")
        ]
    return [] if one == other else [place]


def _documents(paths: Sequence[Path], count: int) -> list[Document]:
    read = (record.document for path in paths for record in read_records(path) if record.document is not None)
    return list(islice(read, count))


def compare_speed(documents: list[Document], folder: str, server: str, quotes: int) -> None:
    """Print documents a second and milliseconds a quote on each, and the ratios."""
    seconds: dict[str, float] = {}
    with Corpus.open(folder, create=True) as one, Corpus.open(server, create=True) as other:
        for name, corpus in (("folder", one), ("server", other)):
            begun = time.monotonic()
            for _ in corpus.add(documents):
                pass
            seconds[name] = time.monotonic() - begun
            print(f"{name}: {len(documents) / seconds[name]:,.0f} documents/s, {corpus.stats().bytes / 1e6:,.0f} MB")
        taken: dict[str, list[float]] = {"folder": [], "server": []}
        settings = load_settings()
        for claim in _claims(documents, quotes + 5):
            for name, corpus in (("folder", one), ("server", other)):
                begun = time.monotonic()
                check_quote(claim, corpus, settings=settings)
                taken[name].append(time.monotonic() - begun)
    medians = {name: statistics.median(each[5:]) for name, each in taken.items()}  # the first ones warm up
    print(", ".join(f"{name}: {1_000 * median:.0f} ms a quote" for name, median in medians.items()))
    print(
        f"server : folder, adding {seconds['server'] / seconds['folder']:.2f}, a quote {medians['server'] / medians['folder']:.2f}"
    )


def _claims(documents: Sequence[Document], count: int) -> Iterator[Claim]:
    chance = random.Random(1)
    while count:
        document = chance.choice(documents)
        said = [span.of(document.text) for span in sentences(document.text, language=document.language)]
        long = [each for each in said if 8 <= len(each.split()) <= 40]
        if long:
            yield Claim(chance.choice(long))
            count -= 1


if __name__ == "__main__":
    main()
