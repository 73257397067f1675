"""PDF files: pages become paragraphs, their furniture goes, broken words are whole, and a scan says that it is one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import RecordError
from corpus.read import pdf as reader
from corpus.read import read_file, readable

LEADING = 14


def _pdf(
    pages: Sequence[Sequence[str]], *, head: str = "", foot: str = "", title: str = "", password: str = ""
) -> bytes:
    """Pages of lines; an empty line is space between paragraphs, four blanks are an indent, `#` a heading."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=StandardEncryption(password) if password else None)
    if title:
        canvas.setTitle(title)
    for number, lines in enumerate(pages, start=1):
        _draw(canvas, 72, 810, head.format(number))
        _draw(canvas, 280, 40, foot.format(number))
        y = 760.0
        for line in lines:
            size = 18 if line.startswith("#") else 12
            canvas.setFont("Helvetica", size)
            _draw(canvas, 72 + (18 if line.startswith("    ") else 0), y, line.strip("# "))
            y -= LEADING * size / 12
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Canvas, x: float, y: float, text: str) -> None:
    if text:
        canvas.drawString(x, y, text)


def _read(tmp_path: Path, raw: bytes) -> str:
    path = tmp_path / "note.pdf"
    path.write_bytes(raw)
    return read_file(path).text


LONG = ["The President of Marlo said on Monday that the harbour will open in the spring, and",
        "that nobody will be left without work. She was glad of it, and said so more than",
        "once in the old town hall."]  # fmt: skip
WHOLE = " ".join(LONG)
OTHER = ["“We will build it together,” she told a meeting of sailors, who had come from all the", "islands."]
SECOND = " ".join(OTHER)


def test_lines_become_paragraphs_where_space_parts_them(tmp_path: Path) -> None:
    assert _read(tmp_path, _pdf([[*LONG, "", *OTHER]])) == f"{WHOLE}\n\n{SECOND}"
    assert readable(tmp_path / "x.PDF")


def test_an_indented_line_begins_a_paragraph(tmp_path: Path) -> None:
    first = [
        f"    {LONG[0]}",
        *LONG[1:2],
        "once in the old town hall, among the sailors, and everybody heard her say it twice.",
    ]
    found = _read(tmp_path, _pdf([[*first, f"    {OTHER[0]}", *OTHER[1:]]]))
    assert found.split("\n\n") == [" ".join(line.strip() for line in first), SECOND]


def test_a_short_last_line_ends_a_paragraph(tmp_path: Path) -> None:
    assert _read(tmp_path, _pdf([[*LONG, *OTHER]])) == f"{WHOLE}\n\n{SECOND}"


def test_a_heading_stands_alone_and_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(_pdf([["# Harbour to open", *LONG]]))
    document = read_file(path)
    assert (document.title, document.text) == ("Harbour to open", f"Harbour to open\n\n{WHOLE}")


def test_the_title_that_the_file_gives_itself_counts(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(_pdf([LONG], title="Read-out"))
    assert read_file(path).title == "Read-out"


@pytest.mark.parametrize("title", ["Microsoft Word - note3.docx", "untitled", "note.indd"])
def test_a_title_that_a_program_made_up_does_not_count(tmp_path: Path, title: str) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(_pdf([["# Harbour to open", *LONG]], title=title))
    assert read_file(path).title == "Harbour to open"


def test_running_heads_feet_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    found = _read(tmp_path, _pdf([LONG, OTHER], head="The Marlo Gazette, no. {}", foot="Page {} of 2"))
    assert found == f"{WHOLE}\n\n{SECOND}"
    assert _read(tmp_path, _pdf([LONG], foot="- {} -")) == WHOLE


def test_a_paragraph_goes_on_behind_a_page_s_end(tmp_path: Path) -> None:
    assert _read(tmp_path, _pdf([LONG[:2], LONG[2:]], foot="{}")) == WHOLE


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["They said that the har-", "bour was theirs."], "They said that the harbour was theirs."),
        (["They will re-", "sign the treaty."], "They will re-sign the treaty."),
        (["A well-known hall. The well-", "known hall."], "A well-known hall. The well-known hall."),
        (["They resign. They re-", "sign too."], "They resign. They resign too."),
        (["The Lorne-", "Ashe pact holds."], "The Lorne-Ashe pact holds."),
        (["A stay from 2012-", "2014 was long."], "A stay from 2012-2014 was long."),
    ],
)
def test_words_broken_at_a_line_s_end_are_whole_where_that_is_safe(tmp_path: Path, lines: list[str], text: str) -> None:
    assert _read(tmp_path, _pdf([lines])) == text


def test_a_page_without_text_is_named_a_scan(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"note\.pdf: this PDF has no text layer"):
        _read(tmp_path, _pdf([[], []]))


@pytest.mark.parametrize("raw", [b"", b"plain words", b"%PDF-1.7\nbroken"])
def test_what_is_no_pdf_is_refused_by_name(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(RecordError, match=r"note\.pdf: this is not a PDF file, or it is damaged"):
        _read(tmp_path, raw)


def test_a_password_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"note\.pdf: this PDF is protected by a password"):
        _read(tmp_path, _pdf([LONG], password="secret"))


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 1)
    with pytest.raises(RecordError, match="over 1 pages"):
        _read(tmp_path, _pdf([LONG, OTHER]))


def test_threads_may_read_at_once(tmp_path: Path) -> None:
    raw = _pdf([LONG, OTHER])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: reader.read_pdf(raw, name="a", defaults=reader.Defaults()).text, range(16)))
    assert set(found) == {f"{WHOLE}\n\n{SECOND}"}
