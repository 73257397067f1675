"""The unit for systemd starts what there is, sets what is read, and gives nothing away that the service does not need."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from checker.settings import load_settings
from web import serve

UNIT = Path(__file__).parents[1] / "deploy" / "onrecord.service"


def keys(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return found


WRITTEN = keys(UNIT.read_text(encoding="utf-8"))


def test_its_command_is_one_that_the_program_takes() -> None:
    program, command, *arguments = shlex.split(WRITTEN["ExecStart"][0])
    assert (Path(program).name, command) == ("onrecord", serve.serve.name)
    read = serve.serve.make_context("serve", arguments).params  # wrong options raise
    assert read["require_sign_in"] and read["host"] == "127.0.0.1"


def test_its_settings_are_read_and_lie_where_it_may_write() -> None:
    given = dict(each.split("=", 1) for each in WRITTEN["Environment"])
    settings = load_settings(given)
    assert set(given) == {f"ONRECORD_{name.upper()}" for name in ("corpus", "cache")}
    assert settings.corpus.startswith(f"/var/lib/{WRITTEN['StateDirectory'][0]}/")
    assert settings.cache == f"/var/cache/{WRITTEN['CacheDirectory'][0]}"


def test_it_waits_longer_than_the_service_drains() -> None:
    assert int(WRITTEN["TimeoutStopSec"][0]) > serve._DRAIN + 2 * 5 * 2  # batches and three threads of webhooks
    assert WRITTEN["KillMode"] == ["mixed"]  # else the processes that check would be ended beside those that drain


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_it_and_finds_it_hardened() -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=25", str(UNIT)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0, found.stdout[-2000:] + found.stderr
    assert not re.search(r"Unknown|Failed to parse|ignoring", found.stderr), found.stderr
