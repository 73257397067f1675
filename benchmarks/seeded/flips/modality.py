"""Another degree of obligation, ability or certainty."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.edits import Edits, is_alone, like_case, words_after, words_before

MODALS = {"will": ["may", "must", "should"], "must": ["may", "will"], "should": ["may", "will", "must"],
          "can": ["must", "should"], "may": ["will", "must"], "might": ["will", "must"], "could": ["must", "will"],
          "shall": ["may"], "cannot": ["must not"]}  # fmt: skip
MODAL_PHRASES = {"have to": "want to", "has to": "wants to", "had to": "wanted to", "need to": "want to",
                 "needs to": "wants to", "want to": "have to", "wants to": "has to", "wanted to": "had to",
                 "plan to": "refuse to", "plans to": "refuses to", "intend to": "may", "intends to": "may",
                 "are going to": "may", "is going to": "may", "are planning to": "will", "is planning to": "will",
                 "hope to": "will", "hopes to": "will", "probably": "certainly", "perhaps": "certainly",
                 "certainly": "perhaps", "definitely": "perhaps", "undoubtedly": "possibly", "mandatory": "optional",
                 "are ready to": "are obliged to", "is ready to": "is obliged to", "try to": "promise to",
                 "tried to": "promised to", "trying to": "promising to", "am sure": "doubt",
                 "are able to": "are obliged to",
                 "am confident": "doubt", "necessary to": "possible to", "possible to": "necessary to"}  # fmt: skip
SPEAKING = (
    "say tell assure add note see imagine think believe admit mention stress ask remind hope like know but".split()
)
FIXED_MODALS = re.compile(r"\b(?:as \w+ as|if (?:i|you)|whether|so to|god|good|political|free|own|the|his|her|their)$")

NOUN_BEFORE = re.compile(r"\bnot\b|\b(?:the|a|an|no|any|urgent|real|of|this|our|what)$")


def is_modal(text: str, start: int, end: int) -> bool:
    """A modal verb with a verb after it, not a noun ("political will") and no phrase of courtesy ("I must say")."""
    before = words_before(text, start, 4)
    fixed = FIXED_MODALS.search(" ".join(before.split()[-3:])) or re.search(r"\bas \w+ as \w+$", before)
    return is_alone(text, start, end) and not fixed and words_after(text, end) not in ("", "i", *SPEAKING)


def modality_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    for found in re.finditer(r"\b[a-z]+\b", text):
        if found.group() in MODALS and is_modal(text, *found.span()):
            yield ((*found.span(), rng.choice(MODALS[found.group()])),)
    for old, new in MODAL_PHRASES.items():
        for found in re.finditer(rf"\b{old}\b", text, re.IGNORECASE):
            spoken = words_after(text, found.end()) in (*SPEAKING, "do", "still", "the", "a")
            noun = NOUN_BEFORE.search(words_before(text, found.start(), 2))
            if is_alone(text, *found.span()) and not spoken and not noun:
                yield ((*found.span(), like_case(new, found.group())),)
