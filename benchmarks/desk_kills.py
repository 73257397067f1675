"""The desk's server is killed again and again while it takes batches and reviews: is everything there that it acknowledged, once?

    python -m benchmarks.desk_kills [--kills 100]

A server over the invented documents writes into a log when a transaction of the desk begins and when it is about to commit. Two clients use it: one sends batches through its page and articles through the API, the other puts articles on the desk and decides about their
statements, repeating each request under the same Idempotency-Key until it is answered. At a random moment after a transaction began the process that answers
is killed with SIGKILL, one time in four the whole service with all its processes, which is then started again. After each kill
everything that was acknowledged must be there and the log of who did what be whole; in the end all batches must be done, each item once, with the
findings of an undisturbed check, and each decision that was sent must stand there once. An item over which the service was killed three times is
given up, which is told; somebody has such batches go on in the end.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import URL, Engine, func, select

from benchmarks.api_fuzz import PLAIN, SERVE, key
from benchmarks.killing import KillCampaign, KillOutcome, Log, arguments, note_writes, noting, tell
from benchmarks.nightly.starter import PLAIN as WORDS
from benchmarks.nightly.starter import fill, judged
from checker.pipeline import check_article
from checker.settings import DEFAULTS
from checker.types import Article, Claim
from checker.wording import tone
from corpus.store import Corpus
from web.store import Store, accounts, audit, jobs, store_of
from web.store import database as desk_database
from web.store.schema import decision, item, job, review

_FORM = "application/x-www-form-urlencoded"
_PASSWORD = "a password of the campaign"
_LONGEST = 60.0
"""Seconds after which a server that does not answer is taken for dead."""

_WRITES = 8
"""Transactions between two kills, so that it comes to something."""

_DELAY = 0.006
_ITEMS = 3
_KILLS_A_BATCH = 4
"""Each batch costs the start of another process, after every kill until it is done."""

_SENTENCES = (
    "We will not sign the water treaty today", "We will sign the water treaty today", "Nobody here likes rain",
    "The harbour opens in spring", "We will never sign anything",
)  # fmt: skip
_TITLE = "All of it"
_ARTICLE = "\n\n".join(f"“{each},” Ilse Corvane said." for each in _SENTENCES)


@dataclass(frozen=True, slots=True)
class Campaign(KillCampaign):
    """A desk takes batches and reviews."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome(KillOutcome):
    """With what is there; `whole` counts kills of the whole service."""

    whole: int
    items: int
    given_up: int
    reviews: int
    decisions: int


@dataclass(slots=True)
class Acknowledged:
    """What the clients were told is kept: batches with their number of items, reviews, and decisions with what was decided."""

    batches: dict[str, int] = field(default_factory=dict)
    reviews: set[str] = field(default_factory=set)
    decisions: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    wanted: Event = field(default_factory=Event)
    """Set when the next batch is to be sent."""


def main() -> None:
    """Run the campaign."""
    asked = arguments(__doc__, delay=_DELAY).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        outcome = run(Campaign(Path(folder), kills=asked.kills, delay=asked.delay, seed=asked.seed))
    there = (
        f"{outcome.whole} of the whole service; {outcome.items:,} items, {outcome.reviews:,} reviews and "
        f"{outcome.decisions:,} decisions in the end"
    )
    tell(outcome, there, begun=begun, held="everything that was acknowledged is there, once, and the log is whole")


def watch(log: str) -> None:
    """In the server: write down when a transaction of the desk begins, and when it is about to commit."""
    note, opened = noting(Path(log)), desk_database._opened

    def watched(address: URL) -> Engine:
        engine = opened(address)
        note_writes(engine, note)
        return engine

    desk_database._opened = watched


class Service:
    """A server that can be killed and started again, always at the same address."""

    def __init__(self, folder: Path, log: Log) -> None:
        self._said = folder / "said"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        watched = f"import sys; from benchmarks.desk_kills import watch; watch(sys.argv[1]); del sys.argv[1]; {SERVE}"
        self._command = [
            sys.executable,
            "-c",
            watched,
            str(log.path),
            "--port",
            str(self.port),
            "--corpus",
            str(folder / "corpus"),
        ]
        self._server = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._said.open("ab") as said:
            return subprocess.Popen(
                self._command,
                stdout=said,
                stderr=said,
                env=os.environ | PLAIN | {"ONRECORD_API_REQUESTS": "100000000"},
                start_new_session=True,
            )

    def kill(self, *, whole: bool) -> None:
        """End the process that answers, or all of them, which are then started again."""
        if whole:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = self._started()
            return
        for worker in self._workers():
            os.kill(worker, signal.SIGKILL)

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children").read_text(encoding="ascii")
        return [int(each) for each in children.split()]

    def end(self) -> str:
        """Ask it to stop; gives what it said that no server should."""
        self._server.terminate()
        self._server.wait()
        _, *tracebacks = self._said.read_text(encoding="utf-8", errors="replace").split("Traceback ")
        # A process that was being started when the one that starts it was killed has nothing to read.
        ours = [each for each in tracebacks if "in spawn_main" not in each or "EOFError" not in each]
        return ours[0][:1500] if ours else ""


def run(campaign: Campaign) -> Outcome:
    """Kill the server so often, looking after each kill, then let it finish."""
    chance, log = random.Random(campaign.seed), Log(campaign.folder / "log")
    fill(campaign.folder / "corpus")
    store = store_of(replace(DEFAULTS, corpus=str(campaign.folder / "corpus")))
    with store.writing() as connection:
        accounts.add(connection, "Ada", _PASSWORD, role="admin", by="campaign")
    known, stopped = Acknowledged(), Event()
    service = Service(campaign.folder, log)
    clients = _clients(service, key(store), campaign.seed, known, stopped)
    ends = inside = whole = given_up = 0
    try:
        while ends < campaign.kills and not known.problems:
            ends += 1
            batch = ends % _KILLS_A_BATCH == 0
            if batch:
                known.wanted.set()
            if not _next_write(log, store, an_item=batch):
                known.problems.append(f"nothing is written to the desk after {ends} kills")
                break
            time.sleep(chance.uniform(0, campaign.delay))
            everything = chance.random() < 0.25
            service.kill(whole=everything)
            inside, whole = inside + log.inside(), whole + everything
            known.problems += _lost(store, known)
            if ends % campaign.verify_every == 0:
                known.problems += _of_the_log(store)
                print(
                    f"{ends} kills, {inside} inside, {len(known.reviews)} reviews, {len(known.problems)} problems",
                    file=sys.stderr,
                )
        stopped.set()
        for each in clients:
            each.join()
        _wait_for_batches(store, known)
        given_up = _go_on(store)
        _wait_for_batches(store, known)
    finally:
        stopped.set()
        if said := service.end():
            known.problems.append(f"the server said: {said}")
    known.problems += [*_lost(store, known), *_of_the_log(store), *_unlike_what_was_sent(store, known, campaign.folder)]
    store.close()
    return Outcome(
        whole,
        sum(known.batches.values()),
        given_up,
        len(known.reviews),
        len(known.decisions),
        kills=ends,
        inside=inside,
        problems=tuple(known.problems),
    )


def _next_write(log: Log, store: Store, *, an_item: bool) -> bool:
    """Wait until the server has written for a while, or has checked an item if that is wanted, and begins to write again."""
    until = time.monotonic() + _LONGEST
    if an_item:
        before = _checked(store)
        while _checked(store) == before and time.monotonic() < until:
            time.sleep(0.02)
    wanted = log.count(b"begin\n") + (1 if an_item else _WRITES)
    while log.count(b"begin\n") < wanted:
        if time.monotonic() > until:
            return False
        time.sleep(0.0005)
    return True


def _checked(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).where(item.c.ended_at.is_not(None))).scalar_one())


def _clients(service: Service, secret: str, seed: int, known: Acknowledged, stopped: Event) -> list[Thread]:
    """Start whoever uses the desk; what goes wrong there is told as what broke the promise."""

    def told(use: Callable[[_Client, random.Random], None], name: str) -> Thread:
        def go() -> None:
            client, chance = _Client(service, secret, stopped), random.Random(f"{seed} {name}")
            try:
                while not stopped.is_set():
                    use(client, chance)
                    stopped.wait(0.1)
            except Exception as error:  # noqa: BLE001 - it is told as what broke the promise
                known.problems.append(f"{name}: {type(error).__name__}: {error}"[:500])

        thread = Thread(target=go, name=name)
        thread.start()
        return thread

    return [
        told(lambda client, chance: _review(client, chance, known), "reviews"),
        told(lambda client, chance: _send_batch(client, chance, known), "batches"),
    ]


def _review(client: _Client, chance: random.Random, known: Acknowledged) -> None:
    """Put an article on the desk and decide about all its statements."""
    said = chance.sample(_SENTENCES, 2)
    text = "\n\n".join(f"“{each},” Ilse Corvane said." for each in said)
    sent = client.post("/api/v1/reviews", {"text": text, "title": f"Number {len(known.reviews)}"})
    known.reviews.add(sent["id"])
    for each in sent["statements"]:
        asked = {"decision": "accept", "statement": each["statement"], "basis": each["basis"], "seen": each["seen"]}
        if chance.random() < 0.3:
            asked |= {"decision": "override", "status": "paraphrased", "ground": "judgement", "note": "Heard it."}
        client.post(f"/api/v1/reviews/{sent['id']}/decisions", asked)
        known.decisions.append((sent["id"], each["statement"], asked["decision"]))


def _send_batch(client: _Client, chance: random.Random, known: Acknowledged) -> None:
    """Send quotations through the page or an article through the API, where that is wanted, and wait until all is checked."""
    client.sign_in()
    if not known.wanted.wait(0.2):
        return
    known.wanted.clear()
    if chance.random() < 0.5:
        lines = "\n".join(chance.choice(_SENTENCES) for _ in range(_ITEMS))
        id, number = client.send_form("/batches", {"lines": lines, "title": "Lines"}).rpartition("/")[2], _ITEMS
    else:
        id, number = client.post("/api/v1/articles", {"text": _ARTICLE, "title": _TITLE})["id"], 1
    known.batches[id] = number
    client.wait_until_checked(id)


class _Client:
    """Somebody who repeats what was not answered."""

    def __init__(self, service: Service, secret: str, stopped: Event) -> None:
        self._service, self._secret, self._stopped = service, secret, stopped
        self._cookie = self._token = ""

    def post(self, path: str, sent: Mapping[str, object]) -> dict[str, Any]:
        """Send an object under one key until it is answered; gives the answer."""
        body = json.dumps(sent)
        headers = self._opened | {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        while True:
            status, text, _ = self._answer("POST", path, body, headers)
            if status in (200, 201, 202):
                found: dict[str, Any] = json.loads(text)
                return found
            if status != 503 and "repeat-running" not in text:
                raise AssertionError(f"POST {path} answers {status} {text}")
            time.sleep(0.1)

    def send_form(self, path: str, form: Mapping[str, str]) -> str:
        """Send a form until it leads somewhere, signed in; gives where."""
        while True:
            headers = {"Cookie": self._cookie, "Content-Type": _FORM}
            status, text, leads = self._answer("POST", path, urlencode({"csrf_token": self._token, **form}), headers)
            if status == 303:
                return leads.get("Location", "")
            if status != 503:
                raise AssertionError(f"POST {path} answers {status} {text[:300]}")
            time.sleep(0.1)

    def sign_in(self) -> None:
        """Begin a session, unless there is one."""
        if self._cookie:
            return
        body = urlencode({"name": "Ada", "password": _PASSWORD})
        _, _, given = self._answer("POST", "/sign-in", body, {"Content-Type": _FORM})
        self._cookie = given["Set-Cookie"].partition(";")[0]
        _, text, _ = self._answer("GET", "/batches", None, {"Cookie": self._cookie})
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert found, f"nobody is signed in: {text[:200]}"
        self._token = found[1]

    def wait_until_checked(self, id: str) -> None:
        """Look at a batch until it is done, or nobody waits for it any more."""
        while not self._stopped.wait(0.1):
            _, text, _ = self._answer("GET", f"/batches/{id}", None, {"Cookie": self._cookie})
            if 'data-state="running"' not in text:
                return

    @property
    def _opened(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._secret}"}

    def _answer(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, str, Mapping[str, str]]:
        """An answer, whenever there is one; raises TimeoutError when a minute went by without."""
        until = time.monotonic() + _LONGEST
        while True:
            try:
                with closing(HTTPConnection("127.0.0.1", self._service.port, timeout=_LONGEST)) as connection:
                    connection.request(method, path, body, dict(headers))
                    answer = connection.getresponse()
                    return answer.status, answer.read().decode(), dict(answer.headers)
            except (OSError, HTTPException) as error:
                if time.monotonic() > until:
                    raise TimeoutError(f"{method} {path} is not answered: {error!r}") from error
                time.sleep(0.05)


def _lost(store: Store, known: Acknowledged) -> Iterator[str]:
    """What was acknowledged and is not there."""
    batches, seen = dict(known.batches), set(known.reviews)
    decided = Counter(known.decisions)
    with store.reading() as connection:
        query = select(item.c.job_id, func.count()).group_by(item.c.job_id)
        held = {id: number for id, number in connection.execute(query)}
        reviewed = set(connection.execute(select(review.c.article_id)).scalars())
        made = Counter(
            tuple(row) for row in connection.execute(select(decision.c.article_id, decision.c.anchor, decision.c.kind))
        )
    yield from (
        f"batch {id} has {held.get(id, 0)} items and not {number}"
        for id, number in batches.items()
        if held.get(id) != number
    )
    yield from (f"review {id} is gone" for id in seen - reviewed)
    yield from (f"decision {each} is gone" for each in decided - made)


def _of_the_log(store: Store) -> list[str]:
    with store.reading() as connection:
        damage = [each for each in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if each != "ok"]
        return [*audit.verify(connection, store.witnessed()), *damage]


def _wait_for_batches(store: Store, known: Acknowledged) -> None:
    """Wait until all that was begun is done."""
    until = time.monotonic() + 5 * _LONGEST
    while time.monotonic() < until:
        with store.reading() as connection:
            if connection.execute(select(job.c.id).where(job.c.state == "running").limit(1)).first() is None:
                return
        time.sleep(0.2)
    known.problems.append("batches are not done five minutes after the last kill")


def _go_on(store: Store) -> int:
    """Have batches go on with what was given up, as an editor would; gives how many items."""
    with store.writing() as connection:
        given_up = select(item.c.job_id).where(item.c.state == "failed", item.c.error_code == "gave-up")
        ids = connection.execute(given_up).scalars().all()
        for id in set(ids):
            jobs.go_on(connection, id, by="Ada")
    return len(ids)


def _unlike_what_was_sent(store: Store, known: Acknowledged, folder: Path) -> Iterator[str]:
    """What is there twice, was not checked, or has other findings than an undisturbed check."""
    with store.reading() as connection:
        reviews, decisions = (
            connection.execute(select(func.count()).select_from(each)).scalar_one() for each in (review, decision)
        )
        columns = (item.c.job_id, item.c.number, item.c.name, item.c.state, item.c.counts, item.c.error)
        items = connection.execute(select(*columns)).all()
    if (reviews, decisions) != (len(known.reviews), len(known.decisions)):
        yield f"{reviews} reviews and {decisions} decisions are there, {len(known.reviews)} and {len(known.decisions)} were sent"
    alone = _undisturbed(folder / "corpus")
    for each in items:
        where = f"item {each.number} of batch {each.job_id}"
        if each.state != "done":
            yield f"{where} is {each.state}: {each.error}"
        elif json.loads(each.counts) != (expected := alone[each.name.partition(": ")[2] or each.name]):
            yield f"{where}, {each.name}: found {each.counts} and not {dict(expected)}"


def _undisturbed(folder: Path) -> dict[str, Counter[str]]:
    """How many findings of each tone there are in what was sent, by its name."""
    with Corpus.open(folder) as corpus:
        found = {each: (judged(Claim(each), corpus),) for each in _SENTENCES}
        found[_TITLE] = check_article(Article("", _ARTICLE, title=_TITLE), corpus, settings=WORDS).findings
    return {name: Counter(str(tone(each.verdict)) for each in findings) for name, findings in found.items()}


if __name__ == "__main__":
    main()
