"""Texts, Markdown and saved pages: whatever their encoding, one document each or a plain refusal."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from corpus.errors import RecordError
from corpus.read import Defaults, read_file, readable
from corpus.types import PartialDate

RUSSIAN = (
    "Гавань откроется весной\n\n"
    "Президент Марло Ада Лорн заявила, что работы идут по плану и гавань откроется весной. "
    "«Мы построим её вместе, и никто не останется без работы», — сказала она на встрече с моряками."
)
UKRAINIAN = (
    "Ми збудуємо гавань разом, і ніхто не залишиться без роботи. Її відкриють навесні, сказала Ада Лорн їм усім."
)
FRENCH = "« Nous bâtirons le port ensemble », a déclaré la présidente. L’été prochain, à l’aube, le marché rouvrira."

HTML = """<!DOCTYPE html>
<html lang="en"><head><title>Harbour to open in spring</title>{head}</head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Harbour to open in spring</h1>
<p>The President of Marlo, Ada Lorne, said on Monday that the harbour will open in the spring.</p>
<p>“We will build it together,” she told a meeting of sailors in the old town hall.</p>
<p>Work began two years ago and employs more than four hundred people, her office said.</p>
</article><footer>All rights reserved</footer></body></html>"""


def _file(folder: Path, name: str, raw: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
        (UKRAINIAN, "utf-8"),
        (UKRAINIAN, "utf-16"),
        (FRENCH, "utf-8"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16"),
    ],
)
def test_a_text_is_read_in_its_own_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_file(_file(tmp_path, "note.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_both_byte_orders_are_read(tmp_path: Path, mark: bytes) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert read_file(_file(tmp_path, "note.txt", mark + FRENCH.encode(encoding))).text == FRENCH


def test_a_page_in_cp1251_is_read_as_it_declares(tmp_path: Path) -> None:
    body = "".join(f"<p>{part}</p>" for part in RUSSIAN.split("\n\n"))
    page = (
        f'<html><head><meta charset="windows-1251"><title>Гавань</title></head><body><article>{body}</article></body>'
    )
    document = read_file(_file(tmp_path, "page.html", page.encode("cp1251")))
    assert "«Мы построим её вместе" in document.text
    assert document.language == "ru"


@pytest.mark.parametrize("charset", ["nonsense", "hex", "idna", "undefined", "punycode", "utf-8", "ascii"])
def test_a_wrongly_declared_encoding_does_no_harm(tmp_path: Path, charset: str) -> None:
    body = f"<p>{RUSSIAN}</p>" * 2
    page = f'<html><head><meta charset="{charset}"></head><body><article>{body}</article></body>'
    assert "Мы построим её вместе" in read_file(_file(tmp_path, "page.html", page.encode("cp1251"))).text


@pytest.mark.parametrize("charset", ["utf-7", "raw_unicode_escape", "unicode_escape"])
def test_no_declared_encoding_can_smuggle_half_a_pair_in(tmp_path: Path, charset: str) -> None:
    page = (
        HTML.format(head=f'<meta charset="{charset}">')
        .replace("Monday", "Mon\\ud800day +2AA-")
        .encode("cp1252", "replace")
    )
    try:
        document = read_file(_file(tmp_path, "page.html", page + b"\xff"))
    except RecordError:
        return
    assert document.text.encode("utf-8")


def test_files_of_one_name_in_two_folders_are_two_documents(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "note.txt").write_text("It opens.", encoding="utf-8")
    assert read_file(tmp_path / "a" / "note.txt").id != read_file(tmp_path / "b" / "note.txt").id


def test_the_first_line_of_a_text_is_its_title(tmp_path: Path) -> None:
    document = read_file(_file(tmp_path, "Harbour Note 1.txt", "  Harbour news\r\n\r\nIt opens.\rSoon.\n"))
    assert document.id.startswith("file-harbour-note-1-")
    assert document.title == "Harbour news"
    assert document.text == "Harbour news\n\nIt opens.\nSoon."
    assert document.publisher == "added by hand"
    assert [(turn.speaker, turn.kind) for turn in document.turns] == [("", "narration")]


def test_a_text_without_a_headline_is_named_after_its_file(tmp_path: Path) -> None:
    assert read_file(_file(tmp_path, "long.txt", "word " * 100)).title == "long.txt"


def test_what_is_said_about_a_file_counts(tmp_path: Path) -> None:
    defaults = Defaults("Office of Marlo", "Ada Lorne", PartialDate(2031, 4), "uk", "speech", "CC0")
    document = read_file(_file(tmp_path, "note.md", "# Harbour\n\nIt opens."), defaults=defaults)
    assert (document.publisher, document.speakers, document.date) == (
        "Office of Marlo",
        ("Ada Lorne",),
        PartialDate(2031, 4),
    )
    assert (document.language, document.kind, document.licence) == ("uk", "speech", "CC0")
    assert [(turn.speaker, turn.kind) for turn in document.turns] == [("Ada Lorne", "speech")]


@pytest.mark.parametrize(
    ("markdown", "text", "why"),
    [
        ("# Harbour\n\nIt *opens* in **spring**.", "Harbour\n\nIt opens in spring.", "marks of emphasis"),
        ("See [the plan](https://marlo.example).", "See the plan.", "links"),
        ("- one\n- two", "one\n\ntwo", "lists"),
        ("> It was said.", "It was said.", "quotations"),
        ("One\nline.", "One\nline.", "line breaks"),
        ("`code` &amp; more", "code & more", "entities"),
        ("A <b>tag</b>.", "A tag.", "tags"),
        ("```\nfenced\n```", "fenced", "code blocks"),
    ],
)
def test_markdown_is_read_as_a_reader_sees_it(tmp_path: Path, markdown: str, text: str, why: str) -> None:
    assert read_file(_file(tmp_path, "note.md", markdown)).text == text, why


@pytest.mark.parametrize("name", ["note.md", "page.html"])
@pytest.mark.parametrize("entity", ["&#0;", "&#xD800;", "&#x110000;"])
def test_an_entity_for_no_character_cannot_get_in(tmp_path: Path, name: str, entity: str) -> None:
    raw = (
        HTML.format(head="").replace("harbour", f"harbour{entity}") if name.endswith("html") else f"The {entity} port."
    )
    text = read_file(_file(tmp_path, name, raw)).text
    assert "\x00" not in text
    assert text.encode("utf-8")


def test_the_main_text_of_a_page_is_read_with_what_it_says_of_itself(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Office of Marlo"><meta name="date" content="2021-04-15">'
        '<link rel="canonical" href="https://marlo.example/harbour">'
    )
    document = read_file(_file(tmp_path, "page.htm", HTML.format(head=head)))
    assert "We will build it together" in document.text
    assert "All rights reserved" not in document.text
    assert "\n\n" in document.text
    assert document.title == "Harbour to open in spring"
    assert document.publisher == "Office of Marlo"
    assert document.date == PartialDate(2021, 4, 15)
    assert document.url == "https://marlo.example/harbour"


@pytest.mark.parametrize("around", ["article", "main", "div", "section"])
def test_a_paragraph_that_comes_again_stays(tmp_path: Path, around: str) -> None:
    """Without it, what the minister said at her second turn would be credited to the journalist."""
    said = [
        "<b>Question:</b> When will the northern harbour be open for the ships of the fishermen?",
        "<b>Ada Lorne:</b> In the spring, when the last of the ice on the river has gone.",
        "(Applause.)",
        "<b>Question:</b> And the southern harbour, for which the town has waited so long?",
        "<b>Ada Lorne:</b> In the spring, when the last of the ice on the river has gone.",
        "(Applause.)",
    ]
    html = f"<{around}>{''.join(f'<p>{each}</p>' for each in said)}</{around}>"
    document = read_file(_file(tmp_path, "page.html", f"<html><body>{html}</body></html>"))
    assert [turn.speaker for turn in document.turns] == ["Question", "Ada Lorne"] * 2
    assert document.text.count("(Applause.)") == 2
    assert document.text.replace("\n", "").isprintable()


def test_a_page_reads_the_same_every_time(tmp_path: Path) -> None:
    path = _file(tmp_path, "page.html", HTML.format(head=""))
    assert len({read_file(path).text for _ in range(6)}) == 1


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("empty.txt", b"", "there is no text in it"),
        ("blank.txt", b" \n\t\n", "there is no text in it"),
        ("empty.md", b"", "there is no text in it"),
        ("comment.md", b"<!-- nothing -->", "there is no text in it"),
        ("empty.html", b"", "no main text"),
        ("frame.html", b"<html><body></body></html>", "no main text"),
        ("picture.html", b"<svg html>", "no main text"),
        ("binary.txt", b"\x00\x01\x02" * 50, "not a text file"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "."),
        ("scan.odt", b"PK", "cannot be read; use .txt"),
        ("noname", b"text", "cannot be read; use .txt"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name_and_the_reason(
    tmp_path: Path, name: str, raw: bytes, message: str
) -> None:
    path = _file(tmp_path, name, raw)
    with pytest.raises(RecordError, match=message) as caught:
        read_file(path)
    assert caught.value.path == str(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        read_file(tmp_path / "absent.txt")


def test_an_enormous_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "endless.txt"
    with path.open("wb") as file:
        file.truncate(33_000_000)
    with pytest.raises(RecordError, match="larger than 32 MB"):
        read_file(path)


@pytest.mark.parametrize("html", ["<div>" * 3_000 + "deep" + "</div>" * 3_000, "<p>" * 5_000, "<" * 5_000, "]]>" * 500])
def test_a_hostile_page_is_a_document_or_a_refusal(tmp_path: Path, html: str) -> None:
    try:
        assert read_file(_file(tmp_path, "page.html", html)).text
    except RecordError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, True) for name in "a.jsonl a.JSONL.gz a.ndjson a.txt a.MD a.markdown a.htm a.HTML".split()),
        *((name, False) for name in "a.gz a.json a.jpg jsonl txt".split()),
    ],
)
def test_it_knows_which_files_it_can_read(name: str, expected: bool) -> None:
    assert readable(Path(name)) is expected


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "koi8_u", "cp866", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_short_russian_note_is_read_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Гавань откроется весной, сказала она."
    assert read_file(_file(tmp_path, "note.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize("wrong", ["cp1251", "cp1252", "latin-1"])
def test_a_garbled_text_is_refused_and_shown(tmp_path: Path, wrong: str) -> None:
    garbled = RUSSIAN.encode().decode(wrong, "replace")
    with pytest.raises(RecordError, match=r"note\.txt: its letters are garbled"):
        read_file(_file(tmp_path, "note.txt", garbled))


def test_a_few_garbled_marks_are_counted_and_kept(tmp_path: Path) -> None:
    text = "The harbour of Marlo will open in the spring, the President said. " * 5 + "It â€œopensâ€\x9d."
    document = read_file(_file(tmp_path, "note.txt", text))
    assert document.text == text
    assert document.metadata["garbled"]
