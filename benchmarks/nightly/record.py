"""The figures of the last run of each campaign, and the page that is made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.nightly.campaign import Campaign

FILE = Path(__file__).with_name("last.json")
PAGE = Path(__file__).parents[2] / "docs" / "promises.md"
BEGIN, END = "<!-- figures: made by `make nightly`, not by hand -->", "<!-- end of the figures -->"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a campaign: when, how hard, on what, and what came of it."""

    date: str
    scale: float
    seed: int
    seconds: int
    machine: str
    figures: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


def read(file: Path = FILE) -> dict[str, Run]:
    """The last runs by the name of their campaign."""
    held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: _run(each) for name, each in held.items()}


def _run(held: Mapping[str, object]) -> Run:
    figures = tuple((str(name), str(value)) for name, value in _list(held["figures"]))
    return Run(
        str(held["date"]), float(str(held["scale"])), int(str(held["seed"])), int(str(held["seconds"])),
        str(held["machine"]), figures, tuple(map(str, _list(held["problems"]))),
    )  # fmt: skip


def _list(value: object) -> list[list[object]]:
    assert isinstance(value, list)
    return value


def write(runs: Mapping[str, Run], file: Path = FILE) -> None:
    """Keep the runs as JSON."""
    held = {name: asdict(runs[name]) for name in sorted(runs)}
    file.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def page(before: str, campaigns: Iterable[Campaign], runs: Mapping[str, Run]) -> str:
    """The page with its tables made anew between the two marks."""
    start, _, rest = before.partition(BEGIN)
    _, _, end = rest.partition(END)
    return f"{start}{BEGIN}\n\n{_tables(list(campaigns), runs)}\n\n{END}{end}"


def _tables(campaigns: list[Campaign], runs: Mapping[str, Run]) -> str:
    rows = [
        f"| {each.promise} | {', '.join(f'`{file}`' for file in each.quick)} | `{each.name}` | {_holds(runs.get(each.name))} |"
        for each in campaigns
    ]
    head = ["| promise | quick tests | campaign | last run |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, *(line for each in campaigns for line in _figures(each.name, runs.get(each.name)))])


def _holds(run: Run | None) -> str:
    if run is None:
        return "not run yet"
    broken = f"{len(run.problems)} problems" if run.problems else "held"
    return f"{run.date}: {broken}"


def _figures(name: str, run: Run | None) -> Iterable[str]:
    if run is None:
        return
    yield f"\n## `{name}`\n"
    yield f"{run.date}, scale {run.scale:g}, seed {run.seed}, {run.seconds:,} s, {run.machine}.\n"
    yield "| figure | value |\n|---|---|"
    yield from (f"| {figure} | {value} |" for figure, value in run.figures)
    if run.problems:
        yield "\nWhat broke it:\n"
        yield from (f"- {_plain(each)}" for each in run.problems)


def _plain(problem: str) -> str:
    """A problem as code, on one line, with nothing invisible in it."""
    shown = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in problem)
    return "`" + shown.replace("`", "'")[:300] + "`"
