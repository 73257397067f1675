"""Plain text files."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from corpus.errors import RecordError
from corpus.language import language_of
from corpus.read.records import Defaults
from corpus.read.turns import lay_out, whole
from corpus.types import Document

_LONGEST_TITLE = 160
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: what a declared encoding such as UTF-7 may yield, and nothing can store."""


def decoded(raw: bytes, *, path: str, html: bool = False) -> str:
    """Bytes as text: UTF-8, a declared encoding, or the likeliest one; raises RecordError for what is no text."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:2048]) if html else None
        text = _guessed(raw, declared.group(1).decode("ascii", "ignore") if declared else "", path)
    if "\x00" in text or _HALF.search(text):
        raise RecordError("this is not a text file", path=path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guessed(raw: bytes, declared: str, path: str) -> str:
    if declared:
        try:
            return raw.decode(declared)
        except (LookupError, UnicodeError):
            pass  # a wrong declaration is common; what the bytes say counts more
    best = from_bytes(raw).best()
    if best is None:
        raise RecordError("the encoding cannot be told; save it as UTF-8", path=path)
    return str(best)


def read_text(text: str, *, name: str, defaults: Defaults) -> Document:
    """A plain text as one document; a short first line is its title.

    >>> read_text("A headline\\n\\nWhat was said.", name="note.txt", defaults=Defaults()).title
    'A headline'
    """
    first = text.strip().split("\n", 1)[0].strip()
    return page(text, name=name, title=first if len(first) <= _LONGEST_TITLE else name, defaults=defaults)


def page(text: str, *, name: str, title: str, defaults: Defaults, url: str | None = None) -> Document:
    """One document from a file's text, under the file's name."""
    speakers = (defaults.speaker,) if defaults.speaker else ()
    kind = defaults.kind or "statement"
    stored, turns = lay_out(whole(text, speakers, kind=kind))
    if not stored:
        raise RecordError("there is no text in it", path=name)
    return Document(
        id=name,
        publisher=defaults.publisher or "added by hand",
        title=title,
        text=stored,
        turns=turns,
        date=defaults.date,
        url=url,
        language=defaults.language or language_of(stored),
        kind=kind,
        speakers=speakers,
        licence=defaults.licence,
    )
