"""Direct, indirect and mixed are told apart by the share of words inside marks."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions
from checker.types import Article


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("“We agree,” Ann Cole said.", "direct", "We agree,"),
        ("“We agree,” Ann Cole said. “All of us.”", "direct", "We agree, All of us."),
        ("Ann Cole said that we agree.", "indirect", "that we agree"),
        ("Ann Cole said that we “agree on all”.", "mixed", "that we “agree on all”"),
        ("“We ‘agree’ now,” Ann Cole said.", "direct", "We ‘agree’ now,"),
    ],
)
def test_type_and_words_follow_the_marks(text: str, kind: str, quote: str) -> None:
    (attribution,) = extract_attributions(Article("x", text))
    assert (attribution.type, attribution.quote) == (kind, quote)
