"""Dirt of scanning put into stored text, behind which the clean sentence is a true quote."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from benchmarks.seeded.documents import Document, Turn
from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.sentences import Spot

FURNITURE = {
    "en": (
        "\n\n- {n} -\n\n",
        "\n\n{n}\n\n",
        "\n\nPage {n}\n\n",
        "\n\n(MORE)\n\n",
        "\n\nPage {n} of 212\n\n",
        "\n\n[{n}]\n\n",
        "\n- {n} -\n",
    ),
    "ru": ("\n\n- {n} -\n\n", "\n\n{n}\n\n", "\n\nСтраница {n}\n\n", "\n\nстр. {n}\n\n"),
}
LONGEST_DOCUMENT = 60_000
SPOTS_IN_A_DOCUMENT = 4

Dirt = Callable[[str, str, random.Random], str | None]


def furniture(text: str, language: str, rng: random.Random) -> str | None:
    """A page's foot between two words in the middle."""
    gaps = [found.start() for found in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)]
    gaps = gaps[len(gaps) // 4 : -len(gaps) // 4] if len(gaps) >= 8 else []
    if not gaps:
        return None
    place = rng.choice(gaps)
    return text[:place] + rng.choice(FURNITURE[language]).format(n=rng.randint(2, 99)) + text[place + 1 :]


def broken_at_line_end(text: str, language: str, rng: random.Random) -> str | None:
    """A word hyphenated at the end of a line."""
    words = list(re.finditer(r"(?<=\s)[a-zа-яё]{9,}(?=\s)", text))
    if not words:
        return None
    place = rng.choice(words).start() + rng.randint(4, 5)
    return f"{text[:place]}-\n{text[place:]}"


def bar_for_i(text: str, language: str, rng: random.Random) -> str | None:
    """'|' for the pronoun I."""
    found = list(re.finditer(r"(?<![\w’'-])I(?![\w’'-])", text))
    if language != "en" or not found:
        return None
    place = rng.choice(found).start()
    return f"{text[:place]}|{text[place + 1 :]}"


def letter_apart(text: str, language: str, rng: random.Random) -> str | None:
    """'W hen': the first letter of a word set apart."""
    words = list(
        re.finditer(
            r"(?<=\s)[b-hj-z](?=[a-z]{3,}\s)|^[WTB](?=(?:hen|hat|his|here|hose|hen|ith|hile|hey|hese|efore|oth)\s)",
            text,
        )
    )
    if not words:
        return None
    place = rng.choice(words).end()
    return f"{text[:place]} {text[place:]}"


def hard_lines(text: str, language: str, rng: random.Random) -> str | None:
    """Lines of a fixed width."""
    width, lines, line = rng.randint(30, 60), [], ""
    for word in text.split():
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line]) if lines else None


KINDS: dict[str, Dirt] = {
    "furniture": furniture, "hyphen": broken_at_line_end, "bar": bar_for_i, "letter-apart": letter_apart,
    "hard-lines": hard_lines,
}  # fmt: skip


def replaced_once(text: str, old: str, new: str) -> str | None:
    """The text with the only occurrence of the sentence replaced, whatever its spaces."""
    found = list(re.finditer(r"\s+".join(map(re.escape, old.split())), text))
    return text[: found[0].start()] + new + text[found[0].end() :] if len(found) == 1 else None


def soiled(document: Document, sentence: str, dirty: str) -> Document | None:
    """The document with one sentence soiled."""
    if sum(turn.text.count(sentence) for turn in document.turns) > 1:
        return None
    if not document.turns:
        text = replaced_once(document.text, sentence, dirty)
        return None if text is None else replace(document, text=text)
    for place, turn in enumerate(document.turns):
        text = replaced_once(turn.text, sentence, dirty)
        if text is not None:
            turns = (*document.turns[:place], Turn(turn.speaker, text), *document.turns[place + 1 :])
            return replace(document, turns=turns)
    return None


def soil(document: Document, spots: list[Spot], rng: random.Random) -> tuple[Document, list[Draft]]:
    """A dirty copy under an id of its own, and its clean sentences as quotes."""
    name, copy, drafts = f"dirty-{document.id}", replace(document, id=f"dirty-{document.id}"), []
    for spot in rng.sample(spots, min(len(spots), 3 * SPOTS_IN_A_DOCUMENT)):
        kind = rng.choice(list(KINDS))
        dirty = KINDS[kind](spot.text, spot.language, rng)
        changed = soiled(copy, spot.text, dirty) if dirty else None
        if changed and dirty and len(drafts) < SPOTS_IN_A_DOCUMENT:
            copy = changed
            drafts.append(Draft("scan-dirt", kind, spot.text, spot, (), document=name, change=dirty))
    return copy, drafts
