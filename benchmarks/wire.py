"""A day's wire on Dask: every article exactly once though a worker is killed, how fast, and what the distribution costs.

    python -m benchmarks.wire articles --corpus FOLDER --number N --out FILE.jsonl [--seed S]
    python -m benchmarks.wire run FILE.jsonl --corpus FOLDER [--workers 2] [--kill] [--tagger none]
    python -m benchmarks.wire chunks FILE.jsonl --corpus FOLDER [--workers 2]

`articles` writes invented frames around real sentences of the corpus: word for word, altered, and never said. `run` checks them
by `onrecord check --scheduler`, kills a worker in the middle (and starts another), and compares what came out with what went in; the same
articles are checked without Dask first, so that speed-up and overhead are ratios of one run. `chunks` tries sizes of tasks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from benchmarks.desk import paragraph, said
from benchmarks.workers import Workers, scheduler
from checker.distributed import CHUNK, check_articles
from checker.settings import load_settings
from checker.types import Article
from corpus.store import Corpus

_QUOTES = 4
_SIZES = (1, 2, 4, 8, 16)


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    articles = commands.add_parser("articles")
    articles.add_argument("--number", type=int, default=10_000)
    articles.add_argument("--seed", type=int, default=2026)
    articles.add_argument("--out", type=Path, required=True)
    run = commands.add_parser("run")
    run.add_argument("--kill", action="store_true")
    run.add_argument("--alone", type=int, default=200, help="So many of them are checked without Dask, to compare.")
    chunks = commands.add_parser("chunks")
    for each in (run, chunks):
        each.add_argument("file", type=Path)
        each.add_argument("--workers", type=int, default=2)
        each.add_argument("--tagger", choices=["own", "none"], default="own")
    for each in (articles, run, chunks):
        each.add_argument("--corpus", required=True)
    asked = parser.parse_args()
    if asked.command == "articles":
        write_articles(asked.corpus, asked.out, number=asked.number, seed=asked.seed)
        return
    os.environ["ONRECORD_TAGGER"] = asked.tagger
    with tempfile.TemporaryDirectory() as folder, scheduler(Path(folder), workers=asked.workers) as cluster:
        if asked.command == "chunks":
            try_chunks(asked.file, asked.corpus, cluster)
        else:
            sys.exit(0 if wire(asked.file, asked.corpus, cluster, alone=asked.alone, kill=asked.kill) else 1)


def write_articles(corpus: str, path: Path, *, number: int, seed: int) -> None:
    """So many articles of four quotations each, of one speaker."""
    chance = random.Random(seed)
    with Corpus.open(corpus) as held, path.open("w", encoding="utf-8") as file:
        ids = sorted(each.id for each in held.shelf() if each.language == "en")
        sentences = cycle(said(held, chance.sample(ids, len(ids))))
        for place in range(number):
            quoted = list(islice(sentences, _QUOTES))
            told = [paragraph(*each, chance.randrange(10)) for each in quoted]
            text = f"Notes from the wire, number {place}\n\n" + "\n\n".join(told)
            file.write(json.dumps({"id": f"wire-{place}", "text": text}, ensure_ascii=False) + "\n")


def wire(path: Path, corpus: str, cluster: Workers, *, alone: int, kill: bool) -> bool:
    """Check them all; True when each came out exactly once, as it comes out without Dask."""
    wanted = [json.loads(line)["id"] for line in path.open(encoding="utf-8")]
    here, seconds_here = _alone(path, corpus, alone)
    out = cluster.folder / "out.jsonl"
    began = time.monotonic()
    with out.open("wb") as file:
        command = [*_CHECK, str(path), "--format", "jsonl", "--corpus", corpus, "--scheduler", cluster.address]
        running = subprocess.Popen(command, stdout=file)
        if kill:
            while running.poll() is None and _lines(out) < len(wanted) // 2:
                time.sleep(0.2)
            cluster.kill(0)
            print(f"a worker was killed after {_lines(out):,} articles", flush=True)
            cluster.start()
        code = running.wait()
    seconds = time.monotonic() - began
    came = {json.loads(line)["id"]: _digest(line) for line in out.open(encoding="utf-8")}
    counts = Counter(json.loads(line)["id"] for line in out.open(encoding="utf-8"))
    twice, lost = [id for id, times in counts.items() if times > 1], set(wanted) - set(counts)
    other = [id for id, digest in here.items() if came.get(id) != digest]
    print(f"exit {code}; {len(counts):,} of {len(wanted):,} articles, {len(twice)} twice, {len(lost)} lost")
    print(f"{len(here) - len(other)} of {len(here)} equal to what comes out without Dask, byte for byte")
    rate, rate_here = len(wanted) / seconds, len(here) / seconds_here
    print(
        f"{rate:.2f} articles/s with {len(cluster.processes) - kill} workers, {rate_here:.2f} by one process; {rate / rate_here:.2f} times"
    )
    return not (code or twice or lost or other)


_CHECK = [sys.executable, "-c", "from checker.cli import main; main()", "check"]


def _alone(path: Path, corpus: str, number: int) -> tuple[Mapping[str, str], float]:
    """The first articles by one process: what comes out, and how long it takes without the start."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as some:
        some.writelines(islice(path.open(encoding="utf-8"), number))
        some.flush()
        command = [*_CHECK, some.name, "--format", "jsonl", "--corpus", corpus]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            found: dict[str, str] = {}
            for line in running.stdout:
                if not found:
                    began = time.monotonic()
                found[json.loads(line)["id"]] = _digest(line)
    return found, (time.monotonic() - began) * len(found) / max(1, len(found) - 1)


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def try_chunks(path: Path, corpus: str, cluster: Workers) -> None:
    """The same articles in tasks of several sizes, twice each in turn; the first round warms the workers up."""
    texts = [json.loads(line) for line in path.open(encoding="utf-8")]
    articles = [Article(each["id"], each["text"]) for each in texts]
    settings = replace(load_settings(), corpus=corpus)
    times: dict[int, list[float]] = {size: [] for size in _SIZES}
    for turn in range(3):
        for size in _SIZES:
            began = time.monotonic()
            for _ in check_articles(articles, scheduler=cluster.address, settings=settings, chunk=size):
                pass
            if turn:
                times[size].append(time.monotonic() - began)
    least = min(map(min, times.values()))
    print(
        f"{len(articles)} articles; chosen: {CHUNK}\n\n| articles of a task | time, least of two | of the fastest |\n|---|---|---|"
    )
    for size, taken in times.items():
        print(f"| {size} | {min(taken):.1f} s | {min(taken) / least:.2f} |")


if __name__ == "__main__":
    main()
