"""A Word document carries the remarks in its margin, whatever is in the text."""

from __future__ import annotations

import io

import docx

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
