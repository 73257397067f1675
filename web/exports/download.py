"""The answer that a browser saves as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import Response
from flask_babel import force_locale
from werkzeug.utils import get_content_type

from checker.tongue import ENGLISH, speaking

_TYPES = {
    "html": ("text/html", "html"),
    "csv": ("text/csv", "csv"),
    "jsonl": ("application/x-ndjson", "jsonl"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "sarif": ("application/sarif+json", "sarif"),
    "claimreview": ("application/ld+json", "claimreview.jsonld"),
    "annotations": ('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "annotations.jsonld"),
}
"""What a form is called, and how a file of it ends."""


@contextmanager
def in_english() -> Iterator[None]:
    """Files are written in one language, whoever asks for them: they are compared and sent on."""
    with force_locale("en"), speaking(ENGLISH):
        yield


def download(content: str | bytes | Iterable[str], name: str, form: str) -> Response:
    """A file of that form, whose name is made of what is harmless in the given one."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "onrecord"
    kind, ending = _TYPES[form]
    response = Response(content, content_type=get_content_type(kind, "utf-8"))
    response.headers["Content-Disposition"] = f"attachment; filename={plain}.{ending}"
    response.headers["Cache-Control"] = "no-store"
    if form == "html":  # a page to keep carries its style in itself
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
