"""Words of distant sentences of one document joined as if they had been said in one breath."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.faithful.ellipsis import STYLES
from benchmarks.seeded.governing import is_plain
from benchmarks.seeded.sentences import Spot
from benchmarks.seeded.wording import folded, word_count

SEAMS = {
    "en": re.compile(r"(?<= )(?=(?:and|to|of|in|for|that|with|from|which|by|on)\b )"),
    "ru": re.compile(r"(?<= )(?=(?:и|в|на|с|по|для|что|который|которые|из)\b )"),
}
FEWEST_IN_A_HALF = 5
FEWEST_BETWEEN = 3
LOOKED_AT = 12
SUBJECT = re.compile(
    r"^(?P<subject>(?:The|Our|Their|This|That|These|Those|His|Every|My|[A-Z][a-z]+(?= and ))(?: (?!(?:is|are|was|were|has|have|"
    r"had|will|would|can|could|must|should|not|who|which|that)\b)[\w’-]+){1,7}) "
    r"(?P<predicate>(?:is|are|was|were|has|have|had|will|must|should)\b .+)$"
)
"""A subject, and what is said of it."""


def position(spot: Spot) -> int:
    """How many pieces of the statement stand before the sentence."""
    return sum(len(pieces) for pieces in spot.paragraphs[: spot.paragraph]) + spot.place


def is_distant(one: Spot, other: Spot) -> bool:
    """In another statement, or with several sentences between."""
    return one.paragraphs is not other.paragraphs or abs(position(one) - position(other)) > FEWEST_BETWEEN


def others_of(spots: list[Spot], spot: Spot, rng: random.Random) -> list[Spot]:
    """Distant sentences of the same speaker; nothing that is said twice, which may stand in any order."""
    words = folded(spot.document.stored_text)
    if words.count(folded(spot.text)) != 1:
        return []
    chosen = rng.sample(spots, min(len(spots), LOOKED_AT))
    return [
        other
        for other in chosen
        if other.speaker == spot.speaker and is_distant(spot, other) and words.count(folded(other.text)) == 1
    ]


def splice(spot: Spot, form: str, quote: str, parts: tuple[str, str], *, changed: str = "") -> Draft:
    """The draft of a splice."""
    return Draft("splice", form, quote, spot, parts, truth="flip", expect="not-verified",
                 changed=changed, change=" | ".join(parts))  # fmt: skip


def halves(text: str, language: str) -> dict[str, tuple[str, str]]:
    """Both halves at each seam that leaves enough on either side, by the word of the seam."""
    found = {}
    for seam in SEAMS[language].finditer(text):
        first, second = text[: seam.start()], text[seam.start() :]
        if word_count(first) >= FEWEST_IN_A_HALF and word_count(second) >= FEWEST_IN_A_HALF:
            found[second.split()[0]] = (first.strip(), second.strip())
    return found


def half_and_half(spot: Spot, other: Spot) -> Iterator[Draft]:
    """The first half of this sentence before the second half of the other, without a mark."""
    mine, theirs = halves(spot.text, spot.language), halves(other.text, other.language)
    for seam in sorted(mine.keys() & theirs.keys()):
        first, second = mine[seam][0], theirs[seam][1]
        if second not in spot.text:
            yield splice(spot, "halves", f"{first} {second}", (first, second), changed=f"{first} {second}")


def sentence_and_sentence(spot: Spot, other: Spot) -> Iterator[Draft]:
    """Two distant sentences as neighbours, without a mark."""
    both = f"{spot.text} {other.text}"
    yield splice(spot, "sentences", both, (spot.text, other.text), changed=both)


def later_and_earlier(spot: Spot, other: Spot, rng: random.Random) -> Iterator[Draft]:
    """Two sentences of one paragraph in the other order, with a mark."""
    if spot.paragraphs is other.paragraphs and position(spot) > position(other):
        yield splice(spot, "reversed", f"{spot.text}{rng.choice(STYLES)}{other.text}", (spot.text, other.text))


def subject_and_predicate(spot: Spot, other: Spot, rng: random.Random) -> Iterator[Draft]:
    """The subject of this sentence, or all of it, and a mark before what is said of another subject."""
    mine, theirs = SUBJECT.search(spot.text), SUBJECT.search(other.text)
    if not mine or not theirs or folded(mine.group("subject")) == folded(theirs.group("subject")):
        return
    style, predicate = rng.choice(STYLES), theirs.group("predicate")
    if set(folded(mine.group("subject")).split()[1:]) & set(folded(theirs.group("subject")).split()[1:]):
        return
    if word_count(predicate) >= FEWEST_IN_A_HALF:
        yield splice(spot, "subject", mine.group("subject") + style + predicate, (mine.group("subject"), predicate))
        yield splice(spot, "tail", spot.text.rstrip(".!") + style + predicate, (spot.text, predicate))


def spliced(spots: list[Spot], spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """Each splice with a few other sentences."""
    if not is_plain(spot.text):
        return
    for other in others_of(spots, spot, rng):
        if is_plain(other.text):
            yield from half_and_half(spot, other)
            yield from sentence_and_sentence(spot, other)
            yield from later_and_earlier(spot, other, rng)
            if spot.language == "en":
                yield from subject_and_predicate(spot, other, rng)
