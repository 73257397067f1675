"""A Dask scheduler and its workers as processes of this machine: for tests and for measuring."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_ADDRESS = re.compile(r"Scheduler at:\s+(tcp://\S+)")
_DASK = Path(sys.executable).parent / "dask"


@dataclass(slots=True)
class Workers:
    """A scheduler that runs, and the workers that were started for it, each one process with one thread."""

    address: str
    folder: Path
    preload: Path | None = None
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, number: int = 1) -> None:
        """Start so many more; they join by themselves."""
        for _ in range(number):
            command = [
                str(_DASK), "worker", self.address, "--nthreads", "1", "--nworkers", "1", "--no-nanny", "--no-dashboard",
                "--local-directory", str(self.folder), *(("--preload", str(self.preload)) if self.preload else ()),
            ]  # fmt: skip
            log = (self.folder / f"worker-{len(self.processes)}.log").open("wb")
            with log:
                self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, env=_environment({})))

    def kill(self, number: int) -> None:
        """End one as a power cut would."""
        self.processes[number].kill()
        self.processes[number].wait()


@contextmanager
def scheduler(
    folder: Path, *, workers: int = 0, settings: Mapping[str, str] | None = None, preload: Path | None = None
) -> Iterator[Workers]:
    """A scheduler on a free port of this machine with so many workers, until the block ends.

    `settings` are Dask's own; `preload` is a script that workers run first.
    """
    command = [str(_DASK), "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=_environment(settings or {}))
    try:
        assert running.stderr is not None
        found = next(filter(None, map(_ADDRESS.search, running.stderr)), None)
        assert found, "the scheduler did not start"
        held = Workers(found.group(1), folder, preload)
        try:
            held.start(workers)
            yield held
        finally:
            for each in held.processes:
                each.kill()
                each.wait()
    finally:
        running.kill()
        running.communicate()


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return dict(os.environ) | {"OMP_NUM_THREADS": "1"} | dict(settings)
