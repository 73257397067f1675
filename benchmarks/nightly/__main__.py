"""Run the campaigns, all or those named, and write down what came of them.

    python -m benchmarks.nightly [NAME...] [--scale 1] [--seed 1] [--out FILE] [--note TEXT]

Figures go to benchmarks/nightly/last.json and into docs/promises.md; with `--out` to that file alone, so that a trial at a
small scale replaces no figures of a full run. Exit code 1 when a promise was broken.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.nightly import record
from benchmarks.nightly.campaign import Campaign, Trial
from benchmarks.nightly.campaigns import CAMPAIGNS
from benchmarks.nightly.record import Run


def main() -> int:
    """Run and tell, one campaign after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CAMPAIGNS))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--note", default="", help="what should be known of the machine, such as what else it did")
    asked = parser.parse_args()
    if unknown := set(asked.names) - CAMPAIGNS.keys():
        parser.error(f"there is no campaign {', '.join(sorted(unknown))}; there are {', '.join(CAMPAIGNS)}")
    broken = False
    for name in asked.names or CAMPAIGNS:
        run = _run(CAMPAIGNS[name], scale=asked.scale, seed=asked.seed, note=asked.note)
        _tell(name, run)
        _keep(name, run, asked.out)
        broken |= bool(run.problems)
    return int(broken)


def _run(campaign: Campaign, *, scale: float, seed: int, note: str) -> Run:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = campaign.run(Trial(Path(folder), scale, seed))
    seconds = round(time.monotonic() - began)
    machine = f"{os.cpu_count()} cores" + (f", {note}" if note else "")
    date = datetime.now(UTC).date().isoformat()
    return Run(date, scale, seed, seconds, machine, outcome.figures, outcome.problems)


def _tell(name: str, run: Run) -> None:
    figures = "; ".join(f"{figure}: {value}" for figure, value in run.figures)
    print(f"{name} ({run.seconds:,} s): {figures}", flush=True)
    for problem in run.problems:
        print(f"  {problem!a}", flush=True)


def _keep(name: str, run: Run, out: Path | None) -> None:
    file = out or record.FILE
    runs = record.read(file) | {name: run}
    record.write(runs, file)
    if out is None:
        before = record.PAGE.read_text(encoding="utf-8")
        record.PAGE.write_text(record.page(before, CAMPAIGNS.values(), runs), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
