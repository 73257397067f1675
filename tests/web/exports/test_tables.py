"""No spreadsheet runs what stands in a table of ours."""

from __future__ import annotations

import csv
import io

import pytest

from web.exports.tables import csv_lines, safe_cell

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "|",
    "%",
    "\t",
    "\r",
    "\n",
    "\x00",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "  +",
    "\u00a0=",
    "\u2003@",
)
PAYLOADS = [
    start + rest
    for start in STARTS
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)*cmd")
]


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_nothing_in_a_table_begins_like_a_formula(payload: str) -> None:
    ((cell,),) = csv.reader(
        io.StringIO("".join(csv_lines(["a"], [[payload]])).lstrip("\ufeff").partition("\r\n")[2], newline="")
    )
    assert cell.startswith("'") and cell[1:] == payload.replace("\x00", "\ufffd")


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (-3, -3), (0.5, 0.5), ("a = b", "a = b"), ("“quoted”", "“quoted”"), ("", "")]
)
def test_figures_and_plain_texts_stay_as_they_are(value: object, cell: object) -> None:
    assert safe_cell(value) == cell
