"""Comma-separated values that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"\s*[=+\-@|%＝＋－＠\x00]|[\t\r\n]")
_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The table line by line; a cell that a spreadsheet would take for a formula begins with an apostrophe.

    >>> list(csv_lines(["a"], [["=1+1"], [2]]))[1:]
    ["'=1+1\\r\\n", '2\\r\\n']
    """
    yield _MARK + _line(header)
    for row in rows:
        yield _line([safe_cell(value) for value in row])


def safe_cell(value: object) -> object:
    """A figure as it is, `None` as nothing, and a text with an apostrophe before what would begin a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value)
    marked = f"'{text}" if _FORMULA.match(text) else text
    return marked.replace("\x00", "\ufffd")


def _line(row: Sequence[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(row)
    return buffer.getvalue()
