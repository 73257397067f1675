"""Articles are read as their readers see them."""

from __future__ import annotations

from pathlib import Path

from checker.cli.inputs import read_articles
from checker.settings import DEFAULTS
from checker.types import Article


def test_an_article_keeps_its_labels_and_is_dated_by_the_checker(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "15 April 2031\n\nAda Lorne: We open.\n\nQuestion: When?\n\nAda Lorne: In spring.", encoding="utf-8"
    )
    (article,) = read_articles((str(path),), lines=False, settings=DEFAULTS)
    assert isinstance(article, Article)
    assert "Ada Lorne: We open." in article.text
    assert article.date is None
