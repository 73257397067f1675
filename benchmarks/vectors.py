"""How fast texts are encoded and vectors searched, as ratios within one run.

    python -m benchmarks.vectors [--corpus FOLDER] [--texts 64] [--sizes 100000 1000000] [--seed 7] [--server]

Encoders read passages of a corpus (the starter corpus, when none is named), each on one thread, in turn; nearness is the
cosine to PyTorch's vectors in single precision, and agreement how many of the ten nearest passages are the same when
passages of the one encoder are searched with a text of the other. Vectors are generated around a few thousand centres and
searched as the program does it, out of a database in a temporary folder, beside a product with all of them. With `--server` they
are searched on a private PostgreSQL that has pgvector instead, by processes that scan their bits in their own memory and by others that
let the server count, in turn; CPU time is that of a query. Absolute times depend on the machine and its load; compare the ratios.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, insert

from benchmarks.cluster import Cluster, binaries, running
from corpus.connectors.starter import starter_documents
from corpus.database import insert_rows, open_database, writing
from corpus.embed import Embedder, Encoders, Vectors
from corpus.embed.minilm import load_minilm
from corpus.embed.multilingual import load_multilingual
from corpus.embed.quantised import load_quantised
from corpus.schema import passage, version
from corpus.store import Corpus
from corpus.vectors.order import documents_by_use, passages_by_use
from corpus.vectors.scan import Nearest
from corpus.vectors.store import VectorStore

_NONE = np.zeros(0, np.uint32)
_QUERIES = 30


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", help="a corpus folder (default: the starter corpus)")
    parser.add_argument("--texts", type=int, default=64)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--server", action="store_true", help="compare with and without pgvector, and nothing else")
    options = parser.parse_args()
    if options.texts and not options.server:
        with _opened(options.corpus) as corpus:
            report_encoders(_passages(corpus, options.texts, random.Random(options.seed)))
    for size in options.sizes:
        (report_server if options.server else report_search)(size, np.random.default_rng(options.seed))


@contextmanager
def _opened(location: str | None) -> Iterator[Corpus]:
    if location:
        with Corpus.open(location) as corpus:
            yield corpus
        return
    with tempfile.TemporaryDirectory() as folder, Corpus.open(Path(folder), create=True) as corpus:
        list(corpus.add(starter_documents(on_missing=print)))
        yield corpus


def _passages(corpus: Corpus, count: int, chance: random.Random) -> list[str]:
    with corpus.vectors.connect() as connection:
        documents = documents_by_use(connection, "english")
    chosen = chance.sample(documents, min(len(documents), 4 * count))
    texts = [each.text for each in islice(passages_by_use(corpus.vectors.connect, chosen, _NONE), 20 * count)]
    return chance.sample(texts, count)


def time_encoders(
    encoders: Mapping[str, Embedder], texts: Sequence[str], *, rounds: int = 3
) -> tuple[dict[str, Vectors], dict[str, list[float]]]:
    """What each encoder makes of the same texts, and the seconds of processor time that it takes in each round, in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in encoders}
    vectors = {name: embedder.encode(texts) for name, embedder in encoders.items()}
    for _ in range(rounds):
        for name, embedder in encoders.items():
            seconds[name].append(_cpu(lambda embedder=embedder: embedder.encode(texts)))  # type: ignore[misc]
    return vectors, seconds


def report_encoders(texts: Sequence[str]) -> None:
    """Time each encoder on the same passages, one thread, three rounds in turn."""
    encoders: dict[str, Embedder] = {
        "minilm": load_minilm(threads=1),
        "minilm-int8": load_quantised(None, threads=1),
        "use": load_multilingual(threads=1),
    }
    vectors, seconds = time_encoders(encoders, texts)
    base = statistics.median(seconds["minilm"])
    fast, full = vectors["minilm-int8"], vectors["minilm"]
    cosines = (fast * full).sum(axis=1)
    print(f"{len(texts)} passages, {statistics.mean(map(len, texts)):.0f} characters on average")
    print(f"{'encoder':14}{'passages a CPU-second':>24}{'times minilm':>14}")
    for name, taken in seconds.items():
        each = statistics.median(taken)
        print(f"{name:14}{len(texts) / each:>24.1f}{base / each:>14.2f}")
    print(f"minilm-int8: cosine to minilm {cosines.mean():.4f} on average, {cosines.min():.4f} at least")
    print(
        f"ten nearest alike: {_alike(full, full, fast):.1%} with int8 passages, {_alike(full, fast, full):.1%} with int8 texts"
    )


def _alike(right: Vectors, queries: Vectors, held: Vectors) -> float:
    """Share of the ten nearest others that are those of the original encoder on both sides."""
    shares = []
    for number in range(len(right)):
        one, other = right @ right[number], held @ queries[number]
        one[number] = other[number] = -1
        shares.append(len(set(np.argsort(-one)[:10]) & set(np.argsort(-other)[:10])) / 10)
    return statistics.mean(shares)


@dataclass(frozen=True, slots=True)
class _Given:
    """An encoder that knows its texts' vectors."""

    vectors: Vectors
    name: str = "given@1"
    dimensions: int = 384
    by_sentence: bool = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self.vectors[[int(text) for text in texts]]


def report_search(size: int, chance: np.random.Generator) -> None:
    """Fill a database with so many vectors and search it."""
    centres = _directions(chance, 4_000)
    held = _near(chance, centres, size)
    queries = _near(chance, centres, _QUERIES)
    exact = [np.argsort(-(held @ query), kind="stable")[:10] + 1 for query in queries]
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(Path(folder))
        store = VectorStore(lambda: engine, engine.connect)
        _fill(engine, held)
        encoders = Encoders.of(english=_Given(queries))

        def search(number: int) -> list[int]:
            return [id for id, _ in _search(store, encoders, number)]

        first = _cpu(lambda: search(0))
        found = [search(number) for number in range(_QUERIES)]
        times = [_cpu(lambda number=number: search(number)) for number in range(_QUERIES)]  # type: ignore[misc]
        products = [_cpu(lambda query=query: held @ query) for query in queries]  # type: ignore[misc]
        bytes_ = sum(path.stat().st_size for path in Path(folder).iterdir())
        engine.dispose()
    recall = statistics.mean(len(set(a) & set(b.tolist())) / 10 for a, b in zip(found, exact, strict=True))
    search_ms, product_ms = (1_000 * statistics.median(each) for each in (times, products))
    print(f"{size:,} vectors: {search_ms:.1f} ms a search (first, with reading: {1_000 * first:.0f} ms), "
          f"{product_ms:.1f} ms a product with all, ratio {product_ms / search_ms:.1f}; "
          f"{recall:.1%} of the ten nearest; {bytes_ / size:.0f} bytes a vector on disk, {size * 52 / 1e6:.0f} MB in memory")  # fmt: skip


def _fill(engine: Engine, held: Vectors) -> None:
    store = VectorStore(lambda: engine, engine.connect)
    with writing(engine) as connection:
        connection.execute(insert(version), _row())
        connection.commit()
    space = store.begin("english", _Given(held))
    for at in range(0, len(held), 2_000):
        part = held[at : at + 2_000]
        with writing(engine) as connection:
            ids = range(at + 1, at + 1 + len(part))
            rows = [{"id": id, "version_id": 1, "turn": 0, "start": 0, "end": 1} for id in ids]
            insert_rows(connection, passage, rows)
            connection.commit()
        store.keep(space, np.arange(at + 1, at + 1 + len(part), dtype=np.uint32), part)


def _search(store: VectorStore, encoders: Encoders, number: int) -> Nearest:
    with store.connect() as connection:
        return store.nearest(connection, "english", str(number), encoders, superseded=_NONE, limit=10)


@dataclass(frozen=True, slots=True)
class _Searched:
    """What a process found, in how many seconds a query, its own seconds of CPU for all, and by how many megabytes it grew."""

    found: tuple[Nearest, ...]
    seconds: tuple[float, ...]
    cpu: float
    megabytes: float


def report_server(size: int, chance: np.random.Generator) -> None:
    """Search so many vectors on a server, in two processes that read the bits and in two that do not."""
    centres = _directions(chance, 4_000)
    queries = _near(chance, centres, 10 * _QUERIES)
    server = binaries(pgvector=True) or sys.exit(
        "no PostgreSQL server with pgvector 0.7 or later is installed: put the folder with its initdb first on PATH"
    )
    with running(server, safe=True) as cluster:
        location = cluster.location("measured")
        engine = open_database(location)
        _fill(engine, _near(chance, centres, size))
        with engine.connect() as connection:
            rows = "SELECT pg_total_relation_size('sign_bits'), pg_total_relation_size('sign_block')"
            as_rows, in_blocks = connection.exec_driver_sql(rows).one()
        engine.dispose()
        runs: dict[str, list[_Searched]] = {"memory": [], "server": []}
        busy = dict.fromkeys(runs, 0.0)
        for name, address in 2 * [("memory", f"{location}&pgvector=off"), ("server", location)]:
            begun = _cpu_of_server(cluster)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                runs[name].append(pool.submit(_searched, address, queries).result())
            busy[name] += _cpu_of_server(cluster) - begun
    equal = len({each.found for run in runs.values() for each in run}) == 1
    print(f"{size:,} vectors, {len(queries)} queries: the same is found: {equal}; rows take {as_rows / size:.0f} bytes a vector, "
          f"blocks {in_blocks / size:.0f}")  # fmt: skip
    print(f"{'':8}{'MB more':>9}{'first ms':>10}{'median ms':>11}{'CPU ms here':>13}{'at the server':>15}")
    for name, run in runs.items():
        here, there = (1_000 * each / len(run) / len(queries) for each in (sum(one.cpu for one in run), busy[name]))
        print(f"{name:8}{statistics.mean(each.megabytes for each in run):>9.1f}{1_000 * statistics.mean(each.seconds[0] for each in run):>10.0f}"
              f"{1_000 * _median(run):>11.1f}{here:>13.1f}{there:>15.1f}")  # fmt: skip


def _median(runs: Sequence[_Searched]) -> float:
    return statistics.median(seconds for each in runs for seconds in each.seconds[1:])


def _searched(address: str, queries: Vectors) -> _Searched:
    engine = open_database(address)
    store, encoders = VectorStore(lambda: engine, engine.connect), Encoders.of(english=_Given(queries))
    store.spaces()  # connects
    before, busy = _resident(), time.process_time()
    found, seconds = [], []
    for number in range(len(queries)):
        begun = time.perf_counter()
        found.append(_search(store, encoders, number))
        seconds.append(time.perf_counter() - begun)
    grown, busy = _resident() - before, time.process_time() - busy
    engine.dispose()
    return _Searched(tuple(found), tuple(seconds), busy, grown / 1e6)


def _cpu_of_server(cluster: Cluster) -> float:
    """Seconds of CPU that a server's processes have taken, those that have ended too (Linux)."""
    first = (cluster.folder / "data/postmaster.pid").read_text(encoding="utf-8").split()[0]
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            id, _, fields = file.read_text(encoding="utf-8").partition(" ")
            state = fields.rpartition(")")[2].split()
            ticks += sum(map(int, state[11:15] if id == first else state[11:13] if state[1] == first else ()))
    return ticks / os.sysconf("SC_CLK_TCK")


def _resident() -> int:
    """Bytes of memory that this process has (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * resource.getpagesize()


def _directions(chance: np.random.Generator, count: int) -> Vectors:
    vectors = chance.standard_normal((count, 384), dtype=np.float32)
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def _near(chance: np.random.Generator, centres: Vectors, count: int) -> Vectors:
    """Vectors of which two of one centre have a cosine of about a half, as passages on one topic have."""
    vectors = _directions(chance, count)
    vectors += centres[chance.integers(0, len(centres), count)]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _row() -> dict[str, object]:
    empty = dict.fromkeys(
        ("sha256", "publisher", "title", "language", "kind", "tier", "speakers", "text", "added_at"), ""
    )
    return {**empty, "id": 1, "document_id": "generated", "number": 1, "current": True, "metadata": b""}


def _cpu(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
