"""What the pages about integrations say is what happens: their sessions are run, and the jobs that they show."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import anyio
import pytest
import yaml
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "integrations" / "docs-as-code.md"
MODELS = PAGE.parent / "language-models.md"
BY_WORDS = {
    "ONRECORD_ENCODER": "none",
    "ONRECORD_MULTILINGUAL": "none",
    "ONRECORD_JUDGE": "none",
    "PYTHONPATH": str(ROOT),
}
"""The starter corpus has no vectors, and its wording decides everything here; models would only take time."""

BRIDGE = "Both countries will pay for the repairs: 62 million crowns will come from Halvenia and 48 million from Kareth"
_ENDED = "the command has ended:"


class Starter(Protocol):
    """The starter corpus, and what the command said that made it."""

    folder: Path
    said: str


@dataclass(frozen=True, slots=True)
class Step:
    """A command as it is typed, and what the page says that it says; `…` stands for anything."""

    command: str
    says: str


def steps(page: str) -> Iterator[Step]:
    """The commands of a page's sessions; further lines of one begin with `>`."""
    for session in re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        for typed in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            lines = typed.splitlines()
            more = next((n for n, line in enumerate(lines[1:], start=1) if not re.match(r">( |$)", line)), len(lines))
            yield Step("\n".join([lines[0], *(line[2:] for line in lines[1:more])]), "\n".join(lines[more:]).strip())


def expected(says: str) -> re.Pattern[str]:
    """`…` stands for anything, also for itself where the program has cut a quotation."""
    return re.compile(re.escape(says).replace("…", ".*"), re.DOTALL)


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """A machine of its own: this program on the path, and our repository where the page's address leads."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / ".pre-commit-hooks.yaml").write_bytes((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    own = {
        **BY_WORDS, "HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"), "LC_ALL": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_COUNT": "4",
        "GIT_CONFIG_KEY_0": f"url.{hooks.as_uri()}.insteadOf", "GIT_CONFIG_VALUE_0": "https://git.paper.example/onrecord",
        "GIT_CONFIG_KEY_1": "user.name", "GIT_CONFIG_VALUE_1": "Wilma Astrand",
        "GIT_CONFIG_KEY_2": "user.email", "GIT_CONFIG_VALUE_2": "wilma@lantern.example",
        "GIT_CONFIG_KEY_3": "init.defaultBranch", "GIT_CONFIG_VALUE_3": "main",
    }  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | own
    for command in ("git init --quiet", "git add .", "git commit --quiet -m hooks", "git tag v0.1.0"):
        subprocess.run(command.split(), cwd=hooks, env=environment, check=True)
    return environment


class Shell:
    """A shell that keeps its folder, its variables and the last exit code from one command to the next."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            ["bash"], cwd=folder, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, command: str) -> str:
        """What a command says, on either stream."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{command}\nended=$?; echo; echo '{_ENDED}'; (exit $ended)\n")
        self._process.stdin.flush()
        said = []
        for line in self._process.stdout:
            if line.strip() == _ENDED:
                return "".join(said).strip()
            said.append(line)
        raise AssertionError(f"the shell ended at: {command}\n{''.join(said)}")

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@pytest.fixture
def shell(tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Shell]:
    opened = Shell(tmp_path, environment)
    yield opened
    opened.close()


def test_the_session_for_articles_in_git_goes_as_the_page_says(shell: Shell, starter_made: Starter) -> None:
    walked = list(steps(PAGE.read_text(encoding="utf-8")))
    assert len(walked) == 18
    for step in walked:
        if step.command == "onrecord corpus add --starter":  # this very command has made one for all tests
            shell.run(f'cp -r "{starter_made.folder}" "$ONRECORD_CORPUS"')
            said = starter_made.said
        else:
            said = shell.run(step.command)
        assert expected(step.says).fullmatch(said), f"$ {step.command}\n{said}\n\nbut the page says\n\n{step.says}"


def test_the_example_job_runs_the_command_that_the_page_tests() -> None:
    job = yaml.safe_load((PAGE.parent / "onrecord-check.yml").read_text(encoding="utf-8"))
    runs = [step["run"].strip() for step in job["jobs"]["quotations"]["steps"] if "run" in step]
    assert runs == [
        step.command for step in steps(PAGE.read_text(encoding="utf-8")) if "--format sarif" in step.command
    ]
    assert [step.get("if") for step in job["jobs"]["quotations"]["steps"]][-1]  # it also shows what failed


def asked(corpus: Path, ask: Callable[[Client], Awaitable[None]]) -> None:
    """Start the process as the page says over a corpus, ask it, and end it."""
    (shown,) = re.findall(r"^```json\n(.*?)^```$", MODELS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    configured = json.loads(shown.replace("/path/to/corpus", str(corpus)))["mcpServers"]["onrecord"]
    configured["command"] = str(Path(sys.executable).with_name(configured["command"]))

    async def talk() -> None:
        server = StdioServerParameters(**configured, env=os.environ | BY_WORDS)
        async with Client(server, read_timeout_seconds=60) as client:
            await ask(client)

    with ThreadPoolExecutor(1) as own:  # the thread of the tests may be a browser's, which has a loop already
        own.submit(anyio.run, talk).result()


def answer(result: CallToolResult) -> Any:
    assert not result.is_error, result.content
    return result.structured_content


def test_a_model_is_told_what_stands_in_the_record(starter_folder: Path) -> None:
    async def ask(client: Client) -> None:
        tools = {each.name: each for each in (await client.list_tools()).tools}
        assert set(tools) == {"verify_quote", "search_passages"}
        assert all(each.annotations and each.annotations.read_only_hint for each in tools.values())
        assert set(tools["verify_quote"].input_schema["properties"]) >= {"quote", "speaker", "date", "language"}

        claimed = {"speaker": "Ilse Corvane", "date": "2026-01-22"}
        true = answer(await client.call_tool("verify_quote", {"quote": f"“{BRIDGE},”", **claimed}))
        assert true["status"] == "verified"
        (place, *_) = true["evidence"]
        assert place["exact"].lower() == BRIDGE.lower()
        assert place["document"] == "invented-joint-press-conference-2026-01-22" and place["speaker"].endswith(
            "Ilse Corvane"
        )

        false = answer(await client.call_tool("verify_quote", {"quote": BRIDGE.replace("48", "58"), **claimed}))
        assert (false["status"], false["reason"]) == ("unsourced", "altered-number")
        assert "48 million from Kareth" in (false["evidence"] + false["nearest"])[0]["exact"]
        assert false["searched"][0].startswith("110 documents")

        asked_not = {
            "quote": "ask not what your country can do for you",
            "speaker": "John F. Kennedy",
            "language": "en",
        }
        kennedy = answer(await client.call_tool("verify_quote", asked_not))
        assert kennedy["status"] == "unsourced"

        found = answer(await client.call_tool("search_passages", {"words": "repairs of the bridge", "limit": 3}))
        assert len(found["passages"]) == 3 and any("crowns" in each["exact"] for each in found["passages"])
        his = {"words": "the state of our union is strong", "speaker": "Barack Obama"}
        passages = answer(await client.call_tool("search_passages", his))["passages"]
        assert passages and all("Obama" in each["speaker"] for each in passages)
        assert all(each["address"].startswith("https://") for each in passages)

        for wrong in (
            {"quote": "…"},
            {"quote": "We agreed", "date": "last Tuesday"},
            {"quote": ""},
            {"quote": "a" * 5001},
            {},
        ):
            refused = await client.call_tool("verify_quote", wrong)
            assert refused.is_error, wrong
            assert "Traceback" not in str(refused.content)

    asked(starter_folder, ask)
