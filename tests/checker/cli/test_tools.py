"""What the tools for language models do where they cannot serve; what they answer is asked in tests/test_integrations.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli import onrecord
from checker.cli.tools import server_over
from checker.errors import SettingsError
from checker.settings import DEFAULTS
from corpus.errors import CorpusUnavailable


def test_without_a_corpus_nothing_is_served(tmp_path: Path) -> None:
    done = CliRunner().invoke(onrecord, ["mcp", "--corpus", str(tmp_path / "nowhere")])
    assert isinstance(done.exception, CorpusUnavailable) and done.stdout == ""


def test_without_the_protocol_s_package_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(SettingsError, match=r"onrecord\[mcp\]"):
        server_over(object(), DEFAULTS)  # type: ignore[arg-type]  # it is not asked for
