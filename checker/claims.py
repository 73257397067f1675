"""From an attribution to what it claims: these words, of this speaker, by that day."""

from __future__ import annotations

import re

from checker.dateline import published
from checker.tongue import Message, worded
from checker.types import Article, Attribution, Claim, Warning
from corpus.text import words

_MARKED = re.compile('[“"«„]([^“”"«»„]+)(?:[”"»]|$)')
_AROUND = 300
"""Code points of the article on either side of a statement that go along as its context."""


def claim_of(attribution: Attribution, article: Article) -> Claim:
    """What an attribution claims: wording inside quotation marks, meaning otherwise."""
    start, end = attribution.content[0].start, attribution.content[-1].end
    quote, direct = _claimed_words(attribution)
    return Claim(
        quote=quote,
        speaker=attribution.speaker.name if attribution.speaker else None,
        date=attribution.said_on,
        direct=direct,
        article_date=article.date or published(article.text),
        context=article.text[max(0, start - _AROUND) : end + _AROUND],
    )


def unchecked(attribution: Attribution, why: Message) -> Warning:
    """That an attribution's claim could not be checked."""
    says = worded("“%(quote)s…” was not checked: %(why)s.", quote=attribution.quote[:60], why=why)
    return Warning("unchecked", says)


def _claimed_words(attribution: Attribution) -> tuple[str, bool]:
    """What is claimed of a statement, and whether its wording is.

    Where most words of a mixed statement stand inside quotation marks, those are claimed as they stand, the
    rest as left out between them; otherwise the whole is claimed as meaning. A direct one may hold a word or
    two of narration, which nobody claims.
    """
    if attribution.type == "indirect":
        return attribution.quote, False
    pieces = [match.group(1).strip() for match in _MARKED.finditer(attribution.quote)]
    marked = sum(len(words(piece)) for piece in pieces)
    if 2 * marked >= len(words(attribution.quote)):
        return " … ".join(pieces), True
    return attribution.quote, attribution.type == "direct"
