"""Fragments cut so that nothing left out governs them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.governing import governs, is_enough, is_plain
from benchmarks.seeded.sentences import Spot

STARTS = {
    "en": re.compile(
        r"(?<=[,;:–—] )(?=(?:we|I|you|he|she|they|it|this|there|these|our|the)\b)|"
        r"(?<= is )(?=(?:a|an|the|our)\b)|(?<= are )(?=(?:a|an|the|our)\b)|(?<= was )(?=(?:a|an|the|our)\b)|"
        r"(?<= made )(?=(?:a|an|the|our)\b)|(?<= created )(?=(?:a|an|the|our)\b)|(?<= have )(?=(?:a|an|the|our)\b)|"
        r"(?<= signed )(?=(?:a|an|the)\b)|(?<= adopted )(?=(?:a|an|the)\b)|(?<= received )(?=(?:a|an|the)\b)"
    ),
    "ru": re.compile(r"(?<=[,;:–—] )(?=(?:мы|я|он|она|они|это|у нас|у вас|здесь|сегодня|наша|наши|наш)\b)"),
}
ENDS = {
    "en": re.compile(
        r"(?=[,;:] | [–—] | -- )|"
        r"(?= (?:in|on|at|with|during|through|under|among|towards?|within|across|by|from|for)\b (?:the|our|this|a|its|[A-Z0-9]))"
    ),
    "ru": re.compile(r"(?=[,;:] | [–—] )|(?= (?:в|на|с|по|во|со|из|от|за|к)\b )"),
}
DEMANDED = re.compile(
    r"\b(?:the|a|an|our|their|his|its|my|your|this|that|of|to|and|or|very|more|most|particularly|especially|including|such|both|so|as|who|which|not)$"
)


def cuts(sentence: str, language: str) -> Iterator[tuple[int, int]]:
    """Start and end of every fragment that an editor might cut and that nothing governs."""
    last = len(sentence.rstrip(".!?… "))
    starts = [0, *(found.start() for found in STARTS[language].finditer(sentence))]
    ends = [*(found.start() for found in ENDS[language].finditer(sentence)), last]
    for start in starts:
        for end in ends:
            words = sentence[start:end]
            outside = f"{sentence[:start]} | {sentence[end:last]}"
            whole = start == 0 and end == last
            clean = is_enough(words) and not DEMANDED.search(words) and not cuts_clause(sentence[end:last])
            if clean and not whole and not governs(sentence[:start], language) and not governs(outside, language):
                yield start, end


def cuts_clause(behind: str) -> bool:
    """What follows begins with a relative word or an ending that the fragment cannot do without."""
    return bool(re.match(r"\W*(?:that|than|as|or)\b", behind))


def fragments(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """Each fair fragment of the sentence."""
    if is_plain(spot.text):
        for start, end in cuts(spot.text, spot.language):
            words = spot.text[start:end]
            yield Draft("fragment", "fragment", words, spot, (words,))
