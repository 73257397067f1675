"""corpus coverage: what is held by month, in words and as JSON."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli import onrecord
from checker.export.coverage import calendar, days_since
from corpus.holdings import Dated, holdings
from corpus.types import PartialDate


@pytest.fixture
def location(tmp_path: Path) -> str:
    lines = [
        {"id": f"m-{month}-{day}", "publisher": "Office of Marlo", "date": f"2031-{month:02}-{day:02}",
         "speakers": ["Ada Lorne"], "language": "en", "text": f"On the {day}th of month {month} we opened a quay."}
        for month in (1, 2, 4) for day in range(1, 11)
    ]  # fmt: skip
    (tmp_path / "marlo.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    corpus = str(tmp_path / "corpus")
    CliRunner().invoke(onrecord, ["corpus", "add", str(tmp_path / "marlo.jsonl"), "--corpus", corpus])
    return corpus


def test_gaps_are_named(location: str) -> None:
    text = CliRunner().invoke(onrecord, ["corpus", "coverage", "--corpus", location]).output
    assert "Office of Marlo (en): 30 documents" in text
    assert "gaps: 2031-03 (nothing)" in text
    assert "Ada Lorne (en): 30 documents" in text


def test_json_has_counts_and_freshness(location: str) -> None:
    output = (
        CliRunner()
        .invoke(onrecord, ["corpus", "coverage", "--corpus", location, "--speaker", "Lorne", "--format", "json"])
        .output
    )
    found = json.loads(output)
    assert found["publishers"] == []
    (speaker,) = found["speakers"]
    assert speaker["counts"] == {"2031-01": 10, "2031-02": 10, "2031-04": 10}
    assert speaker["gaps"] == [{"first": "2031-03", "last": "2031-03", "documents": 0}]
    assert speaker["days_since_last"] is not None


def test_a_name_that_nobody_has_is_said(location: str) -> None:
    output = CliRunner().invoke(onrecord, ["corpus", "coverage", "--corpus", location, "--publisher", "Velm"]).output
    assert output == "nothing is held of that name\n"


def test_a_date_to_come_is_no_days_old() -> None:
    assert days_since(PartialDate(2031, 4, 15), datetime.date(2031, 4, 20)) == 5
    assert days_since(PartialDate(2031, 4, 15), datetime.date(2031, 4, 1)) == 0


def test_a_calendar_has_every_year() -> None:
    dated = [Dated("M", "en", date, False, 0) for date in ("2029-12-01", "2031-01-01")]
    assert [(row.year, row.documents, len(row.cells)) for row in calendar(holdings("M", "en", dated))] == [
        (2029, 1, 12), (2030, 0, 12), (2031, 1, 12),
    ]  # fmt: skip
