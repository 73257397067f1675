"""One change of meaning in a quote that was true."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.edits import Edits, described, tidy
from benchmarks.seeded.flips import CHANGES
from benchmarks.seeded.wording import OMISSION, folded, segments, word_count

FEWEST_WORDS = 6
BROKEN_OFF = re.compile(r"[^.,;:]{0,30} --")


def marked(quote: str) -> list[tuple[int, int]]:
    """Where marks of omission and brackets stand."""
    spans = [found.span() for found in OMISSION.finditer(quote)]
    opened = [place for place, sign in enumerate(quote) if sign == "["]
    return spans + [(place, quote.find("]", place) + 1) for place in opened]


def is_free(quote: str, edits: Edits) -> bool:
    """No edit touches a bracket or a mark of omission, or words that the speaker breaks off and takes back."""
    broken_off = any(BROKEN_OFF.match(quote[end:]) for _, end, _ in edits)
    return not broken_off and all(end < a or b < start for start, end, _ in edits for a, b in marked(quote))


def altered(draft: Draft, kind: str, rng: random.Random) -> Iterator[Draft]:
    """The quote with each single change of the kind."""
    quote = draft.quote
    for edits in CHANGES[draft.spot.language][kind](quote, rng):
        new = tidy(quote, edits)
        changed = [part for part in segments(new) if folded(part) not in {folded(part) for part in segments(quote)}]
        one_part = len(changed) == 1 and len(folded(changed[0]).split()) >= 3
        if is_free(quote, edits) and one_part and word_count(new) >= FEWEST_WORDS:
            yield replace(draft, kind=kind, form=draft.kind, quote=new, truth="flip", expect="not-verified",
                          changed=changed[0], change=described(quote, edits))  # fmt: skip
