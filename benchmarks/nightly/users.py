"""Fifty people and programs use a server for ten minutes: nobody meets an error, one quote takes a quarter of a second at most, and memory stays flat.

Each user does one thing, waits one to five seconds as whoever reads does, and does the next, drawn by a seeded chance: of ten, four
check one quotation through the API and two on the page, two look at a page of the record or the desk, one has a short article checked while waiting, one
sends an article that is checked in the background and asks how far it is. Words are left out here and there, so that few answers come from memory. The server
is one process with its four places over the invented documents, and judges by words alone. Whoever is told to come again meets an
error here: fifty are no crowd. The server's memory is read each second; its slope is that of the line of least squares through the second half. `--scale`
is of the minutes.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urlencode

import numpy as np

from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from benchmarks.nightly.load import Question, Server, Told, quantile, serving, shortened, spread
from benchmarks.nightly.starter import claims, fill
from checker.types import Claim

USERS, MINUTES = 50, 10.0
_THOUGHT = (1.0, 5.0)
"""Seconds between two things that a user does."""
PROMISED = 0.25
"""Seconds within which 99 in 100 quotations are checked; asked at full scale, on a machine of its own."""
FLAT = 0.05
"""Share by which memory may grow in the second half; asked at full scale."""
_PAGES = ("/", "/corpus", "/coverage", "/changes", "/about", "/api/v1/documents", "/api/v1/coverage")
_ACTIONS = ("quote",) * 4 + ("page quote",) * 2 + ("page",) * 2 + ("article", "batch")


@dataclass(slots=True)
class Met:
    """What the users met: seconds by what they did, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {each: [] for each in dict.fromkeys(_ACTIONS)})
    problems: list[str] = field(default_factory=list)


def run(trial: Trial) -> Outcome:
    """Serve, have it used, and look at what was met."""
    seconds, met = 60 * MINUTES * trial.scale, Met()
    corpus, held, memory = fill(trial.folder / "corpus"), claims(), list[tuple[float, int]]()
    with serving(trial.folder / "desk", corpus) as server:
        began = time.monotonic()
        users = [
            threading.Thread(target=_use, args=(server, held, random.Random(f"{trial.seed} {n}"), began + seconds, met))
            for n in range(USERS)
        ]
        for each in users:
            each.start()
        while any(each.is_alive() for each in users):
            memory.append((time.monotonic() - began, server.kilobytes()))
            time.sleep(1)
        busy = server.busy()
    half = [each for each in memory if each[0] >= seconds / 2]
    asked = sum(map(len, met.seconds.values()))
    figures = (
        ("users, minutes", f"{USERS}, {seconds / 60:g}"),
        ("things done", f"{asked:,}, {asked / seconds:.1f} a second"),
        *((f"… {name}: number; p50, p99, longest", f"{len(took):,}; {spread(took)}") for name, took in met.seconds.items()),
        ("processor time of the process that answers", f"{busy:,.0f} s, {1000 * busy / max(1, asked):,.0f} ms for each thing done"),
        ("errors", counted(len(met.problems))),
        ("memory at the start, at half time, in the end", ", ".join(f"{each[1] / 1024:,.0f} MB" for each in (memory[0], half[0], memory[-1]))),
        ("slope of the second half", f"{slope(half) / 1024:+,.0f} MB an hour"),
    )  # fmt: skip
    problems = [*met.problems, *(late(met, half) if trial.scale >= 1 else ())]
    return Outcome(figures, in_short(problems))


def late(met: Met, half: Sequence[tuple[float, int]]) -> Iterator[str]:
    """What took longer or grew more than promised."""
    for name in ("quote", "page quote"):
        if (took := quantile(met.seconds[name], 0.99)) > PROMISED:
            yield f"{name}: 1 % took {1000 * took:,.0f} ms or longer; promised are {1000 * PROMISED:,.0f}"
    grown = slope(half) * (half[-1][0] - half[0][0]) / 3600
    if grown > FLAT * half[0][1]:
        yield f"memory grew by {grown / 1024:,.0f} MB in the second half, of {half[0][1] / 1024:,.0f}"


def slope(memory: Sequence[tuple[float, int]]) -> float:
    """What memory grows by in an hour, by least squares; of pairs of seconds and what was held then.

    >>> round(slope([(0, 100), (1800, 150), (3600, 200)]))
    100
    """
    if len(memory) < 2:
        return 0.0
    at, held = np.array(memory, dtype=np.float64).T
    return float(np.polyfit(at, held, 1)[0]) * 3600


def _use(server: Server, held: Sequence[Claim], chance: random.Random, until: float, met: Met) -> None:
    """Be one user."""
    time.sleep(chance.uniform(0, _THOUGHT[1]))
    while time.monotonic() < until:
        what = chance.choice(_ACTIONS)
        try:
            told = _ask(server, held, what, chance)
        except (OSError, HTTPException) as error:
            met.problems.append(f"{what}: no answer: {error!r}")
        else:
            met.seconds[what].append(sum(each.seconds for each in told))
            met.problems += (
                f"{what}: {each.status} {each.text[:200]}" for each in told if each.status not in (200, 202, 303)
            )
        time.sleep(chance.uniform(*_THOUGHT))


def _ask(server: Server, held: Sequence[Claim], what: str, chance: random.Random) -> list[Told]:
    """Do one thing; gives all answers that it takes."""
    claim = chance.choice(held)
    quote, speaker = shortened(claim.quote, chance), claim.speaker or ""
    if what == "quote":
        asked = {"quotes": {"a": {"quote": quote, "speaker": speaker or None}}}
        return [server.ask("/api/v1/quotes", Question("/api/v1/quotes", json.dumps(asked)))]
    if what == "page quote":
        form = Question("/check", urlencode({"text": quote, "speaker": speaker, "kind": "quote"}))
        sent = server.ask(form.path, form)
        return [sent, *([server.ask(sent.leads)] if sent.status == 303 else ())]
    if what == "page":
        return [server.ask(chance.choice(_PAGES))]
    text = "\n\n".join(
        f"“{shortened(each.quote, chance)},” {each.speaker or 'she'} said." for each in chance.sample(held, 2)
    )
    path = "/api/v1/reports" if what == "article" else "/api/v1/articles"
    sent = server.ask(path, Question(path, json.dumps({"text": text})))
    return [sent, *([server.ask(sent.leads)] if sent.status == 202 else ())]


CAMPAIGN = Campaign(
    "users",
    "Of fifty who use it for ten minutes nobody meets an error, of single quotes 99 in 100 are checked in a quarter of a second, and memory stays flat",
    ("tests/web/test_admission.py", "tests/benchmarks/test_nightly.py"),
    run,
)
