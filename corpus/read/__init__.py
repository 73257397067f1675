"""From files to documents: JSON Lines records, plain text, Markdown, HTML, Word, PDF, subtitles.

Every reader raises RecordError with the file, the line where there is one, and the reason.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from corpus.errors import RecordError
from corpus.read.docx import read_docx
from corpus.read.html import read_html
from corpus.read.markdown import read_markdown
from corpus.read.pdf import read_pdf
from corpus.read.records import Defaults, read_records
from corpus.read.subtitles import read_subtitles
from corpus.read.text import decoded, read_text
from corpus.types import Document

RECORDS = (".jsonl", ".jsonl.gz", ".ndjson")
PAGES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf", ".srt", ".vtt")
_READERS = {
    ".md": read_markdown, ".markdown": read_markdown, ".html": read_html, ".htm": read_html,
    ".srt": read_subtitles, ".vtt": read_subtitles,
}  # fmt: skip
_BINARY_READERS = {".docx": read_docx, ".pdf": read_pdf}
NO_DEFAULTS = Defaults()

LARGEST_FILE = 32_000_000
"""Bytes of one file; a larger one is no article or statement."""


def readable(path: Path) -> bool:
    """True for a file that one of the readers takes."""
    return path.name.lower().endswith((*RECORDS, *PAGES))


def read_file(path: Path, *, defaults: Defaults = NO_DEFAULTS) -> Document:
    """Read one text, page, Word document or PDF as one document; raises RecordError."""
    suffix = path.suffix.lower()
    if suffix not in PAGES:
        raise RecordError(f"files of this kind cannot be read; use {', '.join(PAGES)}", path=str(path))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RecordError(f"larger than {LARGEST_FILE // 1_000_000} MB", path=str(path))
        raw = path.read_bytes()
    except OSError as error:
        raise RecordError(f"cannot be read ({error.strerror})", path=str(path)) from error
    try:
        return replace(read_bytes(raw, suffix, name=path.name, defaults=defaults), id=_id(path))
    except RecordError as error:
        raise RecordError(str(error.args[0]), path=str(path)) from error


def read_bytes(raw: bytes, suffix: str, *, name: str, defaults: Defaults = NO_DEFAULTS, charset: str = "") -> Document:
    """Read a file's bytes by the end of its name, as one document under its name; raises RecordError.

    `charset` is the encoding that somebody declared who sent them.
    """
    binary = _BINARY_READERS.get(suffix)
    if binary is not None:
        return binary(raw, name=name, defaults=defaults)
    text = decoded(raw, path=name, html=suffix in (".html", ".htm"), charset=charset)
    return _READERS.get(suffix, read_text)(text, name=name, defaults=defaults)


def _id(path: Path) -> str:
    """From the file's name and a hash of where it lies: an edited file is a new version, a namesake elsewhere is not."""
    place = hashlib.sha256(path.absolute().as_posix().encode("utf-8", "surrogateescape")).hexdigest()
    return f"file-{re.sub(r'[^a-z0-9а-яёіїєґ]+', '-', path.stem.casefold()).strip('-') or 'unnamed'}-{place[:8]}"


__all__ = [
    "NO_DEFAULTS",
    "Defaults",
    "decoded",
    "read_bytes",
    "read_docx",
    "read_file",
    "read_html",
    "read_markdown",
    "read_pdf",
    "read_records",
    "read_subtitles",
    "readable",
]
