"""Where an agency's dateline ends: `ELLAN, Kareth (Agency) — ` before the first words of a story."""

from __future__ import annotations

from checker.extract.tokens import Tokens, sentence_at

_DASHES = frozenset(["—", "–", "-", "--", "―"])
_LONGEST = 14


def past_dateline(tokens: Tokens, first: int, last: int) -> int:
    """The token behind a dateline that begins at the sentence of `first`; `first` where it stands in none."""
    opening = tokens.sentences[sentence_at(tokens, first)].first
    dash = next((n for n in range(opening, min(opening + _LONGEST, last)) if tokens.keys[n] in _DASHES), None)
    if dash is None or dash < first or not _place(tokens, opening, dash):
        return first
    return dash + 1


def in_dateline(tokens: Tokens, number: int) -> bool:
    """True for a word of a dateline."""
    return past_dateline(tokens, number, len(tokens.keys)) > number


def _place(tokens: Tokens, first: int, dash: int) -> bool:
    """True for a place in capitals, or a capital word behind which a bracket or a comma stands, before a dash."""
    if first == dash or tokens.quoted[first] >= 0:
        return False
    head = tokens.raw[first]
    words = [n for n in range(first, dash) if tokens.word(n)]
    return len(head) > 2 and head.isupper() and all(tokens.capital(n) or tokens.raw[n][:1].isdigit() for n in words)
