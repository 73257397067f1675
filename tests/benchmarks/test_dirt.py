"""Dirt of scanning is undone by hand-written cleaning, and the clean sentence is the quote."""

from __future__ import annotations

import random
import re

import pytest

from benchmarks.seeded.dirt import KINDS, soil
from benchmarks.seeded.sentences import spots_of

SENTENCE = "When I opened the harbour, the fishermen of the northern provinces brought presents."
CLEANING = {
    "furniture": lambda dirty: re.sub(r"\s*\n+(?:- \d+ -|\d+|Page \d+(?: of 212)?|\(MORE\)|\[\d+\])\n+\s*", " ", dirty),
    "hyphen": lambda dirty: dirty.replace("-\n", ""),
    "bar": lambda dirty: dirty.replace("|", "I"),
    "letter-apart": lambda dirty: re.sub(r"(?<![^\W_])([b-hj-zWTB]) (?=[a-z])", r"\1", dirty),
    "hard-lines": lambda dirty: dirty.replace("\n", " "),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("seed", range(12))
def test_dirt_is_undone_by_hand(kind: str, seed: int) -> None:
    dirty = KINDS[kind](SENTENCE, "en", random.Random(seed))
    assert dirty is not None
    assert dirty != SENTENCE
    assert CLEANING[kind](dirty) == SENTENCE


def test_a_dirty_copy_has_an_id_of_its_own_and_asks_for_it(make_document) -> None:
    text = f"{SENTENCE} The boats of the bay came back with the fish of the deep northern sea."
    document = make_document(("Ilse Corvane", text), ("Q", "Was it cold?"))
    copy, drafts = soil(document, list(spots_of(document)), random.Random(2))
    assert copy.id == "dirty-velmoria-1"
    assert [turn.speaker for turn in copy.turns] == ["Ilse Corvane", "Q"]
    assert drafts
    assert {draft.quote for draft in drafts} <= {SENTENCE, text.removeprefix(SENTENCE).strip()}
    for draft in drafts:
        assert draft.document == copy.id
        assert draft.quote not in copy.stored_text
        assert draft.change in copy.stored_text
