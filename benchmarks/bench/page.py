"""The page: what was measured, as tables with ratios, and what the figures do not say."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.bench.kept import Sitting
from benchmarks.bench.material import VARIED, Stage
from benchmarks.bench.program import Figure
from benchmarks.bench.systems import BESIDE, Measured


@dataclass(frozen=True, slots=True)
class Part:
    """All that was measured of one corpus; of the program and the encoders with all documents only."""

    stage: Stage
    measured: tuple[Measured, ...]
    program: tuple[Figure, ...] = ()
    encoders: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured, smallest corpus first, when, and on which machine; `asked` true and altered quotes."""

    machine: str
    cores: int
    parts: tuple[Part, ...]
    sittings: tuple[Sitting, ...]
    asked: tuple[int, int]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The corpora."""
        return tuple(each.stage for each in self.parts)

    @property
    def measured(self) -> tuple[Measured, ...]:
        """All systems over all corpora."""
        return tuple(each for part in self.parts for each in part.measured)


def page(run: Run, *, picture: str) -> str:
    """All of it, as Markdown."""
    return "\n".join(_lines(run, picture)) + "\n"


def _lines(run: Run, picture: str) -> Iterator[str]:
    whole = next(stage for stage in run.stages if stage.whole)
    true, altered = run.asked
    yield "# Speed"
    yield ""
    yield "Written by `make bench` (`python -m benchmarks.bench`), not by hand; what it does stands in `benchmarks/bench/__main__.py`."
    yield ""
    minutes = sum(each.seconds for each in run.sittings) / 60
    days = " and ".join(dict.fromkeys(f"{each.begun:%d %B %Y}" for each in run.sittings))
    yield (
        f"{days}, {minutes:.0f} minutes, {run.cores} cores ({run.machine}). {_quiet(run)} {whole.documents:,} documents, {whole.passages:,} passages; "
        f"{true} sentences of 15 to 40 words as they stand and {altered} with one word exchanged, from the smallest corpus."
    )
    yield ""
    yield "## One quote, and what a user would pick instead"
    yield ""
    yield f"All {whole.passages:,} passages. Milliseconds of processor time a quote, on one core; the ratio is that of the middle ones."
    yield ""
    yield from _beside([each for each in run.measured if each.whole])
    yield ""
    yield "## Growth"
    yield ""
    yield f"![Processor time of one quote by the number of passages]({picture})"
    yield ""
    yield from _growth(run)
    yield ""
    held = next(part for part in run.parts if part.stage.whole)
    if not held.program and not held.encoders:
        return
    yield "## The program"
    yield ""
    yield "On all documents; a process of its own for each figure. Rates are those of one core, the start taken out."
    yield ""
    yield "| what | figure |"
    yield "|---|---|"
    for figure in held.program:
        yield f"| {figure.name} | {_amount(figure.value)} {figure.unit} |"
    for name, rate in held.encoders.items():
        times = rate / next(iter(held.encoders.values()))
        yield f"| encoding with {name} | {_amount(rate)} passages a CPU-second, {times:.2f} times |"


def _quiet(run: Run) -> str:
    """How busy the machine was, in words: what else ran counts from when the load is beyond what the measuring itself makes."""
    loads = [load for each in run.sittings for load in each.load]
    told = (
        f"The machine's load was {min(loads):.1f} to {max(loads):.1f}, {statistics.median(loads):.1f} in the middle: "
    )
    if statistics.median(loads) > run.cores:
        return told + "it did other work all the while, which makes even processor times longer, so compare ratios."
    return told + ("it did other work at times." if max(loads) > run.cores else "hardly anything else ran beside.")


def _beside(measured: Sequence[Measured]) -> Iterator[str]:
    yield "| system | p50 | p95 | p99 | ratio | wall p50 | true found | altered taken for said | memory | on disk | prepared in | quotes |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    ours = next(each for each in measured if each.name == "onrecord")
    base = statistics.median(ours.true)
    for title, times, each in _rows(measured):
        if each.why:
            continue
        p50, p95, p99 = (_amount(quantile(times, share)) for share in (0.5, 0.95, 0.99))
        shares = " | ".join("–" if share is None else f"{share:.0%}" for share in (each.found, each.taken))
        ratio = _amount(statistics.median(times) / base)
        disk = f"{each.bytes / 1e6:,.0f} MB" if each.bytes else "–"
        prepared = "–" if each.name == "onrecord" else f"{each.prepared:,.0f} s"
        yield (
            f"| {title} | {p50} | {p95} | {p99} | {ratio} | {_amount(statistics.median(each.walls))} | {shares} | "
            f"{each.resident:,} MB | {disk} | {prepared} | {len(times)} |"
        )
    yield ""
    yield (
        "“Altered taken for said” is the error that matters: a word of the quote is another one, and it was found all the same. The baselines get the quote "
        "alone; OnRecord its speaker too, and it tells who said it, when, and what differs. Full-text searches are asked for a quote's six longest words, and the "
        "first fifty texts are compared by rapidfuzz's `partial_ratio` (at least 90). “sentence-transformers + flat search” searches vectors most of which are generated: its times can be compared, its verdicts not. "
        "Memory is what the process occupies after the last quote, mapped files included; “prepared in” the processor time before the first."
    )
    for each in measured:
        if each.why:
            yield ""
            yield f"{each.title} was {each.why}"


def _rows(measured: Sequence[Measured]) -> Iterator[tuple[str, Sequence[float], Measured]]:
    for each in measured:
        if each.name == "onrecord":
            yield "**OnRecord**, word for word", each.true, each
            yield "**OnRecord**, one word exchanged", each.altered, each
        else:
            yield f"{each.title} {each.version}".strip(), each.times, each


def _growth(run: Run) -> Iterator[str]:
    systems = [name for name in ("onrecord", *BESIDE) if any(each.name == name and each.times for each in run.measured)]
    titles = {each.name: each.title for each in run.measured}
    yield "| passages | documents, varied ones of them | on disk | added: passages a CPU-second | altered quotes' document among 50 candidates | " + " | ".join(
        f"{titles[name]}, ms" for name in systems
    ) + " |"  # fmt: skip
    yield "|---" * (5 + len(systems)) + "|"
    for stage in run.stages:
        times = []
        for name in systems:
            found = [
                each for each in run.measured if each.name == name and each.passages == stage.passages and each.times
            ]
            times.append(_amount(statistics.median(found[0].times)) if found else "–")
        rate = f"{stage.added / stage.seconds:,.0f}" if stage.seconds else "–"
        yield (
            f"| {stage.passages:,} | {stage.documents:,}, {stage.varied:,} | {stage.bytes / 1e6:,.0f} MB | {rate} | {stage.recall:.1%} | "
            + " | ".join(times)
            + " |"
        )
    first, last = run.stages[0], run.stages[-1]
    ours = {
        each.passages: statistics.median(each.times) for each in run.measured if each.name == "onrecord" and each.times
    }
    if len(run.stages) > 1 and {first.passages, last.passages} <= ours.keys():
        yield ""
        yield (
            f"{last.passages / first.passages:,.0f} times as many passages: a quote takes {ours[last.passages] / ours[first.passages]:.1f} times as long."
            " The median is over true and altered quotes, the same of each size."
        )
    if any(stage.varied for stage in run.stages):
        yield ""
        yield (
            f"Varied documents are real ones in which {VARIED:.0%} of the words, drawn anew for each, are others of the same documents: they make up what the real ones lack, "
            "and no quote is cut from them. Where there are any, the rate of adding is that of the varied ones, added to all that are real."
        )


def quantile(values: Sequence[float], share: float) -> float:
    """The value under which such a share of them lies.

    >>> quantile([3.0, 1.0, 2.0], 0.5), quantile([1.0], 0.99)
    (2.0, 1.0)
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _amount(value: float) -> str:
    """Three figures that mean something.

    >>> _amount(0.1234), _amount(12.34), _amount(1234.5)
    ('0.123', '12.3', '1,234')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
