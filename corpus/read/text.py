"""Plain text files, their encodings, and the document that every reader makes of the paragraphs it found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from charset_normalizer import from_bytes

from corpus.errors import RecordError
from corpus.language import language_of
from corpus.read.dates import date_in
from corpus.read.records import Defaults
from corpus.read.transcript import Paragraph, paragraphs_of, turns_of
from corpus.read.turns import Said, lay_out, whole
from corpus.types import Document

_LONGEST_TITLE = 160
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: what a declared encoding such as UTF-7 may yield, and nothing can store."""


def decoded(raw: bytes, *, path: str, html: bool = False, charset: str = "") -> str:
    """Bytes as text with plain line ends; raises RecordError for what is no text."""
    return characters(raw, path=path, html=html, charset=charset).replace("\r\n", "\n").replace("\r", "\n")


def characters(raw: bytes, *, path: str, html: bool = False, charset: str = "") -> str:
    """Bytes as text, line ends as they are: UTF-8, a declared encoding, or the likeliest one; raises RecordError.

    `charset` is declared by whoever sent them, which counts more than what a page says of itself.
    """
    try:
        text = _wide(raw) if b"\x00" in raw else raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = re.search(rb"charset=[\"']?([\w-]+)", raw[:2048]) if html else None
        text = _guessed(raw, charset or (found.group(1).decode("ascii", "ignore") if found else ""), path)
    if "\x00" in text or _HALF.search(text):
        raise RecordError("this is not a text file", path=path)
    return text


def _wide(raw: bytes) -> str:
    """UTF-16 and UTF-32, with or without a byte order mark; other bytes with NULs are no text."""
    best = from_bytes(raw).best()
    wide = best is not None and best.encoding.startswith(("utf_16", "utf_32"))
    return str(best) if wide else "\x00"


def _guessed(raw: bytes, declared: str, path: str) -> str:
    if declared:
        try:
            return raw.decode(declared)
        except (LookupError, UnicodeError):
            pass  # a wrong declaration is common; what the bytes say counts more
    cyrillic = [text for text in (_cyrillic(raw, encoding) for encoding in _CYRILLIC) if text]
    if len(cyrillic) == 1:
        return cyrillic[0]
    best = from_bytes(raw).best()
    if best is None:
        raise RecordError("the encoding cannot be told; save it as UTF-8", path=path)
    return str(best)


_CYRILLIC = ("cp1251", "koi8_u", "cp866", "mac_cyrillic")
_WELL_CASED = re.compile(r"[А-ЯЁІЇЄҐ]?[а-яёіїєґ]+|[А-ЯЁІЇЄҐ]+")
_WELL_CASED_SHARE = 0.9
"""The wrong Cyrillic encoding gives “оПЕГХДЕМР” or signs; statistics need more text than a note has to see it."""


def _cyrillic(raw: bytes, encoding: str) -> str | None:
    """The text if it is plain Cyrillic words in this encoding."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    beyond = [letter for letter in text if letter > "\x7f" and letter not in "«»—–…№“”„’\xa0"]
    found = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    cased = sum(1 for word in found if _WELL_CASED.fullmatch(word))
    letters = sum(1 for letter in beyond if "Ѐ" <= letter <= "ӿ")
    return text if found and min(cased / len(found), letters / len(beyond)) >= _WELL_CASED_SHARE else None


def read_text(text: str, *, name: str, defaults: Defaults) -> Document:
    """A plain text as one document; a short first line is its title.

    >>> read_text("A headline\\n\\nWhat was said.", name="note.txt", defaults=Defaults()).title
    'A headline'
    """
    first = text.strip().split("\n", 1)[0].strip()
    return page(text, name=name, title=first if len(first) <= _LONGEST_TITLE else name, defaults=defaults)


def page(
    text: str, *, name: str, title: str, defaults: Defaults, url: str | None = None,
    paragraphs: Iterable[Paragraph] | None = None, said: Sequence[Said] = (),
) -> Document:  # fmt: skip
    """One document from a file's text, under the file's name; in turns where it is laid out as a transcript.

    `paragraphs` are given where the file says more of them than the text does, `said` where it says who speaks.
    """
    garbled = _garbled(text, name)
    speakers = (defaults.speaker,) if defaults.speaker else ()
    shown = tuple(paragraphs) if paragraphs is not None else paragraphs_of(text)
    said = said or turns_of(shown, speaker=defaults.speaker)
    kind = defaults.kind or ("transcript" if said else "statement")
    stored, turns = lay_out(said or whole(text, speakers, kind=kind))
    if not stored:
        raise RecordError("there is no text in it", path=name)
    date = defaults.date or date_in(title, text, name=name)
    metadata: dict[str, object] = {"text": text} if said and text.strip() != stored else {}
    if date is not None and defaults.date is None:
        metadata["date_from"] = "text"
    if garbled:
        metadata["garbled"] = garbled
    return Document(
        id=name,
        publisher=defaults.publisher or "added by hand",
        title=title,
        text=stored,
        turns=turns,
        date=date,
        url=url,
        language=defaults.language or language_of(stored),
        kind=kind,
        speakers=speakers,
        tier=defaults.tier or "primary",
        licence=defaults.licence,
        metadata=metadata,
    )


_GARBLED = 0.02
"""Garbled places a letter from which a text is refused: text in a wrong encoding has one in ten, and the worst of the
4,190 real documents looked at one in five hundred."""


def _garbled(text: str, name: str) -> int:
    """How many places look like a wrong encoding (“вЂњ”, “Ð¿Ñ€”); raises RecordError when the whole text does."""
    # Imported here because it takes a tenth of a second.
    from ftfy.badness import badness

    places = 0 if text.isascii() else badness(text)
    if places > _GARBLED * len(text):
        raise RecordError(
            f"its letters are garbled (“{text.strip()[:30]}”): save it again in its true encoding", path=name
        )
    return places
