"""Subtitles become running words, and turns where they say who speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import RecordError
from corpus.read import read_file, readable

VTT = """WEBVTT

00:00.000 --> 00:02.000
<v.loud Ada Lorne>The harbour will
open &amp; the market

00:02.000 --> 00:04.000
<v Ada Lorne>in the <i>spring</i>.</v>

00:04.500 --> 00:05.000
<v Bram Ostrey>At last.
"""
SRT = """1
00:00:00,000 --> 00:00:02,000
ADA LORNE: The harbour will

2
00:00:02,000 --> 00:00:04,000
open in the spring.

3
00:00:04,000 --> 00:00:05,000
BRAM OSTREY: At last.

4
00:00:05,000 --> 00:00:06,000
{\\an8}ADA LORNE: Yes.
"""


def _read(folder: Path, name: str, content: str) -> list[tuple[str, str]]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    document = read_file(path)
    return [(turn.speaker, turn.span.of(document.text)) for turn in document.turns]


def test_voices_become_turns(tmp_path: Path) -> None:
    assert _read(tmp_path, "a.vtt", VTT) == [
        ("Ada Lorne", "The harbour will open & the market in the spring."), ("Bram Ostrey", "At last."),
    ]  # fmt: skip
    assert readable(tmp_path / "a.SRT")


def test_labels_in_cues_become_turns(tmp_path: Path) -> None:
    assert _read(tmp_path, "a.srt", SRT) == [
        ("ADA LORNE", "The harbour will open in the spring."), ("BRAM OSTREY", "At last."), ("ADA LORNE", "Yes."),
    ]  # fmt: skip


def test_changes_without_names_are_kept(tmp_path: Path) -> None:
    content = SRT.replace("ADA LORNE: ", ">> ").replace("BRAM OSTREY: ", "- ")
    assert _read(tmp_path, "a.srt", content) == [
        ("", "The harbour will open in the spring."), ("", "At last."), ("", "Yes."),
    ]  # fmt: skip


def test_captions_that_roll_are_read_once_and_a_silence_makes_a_paragraph(tmp_path: Path) -> None:
    content = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\nthe harbour will\n\n00:02.000 --> 00:04.000\nthe harbour will\nopen.\n\n"
        "00:30.000 --> 00:32.000\nAnd the market.\n"
    )
    assert _read(tmp_path, "a.vtt", content) == [("", "the harbour will open.\n\nAnd the market.")]


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
@pytest.mark.parametrize("content", ["", "no cue at all", "WEBVTT\n"])
def test_a_file_without_cues_says_so(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(RecordError, match="subtitles"):
        _read(tmp_path, name, content)
