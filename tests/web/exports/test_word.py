"""A Word document carries the remarks in its margin, whatever is in the text."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

from web.exports.word import Annotated, Remark, Stretch, word_document


def test_remarks_stand_beside_their_words() -> None:
    text = [Stretch("Before. "), Stretch("“One\ntwo”", "a"), Stretch(" after\x00\x0b.\ud800")]
    part = Annotated(
        "Title \x01", ["A fact"], text, [("a", Remark("Ada Byron", "Yes <b>")), ("gone", Remark("Bea", "No"))]
    )
    read = docx.Document(io.BytesIO(word_document([part, Annotated("Empty", [], [], [])])))
    (comment,) = read.comments
    assert (comment.author, comment.initials, comment.text) == ("Ada Byron", "AB", "Yes <b>")
    lines = [each.text for each in read.paragraphs]
    assert lines[:4] == ["Title \ufffd", "A fact", "Before. “One", "two” after\ufffd\ufffd.\ufffd"]
    assert "Bea: No" in lines


FIELDS = (
    'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"', "{ DDE excel sheet }", '{ INCLUDETEXT "http://x.example/a" }',
    '{ INCLUDEPICTURE "http://x.example/a.png" }', "{ =SUM(1,1) }", "=1+1", "+1", "-1", "@SUM(A1)", "\x13 DDEAUTO x \x15",
    '<w:fldSimple w:instr="DDEAUTO x"/>', "<w:instrText>DDEAUTO x</w:instrText>", "</w:t></w:r><w:fldSimple/>",
    '<w:hyperlink r:id="rId1"/>', "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;", "javascript:alert(1)", "{ MACROBUTTON x y }",
)  # fmt: skip


# Each also after what a cell or a line may begin with.
PAYLOADS = [start + field for start in ("", " ", "\t", "\u00a0") for field in FIELDS]
_LIVE = re.compile(r"<w:(?:instrText|fldSimple|fldChar|hyperlink|object|altChunk)\b")


@pytest.mark.parametrize(
    "element", ["w:instrText", "w:fldSimple", "w:fldChar", "w:hyperlink", "w:object", "w:altChunk"]
)
def test_what_would_run_in_a_word_document_is_seen(element: str) -> None:
    document = docx.Document()
    document.add_paragraph("Text")._p.append(OxmlElement(element))
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        assert _LIVE.search(archive.read("word/document.xml").decode("utf-8"))


def test_nothing_that_others_wrote_becomes_a_field_a_link_or_another_part() -> None:
    parts = [
        Annotated(payload, [payload], [Stretch(payload), Stretch(payload, "a")], [("a", Remark(payload, payload))])
        for payload in PAYLOADS
    ]
    assert len(set(PAYLOADS)) >= 60
    made = word_document(parts)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        written = {name: archive.read(name).decode("utf-8") for name in names if name.endswith((".xml", ".rels"))}
    for name, xml in written.items():
        assert not _LIVE.search(xml), name
        assert 'TargetMode="External"' not in xml and "<!ENTITY" not in xml, name
    assert not [name for name in names if "vba" in name.lower() or "embed" in name.lower()]
    shown = [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]
    assert all(
        any(payload.replace("\x13", "\ufffd").replace("\x15", "\ufffd") in line for line in shown)
        for payload in PAYLOADS
    )
