"""Articles are read as their readers see them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from checker.cli import onrecord
from checker.cli.inputs import Given, read_articles
from checker.settings import DEFAULTS


def test_an_article_keeps_its_labels_and_is_dated_by_the_checker(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "15 April 2031\n\nAda Lorne: We open.\n\nQuestion: When?\n\nAda Lorne: In spring.", encoding="utf-8"
    )
    (given,) = read_articles((str(path),), lines=False, settings=DEFAULTS)
    assert isinstance(given, Given)
    article = given.article
    assert "Ada Lorne: We open." in article.text
    assert article.date is None


def test_show_says_what_was_read_out_of_a_file(tmp_path: Path) -> None:
    path, corpus = tmp_path / "talk.txt", str(tmp_path / "corpus")
    path.write_text(
        "15 April 2031\n\n" + "The harbour of Marlo opens in the spring. " * 5 + "It â€œopensâ€\x9d.", encoding="utf-8"
    )
    runner = CliRunner()
    runner.invoke(onrecord, ["corpus", "add", str(path), "--corpus", corpus, "--tier", "agency"])
    listed = runner.invoke(onrecord, ["corpus", "list", "--corpus", corpus, "--format", "jsonl"]).output
    shown = runner.invoke(onrecord, ["corpus", "show", json.loads(listed)["id"], "--corpus", corpus]).output
    assert "2031-04-15" in shown and "dated" in shown
    assert "in a wrong encoding" in shown
    assert "tier" in shown
