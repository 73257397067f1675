"""What the program holds in memory: a server of two processes that has answered, and a process that adds documents."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil

from benchmarks.bench.material import Material, Stage
from benchmarks.bench.program import PROGRAM, Figure
from corpus.export import record_of
from corpus.store import Corpus

_SERVE = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0"]
_ASKED = 40
"""Quotes that the server is asked, four at a time, so that both processes have loaded what they need."""

_DOCUMENTS = 1_000


def server(stage: Stage, material: Material, folder: Path) -> tuple[Figure, ...]:
    """A server of two processes over this corpus, after quotes and an article: all its processes, what they share counted once."""
    if not material.articles:
        return ()
    command = [*_SERVE, "--workers", "2", "--corpus", str(stage.folder)]
    environment = os.environ | {"ONRECORD_DESK": str(folder / "memory.sqlite3")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        try:
            assert running.stdout is not None
            found = re.search(r"http://\S+/", running.stdout.readline())
            assert found, "the server did not start"
            asked: list[Mapping[str, str]] = [
                {"text": cut.text, "speaker": cut.speaker, "kind": "quote"} for cut in material.cuts[:_ASKED]
            ]
            asked += [{"text": text, "kind": "article"} for text in material.articles[:4]]
            with ThreadPoolExecutor(4) as clients:
                list(clients.map(lambda form: _ask(found.group(), form), asked))
            whole, own = map(sum, zip(*_held(running.pid), strict=True))
        finally:
            running.terminate()
    name = f"a server of two processes after {len(material.cuts[:_ASKED])} quotes and {len(material.articles[:4])} articles"
    return (
        Figure(f"{name}, all its processes (PSS)", whole / 1024, "MB"),
        Figure("the same without mapped files", own / 1024, "MB"),
    )


def _ask(address: str, form: Mapping[str, str]) -> None:
    """Send a form, and read the page that it leads to; raises RuntimeError for any other answer."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    try:
        connection.request("POST", "/check", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        leads = answer.headers["Location"]
        if answer.status == 303:
            connection.request("GET", leads)
            answer = connection.getresponse()
            answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the server answers {answer.status}")
    finally:
        connection.close()


def _held(pid: int) -> Iterator[tuple[int, int]]:
    """Kilobytes of each process, shared ones divided among those who share them: in all, and without files."""
    for each in (parent := psutil.Process(pid), *parent.children(recursive=True)):
        told = Path(f"/proc/{each.pid}/smaps_rollup").read_text(encoding="ascii")
        whole, own = (re.search(rf"^{name}:\s+(\d+)", told, re.MULTILINE) for name in ("Pss", "Pss_Anon"))
        assert whole and own
        yield int(whole[1]), int(own[1])


def adding(stage: Stage, material: Material, folder: Path) -> tuple[Figure, ...]:
    """`onrecord corpus add` of a thousand documents into an empty corpus, with the start: how fast, and how much memory at the most."""
    if not material.articles:
        return ()
    records, room = folder / "records.jsonl", folder / "adding"
    with Corpus.open(stage.folder) as corpus, records.open("w", encoding="utf-8") as file:
        for id in islice(material.order, _DOCUMENTS):
            file.write(json.dumps(record_of(corpus.document(id).document)) + "\n")
    began = time.perf_counter()
    command = [*PROGRAM, "corpus", "add", str(records), "--corpus", str(room)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    took = time.perf_counter() - began
    with Corpus.open(room) as corpus:
        passages = corpus.coverage().passages
    name = f"`onrecord corpus add` of {min(_DOCUMENTS, len(material.order)):,} documents, {passages:,} passages"
    return (
        Figure(name, passages / (used.ru_utime + used.ru_stime), "passages a CPU-second"),
        Figure(f"{name}, by the clock", passages / took, "passages a second"),
        Figure(f"{name}, memory at the most", used.ru_maxrss / 1024, "MB"),
    )
