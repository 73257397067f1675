"""Every curl command of docs/api.md does what it says there, against a running server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web.api.conftest import Served
from web.api.problems import KINDS

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n((?:(?!```).)*?curl .*?)```\n+```text\n(.*?)```", PAGE, re.DOTALL)


def test_every_curl_command_has_an_answer_beside_it() -> None:
    assert len(EXAMPLES) == PAGE.count("```text\n") and sum(each.count("curl ") for each, _ in EXAMPLES) == PAGE.count("curl -")  # fmt: skip


@pytest.mark.parametrize(("commands", "answer"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_a_command_is_answered_as_it_says(served: Served, commands: str, answer: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    environment = os.environ | {"ONRECORD": served.address.rstrip("/"), "KEY": served.key}
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], env=environment, capture_output=True, text=True, timeout=90, check=True
    )  # fmt: skip
    for line in answer.splitlines():
        assert line in ran.stdout, ran.stdout


def test_every_kind_of_problem_is_in_the_table_under_its_status() -> None:
    rows = re.findall(r"^\| ([0-9, ]+) \| (.*) \|$", PAGE, re.MULTILINE)
    told = {name: statuses for statuses, row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    assert set(told) == set(KINDS)
    assert all(str(KINDS[name].status) in statuses for name, statuses in told.items())
