"""A flip differs from the true words in exactly one place, and says something else."""

from __future__ import annotations

import random

import pytest

from benchmarks.seeded.edits import edited
from benchmarks.seeded.flips import CHANGES
from benchmarks.seeded.wording import folded

CASES = [
    ("en", "number", "They built 14 hospitals in the province.", r"^They built (?!14)\d\d hospitals in the province\.$"),
    ("en", "number", "They built three hospitals here.", r"^They built five hospitals here\.$"),
    ("en", "unit", "It cost 40 million crowns.", r"^It cost 40 (?:billion|thousand) crowns\.$"),
    ("en", "unit", "Prices rose by 5 per cent.", r"^Prices rose by 5 percentage points\.$"),
    ("en", "unit", "The road is 30 kilometres long.", r"^The road is 30 miles long\.$"),
    ("en", "unit", "It cost $40 at the harbour.", r"^It cost €40 at the harbour\.$"),
    ("en", "name", "Our neighbours in Poland agreed.", r"^Our neighbours in (?!Poland)[A-Z]\w+ agreed\.$"),
    ("en", "negation", "We do not support the treaty.", r"^We do +support the treaty\.$"),
    ("en", "negation", "We can support the treaty.", r"^We cannot support the treaty\.$"),
    ("en", "negation", "The law was effective.", r"^The law was ineffective\.$"),
    ("en", "modality", "They must approve the budget.", r"^They (?:may|will) approve the budget\.$"),
    ("en", "quantifier", "All of the ministers agreed.", r"^Some of the ministers agreed\.$"),
    ("en", "order", "We will help them tomorrow.", r"^$"),
    ("en", "order", "We will help them.", r"^They will help us\.$"),
    ("en", "order", "It grew from 5 to 9.", r"^It grew from 9 to 5\.$"),
    ("en", "content", "Exports increased again.", r"^Exports decreased again\.$"),
    ("ru", "number", "Мы построили 14 школ.", r"^Мы построили (?!14)\d\d школ\.$"),
    ("ru", "unit", "Это 300 миллионов рублей.", r"^Это 300 миллиардов рублей\.$"),
    ("ru", "name", "Мы помогли Германии.", r"^Мы помогли (?!Германии)\w+и\.$"),
    ("ru", "negation", "Мы не забудем об этом.", r"^Мы +забудем об этом\.$"),
    ("ru", "negation", "Мы помним об этом.", r"^Мы не помним об этом\.$"),
    ("ru", "modality", "Мы должны открыть школу.", r"^Мы можем открыть школу\.$"),
    ("ru", "quantifier", "Они всегда помогали.", r"^Они иногда помогали\.$"),
    ("ru", "order", "Выросло с 5 до 9.", r"^Выросло с 9 до 5\.$"),
    ("ru", "content", "Это успешно и важно.", r"^Это безуспешно и важно\.$"),
]  # fmt: skip
UNTOUCHED = [
    ("negation", "We do not only support the treaty but signed it."),
    ("negation", "Is it not the best treaty of all times?"),
    ("modality", "I must say it was a fine day."),
    ("modality", "It was a matter of political will."),
    ("number", "The first of all questions is peace."),
    ("name", "May I come in now?"),
    ("order", "We met Poland and Spain."),
    ("unit", "The years were long and the days were short."),
]


@pytest.mark.parametrize(("language", "kind", "text", "pattern"), CASES)
def test_a_flip_is_the_expected_one(language: str, kind: str, text: str, pattern: str) -> None:
    results = [edited(text, edits) for edits in CHANGES[language][kind](text, random.Random(3))]
    if pattern == "^$":
        assert not results
    else:
        import re

        assert any(re.search(pattern, result) for result in results), results


@pytest.mark.parametrize(("language", "kind", "text", "pattern"), CASES)
def test_a_flip_has_one_change_and_other_words(language: str, kind: str, text: str, pattern: str) -> None:
    for edits in CHANGES[language][kind](text, random.Random(3)):
        assert len(edits) == (2 if kind == "order" else 1)
        assert folded(edited(text, edits)) != folded(text)
        first, last = min(edits)[0], max(end for _, end, _ in edits)
        assert edited(text, edits).startswith(text[:first])
        assert edited(text, edits).endswith(text[last:])


@pytest.mark.parametrize(("kind", "text"), UNTOUCHED)
def test_what_only_looks_like_a_change_of_meaning_is_left_alone(kind: str, text: str) -> None:
    assert list(CHANGES["en"][kind](text, random.Random(3))) == []
