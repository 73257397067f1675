"""The tools for language models, asked by the protocol's own client of the real process."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from checker.cli import onrecord
from checker.cli.tools import server_over
from checker.errors import SettingsError
from checker.settings import DEFAULTS
from corpus.errors import CorpusUnavailable

ROOT = Path(__file__).parent.parent.parent.parent
PAGE = ROOT / "docs" / "integrations" / "language-models.md"
ENVIRONMENT = {
    "ONRECORD_ENCODER": "none",
    "ONRECORD_JUDGE": "none",
    "ONRECORD_MULTILINGUAL": "none",
    "PYTHONPATH": str(ROOT),
}
BRIDGE = "Both countries will pay for the repairs: 62 million crowns will come from Halvenia and 48 million from Kareth"


def asked(corpus: Path, ask: Callable[[Client], Awaitable[None]]) -> None:
    """Start the process as the page says over a corpus, ask it, and end it."""
    (shown,) = re.findall(r"^```json\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    configured = json.loads(shown.replace("/path/to/corpus", str(corpus)))["mcpServers"]["onrecord"]
    configured["command"] = str(Path(sys.executable).with_name(configured["command"]))

    async def talk() -> None:
        server = StdioServerParameters(**configured, env=os.environ | ENVIRONMENT)
        async with Client(server, read_timeout_seconds=60) as client:
            await ask(client)

    anyio.run(talk)


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


def test_without_a_corpus_nothing_is_served(tmp_path: Path) -> None:
    done = CliRunner().invoke(onrecord, ["mcp", "--corpus", str(tmp_path / "nowhere")])
    assert isinstance(done.exception, CorpusUnavailable) and done.stdout == ""


def test_without_the_protocol_s_package_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(SettingsError, match=r"onrecord\[mcp\]"):
        server_over(object(), DEFAULTS)  # type: ignore[arg-type]  # it is not asked for
