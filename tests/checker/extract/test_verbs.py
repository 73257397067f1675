"""The table of cue words covers what news reports use, in every form."""

from __future__ import annotations

import pytest

from checker.extract.verbs import VERBS


def test_the_table_has_a_few_hundred_verbs() -> None:
    assert len({verb.lemma for verb in VERBS.values()}) > 200


@pytest.mark.parametrize(
    "word", ["said", "says", "argues", "warning", "wrote", "denies", "told", "vowed", "criticised"]
)
def test_inflections_are_in_the_table(word: str) -> None:
    assert word in VERBS
