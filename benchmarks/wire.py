"""A day's wire on Dask: every article exactly once though a worker is killed, how fast, and what the distribution costs.

    python -m benchmarks.wire articles --corpus FOLDER --number N --out FILE.jsonl [--seed S]
    python -m benchmarks.wire run FILE.jsonl --corpus FOLDER [--workers 2] [--kill] [--tagger none]
    python -m benchmarks.wire chunks FILE.jsonl --corpus FOLDER [--workers 2]

`articles` writes invented frames around real sentences of the corpus: word for word, altered, and never said. `run` checks them
by `onrecord check --scheduler`, kills a worker in the middle (and starts another), and compares what came out with what went in; the first of them
are checked without Dask too, so that speed-up and overhead are ratios of one run, and what a day of three million articles takes is worked out from
the processor time. `chunks` tries sizes of tasks. Processor time is that of all processes, starts included: on a machine that does other work the clock says little.
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
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

import psutil

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
    if asked.command == "chunks":
        with tempfile.TemporaryDirectory() as folder, scheduler(Path(folder), workers=asked.workers) as cluster:
            try_chunks(asked.file, asked.corpus, cluster)
        return
    sys.exit(0 if wire(asked.file, asked.corpus, workers=asked.workers, alone=asked.alone, kill=asked.kill) else 1)


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


@dataclass(frozen=True, slots=True)
class Came:
    """What a run gave: a digest of each line with its article's id, in order, and the seconds of the clock and of all processors."""

    lines: tuple[tuple[str, str], ...]
    seconds: float
    cpu: float
    code: int = 0


def wire(path: Path, corpus: str, *, workers: int, alone: int, kill: bool) -> bool:
    """Check them all; True when each came out exactly once, as it comes out without Dask."""
    wanted = [json.loads(line)["id"] for line in path.open(encoding="utf-8")]
    few, here = _alone(path, corpus, max(1, alone // 10)), _alone(path, corpus, alone)
    came = _spread(path, corpus, len(wanted), workers=workers, kill=kill)
    counts, digests = Counter(id for id, _ in came.lines), dict(came.lines)
    twice, lost = [id for id, times in counts.items() if times > 1], set(wanted) - set(counts)
    other = [id for id, digest in here.lines if digests.get(id) != digest]
    print(f"exit {came.code}; {len(counts):,} of {len(wanted):,} articles, {len(twice)} twice, {len(lost)} lost")
    print(f"{len(here.lines) - len(other)} of {len(here.lines)} equal to what comes out without Dask, byte for byte")
    more = len(here.lines) - len(few.lines)
    cpu_here, cpu = (here.cpu - few.cpu) / more, came.cpu / len(wanted)
    rate, rate_here = len(wanted) / came.seconds, more / (here.seconds - few.seconds)
    print(
        f"by the clock {rate:.2f} articles/s with {workers} workers, {rate_here:.2f} by one process without its start: {rate / rate_here:.2f} times"
    )
    print(
        f"processor time an article {1000 * cpu:.0f} ms with Dask, starts included, {1000 * cpu_here:.0f} ms without either: {cpu / cpu_here:.2f} times"
    )
    print(day(cpu))
    return not (came.code or twice or lost or other)


def day(cpu: float) -> str:
    """What three million articles a day take, when one takes so many seconds of a processor.

    >>> day(0.144)
    '3,000,000 articles a day: 5.0 cores, all of the day; 3.60 to 6.00 dollars a day at 0.03 to 0.05 a vCPU-hour'
    """
    cores = _DAY * cpu / 86_400
    low, high = (cores * 24 * price for price in _PRICES)
    return (
        f"{_DAY:,} articles a day: {cores:.1f} cores, all of the day; {low:.2f} to {high:.2f} dollars a day"
        f" at {_PRICES[0]} to {_PRICES[1]} a vCPU-hour"
    )


_DAY = 3_000_000

_PRICES = (0.03, 0.05)
"""Dollars a vCPU-hour: an assumption, about what large clouds ask for general machines on demand, without a reservation."""

_CHECK = [sys.executable, "-c", "from checker.cli import main; main()", "check"]


def _spread(path: Path, corpus: str, number: int, *, workers: int, kill: bool) -> Came:
    """All of them by the workers of a scheduler, one of which is killed in the middle, and another started."""
    before, began = _used(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder, scheduler(Path(folder), workers=workers) as cluster:
        out = cluster.folder / "out.jsonl"
        command = [*_CHECK, str(path), "--format", "jsonl", "--corpus", corpus, "--scheduler", cluster.address]
        with out.open("wb") as file:
            running = subprocess.Popen(command, stdout=file)
            if kill:
                while running.poll() is None and _lines(out) < number // 2:
                    time.sleep(0.2)
                cluster.kill(0)
                print(f"a worker was killed after {_lines(out):,} articles", flush=True)
                cluster.start()
            code = running.wait()
        seconds = time.monotonic() - began
        lines = tuple(map(_digest, out.open(encoding="utf-8")))
    return Came(lines, seconds, _used() - before, code)  # all its processes have ended by now


def _alone(path: Path, corpus: str, number: int) -> Came:
    """The first articles by one process."""
    before, began = _used(), time.monotonic()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as some:
        some.writelines(islice(path.open(encoding="utf-8"), number))
        some.flush()
        command = [*_CHECK, some.name, "--format", "jsonl", "--corpus", corpus]
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return Came(tuple(map(_digest, told.splitlines(keepends=True))), time.monotonic() - began, _used() - before)


def _used() -> float:
    """Seconds of processor time of all processes that were started here and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _digest(line: str) -> tuple[str, str]:
    return json.loads(line)["id"], hashlib.sha256(line.encode()).hexdigest()


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def try_chunks(path: Path, corpus: str, cluster: Workers) -> None:
    """The same articles in tasks of several sizes, twice each in turn; the first round warms the workers up."""
    texts = [json.loads(line) for line in path.open(encoding="utf-8")]
    articles = [Article(each["id"], each["text"]) for each in texts]
    settings = replace(load_settings(), corpus=corpus)
    times: dict[int, list[tuple[float, float]]] = {size: [] for size in _SIZES}
    for turn in range(3):
        for size in _SIZES:
            began, before = time.monotonic(), _family()
            for _ in check_articles(articles, scheduler=cluster.address, settings=settings, chunk=size):
                pass
            if turn:
                times[size].append((_family() - before, time.monotonic() - began))
    least = min(min(taken)[0] for taken in times.values())
    print(f"{len(articles)} articles; chosen: {CHUNK}\n")
    print("| articles of a task | processor time, least of two | of the least | by the clock |\n|---|---|---|---|")
    for size, taken in times.items():
        clock = min(each for _, each in taken)
        print(f"| {size} | {min(taken)[0]:.1f} s | {min(taken)[0] / least:.2f} | {clock:.1f} s |", flush=True)


def _family() -> float:
    """Seconds of processor time of this process and of those that it has started, which still run."""
    here = psutil.Process()
    return sum(sum(each.cpu_times()[:2]) for each in (here, *here.children(recursive=True)))


if __name__ == "__main__":
    main()
