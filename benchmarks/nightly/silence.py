"""With `ONRECORD_EGRESS=off` a whole session connects to nobody, and no draft stands in what the server writes out.

The server runs with an audit hook of the interpreter that notes each `socket.connect`, `socket.getaddrinfo` and `socket.sendto` of its
processes in a file. Articles are checked through the pages, one by a link and one with a source that is to be fetched, the
findings are followed, exported in every form and forgotten; the API checks quotes. Everything that was noted is a problem; a connection
that the server's own process makes at its start, to a port of this machine, shows that the hook notes. Each article holds words that stand nowhere else,
which are looked for in all that the server printed.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from benchmarks.api_fuzz import PLAIN, SERVE
from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from benchmarks.nightly.starter import fill
from web.exports.reports import FORMS

SESSIONS = 200

WATCHED = """
import os, socket, sys
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        where = arguments[1] if event != "socket.getaddrinfo" else arguments[:2]
        line = f"{event} {where!r}\\n".encode()
        notes = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(notes, line)
        os.close(notes)
sys.addaudithook(note)
socket.create_connection(("127.0.0.1", int(sys.argv[2]))).close()
del sys.argv[1:3]
"""


def run(trial: Trial) -> Outcome:
    """Serve, use everything, and read what was noted and what was printed."""
    notes, printed = trial.folder / "notes", trial.folder / "printed"
    corpus = fill(trial.folder / "corpus")
    environment = dict(os.environ) | PLAIN | {"ONRECORD_EGRESS": "off", "ONRECORD_ADDING": "here"}
    with socket.create_server(("127.0.0.1", 0)) as control, printed.open("w") as out:
        port = control.getsockname()[1]
        command = [sys.executable, "-c", WATCHED + SERVE, str(notes), str(port), "--port", "0", "--corpus", str(corpus)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=out, text=True, env=environment) as server:
            try:
                assert server.stdout is not None
                first = server.stdout.readline()
                found = re.search(r"http://\S+/", first)
                assert found, "the server did not start"
                met, secrets = _sessions(found.group(), trial.times(SESSIONS))
            finally:
                server.terminate()
                rest, _ = server.communicate()
    said = first + rest + printed.read_text(encoding="utf-8")
    noted = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    made = [each for each in noted if f"'127.0.0.1', {port}" not in each and f"('127.0.0.1', '{port}'" not in each]
    problems = [f"connected: {each}" for each in made]
    problems += [f"printed: {secret}" for secret in secrets if secret in said]
    problems += [f"{number} answers with {status}" for status, number in met.items() if status >= 500]
    if len(made) == len(noted):
        problems.append("the hook did not note the control")
    figures = (
        ("sessions", counted(trial.times(SESSIONS))),
        (
            "requests",
            f"{met.total():,} ({', '.join(f'{number:,} × {status}' for status, number in sorted(met.items()))})",
        ),
        ("connections and look-ups of names", counted(len(made))),
        ("drafts in what was printed", counted(sum(each.startswith("printed") for each in problems))),
    )
    return Outcome(figures, in_short(problems))


def _sessions(address: str, number: int) -> tuple[Counter[int], list[str]]:
    """Use the server so often; gives how its answers were and the words that no log may hold."""
    met, secrets = Counter[int](), list[str]()
    for at in range(number):
        secret = f"canary{at:05d}quenland"
        secrets.append(secret)
        text = f"The draft {secret}.\n\n“We will not sign the water treaty today, {secret},” Ilse Corvane said."
        place = _sent(address, met, "/check", {"text": text, "kind": "article"})
        _sent(address, met, "/check", {"link": f"https://press{at}.example/{secret}", "kind": "article"})
        if not place:
            continue
        _sent(address, met, place, None)
        _sent(address, met, f"{place}/findings", None)
        link = {"number": "1", "link-1": f"https://source{at}.example/{secret}", "text-1": "", "title-1": secret}
        _sent(address, met, f"{place}/sources", link)
        for form in FORMS:
            _sent(address, met, f"{place}/report.{form}", None)
        _sent(address, met, "/api/v1/quotes", {"quotes": [{"quote": secret}]}, json_body=True)
        _sent(address, met, f"{place}/delete", {})
    return met, secrets


def _sent(
    address: str, met: Counter[int], path: str, form: Mapping[str, object] | None, *, json_body: bool = False
) -> str:  # fmt: skip
    """Send a form, or ask for a page; gives where the answer leads."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    body = None if form is None else json.dumps(form) if json_body else urlencode(form)
    kind = "application/json" if json_body else "application/x-www-form-urlencoded"
    headers = {"Content-Type": kind, "Origin": address.rstrip("/")} if body is not None else {}
    connection.request("GET" if body is None else "POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    met[answer.status] += 1
    return answer.headers.get("Location", "")


CAMPAIGN = Campaign(
    "privacy",
    "With fetching switched off a whole session connects to nobody, and no draft stands in what the server writes out",
    ("tests/benchmarks/test_nightly.py", "tests/checker/cli/test_links.py", "tests/web/test_telling.py"),
    run,
)
