"""Attributions for a terminal: who said what, with source, cue and content marked in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.export.diff import visible
from checker.types import Article, Attribution
from checker.wording import count, long_date
from corpus.types import Span

_AROUND = 60


def attributions_text(article: Article, found: Sequence[Attribution]) -> str:
    """One block per statement: the speaker, then the words with [source], <cue> and {content} marked."""
    head = f"{visible(article.title or article.id)}: {count(len(found), 'statement')}"
    return "\n\n".join([head, *(_block(number, each, article.text) for number, each in enumerate(found, start=1))])


def _block(number: int, each: Attribution, text: str) -> str:
    speaker = each.speaker.name if each.speaker else "nobody named"
    through = f", as {each.reported_by.name} reports" if each.reported_by else ""
    head = f"{number}. {visible(speaker)}{through} ({each.type})"
    return "\n   ".join([head, *_occasion(each, text), _marked(each, text)])


def _occasion(each: Attribution, text: str) -> Iterator[str]:
    """When and in what it was said, in the article's words, with the day where it is certain."""
    if each.date_words:
        day = f" ({long_date(each.said_on)})" if each.said_on else ""
        yield f"When: {_line(each.date_words, text)}{day}"
    if each.channel:
        yield f"In: {_line(each.channel, text)}"


def _line(span: Span, text: str) -> str:
    return " ".join(visible(span.of(text)).split())


def _marked(each: Attribution, text: str) -> str:
    spans = [
        *((s, "[", "]") for s in each.source),
        *((s, "<", ">") for s in each.cue),
        *((s, "{", "}") for s in each.content),
    ]
    first = min(span.start for span, *_ in spans)
    last = max(span.end for span, *_ in spans)
    marks = sorted([(s.start, 1, left) for s, left, _ in spans] + [(s.end, 0, right) for s, _, right in spans])
    pieces, at = [], max(0, first - _AROUND)
    for place, _, mark in marks:
        pieces += [visible(text[at:place]), mark]
        at = place
    pieces.append(visible(text[last : last + _AROUND]))
    return " ".join("".join(pieces).split())
