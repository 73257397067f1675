"""How much a quote's words say about where they come from."""

from __future__ import annotations

import math

from checker.types import Information, Quotation
from corpus.collections import Searchable
from corpus.text import FUNCTION_WORDS

_ENOUGH = 10_000
"""A smaller corpus cannot tell how rare a word is; it is taken for one of so many passages."""


_COINED = 3
"""A word of no more passages than that is almost its speaker's own."""


def weigh(quotation: Quotation, corpus: Searchable) -> Information:
    """How telling a quote's words are, by the natural logarithm of their rarity over the corpus' passages."""
    keys = [key for part in quotation.parts for key in part.words.keys if key not in FUNCTION_WORDS]
    distinct = tuple(dict.fromkeys(keys))
    held = corpus.coverage().passages
    total = max(held, _ENOUGH)
    counts = corpus.document_frequency(distinct)
    coined = held >= _ENOUGH and any(
        count <= _COINED and not key[0].isdigit() for key, count in zip(distinct, counts, strict=True)
    )
    rarity = {key: math.log((total + 1) / (count + 1)) for key, count in zip(distinct, counts, strict=True)}
    return Information(rarity, _names(quotation), len(distinct), coined)


def _names(quotation: Quotation) -> int:
    """Capitalised words inside the quote, and figures: what alone may identify a statement."""
    found = 0
    for part in quotation.parts:
        for index, key in enumerate(part.words.keys):
            raw = part.words.span(index).of(quotation.text)
            inside = index > 0 and raw[:1].isupper() and key not in FUNCTION_WORDS
            found += inside or raw[:1].isdigit()
    return found
