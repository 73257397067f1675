"""Subtitles (.srt, .vtt): cues joined to running words, and to turns where they say who speaks; by webvtt-py.

Speakers stand in voice tags (`<v Ada Lorne>`), as “NAME:” at a cue's beginning, or only change: `>>`, a dash.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import RecordError
from corpus.read.labels import LABELLED, label_of
from corpus.read.records import Defaults
from corpus.read.text import page
from corpus.read.turns import Said
from corpus.types import Document

_VOICE = re.compile(r"<v(?:\.[^\s>]*)*[ \t]+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>|\{\\[^}]*\}")
_DASH = re.compile(r"[-–—]\s*(?=[^\W\d_])")
_PAUSE = 4.0
"""Seconds of silence after a sentence that begin a new paragraph."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown at once, and from when to when."""

    start: float
    end: float
    lines: tuple[str, ...]


def read_subtitles(text: str, *, name: str, defaults: Defaults) -> Document:
    """A file of subtitles as one document; raises RecordError when it holds no cue."""
    paragraphs = _paragraphs(_cues(text, name))
    printed = "\n\n".join(f"{each.speaker}: {each.text}" if each.speaker else each.text for each in paragraphs)
    voiced = any(each.speaker for each in paragraphs)
    return page(printed, name=name, title=name, defaults=defaults, said=paragraphs if voiced else ())


def _cues(text: str, name: str) -> list[_Cue]:
    # Imported here because only these files need it.
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    kind = "vtt" if text.lstrip("\ufeff").startswith("WEBVTT") else "srt"
    try:
        read = WebVTT.from_buffer(io.StringIO(text), format=kind)
        cues = [
            _Cue(cue.start_time.in_seconds(), cue.end_time.in_seconds(), tuple(cue.raw_text.split("\n")))
            for cue in read.captions
        ]
    except (MalformedCaptionError, MalformedFileError) as error:
        raise RecordError(f"these are no subtitles that can be read ({error})", path=name) from error
    if not cues:
        raise RecordError("there are no subtitles in it", path=name)
    return cues


def _paragraphs(cues: Iterable[_Cue]) -> list[Said]:
    """Running words; a new paragraph where the speaker changes, or after a sentence and a silence."""
    paragraphs: list[Said] = []
    voice, ended = "", 0.0
    shown: tuple[str, ...] = ()
    for cue in cues:
        lines = tuple(_spoken(cue.lines))
        for speaker, line in lines:
            if not line or line in shown:
                continue  # captions that roll show the last line once more
            voice, changed = speaker or voice, bool(speaker) and speaker != voice
            last = paragraphs[-1] if paragraphs else None
            paused = cue.start - ended >= _PAUSE and last is not None and last.text.endswith(_ENDS)
            if last is None or changed or _changes(line) or (paused and not voice):
                paragraphs.append(Said(voice, _DASH.sub(">> ", line, count=1) if _DASH.match(line) else line))
            else:
                gap = "\n\n" if paused else " "
                paragraphs[-1] = Said(voice, f"{last.text}{gap}{line}")
        shown, ended = tuple(line for _, line in lines), cue.end
    return paragraphs


_ENDS = (".", "!", "?", "…", "”", "»", '"')


def _spoken(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words of a cue without tags, each line with the voice that it names."""
    for line in lines:
        before, *voiced = _VOICE.split(line)
        yield "", _plain(before)
        for speaker, said in zip(voiced[::2], voiced[1::2], strict=True):
            yield _plain(speaker), _plain(said)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _changes(line: str) -> bool:
    labelled = LABELLED.match(line)
    return line.startswith(">>") or bool(_DASH.match(line)) or bool(labelled and label_of(labelled["label"]))
