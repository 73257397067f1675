"""One command that measures everything about speed on the same documents, and writes a page and a picture of it.

    python -m benchmarks.bench [--corpus FOLDER | --corpus-files FILE...] [--out PAGE.md] [--sizes 10000 100000 1000000]
        [--quotes 150] [--seed 7] [--environment var/peers] [--keep var/speed.jsonl]

The documents are those of a corpus folder, or of files of records, or, when neither is named, the starter corpus. A corpus of
each size is made of them in a seeded order; where there are too few, variations of them are added (words exchanged for others
of the same documents), and the page says so. Quotes, sentences of 15 to 40 words, are cut from the documents of the smallest corpus, so
that each size is asked the same; every third has one word exchanged, which nobody may call said.

OnRecord and what a user would pick instead answer them in a process each, one after another (`benchmarks/peers_answer.py`); those that are
installed into an environment of their own and cannot be are named and left out. A corpus of more passages than there are is OnRecord's
alone. Times are the processor's where nothing else is said. The page is written as soon as all documents were measured, and again after each
larger corpus. With `--keep` each measurement is written into a file as it comes; the same command with the same file goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.bench.kept import Kept, WrongFile
from benchmarks.bench.material import Material, Stage, Texts, made, opened, write_texts
from benchmarks.bench.memory import adding, server
from benchmarks.bench.page import Part, Run, page
from benchmarks.bench.plot import growth_plot
from benchmarks.bench.program import Figure, cold, encoding, throughput
from benchmarks.bench.systems import BESIDE, Measured, ask
from corpus.store import Corpus

PICTURE = "pictures/speed.svg"

_STAGE, _MEASURED = TypeAdapter(Stage), TypeAdapter(Measured)
_FIGURES, _RATES = TypeAdapter(tuple[Figure, ...]), TypeAdapter(dict[str, float])


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
    given.add_argument("--keep", type=Path, help="a file of what was measured so far, to go on from")
    given.add_argument("--environment", type=Path, default=Path("var/peers"), help="where the peers are installed")
    return given


def main() -> None:
    """Measure, and write the page with its picture."""
    asked = parser().parse_args()
    try:
        _write(asked)
    except WrongFile as error:
        sys.exit(str(error))


def _write(asked: argparse.Namespace) -> None:
    for run in measure(asked):
        picture = asked.out.parent / PICTURE
        picture.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(page(run, picture=PICTURE), encoding="utf-8")
        picture.write_text(growth_plot(run.measured), encoding="utf-8")
        print(f"{asked.out}, {picture}", flush=True)


def measure(asked: argparse.Namespace) -> Iterator[Run]:
    """Everything, smallest corpus first: what is known with the corpus of all documents, and with each larger one."""
    parts: list[Part] = []
    with tempfile.TemporaryDirectory() as scratch, opened(asked.corpus, asked.corpus_files, Path(scratch)) as whole:
        bench = _Bench(asked, whole, Material.of(whole, asked), Path(scratch))
        full = whole.coverage().passages
        for size in sorted({*asked.sizes, full}):
            parts.append(bench.part(size, whole=size == full, varied=size > full))
            if size >= full:
                yield Run(
                    platform.machine(), os.cpu_count() or 1, tuple(parts), bench.kept.sittings, bench.material.counts
                )


class _Bench:
    """What is measured, on what, and what is known of it already."""

    def __init__(self, asked: argparse.Namespace, whole: Corpus, material: Material, folder: Path) -> None:
        self._asked = asked
        self._whole = whole
        self._folder = folder
        self.material = material
        digest = hashlib.sha256("\n".join((*material.articles, *map(repr, material.cuts))).encode()).hexdigest()
        self.kept = Kept(asked.keep, f"{whole.fingerprint()} {asked.starts} {asked.encode} {digest}")

    def part(self, size: int, *, whole: bool, varied: bool) -> Part:
        """All that is measured of one size; the corpus is made when the first of it is asked for."""
        beside = self._asked.systems if not varied else ()
        with ExitStack() as until_done:

            @cache
            def stage() -> Stage:
                return until_done.enter_context(made(self._whole, self.material, self._folder, size))

            @cache
            def texts() -> Texts:
                return write_texts(stage(), self._folder)

            held = self.kept.once(size, "stage", _STAGE, stage)
            measured = [self._asked_of("onrecord", size, stage, lambda: None)]
            measured += [self._asked_of(name, size, stage, texts) for name in beside]
            return Part(held, tuple(measured), *(self._program(size, stage) if whole else ((), {})))

    def _asked_of(
        self, name: str, size: int, stage: Callable[[], Stage], texts: Callable[[], Texts | None]
    ) -> Measured:
        def measure() -> Measured:
            held = texts()
            return ask(
                name, stage(), self.material.cuts, texts=held, folder=self._folder, environment=self._asked.environment
            )

        found = self.kept.once(size, name, _MEASURED, measure, failed=lambda each: each.why)
        print(f"{found.passages:,} passages, {found.title}: {found.told}", flush=True)
        return found

    def _program(self, size: int, stage: Callable[[], Stage]) -> tuple[tuple[Figure, ...], dict[str, float]]:
        starts, encoded = self._asked.starts, self._asked.encode
        figures = (
            *self.kept.once(size, "cold", _FIGURES, lambda: cold(stage(), self.material, starts)),
            *self.kept.once(size, "throughput", _FIGURES, lambda: throughput(stage(), self.material, self._folder)),
            *self.kept.once(size, "adding", _FIGURES, lambda: adding(stage(), self.material, self._folder)),
            *self.kept.once(size, "server", _FIGURES, lambda: server(stage(), self.material, self._folder)),
        )
        if not encoded:
            return figures, {}
        return figures, self.kept.once(size, "encoding", _RATES, lambda: encoding(stage(), encoded))


if __name__ == "__main__":
    main()
