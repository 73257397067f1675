"""The answer that a browser saves as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import Response
from flask_babel import force_locale

from checker.tongue import ENGLISH, speaking

_TYPES = {
    "html": "text/html",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@contextmanager
def in_english() -> Iterator[None]:
    """Files are written in one language, whoever asks for them: they are compared and sent on."""
    with force_locale("en"), speaking(ENGLISH):
        yield


def download(content: str | bytes | Iterable[str], name: str, form: str) -> Response:
    """A file of that form, whose name is made of what is harmless in the given one."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "onrecord"
    response = Response(content, mimetype=_TYPES[form])
    response.headers["Content-Disposition"] = f"attachment; filename={plain}.{form}"
    response.headers["Cache-Control"] = "no-store"
    if form == "html":  # a page to keep carries its style in itself
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
