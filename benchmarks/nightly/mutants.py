"""Of small changes made to the code that decides, the tests notice at least nine in ten.

mutmut (its configuration is in pyproject.toml) makes every change it knows to `checker/align`, `checker/features/guards.py`, `checker/decide.py` and
`checker/compare.py`, one at a time: another operator, constant or argument. For each, the tests that come by the changed function run until one fails.
It works on a copy of the project. At a smaller scale a seeded sample of each module's changes is tried. What no test noticed is printed, as a
difference, so that a test can be written for it; `docs/decisions/0031-mutants.md` says which of them change nothing. Needs `pip install
'.[nightly]'`, as `make nightly` does.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted

FLOOR = 0.9
_ROOT = Path(__file__).parents[2]
_COPIED = ("checker", "corpus", "web", "tests", "benchmarks", "training", "docs", "pyproject.toml", "constraints.txt")
_MODULES = {"checker.align": "align", "checker.features.guards": "guards", "checker.decide": "decide", "checker.compare": "compare"}  # fmt: skip
_SOME = "checker.decide.*__mutmut_1"
"""Mutants are listed by running a few: mutmut makes all of them first."""
_NOTICED = frozenset(("killed", "timeout", "segfault"))
_LINE = re.compile(r"^ +(checker\.\S+): (.+)$", re.MULTILINE)


def run(trial: Trial) -> Outcome:
    """Make the mutants, try a sample of each module's, and count."""
    project = trial.folder / "project"
    copy(project)
    _mutmut(project, "run", "--max-children", "1", _SOME)
    chosen = sample(list(statuses(_mutmut(project, "results", "--all", "true"))), trial)
    _mutmut(project, "run", "--max-children", "1", *chosen)
    found = statuses(_mutmut(project, "results", "--all", "true"))
    tried = {name: found[name] for name in chosen}
    for name, status in tried.items():
        if status not in _NOTICED:
            print(_mutmut(project, "show", name), flush=True)
    return outcome(tried, len(found))


def copy(project: Path) -> None:
    """The parts of the project that tests of verdicts read."""
    project.mkdir()
    for name in _COPIED:
        source = _ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copyfile(source, project / name)


def _mutmut(project: Path, *words: str) -> str:
    command = Path(sys.executable).with_name("mutmut")
    if not command.exists():
        raise SystemExit("mutmut is not installed: pip install '.[nightly]'")
    # Where this project is looked for first would hide the changed copy of it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([command, *words], check=False, cwd=project, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"mutmut {words[0]} ended with {done.returncode}:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def statuses(told: str) -> dict[str, str]:
    """What mutmut says of each mutant, by its name.

    >>> statuses("    checker.decide.x_decide__mutmut_1: killed")
    {'checker.decide.x_decide__mutmut_1': 'killed'}
    """
    return dict(_LINE.findall(told))


def module_of(mutant: str) -> str:
    """The module of a mutant, as the figures name it."""
    return next(name for start, name in _MODULES.items() if mutant.startswith(start + "."))


def sample(mutants: Sequence[str], trial: Trial) -> list[str]:
    """So many of each module's mutants, at least one; the same ones for the same seed."""
    chance = random.Random(trial.seed)
    chosen = []
    for module in _MODULES.values():
        own = sorted(name for name in mutants if module_of(name) == module)
        chosen += chance.sample(own, trial.times(len(own)))
    return chosen


def outcome(tried: Mapping[str, str], made: int) -> Outcome:
    """The figures of each module, and which stay below nine in ten."""
    figures, problems = [("mutants made", counted(made))], []
    for module in _MODULES.values():
        counts = Counter(status for name, status in tried.items() if module_of(name) == module)
        total = counts.total()
        noticed = sum(counts[status] for status in _NOTICED)
        told = ", ".join(f"{counts[status]:,} {status}" for status in sorted(counts))
        figures.append((f"{module}: tried, noticed", f"{total:,}, {noticed / total:.1%} ({told})"))
        if noticed < FLOOR * total:
            problems.append(f"{module}: of {total:,} mutants {noticed:,} are noticed, fewer than {FLOOR:.0%}")
    return Outcome(tuple(figures), tuple(problems))


CAMPAIGN = Campaign(
    "mutants",
    "Of small changes to the code that decides (align, guards, decide, compare), the tests notice nine in ten",
    ("tests/checker/align", "tests/checker/features/test_guards.py", "tests/checker/test_decide.py", "tests/checker/test_compare.py"),
    run,
)  # fmt: skip
