"""Transcripts that are only laid out as such: “NAME: text”, Q and A, names in bold, labels inside a paragraph.

A colon alone never cuts. A text is a transcript when labels recur in it, or one opens it that no prose has; only then
are its labels taken, and of names that stand there once those that begin a paragraph. Where its labels are in capitals, whatever
else begins a line in capitals before a colon ends the turn too: a single word names who speaks (“KOVAK:”), and words behind a note, a
place or a heading are nobody's, since to take them for the last speaker's could put words into a mouth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.read.labels import ANSWERED, ANSWERS, ASKED, DOTTED, LABELLED, Label, label_of, nobody_of
from corpus.read.turns import Said, is_reporter


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a file shows it; its first `bold` code points are set in bold."""

    text: str
    bold: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """A possible label: where it stands, where the words behind it begin, and whether it opens its paragraph or line.

    `sure` says that it is set in bold, or is an office and a name in front of whole sentences.
    """

    start: int
    end: int
    label: Label
    opens: bool
    sure: bool
    dotted: bool = False


_SENTENCE_END = re.compile(r"(?<=[.!?…»”\")\]–—-])[ \t]+(?=[^\W\d_a-zа-яёіїєґ])")
_LINE = re.compile(r"\n[ \t]*")
_APART = re.compile(r"[*_#~=·•\s–—-]{3,}|\* ?\*|•|\*")
_LEADING = 5
"""Paragraphs in which the one label of a text with a single speaker may stand: a headline, a place and a time before it."""

_CHANGE = re.compile(r">>+[ \t]*")
_SOMEBODY = Label("", ">>", ">>", "strong")
"""Another speaker, whom captions do not name."""


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text, which stand apart by a blank line."""
    return tuple(Paragraph(each.strip()) for each in re.split(r"\n[^\S\n]*\n", text) if each.strip())


def turns_of(paragraphs: Sequence[Paragraph], *, speaker: str | None = None) -> list[Said]:
    """The turns of a transcript, whose labels are taken away; nothing when the text marks none.

    `speaker` is who gives the answers where they are only marked A.

    >>> [turn.speaker for turn in turns_of(paragraphs_of("Q  Will it open?\\n\\nMS. LORNE: It will.\\n\\nIn spring."))]
    ['Q', 'MS. LORNE']
    """
    places = [list(_places(each)) for each in paragraphs]
    taken = _taken(places, cased=_is_cased(paragraphs))
    if taken is None:
        return []
    said: list[Said] = []
    current, pieces = Said("", "", "narration"), list[str]()

    def close() -> None:
        nonlocal pieces
        if pieces:
            said.append(Said(current.speaker, "\n\n".join(pieces), current.kind))
        pieces = []

    for paragraph, found in zip(paragraphs, places, strict=True):
        if _APART.fullmatch(paragraph.text):
            close()
            current = Said("", "", "narration")
            continue
        at = 0
        for place in found:
            if place.start < at or not (taken.has(place) or taken.ends(place)):
                continue
            if before := paragraph.text[at : place.start].strip():
                pieces.append(before)
            close()
            if not taken.has(place):  # what it says stays with the words behind it
                current, at = Said("", "", "narration"), place.start
                continue
            name = speaker if speaker and place.label.key in ANSWERS else place.label.text
            current, at = Said(name, "", None if name else "speech"), place.end
        if rest := paragraph.text[at:].strip():
            pieces.append(rest)
    close()
    return said


def _places(paragraph: Paragraph) -> Iterator[_Place]:
    """Every stretch of a paragraph that could be a label, in order."""
    text = paragraph.text
    if paragraph.bold and (set_apart := _in_bold(paragraph)) is not None:
        yield set_apart
    starts = [(0, True), *((match.end(), True) for match in _LINE.finditer(text))]
    starts += [(match.end(), False) for match in _SENTENCE_END.finditer(text)]
    for start, opens in sorted(starts):
        patterns = (ASKED, ANSWERED, LABELLED, DOTTED) if opens else (LABELLED,)
        for pattern in patterns:
            match = pattern.match(text, start)
            if match and (label := label_of(match["label"]) or (nobody_of(match["label"]) if opens else None)):
                bold = start == 0 and paragraph.bold >= match.end("label")
                sure = bold or (opens and pattern is LABELLED and _introduces(label, text[match.end() :]))
                yield _Place(start, match.end(), label, opens, sure, pattern is DOTTED)
                break
        else:
            if opens and (change := _CHANGE.match(text, start)):
                yield _Place(start, change.end(), _SOMEBODY, opens, False)


def _introduces(label: Label, behind: str) -> bool:
    """True for an office and a name before whole sentences; a headline has none, and a roster only another name."""
    spoken = any(word[:1].islower() for word in behind.split()) or behind.rstrip().endswith((",", "!"))
    return label.office and spoken and _SENTENCES.search(behind) is not None


_SENTENCES = re.compile(r"[.!?…](?:\s|$|[”»\")])|,\s*$")
"""A salutation before the first sentence ends with a comma."""


def _in_bold(paragraph: Paragraph) -> _Place | None:
    """A label in bold that no colon ends."""
    words = paragraph.text[: paragraph.bold].strip()
    if words.endswith((":", "?", "!")) or _COLON.match(paragraph.text, paragraph.bold):
        return None
    label = label_of(words, bold=True)
    if label is None or label.strength == "weak" or len(words) > _LONGEST_BOLD:
        return None
    return _Place(0, paragraph.bold, label, True, True)


_COLON = re.compile(r"(?:\s*[(\[][^()\[\]\n]{1,80}[)\]])*\s*:")
"""Behind a name, with an aside before it: “Ada Lorne (retranslated):”."""

_LONGEST_BOLD = 80


@dataclass(frozen=True, slots=True)
class _Taken:
    """Which labels of a text count: by their form, and those that stand once only where they open a paragraph."""

    known: frozenset[str]
    surnames: frozenset[str]
    answers: bool
    capitals: bool
    """Whether its labels are in capitals, and its words are not."""

    def has(self, place: _Place) -> bool:
        label = place.label
        if label.key in ANSWERS:
            return self.answers
        if label.key in self.known:
            return True
        if label.strength == "nobody" or place.dotted:
            return False
        if label.strength == "weak":
            return self.capitals and place.opens and label.capitals and not label.heading
        return place.opens or label.surname in self.surnames

    def ends(self, place: _Place) -> bool:
        """True for what is no speaker's label and ends a turn all the same."""
        unclear = place.label.strength == "nobody" or (place.label.strength == "weak" and place.label.heading)
        return self.capitals and place.opens and unclear and place.label.text.isupper()


def _taken(places: Sequence[Sequence[_Place]], *, cased: bool) -> _Taken | None:
    """The labels that make a text a transcript; None when it is none. `cased` says that its words are not all in capitals."""
    everywhere = [place for found in places for place in found if not place.dotted and place.label.strength != "nobody"]
    counts = Counter(place.label.key for place in everywhere)
    strong = {place.label.key for place in everywhere if place.label.strength == "strong"}
    sure = {place.label.key for place in everywhere if place.sure and place.label.strength != "weak"}
    names = {place.label.key for place in everywhere if place.label.strength == "name" and counts[place.label.key] > 1}
    short = {
        key for key, times in Counter(place.label.key for place in everywhere if place.opens and place.label.capitals).items()
        if cased and times > 1
    }  # fmt: skip
    certain = (strong | names | sure | (short if len(short) > 1 else set())) - ANSWERS
    asked = any(is_reporter(key) for key in certain)
    if asked:
        dots = Counter(place.label.key for found in places for place in found if place.dotted)
        certain |= {key for key, times in dots.items() if times > 1}
    if all(map(is_reporter, certain)) and not (asked and ANSWERS & counts.keys()):
        return None  # with the questions alone, every answer would be the reporter's
    turns = sum(counts[key] for key in certain)
    if turns < _FEWEST_TURNS and not _opened(places, strong | sure):
        return None
    # A single word is a name only beside others: “Alina:” twice in an interview, not “Health: … Health: …” alone.
    weak = {
        place.label.key for place in everywhere
        if place.label.strength == "weak" and place.opens and counts[place.label.key] > 1 and turns >= _FEWEST_TURNS
    }  # fmt: skip
    surnames = {place.label.surname for place in everywhere if place.label.key in certain}
    related = {place.label.key for place in everywhere if place.label.surname in surnames}
    known = frozenset(certain | weak | related)
    capitals = cased and any(
        place.opens and place.label.capitals and place.label.key in known and not is_reporter(place.label.key)
        for place in everywhere
    )
    return _Taken(known, frozenset(surnames), asked, capitals)


_FEWEST_TURNS = 2


def _is_cased(paragraphs: Sequence[Paragraph]) -> bool:
    """False for a text in capitals, of which every sentence before a colon would look like a label."""
    text = "".join(each.text for each in paragraphs)
    return _CASED * sum(map(str.islower, text)) > sum(map(str.isupper, text))


_CASED = 3
"""Short turns behind long labels have as many capitals as small letters; a text in capitals has hardly any."""


def _opened(places: Sequence[Sequence[_Place]], certain: set[str]) -> bool:
    """True when a label that no prose has stands at the beginning, and it is the only one."""
    return any(place.opens and place.label.key in certain for found in places[:_LEADING] for place in found)
