"""Columns of a PDF are read one after another, whatever the order in which the file holds them; tables are not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.read import read_file

LEFT = ["The President of Marlo said on", "Monday that the harbour will", "open in the spring, and that",
        "nobody will be left without", "work in the old town."]  # fmt: skip
RIGHT = ["“We will build it together,” she", "told a meeting of sailors, who", "had come from all of the isl-",
         "ands, and they cheered her until", "late in the night."]  # fmt: skip
THIRD = ["Nothing was said about money,", "and nobody asked; the mayor of", "the town had left before noon,",
         "as he does on other Mondays."]  # fmt: skip
HEAD = "A headline that runs over all of the columns of this page, as headlines do"


def _page(tmp_path: Path, drawn: Sequence[tuple[float, float, str]]) -> str:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    for x, y, text in drawn:
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    path = tmp_path / "page.pdf"
    path.write_bytes(stream.getvalue())
    return read_file(path).text


def _column(x: float, lines: Sequence[str], top: float = 740) -> list[tuple[float, float, str]]:
    return [(x, top - 14 * number, line) for number, line in enumerate(lines)]


def _whole(lines: Sequence[str]) -> str:
    return " ".join(lines).replace("isl- ands", "islands")


@pytest.mark.parametrize("order", ["left first", "right first", "row by row"])
def test_two_columns_are_read_one_after_another(tmp_path: Path, order: str) -> None:
    left, right = _column(60, LEFT), _column(310, RIGHT)
    drawn = {"left first": left + right, "right first": right + left,
             "row by row": [one for row in zip(left, right, strict=True) for one in row]}[order]  # fmt: skip
    assert _page(tmp_path, drawn) == f"{_whole(LEFT)}\n\n{_whole(RIGHT)}"


def test_a_sentence_goes_on_at_the_next_column_s_top(tmp_path: Path) -> None:
    left = [*LEFT[:4], "work, as she has said before and"]
    found = _page(tmp_path, _column(310, ["again, in the town hall.", *RIGHT]) + _column(60, left))
    assert found.startswith(f"{_whole(left)} again, in the town hall.")


def test_a_headline_above_stands_first(tmp_path: Path) -> None:
    drawn = _column(310, RIGHT) + _column(60, LEFT) + [(60, 790, HEAD)]
    assert _page(tmp_path, drawn) == f"{HEAD}\n\n{_whole(LEFT)}\n\n{_whole(RIGHT)}"


def test_three_columns(tmp_path: Path) -> None:
    rows = zip(_column(40, LEFT[:4]), _column(220, RIGHT[:4]), _column(410, THIRD), strict=True)
    found = _page(tmp_path, [one for row in rows for one in row])
    assert [found.index(words) for words in ("President", "build", "money")] == sorted(
        found.index(words) for words in ("President", "build", "money")
    )
    assert "on Monday that the harbour will open" in found and "asked; the mayor of the town had" in found


def test_a_table_is_read_as_rows(tmp_path: Path) -> None:
    cells = [("Harbour of Marlo", "120", "98"), ("Harbour of Karst", "7", "12"), ("Old quay and the pier", "33", "30"),
             ("North mole", "4", "5"), ("All", "164", "145")]  # fmt: skip
    drawn = [
        (x, 740 - 14 * n, cell) for n, row in enumerate(cells) for x, cell in zip((60, 320, 420), row, strict=True)
    ]
    found = " ".join(_page(tmp_path, drawn).split())
    assert found == " ".join(" ".join(row) for row in cells)
