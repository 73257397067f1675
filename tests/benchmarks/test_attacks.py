"""Hidden letters, look-alikes and signs."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

from benchmarks.seeded.attacks import ALPHABETS, HIDDEN, hidden, look_alike, signs
from benchmarks.seeded.drafts import Draft

TEXT = "A boat of 25 fishermen returned to the harbour of the bay in the winter."


@pytest.fixture
def draft(make_spot) -> Draft:
    return Draft("whole", "whole", TEXT, make_spot(TEXT), (TEXT,))


@pytest.mark.parametrize("family", sorted(HIDDEN))
def test_every_family_is_of_letters_that_are_not_seen(family: str) -> None:
    for letter in HIDDEN[family]:
        assert unicodedata.category(letter) in ("Cf", "Mn", "Lo", "Cn")
        assert not letter.isspace()


@pytest.mark.parametrize("seed", range(30))
def test_hidden_letters_taken_out_leave_the_quote(draft: Draft, seed: int) -> None:
    [attack] = hidden(draft, random.Random(seed))
    assert attack.quote != TEXT
    assert re.sub(f"[{''.join(HIDDEN.values())}]", "", attack.quote) == TEXT
    assert (attack.expect, attack.warning) == ("verified", "hidden-characters")


def test_hidden_letters_do_not_make_a_flip_true(draft: Draft) -> None:
    from dataclasses import replace

    [attack] = hidden(replace(draft, truth="flip", quote=TEXT.replace("25", "35")), random.Random(1))
    assert (attack.kind, attack.expect) == ("hidden-in-flip", "not-verified")


@pytest.mark.parametrize("seed", range(30))
def test_look_alikes_come_from_another_script(draft: Draft, seed: int) -> None:
    [attack] = look_alike(draft, random.Random(seed))
    changed = [(old, new) for old, new in zip(TEXT, attack.quote, strict=True) if old != new]
    assert changed
    assert all(new in [alphabet.get(old) for alphabet in ALPHABETS["en"].values()] for old, new in changed)
    assert (attack.expect, attack.warning) == ("warned", "look-alike-letters")


def test_words_of_one_letter_are_replaced_as_a_whole(draft: Draft) -> None:
    attacks = [attack for seed in range(40) for attack in look_alike(draft, random.Random(seed))]
    assert any(attack.form.endswith("whole-word") and not attack.quote.startswith("A ") for attack in attacks)


def test_signs_are_other_figures(draft: Draft) -> None:
    quotes = {attack.form: attack.quote for attack in signs(draft, random.Random(1))}
    assert quotes["superscript"] == TEXT.replace("25", "2⁵")
    assert quotes["point"] == TEXT.replace("25", "2.5")
    assert quotes["all-superscript"] == TEXT.replace("25", "²⁵")
    assert quotes["minus"] in (TEXT.replace("25", "−25"), TEXT.replace("25", "-25"))
