"""Whether the API keeps to its own description, whatever is sent: schemathesis against a real server over real sockets.

    python benchmarks/api_fuzz.py [--requests 50000] [--seed 1] [--minutes 60] [--checks 400]

The server has the invented documents of the starter corpus, a desk of its own, and judges by words alone. Requests are made from the
OpenAPI document, such as it allows and such as it does not, alone and in sequences that use what earlier ones made. All checks of
schemathesis run: no server error, no status, header, media type or shape that is not documented, nothing accepted that
the document forbids or refused that it allows, nothing answered without a key. Revoking a key, which would end the campaign, has a
round of its own with a key of its own. Rounds go on, each with another seed, until there were so many requests or the time is up.
Exit code 1 when anything was found.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from checker.settings import DEFAULTS
from corpus.read.records import document_of
from corpus.store import Corpus
from web.store import Store, accounts, keys, store_of

SERVE = "from web.serve import serve; serve()"
APART = """
from corpus.fetch.network import SYSTEM
def nobody(*_):
    raise OSError("nothing leaves this machine")
object.__setattr__(SYSTEM, "resolve", nobody)
object.__setattr__(SYSTEM, "connect", nobody)
"""
"""What is run before a server that has no way out of this machine: webhooks that a campaign makes are sent to nobody."""

PLAIN = {
    "ONRECORD_ENCODER": "none",
    "ONRECORD_MULTILINGUAL": "none",
    "ONRECORD_JUDGE": "none",
    "ONRECORD_TAGGER": "none",
}
REFUSALS = ("400", "401", "403", "404", "405", "406", "409", "413", "414", "415", "422", "428", "429", "431", "5xx")
ACCEPTED = ("2xx", "3xx", "401", "403", "404", "409", "413", "429", "5xx")
CONFIG = (
    "[checks]\n"
    f"negative_data_rejection.expected-statuses = {json.dumps(REFUSALS)}\n"
    f"positive_data_acceptance.expected-statuses = {json.dumps(ACCEPTED)}\n"
    "[[operations]]\n"
    'include-path-regex = "/webhooks/"\n'
    "checks.use_after_free.enabled = false\n"
)
"""As schemathesis has it, and 413, 414 and 431: a body or an address may be too large, whatever is in it.

A webhook that was ended stays to be read, with the time and the reason, and what was sent to it.
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one run of schemathesis: how many requests, what was found, and how its requests were met."""

    requests: int
    failures: tuple[str, ...]
    met: Counter[str]


def main() -> int:
    """Print a line a round, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--checks", type=int, default=400, help="test cases an operation in one round")
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    rounds: list[Round] = []
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, store):
        rounds.append(_round(address, key(store), folder, seed=options.seed, checks=25, only="revoke_key"))
        used = key(store)
        while sum(each.requests for each in rounds) < options.requests and time.monotonic() < end:
            seed = options.seed + len(rounds)
            rounds.append(_round(address, used, folder, seed=seed, checks=options.checks, without="revoke_key"))
            _print(rounds[-1], f"seed {seed}")
    met = sum((each.met for each in rounds), Counter[str]())
    _print(
        Round(sum(each.requests for each in rounds), tuple(one for each in rounds for one in each.failures), met), "all"
    )
    return int(any(each.failures for each in rounds))


@contextmanager
def served(folder: Path, *, before: str = APART) -> Iterator[tuple[str, Store]]:
    """A running server over the invented documents; gives its address and its desk."""
    lines = resources.files("corpus").joinpath("starter/invented.jsonl").read_text(encoding="utf-8")
    folder.mkdir(exist_ok=True)
    with Corpus.open(folder / "corpus", create=True) as corpus:
        list(corpus.add(document_of(json.loads(line)) for line in lines.splitlines()))
    store = store_of(replace(DEFAULTS, corpus=str(folder / "corpus")))
    with store.writing() as connection:
        accounts.add(connection, "Ada", "a password of the campaign", role="admin", by="campaign")
    environment = os.environ | PLAIN | {"ONRECORD_API_REQUESTS": "100000000"}
    command = [sys.executable, "-c", before + SERVE, "--port", "0", "--corpus", str(folder / "corpus")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+/", server.stdout.readline())
        assert found, "the server did not start"
        try:
            yield found.group(), store
        finally:
            server.terminate()


def key(store: Store) -> str:
    """A key with all scopes."""
    with store.writing() as connection:
        _, secret = keys.make(connection, "Ada", label="campaign", scopes=keys.SCOPES, by="campaign")
    return secret


def _round(
    address: str, secret: str, folder: str, *, seed: int, checks: int, only: str = "", without: str = ""
) -> Round:  # fmt: skip
    report, config = Path(folder, f"{seed}.json"), Path(folder, "schemathesis.toml")
    config.write_text(CONFIG)
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(config), "run", f"{address}api/v1/openapi.json",
        "--header", f"Authorization: Bearer {secret}", "--checks", "all", "--max-examples", str(checks), "--seed", str(seed),
        "--continue-on-failure", "--suppress-health-check", "all", "--no-color", "--report", "json", "--report-json-path", str(report),
        *(("--include-operation-id", only) if only else ("--exclude-operation-id", without)),
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert report.exists(), ran.stdout + ran.stderr
    found = json.loads(report.read_text())
    met: Counter[str] = Counter()
    for phases in found["valid_rates"].values():
        for counts in phases.values():
            met.update(counts)
    problems = [json.dumps(each)[:2000] for each in (*found["failures"], *found["errors"])]
    return Round(found["test_cases"]["generated"], tuple(problems), met)


def _print(each: Round, name: str) -> None:
    met = ", ".join(f"{number:,} {how}" for how, number in each.met.most_common())
    print(
        f"{name}: {each.requests:,} requests, {len(each.failures)} failures (of those that the document allows: {met})"
    )
    for failure in each.failures:
        print(f"  {failure}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
