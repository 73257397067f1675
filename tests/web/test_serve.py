"""The command that runs the pages: it answers where it says, and says why when it does not start."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit, setrlimit

import pytest
from click.testing import CliRunner

from corpus.store import Corpus
from web.serve import connections_of, serve

START = [sys.executable, "-c", "from web.serve import serve; serve()"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Corpus.open(tmp_path, create=True).close()
    return tmp_path


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def test_the_address_is_printed_once_it_answers_and_a_signal_ends_it(folder: Path) -> None:
    command = [*START, "--port", "0", "--workers", "2", "--corpus", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None and running.stderr is not None
        said = running.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, running.stderr.read()
        with urllib.request.urlopen(address.group(), timeout=10) as answer:
            assert answer.status == 200 and b"Quote or article" in answer.read()
        for probe in ("healthz", "readyz"):
            with urllib.request.urlopen(address.group() + probe, timeout=10) as answer:
                assert answer.status == 200
        running.send_signal(signal.SIGTERM)
        rest, errors = running.communicate(timeout=40)
    assert (running.returncode, rest, errors) == (0, "", "")


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(serve, ["--port", "0", "--corpus", str(tmp_path / "none")])
    assert result.exit_code == 4 and str(tmp_path / "none") in result.stderr


def test_a_port_in_use_is_named(folder: Path, listening: int) -> None:
    result = CliRunner().invoke(serve, ["--port", str(listening), "--corpus", str(folder)])
    assert result.exit_code == 2 and f":{listening}/" in result.stderr and "another --port" in result.stderr


def test_a_host_that_does_not_exist_is_named(folder: Path) -> None:
    result = CliRunner().invoke(serve, ["--host", "no host", "--port", "0", "--corpus", str(folder)])
    assert result.exit_code == 2 and "no host" in result.stderr


@pytest.mark.parametrize("option", [["--port", "99999"], ["--workers", "0"], ["--threads", "x"], ["--waiting", "-1"]])
def test_an_option_that_makes_no_sense_is_wrong_usage(option: list[str]) -> None:
    assert CliRunner().invoke(serve, option).exit_code == 2


@pytest.mark.parametrize("threads", [1, 84, 600])
def test_a_process_may_open_a_file_for_each_of_its_connections_and_more(threads: int) -> None:
    soft, hard = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (256, hard))  # where nobody asks for more
    try:
        connections = connections_of(threads)
        assert threads < connections < getrlimit(RLIMIT_NOFILE)[0] - 200
    finally:
        setrlimit(RLIMIT_NOFILE, (soft, hard))


def test_a_setting_that_makes_no_sense_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PROFILE", "loose")
    result = CliRunner().invoke(serve, ["--port", "0"])
    assert result.exit_code == 2 and "ONRECORD_PROFILE" in result.stderr
