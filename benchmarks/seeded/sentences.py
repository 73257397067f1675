"""Sentences whose two ends are beyond doubt, in the speaker's own words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.seeded.documents import Document, Turn
from benchmarks.seeded.people import claimable
from benchmarks.seeded.wording import content_words, single_spaced

FEWEST_WORDS = 8
MOST_WORDS = 60
FEWEST_CONTENT_WORDS = 4
FEW_TURNS = 5
MOST_TURNS = 40
REPORTERS = frozenset(("Q", "QUESTION", "Question", "Journalist", "Вопрос"))

BORDER = re.compile(r"(?<=[.!?])[”\"’»]*\s+(?=[“\"‘«(]?[A-ZÀ-ÝА-ЯЁ0-9–—])")
TITLE_BEFORE = re.compile(r"(?:^|[\s“\"‘(])(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Lt|Rev|Fr|Sen|Rep|Gov|Messrs)\.$")
UNSURE_END = re.compile(
    r"(?:^|[\s“\"‘«(.])(?:[A-Za-z]|etc|vs|No|Nos|Inc|Ltd|Co|Jr|Sr|cf|approx|ca|para|paras|art|op|[A-Z][a-z]{2}|"
    r"Sept|a\.m|p\.m|U\.S|[А-Яа-яё]|гг|ст|стр|см|др|пр|тыс|млн|млрд|руб|коп|им|ул|тов|т\.д|т\.п|т\.е)\.$"
)
LABEL = re.compile(r"^(?:[A-ZА-ЯЁ][\w’'.-]* ?){1,8}(?:\([^)]*\))?:")
MARKS = re.compile(
    r"[()\[\]<>{}…*|_=•#~^\\]|\.\s?\.|[.!?][”\"’»]*\s|[a-zа-яё][.!?][A-ZА-ЯЁ]|\w- | -\w|[.!?]--?|[^\W\d_]\d|https?:|www\.|"
    r"(?<!\w)['‘`]|\s[,.;:!?]|\d\s+[A-Z][a-z]+ [A-Z]|^[A-Z\s]{12}|[\ufffd\u00ad\u200b-\u200f]|\b[A-Z]{6,} [A-Z]{6,}\b|\bNOT [A-Z]{4,}|\d \d|Т\. ?е\."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two borders of a paragraph; whole when both ends are certain."""

    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """One whole sentence at its place."""

    document: Document
    speaker: str
    label: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    paragraph: int
    place: int

    @property
    def text(self) -> str:
        return self.paragraphs[self.paragraph][self.place].text

    @property
    def language(self) -> str:
        return self.document.language

    def neighbour(self, distance: int) -> Piece | None:
        """Another piece of the same paragraph."""
        place = self.place + distance
        return self.paragraphs[self.paragraph][place] if 0 <= place < len(self.paragraphs[self.paragraph]) else None


def split_sentences(paragraph: str) -> list[str]:
    """Careful borders: where an abbreviation may or may not end the sentence, the pieces stay together."""
    pieces, start = [], 0
    for border in BORDER.finditer(paragraph):
        before = paragraph[start : border.end()].rstrip()
        bare = before.rstrip('”"’»')
        if TITLE_BEFORE.search(bare) or UNSURE_END.search(bare):
            continue
        pieces.append(before)
        start = border.end()
    return [*pieces, paragraph[start:].strip()]


def balanced(text: str) -> bool:
    """As many quotation marks opened as closed."""
    return (
        text.count("“") == text.count("”") and text.count("«") == text.count("»") and text.count('"') % 2 == 0
    )  # fmt: skip


def is_whole(sentence: str) -> bool:
    """A sentence whose two ends are beyond doubt, and which has no marks that change how it is read."""
    inside = re.sub(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof)\.", "", sentence[:-1])
    if not FEWEST_WORDS <= len(sentence.split()) <= MOST_WORDS or MARKS.search(inside):
        return False
    ends_well = re.search(r"[^\W_][%”\"»]?[.!?]$", sentence)
    enough = len(content_words(sentence)) >= FEWEST_CONTENT_WORDS
    return bool(ends_well) and enough and sentence[0].isupper() and not LABEL.match(sentence) and balanced(sentence)


def pieces_of(paragraph: str) -> tuple[Piece, ...]:
    """The pieces of a paragraph; none of them whole where quotations are not closed or a label begins it."""
    doubtful = LABEL.match(paragraph) or not balanced(paragraph) or re.match(r"[“\"«‘]", paragraph)
    pieces, before = [], ""
    for sentence in split_sentences(paragraph):
        text = single_spaced(sentence)
        pieces.append(Piece(text, not doubtful and balanced(before) and is_whole(text)))
        before += sentence
    return tuple(pieces)


def paragraphs_of(text: str) -> tuple[tuple[Piece, ...], ...]:
    """A statement's paragraphs, up to a line of stars."""
    return tuple(pieces_of(paragraph) for paragraph in re.split(r"\n\s*\n", text.split("* * *")[0]))


def holds_other_voices(text: str) -> bool:
    """A text without turns that has speaker labels of its own."""
    return bool(
        re.search(r"(?m)^\s*(?:Q\.?|QUESTION|Question|[A-ZА-ЯЁ][\w.’'-]*(?: [A-ZА-ЯЁ][\w.’'-]*){0,3})\s?:", text)
    )


def spots_of(document: Document) -> Iterator[Spot]:
    """Every whole sentence of a named person, of a long conversation only its middle."""
    if not document.turns and holds_other_voices(document.text):
        return
    spoken = [(turn, person) for turn in document.statements if (person := claimable(turn.speaker))]
    start = max(len(spoken) - MOST_TURNS, 0) // 2
    for turn, person in spoken[start : start + MOST_TURNS]:
        yield from spots_in(turn, document, person)


def reporter_spots(document: Document, rng: random.Random) -> Iterator[Spot]:
    """Every whole sentence of a few of the reporters."""
    turns = [turn for turn in document.turns if turn.speaker in REPORTERS]
    for turn in rng.sample(turns, min(len(turns), FEW_TURNS)):
        yield from spots_in(turn, document, turn.speaker)


def spots_in(turn: Turn, document: Document, person: str) -> Iterator[Spot]:
    """Every whole sentence of a turn."""
    paragraphs = paragraphs_of(turn.text)
    for number, pieces in enumerate(paragraphs):
        for place, piece in enumerate(pieces):
            if piece.whole:
                yield Spot(document, person, turn.speaker, paragraphs, number, place)
