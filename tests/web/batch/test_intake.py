"""What is sent becomes items, in order and within limits; what would burst the machine is refused and says why."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from web.batch.intake import MOST_ITEMS, Sent, items_of
from web.store.errors import WrongEntry


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, raw in parts.items():
            written.writestr(name, raw)
    return stream.getvalue()


def lying(parts: Mapping[str, bytes]) -> bytes:
    """A zip whose table of contents says that its parts are small."""
    raw = bytearray(packed(parts))
    for name, content in parts.items():
        size = len(content).to_bytes(4, "little")
        at = 0
        while (at := raw.find(size, at)) >= 0:
            raw[at : at + 4] = (100).to_bytes(4, "little")
        assert name
    return bytes(raw)


def test_pasted_lines_are_quotations() -> None:
    found = items_of([], "  We opened it. \r\n\r\nWe closed it.\x00")
    assert [(each.kind, json.loads(each.content)) for each in found] == [
        ("quote", {"quote": "We opened it."}),
        ("quote", {"quote": "We closed it."}),
    ]


def test_lines_of_json_are_quotations_or_articles_and_a_bad_one_keeps_its_place() -> None:
    raw = b'{"id": "q1", "quote": "We opened it.", "speaker": "Tosk", "other": 1}\n\n{"text": "An article."}\nno json\n[1]\n'
    first, second, third, fourth = items_of([Sent("all.JSONL", raw)], "")
    assert (first.name, first.kind, json.loads(first.content)) == (
        "q1", "quote", {"id": "q1", "quote": "We opened it.", "speaker": "Tosk"},
    )  # fmt: skip
    assert (second.name, second.kind) == ("all.JSONL:3", "article")
    assert (third.content, fourth.content) == ("{}", "{}")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_with_named_columns_is_read_whatever_divides_them(delimiter: str) -> None:
    rows = [["ID", "Quote ", "speaker"], ["7", "“Yes\nand no”", "Tosk"], ["8", "", "Tosk"]]
    raw = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode("utf-8-sig")
    first, second = items_of([Sent("table.csv", raw)], "")
    assert (first.name, first.kind, json.loads(first.content)["quote"]) == ("7", "quote", "“Yes\nand no”")
    assert second.kind == "article"  # nothing in it can be checked, and its error will say so


def test_a_table_in_another_encoding_is_read() -> None:
    (item,) = items_of(
        [Sent("table.csv", "quote,speaker\nМы открыли переправу в мае этого года,Тоск\n".encode("cp1251"))], ""
    )
    assert json.loads(item.content)["quote"].startswith("Мы открыли")


def test_a_zip_gives_its_files_without_what_systems_add() -> None:
    raw = packed(
        {
            "a/one.txt": b"One.",
            "two.md": b"Two.",
            "__MACOSX/._one.txt": b"x",
            "a/.DS_Store": b"x",
            "q.jsonl": b'{"quote": "Q"}',
        }
    )
    assert [(each.name, each.kind) for each in items_of([Sent("all.zip", raw)], "")] == [
        ("all.zip/a/one.txt", "file"),
        ("all.zip/two.md", "file"),
        ("all.zip/q.jsonl:1", "quote"),
    ]


BOMBS = {
    "tight": packed({"zeros.txt": b"0" * 15_000_000}),
    "large": packed({"large.txt": b"0" * 21_000_000}),
    "sum": packed({f"{n}.txt": bytes(range(256)) * 60_000 for n in range(5)}),
    "many": packed({f"{n}.txt": b"x" for n in range(501)}),
    "nested": packed({"inner.zip": packed({"a.txt": b"a"})}),
    "lying": lying({"zeros.txt": b"0" * 3_000_000}),
    "none": b"this is no zip",
    "cut": packed({"a.txt": b"a" * 1000})[:-30],
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_zip_that_would_burst_is_refused_and_says_why(kind: str) -> None:
    with pytest.raises(WrongEntry, match=r"bomb\.zip"):
        items_of([Sent("bomb.zip", BOMBS[kind])], "")


def test_an_encrypted_zip_is_refused() -> None:
    raw = bytearray(packed({"a.txt": b"a"}))
    raw[raw.find(b"PK\x03\x04") + 6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(WrongEntry, match="cannot be unpacked"):
        items_of([Sent("secret.zip", bytes(raw))], "")


@pytest.mark.parametrize(
    ("sent", "lines", "says"),
    [
        ([], "", "Choose files"),
        ([], " \n ", "Choose files"),
        ([Sent("x.exe", b"MZ")], "", "x.exe is of a kind"),
        ([Sent("noname", b"MZ")], "", "noname is of a kind"),
        ([Sent("t.csv", b"words,who\na,b\n")], "", "column “quote” or “text”"),
        ([Sent("t.csv", b"")], "", "column “quote” or “text”"),
        ([Sent("t.csv", b"quote\n" + b"x" * 200_000 + b"\n")], "", "field larger than"),
        ([], "x\n" * (MOST_ITEMS + 1), "more than 5,000 items"),
        ([Sent("a.txt", b"x" * 20_000_001)], "", "larger than 20 MB"),
        ([Sent("a.jsonl", json.dumps({"text": "x" * 9_000_000}).encode())], "", "larger than 1 MB"),
    ],
)
def test_what_cannot_be_taken_is_named(sent: list[Sent], lines: str, says: str) -> None:
    with pytest.raises(WrongEntry, match=says):
        items_of(sent, lines)
