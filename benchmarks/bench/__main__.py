"""One command that measures everything about speed on the same documents, and writes a page and a picture of it.

    python -m benchmarks.bench [--corpus FOLDER | --corpus-files FILE...] [--out PAGE.md] [--sizes 10000 100000 1000000]
        [--quotes 150] [--seed 7] [--environment var/peers]

The documents are those of a corpus folder, or of files of records, or, when neither is named, the starter corpus. A corpus of
each size is made of them in a seeded order; where there are too few, variations of them are added (words exchanged for others
of the same documents), and the page says so. Quotes, sentences of 15 to 40 words, are cut from the documents of the smallest corpus, so
that each size is asked the same; every third has one word exchanged, which nobody may call said.

OnRecord and what a user would pick instead answer them in a process each, one after another (`benchmarks/peers_answer.py`); those that are
installed into an environment of their own and cannot be are named and left out. A corpus of more passages than there are is OnRecord's
alone. Times are the processor's where nothing else is said. The page is written as soon as all documents were measured, and again at the end.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bench.material import Material, Stage, opened, stages, write_texts
from benchmarks.bench.page import Run, page
from benchmarks.bench.plot import growth_plot
from benchmarks.bench.program import Figure, cold, encoding, throughput
from benchmarks.bench.systems import BESIDE, Measured, ask

PICTURE = "pictures/speed.svg"


def parser() -> argparse.ArgumentParser:
    """The command line."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = given.add_mutually_exclusive_group()
    source.add_argument("--corpus", help="a corpus folder; it is read only")
    source.add_argument("--corpus-files", type=Path, nargs="+", default=(), help="records to make one of")
    given.add_argument("--out", type=Path, default=Path("var/speed.md"))
    given.add_argument(
        "--sizes", type=int, nargs="*", default=[10_000, 100_000], help="passages, besides all that there are"
    )
    given.add_argument("--quotes", type=int, default=150)
    given.add_argument("--articles", type=int, default=20, help="for their rate, and that of quotes; 0 for none")
    given.add_argument("--starts", type=int, default=5, help="of the program from cold; 0 for none")
    given.add_argument("--systems", nargs="*", choices=BESIDE, default=list(BESIDE), help="beside OnRecord")
    given.add_argument("--encode", type=int, default=32, help="passages that the encoders are timed with; 0 for none")
    given.add_argument("--seed", type=int, default=7)
    given.add_argument("--environment", type=Path, default=Path("var/peers"), help="where the peers are installed")
    return given


def main() -> None:
    """Measure, and write the page with its picture."""
    asked = parser().parse_args()
    for run in measure(asked):
        picture = asked.out.parent / PICTURE
        picture.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(page(run, picture=PICTURE), encoding="utf-8")
        picture.write_text(growth_plot(run.measured), encoding="utf-8")
        print(f"{asked.out}, {picture}", flush=True)


def measure(asked: argparse.Namespace) -> Iterator[Run]:
    """Everything, smallest corpus first: what is known with the corpus of all documents, and with each larger one."""
    begun, load = datetime.now(UTC), os.getloadavg()[0]
    measured: list[Measured] = []
    held: list[Stage] = []
    program: tuple[Figure, ...] = ()
    encoders: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch, opened(asked.corpus, asked.corpus_files, Path(scratch)) as whole:
        folder = Path(scratch)
        material = Material.of(whole, asked)
        for stage in stages(whole, material, folder, asked.sizes):
            held.append(stage)
            beside = asked.systems if not stage.varied else ()
            texts = write_texts(stage, folder) if beside else None
            for name in ("onrecord", *beside):
                measured.append(
                    ask(name, stage, material.cuts, texts=texts, folder=folder, environment=asked.environment)
                )
                print(f"{stage.passages:,} passages, {measured[-1].title}: {measured[-1].told}", flush=True)
            if stage.whole:
                program = (*cold(stage, material, asked.starts), *throughput(stage, material, folder))
                encoders = encoding(stage, asked.encode) if asked.encode else {}
            if stage.whole or stage.varied:
                yield Run(
                    begun, datetime.now(UTC), platform.machine(), os.cpu_count() or 1, (load, os.getloadavg()[0]),
                    tuple(held), tuple(measured), program, encoders, material.counts,
                )  # fmt: skip


if __name__ == "__main__":
    main()
