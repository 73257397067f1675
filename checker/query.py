"""Reading a quote, and turning a claim into what the corpus is asked for."""

from __future__ import annotations

import re

import regex

from checker.errors import QuoteError
from checker.lexicon import REPORTING
from checker.tongue import worded
from checker.types import Bracket, Claim, Quotation, QuotePart
from corpus.text import APOSTROPHES, QUOTATION_MARKS, Words, words
from corpus.types import PartialDate, Query, Span

LONGEST = 5000
"""Code points of one quote; a longer text is an article."""

_OMISSION = re.compile(r"[\[(<{]\s*(?:…|\.\s?\.\s?\.\s?\.?)\s*[\])>}]|…|\.\s?\.\s?\.(?:\s?\.)?")
_INSIDE = regex.compile(
    r"(?<=\w)\[(\w{1,12})\]|\[(\w{1,12})\](?=\w)|\[([aiáàAIвиоксуяжВИОКСУЯ])\](?=[\p{Default_Ignorable_Code_Point}\u2800]*[\s'’])"
)
_INSERTION = re.compile(r"\[[^\[\]]{1,300}\]")
_HEAD = 6
"""A reporting verb that opens an indirect statement is among its first so many words."""
_GRACE = 1
_RECENT = 14
"""Most of what an article attributes was said in the two weeks before it."""

_UNSEEN = "\u00ad"  # a character that `words` reads past, so that "[T]he" is one word at its own place


def read_quotation(text: str, *, direct: bool = True) -> Quotation:
    """Split a quote at its marks of omission and set its bracketed insertions apart.

    What only reports an indirect statement ("He said that …, he added") is left out.

    >>> [part.words.keys for part in read_quotation("[T]he talks ... were [very] long").parts]
    [('the', 'talks'), ('were', 'long')]
    """
    omissions = tuple(Span(*match.span()) for match in _OMISSION.finditer(text))
    masked = _masked(text, omissions if direct else (*omissions, *_frames(text)))
    # A word of one letter in brackets ("[a] treaty") is a changed capital of the word itself.
    altered = tuple(Span(*match.span()) for match in _INSIDE.finditer(masked))
    for span in altered:
        masked = masked[: span.start] + span.of(masked).replace("[", _UNSEEN).replace("]", _UNSEEN) + masked[span.end :]
    insertions = tuple(Span(*match.span()) for match in _INSERTION.finditer(masked))
    plain = _masked(masked, insertions)
    parts = _parts(text, plain, omissions, insertions)
    return Quotation(text, parts, omissions, altered)


def _frames(text: str) -> tuple[Span, ...]:
    """Where an indirect statement only says that somebody says it: at its head, and at its tail.

    >>> _frames("He told the envoy that talks went on")
    (Span(start=0, end=22),)
    """
    found = words(text)
    spans = []
    head = next((n for n, key in enumerate(found.keys[:_HEAD]) if key in REPORTING), None)
    if head is not None:
        that = next((n for n in range(head, min(head + 5, len(found))) if found.keys[n] in ("that", "что")), head)
        spans.append(Span(0, found.ends[that]))
    tail = text.rfind(",")
    closing = words(text[tail + 1 :]).keys if tail > 0 else ()
    if 0 < len(closing) <= 4 and closing[-1] in REPORTING:
        spans.append(Span(tail, len(text)))
    return tuple(spans) if sum(map(len, spans)) < len(text) - 10 else ()


def _masked(text: str, spans: tuple[Span, ...]) -> str:
    """The same text with blanks in place of the spans, so that every offset stays."""
    for span in spans:
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text


def _parts(text: str, plain: str, omissions: tuple[Span, ...], insertions: tuple[Span, ...]) -> tuple[QuotePart, ...]:
    edges = [0, *(edge for span in omissions for edge in (span.start, span.end)), len(text)]
    parts: list[QuotePart] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        found = words(plain[start:end])
        if not found:
            continue
        shifted = Words(found.keys, tuple(at + start for at in found.starts), tuple(at + start for at in found.ends))
        brackets = tuple(
            Bracket(span, span.of(text)[1:-1], sum(at < span.start for at in shifted.starts))
            for span in insertions
            if start <= span.start < end
        )
        parts.append(QuotePart(len(parts), shifted, brackets))
    return tuple(parts)


def readable_quotation(claim: Claim) -> Quotation:
    """Read a claim's quote; raises QuoteError when there is nothing in it to look for, or too much."""
    if len(claim.quote) > LONGEST:
        says = worded(
            "the quote has %(number)s characters; check a text of over %(most)s as an article",
            number=len(claim.quote),
            most=LONGEST,
        )
        raise QuoteError(says)
    quotation = read_quotation(claim.quote, direct=claim.direct)
    if not quotation.parts or not words(claim.quote):
        raise QuoteError(worded("there are no words in the quote; paste the words that are said to have been spoken"))
    return quotation


def build_query(claim: Claim, quotation: Quotation) -> Query:
    """What to ask the corpus for: the parts' own words; shared telling words too when only meaning is claimed."""
    pieces = tuple(
        quotation.text[part.words.starts[0] : part.words.ends[-1]] if not part.brackets else _words_of(part, quotation)
        for part in quotation.parts
    )
    return Query(
        parts=pieces,
        document_id=claim.document_id,
        loose=not claim.direct,
        between=None if claim.direct else between(claim),
    )


def between(claim: Claim) -> tuple[PartialDate, PartialDate] | None:
    """When a statement may have been made: on its date, a day's grace for time zones; or shortly before the article."""
    if claim.date:
        return claim.date.shifted(-_GRACE), claim.date.shifted(_GRACE)
    if claim.article_date:
        return claim.article_date.shifted(-_RECENT), claim.article_date.shifted(_GRACE)
    return None


def _words_of(part: QuotePart, quotation: Quotation) -> str:
    return " ".join(part.words.span(index).of(quotation.text) for index in range(len(part.words)))


def without_marks(text: str) -> str:
    """A pasted quote without the quotation marks around the whole of it.

    >>> without_marks(" “We agreed.” ")
    'We agreed.'
    """
    marks = QUOTATION_MARKS + APOSTROPHES
    bare = text.strip()
    if len(bare) > 2 and bare[0] in marks and bare[-1] in marks and not set(bare[1:-1]) & set(QUOTATION_MARKS):
        return bare[1:-1].strip()
    return bare
