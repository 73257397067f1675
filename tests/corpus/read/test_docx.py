"""Word documents: what a reader sees, and a plain refusal of everything that no word processor writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import RecordError
from corpus.read import docx as reader
from corpus.read import read_file, readable
from corpus.read.records import Defaults

FIRST = "The President of Marlo, Ada Lorne, said on Monday that the harbour will open in the spring."
SECOND = "“We will build it together,” she told a meeting of sailors."


def _saved(folder: Path, fill: Callable[..., None], name: str = "note.docx") -> Path:
    document = docx.Document()
    fill(document)
    path = folder / name
    document.save(str(path))
    return path


def _repacked(path: Path, change: Callable[[str, bytes], bytes], *, more: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path) as packed:
        parts = {name: change(name, packed.read(name)) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**parts, **(more or {})}.items():
            packed.writestr(name, content)
    return path


def _article(document: object) -> None:
    document.add_heading("Harbour to open in spring", 0)  # type: ignore[attr-defined]
    document.add_paragraph(FIRST)  # type: ignore[attr-defined]
    document.add_paragraph("")  # type: ignore[attr-defined]
    document.add_paragraph(SECOND)  # type: ignore[attr-defined]


def test_paragraphs_stand_apart_and_the_first_short_one_is_the_title(tmp_path: Path) -> None:
    document = read_file(_saved(tmp_path, _article))
    assert document.text == f"Harbour to open in spring\n\n{FIRST}\n\n{SECOND}"
    assert document.title == "Harbour to open in spring"
    assert readable(tmp_path / "x.DOCX")


def test_the_title_that_the_file_gives_itself_counts(tmp_path: Path) -> None:
    def fill(document: object) -> None:
        _article(document)
        document.core_properties.title = "Read-out"  # type: ignore[attr-defined]

    assert read_file(_saved(tmp_path, fill)).title == "Read-out"


def test_tables_runs_tabs_and_line_breaks_are_read(tmp_path: Path) -> None:
    def fill(document: object) -> None:
        paragraph = document.add_paragraph("She said ")  # type: ignore[attr-defined]
        paragraph.add_run("no").bold = True
        paragraph.add_run(".\tThen\nshe left.")
        table = document.add_table(rows=1, cols=2)  # type: ignore[attr-defined]
        table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"

    assert read_file(_saved(tmp_path, fill)).text == "She said no. Then\nshe left.\n\nleft\n\nright"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<w:ins w:id="1" w:author="a"><w:r><w:t>added</w:t></w:r></w:ins>', "kept added"),
        ('<w:del w:id="1" w:author="a"><w:r><w:delText>gone</w:delText></w:r></w:del>', "kept"),
        ('<w:moveFrom w:id="1" w:author="a"><w:r><w:t>gone</w:t></w:r></w:moveFrom>', "kept"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "kept"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>', "kept shown"),
        ('<w:hyperlink w:anchor="a"><w:r><w:t>linked</w:t></w:r></w:hyperlink>', "kept linked"),
        ("<w:sdt><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent></w:sdt>", "kept controlled"),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>operate</w:t></w:r>", "kept co\u2011operate"),
    ],
)
def test_only_what_a_reader_sees_is_read(tmp_path: Path, markup: str, text: str) -> None:
    def fill(document: object) -> None:
        paragraph = document.add_paragraph("kept ")  # type: ignore[attr-defined]
        for element in parse_xml(f"<w:p {nsdecls('w')}>{markup}</w:p>"):
            paragraph._p.append(element)

    assert read_file(_saved(tmp_path, fill)).text == text


def test_a_text_box_is_a_paragraph_of_its_own_and_read_once(tmp_path: Path) -> None:
    spaces = nsdecls("w", "wp") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    markup = (
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )

    def fill(document: object) -> None:
        paragraph = document.add_paragraph("before ")  # type: ignore[attr-defined]
        paragraph._p.append(parse_xml(markup))
        paragraph.add_run("after")

    assert read_file(_saved(tmp_path, fill)).text == "before after\n\nboxed"


@pytest.mark.parametrize(
    "raw", [b"", b"plain words", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_word_document_is_refused_by_name(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(raw)
    with pytest.raises(RecordError, match=r"note\.docx: this is not a Word document"):
        read_file(path)


def test_another_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(RecordError, match=r"note\.docx: this is not a Word document"):
        read_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_parsing(tmp_path: Path, encoding: str) -> None:
    declared = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w/>'.encode(encoding)
    path = _repacked(
        _saved(tmp_path, _article), lambda name, content: declared if name == "word/document.xml" else content
    )
    with pytest.raises(RecordError, match=r"note\.docx: its part word/document\.xml declares a document type"):
        read_file(path)


def test_a_part_packed_too_tightly_is_refused(tmp_path: Path) -> None:
    path = _repacked(
        _saved(tmp_path, _article), lambda name, content: content, more={"word/bomb.xml": b" " * 3_000_000}
    )
    with pytest.raises(RecordError, match=r"note\.docx: its part word/bomb\.xml is packed over 100 times"):
        read_file(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    more = {f"word/{number}.txt": b"" for number in range(reader.MOST_PARTS)}
    path = _repacked(_saved(tmp_path, _article), lambda name, content: content, more=more)
    with pytest.raises(RecordError, match="over 2,000 parts"):
        read_file(path)


@pytest.mark.parametrize(
    ("limit", "says"), [("LARGEST_PART", "its part .* has over"), ("LARGEST_TOTAL", "unpacked it has over")]
)
def test_large_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, says: str) -> None:
    monkeypatch.setattr(reader, limit, 500)
    with pytest.raises(RecordError, match=says):
        read_file(_saved(tmp_path, _article))


def test_a_document_without_words_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"note\.docx: there is no text in it"):
        read_file(_saved(tmp_path, lambda document: None))


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"x" * 5_000)
    raw = bytearray(stream.getvalue())
    at = raw.rindex(b"PK\x01\x02") + 24
    raw[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(RecordError, match="not a Word document"):
        reader.read_docx(bytes(raw), name="lie.docx", defaults=reader.Defaults())


def test_a_part_with_damaged_bytes_is_refused_by_name(tmp_path: Path) -> None:
    raw = _saved(tmp_path, _article).read_bytes()
    part = zipfile.ZipFile(io.BytesIO(raw)).getinfo("word/document.xml")
    begin = part.header_offset + 30 + len(part.filename)
    for at in range(begin, begin + 60):
        damaged = raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]
        with pytest.raises(RecordError, match=r"damaged\.docx: this is not a Word document"):
            reader.read_docx(damaged, name="damaged.docx", defaults=Defaults())
