"""The command line as people start it: one quote from cold, many quotes, articles; and how fast texts are encoded."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench.material import Material, Stage
from benchmarks.vectors import time_encoders
from corpus.embed import Embedder
from corpus.embed.minilm import load_minilm
from corpus.embed.quantised import load_quantised
from corpus.store import Corpus

PROGRAM = [sys.executable, "-c", "from checker.cli import main; main()"]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured of the program: what, how much, in which unit."""

    name: str
    value: float
    unit: str


def cold(stage: Stage, material: Material, starts: int) -> tuple[Figure, ...]:
    """`onrecord quote`, started anew each time, for a quote that stands there word for word; medians of a few starts."""
    if not starts:
        return ()
    found = {}
    for name, more in (("alone", False), ("with a speaker", True)):
        taken = []
        for cut in [cut for cut in material.cuts if not cut.altered][:starts]:
            said = ("--speaker", cut.speaker) if more else ()
            taken.append(_run("quote", cut.text, *said, corpus=stage.folder))
        found[name] = tuple(map(statistics.median, zip(*taken, strict=True)))
    return tuple(
        Figure(f"`onrecord quote` from cold, {name}, {kind}", value, "s")
        for name, values in found.items()
        for kind, value in zip(("processor", "wall"), values, strict=True)
    )


def throughput(stage: Stage, material: Material, folder: Path) -> tuple[Figure, ...]:
    """What a process checks in a second of processor time, its start taken out."""
    true = [cut for cut in material.cuts if not cut.altered]
    if not material.articles:
        return ()
    asked = [
        {"id": str(n), "quote": true[n % len(true)].text, "speaker": true[n % len(true)].speaker} for n in range(_BATCH)
    ]
    texts = [{"id": str(n), "text": text} for n, text in enumerate(material.articles)]
    rate = _rates(stage, folder)
    return (
        Figure("`onrecord quotes`, word for word", rate("quotes", asked, {}), "quotes a CPU-second"),
        Figure(
            "`onrecord check`, rules only", rate("check", texts, {"ONRECORD_TAGGER": "none"}), "articles a CPU-second"
        ),
        Figure("`onrecord check`, with the tagger", rate("check", texts, {}), "articles a CPU-second"),
    )


def _rates(stage: Stage, folder: Path) -> Callable[[str, Sequence[Mapping[str, str]], Mapping[str, str]], float]:
    def rate(command: str, items: Sequence[Mapping[str, str]], settings: Mapping[str, str]) -> float:
        few = max(1, len(items) // 10)
        seconds = []
        for some in (items[:few], items):
            path = folder / "items.jsonl"
            path.write_text("".join(json.dumps(each) + "\n" for each in some), encoding="utf-8")
            shape = ("--format", "jsonl")
            seconds.append(_run(command, str(path), *shape, corpus=stage.folder, settings=settings)[0])
        return (len(items) - few) / max(seconds[1] - seconds[0], 1e-6)

    return rate


def _run(*arguments: str, corpus: Path, settings: Mapping[str, str] | None = None) -> tuple[float, float]:
    """Seconds of processor time and of the clock for the whole process."""
    before, at = os.times(), time.perf_counter()
    command = [*PROGRAM, *arguments, "--corpus", str(corpus)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, **(settings or {})})
    after = os.times()
    used = sum(getattr(after, each) - getattr(before, each) for each in ("children_user", "children_system"))
    return used, time.perf_counter() - at


def encoding(stage: Stage, count: int) -> dict[str, float]:
    """Passages a CPU-second, on one thread: sentence-transformers' own, and the encoder that comes with the program."""
    with Corpus.open(stage.folder) as corpus:
        texts = list(_some(corpus, count))
    encoders: dict[str, Embedder] = {
        "sentence-transformers, single precision": load_minilm(threads=1),
        "minilm-int8": load_quantised(None, threads=1),
    }
    _, seconds = time_encoders(encoders, texts)
    return {name: len(texts) / statistics.median(taken) for name, taken in seconds.items()}


def _some(corpus: Corpus, count: int) -> Iterable[str]:
    ids = sorted(each.id for each in corpus.shelf() if each.language == "en")
    chance = random.Random(1)
    for id in (chance.choice(ids) for _ in range(count)):
        text = corpus.document(id).document.text
        yield text[(at := chance.randrange(max(1, len(text) - 464))) : at + 464]
