"""From files to documents: JSON Lines records, plain text, Markdown, HTML.

Every reader raises RecordError with the file, the line where there is one, and the reason.
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import RecordError
from corpus.read.html import read_html
from corpus.read.markdown import read_markdown
from corpus.read.records import Defaults, read_records
from corpus.read.text import decoded, read_text
from corpus.types import Document

RECORDS = (".jsonl", ".jsonl.gz", ".ndjson")
PAGES = (".txt", ".text", ".md", ".markdown", ".html", ".htm")
NO_DEFAULTS = Defaults()

LARGEST_FILE = 32_000_000
"""Bytes of one text or page; a larger one is no article or statement."""


def readable(path: Path) -> bool:
    """True for a file that one of the readers takes."""
    return path.name.lower().endswith((*RECORDS, *PAGES))


def read_file(path: Path, *, defaults: Defaults = NO_DEFAULTS) -> Document:
    """Read one text or page as one document; raises RecordError."""
    suffix = path.suffix.lower()
    if suffix not in PAGES:
        raise RecordError(f"files of this kind cannot be read; use {', '.join(PAGES)}", path=str(path))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RecordError(f"larger than {LARGEST_FILE // 1_000_000} MB", path=str(path))
        raw = path.read_bytes()
    except OSError as error:
        raise RecordError(f"cannot be read ({error.strerror})", path=str(path)) from error
    text = decoded(raw, path=str(path), html=suffix in (".html", ".htm"))
    if suffix in (".html", ".htm"):
        return read_html(text, name=path.name, defaults=defaults)
    if suffix in (".md", ".markdown"):
        return read_markdown(text, name=path.name, defaults=defaults)
    return read_text(text, name=path.name, defaults=defaults)


__all__ = ["NO_DEFAULTS", "Defaults", "decoded", "read_file", "read_html", "read_markdown", "read_records", "readable"]
