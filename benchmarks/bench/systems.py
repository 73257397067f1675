"""Single quotes: each system answers them in a process of its own, prepared beforehand."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from benchmarks.bench.material import Cut, Stage, Texts
from benchmarks.peers import ANSWERING, SYSTEMS, Answering, Case, Stopped, installed


@dataclass(frozen=True, slots=True)
class Beside:
    """How a system is asked: about how many quotes at the most, and whether it keeps passages or whole documents."""

    quotes: int
    passages: bool


BESIDE: Mapping[str, Beside] = MappingProxyType(
    {
        "substring": Beside(60, passages=False),
        "similarity": Beside(2, passages=True),
        "fts5": Beside(60, passages=True),
        "tantivy": Beside(60, passages=True),
        "flat": Beside(30, passages=True),
    }
)
"""What a user would pick instead. Asked less often where one answer takes seconds."""

NO_VERDICTS = ("flat",)
"""Whose verdicts say nothing, since most of what they search is generated."""

_PATIENCE = 3600.0
"""Seconds by the clock that one answer, or getting ready, may take: a machine that does other work is slow."""

_ENOUGH = 30.0
"""Seconds of processor time after which a system is asked no more, if it was asked for true and altered ones: a scan of a million passages takes longer for one quote."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One system over one corpus: milliseconds of each quote, the true ones and the altered ones.

    `found` and `taken` are the shares of either that are called verified; `prepared` the seconds of processor time until the first
    answer, `resident` megabytes; `why` says why there is nothing, where there is not.
    """

    name: str
    passages: int
    whole: bool
    version: str = ""
    true: tuple[float, ...] = ()
    altered: tuple[float, ...] = ()
    walls: tuple[float, ...] = ()
    found: float | None = None
    taken: float | None = None
    prepared: float = 0.0
    resident: int = 0
    bytes: int = 0
    why: str = ""

    @property
    def title(self) -> str:
        """The name of the system as the page has it."""
        return SYSTEMS[self.name].title

    @property
    def times(self) -> tuple[float, ...]:
        """Those of all quotes."""
        return (*self.true, *self.altered)

    @property
    def told(self) -> str:
        """One line for who waits."""
        return self.why or f"{statistics.median(self.times):.2f} ms of processor time in the middle"


def ask(
    name: str, stage: Stage, cuts: Sequence[Cut], *, texts: Texts | None, folder: Path, environment: Path
) -> Measured:
    """Ask one system about the quotes; what goes wrong is told instead."""
    room = folder / name
    room.mkdir()
    try:
        return _asked(name, stage, cuts, texts=texts, room=room, environment=environment)
    except (Stopped, OSError, subprocess.CalledProcessError) as error:
        return Measured(name, stage.passages, stage.whole, why=f"left out: {error}")
    finally:
        shutil.rmtree(room)


def _asked(
    name: str, stage: Stage, cuts: Sequence[Cut], *, texts: Texts | None, room: Path, environment: Path
) -> Measured:
    python = [str(installed(environment)), "-I"] if SYSTEMS[name].peer else [sys.executable]
    if texts is None or name == "onrecord":
        given, place = room / "none.jsonl", stage.folder
        given.touch()
    else:
        given, place = texts.passages if BESIDE[name].passages else texts.documents, room / "held"
        place.mkdir()
    few = cuts if name == "onrecord" else cuts[: BESIDE[name].quotes]
    answering = Answering(
        [*python, str(ANSWERING), name, str(given), str(place)], timeout=_PATIENCE, to_prepare=_PATIENCE
    )
    try:
        ready = answering.start()
        answers = list(_answers(answering, few))
    finally:
        answering.close()
    wrong = next((answer["error"] for _, answer in answers if "error" in answer), None)
    if wrong is not None:
        raise Stopped(wrong)
    shares = {
        altered: [
            SYSTEMS[name].status(answer["verdict"]) == "verified" for cut, answer in answers if cut.altered == altered
        ]
        for altered in (False, True)
    }
    return Measured(
        name, stage.passages, stage.whole, str(ready["version"]),
        tuple(answer["ms"] for cut, answer in answers if not cut.altered),
        tuple(answer["ms"] for cut, answer in answers if cut.altered),
        tuple(answer["wall"] for _, answer in answers),
        _share(name, shares[False]), _share(name, shares[True]),
        ready["seconds"], max(answer["resident"] for _, answer in answers),
        stage.bytes if name == "onrecord" else sum(each.stat().st_size for each in place.rglob("*") if each.is_file()),
    )  # fmt: skip


def _answers(answering: Answering, cuts: Sequence[Cut]) -> Iterator[tuple[Cut, Case]]:
    spent, kinds = 0.0, set()
    for cut in cuts:
        answer = answering.ask({"id": cut.id, "quote": cut.text, "speaker": cut.speaker})
        yield cut, answer
        spent += answer.get("ms", 0.0) / 1000
        kinds.add(cut.altered)
        if spent > _ENOUGH and len(kinds) == 2:
            return


def _share(name: str, found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found and name not in NO_VERDICTS else None
