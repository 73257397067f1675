"""JSON Lines: good records become documents, bad ones say what is wrong and where."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import RecordError
from corpus.read.records import document_of, read_records
from corpus.types import PartialDate

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = "id publisher title date url language kind speakers text turns licence summary tier translation".split()

GOOD = {"id": "marlo-1", "text": "The harbour will open."}


def test_every_field_of_the_contract_is_read() -> None:
    document = document_of(
        {
            "id": " marlo-1 ",
            "publisher": "Office of the President of Marlo",
            "title": "Harbour",
            "date": "2031-04",
            "url": "https://marlo.example/1",
            "language": "uk",
            "kind": "briefing",
            "speakers": ["Ada Lorne", " "],
            "text": "Ada Lorne: We will build.",
            "turns": [{"speaker": "Ada Lorne", "text": "We will build."}, {"speaker": "Q", "text": "When?"}],
            "licence": "CC BY 4.0",
            "summary": "Ada Lorne met the press.",
            "tier": "agency",
            "translation": "official",
            "room": {"floor": 3},
        }
    )
    assert document.id == "marlo-1"
    assert document.text == "Ada Lorne met the press.\n\nWe will build.\n\nWhen?"
    assert [(turn.speaker, turn.kind) for turn in document.turns] == [
        ("", "narration"),
        ("Ada Lorne", "speech"),
        ("Q", "question"),
    ]
    assert (document.date, document.language, document.kind) == (PartialDate(2031, 4), "uk", "briefing")
    assert (document.publisher, document.title) == ("Office of the President of Marlo", "Harbour")
    assert (document.url, document.licence) == ("https://marlo.example/1", "CC BY 4.0")
    assert (document.tier, document.translation, document.speakers) == ("agency", "official", ("Ada Lorne",))
    assert document.metadata == {"room": {"floor": 3}, "text": "Ada Lorne: We will build."}


def test_what_is_not_given_has_a_plain_default() -> None:
    document = document_of(GOOD)
    assert (document.publisher, document.title, document.language) == ("unknown publisher", "marlo-1", "en")
    assert (document.date, document.url, document.licence, document.translation) == (None, None, None, None)
    assert (document.kind, document.tier, document.speakers, document.metadata) == ("statement", "primary", (), {})
    assert [(turn.speaker, turn.kind) for turn in document.turns] == [("", "narration")]


@pytest.mark.parametrize("field", ["speakers", "turns", "date", "url", "summary", "title", "tier", "licence"])
def test_null_means_not_given(field: str) -> None:
    assert document_of({**GOOD, field: None}) == document_of(GOOD)


@pytest.mark.parametrize(
    ("turns", "why"),
    [
        ([], "an empty list"),
        ([{"speaker": "Ada Lorne", "text": " "}], "only empty turns"),
        ([{}], "a turn without anything"),
    ],
)
def test_without_words_in_the_turns_the_text_counts(turns: object, why: str) -> None:
    document = document_of({**GOOD, "speakers": ["Ada Lorne"], "turns": turns})
    assert document.text == GOOD["text"], why
    assert [turn.speaker for turn in document.turns] == ["Ada Lorne"]


def test_empty_turns_are_dropped_and_the_rest_stays() -> None:
    turns = [{"speaker": "Q", "text": ""}, {"speaker": "Ada Lorne", "text": "Yes."}, {"speaker": "Q", "text": None}]
    document = document_of({"id": "marlo-1", "turns": turns})
    assert document.text == "Yes."
    assert [turn.speaker for turn in document.turns] == ["Ada Lorne"]


def test_a_text_that_is_the_turns_is_not_kept_twice() -> None:
    document = document_of({"id": "x", "text": "Yes.\n\nNo.\n", "turns": [{"text": "Yes."}, {"text": "No."}]})
    assert document.metadata == {}


def test_several_speakers_and_no_turns_leave_open_who_speaks() -> None:
    document = document_of({**GOOD, "speakers": ["Ada Lorne", "Bram Ostrey"]})
    assert [(turn.speaker, turn.kind) for turn in document.turns] == [("", "speech")]
    assert document.speakers == ("Ada Lorne", "Bram Ostrey")


def test_the_paragraphs_of_an_excerpt_are_turns_of_their_own() -> None:
    document = document_of({"id": "x", "kind": "excerpt", "text": "One.\n\nTwo.", "speakers": ["Ada Lorne"]})
    assert [turn.span.of(document.text) for turn in document.turns] == ["One.", "Two."]


def test_a_volunteers_translation_is_unofficial_whatever_the_record_claims() -> None:
    assert document_of({**GOOD, "translated_machine_or_volunteer": True}).translation == "unofficial"
    assert document_of({**GOOD, "translated_machine_or_volunteer": False, "translation": "official"}).translation == (
        "official"
    )


BAD = [
    ({"text": "a"}, "“id” must be a text that is not empty"),
    ({"id": "", "text": "a"}, "“id” must be a text that is not empty"),
    ({"id": " \t", "text": "a"}, "“id” must be a text that is not empty"),
    ({"id": 7, "text": "a"}, "“id” must be a text that is not empty"),
    ({"id": "x"}, "x: there is no text"),
    ({"id": "x", "text": ""}, "x: there is no text"),
    ({"id": "x", "text": " \n"}, "x: there is no text"),
    ({"id": "x", "text": ["a"]}, "“text” must be a text"),
    ({"id": "x", "text": 12}, "“text” must be a text"),
    ({"id": "x", "text": "a\x00b"}, "“text” holds a character that is no text"),
    ({"id": "x", "text": "a\ud800b"}, "“text” holds a character that is no text"),
    ({"id": "x\udfff", "text": "a"}, "“id” holds a character that is no text"),
    ({"id": "x", "text": "a", "title": "\x00"}, "“title” holds a character that is no text"),
    ({"id": "x", "text": "a", "speakers": ["\ud800"]}, "“speakers” holds a character that is no text"),
    ({"id": "x", "text": "a", "speakers": "Ada Lorne"}, "“speakers” must be a list of texts"),
    ({"id": "x", "text": "a", "speakers": [1]}, "“speakers” must be a list of texts"),
    ({"id": "x", "text": "a", "turns": "Ada Lorne: a"}, "“turns” must be a list of objects"),
    ({"id": "x", "text": "a", "turns": ["a"]}, "“turns” must be a list of objects"),
    ({"id": "x", "turns": [{"speaker": 1, "text": "a"}]}, "“speaker” must be a text"),
    ({"id": "x", "turns": [{"text": {"a": 1}}]}, "“text” must be a text"),
    ({"id": "x", "turns": [{"text": "\x00"}]}, "“text” holds a character that is no text"),
    ({"id": "x", "text": "a", "date": "31.12.2031"}, "“date” must be YYYY, YYYY-MM or YYYY-MM-DD"),
    ({"id": "x", "text": "a", "date": "2031-02-30"}, "“date” must be YYYY, YYYY-MM or YYYY-MM-DD"),
    ({"id": "x", "text": "a", "date": "2031-12-31T10:00"}, "“date” must be YYYY, YYYY-MM or YYYY-MM-DD"),
    ({"id": "x", "text": "a", "date": "0000"}, "“date” must be YYYY, YYYY-MM or YYYY-MM-DD"),
    ({"id": "x", "text": "a", "date": 2031}, "“date” must be a text"),
    ({"id": "x", "text": "a", "url": 5}, "“url” must be a text"),
    ({"id": "x", "text": "a", "summary": []}, "“summary” must be a text"),
    ({"id": "x", "text": "a", "tier": "first"}, "“tier” must be one of primary, agency, secondary"),
    ({"id": "x", "text": "a", "translation": "good"}, "“translation” must be one of official, unofficial"),
]


@pytest.mark.parametrize(("record", "message"), BAD)
def test_a_bad_record_says_which_field_is_wrong(record: dict[str, object], message: str) -> None:
    with pytest.raises(RecordError) as caught:
        document_of(record)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 200, "a message must not repeat a whole text"


@given(st.dictionaries(st.sampled_from(_FIELDS) | st.text(max_size=5), _JSON))
def test_any_object_is_a_document_or_a_record_error(record: dict[str, object]) -> None:
    try:
        document = document_of(record)
    except RecordError:
        return
    assert document.text and document.turns


BROKEN_LINES = [
    (b'{"id": "x", "text": "a"', "not a JSON object on one line"),
    (b"plain words", "not a JSON object on one line"),
    (b'{"id": "x"} {"id": "y"}', "not a JSON object on one line"),
    (b"[1, 2]", "not a JSON object but list"),
    (b'"text"', "not a JSON object but str"),
    (b"null", "not a JSON object but NoneType"),
    (b"[" * 100_000, "not a JSON object on one line"),
    (b'{"id": "x", "n": ' + b"9" * 10_000 + b"}", "not a JSON object on one line"),
    (b'{"id": "x", "text": "\xff\xfe\xff"}', "not a JSON object on one line"),
    (b'{"id": "x", "text": "a\\u0000b"}', "holds a character that is no text"),
    (b'{"id": "x", "text": "a\\ud800b"}', "holds a character that is no text"),
]


@pytest.mark.parametrize(("line", "message"), BROKEN_LINES)
def test_a_broken_line_is_reported_with_file_line_and_reason_and_the_rest_goes_on(
    tmp_path: Path, line: bytes, message: str
) -> None:
    path = tmp_path / "some.jsonl"
    good = json.dumps(GOOD).encode()
    path.write_bytes(good + b"\n\n" + line + b"\n" + good.replace(b"marlo-1", b"marlo-2"))
    records = list(read_records(path))
    assert [record.document.id if record.document else None for record in records] == ["marlo-1", None, "marlo-2"]
    error = records[1].error
    assert error is not None
    assert (error.path, error.line) == (str(path), 3)
    assert str(error).startswith(f"{path}:3: ")
    assert message in str(error)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "A.JSONL.GZ"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_plain_and_packed_files_are_read_with_any_line_ends(tmp_path: Path, name: str, ending: str, mark: str) -> None:
    raw = (mark + ending.join(json.dumps({**GOOD, "id": f"marlo-{n}"}) for n in range(3))).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw) if name.lower().endswith("gz") else raw)
    records = list(read_records(path))
    assert [record.document and record.document.id for record in records] == ["marlo-0", "marlo-1", "marlo-2"]
    assert records[-1].position == path.stat().st_size


def test_a_truncated_archive_gives_what_can_be_read_and_then_an_error(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    lines = b"".join(
        json.dumps({**GOOD, "id": f"marlo-{n}", "n": n * 7919 % 1013}).encode() + b"\n" for n in range(900)
    )
    path.write_bytes(gzip.compress(lines)[:-400])
    seen = 0
    with pytest.raises(RecordError, match="cannot be read") as caught:
        for record in read_records(path):
            assert record.error is None
            seen += 1
    assert seen > 0
    assert caught.value.path == str(path)


@pytest.mark.parametrize("raw", [b"", b"\n \n\r\n"])
def test_an_empty_file_has_no_records(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(raw)
    assert list(read_records(path)) == []


@pytest.mark.parametrize("raw", [b"plain text", b"\x1f\x8b\x08rubbish", b"\x1f\x8b"])
def test_what_is_no_archive_is_reported(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "false.jsonl.gz"
    path.write_bytes(raw)
    with pytest.raises(RecordError, match="cannot be read"):
        list(read_records(path))


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        list(read_records(tmp_path / "absent.jsonl"))
