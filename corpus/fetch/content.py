"""What kind of thing was fetched, and whether it is what a reader would see there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import PurePosixPath

from corpus.errors import SAVE_FILE, SAVE_PAGE, FetchFailed, SourceBlocked

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf", "application/x-pdf": ".pdf", _WORD: ".docx",
}  # fmt: skip
_LISTED = {
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/rdf+xml": ".xml",
    "application/xml": ".xml", "text/xml": ".xml", "application/json": ".json", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "text/csv": ".csv", "application/gzip": ".gz", "application/x-gzip": ".gz",
}  # fmt: skip
"""What lists come as, besides pages."""

_UNSAID = ("", "application/octet-stream", "binary/octet-stream", "application/force-download", "application/download")
"""What servers say when they do not know; then the first bytes tell."""

_BEGINNINGS = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".docx"), (b"<!doctype html", ".html"), (b"<html", ".html"))
_INTERSTITIALS = re.compile(
    r"<title>[^<]*(?:just a moment|ddos-guard|attention required|checking your browser|verify you are (?:a )?human|"
    r"are you a robot|access denied|проверка браузера|security check)[^<]*</title>|ddos-guard\.net/|"
    r"/cdn-cgi/challenge-platform/|_Incapsula_Resource|px-captcha|\bbobcmn\b|Data processing\s?(?:\.\.\.|…)\s*Please,\s*wait",
    re.IGNORECASE,
)
_ENCODING = re.compile(r"[A-Za-z0-9._:-]{1,40}")
_SHORT = 60_000
"""Bytes up to which a page can be nothing but a check of who reads it; an article may well quote such words."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's kind, by the end of its name, and the encoding that its server declares; an empty kind is not known yet."""

    suffix: str
    charset: str = ""

    def settled(self, raw: bytes) -> Content:
        """The same with the kind that the bytes show, where the server did not say."""
        if self.suffix:
            return self
        start = raw[:1024].lstrip().lower()
        for beginning, suffix in _BEGINNINGS:
            if start.startswith(beginning.lower()):
                return replace(self, suffix=suffix)
        raise FetchFailed("its server does not say what kind of file it is", instead=SAVE_FILE)


def content_of(declared: str, target: str, *, lists: bool = False) -> Content:
    """Read a Content-Type; raises FetchFailed, before the body comes, for what no reader of ours takes.

    >>> content_of("text/html; charset=windows-1251", "/1")
    Content(suffix='.html', charset='windows-1251')

    With `lists`, whatever a connector may read is taken; what is not known has no suffix.
    """
    message = Message()
    message["Content-Type"] = declared
    kind = declared.partition(";")[0].strip().lower()
    charset = message.get_param("charset")
    encoding = charset if isinstance(charset, str) and _ENCODING.fullmatch(charset) else ""
    if lists and kind not in _TYPES:
        return Content(_LISTED.get(kind, ""), encoding)
    if kind in _UNSAID:
        return Content("", encoding)
    if kind not in _TYPES:
        raise FetchFailed(f"it is {kind[:80]!r}; only web pages, texts, PDFs and Word documents (.docx) are read")
    suffix = _TYPES[kind]
    if suffix == ".txt" and PurePosixPath(target.partition("?")[0]).suffix.lower() in (".md", ".markdown"):
        suffix = ".md"
    return Content(suffix, encoding)


def refuse_interstitial(raw: bytes, mitigated: str) -> None:
    """Refuse the page that stands in front of the page: a check for robots is nobody's statement."""
    if mitigated or (len(raw) <= _SHORT and _INTERSTITIALS.search(raw.decode("utf-8", "replace"))):
        raise SourceBlocked("it shows a check for robots instead of the page", instead=SAVE_PAGE)
