"""Many more come at once than there is room for: each is answered as if alone, or told at once to come again, and afterwards all is as before.

A server over the invented documents answers every question alone. To another one, which has answered nothing yet, come waves of clients, all of a
wave at the same moment: quotations and articles for the API, quotations for the pages, with words left out here and there, so that few are answered
from memory. Whoever is told to come again does so when `Retry-After` says, until there is an answer; each is compared with the one given alone.
Meanwhile somebody asks whether the server is alive and ready. After each wave the desk is held, so that whatever comes in stays: exactly as many
must be let in as there are places, with those who wait.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from sqlalchemy import URL

from benchmarks.api_fuzz import PLAIN, SERVE, key
from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from benchmarks.nightly.starter import claims, fill
from web import samples
from web.store import Store, accounts

WAVES = (50, 200, 200)
"""Clients at the same moment; the last two tell whether memory goes on growing."""
PLACES, WAITING = 4, 64
_LET_IN = f"{PLACES}, and {WAITING} to wait"
PROMISED = 1.0
"""Seconds within which 99 in 100 of those for whom there is no room are told so, and probes answered; asked at full scale."""
_HANGS = 60
"""Seconds after which a client that has heard nothing gives up."""
_TRIES = 24
_MORE = 20
"""Clients beyond places and room to wait, when it is counted how many are let in."""
_CARD = re.compile(r'<article class="card tone-(\w+)"')
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Question:
    """What a client sends, and where."""

    path: str
    body: str

    @property
    def headers(self) -> Mapping[str, str]:
        """Those of a program, or of a form."""
        return {"Content-Type": "application/json" if self.path.startswith("/api/") else _FORM}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: what it says, where it leads, in how many seconds it came, and after how many one should come again."""

    status: int
    text: str
    leads: str
    seconds: float
    again: str


@dataclass(slots=True)
class Wave:
    """What clients met: seconds of answers, of refusals and of probes; how many needed one try; what went wrong."""

    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    probes: list[float] = field(default_factory=list)
    at_once: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, its desk, a key to it, and the process that answers."""

    address: str
    store: Store
    secret: str
    worker: int

    def ask(self, path: str, question: Question | None = None) -> Told:
        """One request on a connection of its own; raises OSError or HTTPException."""
        parts = urlsplit(self.address)
        headers = {"Authorization": f"Bearer {self.secret}", **(question.headers if question else {})}
        began = time.perf_counter()
        with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=_HANGS)) as connection:
            connection.request("POST" if question else "GET", path, question.body if question else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        seconds = time.perf_counter() - began
        heads = answer.headers
        return Told(answer.status, text, heads.get("Location", ""), seconds, heads.get("Retry-After", ""))

    def memory(self) -> int:
        """Megabytes that the process holds."""
        return self.kilobytes() // 1024

    def kilobytes(self) -> int:
        """The same, finer."""
        status = Path(f"/proc/{self.worker}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0])

    def busy(self) -> float:
        """Seconds of a processor that the process took."""
        fields = Path(f"/proc/{self.worker}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def files(self) -> int:
        """Files and connections that the process has open."""
        return sum(1 for _ in Path(f"/proc/{self.worker}/fd").iterdir())


def run(trial: Trial) -> Outcome:
    """Ask alone, come in waves, and look at what is left."""
    sizes = [trial.times(clients) for clients in WAVES]
    chance = random.Random(trial.seed)
    questions = [_question(number, chance) for number in range(sum(sizes))]
    corpus = fill(trial.folder / "corpus")
    with serving(trial.folder / "alone", corpus) as server:
        alone = [_patiently(server, each, Wave()) for each in questions]
    figures = list[tuple[str, str]]()
    with serving(trial.folder / "together", corpus) as server:
        problems = _rooms(server, "before")
        memory, files, refused = [server.memory()], [server.files()], _MORE
        left = iter(zip(questions, alone, strict=True))
        for clients in sizes:
            wave = _come(server, list(islice(left, clients)))
            rooms = _rooms(server, f"after {clients}")
            memory.append(server.memory())
            files.append(server.files())
            figures += [*_figures(clients, wave), ("… let in at once afterwards", rooms[0] if rooms else _LET_IN)]
            problems += [*wave.problems, *rooms, *(slow(wave) if trial.scale >= 1 else ())]
            refused += len(wave.refused) + _MORE
        counters = server.ask("/metrics").text
    figures += [
        ("answered otherwise than alone, or never", counted(sum("alone" in each for each in problems))),
        ("memory before and after each wave", ", ".join(f"{each:,} MB" for each in memory)),
        ("open files before and after each wave", ", ".join(map(counted, files))),
    ]
    told = sum(map(float, re.findall(r"(?m)^onrecord_http_requests_refused_total\{.*\} (.+)", counters)))
    if told != refused:
        problems.append(f"the server counts {told:.0f} refusals, its clients {refused}")
    return Outcome(tuple(figures), in_short(problems))


def _question(number: int, chance: random.Random) -> Question:
    """Of four clients two send quotations to the API, one an article; one uses the pages."""
    if number % 4 == 2:
        article = samples.find("article")
        assert article is not None
        said = [each for each in article.text.split("\n\n") if "“" in each]
        text = "\n\n".join(shortened(each, chance) for each in chance.sample(said, 3))
        return Question("/api/v1/reports", json.dumps({"text": text, "date": "2026-03-31"}))
    three = [(shortened(each.quote, chance), each.speaker) for each in chance.sample(claims(), 3)]
    if number % 4 == 3:
        quote, speaker = three[0]
        return Question("/check", urlencode({"text": quote, "speaker": speaker or "", "kind": "quote"}))
    asked = {f"q{at}": {"quote": quote, "speaker": speaker} for at, (quote, speaker) in enumerate(three)}
    return Question("/api/v1/quotes", json.dumps({"quotes": asked}))


def shortened(text: str, chance: random.Random) -> str:
    """The text without one of its words."""
    words = text.split(" ")
    del words[chance.randrange(1, len(words))]
    return " ".join(words)


def _come(server: Server, asked: Sequence[tuple[Question, str]]) -> Wave:
    """All clients at the same moment; until each has its answer."""
    wave, start, ended = Wave(), threading.Barrier(len(asked)), threading.Event()

    def client(question: Question, alone: str) -> None:
        start.wait()
        answer = _patiently(server, question, wave)
        if answer != alone:
            wave.problems.append(
                f"{question.path} is answered otherwise than alone: {answer[:80]!r} and not {alone[:80]!r}"
            )

    def probe() -> None:
        while not ended.wait(0.05):
            for path in ("/healthz", "/readyz"):
                told = server.ask(path)
                wave.probes.append(told.seconds)
                if told.status != 200:
                    wave.problems.append(f"{path} answers {told.status} {told.text[:80]}")

    began = time.perf_counter()
    with ThreadPoolExecutor(len(asked) + 1) as pool:
        probing = pool.submit(probe)
        try:
            for each in [pool.submit(client, *each) for each in asked]:
                each.result()
        finally:
            wave.seconds = time.perf_counter() - began
            ended.set()
        probing.result()
    return wave


def _patiently(server: Server, question: Question, wave: Wave) -> str:
    """The answer, of a page its findings' colours; whoever is told to come again does so."""
    told = _again(server, question.path, question, wave)
    if told.status == 303:
        told = _again(server, told.leads, None, wave)
        return " ".join(_CARD.findall(told.text)) or f"{told.status} without a finding"
    return told.text if told.status == 200 else f"{told.status}: {told.text}"


def _again(server: Server, path: str, question: Question | None, wave: Wave) -> Told:
    tries = 0
    while True:
        try:
            told = server.ask(path, question)
        except (OSError, HTTPException) as error:
            return Told(0, f"no answer: {error!r}", "", 0.0, "")
        tries += 1
        if told.status != 503 or not told.again.isdigit() or tries == _TRIES:
            wave.answered.append(told.seconds)
            wave.at_once += tries == 1
            return told
        wave.refused.append(told.seconds)
        time.sleep(int(told.again))


def _rooms(server: Server, when: str) -> list[str]:
    """What is wrong with the number of those who are let in while nobody gets further; refuses so many as `_MORE`."""
    form = Question("/check", urlencode({"text": "“The harbour of Marlo opens in spring”", "kind": "quote"}))
    many = PLACES + WAITING + _MORE
    with ThreadPoolExecutor(many) as pool:
        with server.store.writing():  # whoever would write to the desk waits for this
            answers = [pool.submit(server.ask, form.path, form) for _ in range(many)]
            refused = [each.result().status for each in islice(as_completed(answers, timeout=_HANGS), _MORE)]
            time.sleep(0.5)
            stay = sum(not each.done() for each in answers)
        met = sorted(each.result().status for each in answers)
    if refused != [503] * _MORE or stay != PLACES + WAITING or met != [303] * stay + refused:
        return [f"{when} {stay} were let in at once and not {PLACES + WAITING}"]
    return []


def slow(wave: Wave) -> Iterator[str]:
    """What took longer than promised."""
    for what, seconds in (("refusals", wave.refused), ("probes", wave.probes)):
        if seconds and (late := quantile(seconds, 0.99)) > PROMISED:
            yield f"1 % of {what} took {late:.2f} s or longer; promised is {PROMISED:g}"


def _figures(clients: int, wave: Wave) -> Iterator[tuple[str, str]]:
    asked = len(wave.answered)
    yield (
        f"{clients} clients at once: requests",
        f"{asked}, of them answered at the first try {wave.at_once / max(1, asked):.0%}",
    )
    yield "… answers p50, p99, longest", spread(wave.answered)
    yield "… told to come again", counted(len(wave.refused))
    yield "… told so p50, p99, longest", spread(wave.refused)
    yield "… probes p50, p99, longest", spread(wave.probes)
    yield "… until all had their answers", f"{wave.seconds:.1f} s"


def spread(seconds: list[float]) -> str:
    """Half of them, all but a hundredth, and the longest, in milliseconds."""
    return ", ".join(f"{1000 * quantile(seconds, share):,.0f} ms" for share in (0.5, 0.99, 1.0)) if seconds else "none"


def quantile(seconds: list[float], share: float) -> float:
    """What that share of them took at most."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]


@contextmanager
def serving(folder: Path, corpus: Path) -> Iterator[Server]:
    """A server with a desk of its own, one process, and as many places as it has by itself."""
    folder.mkdir()
    desk = folder / "desk.sqlite3"
    store = Store(URL.create("sqlite", database=str(desk)))
    with store.writing() as connection:
        accounts.add(connection, "Ada", "a password of the campaign", role="admin", by="campaign")
    given = PLAIN | {"ONRECORD_DESK": str(desk), "ONRECORD_METRICS": "here", "ONRECORD_API_REQUESTS": "100000000"}
    command = [sys.executable, "-c", SERVE, "--port", "0", "--corpus", str(corpus)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | given) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://\S+/", server.stdout.readline())
            assert found, "the server did not start"
            (worker,) = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
            yield Server(found.group(), store, key(store), int(worker))
        finally:
            server.terminate()
            store.close()


CAMPAIGN = Campaign(
    "load",
    "Of two hundred who come at once each is answered as if alone, or told within a second to come again; afterwards all is as before",
    ("tests/web/test_admission.py",),
    run,
)
